"""Hear a conversation: which acts each turn does, found on demand and only once.

A ``Model`` is what the loaded packs amount to, built once. An ``Analysis`` holds one conversation against it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cscheck.conversation import Conversation, Scene, Span, Turn
from cscheck.detector import Condition, Detector, Entry, Hit, NearMiss
from cscheck.grounding import is_grounded
from cscheck.pack import RuleSet
from cscheck.patterns.compile import Pattern
from cscheck.patterns.regex import RegexPattern
from cscheck.patterns.scan import Scanner
from cscheck.text.normalise import clause_break, normalise, sentence_break
from cscheck.text.segment import Segmenter

AnyPattern = Pattern | RegexPattern

_CLAUSE = re.compile(f"[{clause_break()}]")
_SENTENCE = re.compile(f"[{sentence_break()}]")
_QUOTED = re.compile(r"“[^”]*”|‘[^’]*’|「[^」]*」|『[^』]*』|\"[^\"]*\"")


class Model:
    """Packs made ready: one scanner for all patterns, one segmenter."""

    def __init__(self, ruleset: RuleSet, detectors: Iterable[Detector]) -> None:
        self.ruleset = ruleset
        self.segmenter = Segmenter(ruleset.words)
        owners: dict[AnyPattern, list[str]] = {}
        for detector in detectors:
            for entry in detector.entries:
                owners.setdefault(entry.pattern, []).append(detector.id)
        self._patterns = list(owners)
        self._owners = list(owners.values())
        self._scanner = Scanner(self._patterns)

    def candidates(self, text: str) -> dict[str, set[AnyPattern]]:
        """Give, by detector, the patterns that ``text`` may match."""
        found: dict[str, set[AnyPattern]] = {}
        for index in self._scanner.candidates(text):
            for detector_id in self._owners[index]:
                found.setdefault(detector_id, set()).add(self._patterns[index])
        return found


class View:
    """One turn, folded for matching, its candidates and guards' words found once."""

    def __init__(self, turn: Turn, index: int, model: Model) -> None:
        self.turn = turn
        self.index = index
        self.normalised = normalise(turn.text)
        self.text = self.normalised.text
        self._model = model
        self._spans: dict[AnyPattern, list[tuple[int, int]]] = {}

    @functools.cached_property
    def candidates(self) -> dict[str, set[AnyPattern]]:
        """Patterns that may match, by detector."""
        return self._model.candidates(self.text)

    def spans(self, pattern: AnyPattern) -> list[tuple[int, int]]:
        """Give the stretches that match a pattern, word ends not asked for."""
        if pattern not in self._spans:
            tagged = functools.partial(self._model.segmenter.tagged, self.text)
            literals = pattern.literals
            if literals is not None and not any(literal in self.text for literal in literals):
                self._spans[pattern] = []
            else:
                self._spans[pattern] = list(pattern.spans(self.text, tagged))
        return self._spans[pattern]

    def clause(self, start: int, end: int) -> tuple[int, int]:
        """Give the clause or clauses around a stretch."""
        return self._around(_CLAUSE, start, end)

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """Give the sentence or sentences around a stretch."""
        return self._around(_SENTENCE, start, end)

    def _around(self, stop: re.Pattern[str], start: int, end: int) -> tuple[int, int]:
        first = start
        while first > 0 and not stop.match(self.text[first - 1]):
            first -= 1
        # A stretch that ends with its own stop goes no further.
        last = end
        if not (end > start and stop.match(self.text[end - 1])):
            after = stop.search(self.text, end)
            last = after.start() if after else len(self.text)
        return first, last


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

    def view(self, index: int) -> View:
        """Give a turn made ready for matching."""
        view = self._views[index]
        if view is None:
            view = self._views[index] = View(self.turns[index], index, self.model)
        return view

    def turns_of(self, role: str) -> list[int]:
        """Give the indexes of a role's turns."""
        return self._by_role.get(role, [])

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
        key = (detector.id, index)
        if key not in self._heard:
            self._heard[key] = self._detect(detector, index)
        return self._heard[key]

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
        if self.turns[index].role not in detector.roles:
            return _NOTHING
        view = self.view(index)
        if not (detector.builtin or detector.id in view.candidates) or not self._in_place(detector.place, index):
            return _NOTHING
        hits: list[Hit] = []
        near: list[NearMiss] = []
        for start, end, entry in self._matches(detector, view):
            excuse, tried = self._judge(detector, entry, view, start, end)
            if excuse:
                near.append(NearMiss(start, end, excuse))
            else:
                hits.append(Hit(start, end, entry, tried))
        return Heard(tuple(_longest(hits)), tuple(near))

    def _matches(self, detector: Detector, view: View) -> Iterator[tuple[int, int, Entry | None]]:
        if detector.builtin == "time-limit":
            from cscheck.text import quantities

            for limit in quantities.time_limits(view.text):
                yield limit.start, limit.end, None
        candidates = view.candidates.get(detector.id, set())
        for entry in detector.entries if candidates else ():
            for start, end in view.spans(entry.pattern) if entry.pattern in candidates else ():
                if entry.is_loose or detector.is_loose or self.model.segmenter.is_aligned(view.text, start, end):
                    yield start, end, entry

    def _in_place(self, place: str, index: int) -> bool:
        if place == "any":
            return True
        own = self.turns_of(self.turns[index].role)
        return index in own[: 1 if place == "first-turn" else 2]

    def _judge(
        self, detector: Detector, entry: Entry | None, view: View, start: int, end: int
    ) -> tuple[str, tuple[str, ...]]:
        """Give why a match is no hit (empty when it is one), and the guards that were asked."""
        for pattern in self.model.ruleset.exempt:
            if any(first <= start and end <= last for first, last in view.spans(pattern)):
                return f"exempt:{pattern.source}", ()
        guards = (*(entry.guards if entry else ()), *detector.guards)
        for guard in guards:
            if self.holds(guard, view, start, end):
                return guard.name, ()
        for need in (*(entry.needs if entry else ()), *detector.needs):
            if not self.holds(need, view, start, end):
                return f"needs:{need.name}", ()
        if detector.is_grounded and not self._is_grounded(view, start, end):
            return "needs:grounded", ()
        return "", tuple(guard.name for guard in guards)

    def _is_grounded(self, view: View, start: int, end: int) -> bool:
        first, last = view.sentence(start, end)
        customer = (self.view(i).text for i in self.turns_of("customer") if i < view.index)
        return is_grounded(view.text[first:last], customer)

    def holds(self, condition: Condition, view: View, start: int, end: int) -> bool:
        """Tell whether a condition holds of ``view.text[start:end]``."""
        if condition.channels and self.conversation.channel not in condition.channels:
            return False
        if condition.scenes and self.scene_at(view.index) not in condition.scenes:
            return False
        where = condition.where
        if where == "always":
            return True
        if where == "quoted":
            return any(m.start() < start and end < m.end() for m in _QUOTED.finditer(view.text))
        if where == "echo":
            words = view.text[start:end]
            return any(words in self.view(i).text for i in self.said_before(view.index, "customer"))
        if where in ("right-before", "right-after") and self._is_next_to(condition, view, start, end):
            return True
        elsewhere = self._elsewhere(where, view.index)
        if elsewhere is not None:
            return any(self._found(condition, self.view(i), lambda a, b: True) for i in elsewhere)
        return self._found(condition, view, _test(where, view, start, end))

    def _is_next_to(self, condition: Condition, view: View, start: int, end: int) -> bool:
        if condition.where == "right-before":
            return any(pattern.ends_at(view.text, start) for pattern in condition.patterns)
        return any(pattern.starts_at(view.text, end) for pattern in condition.patterns)

    def _elsewhere(self, where: str, index: int) -> list[int] | None:
        if where == "customer":
            return self.said_before(index, "customer")
        if where == "customer-before":
            return [i for i in self.turns_of("customer") if i < index]
        if where == "agent-before":
            return self.said_before(index, "agent")
        return None

    def _found(self, condition: Condition, view: View, test) -> bool:  # type: ignore[no-untyped-def]  # noqa: ANN001
        if any(test(a, b) for pattern in condition.patterns for a, b in view.spans(pattern)):
            return True
        return any(test(hit.start, hit.end) for act in condition.acts for hit in self.acts(act, view.index))


def _test(where: str, view: View, start: int, end: int):  # type: ignore[no-untyped-def]  # noqa: ANN202
    if where == "covers":
        return lambda a, b: a <= start and end <= b
    if where == "overlaps":
        return lambda a, b: a < end and start < b
    if where == "right-before":
        return lambda a, b: b == start
    if where == "right-after":
        return lambda a, b: a == end
    if where == "lead":
        return lambda a, b: b <= start
    if where == "rest":
        return lambda a, b: a >= end
    if where == "turn":
        return lambda a, b: True
    first, last = view.sentence(start, end) if where in ("sentence", "next-sentence") else view.clause(start, end)
    if where == "before":
        return lambda a, b: first <= a and b <= start
    if where == "after":
        return lambda a, b: end <= a and b <= last
    if where == "next-sentence":
        begin, stop = view.sentence(min(last + 1, len(view.text)), min(last + 1, len(view.text)))
        return lambda a, b: last <= a and begin <= a and b <= stop
    return lambda a, b: first <= a and b <= last


def _longest(hits: list[Hit]) -> list[Hit]:
    """Drop hits that overlap a longer one."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start - h.end, h.start)):
        if not any(hit.start < other.end and other.start < hit.end for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda h: h.start)
