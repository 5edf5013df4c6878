"""Find numbers that name a person, proved by their check digits, and e-mail and street addresses, in folded text."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

_NUMBER = r"(?<![0-9a-z])[0-9](?:[ -]?[0-9]){13,18}x?(?![0-9a-z])|(?<![0-9a-z])[0-9]{17}x(?![0-9a-z])"
# How numbers of payment cards begin: UnionPay, Visa, Mastercard, American Express, JCB, Maestro.
_CARD = r"(?:62|60|65|4|5[1-5]|3[457])\d{12,17}"
_EMAIL = r"(?<![a-z0-9._+-])[a-z0-9][a-z0-9._+-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)+"
_HAN = "一-鿿"
_STREET = "路|街|大道|巷|弄|胡同|村|小区|花园|家园|公寓|新村|苑|里"
AT = frozenset("@")
DIGITS = frozenset("0123456789")
STREETS = frozenset(_STREET.split("|"))
_COUNT = "(?:[0-9]{1,5}|[一二三四五六七八九十百]{1,5})"
_LED = rf"[{_HAN}]*?(?:地址是|地址为|地址|住在|寄到|送到|发到|是|在)(?=[{_HAN}]{{2}})"
_HOME = (
    rf"[{_HAN}]{{2,18}}?(?:{_STREET})(?:[{_HAN}]{{0,8}}?)"
    rf"{_COUNT}(?:号|弄|栋|幢|号楼|座|期)[{_HAN}0-9a-z\-]{{0,12}}?{_COUNT}(?:室|户|单元[0-9]{{2,4}}|号房|房)"
)


def id_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Give the places of resident identity numbers: 18 places, region, date of birth and check digit right."""
    for start, end, digits in _numbers(text):
        if len(digits) == 18:
            from stdnum.cn import ric

            if ric.is_valid(digits):
                yield start, end


def bank_cards(text: str) -> Iterator[tuple[int, int]]:
    """Give the places of payment card numbers: 14 to 19 digits in a card's range, right by the Luhn formula."""
    for start, end, digits in _numbers(text):
        if _pattern(_CARD).fullmatch(digits):
            from stdnum import luhn

            if luhn.is_valid(digits):
                yield start, end


def email_addresses(text: str) -> Iterator[tuple[int, int]]:
    """Give the places of e-mail addresses."""
    return (match.span() for match in _pattern(_EMAIL).finditer(text))


def home_addresses(text: str) -> Iterator[tuple[int, int]]:
    """Give the places of street addresses that go down to the flat."""
    for match in _pattern(_HOME).finditer(text):
        # What introduces the address (地址是…, 送到…) is no part of it.
        led = _pattern(_LED).match(match[0])
        yield match.start() + (led.end() if led else 0), match.end()


def _numbers(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _pattern(_NUMBER).finditer(text):
        yield match.start(), match.end(), re.sub("[ -]", "", match[0])


@functools.cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text)
