"""One character for one character: traditional to simplified, wide to narrow, capital to small, stylised to plain.

The traditional characters come from OpenCC (https://github.com/BYVoid/OpenCC, Apache License 2.0): the pairs of its
dictionaries for mainland China, Taiwan and Hong Kong in which one character becomes one other. ``traditional.txt``
holds them in two lines of equal length, written by ``scripts/make_traditional.py``.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

# The width of these decides how jieba cuts a text into blocks, so they stay as they are.
_KEPT_WIDE = frozenset("．％＋－＃＆＿")
_WIDE_TO_NARROW = 0xFEE0


@cache
def table() -> dict[int, int]:
    """Return the table for ``str.translate``; a text keeps its length, so a place in it stays the same place."""
    before, after = (Path(__file__).with_name("traditional.txt")).read_text(encoding="utf-8").split("\n")[:2]
    pairs = dict(zip(map(ord, before), map(ord, after), strict=True))
    for wide in range(ord("！"), ord("～") + 1):
        if chr(wide) not in _KEPT_WIDE:
            pairs[wide] = ord(chr(wide - _WIDE_TO_NARROW).lower())
    pairs[ord("\N{IDEOGRAPHIC SPACE}")] = ord(" ")
    for capital in range(ord("A"), ord("Z") + 1):
        pairs[capital] = ord(chr(capital).lower())
    return pairs
