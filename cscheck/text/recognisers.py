"""What the engine recognises without patterns, by name: each gives the places in a normalised text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import Any

from cscheck.values import dataclass

Spans = Iterable[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Recogniser:
    """A function that finds something, and the characters without one of which there is nothing to find.

    Both are named, as most texts hold nothing that would be worth importing them for.
    """

    module: str
    finder: str
    least: str

    def find(self, text: str) -> Spans:
        """Give the places in a text."""
        spans: Spans = self._named(self.finder)(text)
        return spans

    @property
    def signs(self) -> frozenset[str]:
        """Texts of which one occurs wherever there is something to find."""
        signs: frozenset[str] = self._named(self.least)
        return signs

    def _named(self, name: str) -> Any:  # noqa: ANN401
        return getattr(import_module(self.module), name)


_PERSONAL = "cscheck.text.personal_data"
RECOGNISERS: Mapping[str, Recogniser] = {
    "time-limit": Recogniser("cscheck.text.quantities", "time_limit_spans", "TIME_SIGNS"),
    "id-number": Recogniser(_PERSONAL, "id_numbers", "DIGITS"),
    "bank-card": Recogniser(_PERSONAL, "bank_cards", "DIGITS"),
    "email-address": Recogniser(_PERSONAL, "email_addresses", "AT"),
    "home-address": Recogniser(_PERSONAL, "home_addresses", "STREETS"),
}
