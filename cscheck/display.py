"""Text for the eye: control characters made visible, widths in terminal columns, lines broken where Chinese breaks.

Every displayed character remembers its place in the raw text, so that marks can be put under it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

_CLOSING = frozenset("，。、；：？！）】》」』”’…,.;:?!)]}%")
_OPENING = frozenset("（【《「『“‘([{")
_JOINER = "\u200d"
_LINE_BREAKS = ("\n", "\u2028", "\u2029", "\x85")


class Cell(NamedTuple):
    """One raw character as shown: its text, its columns, and its place in the raw text."""

    text: str
    width: int
    place: int


def cells(text: str) -> Iterator[Cell]:
    """Give a text's characters as shown; a line break comes as a cell of its own."""
    previous = ""
    for place, char in enumerate(text):
        if char == "\r" and text[place + 1 : place + 2] == "\n":
            continue
        shown = _shown(char, previous)
        yield Cell(shown, 0 if shown == "\n" else width(shown), place)
        previous = char


def visible(text: str) -> str:
    """Give a text in one line with nothing in it that a terminal would obey."""
    if text.isprintable():
        return text
    return "".join(" " if cell.text == "\n" else cell.text for cell in cells(text))


def width(text: str) -> int:
    """Give the terminal columns that a visible text takes."""
    return sum(_columns(char) for char in text)


def rows(text: str, columns: int) -> list[list[Cell]]:
    """Break a text into rows of at most ``columns``: between Chinese characters, never before a closing mark."""
    found: list[list[Cell]] = []
    for line in _lines(cells(text)):
        found += _broken(line, max(columns, 4))
    return found


def wrap(text: str, columns: int) -> list[str]:
    """Break a text into lines."""
    return ["".join(cell.text for cell in row).rstrip() for row in rows(text, columns)]


def marks(row: Sequence[Cell], spans: Iterable[tuple[int, int]], mark: str = "^") -> str:
    """Give the line that marks, under a row, the characters of the raw ``spans``."""
    wanted = list(spans)
    signs = []
    for cell in row:
        is_marked = any(start <= cell.place < end for start, end in wanted)
        signs.append((mark if is_marked else " ") * cell.width)
    return "".join(signs).rstrip()


def padded(text: str, columns: int) -> str:
    """Fill a text with spaces up to a width."""
    return text + " " * max(0, columns - width(text))


def _shown(char: str, previous: str) -> str:
    code = ord(char)
    if char in _LINE_BREAKS:
        return "\n"
    if char == "\t":
        return "    "
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    category = unicodedata.category(char)
    if category in ("Cc", "Cs", "Zl", "Zp", "Cf") and not (char == _JOINER and _is_picture(previous)):
        return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
    return char


def _is_picture(char: str) -> bool:
    return bool(char) and (unicodedata.category(char) in ("So", "Sk") or char == "\ufe0f")


def _columns(char: str) -> int:
    if " " <= char <= "~":
        return 1
    if unicodedata.east_asian_width(char) in ("W", "F"):
        return 2
    return 0 if unicodedata.category(char) in ("Mn", "Me", "Cf") else 1


def _lines(found: Iterable[Cell]) -> Iterator[list[Cell]]:
    line: list[Cell] = []
    for cell in found:
        if cell.text == "\n":
            yield line
            line = []
        else:
            line.append(cell)
    yield line


def _broken(line: list[Cell], columns: int) -> Iterator[list[Cell]]:
    start = used = place = 0
    while place < len(line):
        used += line[place].width
        if used > columns and place > start:
            cut = _cut(line, start, place)
            yield line[start:cut]
            start = place = cut
            used = 0
            continue
        place += 1
    yield line[start:]


def _cut(line: list[Cell], start: int, place: int) -> int:
    """Give the last place in ``start..place`` where the line may break; ``place`` itself where there is none."""
    for cut in range(place, start, -1):
        before, after = line[cut - 1].text, line[cut].text
        if after in _CLOSING or before in _OPENING or after == " ":
            continue
        if _is_letter(before) and _is_letter(after):
            continue
        return cut
    return place


def _is_letter(text: str) -> bool:
    return ("!" <= text <= "~" and text not in _CLOSING) or len(text) > 1
