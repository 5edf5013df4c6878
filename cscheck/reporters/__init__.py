"""Reporters: reports in, text out; one format a module with ``render``, imported when it is used."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator
from typing import Protocol, cast

from cscheck.checker import Report
from cscheck.reporters.context import Context, Item, Piece

FORMATS = {
    "terminal": "cscheck.reporters.terminal",
    "draft": "cscheck.reporters.terminal_draft",
    "json": "cscheck.reporters.json_document",
    "jsonl": "cscheck.reporters.json_lines",
}


class Reporter(Protocol):
    """What a format module holds; ``piece`` only where a run may have many reports."""

    def piece(self, report: Report, context: Context) -> Piece:
        """Give what a report comes to, which ``render`` takes for it; made in whatever process has the report."""

    def render(self, items: Iterable[Item], context: Context) -> Iterator[str]:
        """Give the text of a run, piece by piece as reports come in."""


def reporter(name: str) -> Reporter:
    """Give the module of a format."""
    return cast(Reporter, importlib.import_module(FORMATS[name]))
