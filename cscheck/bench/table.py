"""Print a result on the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table as RichTable

from cscheck.bench.machine import headline
from cscheck.bench.result import Result, Table


def show(result: Result, console: Console) -> None:
    """Print the machine, the tables and the notes."""
    _say(headline(dict(result.machine)), console, "dim")
    for table in result.tables:
        _say(f"\n{table.title}", console, "bold")
        console.print(_laid_out(table))
    for note in result.notes:
        _say(f"- {note}", console, "dim")


def _say(text: str, console: Console, style: str) -> None:
    console.print(text, style=style, highlight=False, markup=False, soft_wrap=True)


def _laid_out(table: Table) -> RichTable:
    laid_out = RichTable()
    for index, column in enumerate(table.columns):
        laid_out.add_column(column, justify="right" if index else "left")
    for row in table.rows:
        laid_out.add_row(*(_cell(value) for value in row))
    return laid_out


def _cell(value: str | float) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.3g}"
