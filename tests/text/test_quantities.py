"""Quantities are found whole, with their values, and compared by what they say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cscheck.text.quantities import find, same

MINUTE, HOUR, DAY = 60, 3600, 86400

DURATIONS = [
    ("两个工作日内给您办", "两个工作日", 2 * DAY, 2 * DAY, "workday"),
    ("1到3个工作日", "1到3个工作日", DAY, 3 * DAY, "workday"),
    ("2~3个工作日", "2~3个工作日", 2 * DAY, 3 * DAY, "workday"),
    ("24小时内", "24小时", DAY, DAY, "s"),
    ("48h发出", "48h", 2 * DAY, 2 * DAY, "s"),
    ("等了半个钟头", "半个钟头", 30 * MINUTE, 30 * MINUTE, "s"),
    ("3-5天到账", "3-5天", 3 * DAY, 5 * DAY, "s"),
    ("三五天", "三五天", 3 * DAY, 5 * DAY, "s"),
    ("要两三天", "两三天", 2 * DAY, 3 * DAY, "s"),
    ("一刻钟就到", "一刻钟", 15 * MINUTE, 15 * MINUTE, "s"),
    ("十来分钟", "十来分钟", 9 * MINUTE, 15 * MINUTE, "s"),
    ("一个半小时", "一个半小时", 90 * MINUTE, 90 * MINUTE, "s"),
    ("两天半", "两天半", 2.5 * DAY, 2.5 * DAY, "s"),
    ("一个多小时", "一个多小时", HOUR, 2 * HOUR, "s"),
    ("得个把小时", "个把小时", HOUR, 2 * HOUR, "s"),
    ("1小时20分钟", "1小时20分钟", 80 * MINUTE, 80 * MINUTE, "s"),
    ("修了俩月", "俩月", 60 * DAY, 60 * DAY, "s"),
    ("五日内", "五日", 5 * DAY, 5 * DAY, "s"),
    ("大概两周", "两周", 14 * DAY, 14 * DAY, "s"),
    ("处理周期7天", "7天", 7 * DAY, 7 * DAY, "s"),
]
POINTS = [
    ("deadline", "今天下午五点前", 17 * HOUR, 17 * HOUR, "day"),
    ("deadline", "今晚八点前", 20 * HOUR, 20 * HOUR, "day"),
    ("deadline", "明天中午", DAY + 11 * HOUR, DAY + 14 * HOUR, "day"),
    ("deadline", "明早九点", DAY + 9 * HOUR, DAY + 9 * HOUR, "day"),
    ("deadline", "周五前", 5 * DAY, 6 * DAY - 1, "week"),
    ("deadline", "下周一", 8 * DAY, 9 * DAY - 1, "week"),
    ("deadline", "周四下午三点半", 4 * DAY + 15.5 * HOUR, 4 * DAY + 15.5 * HOUR, "week"),
    ("deadline", "12月3号之前", 1203 * DAY, 1204 * DAY - 1, "month-day"),
    ("deadline", "8月6日17:00前", 806 * DAY + 17 * HOUR, 806 * DAY + 17 * HOUR, "month-day"),
    ("deadline", "本月底", 0, DAY - 1, "月底"),
    ("deadline", "下班前", 0, 0, "下班"),
    ("deadline", "天黑以前", 0, 0, "天黑"),
    ("date", "明天", DAY, 2 * DAY - 1, "day"),
    ("date", "昨天下午三点", -DAY + 15 * HOUR, -DAY + 15 * HOUR, "day"),
    ("date", "周四", 4 * DAY, 5 * DAY - 1, "week"),
    ("date", "上周五", -2 * DAY, -DAY - 1, "week"),
    ("date", "3月2日", 302 * DAY, 303 * DAY - 1, "month-day"),
    ("date", "2026-03-01", 20260301 * DAY, 20260302 * DAY - 1, "date"),
    ("date", "二〇二六年三月二日", 20260302 * DAY, 20260303 * DAY - 1, "date"),
    ("date", "五号", 5 * DAY, 6 * DAY - 1, "month-date"),
    ("clock", "下午两点", 14 * HOUR, 14 * HOUR, "clock"),
    ("clock", "中午十二点", 12 * HOUR, 12 * HOUR, "clock"),
    ("clock", "晚上十二点", 24 * HOUR, 24 * HOUR, "clock"),
    ("clock", "凌晨2点", 2 * HOUR, 2 * HOUR, "clock"),
    ("clock", "九点半", 9.5 * HOUR, 9.5 * HOUR, "clock12"),
    ("clock", "9:30", 9.5 * HOUR, 9.5 * HOUR, "clock12"),
    ("clock", "14:00-16:00", 14 * HOUR, 16 * HOUR, "clock"),
    ("clock", "下午两点到四点之间", 14 * HOUR, 16 * HOUR, "clock"),
    ("clock", "三点二十", 3 * HOUR + 20 * MINUTE, 3 * HOUR + 20 * MINUTE, "clock12"),
]
MEASURES = [
    ("amount", "129元", 129, 129, "yuan"), ("amount", "三十块", 30, 30, "yuan"),
    ("amount", "12.5元", 12.5, 12.5, "yuan"),
    ("amount", "¥30", 30, 30, "yuan"), ("amount", "两千四", 2400, 2400, "yuan"), ("amount", "3块8", 3.8, 3.8, "yuan"),
    ("amount", "12块5毛", 12.5, 12.5, "yuan"), ("amount", "五毛", 0.5, 0.5, "yuan"),
    ("amount", "一百来块", 90, 150, "yuan"), ("amount", "7,350元", 7350, 7350, "yuan"),
    ("amount", "两三百块钱", 200, 300, "yuan"), ("amount", "300美元", 300, 300, "usd"),
    ("percent", "80%", 80, 80, "%"), ("percent", "99.5％", 99.5, 99.5, "%"), ("percent", "百分之八十", 80, 80, "%"),
    ("percent", "七成", 70, 70, "%"), ("count", "两件", 2, 2, "件"), ("count", "3台", 3, 3, "台"),
    ("count", "五个", 5, 5, "个"), ("count", "一百二十根", 120, 120, "根"), ("count", "500兆", 500, 500, "兆"),
    ("code", "ab1234", 1234, 1234, "id"), ("code", "202611020001", 202611020001, 202611020001, "digits"),
    ("code", "138****2210", 1382210, 1382210, "digits"), ("code", "400-820-8820", 4008208820, 4008208820, "digits"),
]  # fmt: skip
NONE = [
    "第二节", "第三天", "三年级", "一点建议", "快一点", "两点需求", "早一点", "万一", "千万别", "十分抱歉", "早上好",
    "下午好", "3号楼", "二点四", "三点五", "唯一", "说明书", "尽快", "马上", "稍后", "这个周期", "",
]  # fmt: skip
SAME = [
    ("三天", "3天"), ("两三天", "三天"), ("24小时", "一天"), ("一百二", "120元"), ("¥30", "三十块"),
    ("两件", "2件"), ("80%", "八成"), ("尾号8830", "13812348830"), ("尾号八八三零", "尾号8830"), ("ab1234", "ab1234"),
    ("明天下午三点", "明天三点"), ("下午三点", "15:00"), ("3月2号", "2026年3月2日"), ("3月2日", "2号"),
    ("周五前", "周五"), ("星期天", "周日"),
]  # fmt: skip
DIFFERENT = [
    ("三天", "四天"), ("三天", "三元"), ("两件", "两台"), ("¥30", "$30"), ("下午三点", "上午三点"), ("明天", "后天"),
    ("3月2日", "4月2日"), ("尾号8830", "尾号8831"), ("周五", "下周五"), ("三点", "周三"), ("ab1234", "ab1235"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "span", "low", "high", "unit"), DURATIONS)
def test_durations(text, span, low, high, unit):
    """A length of time is in seconds; working days are marked."""
    found = [q for q in find(text) if q.kind == "duration"]
    assert [(q.text, q.low, q.high, q.unit) for q in found] == [(span, low, high, unit)]


@pytest.mark.parametrize(("kind", "text", "low", "high", "unit"), POINTS + MEASURES)
def test_whole_texts(kind, text, low, high, unit):
    """Each of these is one quantity, from end to end."""
    assert [(q.kind, q.start, q.end, q.low, q.high, q.unit) for q in find(text)] == [
        (kind, 0, len(text), low, high, unit)
    ]


@pytest.mark.parametrize("text", NONE)
def test_nothing_to_find(text):
    """Ordinals, words and greetings with a numeral in them are no quantities."""
    assert find(text) == []


def test_the_order_and_the_places():
    """All kinds in one sentence, in order, each at its place."""
    text = "您尾号8830的订单买了两件,共129元,周五前发货,一般3-5天到,有问题下午两点后联系我"
    found = find(text)
    assert [q.kind for q in found] == ["code", "count", "amount", "deadline", "duration", "clock"]
    assert all(text[q.start : q.end] == q.text for q in found)


@pytest.mark.parametrize(("a", "b"), SAME)
def test_same(a, b):
    """A restatement may use other words, be looser or shorter."""
    assert same(find(a)[0], find(b)[0])
    assert same(find(b)[0], find(a)[0])


@pytest.mark.parametrize(("a", "b"), DIFFERENT)
def test_different(a, b):
    """Another value or another thing is no restatement."""
    assert not same(find(a)[0], find(b)[0])
    assert not same(find(b)[0], find(a)[0])


_TALK = st.text(
    alphabet="今明后天周一二三四五六日月底年号点半个工作小时分钟块元折前内之0123456789.,:-~%¥ab*第上下午晚早到",
    max_size=40,
)


@given(st.text() | _TALK)
def test_spans_lie_within_the_text(text):
    """Any text gives quantities in order, apart from each other, with their own text."""
    end = 0
    for quantity in find(text):
        assert end <= quantity.start < quantity.end <= len(text)
        assert text[quantity.start : quantity.end] == quantity.text
        assert quantity.low <= quantity.high
        assert same(quantity, quantity) or quantity.kind == "code"
        end = quantity.end
