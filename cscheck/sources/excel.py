"""Excel workbooks: every sheet with a column of text is read as a table."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import datetime, time
from typing import Any

from cscheck.conversation import Conversation
from cscheck.errors import Place, SourceError
from cscheck.sources.options import ReadOptions
from cscheck.sources.source import Source
from cscheck.sources.table import conversations

NAME = "excel"
SUFFIXES: tuple[str, ...] = (".xlsx", ".xlsm", ".xls")


def sniff(source: Source) -> int:
    """Go by the first bytes: a workbook is the only binary format we read."""
    return 9 if source.encoding is None else 0


def read(source: Source, options: ReadOptions) -> Iterator[Conversation | SourceError]:
    """Give the conversations of every sheet that is a table of turns."""
    problems: list[SourceError] = []
    read_any = False
    for name, rows in sheets(source):
        try:
            for item in conversations(enumerate(rows, 1), source.path, options):
                yield item
                read_any = True
        except SourceError as error:
            problems.append(SourceError(f"工作表“{name}”：{error.message}", error.place, allowed=error.allowed))
    # Notes and figures often stand beside the transcript; they are no problem as long as one sheet can be read.
    if not read_any:
        yield from problems or [SourceError("工作簿里没有内容。", Place(source.path))]


def sheets(source: Source) -> Iterator[tuple[str, list[list[str]]]]:
    """Give each sheet that is not empty: its name and its rows."""
    try:
        from python_calamine import CalamineWorkbook
    except ImportError:
        raise SourceError('读 Excel 要先安装：pip install "cscheck[excel]"。', Place(source.path)) from None
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(source.data()))
        found = [(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names]
    except BaseException as error:
        # The reader is written in Rust, whose panics are no Exception.
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise SourceError(f"打不开这个 Excel 文件（{type(error).__name__}）。", Place(source.path)) from None
        raise
    for name, rows in found:
        if any(cell != "" for row in rows for cell in row):
            yield name, [_row(row) for row in rows]


def _row(row: Sequence[Any]) -> list[str]:
    return [_cell(cell) for cell in row]


def _cell(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, time):
        return cell.isoformat()
    return str(cell)
