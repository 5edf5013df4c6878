"""What a suppression covers."""

from __future__ import annotations

import datetime

import pytest

from cscheck.conversation import Conversation, Turn
from cscheck.finding import Finding, Severity
from cscheck.settings import Suppression
from cscheck.suppress import covers, is_expired, suppress

TALK = Conversation("c1", (Turn("customer", "退钱"), Turn("agent", "保证金保证今天退")), "talks/one.txt")


def finding(start: int | None = 3, end: int | None = 5, turn: int | None = 1) -> Finding:
    return Finding("core/over/sure", "overpromise", Severity.ERROR, "c1", "talks/one.txt", turn, start, end, "保证", "")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"rule": "core/over/sure"}, True),
        ({"rule": "core/over"}, True),
        ({"rule": "core/ov"}, False),
        ({"path": "talks/*.txt"}, True),
        ({"path": "*.txt"}, True),
        ({"path": "*.csv"}, False),
        ({"conversation": "c1"}, True),
        ({"conversation": "c*"}, True),
        ({"conversation": "c2"}, False),
        ({"role": "agent"}, True),
        ({"role": "customer"}, False),
        ({"phrase": "保证今天"}, True),
        ({"phrase": "保证金"}, False),
        ({"phrase": "没有的话"}, False),
        ({"rule": "core", "path": "*.csv"}, False),
    ],
)
def test_everything_asked_for_must_hold(fields: dict[str, str], expected: bool) -> None:
    assert covers(Suppression("理由", **fields), finding(), TALK) is expected  # type: ignore[arg-type]


def test_a_phrase_says_nothing_of_what_is_missing() -> None:
    assert not covers(Suppression("理由", phrase="保证"), finding(None, None), TALK)
    assert not covers(Suppression("理由", role="agent"), finding(None, None, None), TALK)


def test_the_last_day_still_counts() -> None:
    entry = Suppression("理由", rule="core", until=datetime.date(2026, 3, 1))
    assert not is_expired(entry, datetime.date(2026, 3, 1))
    assert is_expired(entry, datetime.date(2026, 3, 2))


def test_findings_are_parted_in_order() -> None:
    other = finding(0, 2)
    kept, left_out = suppress(
        [finding(), other], TALK, [Suppression("理由", phrase="今天"), Suppression("x", phrase="证今")]
    )
    assert kept == (other,)
    assert [(item.finding, item.by.phrase) for item in left_out] == [(finding(), "证今")]
