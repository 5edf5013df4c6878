"""``--format json``: one document for the whole run.

Conversations come first in it and go out as they come in; what stands after them waits in spools, so that a run of
any length takes the same memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cscheck.checker import Report
from cscheck.errors import SourceError
from cscheck.reporters import shape
from cscheck.reporters.context import Context, Item, Notice, Piece
from cscheck.reporters.json_text import BLOCK, Layout
from cscheck.reporters.spool import Spool

_REPORTS = ("conversations", "findings", "owed")
_PROBLEMS = ("errors", "notices")
# Pieces of the output are at least so long, but for the last.
_LEAST = 64 * 1024
_LINES = Layout(4)


def piece(report: Report, context: Context) -> Piece:
    """Give what a report puts into each list of the document."""
    texts = [
        BLOCK.flat((shape.conversation(report),)),
        BLOCK.findings(report.findings),
        BLOCK.flat(map(shape.owed, report.owed)) if report.owed else "",
    ]
    if context.acts:
        texts.append(BLOCK.flat(map(shape.act, report.acts)))
    if context.excused:
        texts.append(BLOCK.flat(map(shape.excused, report.excused)))
    if context.explain:
        texts.append(_explanation(report))
    return Piece(tuple(texts))


def render(items: Iterable[Item], context: Context) -> Iterator[str]:
    """Give the document."""
    asked = [name for name in ("acts", "excused", "scores") if getattr(context, _FLAGS[name])]
    first, *later = [_List(name) for name in (*_REPORTS, *asked)]
    errors, notices = problems = [_List(name) for name in _PROBLEMS]
    head = shape.dumps({"schema": shape.SCHEMA, "packs": [shape.pack(info) for info in context.packs]}, indent=1)
    waiting = [head.removesuffix("\n}")]
    size = 0
    for item in items:
        if isinstance(item, SourceError):
            errors.add(BLOCK.flat((shape.error(item),)))
        elif isinstance(item, Notice):
            notices.add(BLOCK.flat(({"message": item.message},)))
        else:
            made = piece(item, context) if isinstance(item, Report) else item
            text = first.begun(made.texts[0])
            waiting.append(text)
            size += len(text)
            for section, words in zip(later, made.texts[1:], strict=True):
                section.add(words)
            if size >= _LEAST:
                yield "".join(waiting)
                waiting, size = [], 0
    yield "".join((*waiting, first.end()))
    for section in (*later[: len(_REPORTS) - 1], *problems, *later[len(_REPORTS) - 1 :]):
        yield from section.texts()
    yield "\n}\n"


_FLAGS = {"acts": "acts", "excused": "excused", "scores": "explain"}


class _List:
    """One list of the document, whose items wait until those before it have gone out."""

    def __init__(self, name: str) -> None:
        self._before = f',\n "{name}": ['
        self._is_empty = True
        self._spool = Spool()

    def begun(self, text: str) -> str:
        """Give items with what stands before them."""
        before = self._before + "\n  " if self._is_empty else ",\n  "
        self._is_empty = False
        return before + text

    def add(self, text: str) -> None:
        """Keep items for later."""
        if text:
            self._spool.add(self.begun(text))

    def end(self) -> str:
        """Give what stands after the last item, of an empty list all of it."""
        return f"{self._before}]" if self._is_empty else "\n ]"

    def texts(self) -> Iterator[str]:
        """Give what was kept."""
        yield from self._spool.texts()
        yield self.end()


def _explanation(report: Report) -> str:
    whole = shape.explanation(report)
    lines = whole.pop("rules")
    rules = f"[\n    {_LINES.flat(lines)}\n   ]" if lines else "[]"
    return BLOCK.flat((whole,)).removesuffix("\n  }") + f',\n   "rules": {rules}\n  }}'
