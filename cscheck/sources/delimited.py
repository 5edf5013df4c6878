"""CSV and TSV, with whichever separator the header row uses."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from cscheck.conversation import Conversation
from cscheck.errors import Place, SourceError
from cscheck.sources.options import ReadOptions
from cscheck.sources.source import Source
from cscheck.sources.table import columns_of, conversations

NAME = "csv"
SUFFIXES: tuple[str, ...] = (".csv", ".tsv")

_LONGEST_CELL = 1_000_000


def sniff(source: Source) -> int:
    """Go by the suffix, or by two headers we know in the first line."""
    if source.encoding is None:
        return 0
    if source.name.endswith(SUFFIXES):
        return 8
    first = _first_line(source.sample)
    return 4 if {"text"} < columns_of(first.split(_separator(first))).keys() else 0


def read(source: Source, options: ReadOptions) -> Iterator[Conversation | SourceError]:
    """Give the conversations of the table."""
    yield from conversations(rows(source), source.path, options)


def rows(source: Source) -> Iterator[tuple[int, list[str]]]:
    """Give each row with the line it starts on; raises SourceError where the table cannot be read on."""
    text = source.text()
    # Excel may write its separator into a line of its own.
    declared = re.match(r"sep=(.)\r?\n", text)
    separator = declared[1] if declared else _separator(_first_line(text))
    above = 1 if declared else 0
    body = text[declared.end() :] if declared else text
    yield from _rows(body, separator, above, source.path)


def _rows(text: str, separator: str, above: int, path: str) -> Iterator[tuple[int, list[str]]]:
    """Give each row with the line it starts on."""
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    start = 1 + above
    try:
        for row in reader:
            yield start, row
            start = reader.line_num + 1 + above
    except csv.Error:
        raise SourceError("表格的这一行读不了（引号没有结束，或单元格太长）。", Place(path, start)) from None


def _first_line(text: str) -> str:
    return next((line for line in text.splitlines() if line.strip()), "")


def _separator(header: str) -> str:
    return max(",;\t|，", key=lambda char: (len(columns_of(header.split(char))), header.count(char)))
