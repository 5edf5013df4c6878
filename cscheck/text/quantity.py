"""One quantity in a text, and whether two of them say the same."""

from __future__ import annotations

import re
from typing import Literal

from cscheck.values import dataclass

Kind = Literal["duration", "deadline", "amount", "date", "clock", "percent", "count", "code"]

DAY = 86400
_HALF_DAY = DAY // 2
# A clock time without 上午 or 下午 is one of two times: its unit ends in 12.
TWELVE = "12"
SPOKEN_DIGITS = str.maketrans("零〇一幺二两三四五六七八九", "0011223456789")
# A fuller date is comparable with a shorter one in the places that they share.
_PLACES = {"date": 10**8, "month-day": 10**4, "month-date": 10**2}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value read from ``text[start:end]``: between ``low`` and ``high``, the same for an exact one.

    ``unit`` says what the numbers count: seconds for a duration (``workday`` if in working days, otherwise ``s``), the
    currency for an amount, the measure word for a count. For a date, a clock time or a deadline it names the frame:
    ``day`` from today, ``week`` from this week's Sunday, ``date`` (yyyymmdd), ``month-day``, ``month-date``, each as
    days x 86400 + seconds of the day; ``clock`` is seconds of the day. For a code the text itself is what matters.
    """

    kind: Kind
    start: int
    end: int
    text: str
    low: float
    high: float
    unit: str


_POINTS = ("date", "deadline", "clock")


def comparable(a: Quantity, b: Quantity) -> bool:
    """Tell whether two values speak of the same kind of thing in the same frame, so that they can differ."""
    if a.kind in _POINTS and b.kind in _POINTS:
        frame, other = (q.unit.removesuffix(TWELVE) for q in (a, b))
        return frame == other or (frame in _PLACES and other in _PLACES)
    return a.kind == b.kind and a.unit == b.unit


def same(a: Quantity, b: Quantity) -> bool:
    """Tell whether ``b`` can be a restatement of ``a``: the same kind of thing, with a value in common."""
    if a.kind == "code" or b.kind == "code":
        return a.kind == b.kind and _same_code(a.text, b.text)
    if a.kind in _POINTS and b.kind in _POINTS:
        return _same_point(a, b)
    if a.kind != b.kind or (a.kind not in ("duration", "percent") and a.unit != b.unit):
        return False
    return _overlap(a.low, a.high, b.low, b.high)


def _overlap(low: float, high: float, other_low: float, other_high: float) -> bool:
    slack = 1e-6
    return low <= other_high + slack and other_low <= high + slack


def _same_code(a: str, b: str) -> bool:
    short, long = sorted((_bare(a), _bare(b)), key=len)
    return bool(short) and (short == long or (len(short) >= 3 and short.isdecimal() and long.endswith(short)))


def _bare(code: str) -> str:
    return re.sub("[^0-9a-z]", "", code.translate(SPOKEN_DIGITS))


def _same_point(a: Quantity, b: Quantity) -> bool:
    frame, other = (q.unit.removesuffix(TWELVE) for q in (a, b))
    if frame in _PLACES and other in _PLACES:
        places = min(_PLACES[frame], _PLACES[other])
        lows = [q.low % (places * DAY) for q in (a, b)]
    elif frame == other:
        lows = [a.low, b.low]
    else:
        return False
    steps = (0, -_HALF_DAY, _HALF_DAY) if TWELVE in (a.unit[-2:], b.unit[-2:]) else (0,)
    return any(
        _overlap(lows[0], lows[0] + a.high - a.low, lows[1] + shift, lows[1] + shift + b.high - b.low)
        for shift in steps
    )
