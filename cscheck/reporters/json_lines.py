"""``--format jsonl``: one finding a line, as soon as it is found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cscheck.checker import Report
from cscheck.reporters.context import Context, Item, Piece
from cscheck.reporters.json_text import LINE


def piece(report: Report, context: Context) -> Piece:
    """Give a line for each finding of a report."""
    return Piece((LINE.findings(report.findings) + "\n",) if report.findings else ("",))


def render(items: Iterable[Item], context: Context) -> Iterator[str]:
    """Give the lines, those of a conversation at once."""
    for item in items:
        if isinstance(item, Report):
            item = piece(item, context)
        if isinstance(item, Piece) and item.texts[0]:
            yield item.texts[0]
