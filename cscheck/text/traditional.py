"""One character for one character: traditional to simplified, wide to narrow, capital to small, stylised to plain.

The traditional characters come from OpenCC (https://github.com/BYVoid/OpenCC, Apache License 2.0): the pairs of its
dictionaries for mainland China, Taiwan and Hong Kong in which one character becomes one other. ``traditional.txt``
holds them in two lines of equal length, written by ``scripts/make_traditional.py``.
"""

from __future__ import annotations

import os
from functools import cache

# The width of these decides how jieba cuts a text into blocks, so they stay as they are.
_KEPT_WIDE = frozenset("．％＋－＃＆＿")
_WIDE_TO_NARROW = 0xFEE0


@cache
def table() -> dict[int, int]:
    """Return the table for ``str.translate``; a text keeps its length, so a place in it stays the same place."""
    # pathlib would take longer to import than all that is done here.
    with open(f"{os.path.dirname(__file__)}/traditional.txt", encoding="utf-8") as file:  # noqa: PTH120, PTH123
        before, after = file.read().split("\n")[:2]
    wide = "".join(char for char in map(chr, range(ord("！"), ord("～") + 1)) if char not in _KEPT_WIDE)
    narrow = "".join(chr(ord(char) - _WIDE_TO_NARROW) for char in wide).lower()
    capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    others = wide + "\N{IDEOGRAPHIC SPACE}" + capitals
    return str.maketrans(before + others, after + narrow + " " + capitals.lower())
