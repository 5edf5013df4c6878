"""How a detector hears a turn: what matches, which guard excuses it, and what a learned model adds or doubts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cscheck import conditions
from cscheck.detector import Condition, Detector, Entry, Hit, NearMiss
from cscheck.grounding import is_grounded
from cscheck.text.recognisers import RECOGNISERS
from cscheck.values import dataclass

if TYPE_CHECKING:
    from cscheck.analysis import Analysis


@dataclass(frozen=True, slots=True)
class Heard:
    """The hits of one detector in one turn, and what nearly was one."""

    hits: tuple[Hit, ...]
    near: tuple[NearMiss, ...] = ()


NOTHING = Heard(())


def hear(detector: Detector, index: int, analysis: Analysis) -> Heard:
    """Give what a detector finds in a turn that it may find something in."""
    if not _in_place(detector.place, index, analysis):
        return NOTHING
    hits: list[Hit] = []
    near: list[NearMiss] = []
    for start, end, entry in _matches(detector, index, analysis):
        excuse, tried = _judge(detector, entry, index, analysis, start, end)
        if excuse:
            near.append(NearMiss(start, end, *excuse))
        else:
            hits.append(Hit(start, end, entry, tried))
    if hits and detector.doubted_by:
        hits, doubted = _doubted(detector, index, analysis, hits)
        near += doubted
    # A pattern says it exactly, and its guard knows why it is not meant: a model is asked where both are silent.
    if detector.learned and not hits and not near:
        hits, near = _learned(detector, index, analysis)
    if not hits and not near:
        return NOTHING
    return Heard(tuple(_longest(hits)), tuple(near))


def _doubted(detector: Detector, index: int, analysis: Analysis, hits: list[Hit]) -> tuple[list[Hit], list[NearMiss]]:
    """Drop what patterns found where the model beside them is almost sure that it is not that."""
    opinion = analysis.opinion(detector.doubted_by, index)
    if opinion is None or not opinion.doubts(detector.doubted_by):
        return hits, []
    doubted = [hit for hit in hits if hit.entry and hit.entry.is_doubted]
    near = [NearMiss(hit.start, hit.end, "model", detector.doubted_by) for hit in doubted]
    return [hit for hit in hits if hit not in doubted], near


def _learned(detector: Detector, index: int, analysis: Analysis) -> tuple[list[Hit], list[NearMiss]]:
    """Give what a model finds in a turn, and what excuses it."""
    opinion = analysis.opinion(detector.learned, index)
    judgement = opinion.judgement(detector.learned) if opinion else None
    if judgement is None:
        return [], []
    excuse, tried = _judge(detector, None, index, analysis, judgement.start, judgement.end)
    if excuse:
        return [], [NearMiss(judgement.start, judgement.end, *excuse)]
    return [Hit(judgement.start, judgement.end, None, tried, judgement)], []


def _matches(detector: Detector, index: int, analysis: Analysis) -> Iterator[tuple[int, int, Entry | None]]:
    view = analysis.view(index)
    for name in detector.builtins:
        for start, end in RECOGNISERS[name].find(view.text):
            yield start, end, None
    places = view.candidates(detector, analysis.turns[index].role)
    if places and detector.id in analysis.model.ruleset.acts and not detector.learned:
        # Nobody asks what an act nearly was, so one that lacks what it needs is not looked for.
        if _is_hopeless(detector.needs, index, analysis):
            return
        places = [place for place in places if not _is_hopeless(detector.entries[place].needs, index, analysis)]
    if places:
        for entry, spans in view.matches(detector, places):
            for start, end in spans:
                yield start, end, entry


def _is_hopeless(needs: tuple[Condition, ...], index: int, analysis: Analysis) -> bool:
    return bool(needs) and any(conditions.is_hopeless(need, analysis, index) for need in needs)


def _in_place(place: str, index: int, analysis: Analysis) -> bool:
    if place == "any":
        return True
    own = analysis.turns_of(analysis.turns[index].role)
    if place == "closing":
        return analysis.conversation.complete and index in own[-2:]
    return index in own[: 1 if place == "first-turn" else 2]


def _judge(
    detector: Detector, entry: Entry | None, index: int, analysis: Analysis, start: int, end: int
) -> tuple[tuple[str, str] | None, tuple[str, ...]]:
    """Give why a match is no hit and by what (None when it is one), and the guards that were asked."""
    for pattern in analysis.model.ruleset.exempt:
        if analysis.view(index).holds(pattern, start, end):
            return ("exempt", pattern.source), ()
    both = (entry, detector) if entry else (detector,)
    for one in both:
        if guard := conditions.first(one.guards, analysis, index, start, end, wanted=True):
            return ("guard", guard.name), ()
    for one in both:
        if need := conditions.first(one.needs, analysis, index, start, end, wanted=False):
            return ("need", need.name), ()
    if detector.is_grounded and not _is_grounded(index, analysis, start, end):
        return ("need", "grounded"), ()
    return None, tuple([guard.name for one in both for guard in one.guards])


def _is_grounded(index: int, analysis: Analysis, start: int, end: int) -> bool:
    view = analysis.view(index)
    first, last = view.sentence(start, end)
    customer = (analysis.view(i).text for i in analysis.turns_of("customer") if i < index)
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
