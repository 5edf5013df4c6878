"""What the engine recognises without patterns, by name: each gives the places in a normalised text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from cscheck.text import personal_data, quantities

Spans = Iterable[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Recogniser:
    """``find`` gives the places in a text; where none of ``signs`` occurs, there are none."""

    find: Callable[[str], Spans]
    signs: frozenset[str]


def _time_limits(text: str) -> Spans:
    return ((limit.start, limit.end) for limit in quantities.time_limits(text))


RECOGNISERS: Mapping[str, Recogniser] = {
    "time-limit": Recogniser(_time_limits, quantities.TIME_SIGNS),
    "id-number": Recogniser(personal_data.id_numbers, personal_data.DIGITS),
    "bank-card": Recogniser(personal_data.bank_cards, personal_data.DIGITS),
    "email-address": Recogniser(personal_data.email_addresses, frozenset("@")),
    "home-address": Recogniser(personal_data.home_addresses, personal_data.STREETS),
}
