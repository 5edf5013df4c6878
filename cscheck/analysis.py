"""Hear a conversation: which acts each turn does, found on demand and only once.

An ``Analysis`` holds one conversation against a model; nothing is looked at before somebody asks.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping

from cscheck import conditions, hearing
from cscheck.conversation import Conversation, Scene, Span, Turn
from cscheck.detector import Condition, Detector, Hit
from cscheck.hearing import NOTHING, Heard
from cscheck.learned.judge import Opinion
from cscheck.learned.talk import Talk, talk_at
from cscheck.model import Model
from cscheck.view import View


class _TurnAnalysis:
    """What is known of one turn: which detectors may find something, and what was asked so far."""

    __slots__ = ("heard", "holding", "opinions", "possible", "talk", "view")

    def __init__(self, view: View, talk: Talk, possible: Mapping[str, None]) -> None:
        self.view = view
        self.talk = talk
        self.possible = possible
        self.heard: dict[str, Heard] = {}
        self.holding: dict[int, bool] = {}
        self.opinions: dict[str, Opinion] = {}


class Analysis:
    """One conversation held against a model; nothing is looked at before somebody asks.

    It grows turn by turn. Turns before ``judged_from`` are not judged again by rules that judge each turn by itself.
    """

    def __init__(self, model: Model, conversation: Conversation) -> None:
        self.model = model
        self.conversation = conversation
        self.judged_from = 0
        self.has_times = False
        self.turns: list[Turn] = []
        self.possible: dict[str, list[int]] = {}
        self._by_role: dict[str, list[int]] = {}
        self._at: list[_TurnAnalysis] = []
        self._unions: dict[tuple[str, ...], list[int]] = {}
        self._first_said: dict[int, tuple[int, int | None]] = {}
        self._cues: list[tuple[int, int, Scene]] = []
        self._cues_until = 0
        for turn in conversation.turns:
            self.append(turn)

    def append(self, turn: Turn) -> None:
        """Hear one more turn; what was heard before stays as it was."""
        index = len(self.turns)
        view = self.model.view(turn.text)
        self.turns.append(turn)
        self.has_times = self.has_times or turn.time is not None
        self._by_role.setdefault(turn.role, []).append(index)
        talk = self._talk(turn, index, view)
        names = dict.fromkeys(view.heard(turn.role))
        for model, asked in self.model.learners.get(turn.role, ()):
            for label in model.earned(talk):
                names.update(dict.fromkeys(asked.get(label, ())))
        self._at.append(_TurnAnalysis(view, talk, names))
        for name in names:
            if name in self.possible:
                self.possible[name].append(index)
            else:
                self.possible[name] = [index]
        for union, turns in self._unions.items():
            if not names.keys().isdisjoint(union):
                turns.append(index)

    def drop(self) -> None:
        """Forget the last turn."""
        index = len(self.turns) - 1
        turn = self.turns.pop()
        if turn.time is not None:
            self.has_times = any(turn.time is not None for turn in self.turns)
        _drop_last(self._by_role, turn.role)
        for name in self._at.pop().possible:
            _drop_last(self.possible, name)
        for turns in self._unions.values():
            if turns and turns[-1] == index:
                turns.pop()
        self._first_said = {
            condition: (min(upto, index), first if first is None or first < index else None)
            for condition, (upto, first) in self._first_said.items()
        }
        self._cues = [cue for cue in self._cues if cue[1] < index]
        self._cues_until = min(self._cues_until, index)

    def _talk(self, turn: Turn, index: int, view: View) -> Talk:
        is_first = self._by_role[turn.role][0] == index
        return talk_at(self.turns, index, view.text, lambda place: self.view(place).text, is_first=is_first)

    def view(self, index: int) -> View:
        """Give a turn's text made ready for matching."""
        return self._at[index].view

    def turns_of(self, role: str) -> list[int]:
        """Give the indexes of a role's turns."""
        return self._by_role.get(role, [])

    def judged(self, turns: list[int]) -> list[int]:
        """Leave out turns that were judged before."""
        return turns[bisect_left(turns, self.judged_from) :] if self.judged_from else turns

    def why_silent(self, roles: Iterable[str] = ("agent",)) -> str:
        """Say why nothing can be said of these roles: they do not speak here, or nobody knows who does."""
        for role in roles:
            if role in self._by_role:
                return ""
        return "unknown-role" if "unknown" in self._by_role else "no-agent"

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
        here = self._at[index]
        heard = here.heard.get(detector.id)
        if heard is None:
            is_possible = detector.id in here.possible or detector.id not in self.model.ids
            heard = here.heard[detector.id] = hearing.hear(detector, index, self) if is_possible else NOTHING
        return heard

    def may_do(self, names: Iterable[str]) -> list[int]:
        """Give the turns, in order, that may do one of the acts."""
        key = tuple(names)
        if len(key) == 1:
            return self.possible.get(key[0], [])
        turns = self._unions.get(key)
        if turns is None:
            found = [self.possible[name] for name in key if name in self.possible]
            turns = self._unions[key] = sorted(set().union(*found))
        return turns

    def said_before_by_customer(self, condition: Condition, index: int) -> bool:
        """Tell whether words or acts of a condition were the customer's in any turn before."""
        upto, first = self._first_said.get(id(condition), (0, None))
        if first is None and upto < index:
            turns = self.turns_of("customer")
            for place in turns[bisect_left(turns, upto) : bisect_left(turns, index)]:
                if conditions.is_said(condition, self, place):
                    first = place
                    break
            self._first_said[id(condition)] = index, first
        return first is not None and first < index

    def holds_in(self, condition: Condition, index: int) -> bool:
        """Tell whether a condition holds in a turn, wherever in it the hit stands."""
        holding = self._at[index].holding
        held = holding.get(id(condition))
        if held is None:
            held = holding[id(condition)] = conditions.holds_in_turn(condition, self, index)
        return held

    def opinion(self, label: str, index: int) -> Opinion | None:
        """Give what the model of a label thinks of a turn; None where what was learned is left out."""
        model = self.model.ruleset.models.get(label)
        if model is None:
            return None
        here = self._at[index]
        if model.path not in here.opinions:
            here.opinions[model.path] = Opinion(model, here.talk)
        return here.opinions[model.path]

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
        if self._cues_until < len(self.turns):
            self._look_for_cues()
        for _, first, scene in self._cues:
            if first <= index:
                return scene
        return "consult"

    @property
    def scene(self) -> Scene:
        """The scene of all there is."""
        return self.scene_at(len(self.turns))

    def _look_for_cues(self) -> None:
        """Note the turn that gives each cue first, the cues in the order of the packs."""
        since, self._cues_until = self._cues_until, len(self.turns)
        given = {number for number, _, _ in self._cues}
        for number, cue in enumerate(self.model.ruleset.scenes):
            if number in given:
                continue
            turns = self.may_do(cue.acts)
            first = next((index for index in turns[bisect_left(turns, since) :] if self.does(cue.acts, index)), None)
            if first is not None:
                self._cues.append((number, first, cue.scene))
        self._cues.sort()


def _drop_last(lists: dict[str, list[int]], name: str) -> None:
    lists[name].pop()
    if not lists[name]:
        del lists[name]
