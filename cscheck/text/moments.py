"""Points in time in normalised text: dates, clock times, and deadlines, which are a point yet to come."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from cscheck.text.numerals import number
from cscheck.text.quantity import DAY, TWELVE, Kind, Quantity

_DAYS = {
    "大前": -3, "前天": -2, "昨": -1, "今明": 0, "今": 0, "当": 0, "明后": 1, "明": 1, "听日": 1,
    "这两": 0, "这几": 0, "次": 1, "翌": 1, "隔": 1, "第二": 1, "后": 2, "大后": 3,
}  # fmt: skip
_SPREAD = {"今明": 1, "明后": 1, "这两": 1, "这几": 3}
_DAY = (
    "大后天|这两天|这几天|今明两?天|明后两?天|(?<![然之以最前先])后天|后儿个?|今天|今日|今儿个?"
    "|今(?=[早晚晨夜])|明天(?![然猫])|明日|明儿个?|明(?=[早晚晨])|听日"
    "|大前天|前天|昨天|昨日|昨儿个?|昨(?=[早晚晨夜])|次日|翌日|隔[天日]|第二天|当[天日]"
)
_TURNS = {"上上": -2, "上": -1, "去": -1, "下": 1, "明": 1, "下下": 2}
_WEEK = (
    r"(?<![每一两二三四五六七八九十几\d半])(?P<turn>上上|下下|上|这|本|下)?个?"
    "(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天末])(?![年期性边围身])"
)
_PERIOD = (
    "(?P<which>下下|上|这|本|下|当(?!年))个?(?P<length>周(?!期|到|围|边)|星期|礼拜|月|季度|年|账期"
    "|学期)(?P<edge>底|末|初|中旬)?"
    "|(?P<ends>月底|月末|月初|年底|年末|年初|季度?末|周末)"
)
_NUM = r"(?:\d{1,2}|[一二三四五六七八九十廿卅]{1,3})"
_MONTH_DAY = (
    rf"(?:(?P<year>(?:19|20)?\d\d|[一二〇零][一二三四五六七八九〇零]{{3}}"
    rf"|[今明去])年)?(?<![\d个第])(?P<month>{_NUM})月"
    rf"(?:份?(?P<edge2>底|末|初|[上中下]旬)|(?P<date>{_NUM})[日号](?![楼线店床院门仓机窗柜])|(?![租费付卡供薪结]))"
    r"|(?<!\d)(?P<iso>(?:19|20)\d\d[-/.](?:0?[1-9]|1[0-2])[-/.](?:3[01]|[12]\d|0?[1-9]))(?!\d)"
    rf"|(?<![尾第编\d一二三四五六七八九十零])(?P<only>{_NUM})号(?![\d楼线店床院门仓机窗柜坐座路段单码为桌桩位技库口是])"
)
_EDGES = {"底": (25, 31), "末": (25, 31), "初": (1, 7), "上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31)}
_PARTS = {
    "凌晨": (0, 6), "清晨": (5, 8), "一早": (6, 10), "大早": (6, 10), "早晨": (6, 10), "早上": (6, 10), "早": (6, 10),
    "上午": (8, 12), "中午": (11, 14), "午间": (11, 14), "晌午": (11, 14), "午后": (12, 18), "下午": (12, 18),
    "傍晚": (17, 19), "晚上": (18, 24), "晚间": (18, 24), "夜里": (18, 30), "半夜": (22, 30), "深夜": (22, 30),
    "午夜": (23, 25), "晚": (18, 24), "下班": (17, 19),
}  # fmt: skip
_PART = "|".join(_PARTS)
_CLOCK = (
    r"(?P<h{0}>\d{{1,2}}):(?P<m{0}>[0-5]\d)(?::[0-5]\d)?(?!\d)"
    r"|(?P<hour{0}>\d{{1,2}}|二十[一二三四]?|十[一二]?|[一二两三四五六七八九零])(?:[点點]|(?<=\d)时)"
    r"(?P<minute{0}>半|[一三]刻|钟|整|[0-5]?\d分?|[二三四五]?十[一二三四五六七八九]?分?"
    r"|[零过][一二三四五六七八九]分?)?"
    r"(?![一二三四五六七八九\d])"
)
_BEFORE = "(?P<before>之前|以前|(?<!.个)前(?![后天台面往年者任景提辈程途女男])|之?内)?"
_ANCHOR = (
    r"下班|收工|打烊|关门|天黑|(?:早|午|中|晚)饭|睡觉|入夜|开学|过年|春节|国庆|中秋|元旦|五一|节"
    r"|(?<![\d一二两三四五六七八九十百千几多半当往早近])年"
)


_ALONE = "凌晨|早上|上午|中午|午后|下午|傍晚|晚上"


def find(text: str) -> Iterator[Quantity]:
    """Yield every point in time; some may lie within others."""
    for signs, source in _forms():
        if signs.isdisjoint(text):
            continue
        for match in _compiled(source).finditer(text):
            if quantity := _read(match):
                yield quantity


def _read(match: re.Match[str]) -> Quantity | None:
    groups = match.groupdict()
    if groups.get("anchor"):
        return Quantity("deadline", *match.span(), match[0], 0, 0, groups["anchor"])
    day = _day(groups)
    clock = _clock(groups)
    if clock is None and (groups.get("hour") or groups.get("h")):
        return None
    if day is None:
        if clock is None or "turn" in groups or _is_no_time(match):
            return None
        kind: Kind = "deadline" if groups["before"] else "clock"
        return Quantity(kind, *match.span(), match[0], clock[0], clock[1], "clock" + clock[2])
    low, high, unit, relation = day
    exact = clock is not None or bool(groups["before"]) or relation == "future"
    kind = "deadline" if exact and relation != "past" else "date"
    start, end, twelve = clock or (0, DAY - 1, "")
    return Quantity(kind, *match.span(), match[0], low * DAY + start, high * DAY + end, unit + twelve)


def _is_no_time(match: re.Match[str]) -> bool:
    """Tell 两点需求 and 快一点 from a time: a bare 点 wants a word of time beside it."""
    if match.groupdict().get("hour") in ("一", "1") and match["part"] in ("早", "晚") and not match["minute"]:
        return True
    if not match.groupdict().get("hour") or match["part"] or match["minute"] or match["before"] or match["hour2"]:
        return False
    before, after = match.string[max(0, match.start() - 1) : match.start()], match.string[match.end() : match.end() + 1]
    if match["hour"] in ("一", "1"):
        return after not in ("左", "到", "送", "给", "来")
    return before in tuple("有这那第以下如分哪头") or after in tuple("需建要原意疑问说跟注请提是区不声")


def _day(groups: dict[str, str | None]) -> tuple[int, int, str, str] | None:
    """Read the day: first, last, frame, and whether it is past, future or open."""
    if day := groups.get("day"):
        name = max((name for name in _DAYS if day.startswith(name)), key=len)
        step = _DAYS[name]
        return step, step + _SPREAD.get(name, 0), "day", "past" if step < 0 else "open"
    if weekday := groups.get("weekday"):
        turn = groups["turn"] or ""
        start = 7 * _TURNS.get(turn, 0) + "一二三四五六日天末".index(weekday) + 1
        if weekday in "天末":
            start -= 1 if weekday == "天" else 3
        return start, start + (weekday == "末"), "week", "past" if "上" in turn else "future" if turn else "open"
    if (length := groups.get("length") or groups.get("ends")) is not None:
        step = _TURNS.get(groups.get("which") or "", 0)
        return step, step, length + (groups.get("edge") or ""), "past" if step < 0 else "future"
    return _calendar_day(groups)


def _calendar_day(groups: dict[str, str | None]) -> tuple[int, int, str, str] | None:
    """Read a day of the calendar, or a month or a part of one."""
    if iso := groups.get("iso"):
        of_year, of_month, of_date = (int(part) for part in re.split("[-/.]", iso))
        return (value := of_year * 10000 + of_month * 100 + of_date), value, "date", "open"
    if only := groups.get("only"):
        date = int(number(only) or 0)
        return (date, date, "month-date", "open") if 1 <= date <= 31 else None
    if not (month_name := groups.get("month")):
        return None
    month, year = int(number(month_name) or 0), number(groups["year"] or "")
    first = last = int(number(groups["date"] or "") or 0)
    if not first:
        first, last = _EDGES.get(groups["edge2"] or "", (1, 31))
    if not (1 <= month <= 12 and 1 <= last <= 31):
        return None
    if year is None:
        relation = {"去": "past", "明": "future"}.get(groups["year"] or "", "open")
        return month * 100 + first, month * 100 + last, "month-day", relation
    base = int(year + 2000 * (year < 100)) * 10000 + month * 100
    return base + first, base + last, "date", "open"


def _clock(groups: dict[str, str | None]) -> tuple[int, int, str] | None:
    """Read the time of day: earliest and latest second, and the mark of a time that may be morning or evening."""
    part = groups.get("part") or ""
    first = _time(groups, "", part)
    last = _time(groups, "2", groups.get("part2") or part)
    if first is None:
        if part and not (groups.get("hour") or groups.get("h")):
            low, high = _PARTS[part]
            return low * 3600, high * 3600, ""
        return None
    twelve = "" if part or first[1] else TWELVE
    end = last[0] if last and last[0] >= first[0] else first[0]
    return first[0], end, twelve


def _time(groups: dict[str, str | None], suffix: str, part: str) -> tuple[int, bool] | None:
    """Read one clock time in seconds, and whether it is written so that it can only be one of two."""
    figures = groups.get("h" + suffix)
    hour = number(figures or groups.get("hour" + suffix) or "")
    if hour is None or hour > 24:
        return None
    rest = (groups.get("m" + suffix) or groups.get("minute" + suffix) or "").rstrip("分").lstrip("零过")
    minute = {"半": 30, "一刻": 15, "三刻": 45}.get(rest) or number(rest) or 0
    certain = hour > 12 or (figures or "").startswith("0")
    if part and hour <= 12:
        certain = True
        if _PARTS[part][0] >= 12 or (_PARTS[part][0] == 11 and hour < 6):
            hour += 12 if hour < 12 or _PARTS[part][0] >= 18 else 0
        elif part == "凌晨" and hour == 12:
            hour = 0
    return int(hour * 3600 + minute * 60), certain


@cache
def _forms() -> tuple[tuple[frozenset[str], str], ...]:
    """Give each form, and characters of which at least one stands in every point in time of it."""
    times = rf"(?:{_CLOCK.format('')})(?:(?:到|至|[-~–—])(?P<part2>{_PART})?(?:{_CLOCK.format('2')})(?:之间)?)?"
    date = rf"(?:(?P<day>{_DAY})|{_WEEK}|{_PERIOD}|{_MONTH_DAY})"
    gap = r"[的, ]{0,2}(?:\((?:周|星期)[一二三四五六日]\))? ?"
    sources = (
        ("天日儿今明昨周星礼月季年期底末号-./", rf"{date}(?:{gap}(?P<part>{_PART}))?(?: ?(?:{times}))?{_BEFORE}"),
        (":点點时", rf"(?<![\d.．:第])(?:(?P<part>{_PART}))? ?(?:{times}){_BEFORE}"),
        ("晨早午晚", rf"(?P<part>{_ALONE})(?![好安])(?:之间)?{_BEFORE}"),
        ("前", rf"(?P<anchor>{_ANCHOR})(?:之前|以前|前(?![后天台面]))"),
    )
    return tuple((frozenset(signs), source) for signs, source in sources)


@cache
def _compiled(source: str) -> re.Pattern[str]:
    # Each takes some milliseconds, so only those that a text calls for.
    return re.compile(source, re.ASCII)
