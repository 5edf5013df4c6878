"""Lengths of time, sums of money, percentages, counts and codes in normalised text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from cscheck.text.numerals import DIGIT, NUMERAL, RANGE, number, number_range
from cscheck.text.quantity import DAY, SPOKEN_DIGITS, Kind, Quantity

_SECONDS = {
    "秒": 1, "分": 60, "m": 60, "刻": 900, "小": 3600, "钟": 3600, "h": 3600,
    "天": DAY, "日": DAY, "工": DAY, "自": DAY,
    "星": 7 * DAY, "礼": 7 * DAY, "周": 7 * DAY, "月": 30 * DAY, "季": 91 * DAY, "年": 365 * DAY,
}  # fmt: skip
_WEEKDAY = "一二三四五六日天"
_UNIT = (
    "工作日|工作天|自然日|自然天|小时|钟头|(?<=个)钟|hours?|hrs?|h(?![a-z0-9])|分钟|分(?=之?内|左右|钟)"
    "|mins?(?![a-z])|刻钟|秒钟?|天(?![然猫气线津花猫])|日(?=之?内|以内|之?后|左右|无理由)"
    f"|星期(?![{_WEEKDAY}])|礼拜(?![{_WEEKDAY}])|周(?![{_WEEKDAY}末边围到全身])|月|季度?|年(?![级代纪龄轻卡费])"
)
_MEASURES = (
    "个|件|台|条|只|张|本|套|双|瓶|盒|箱|包|袋|份|次|人|位|名|户|间|栋|辆|部|片|根|支|卷|米|公里|斤|公斤|千克|克|吨|升|寸"
    "|款|项|页|题|门|节|单|笔|票|兆|gb?|mb?|kg|cm|mm|折|席|桶|遍|趟|碗|杯|家|粒|颗|串|度|平米?|㎡|级|岁|倍|枚|顶|把|副|组|批"
)
_CURRENCY = (
    "元(?![旦宵件素])|块钱?(?![电面屏板肉地毯蛋饼])|圆|rmb|人民币|蚊|美元|美金|港币|港元|毛钱?|角(?![度落色])|分钱"
)
_CURRENCIES = {"$": "usd", "美元": "usd", "美金": "usd", "港币": "hkd", "港元": "hkd"}
_HAN = "一二两三四五六七八九十百千万"


def find(text: str) -> Iterator[Quantity]:
    """Yield every quantity that is no point in time; some may lie within others."""
    for signs, source, read in _forms():
        if signs.isdisjoint(text):
            continue
        for match in _compiled(source).finditer(text):
            if quantity := read(match):
                yield quantity


def _duration(match: re.Match[str]) -> Quantity | None:
    amount, middle, unit, tail = match["amount"], match["middle"] or "", match["unit"], match["tail"]
    if unit == "月" and "个" not in middle + (amount or "个") and amount not in ("俩", "几"):
        return None
    span = (1.0, 2.0) if amount is None else number_range(amount)
    if span is None or (unit == "年" and span[0] >= 1000):
        return None
    low, high = span
    if "半" in middle or tail:
        low, high = low + 0.5, high + 0.5
    elif middle[-1:] in ("多", "来"):
        high += 1
    scale = _SECONDS[unit[0]]
    low, high = low * scale, high * scale
    if match["rest"] and (rest := number(match["rest"])) is not None:
        smaller = rest * _SECONDS[match["smaller"].lstrip("个")[0]]
        low, high = low + smaller, high + smaller
    return _quantity("duration", match, low, high, "workday" if unit[0] == "工" else "s")


def _amount(match: re.Match[str]) -> Quantity | None:
    span = number_range(match["amount"])
    if span is None:
        return None
    scale = {"毛": 0.1, "角": 0.1, "分": 0.01}.get(match["currency"][0], 1)
    coins = sum((number(match[name]) or 0) * worth for name, worth in (("dimes", 0.1), ("cents", 0.01)) if match[name])
    unit = _CURRENCIES.get(match["currency"][:2], "yuan")
    return _quantity("amount", match, span[0] * scale + coins, span[1] * scale + coins, unit)


def _signed_amount(match: re.Match[str]) -> Quantity | None:
    span = number_range(match["amount"])
    return None if span is None else _quantity("amount", match, *span, _CURRENCIES.get(match["sign"], "yuan"))


def _bare_amount(match: re.Match[str]) -> Quantity | None:
    value = number(match[0])
    return None if value is None else _quantity("amount", match, value, value, "yuan")


def _percent(match: re.Match[str]) -> Quantity | None:
    span = number_range(match[1])
    if span is None:
        return None
    scale = 10 if "tenths" in match.re.groupindex else 1
    return _quantity("percent", match, span[0] * scale, span[1] * scale, "%")


def _count(match: re.Match[str]) -> Quantity | None:
    span = number_range(match["amount"])
    return None if span is None else _quantity("count", match, *span, match["unit"])


def _code(match: re.Match[str]) -> Quantity:
    text = match["code"]
    digits = re.sub("[^0-9]", "", text.translate(SPOKEN_DIGITS))
    value = float(digits[-15:] or 0)
    unit = "tail" if match["tail"] else "id" if re.search("[a-z]", text) else "digits"
    return Quantity("code", *match.span("code"), text, value, value, unit)


def _quantity(kind: Kind, match: re.Match[str], low: float, high: float, unit: str) -> Quantity:
    return Quantity(kind, *match.span(), match[0], round(low, 6), round(high, 6), unit)


# Of these characters at least one stands in every quantity of a form.
_TIME_SIGNS = frozenset("工自小钟h分m刻秒天日星礼周月季年")
_MONEY_SIGNS = frozenset("元块圆r人蚊美港毛角分")
_COUNT_SIGNS = frozenset(unit[0] for unit in _MEASURES.replace("?", "").split("|"))
_DIGITS = frozenset("0123456789")


@cache
def _forms() -> tuple[tuple[frozenset[str], str, Callable[[re.Match[str]], Quantity | None]], ...]:
    # Not within a longer number, an ordinal or a word: 第二节, 统一个, 周三天气.
    first = rf"(?<![第统唯\d{_HAN}零几])(?<![周期拜](?=[{_WEEKDAY}]))(?<!\d[.．])"
    amount = f"(?P<amount>{RANGE})"
    more = f"{_HAN}零几\\d天年月日{_MEASURES.replace('|', '')}"
    coins = rf"(?:(?P<dimes>[1-9]|{DIGIT})[毛角]?(?:(?P<cents>[1-9]|{DIGIT})分?)?(?![小{more}]))?"
    return (
        (
            _TIME_SIGNS,
            rf"{first}(?:{amount}|个把)(?P<middle>个半|个多|个来|个|整|多)?(?P<unit>{_UNIT})"
            rf"(?:(?P<tail>半)(?![天小个年月分])|[零又]?(?P<rest>{NUMERAL})(?P<smaller>个月|小时|分钟?|秒钟?|天))?",
            _duration,
        ),
        (_MONEY_SIGNS, rf"{first}{amount}(?P<currency>{_CURRENCY}){coins}", _amount),
        (frozenset("¥$"), rf"(?P<sign>[¥$]) ?{amount}元?", _signed_amount),
        (
            frozenset("百千万"),
            rf"{first}[{_HAN}零]{{1,8}}[百千万][一二三四五六七八九](?![号楼多来元块毛点{more}])",
            _bare_amount,
        ),
        (frozenset("百"), rf"百分之(?P<after>{RANGE})", _percent),
        (frozenset("%％"), rf"{first}(?P<before>{RANGE})[%％]", _percent),
        (frozenset("成"), rf"{first}(?P<tenths>{RANGE})成(?![功为员本交立人熟套品都绩长了分])", _percent),
        (_COUNT_SIGNS, rf"{first}{amount}(?P<unit>{_MEASURES})(?![a-z])", _count),
        (frozenset("万"), rf"{first}(?P<amount>\d{{1,9}}(?:[.．]\d{{1,4}})?万)(?P<unit>)(?!元|{_MEASURES})", _count),
        (
            frozenset("尾后末"),
            rf"(?P<tail>(?:尾号|尾数|[后末][三四五六]位)[是为:]? ?)(?P<code>\d{{2,8}}|{DIGIT}{{2,8}})(?!\d)",
            _code,
        ),
        (
            _DIGITS,
            r"(?<![a-z0-9])(?P<tail>)(?P<code>[a-z]{1,6}-?\d[a-z0-9-]{1,30}|\d{3,4}[- ]\d{3,4}[- ]\d{4}"
            r"|\d{2,11}\*{2,12}\d{2,6}|\d{1,20}[a-z][a-z0-9]{3,20}|\d{4,30})(?![a-z0-9年]|[.．,]\d)",
            _code,
        ),
    )


@cache
def _compiled(source: str) -> re.Pattern[str]:
    # Each takes a millisecond or more, so only those that a text calls for.
    return re.compile(source, re.ASCII)
