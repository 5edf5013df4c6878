"""Lines for the terminal: put together from styled pieces, broken by columns, printed with colour where wanted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeAlias

from cscheck.display import visible, wrap

if TYPE_CHECKING:
    from cscheck.reporters.context import Context

# What a style such as “bold red” is made of, as terminals number it.
_CODES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}
_LEAST_COLUMNS = 20


class Styled:
    """A line in pieces, each in a style of its own; without one it is plain."""

    __slots__ = ("_pieces",)

    def __init__(self, text: str = "", style: str = "") -> None:
        self._pieces = [(text, style)]

    def append(self, text: str, style: str = "") -> Styled:
        """Add a piece, and give the line."""
        self._pieces.append((text, style))
        return self

    def rstrip(self) -> Styled:
        """Take away the spaces at the end, and give the line."""
        while self._pieces:
            text, style = self._pieces.pop()
            if text := text.rstrip():
                return self.append(text, style)
        return self

    def printed(self, *, color: bool) -> str:
        """Give the text; nothing in it that a terminal would obey but the styles."""
        return "".join(
            f"\x1b[{';'.join(_CODES[word] for word in style.split())}m{visible(text)}\x1b[0m"
            if color and style and text
            else visible(text)
            for text, style in self._pieces
        )


Line: TypeAlias = str | Styled


def printed(lines: Iterable[Line], context: Context) -> str:
    """Give the text of lines, which are broken already, so that marks stay under their words."""
    return "".join(
        (line if isinstance(line, Styled) else Styled(line)).printed(color=context.color) + "\n" for line in lines
    )


def indented(text: str, indent: int, columns: int, *, style: str = "", hang: int = 0) -> Iterator[Styled]:
    """Break a text into lines that start at ``indent``, those after the first ``hang`` columns further in."""
    return (Styled(line, style) for line in broken(text, indent, columns, hang=hang))


def broken(text: str, indent: int, columns: int, *, hang: int = 0) -> Iterator[str]:
    """Break a text as ``indented`` does, into plain lines."""
    first, *rest = wrap(text, max(columns - indent, _LEAST_COLUMNS))
    yield " " * indent + first
    if rest:
        tail = text[len(first) :].lstrip()
        for line in wrap(tail, max(columns - indent - hang, _LEAST_COLUMNS)):
            yield " " * (indent + hang) + line
