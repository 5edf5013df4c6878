"""Lines into text for the terminal, with colour where it is wanted."""

from __future__ import annotations

from collections.abc import Iterable
from io import StringIO

from rich.console import Console
from rich.text import Text as Styled

from cscheck.reporters.context import Context


def console_of(context: Context) -> Console:
    """Give a console that obeys nothing in the text."""
    return Console(
        file=StringIO(),
        width=context.width,
        force_terminal=context.color,
        color_system="standard" if context.color else None,
        no_color=not context.color,
        markup=False,
        highlight=False,
        emoji=False,
        legacy_windows=False,
    )


def printed(console: Console, lines: Iterable[str | Styled]) -> str:
    """Give the text of lines."""
    with console.capture() as captured:
        for line in lines:
            # Lines are broken already, so that marks stay under their words.
            console.print(line if isinstance(line, Styled) else Styled(line), soft_wrap=True)
    return captured.get()
