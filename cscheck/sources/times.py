"""Time stamps as transcripts write them, read into seconds."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta, timezone

from cscheck.conversation import Turn

_DAY = 86_400.0
# Going back by less is disorder in the source, not midnight.
_MIDNIGHT_SLACK = 3_600.0

_ISO_LENGTH = len("2026-03-01T09:00:05")
_ISO_SIGNS = ("--T::", "-- ::")
_EPOCH = datetime(1970, 1, 1)

_DATE = r"(?P<year>\d{4})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*日?"
_RELATIVE = r"(?:今天|昨天|前天|(?:星期|周|礼拜)[一二三四五六日天])"
_HALF = r"(?P<half>上午|下午|凌晨|早上|中午|晚上|AM|PM|am|pm)?"
_CLOCK = (
    r"(?P<h>\d{1,3})(?:[:：]|[点时])(?P<m>\d{2})分?(?:[:：]?(?P<s>\d{2})秒?)?(?P<frac>[.,]\d{1,9})?"
    r"\s*(?P<half2>AM|PM|am|pm)?"
)
_ZONE = r"(?:\s*(?P<zone>Z|[+-]\d{2}:?\d{2}))?"
_DATED = rf"{_DATE}[\sT,，]*(?:(?:星期|周)[一二三四五六日天]\s*)?{_HALF}\s*{_CLOCK}"
_OF_DAY = rf"(?:{_RELATIVE}[\s,，]*)?{_HALF}\s*{_CLOCK}"
# A zone stands after a date only: 00:01-00:05 is a stretch of time.
_STAMPS = (re.compile(_DATED + _ZONE), re.compile(_OF_DAY))
_NUMBER = re.compile(r"[-+]?\d{1,20}(?:\.\d{1,20})?")
_BRACKETS = {"[": "]", "(": ")", "【": "】", "（": "）"}

TIME = re.sub(r"\?P<\w+>", "?:", rf"(?:{_DATED}{_ZONE}|{_OF_DAY})")
"""A stamp inside a line, for others' patterns: no named groups."""


def parse_time(stamp: str) -> float | None:
    """Give seconds for a stamp, or None when it is none; only differences between two of them mean anything."""
    if (seconds := _iso(stamp)) is not None:
        return seconds
    stamp = stamp.strip()
    bracketed = len(stamp) > 1 and _BRACKETS.get(stamp[0]) == stamp[-1]
    if bracketed:
        stamp = stamp[1:-1].strip()
    if _NUMBER.fullmatch(stamp):
        return _epoch(float(stamp))
    dated, of_day = (pattern.fullmatch(stamp) for pattern in _STAMPS)
    if dated:
        return _at(dated)
    return _of_day(of_day, offset=bracketed) if of_day else None


def time_of(value: object) -> tuple[float | None, str | None]:
    """Give seconds and the stamp of a JSON value: a number, a text, or nothing."""
    if isinstance(value, bool) or value is None or value == "":
        return None, None
    if isinstance(value, int | float):
        return (_epoch(float(value)) if abs(value) < 1e21 else None), str(value)
    return (parse_time(value), value) if isinstance(value, str) else (None, None)


def milliseconds(value: object) -> float | None:
    """Give seconds for an offset in milliseconds."""
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1e15:
        return None
    return value / 1000


def is_clock(stamp: str | None) -> bool:
    """Tell whether a stamp is a time of day without a date."""
    # Most stamps have a date, and no time of day holds a hyphen.
    return bool(stamp and "-" not in stamp and _STAMPS[1].fullmatch(stamp.strip().strip("[]()【】（）")))


def across_midnight(turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """Add a day to times of day once they go back past midnight."""
    result: list[Turn] = []
    days, before = 0, -math.inf
    for turn in turns:
        if turn.time is None or not is_clock(turn.stamp):
            result.append(turn)
            continue
        if turn.time < before - _MIDNIGHT_SLACK:
            days += 1
        before = turn.time
        end = None if turn.end_time is None else turn.end_time + days * _DAY
        result.append(replace(turn, time=turn.time + days * _DAY, end_time=end) if days else turn)
    return tuple(result)


def in_order(turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """Order turns by time where every one has a full time; times of day roll over midnight instead."""
    if any(is_clock(turn.stamp) for turn in turns):
        return across_midnight(turns)
    if any(turn.time is None for turn in turns):
        return tuple(turns)
    return tuple(sorted(turns, key=lambda turn: turn.time or 0.0))


def _iso(stamp: str) -> float | None:
    """Read the stamp that most records have, 2026-03-01T09:00:05 or with a space, in a tenth of the time."""
    if len(stamp) != _ISO_LENGTH or stamp[4::3] not in _ISO_SIGNS or not stamp.isascii():
        return None
    try:
        return (datetime.fromisoformat(stamp) - _EPOCH).total_seconds()
    except ValueError:
        return None


def _epoch(number: float) -> float | None:
    if not math.isfinite(number):
        return None
    for floor, unit in ((1e17, 1e9), (1e14, 1e6), (1e11, 1e3)):
        if abs(number) >= floor:
            return number / unit
    return number


def _of_day(found: re.Match[str], *, offset: bool) -> float | None:
    hour, minute, second = int(found["h"]), int(found["m"]), int(found["s"] or 0)
    if minute > 59 or second > 59:
        return None
    fraction = float("0." + found["frac"][1:]) if found["frac"] else 0.0
    # Two parts are minutes and seconds where they cannot be hours and minutes, or where the caller knows.
    if found["s"] is None and (offset or found["frac"] or hour > 23):
        return hour * 60 + minute + fraction
    half = (found["half"] or found["half2"] or "").lower()
    if half in ("下午", "晚上", "pm") and hour < 12:
        hour += 12
    elif half in ("凌晨", "上午", "am") and hour == 12:
        hour = 0
    return hour * 3600 + minute * 60 + second + fraction


def _at(found: re.Match[str]) -> float | None:
    of_day = _of_day(found, offset=False)
    if of_day is None or int(found["h"]) > 24:
        return None
    try:
        day = datetime(int(found["year"]), int(found["month"]), int(found["day"]), tzinfo=timezone.utc)
        return (day - _zone(found["zone"])).timestamp() + of_day
    except (ValueError, OverflowError):
        return None


def _zone(zone: str | None) -> timedelta:
    if zone in (None, "Z"):
        return timedelta()
    assert zone is not None
    length = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    return -length if zone[0] == "-" else length
