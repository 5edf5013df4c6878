"""What the engine recognises without patterns, by name: each gives the places in a normalised text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from cscheck.text import personal_data, quantities


def _time_limits(text: str) -> Iterable[tuple[int, int]]:
    return ((limit.start, limit.end) for limit in quantities.time_limits(text))


RECOGNISERS: Mapping[str, Callable[[str], Iterable[tuple[int, int]]]] = {
    "time-limit": _time_limits,
    "id-number": personal_data.id_numbers,
    "bank-card": personal_data.bank_cards,
    "email-address": personal_data.email_addresses,
    "home-address": personal_data.home_addresses,
}
