"""Numerals are read as they are meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cscheck.text.numerals import number, number_range

NUMBERS = [
    ("三", 3), ("十", 10), ("十二", 12), ("二十", 20), ("两百五", 250), ("一百零五", 105), ("一百二十", 120),
    ("两千四", 2400), ("一千零一十", 1010), ("一万二", 12000), ("一万零二百", 10200), ("两万三千四百五十六", 23456),
    ("一亿两千万", 120_000_000), ("3千", 3000), ("3.5万", 35000), ("3万5", 35000), ("1.5w", 15000), ("2k", 2000),
    ("12,000", 12000), ("0", 0), ("零", 0), ("007", 7), ("12.50", 12.5), ("12．5", 12.5), ("零点五", 0.5),
    ("三点一四", 3.14), ("半", 0.5), ("一半", 0.5), ("百分之八十", 0.8), ("80%", 0.8), ("99.5％", 0.995),
    ("廿", 20), ("廿五", 25), ("卅", 30), ("壹佰", 100), ("叁仟伍佰", 3500), ("俩", 2), ("仨", 3),
    ("二〇二六", 2026), ("幺三八", 138), (" 5 ", 5),
]  # fmt: skip
NOT_NUMBERS = [
    "",
    "abc",
    "百",
    "万",
    "点",
    "五点",
    "点五",
    "一两",
    "十百",
    "3..5",
    "好",
    "几",
    "三到五",
    "百分之",
    "1" * 5000,
    "一" * 5000,
]
RANGES = [
    ("三", 3, 3), ("半", 0.5, 0.5), ("一两", 1, 2), ("两三", 2, 3), ("三五", 3, 5), ("十五六", 15, 16),
    ("三四十", 30, 40), ("三五百", 300, 500), ("五六千", 5000, 6000), ("几", 2, 9), ("十几", 10, 19), ("几十", 20, 99),
    ("几百", 200, 999), ("数十", 20, 99), ("十多", 10, 19), ("一百多", 100, 199), ("十来", 9, 15),
    ("3-5", 3, 5), ("3~5", 3, 5), ("1到3", 1, 3), ("三至五", 3, 5), ("三或四", 3, 4), ("10——15", 10, 15),
    ("三到五百", 300, 500), ("0.5-1", 0.5, 1),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), NUMBERS)
def test_number(text, value):
    """A numeral has one value; a whole one is an int."""
    assert number(text) == value
    assert isinstance(number(text), type(value))


@pytest.mark.parametrize("text", NOT_NUMBERS)
def test_not_a_number(text):
    """What is no numeral has none."""
    assert number(text) is None


@pytest.mark.parametrize(("text", "low", "high"), RANGES)
def test_range(text, low, high):
    """A loose or joined numeral has two ends."""
    assert number_range(text) == (low, high)


@pytest.mark.parametrize("text", ["5-3", "九三", "三三", "来", "-", "几几"])
def test_not_a_range(text):
    """Ends in the wrong order and chance neighbours are none."""
    assert number_range(text) is None


@given(st.integers(0, 10**8 - 1))
def test_reads_back_what_is_written(value):
    """Every whole number below a hundred million survives being written in characters."""
    assert number(_written(value)) == value


@given(st.text(alphabet="零一二两十百千万亿几半多来点0123456789.,-~到%百分之kw ", max_size=12) | st.text())
def test_never_raises(text):
    """Any text is a number or is not."""
    number(text)
    span = number_range(text)
    assert span is None or span[0] <= span[1]


def _written(value):
    if value >= 10**4:
        rest = value % 10**4
        zero = "零" if 0 < rest < 1000 else ""
        return _written(value // 10**4) + "万" + (zero + _written(rest) if rest else "")
    if value < 10:
        return "零一二三四五六七八九"[value]
    for unit, name in ((1000, "千"), (100, "百"), (10, "十")):
        if value >= unit:
            rest = value % unit
            zero = "零" if 0 < rest < unit // 10 else ""
            return "零一二三四五六七八九"[value // unit] + name + (zero + _written(rest) if rest else "")
    raise AssertionError(value)
