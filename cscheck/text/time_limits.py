"""Find where a text says by when, or within what time, something will be done or known.

A length of time or a point to come is such a limit if the words around it say so: 24小时内给您回复, 明天上午送到.
It is none in what is past, in opening hours, in what the customer may or shall do (7天内可退, 请今日内回复), in the
steps of an instruction (长按10秒), in a condition (超过三天没人取) or in a denial (今天送不到).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from cscheck.text import measures, moments
from cscheck.text.quantity import DAY, Quantity
from cscheck.text.time_limit_words import WORDS

_REACH = 24
_LONG = 300 * DAY
_POINTS = ("deadline", "date", "clock")
# Every limit has a unit of time, a name of a day or of a part of one, a mark of a date or an hour, or 前.
SIGNS = frozenset("秒分刻时钟天日周期拜月年季号点點早晚午晨夜前儿hm:-./")


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """A limit at ``text[start:end]``: ``seconds`` is the longest it can take, None for a point in time."""

    start: int
    end: int
    seconds: float | None


@dataclass(frozen=True, slots=True)
class _Around:
    """The words around a quantity: ``head [lead] quantity [tail] rest`` is its clause, ``onward`` the sentence's rest.

    ``alone`` says that the turn holds nothing else: an answer that is only a time.
    """

    head: str
    lead: str
    tail: str
    rest: str
    onward: str
    alone: bool


def time_limits(text: str) -> list[TimeLimit]:
    """Return the limits that normalised ``text`` states, in order."""
    readable = _is("mask").sub(lambda mask: "1".rjust(len(mask[0]), "0"), text)
    found = sorted((*moments.find(readable), *measures.find(readable)), key=lambda q: (q.start, -q.end))
    limits: list[TimeLimit] = []
    end = 0
    for quantity in found:
        if quantity.start < end:
            continue
        end = quantity.end
        if quantity.kind != "duration" and quantity.kind not in _POINTS:
            continue
        around = _around(readable, quantity)
        if _is_limit(quantity, around):
            exact = quantity.kind == "duration" and quantity.text == text[quantity.start : quantity.end]
            span = quantity.start - len(around.lead), quantity.end + len(around.tail)
            limits.append(TimeLimit(*span, quantity.high if exact else None))
    return limits


def _around(text: str, quantity: Quantity) -> _Around:
    before = _is("clause end").split(text[max(0, quantity.start - _REACH) : quantity.start])[-1]
    onward = _is("sentence end").split(text[quantity.end : quantity.end + 2 * _REACH])[0]
    after = _is("clause end").split(onward[:_REACH])[0]
    lead = _is("lead").search(before)
    tail = _is("tail").match(after)
    cut = len(tail[0]) if tail else 0
    alone = quantity.end + len(after) == len(text) and bool(_is("nothing more").match(after[cut:]))
    head = before[: lead.start()] if lead else before
    return _Around(head, lead[0] if lead else "", after[:cut], after[cut:], onward[cut:], alone)


def _is_limit(quantity: Quantity, around: _Around) -> bool:
    head, rest = around.head, around.rest
    if _is("excused before").search(head) or _is("excused after").match(rest) or _is("denied").search(rest[:14]):
        return False
    if _is("of something").match(rest) or (_is("asked").search(around.onward) and not _is("settles").match(rest)):
        return False
    if around.alone and head.strip(" 亲") == "" and "?" not in around.onward:
        return quantity.high < _LONG or quantity.kind != "duration"
    return _duration_is_limit(quantity, around) if quantity.kind == "duration" else _point_is_limit(quantity, around)


def _duration_is_limit(quantity: Quantity, around: _Around) -> bool:
    head, rest = around.head, around.rest
    if _is("lasted before").search(head) or _is("lasted after").match(around.tail + rest) or quantity.high >= _LONG:
        return False
    if "内" in around.tail:
        return not (_is("allowed").match(rest) or _is("from the customer's act").search(head))
    if _is("step").search(head):
        return False
    if quantity.unit == "workday" or around.lead or _is("processing").search(head):
        return not _is("allowed").match(rest)
    return bool(_is("settles").match(rest))


def _point_is_limit(quantity: Quantity, around: _Around) -> bool:
    head, rest = around.head, around.rest
    changed = _is("changed").search(head)
    settles = _is("settles").match(rest)
    company = _is("company").search(head)
    to_come = _is_to_come(quantity)
    if quantity.low < 0 or quantity.text[0] == "去" or (_is("past before").search(head) and not (changed or settles)):
        return False
    if (_is("past after").search(rest) and not (to_come or changed)) or (
        _is("customer comes").search(rest) and not company
    ):
        return False
    if quantity.text.endswith(("前", "内")) or "前" in around.tail or _is("firm").match(around.lead):
        return not _is("allowed").match(rest)
    if settles or changed or _is("acts").search(rest[:12]):
        return True
    if to_come and (company or _is("company").search(rest[:5])):
        return True
    if (to_come or quantity.kind == "deadline") and _is("acts soon").match(rest):
        return True
    if not _is("nothing more").match(rest):
        return False
    return bool(
        _is("acts before").search(head) or (quantity.kind == "deadline" and _is("acts").search(head.rpartition(":")[2]))
    )


def _is_to_come(quantity: Quantity) -> bool:
    """Tell 明天, 后天, 下周 from what may have been already: 今天, 周五, 三点."""
    return quantity.low >= DAY if quantity.unit.startswith("day") else quantity.text.startswith("下")


@cache
def _is(name: str) -> re.Pattern[str]:
    return re.compile(WORDS[name], re.ASCII)
