"""Write ``cscheck/text/traditional.txt`` anew: run with the ``opencc`` package installed."""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import opencc

TARGET = Path(__file__).parent.parent / "cscheck" / "text" / "traditional.txt"
HAN = (*range(0x3400, 0xA000), *range(0xF900, 0xFB00))
# Dictionaries in order of trust: plain, then the variants of Taiwan and Hong Kong where the plain one is silent.
DICTIONARIES = ("t2s", "tw2s", "hk2s")
# A character of GB2312 is simplified text already (著名, 哪吒, 蒜薹, 醣类), save these.
GB2312_CONVERTED = frozenset("乾夥後徵於摺菸麽捱拚")
# One sense only in service talk, and OpenCC decides them by phrase (瞭解) or leaves them (妳).
EXTRA = {"瞭": "了", "妳": "你", "祇": "只", "囉": "啰"}
# The width of these would change how jieba cuts a text into blocks: 99.9％, A＋B.
KEPT_WIDE = frozenset("%+-.#&_")
PUNCTUATION = (frozenset(string.punctuation + " 、。¥£¢") - KEPT_WIDE) | {":"}
# Colons by another name, which compatibility leaves alone or makes two dots.
COLONS = {"\N{PRESENTATION FORM FOR VERTICAL TWO DOT LEADER}": ":", "\N{RATIO}": ":"}
# Letters in black squares and circles have no compatibility form.
LETTER_ROWS = (0x1F150, 0x1F170)


def traditional() -> dict[str, str]:
    """Pair each traditional character with its simplified one, where that is one character of the BMP."""
    converters = [opencc.OpenCC(name) for name in DICTIONARIES]
    pairs = {}
    for char in map(chr, HAN):
        if _in_gb2312(char) and char not in GB2312_CONVERTED:
            continue
        results = (converter.convert(char) for converter in converters)
        simple = next((result for result in results if result != char), char)
        if simple != char and len(simple) == 1 and ord(simple) <= 0xFFFF:
            pairs[char] = simple
    return pairs | EXTRA


def stylised() -> Iterator[tuple[str, str]]:
    """Pair circled, mathematical and other compatibility characters with the plain one."""
    for char in map(chr, range(0x80, 0x20000)):
        if 0xFF01 <= ord(char) <= 0xFF5E or unicodedata.decomposition(char).startswith(("<super>", "<sub>")):
            continue
        plain = unicodedata.normalize("NFKC", char)
        if plain == char and unicodedata.category(char) == "No":
            plain = str(unicodedata.digit(char, char))
        if plain != char and len(plain) == 1 and _is_plain(plain) and not _is_roman(char):
            yield char, plain.lower()
    yield from COLONS.items()
    for first in LETTER_ROWS:
        for step, letter in enumerate(string.ascii_lowercase):
            yield chr(first + step), letter


def _in_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _is_plain(char: str) -> bool:
    return char in PUNCTUATION or (char.isascii() and char.isalnum()) or "\u4e00" <= char <= "\u9fff"


def _is_roman(char: str) -> bool:
    return 0x2160 <= ord(char) <= 0x217F


def main() -> None:
    """Write the two lines: what is converted, and into what."""
    simple = traditional()
    pairs = {char: simple.get(plain, plain) for char, plain in stylised()} | simple
    before, after = ("".join(side) for side in zip(*sorted(pairs.items()), strict=True))
    TARGET.write_text(f"{before}\n{after}\n", encoding="utf-8")
    print(f"{TARGET}: {len(pairs)} pairs, {len(simple)} of them traditional")


if __name__ == "__main__":
    main()
