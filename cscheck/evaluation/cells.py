"""What stands in one cell of a table of labels: turns, labels with their words, names of categories."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from cscheck.sources.labels import head
from cscheck.sources.options import ReadOptions

_NOTHING = frozenset(("", "-", "—", "/", "无", "没有", "无违规", "合规", "none", "clean", "ok"))
_COLON = re.compile("[:：]")


@dataclass(frozen=True, slots=True)
class Part:
    """One label of a cell: ``tail`` is the name that would follow if the words ended at the last separator."""

    name: str
    words: str = ""
    tail: str = ""


def is_empty(cell: str) -> bool:
    """Tell whether a cell says that there is nothing."""
    return cell.strip().casefold() in _NOTHING


def words(cell: str) -> Iterator[str]:
    """Give the names in a cell."""
    if not is_empty(cell):
        yield from (part.strip() for part in re.split("[;；,，、\n]", cell) if part.strip())


def parts(cell: str, known: Callable[[str], str | None]) -> list[Part]:
    """Give the labels of a cell; a separator before no known name belongs to the marked words."""
    found: list[Part] = []
    if is_empty(cell):
        return found
    pieces = re.split("([;；\n])", cell)
    for separator, piece in zip(["", *pieces[1::2]], pieces[::2], strict=True):
        name, *rest = _COLON.split(piece, maxsplit=1)
        if not piece.strip():
            continue
        if known(name) is None and found and found[-1].words:
            before = found[-1]
            found[-1] = replace(before, words=(before.words + separator + piece).rstrip(), tail=name.strip())
        else:
            found.append(Part(name.strip(), rest[0].strip() if rest else ""))
    return found


def turns(cell: str, options: ReadOptions, otherwise: str = "") -> list[dict[str, str]]:
    """Give the turns of lines such as 客户：…; lines above the first label are by ``otherwise``; none without it."""
    found: list[dict[str, str]] = []
    for line in cell.splitlines():
        if not line.strip():
            continue
        opening = head(line, options.roles)
        if opening is not None and opening.role != "unknown" and opening.shape == "label":
            found.append({"role": opening.role, "text": opening.text})
        elif found:
            found[-1]["text"] += "\n" + line.strip()
        elif otherwise:
            found.append({"role": otherwise, "text": line.strip()})
        else:
            return []
    return found
