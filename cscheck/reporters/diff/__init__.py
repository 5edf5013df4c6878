"""Reporters of a comparison of packs: one format a module with ``render``, imported when it is used."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Sequence
from typing import Protocol, cast

from cscheck.diff import Diff
from cscheck.errors import SourceError
from cscheck.reporters.context import Context

FORMATS = {"table": "cscheck.reporters.diff.table", "json": "cscheck.reporters.diff.json_document"}


class Reporter(Protocol):
    """What a format module holds."""

    def render(self, diff: Diff, errors: Sequence[SourceError], context: Context) -> Iterator[str]:
        """Give the text; ``errors`` are what could not be read."""


def reporter(name: str) -> Reporter:
    """Give the module of a format."""
    return cast(Reporter, importlib.import_module(FORMATS[name]))
