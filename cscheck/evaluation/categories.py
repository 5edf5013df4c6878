"""The categories and acts that labels may name, and the group that each belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from cscheck.language import CATEGORIES
from cscheck.pack import RuleSet

Group = Literal["said", "missing", "acts"]
GROUPS: tuple[Group, ...] = ("said", "missing", "acts")

_SAID = """
forbidden-negative commanding courtesy rhetorical perfunctory shirking arguing overpromise exaggeration vague
punctuation abrupt-opening address jargon privacy off-platform pressure
"""
_MISSING = """
opening-greeting opening-identity opening-offer restatement empathy apology deadline hold-notice response-time
key-info-confirmation risk-notice solution further-help closing-thanks closing-farewell satisfaction
"""
_ACTS = """
greeting self-introduction offer-help confirm-identity restatement empathy apology ask-info ask-to-wait time-limit
promise-to-handle solution key-info-readback risk-notice transfer further-help satisfaction-check thanks farewell
contact-invitation states-need complains upset not-satisfied urgent agrees declines-further closes
"""
# Any other category is a pack's own, and judged only where the labels name it.
SAID = frozenset(_SAID.split())
MISSING = frozenset(_MISSING.split())
ACTS = frozenset(_ACTS.split())
_ORDER = {slug: place for place, slug in enumerate((*_SAID.split(), *_MISSING.split()))}
_ORDER_OF_ACTS = {slug: place for place, slug in enumerate(_ACTS.split())}


def in_order(group: Group, slug: str) -> tuple[int, int, str]:
    """Give the key that sorts by group, then as the lists above, a pack's own at the end."""
    order = _ORDER_OF_ACTS if group == "acts" else _ORDER
    return GROUPS.index(group), order.get(slug, len(order)), slug


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What people may write for a category or an act: its slug, or its name in Chinese or English; each to the slug."""

    categories: Mapping[str, str]
    acts: Mapping[str, str]

    @classmethod
    def of(cls, ruleset: RuleSet) -> Vocabulary:
        """Take the categories and acts that everybody shares, and those of the packs."""
        own = {rule.category for rule in ruleset.rules.values()}
        titles = {act.id: (act.title, act.title_en) for act in ruleset.acts.values()}
        return cls(_names(SAID | MISSING | own, CATEGORIES), _names(ACTS | titles.keys(), titles))

    def category(self, word: str) -> str | None:
        """Give the category that a word names."""
        return self.categories.get(word.strip().casefold())

    def act(self, word: str) -> str | None:
        """Give the act that a word names."""
        return self.acts.get(word.strip().casefold())


def _names(slugs: Iterable[str], titles: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    ordered = sorted(slugs)
    names = {slug.casefold(): slug for slug in ordered}
    for slug in ordered:
        for title in titles.get(slug, ()):
            if title:
                names.setdefault(title.strip().casefold(), slug)
    return names
