"""Reporters of an evaluation: one format a module with ``render``, imported when it is used."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Protocol, cast

from cscheck.evaluation.evaluation import Evaluation
from cscheck.reporters.context import Context

FORMATS = {
    "table": "cscheck.reporters.evaluation.table",
    "json": "cscheck.reporters.evaluation.json_document",
    "html": "cscheck.reporters.evaluation.html_page",
}


class Reporter(Protocol):
    """What a format module holds."""

    def render(self, evaluation: Evaluation, context: Context) -> Iterator[str]:
        """Give the text; ``context.explain`` asks for every disagreement."""


def reporter(name: str) -> Reporter:
    """Give the module of a format."""
    return cast(Reporter, importlib.import_module(FORMATS[name]))
