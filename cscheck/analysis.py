"""Hear a conversation: which acts each turn does, found on demand and only once.

An ``Analysis`` holds one conversation against a model; nothing is looked at before somebody asks.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cscheck import conditions
from cscheck.conversation import Conversation, Scene, Span
from cscheck.detector import Condition, Detector, Entry, Hit, NearMiss
from cscheck.grounding import is_grounded
from cscheck.learned.judge import Opinion
from cscheck.learned.talk import Talk, talks
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
        self._views: dict[int, View] = {}
        self._heard: dict[tuple[str, int], Heard] = {}
        self._holding: dict[tuple[int, int], bool] = {}
        self._opinions: dict[tuple[str, int], Opinion] = {}

    def view(self, index: int) -> View:
        """Give a turn's text made ready for matching."""
        view = self._views.get(index)
        if view is None:
            view = self._views[index] = self.model.view(self.turns[index].text)
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
        if name not in self.possible:
            return ()
        return self.heard(self.model.ruleset.acts[name].detector, index).hits

    def does(self, names: Iterable[str], index: int) -> bool:
        """Tell whether a turn does any of the acts."""
        for name in names:  # noqa: SIM110 (asked so often that a generator counts)
            if name in self.possible and self.acts(name, index):
                return True
        return False

    def heard(self, detector: Detector, index: int) -> Heard:
        """Give what a detector finds in a turn."""
        key = (detector.id, index)
        heard = self._heard.get(key)
        if heard is None:
            is_possible = index in self.possible.get(detector.id, ()) or detector.id not in self.model.ids
            heard = self._heard[key] = self._detect(detector, index) if is_possible else _NOTHING
        return heard

    @functools.cached_property
    def possible(self) -> dict[str, list[int]]:
        """By detector, the turns, in order, that it may find something in."""
        found: dict[str, list[int]] = {}
        learners = self.model.learners
        for index, turn in enumerate(self.turns):
            names = list(self.view(index).heard(turn.role))
            for model, asked in learners.get(turn.role, ()):
                for label in model.earned(self._talks[index]):
                    names += [name for name in asked.get(label, ()) if name not in names]
            for name in names:
                if name in found:
                    found[name].append(index)
                else:
                    found[name] = [index]
        return found

    @functools.cached_property
    def _talks(self) -> list[Talk]:
        return list(talks(self.turns, lambda index: self.view(index).text))

    def may_do(self, names: Iterable[str]) -> list[int]:
        """Give the turns, in order, that may do one of the acts."""
        found = [self.possible[name] for name in names if name in self.possible]
        if len(found) < 2:
            return found[0] if found else []
        return sorted(set().union(*found))

    def holds_in(self, condition: Condition, index: int) -> bool:
        """Tell whether a condition holds in a turn, wherever in it the hit stands."""
        key = (id(condition), index)
        held = self._holding.get(key)
        if held is None:
            held = self._holding[key] = conditions.holds_in_turn(condition, self, index)
        return held

    def _opinion(self, label: str, index: int) -> Opinion | None:
        """Give what the model of a label thinks of a turn; None where what was learned is left out."""
        model = self.model.ruleset.models.get(label)
        if model is None:
            return None
        key = (model.path, index)
        if key not in self._opinions:
            self._opinions[key] = Opinion(model, self._talks[index])
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
        for scene, first in self._cues:
            if first <= index:
                return scene
        return "consult"

    @functools.cached_property
    def scene(self) -> Scene:
        """The scene of all there is."""
        return self.scene_at(len(self.turns))

    @functools.cached_property
    def _cues(self) -> list[tuple[Scene, int]]:
        """The cues that are given, in the order of the packs, with the turn that gives each first."""
        found = []
        for cue in self.model.ruleset.scenes:
            first = next((index for index in self.may_do(cue.acts) if self.does(cue.acts, index)), None)
            if first is not None:
                found.append((cue.scene, first))
        return found

    def _detect(self, detector: Detector, index: int) -> Heard:
        if not self._in_place(detector.place, index):
            return _NOTHING
        hits: list[Hit] = []
        near: list[NearMiss] = []
        for start, end, entry in self._matches(detector, index):
            excuse, tried = self._judge(detector, entry, index, start, end)
            if excuse:
                near.append(NearMiss(start, end, *excuse))
            else:
                hits.append(Hit(start, end, entry, tried))
        if hits and detector.doubted_by:
            hits, doubted = self._doubted(detector, index, hits)
            near += doubted
        # A pattern says it exactly, and its guard knows why it is not meant: a model is asked where both are silent.
        if detector.learned and not hits and not near:
            hits, near = self._learned(detector, index)
        if not hits and not near:
            return _NOTHING
        return Heard(tuple(_longest(hits)), tuple(near))

    def _doubted(self, detector: Detector, index: int, hits: list[Hit]) -> tuple[list[Hit], list[NearMiss]]:
        """Drop what patterns found where the model beside them is almost sure that it is not that."""
        opinion = self._opinion(detector.doubted_by, index)
        if opinion is None or not opinion.doubts(detector.doubted_by):
            return hits, []
        doubted = [hit for hit in hits if hit.entry and hit.entry.is_doubted]
        near = [NearMiss(hit.start, hit.end, "model", detector.doubted_by) for hit in doubted]
        return [hit for hit in hits if hit not in doubted], near

    def _learned(self, detector: Detector, index: int) -> tuple[list[Hit], list[NearMiss]]:
        """Give what a model finds in a turn, and what excuses it."""
        opinion = self._opinion(detector.learned, index)
        judgement = opinion.judgement(detector.learned) if opinion else None
        if judgement is None:
            return [], []
        excuse, tried = self._judge(detector, None, index, judgement.start, judgement.end)
        if excuse:
            return [], [NearMiss(judgement.start, judgement.end, *excuse)]
        return [Hit(judgement.start, judgement.end, None, tried, judgement)], []

    def _matches(self, detector: Detector, index: int) -> Iterator[tuple[int, int, Entry | None]]:
        view = self.view(index)
        for name in detector.builtins:
            for start, end in RECOGNISERS[name].find(view.text):
                yield start, end, None
        places = view.candidates(detector, self.turns[index].role)
        if places and detector.id in self.model.ruleset.acts and not detector.learned:
            # Nobody asks what an act nearly was, so one that lacks what it needs is not looked for.
            if self._is_hopeless(detector.needs, index):
                return
            places = [place for place in places if not self._is_hopeless(detector.entries[place].needs, index)]
        if places:
            for entry, spans in view.matches(detector, places):
                for start, end in spans:
                    yield start, end, entry

    def _is_hopeless(self, needs: tuple[Condition, ...], index: int) -> bool:
        return bool(needs) and any(conditions.is_hopeless(need, self, index) for need in needs)

    def _in_place(self, place: str, index: int) -> bool:
        if place == "any":
            return True
        own = self.turns_of(self.turns[index].role)
        if place == "closing":
            return self.conversation.complete and index in own[-2:]
        return index in own[: 1 if place == "first-turn" else 2]

    def _judge(
        self, detector: Detector, entry: Entry | None, index: int, start: int, end: int
    ) -> tuple[tuple[str, str] | None, tuple[str, ...]]:
        """Give why a match is no hit and by what (None when it is one), and the guards that were asked."""
        for pattern in self.model.ruleset.exempt:
            if self.view(index).holds(pattern, start, end):
                return ("exempt", pattern.source), ()
        guards = (*(entry.guards if entry else ()), *detector.guards)
        for guard in guards:
            if conditions.holds(guard, self, index, start, end):
                return ("guard", guard.name), ()
        for need in (*(entry.needs if entry else ()), *detector.needs):
            if not conditions.holds(need, self, index, start, end):
                return ("need", need.name), ()
        if detector.is_grounded and not self._is_grounded(index, start, end):
            return ("need", "grounded"), ()
        return None, tuple(guard.name for guard in guards)

    def _is_grounded(self, index: int, start: int, end: int) -> bool:
        view = self.view(index)
        first, last = view.sentence(start, end)
        customer = (self.view(i).text for i in self.turns_of("customer") if i < index)
        return is_grounded(view.text[first:last], customer)


def _longest(hits: list[Hit]) -> list[Hit]:
    """Drop hits that overlap a longer one."""
    if len(hits) < 2:
        return hits
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start - h.end, h.start)):
        if not any(hit.start < other.end and other.start < hit.end for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda h: h.start)
