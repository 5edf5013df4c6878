"""Transcripts in, conversations out: one format a module, found by suffix and by a look at the first bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from cscheck.conversation import Conversation
from cscheck.errors import SourceError
from cscheck.sources.files import opened, transcripts
from cscheck.sources.formats import FORMATS, SUFFIXES, Format
from cscheck.sources.ids import with_ids
from cscheck.sources.options import FileInfo, ReadOptions
from cscheck.sources.source import Source

__all__ = ["FORMATS", "SUFFIXES", "FileInfo", "Format", "ReadOptions", "read", "read_files"]

OnOpen = Callable[[FileInfo], None]


def read(
    paths: Sequence[str | Path], options: ReadOptions | None = None, on_open: OnOpen | None = None
) -> Iterator[Conversation | SourceError]:
    """Read files, folders and ``-`` (standard input) one after the other; what cannot be read comes as a value."""
    for item in read_files(paths, options or ReadOptions()):
        if not isinstance(item, FileInfo):
            yield item
        elif on_open is not None:
            on_open(item)


def read_files(paths: Iterable[str | Path], options: ReadOptions) -> Iterator[FileInfo | Conversation | SourceError]:
    """Read as ``read`` does, and tell in its place of each file that is opened."""

    def contents(source: Source, chosen: Format) -> Iterator[Conversation | SourceError]:
        return with_ids(chosen.read(source, options), source, options)

    for path in transcripts(paths, options):
        if isinstance(path, SourceError):
            yield path
        else:
            yield from opened(path, options, contents)
