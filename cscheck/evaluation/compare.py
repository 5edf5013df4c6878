"""Hold what was found in one item against its labels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from cscheck.conversation import Span
from cscheck.evaluation.categories import MISSING, SAID, Group
from cscheck.evaluation.item import Item, Mark
from cscheck.finding import Finding, HeardAct

Kind = Literal["right", "false", "missed", "neutral"]
Place = tuple[int | None, str]


@dataclass(frozen=True, slots=True)
class Found:
    """What the tool found: a finding by its rule, or an act, on these words; ``turn`` may be where something lacks."""

    rule: str
    turn: int | None
    span: Span | None
    message: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One category in one place of an item: found, labelled, or both; ``neutral`` where the label says optional."""

    kind: Kind
    group: Group
    item: Item
    turn: int | None
    category: str
    marks: tuple[Mark, ...] = ()
    found: tuple[Found, ...] = ()

    @property
    def meets(self) -> bool | None:
        """Tell whether found and labelled words meet; None where no words were labelled, or nothing was right."""
        labelled = [mark.span for mark in self.marks if mark.span is not None]
        if self.kind != "right" or not labelled:
            return None
        spans = [found.span for found in self.found if found.span is not None]
        return any(span.overlaps(other) for span in spans for other in labelled)


def own_categories(items: Iterable[Item]) -> dict[str, Group]:
    """Tell the group of a pack's own categories by where labels name them."""
    return {
        mark.category: group
        for item in items
        for group, marks in item.labels.items()
        for mark in marks
        if group != "acts" and mark.category not in SAID | MISSING
    }


def outcomes(
    item: Item, findings: Iterable[Finding], acts: Iterable[HeardAct], own: Mapping[str, Group]
) -> Iterator[Outcome]:
    """Give every category that was labelled or found in an item, group by group."""
    everything = found_in(item, findings, acts, own)
    for group, marks in item.labels.items():
        labelled: dict[Place, list[Mark]] = defaultdict(list)
        for mark in marks:
            labelled[mark.turn, mark.category].append(mark)
        found = everything.get(group, {})
        for place in sorted({*labelled, *found}, key=lambda place: (-1 if place[0] is None else place[0], place[1])):
            turn, category = place
            kind: Kind = "missed"
            if place in found:
                kind = "right" if place in labelled else "neutral" if category in item.optional else "false"
            yield Outcome(
                kind, group, item, turn, category, tuple(labelled.get(place, ())), tuple(found.get(place, ()))
            )


def found_in(
    item: Item, findings: Iterable[Finding], acts: Iterable[HeardAct], own: Mapping[str, Group]
) -> dict[Group, dict[Place, list[Found]]]:
    """Give what was found where labels speak of it, by group and place."""
    found: dict[Group, dict[Place, list[Found]]] = {group: defaultdict(list) for group in item.labels}
    for finding in findings:
        category = finding.category
        group: Group | None = "said" if category in SAID else "missing" if category in MISSING else own.get(category)
        if group not in found or (group == "said" and not item.judges(finding.turn)):
            continue
        span = None if finding.start is None or finding.end is None else Span(finding.start, finding.end)
        place = (None if group == "missing" else finding.turn, category)
        found[group][place].append(Found(finding.rule, finding.turn, span, finding.message))
    if "acts" in found:
        for act in acts:
            if item.judges(act.turn):
                found["acts"][act.turn, act.act].append(Found("", act.turn, Span(act.start, act.end)))
    return found
