"""Find the quantities of a text: durations, deadlines, sums of money, dates, clock times, percentages, counts, codes.

The text is normalised (half-width, lower case, simplified); places are code points into it. What lies within a longer
quantity is not given again: 今晚八点前 is one deadline, not a clock time too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from cscheck.text import measures, moments
from cscheck.text.quantity import Kind, Quantity, comparable, same
from cscheck.text.time_limits import SIGNS as TIME_SIGNS
from cscheck.text.time_limits import TimeLimit, time_limits

__all__ = [
    "TIME_SIGNS", "Kind", "Quantity", "TimeLimit", "comparable", "find", "same", "time_limit_spans", "time_limits",
]  # fmt: skip


def find(text: str) -> list[Quantity]:
    """Return the quantities in order of place; none overlaps another."""
    if not _any_sign().search(text):
        return []
    found = sorted((*moments.find(text), *measures.find(text)), key=lambda q: (q.start, -q.end))
    kept: list[Quantity] = []
    for quantity in found:
        if not kept or quantity.start >= kept[-1].end:
            kept.append(quantity)
    return kept


def time_limit_spans(text: str) -> Iterator[tuple[int, int]]:
    """Give the places of the time limits of a text."""
    return ((limit.start, limit.end) for limit in time_limits(text))


@cache
def _any_sign() -> re.Pattern[str]:
    return re.compile(
        "[0-9零〇一二三四五六七八九十两俩几半壹贰叁肆伍陆柒捌玖廿卅今明昨后次隔当前周期拜末底下上午晚早凌把]"
    )
