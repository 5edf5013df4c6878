"""Figures over all outcomes: by category, by rule, in all."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cscheck.evaluation.categories import GROUPS, Group, in_order
from cscheck.evaluation.compare import Kind, Outcome
from cscheck.evaluation.item import Item
from cscheck.evaluation.statistics import Share, Tally, macro


@dataclass(frozen=True, slots=True)
class GroupTotal:
    """The categories of a group; macro figures are over the labelled ones, what is undefined counted as 0."""

    group: Group
    rows: Mapping[str, Tally]

    @property
    def micro(self) -> Tally:
        """Give the sum over the categories."""
        return sum(self.rows.values(), Tally())

    @property
    def labelled(self) -> list[Tally]:
        """Give the categories that the labels name."""
        return [row for row in self.rows.values() if row.labelled]

    @property
    def macro(self) -> dict[str, float | None]:
        """Give the means over the labelled categories."""
        rows = self.labelled
        return {
            "precision": macro([row.precision.value for row in rows]),
            "recall": macro([row.recall.value for row in rows]),
            "f1": macro([row.f1 for row in rows]),
        }


@dataclass(frozen=True, slots=True)
class RuleTotal:
    """How often a rule was right, wrong, and neither; several findings in one place count once."""

    rule: str
    category: str
    right: int
    false: int
    neutral: int

    @property
    def precision(self) -> Share:
        """Give the share of right ones, the neutral left out."""
        return Share(self.right, self.right + self.false)


@dataclass(frozen=True, slots=True)
class Confusion:
    """A labelled category was missed where another was falsely found."""

    group: Group
    missed: str
    found: str
    count: int


@dataclass(frozen=True, slots=True)
class Totals:
    """All figures of an evaluation.

    ``clean`` are utterances without violations that were alarmed, ``caught`` those with violations of which one was
    found, ``spans`` right findings whose words meet the labelled ones.
    """

    items: Mapping[str, int]
    groups: tuple[GroupTotal, ...]
    rules: tuple[RuleTotal, ...]
    confusion: tuple[Confusion, ...]
    clean: Share
    caught: Share
    spans: Share
    disagreements: tuple[Outcome, ...]


def totals(judged: Sequence[tuple[Item, Sequence[Outcome]]]) -> Totals:
    """Count the outcomes of all items."""
    # An act that no label names is not judged: packs have acts of their own.
    acts = {mark.category for item, _ in judged for mark in item.labels.get("acts", ())}
    everything = [one for _, found in judged for one in found if one.group != "acts" or one.category in acts]
    said = [one for one in everything if one.group == "said"]
    utterances = [(item, found) for item, found in judged if item.is_utterance and "said" in item.labels]
    clean = [found for item, found in utterances if not item.labels["said"]]
    dirty = [found for item, found in utterances if item.labels["said"]]
    met = [one.meets for one in said if one.meets is not None]
    return Totals(
        items={
            "all": len(judged),
            "utterances": sum(item.is_utterance for item, _ in judged),
            "conversations": sum(not item.is_utterance for item, _ in judged),
        },
        groups=tuple(_group(name, everything) for name in GROUPS if any(name in item.labels for item, _ in judged)),
        rules=tuple(_rules(everything)),
        confusion=tuple(_confusion(everything)),
        clean=Share(sum(_has(found, "false") for found in clean), len(clean)),
        caught=Share(sum(_has(found, "right") for found in dirty), len(dirty)),
        spans=Share(sum(met), len(met)),
        disagreements=tuple(one for one in everything if one.kind in ("false", "missed")),
    )


def _has(found: Iterable[Outcome], kind: Kind) -> bool:
    return any(one.group == "said" and one.kind == kind for one in found)


def _group(name: Group, everything: Iterable[Outcome]) -> GroupTotal:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for one in everything:
        if one.group == name and one.kind != "neutral":
            counts[one.category][one.kind] += 1
    rows = {slug: counts[slug] for slug in sorted(counts, key=lambda slug: in_order(name, slug))}
    return GroupTotal(name, {slug: Tally(n["right"], n["false"], n["missed"]) for slug, n in rows.items()})


def _rules(everything: Iterable[Outcome]) -> Iterable[RuleTotal]:
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for one in everything:
        for rule in {found.rule for found in one.found if found.rule}:
            counts[rule, one.category][one.kind] += 1
    for (rule, category), number in sorted(counts.items()):
        yield RuleTotal(rule, category, number["right"], number["false"], number["neutral"])


def _confusion(everything: Iterable[Outcome]) -> Iterable[Confusion]:
    places: dict[tuple[str, int | None, Group], list[Outcome]] = defaultdict(list)
    for one in everything:
        places[one.item.id, one.turn, one.group].append(one)
    counts: Counter[tuple[Group, str, str]] = Counter()
    for (_, _, group), here in places.items():
        missed = [one.category for one in here if one.kind == "missed"]
        false = [one.category for one in here if one.kind == "false"]
        counts.update((group, lost, instead) for lost in missed for instead in false)
    for (group, lost, instead), number in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        yield Confusion(group, lost, instead, number)
