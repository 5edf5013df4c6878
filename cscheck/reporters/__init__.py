"""Reporters: reports in, text out; one format a module with ``render``, imported when it is used."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator
from typing import Protocol, cast

from cscheck.reporters.context import Context, Item

FORMATS = {
    "terminal": "cscheck.reporters.terminal",
    "json": "cscheck.reporters.json_document",
    "jsonl": "cscheck.reporters.json_lines",
}


class Reporter(Protocol):
    """What a format module holds."""

    def render(self, items: Iterable[Item], context: Context) -> Iterator[str]:
        """Give the text of a run, piece by piece as reports come in."""


def reporter(name: str) -> Reporter:
    """Give the module of a format."""
    return cast(Reporter, importlib.import_module(FORMATS[name]))
