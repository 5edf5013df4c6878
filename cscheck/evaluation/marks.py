"""Labels checked: the category is known, the marked words stand in the text."""

from __future__ import annotations

from dataclasses import dataclass

from cscheck.conversation import Span
from cscheck.errors import Place, SourceError
from cscheck.evaluation.categories import ACTS, MISSING, SAID, Group, Vocabulary
from cscheck.evaluation.item import Mark
from cscheck.language import say


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads what one label names; every problem is located."""

    vocabulary: Vocabulary
    place: Place

    def fail(self, zh: str, en: str, allowed: str = "") -> SourceError:
        """Give the problem, to be raised."""
        return SourceError(say(zh, en), self.place, allowed=allowed)

    def slug(self, word: str, group: Group) -> str:
        """Give the slug of a category or act that fits the group."""
        found = self.vocabulary.act(word) if group == "acts" else self.vocabulary.category(word)
        if found is None:
            kind = "act" if group == "acts" else "category"
            raise self.fail(f"没有“{word}”这个{_KINDS[kind]}", f"there is no {kind} '{word}'", _allowed(group))
        if group == "said" and found in MISSING:
            raise self.fail(
                f"“{word}”是该说没说的类别，应写在 missing 里",
                f"'{word}' is about what is left unsaid: name it in missing",
            )
        if group == "missing" and found in SAID:
            raise self.fail(
                f"“{word}”是不该说的类别，应写在 violations 里",
                f"'{word}' is about what is said: name it in violations",
            )
        return found

    def optional(self, word: str) -> str:
        """Give the slug of what may be found or not: a category or an act."""
        found = self.vocabulary.category(word) or self.vocabulary.act(word)
        if found is None:
            raise self.fail(f"没有“{word}”这个类别或行为", f"there is no category or act '{word}'", _allowed("said"))
        return found

    def mark(self, slug: str, words: str, turn: int, text: str) -> Mark:
        """Mark the words in the text of their turn: where they first stand."""
        if not words:
            return Mark(slug, turn)
        start = text.find(words)
        if start < 0:
            raise self.fail(
                f"“{_short(words)}”（{slug}）不在原话里：“{_short(text)}”",
                f"'{_short(words)}' ({slug}) is not in the text: '{_short(text)}'",
            )
        return Mark(slug, turn, Span(start, start + len(words)))


_KINDS = {"act": "行为", "category": "类别"}


def _allowed(group: Group) -> str:
    return "、".join(sorted(ACTS if group == "acts" else MISSING if group == "missing" else SAID))


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
