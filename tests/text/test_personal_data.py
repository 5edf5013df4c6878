"""Numbers that name a person, by their check digits; addresses."""

from __future__ import annotations

import pytest

from cscheck.text import personal_data


def found(what: str, text: str) -> list[str]:
    return [text[start:end] for start, end in getattr(personal_data, what)(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("证件320102198807081235对吗", ["320102198807081235"]),
        ("证件32010219880708123x对吗", []),
        ("证件320102198807081234对吗", []),
        ("订单1320102198807081235已发", []),
        ("320102 19880708 1235", ["320102 19880708 1235"]),
        ("320102198813081235", []),
    ],
)
def test_id_numbers(text: str, expected: list[str]) -> None:
    """Region, date of birth and check digit must all be right, and no digit more."""
    assert found("id_numbers", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("卡号6222021001116248。", ["6222021001116248"]),
        ("6222 0210 0111 6248", ["6222 0210 0111 6248"]),
        ("4111-1111-1111-1111", ["4111-1111-1111-1111"]),
        ("卡号6222021001116247。", []),
        ("运单8222021001116248", []),
        ("1234567890123456", []),
    ],
)
def test_bank_cards(text: str, expected: list[str]) -> None:
    """A card's range and the Luhn formula must be right."""
    assert found("bank_cards", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("邮箱li.hua+1@example.com.cn，对吗", ["li.hua+1@example.com.cn"]),
        ("@所有人", []),
        ("价格是3@5元", []),
    ],
)
def test_email_addresses(text: str, expected: list[str]) -> None:
    """E-mail addresses are found, mentions are not."""
    assert found("email_addresses", text) == expected


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("收货地址，滨江路88号幸福小区5栋302室", True),
        ("朝阳路十二号院三号楼二单元501室", True),
        ("滨江路88号有网点", False),
        ("这条路走5分钟", False),
    ],
)
def test_home_addresses(text: str, is_found: bool) -> None:
    """An address counts when it goes down to the flat."""
    assert bool(found("home_addresses", text)) is is_found
