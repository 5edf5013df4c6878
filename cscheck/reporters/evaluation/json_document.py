"""``--format json``: one document, its shape ``cscheck-evaluation/1`` (docs/evaluation.md)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cscheck.conversation import Span
from cscheck.evaluation.agreement import Agreement, Difference
from cscheck.evaluation.compare import Outcome
from cscheck.evaluation.evaluation import Evaluation
from cscheck.evaluation.item import Item, Mark
from cscheck.evaluation.statistics import Kappa, Share, Tally
from cscheck.evaluation.totals import GroupTotal, RuleTotal
from cscheck.reporters import shape
from cscheck.reporters.context import Context
from cscheck.reporters.evaluation.words import before

SCHEMA = "cscheck-evaluation/1"


def render(evaluation: Evaluation, context: Context) -> Iterator[str]:
    """Give the document."""
    totals = evaluation.totals
    document = {
        "schema": SCHEMA,
        "packs": [shape.pack(info) for info in evaluation.packs],
        "items": dict(totals.items),
        "groups": [_group(group) for group in totals.groups],
        "rules": [_rule(rule) for rule in totals.rules],
        "confusion": [
            {"group": one.group, "missed": one.missed, "found": one.found, "count": one.count}
            for one in totals.confusion
        ],
        "clean_false_alarms": _share(totals.clean),
        "violations_caught": _share(totals.caught),
        "span_overlap": _share(totals.spans),
        "disagreements": [_disagreement(one) for one in totals.disagreements],
        "agreement": _agreement(evaluation.agreement) if evaluation.agreement else None,
        "errors": [shape.error(problem) for problem in evaluation.errors],
    }
    yield shape.dumps(document, indent=1) + "\n"


def _group(total: GroupTotal) -> dict[str, Any]:
    return {
        "group": total.group,
        "categories": [{"category": slug, **_tally(row)} for slug, row in total.rows.items()],
        "micro": _tally(total.micro),
        "macro": {"categories": len(total.labelled), **total.macro},
    }


def _tally(row: Tally) -> dict[str, Any]:
    return {
        "labelled": row.labelled,
        "right": row.right,
        "false": row.false,
        "missed": row.missed,
        "precision": row.precision.value,
        "precision_interval": row.precision.interval,
        "recall": row.recall.value,
        "recall_interval": row.recall.interval,
        "f1": row.f1,
    }


def _rule(total: RuleTotal) -> dict[str, Any]:
    return {
        "rule": total.rule,
        "category": total.category,
        "right": total.right,
        "false": total.false,
        "neutral": total.neutral,
        "precision": total.precision.value,
        "precision_interval": total.precision.interval,
    }


def _share(share: Share) -> dict[str, Any]:
    return {"hits": share.hits, "total": share.total, "share": share.value, "interval": share.interval}


def _disagreement(one: Outcome) -> dict[str, Any]:
    text = one.item.text(one.turn)
    return {
        "kind": one.kind,
        "group": one.group,
        "category": one.category,
        **_place(one.item, one.turn),
        "labelled": [_words(mark.span, text) for mark in one.marks],
        "found": [
            {"rule": found.rule, "turn": found.turn, **_words(found.span, text), "message": found.message}
            for found in one.found
        ],
        "note": one.item.note,
    }


def _place(item: Item, turn: int | None) -> dict[str, Any]:
    earlier = before(item, turn)
    return {
        "id": item.id,
        "path": item.place.path if item.place else None,
        "line": item.place.line if item.place else None,
        "turn": turn,
        "text": None if turn is None else item.text(turn),
        "before": {"role": earlier.role, "text": earlier.text} if earlier else None,
    }


def _words(span: Span | None, text: str) -> dict[str, Any]:
    if span is None:
        return {"start": None, "end": None, "text": ""}
    return {"start": span.start, "end": span.end, "text": text[span.start : span.end]}


def _agreement(found: Agreement) -> dict[str, Any]:
    return {
        "items": found.items,
        "only_first": list(found.only_first),
        "only_second": list(found.only_second),
        "unlike": list(found.unlike),
        "pooled": {pair: _kappa(kappa) for pair, kappa in found.pooled.items()},
        "categories": [
            {"group": group, "category": slug, **{pair: _kappa(kappa) for pair, kappa in row.items()}}
            for (group, slug), row in found.categories.items()
        ],
        "differences": [_difference(one) for one in found.differences],
    }


def _kappa(kappa: Kappa) -> dict[str, Any]:
    return {
        "kappa": kappa.value,
        "agreement": kappa.agreement.value,
        "both": kappa.both,
        "first": kappa.first,
        "second": kappa.second,
        "neither": kappa.neither,
    }


def _difference(one: Difference) -> dict[str, Any]:
    item = one.first if one.by_first else one.second
    return {
        "group": one.group,
        "category": one.category,
        "marked_by": 1 if one.by_first else 2,
        "id": item.id,
        "marks": [_marked(item, mark) for mark in one.marks],
        "notes": [one.first.note, one.second.note],
    }


def _marked(item: Item, mark: Mark) -> dict[str, Any]:
    text = item.text(mark.turn)
    return {"turn": mark.turn, "in": text if mark.turn is not None else None, **_words(mark.span, text)}
