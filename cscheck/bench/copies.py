"""More rules than there are: copies of must-not rules under other ids, their words changed.

In each run of Chinese characters outside ``{…}`` the last one becomes a rare one: 不知道 becomes 不知鬯. The patterns
keep their length and shape, their guards and word sets, but hardly anything matches: the curve shows what a rule costs
by being there.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

RARE = "鬯鬻鼗鼙齑龠彘爨罘耒聿艮虺豸醯釁銎隹韪飨馘骱髹魃鹄麂黹黻鼐鼒"
_PACK = "bench-copies"
# As cscheck itself reads packs: the loader in Python is slow, and stumbles over marks that the other takes.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_RUN = re.compile(r"[一-鿕]+")


def must_not_rules(packs: Sequence[Path]) -> list[dict[str, Any]]:
    """Give the content of the packs' must-not rules that are made of patterns."""
    files = [file for pack in packs for file in sorted((pack / "rules").rglob("*.yaml"))]
    found = [yaml.load(file.read_text(encoding="utf-8"), _LOADER) for file in files]  # noqa: S506
    return [rule for rule in found if rule.get("kind", "must-not") == "must-not" and "patterns" in rule]


def write_copies(folder: Path, rules: Sequence[dict[str, Any]], count: int) -> Path:
    """Write a pack of ``count`` copies, going round the rules as often as needed."""
    pack = folder / _PACK
    (pack / "rules" / "copied").mkdir(parents=True)
    (pack / "pack.yaml").write_text(f"id: {_PACK}\nversion: 1.0.0\n", encoding="utf-8")
    for number, rule in enumerate(itertools.islice(itertools.cycle(rules), count)):
        name = f"copied/c{number:04d}"
        copy = {**rule, "id": f"{_PACK}/{name}", "patterns": [_changed(item, number) for item in rule["patterns"]]}
        text = yaml.dump(copy, Dumper=_DUMPER, allow_unicode=True, sort_keys=False)
        (pack / "rules" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return pack


def _changed(entry: str | dict[str, Any], number: int) -> str | dict[str, Any]:
    if isinstance(entry, dict):
        return {**entry, "match": other_words(entry["match"], number)}
    return other_words(entry, number)


def other_words(pattern: str, number: int) -> str:
    """Give a pattern with the last character of each word outside braces changed, the n-th copy in its own way."""
    rare = itertools.cycle(RARE[number % len(RARE) :] + RARE[: number % len(RARE)])
    return "".join(
        piece if is_braced else _RUN.sub(lambda run: run[0][:-1] + next(rare), piece)
        for piece, is_braced in _pieces(pattern)
    )


def _pieces(pattern: str) -> Iterator[tuple[str, bool]]:
    """Give what lies outside braces and within, in order; braces may hold others."""
    depth, begin = 0, 0
    for place, character in enumerate(pattern):
        if character == "{" and not depth:
            yield pattern[begin:place], False
            begin = place
        depth += {"{": 1, "}": -1}.get(character, 0)
        if character == "}" and not depth:
            yield pattern[begin : place + 1], True
            begin = place + 1
    yield pattern[begin:], depth > 0
