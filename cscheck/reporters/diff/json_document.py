"""``--format json``: one document, its shape ``cscheck-diff/1`` (docs/evaluation.md)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from cscheck.diff import SHIFTS, Change, Counts, Diff, RuleChanges
from cscheck.errors import SourceError
from cscheck.reporters import shape
from cscheck.reporters.context import Context

SCHEMA = "cscheck-diff/1"


def render(diff: Diff, errors: Sequence[SourceError], context: Context) -> Iterator[str]:
    """Give the document."""
    document = {
        "schema": SCHEMA,
        "old": [shape.pack(info) for info in diff.old],
        "new": [shape.pack(info) for info in diff.new],
        "conversations": diff.conversations,
        "empty": diff.is_empty,
        "rules": _rules(diff.rules),
        "acts": _rules(diff.acts),
        "sets": _rules(diff.sets),
        "findings": {
            "appeared": sum(one.appears for one in diff.changes),
            "vanished": sum(not one.appears for one in diff.changes),
            "regraded": diff.regraded,
            "by_rule": _counts("rule", diff.by_rule),
            "by_category": _counts("category", diff.by_category),
        },
        "scores": {
            "scored": diff.scored,
            "mean_old": diff.mean_old,
            "mean_new": diff.mean_new,
            "shifted": len(diff.shifts),
            "largest": [
                {"conversation": one.conversation, "path": one.path, "old": one.old, "new": one.new}
                for one in diff.shifts[:SHIFTS]
            ],
        },
        "examples": [_example(change) for change in diff.examples],
        "errors": [shape.error(problem) for problem in errors],
    }
    yield shape.dumps(document, indent=1) + "\n"


def _rules(changes: RuleChanges) -> dict[str, Any]:
    return {
        "added": list(changes.added),
        "removed": list(changes.removed),
        "changed": {name: list(fields) for name, fields in changes.changed.items()},
    }


def _counts(name: str, counts: Counts) -> list[dict[str, Any]]:
    return [
        {name: key, "appeared": counts.appeared.get(key, 0), "vanished": counts.vanished.get(key, 0)}
        for key in counts.names
    ]


def _example(change: Change) -> dict[str, Any]:
    turn = change.turn
    return {
        "change": "appeared" if change.appears else "vanished",
        "flips": change.flips,
        "said": {"role": turn.role, "text": turn.text} if turn else None,
        "finding": shape.finding(change.finding),
    }
