"""Label files as commands are given them: files, globs, and folders with all label files below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from cscheck.cli.run import expand
from cscheck.errors import SourceError
from cscheck.evaluation.item import Item
from cscheck.evaluation.labels import SUFFIXES, Labels
from cscheck.language import say
from cscheck.sources.walk import walk


def read_items(paths: Sequence[str], reading: Labels) -> tuple[list[Item], list[SourceError]]:
    """Give the labelled items, and what could not be read."""
    found: list[Item | SourceError] = []
    files: list[str] = []
    for path in paths:
        matches = list(_files(path))
        if not matches:
            found.append(SourceError(say(f"没有与“{path}”相符的文件。", f"nothing matches '{path}'.")))
        files += [match for match in matches if isinstance(match, str)]
        found += [match for match in matches if isinstance(match, SourceError)]
    found += reading.read(files)
    if not found:
        found.append(SourceError(say("没有读到任何标注。", "no label was read.")))
    return (
        [item for item in found if isinstance(item, Item)],
        [item for item in found if isinstance(item, SourceError)],
    )


def _files(path: str) -> Iterator[str | SourceError]:
    for match in expand(path):
        if Path(match).is_dir():
            below = walk(Path(match), frozenset(SUFFIXES), ())
            yield from (file if isinstance(file, SourceError) else str(file) for file in below)
        else:
            yield match
