"""The features of a turn: runs of one to three characters of it, of one or two of what the other side said, its form.

Its start and end are characters of their own; a run of the other side's and a mark of form are told by their first
character.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

LONGEST, LONGEST_BEFORE = 3, 2
BEFORE, START, END, FORM = "\x01", "\x02", "\x03", "\x04"


def grams(text: str, before: str = "", marks: Iterable[str] = ()) -> Counter[str]:
    """Count the runs of a folded text and of the other side's before it, and its marks; edges never stand alone."""
    framed = f"{START}{text}{END}"
    found: Counter[str] = Counter()
    for length in range(1, LONGEST + 1):
        found.update(framed[place : place + length] for place in range(len(framed) - length + 1))
    del found[START], found[END]
    for length in range(1, LONGEST_BEFORE + 1):
        found.update(BEFORE + before[place : place + length] for place in range(len(before) - length + 1))
    found.update(FORM + mark for mark in marks)
    return found
