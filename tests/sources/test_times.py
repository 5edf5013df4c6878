"""Stamps of every spelling become seconds."""

from __future__ import annotations

import pytest

from cscheck.conversation import Turn
from cscheck.sources.times import across_midnight, in_order, is_clock, parse_time, time_of

NINE = 1772355605.0


@pytest.mark.parametrize(
    ("stamp", "seconds"),
    [
        ("2026-03-01T09:00:05Z", NINE),
        ("2026-03-01T09:00:05", NINE),
        ("2026-03-01T09:00:05.250Z", NINE + 0.25),
        ("2026-03-01T17:00:05+08:00", NINE),
        ("2026-03-01T17:00:05+0800", NINE),
        ("2026-03-01 09:00:05", NINE),
        ("2026/3/1 9:00:05", NINE),
        ("2026.03.01 09:00:05", NINE),
        ("2026-03-01 09:00", NINE - 5),
        ("2026年3月1日 上午9:00", NINE - 5),
        ("2026年3月1日 星期日 09:00", NINE - 5),
        ("2026年3月1日 下午9:00", NINE - 5 + 12 * 3600),
        ("2026-03-01 09:00:05 PM", NINE + 12 * 3600),
        ("2026年3月1日9时00分05秒", NINE),
        ("2026年3月1日9点00分", NINE - 5),
        ("10:02:31", 36151),
        ("10:02", 36120),
        ("10：02", 36120),
        ("下午3:05", 54300),
        ("12:05 AM", 300),
        ("昨天 10:02", 36120),
        ("星期三 10:02", 36120),
        ("[00:15]", 15),
        ("[75:15]", 4515),
        ("75:15", 4515),
        ("00:00:01,500", 1.5),
        ("00:01.500", 1.5),
        ("1772355605", NINE),
        ("1772355605000", NINE),
        ("1772355605000000", NINE),
        ("12.5", 12.5),
        ("0", 0),
    ],
)
def test_a_stamp_is_read(stamp, seconds):
    assert parse_time(stamp) == pytest.approx(seconds)


@pytest.mark.parametrize(
    "stamp",
    [
        "",
        "下午",
        "10:75",
        "2026-13-01 09:00",
        "2026-02-30 09:00",
        "2026-03-01",
        "十点",
        "10:02:31 您好",
        "1e999",
        "nan",
    ],
)
def test_what_is_no_stamp_is_none(stamp):
    assert parse_time(stamp) is None


@pytest.mark.parametrize("value", [None, "", True, [], {}, 10**400])
def test_values_that_are_no_time_are_none(value):
    assert time_of(value)[0] is None


def test_clock_is_told_from_a_full_time():
    assert is_clock("10:02")
    assert is_clock("昨天 10:02:03")
    assert not is_clock("2026-03-01 10:02")
    assert not is_clock(None)


def turns(*stamps: str) -> list[Turn]:
    return [Turn("agent", "好", parse_time(stamp), None, stamp) for stamp in stamps]


def test_midnight_adds_a_day_each_time():
    found = across_midnight(turns("23:58", "00:01", "00:03", "23:00", "01:00"))
    assert [turn.time for turn in found] == [86280, 86460, 86580, 169200, 176400]


def test_a_small_step_back_is_no_midnight():
    assert [turn.time for turn in across_midnight(turns("10:02", "10:01"))] == [36120, 36060]


def test_full_times_are_put_in_order_and_equal_ones_keep_theirs():
    found = in_order(turns("2026-03-01 09:00:05", "2026-03-01 09:00:01", "2026-03-01 09:00:05"))
    assert [turn.stamp[-2:] for turn in found] == ["01", "05", "05"]


def test_turns_without_a_time_stay_where_they_are():
    said = [*turns("2026-03-01 09:00:05"), Turn("agent", "无时间"), *turns("2026-03-01 09:00:01")]
    assert list(in_order(said)) == said
