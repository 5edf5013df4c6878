"""An evaluation from start to end: labelled items against a checker."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cscheck.checker import Checker
from cscheck.errors import SourceError
from cscheck.evaluation.agreement import Agreement, agreement
from cscheck.evaluation.compare import Outcome, outcomes, own_categories
from cscheck.evaluation.item import Item
from cscheck.evaluation.totals import Totals, totals
from cscheck.pack import PackInfo


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What an evaluation found: the packs, the figures, how far reviewers agree, and what could not be read."""

    packs: tuple[PackInfo, ...]
    totals: Totals
    agreement: Agreement | None = None
    errors: tuple[SourceError, ...] = ()


def evaluate(
    checker: Checker,
    items: Sequence[Item],
    against: Sequence[Item] | None = None,
    *,
    errors: Sequence[SourceError] = (),
    on_item: Callable[[], None] = lambda: None,
) -> Evaluation:
    """Check the items and compare; ``against`` are a second reviewer's labels."""
    own = own_categories(items)
    judged: list[tuple[Item, tuple[Outcome, ...]]] = []
    for item in items:
        talk = item.conversation
        findings = checker.check(talk).findings if {"said", "missing"} & item.labels.keys() else ()
        acts = checker.acts(talk) if "acts" in item.labels else []
        judged.append((item, tuple(outcomes(item, findings, acts, own))))
        on_item()
    found = {item.id: outcomes_ for item, outcomes_ in judged}
    return Evaluation(
        packs=checker.packs,
        totals=totals(judged),
        agreement=agreement(items, against, found) if against is not None else None,
        errors=tuple(errors),
    )
