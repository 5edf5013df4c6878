"""The features of a turn: runs of one to three characters of it, and of one or two of what the customer said before.

Its start and end are characters of their own; a run of the customer's is told by its first character.
"""

from __future__ import annotations

from collections import Counter

LONGEST, LONGEST_BEFORE = 3, 2
BEFORE, START, END = "\x01", "\x02", "\x03"


def grams(text: str, before: str = "") -> Counter[str]:
    """Count the runs of a folded text and of the customer's before it; start and end never stand alone."""
    framed = f"{START}{text}{END}"
    found: Counter[str] = Counter()
    for length in range(1, LONGEST + 1):
        found.update(framed[place : place + length] for place in range(len(framed) - length + 1))
    del found[START], found[END]
    for length in range(1, LONGEST_BEFORE + 1):
        found.update(BEFORE + before[place : place + length] for place in range(len(before) - length + 1))
    return found
