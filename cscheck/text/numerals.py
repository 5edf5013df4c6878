"""Read numerals as people write them: 3.5万, 两百五, 壹佰, 半, 百分之八十; and the loose ones: 三五, 十来, 1到3."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from functools import cache

_WRITTEN = ("零〇", "一壹幺", "二贰两俩", "三叁仨", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
_DIGITS = {char: value for value, chars in enumerate(_WRITTEN) for char in chars}
_TENS = {"廿": 20, "卅": 30}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "k": 1000}
_MYRIADS = {"万": 10**4, "w": 10**4, "亿": 10**8}
_LONGEST = 32
_ALL_UNITS = _UNITS | _MYRIADS
_HAN = "".join(_DIGITS) + "".join(_TENS) + "十拾百佰千仟万亿"

# What follows is for the patterns of other modules: one numeral, and one numeral or a loose or joined pair of them.
DIGIT = "[" + "".join(_DIGITS) + "]"
_ARABIC = r"(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,12})(?:[.．]\d{1,4})?"
_MIXED = rf"{_ARABIC}(?:[百千万亿kw]{{1,2}}[\d{_HAN}]{{0,2}})?"
NUMERAL = rf"(?:{_MIXED}|[{_HAN}几半数]{{1,12}}(?:点{DIGIT}{{1,4}})?)"
JOINT = "(?:--?|~~?|——?|–|至|到|或者?|、)"
RANGE = rf"(?:{NUMERAL}[多来余几]?(?:{JOINT}{NUMERAL}[多来余]?)?)"


def number(text: str) -> float | int | None:
    """Return what the whole of ``text`` says as one number, or None."""
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    if text.startswith("百分之"):
        part = number(text[3:])
        return None if part is None else _tidy(part / 100)
    if text[-1:] in ("%", "％"):
        part = number(text[:-1])
        return None if part is None else _tidy(part / 100)
    if text in ("半", "一半"):
        return 0.5
    if re.fullmatch(rf"{DIGIT}{{2,}}", text):
        return None if re.search("[两俩仨]", text) else int("".join(str(_DIGITS[char]) for char in text))
    whole, point, decimals = text.partition("点")
    if point:
        base = number(whole)
        if base is None or not decimals or any(char not in _DIGITS for char in decimals):
            return None
        return _tidy(base + float("0." + "".join(str(_DIGITS[char]) for char in decimals)))
    return _sum(text)


def number_range(text: str) -> tuple[float, float] | None:
    """Return the least and the greatest value that ``text`` may mean: 3-5, 两三, 十来, 几, 三四十, 12."""
    text = text.strip()
    exact = number(text)
    if exact is not None and not re.fullmatch(r"[一二三四五六七八九]{2}", text):
        return float(exact), float(exact)
    joined = re.fullmatch(rf"(.{{1,20}}?){JOINT}(.{{1,20}})", text)
    if joined:
        low, high = number_range(joined[1]), number_range(joined[2])
        if low is None or high is None:
            return None
        scale = _shared_scale(joined[1], joined[2])
        return (low[0] * scale, high[1]) if low[0] * scale <= high[1] else None
    return _loose(text)


def _loose(text: str) -> tuple[float, float] | None:
    """Read 十来, 一百多, 几十, 十几, 两三, 三五百, 十五六."""
    if text[-1:] in "多来余几" and len(text) > 1 and (base := number(text[:-1])) is not None:
        room = _room(base)
        return (base * 0.9, base + room / 2) if text[-1] == "来" else (float(base), base + room - (room > 1))
    if text[:1] in ("几", "数"):
        scale = 1 if len(text) == 1 else _ALL_UNITS.get(text[1:])
        return None if scale is None else (2.0 * scale, 10.0 * scale - 1)
    pair = re.fullmatch(rf"([{_HAN}]{{0,6}}?)([一二两三四五六七八九])([二两三四五六七八九])([{_HAN}]{{0,3}})", text)
    if pair is None or not 0 < _DIGITS[pair[3]] - _DIGITS[pair[2]] <= 2 or pair[1][-1:] in _DIGITS:
        return None
    low, high = number(pair[1] + pair[2] + pair[4]), number(pair[1] + pair[3] + pair[4])
    return None if low is None or high is None else (float(low), float(high))


def _room(base: float) -> float:
    """Return the size of the last place that is not zero, but at least one: 一百多 is up to 199."""
    if base < 10 or base != int(base):
        return 1.0
    return float(10 ** (len(str(int(base))) - len(str(int(base)).rstrip("0"))))


def _shared_scale(left: str, right: str) -> int:
    """Give 三到五百 its hundreds on both sides: a bare digit takes over the unit of what follows."""
    shared = len(left) == 1 and left in _DIGITS and len(right) == 2 and right[0] in _DIGITS and right[1] in _ALL_UNITS
    return _ALL_UNITS[right[1]] if shared and right[1] not in "十拾" else 1


def _sum(text: str) -> float | int | None:
    total = section = 0.0
    current: float | None = None
    last = 0
    limit = math.inf
    after_zero = False
    for mark in _tokens()(text):
        if mark in _MYRIADS:
            if section == 0 and current is None and (total == 0 or mark != "亿"):
                return None
            last, limit = _MYRIADS[mark], math.inf
            part = section + (current or 0)
            total = total + part * last if mark != "亿" else (total + part) * last
            section, current, after_zero = 0.0, None, False
        elif mark in _UNITS:
            last = _UNITS[mark]
            if last >= limit or (current is None and last != 10):
                return None
            section, limit, current, after_zero = (
                section + (1 if current is None else current) * last,
                last,
                None,
                False,
            )
        elif current is not None:
            return None
        elif mark in _DIGITS and _DIGITS[mark] == 0:
            after_zero = True
        else:
            value = _value(mark)
            if value is None:
                return None
            if mark in _TENS:
                section, limit, last = section + value, 10, 10
            else:
                current = value
    if current is not None:
        section += current * last / 10 if last >= 100 and not after_zero and current < 10 else current
    elif last == 0 and section == 0 and not after_zero:
        return None
    return _tidy(total + section)


def _value(mark: str) -> float | None:
    if mark in _DIGITS:
        return _DIGITS[mark]
    if mark in _TENS:
        return _TENS[mark]
    try:
        return float(mark.replace(",", "").replace("．", "."))
    except ValueError:
        return None


def _tidy(value: float) -> float | int:
    rounded = round(value, 6)
    return int(rounded) if rounded == int(rounded) else rounded


@cache
def _tokens() -> Callable[[str], list[str]]:
    return re.compile(r"\d[\d,]*(?:[.．]\d+)?|.", re.ASCII | re.DOTALL).findall
