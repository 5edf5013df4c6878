"""``--format json``: one document for the whole run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from cscheck.errors import SourceError
from cscheck.reporters import shape
from cscheck.reporters.context import Context, Item, Notice


def render(items: Iterable[Item], context: Context) -> Iterator[str]:
    """Give the document."""
    parts: dict[str, list[Any]] = {name: [] for name in ("conversations", "findings", "owed", "errors", "notices")}
    acts: list[Any] = []
    excused: list[Any] = []
    scores: list[Any] = []
    for item in items:
        if isinstance(item, SourceError):
            parts["errors"].append(shape.error(item))
        elif isinstance(item, Notice):
            parts["notices"].append({"message": item.message})
        else:
            parts["conversations"].append(shape.conversation(item))
            parts["findings"] += map(shape.finding, item.findings)
            parts["owed"] += map(shape.owed, item.owed)
            acts += map(shape.act, item.acts)
            excused += map(shape.excused, item.excused)
            if context.explain:
                scores.append(shape.explanation(item))
    document = {"schema": shape.SCHEMA, "packs": [shape.pack(info) for info in context.packs], **parts}
    if context.acts:
        document["acts"] = acts
    if context.excused:
        document["excused"] = excused
    if context.explain:
        document["scores"] = scores
    yield shape.dumps(document, indent=1) + "\n"
