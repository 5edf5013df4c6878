"""Hear a conversation: which acts each turn does, found on demand and only once.

An ``Analysis`` holds one conversation against a model; nothing is looked at before somebody asks.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cscheck import conditions
from cscheck.conversation import Conversation, Scene, Span
from cscheck.detector import Detector, Entry, Hit, NearMiss
from cscheck.grounding import is_grounded
from cscheck.learned.judge import Opinion
from cscheck.learned.talk import talk_at
from cscheck.model import Model
from cscheck.text.recognisers import RECOGNISERS
from cscheck.view import View


@dataclass(frozen=True, slots=True)
class Heard:
    """The hits of one detector in one turn, and what nearly was one."""

    hits: tuple[Hit, ...]
    near: tuple[NearMiss, ...] = ()


_NOTHING = Heard(())


class Analysis:
    """One conversation held against a model; nothing is looked at before somebody asks."""

    def __init__(self, model: Model, conversation: Conversation) -> None:
        self.model = model
        self.conversation = conversation
        self.turns = conversation.turns
        self._views: list[View | None] = [None] * len(self.turns)
        self._heard: dict[tuple[str, int], Heard] = {}
        self._opinions: dict[tuple[str, int], Opinion] = {}

    def view(self, index: int) -> View:
        """Give a turn made ready for matching."""
        view = self._views[index]
        if view is None:
            view = self._views[index] = View(self.turns[index], index, self.model)
        return view

    def turns_of(self, role: str) -> list[int]:
        """Give the indexes of a role's turns."""
        return self._by_role.get(role, [])

    def why_silent(self, roles: Iterable[str] = ("agent",)) -> str:
        """Say why nothing can be said of these roles: they do not speak here, or nobody knows who does."""
        if any(self.turns_of(role) for role in roles):
            return ""
        return "unknown-role" if self.turns_of("unknown") else "no-agent"

    @functools.cached_property
    def _by_role(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for index, turn in enumerate(self.turns):
            found.setdefault(turn.role, []).append(index)
        return found

    def acts(self, name: str, index: int) -> tuple[Hit, ...]:
        """Give where a turn does an act."""
        return self.heard(self.model.ruleset.acts[name].detector, index).hits

    def does(self, names: Iterable[str], index: int) -> bool:
        """Tell whether a turn does any of the acts."""
        return any(self.acts(name, index) for name in names)

    def heard(self, detector: Detector, index: int) -> Heard:
        """Give what a detector finds in a turn."""
        if index not in self._possible.get(detector.id, ()) and not _is_beyond_patterns(detector):
            return _NOTHING
        key = (detector.id, index)
        if key not in self._heard:
            self._heard[key] = self._detect(detector, index)
        return self._heard[key]

    @functools.cached_property
    def _possible(self) -> dict[str, set[int]]:
        """By detector, the turns that it may find something in."""
        found: dict[str, set[int]] = {}
        for index in range(len(self.turns)):
            for detector_id in self.view(index).candidates.detectors:
                found.setdefault(detector_id, set()).add(index)
        return found

    def may_hear(self, detector: Detector) -> list[int]:
        """Give the turns, in order, that a detector may find something in."""
        if _is_beyond_patterns(detector):
            return list(range(len(self.turns)))
        return sorted(self._possible.get(detector.id, ()))

    def _opinion(self, label: str, index: int) -> Opinion | None:
        """Give what the model of a label thinks of a turn; None where what was learned is left out."""
        model = self.model.ruleset.models.get(label)
        if model is None:
            return None
        key = (model.path, index)
        if key not in self._opinions:
            self._opinions[key] = Opinion(model, talk_at(self.turns, index, lambda place: self.view(place).text))
        return self._opinions[key]

    def raw_span(self, index: int, hit: Hit) -> Span:
        """Give the raw place of a hit."""
        return self.view(index).normalised.raw_span(hit.start, hit.end)

    def said_before(self, index: int, role: str) -> list[int]:
        """Give the turns of ``role`` that came right before a turn: its last block, nearest last."""
        place = index - 1
        while place >= 0 and self.turns[place].role != role:
            place -= 1
        block: list[int] = []
        while place >= 0 and self.turns[place].role == role:
            block.append(place)
            place -= 1
        return block[::-1]

    def scene_at(self, index: int) -> Scene:
        """Give the scene as far as a turn: stated, or told by the cues of the packs, the first cue winning."""
        if self.conversation.scene:
            return self.conversation.scene
        for cue in self.model.ruleset.scenes:
            first = self._first_cue(cue.acts)
            if first is not None and first <= index:
                return cue.scene
        return "consult"

    @functools.cached_property
    def scene(self) -> Scene:
        """The scene of all there is."""
        return self.scene_at(len(self.turns))

    @functools.cached_property
    def _cue_memo(self) -> dict[tuple[str, ...], int | None]:
        return {}

    def _first_cue(self, acts: tuple[str, ...]) -> int | None:
        if acts not in self._cue_memo:
            self._cue_memo[acts] = next((i for i in range(len(self.turns)) if self.does(acts, i)), None)
        return self._cue_memo[acts]

    def _detect(self, detector: Detector, index: int) -> Heard:
        if self.turns[index].role not in detector.roles or not self._in_place(detector.place, index):
            return _NOTHING
        view = self.view(index)
        hits: list[Hit] = []
        near: list[NearMiss] = []
        for start, end, entry in self._matches(detector, view):
            excuse, tried = self._judge(detector, entry, view, start, end)
            if excuse:
                near.append(NearMiss(start, end, *excuse))
            else:
                hits.append(Hit(start, end, entry, tried))
        if hits and detector.doubted_by:
            hits, doubted = self._doubted(detector, index, hits)
            near += doubted
        # A pattern says it exactly, and its guard knows why it is not meant: a model is asked where both are silent.
        if detector.learned and not hits and not near:
            hits, near = self._learned(detector, view)
        return Heard(tuple(_longest(hits)), tuple(near))

    def _doubted(self, detector: Detector, index: int, hits: list[Hit]) -> tuple[list[Hit], list[NearMiss]]:
        """Drop what patterns found where the model beside them is almost sure that it is not that."""
        opinion = self._opinion(detector.doubted_by, index)
        if opinion is None or not opinion.doubts(detector.doubted_by):
            return hits, []
        doubted = [hit for hit in hits if hit.entry and hit.entry.is_doubted]
        near = [NearMiss(hit.start, hit.end, "model", detector.doubted_by) for hit in doubted]
        return [hit for hit in hits if hit not in doubted], near

    def _learned(self, detector: Detector, view: View) -> tuple[list[Hit], list[NearMiss]]:
        """Give what a model finds in a turn, and what excuses it."""
        opinion = self._opinion(detector.learned, view.index)
        judgement = opinion.judgement(detector.learned) if opinion else None
        if judgement is None:
            return [], []
        excuse, tried = self._judge(detector, None, view, judgement.start, judgement.end)
        if excuse:
            return [], [NearMiss(judgement.start, judgement.end, *excuse)]
        return [Hit(judgement.start, judgement.end, None, tried, judgement)], []

    def _matches(self, detector: Detector, view: View) -> Iterator[tuple[int, int, Entry | None]]:
        for name in detector.builtins:
            for start, end in RECOGNISERS[name](view.text):
                yield start, end, None
        possible = view.candidates.patterns
        for entry in detector.entries:
            aligned = not (entry.is_loose or detector.is_loose)
            for start, end in view.spans(entry.pattern, aligned=aligned) if entry.pattern in possible else ():
                yield start, end, entry

    def _in_place(self, place: str, index: int) -> bool:
        if place == "any":
            return True
        own = self.turns_of(self.turns[index].role)
        if place == "closing":
            return self.conversation.complete and index in own[-2:]
        return index in own[: 1 if place == "first-turn" else 2]

    def _judge(
        self, detector: Detector, entry: Entry | None, view: View, start: int, end: int
    ) -> tuple[tuple[str, str] | None, tuple[str, ...]]:
        """Give why a match is no hit and by what (None when it is one), and the guards that were asked."""
        for pattern in self.model.ruleset.exempt:
            if any(first <= start and end <= last for first, last in view.spans(pattern)):
                return ("exempt", pattern.source), ()
        guards = (*(entry.guards if entry else ()), *detector.guards)
        for guard in guards:
            if conditions.holds(guard, self, view, start, end):
                return ("guard", guard.name), ()
        for need in (*(entry.needs if entry else ()), *detector.needs):
            if not conditions.holds(need, self, view, start, end):
                return ("need", need.name), ()
        if detector.is_grounded and not self._is_grounded(view, start, end):
            return ("need", "grounded"), ()
        return None, tuple(guard.name for guard in guards)

    def _is_grounded(self, view: View, start: int, end: int) -> bool:
        first, last = view.sentence(start, end)
        customer = (self.view(i).text for i in self.turns_of("customer") if i < view.index)
        return is_grounded(view.text[first:last], customer)


def _is_beyond_patterns(detector: Detector) -> bool:
    return bool(detector.builtins or detector.learned)


def _longest(hits: list[Hit]) -> list[Hit]:
    """Drop hits that overlap a longer one."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start - h.end, h.start)):
        if not any(hit.start < other.end and other.start < hit.end for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda h: h.start)
