"""``--format jsonl``: one finding a line, as soon as it is found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cscheck.checker import Report
from cscheck.reporters import shape
from cscheck.reporters.context import Context, Item


def render(items: Iterable[Item], context: Context) -> Iterator[str]:
    """Give a line for each finding."""
    for item in items:
        if isinstance(item, Report):
            for finding in item.findings:
                yield shape.dumps(shape.finding(finding)) + "\n"
