"""Tables in the terminal: by the columns that characters take; names to the left, figures to the right."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from cscheck.display import padded, visible, width
from cscheck.reporters.terminal_lines import Styled


def table(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    columns: int,
    *,
    optional: Sequence[Collection[int]] = (),
    bold: Collection[int] = (),
    left: Collection[int] = (0,),
    indent: int = 2,
) -> Iterator[Styled]:
    """Give the lines; rows in ``bold`` stand out.

    Where not all columns fit, groups of ``optional`` ones are left out, one group after the other.
    """
    everything = [[visible(cell) for cell in row] for row in (header, *rows)]
    broad = [max(width(row[number]) for row in everything) for number in range(len(header))]
    shown = list(range(len(header)))
    for group in optional:
        if indent + sum(broad[number] + 2 for number in shown) - 2 > columns:
            shown = [number for number in shown if number not in group]
    for place, row in enumerate(everything):
        cells = [_cell(row[number], broad[number], left=number in left) for number in shown]
        style = "dim" if place == 0 else "bold" if place - 1 in bold else ""
        yield Styled(" " * indent + "  ".join(cells).rstrip(), style)


def _cell(text: str, columns: int, *, left: bool) -> str:
    return padded(text, columns) if left else " " * (columns - width(text)) + text
