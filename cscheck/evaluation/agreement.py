"""How far two reviewers agree with each other, and each with the tool: Cohen's kappa.

A question is: does this item have this category? Asked are the categories that one of the three says yes to somewhere.
What a reviewer calls optional agrees with whatever the other says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from cscheck.evaluation.categories import GROUPS, Group, in_order
from cscheck.evaluation.compare import Outcome
from cscheck.evaluation.item import Item, Mark
from cscheck.evaluation.statistics import Kappa

Pair = Literal["reviewers", "first-tool", "second-tool"]
PAIRS: tuple[Pair, ...] = ("reviewers", "first-tool", "second-tool")


@dataclass(frozen=True, slots=True)
class Difference:
    """A category that one reviewer marked on an item, and the other neither marked nor called optional."""

    group: Group
    category: str
    by_first: bool
    marks: tuple[Mark, ...]
    first: Item
    second: Item


@dataclass(frozen=True, slots=True)
class Agreement:
    """Kappa by category and over all, for each pair of judges; and the items that only one reviewer labelled.

    ``unlike`` are ids under which the two files have different words; they are left out.
    """

    items: int
    categories: Mapping[tuple[Group, str], Mapping[Pair, Kappa]]
    pooled: Mapping[Pair, Kappa]
    differences: tuple[Difference, ...]
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]
    unlike: tuple[str, ...]


def agreement(first: Sequence[Item], second: Sequence[Item], found: Mapping[str, Sequence[Outcome]]) -> Agreement:
    """Compare two reviewers; ``found`` are the outcomes of the first one's items, by id."""
    others = {item.id: item for item in second}
    ours = {item.id for item in first}
    shared = [(item, others[item.id]) for item in first if item.id in others]
    unlike = [item.id for item, other in shared if not _same(item, other)]
    pairs = [(item, other) for item, other in shared if _same(item, other)]
    answers = [(item, other, _tool(found.get(item.id, ()))) for item, other in pairs]
    categories: dict[tuple[Group, str], dict[Pair, Kappa]] = {}
    for group, category in sorted(_asked(answers), key=lambda asked: in_order(*asked)):
        kappas: dict[Pair, Kappa] = defaultdict(Kappa)
        for item, other, tool in answers:
            if group in item.labels and group in other.labels:
                one, two = _says(item, group, category), _says(other, group, category)
                three = (group, category) in tool
                kappas["reviewers"] += _cell(one, two)
                kappas["first-tool"] += _cell(one, three)
                kappas["second-tool"] += _cell(two, three)
        categories[group, category] = {pair: kappas[pair] for pair in PAIRS}
    return Agreement(
        items=len(pairs),
        categories=categories,
        pooled={pair: sum((row[pair] for row in categories.values()), Kappa()) for pair in PAIRS},
        differences=tuple(_differences(pairs)),
        only_first=tuple(item.id for item in first if item.id not in others),
        only_second=tuple(item.id for item in second if item.id not in ours),
        unlike=tuple(unlike),
    )


def _same(item: Item, other: Item) -> bool:
    """Tell whether the same words are judged; what was said before an utterance may be left out."""
    if item.is_utterance != other.is_utterance:
        return False
    if item.is_utterance:
        return item.text(item.last) == other.text(other.last)
    return [turn.text for turn in item.conversation.turns] == [turn.text for turn in other.conversation.turns]


def _tool(found: Sequence[Outcome]) -> set[tuple[Group, str]]:
    return {(one.group, one.category) for one in found if one.found}


def _asked(answers: Sequence[tuple[Item, Item, Collection[tuple[Group, str]]]]) -> set[tuple[Group, str]]:
    labelled = {
        (group, mark.category)
        for item, other, _ in answers
        for reviewed in (item, other)
        for group, marks in reviewed.labels.items()
        if group in item.labels and group in other.labels
        for mark in marks
    }
    known_acts = {category for group, category in labelled if group == "acts"}
    heard = {
        (group, category)
        for item, other, tool in answers
        for group, category in tool
        if group in other.labels and (group != "acts" or category in known_acts)
    }
    return labelled | heard


def _says(item: Item, group: Group, category: str) -> bool | None:
    """Give a reviewer's answer; None for optional."""
    if any(mark.category == category for mark in item.labels[group]):
        return True
    return None if category in item.optional else False


def _cell(one: bool | None, two: bool | None) -> Kappa:
    if one is None:
        one = bool(two)
    if two is None:
        two = one
    return Kappa(int(one and two), int(one and not two), int(two and not one), int(not one and not two))


def _differences(pairs: Sequence[tuple[Item, Item]]) -> list[Difference]:
    found = []
    for item, other in pairs:
        for group in (group for group in GROUPS if group in item.labels and group in other.labels):
            for by_first, says, silent in ((True, item, other), (False, other, item)):
                for category in sorted({mark.category for mark in says.labels[group]}):
                    if _says(silent, group, category) is False:
                        marks = tuple(mark for mark in says.labels[group] if mark.category == category)
                        found.append(Difference(group, category, by_first, marks, item, other))
    return found
