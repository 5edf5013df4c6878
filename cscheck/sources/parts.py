"""Transcripts cut into parts that another process can read by itself, in the order in which they come.

A file of lines is cut into blocks of lines; small files go by name; of any other file the conversations are read here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeAlias

from cscheck.conversation import Conversation, Turn
from cscheck.errors import Place, SourceError
from cscheck.sources import jsonio, native, read_files
from cscheck.sources.files import STDIN, opened, transcripts
from cscheck.sources.formats import Format
from cscheck.sources.ids import named, with_ids
from cscheck.sources.options import FileInfo, ReadOptions
from cscheck.sources.source import Source, lines_of

Event: TypeAlias = FileInfo | Conversation | SourceError
Before: TypeAlias = Callable[[int, bool], int]

_FIELDS = tuple(Conversation.__slots__)
_fields = attrgetter(*_FIELDS)
_turn = attrgetter(*Turn.__slots__)
_TURNS = _FIELDS.index("turns")


@dataclass(frozen=True, slots=True)
class Lines:
    """A block of lines of a file of our own JSON; ``first`` is the number of its first line."""

    path: str
    stem: str
    encoding: str
    first: int
    data: bytes

    @property
    def is_start(self) -> bool:
        """Tell whether a file begins here."""
        return self.first == 1


@dataclass(frozen=True, slots=True)
class Files:
    """Files to be opened and read, and what was found wrong between them."""

    paths: tuple[str | SourceError, ...]


@dataclass(frozen=True, slots=True)
class Talks:
    """What was read already: conversations as plain tuples, which cost a process less to take than objects."""

    items: tuple[Any, ...]


Part: TypeAlias = Lines | Files | Talks


def cut(paths: Iterable[str | Path], options: ReadOptions, size: int, whole: int) -> Iterator[Part]:
    """Cut transcripts into parts of about ``size`` bytes; a file of up to ``whole`` stays in one, but for lines."""
    small: list[str | SourceError] = []
    together = 0
    for path in transcripts(paths, options):
        length = 0 if isinstance(path, SourceError) else _length(path)
        if length is not None and length <= size:
            small.append(path)
            together += max(length, size // _MOST_FILES)
        if small and (length is None or length > size or together >= size):
            yield Files(tuple(small))
            small, together = [], 0
        if not isinstance(path, SourceError) and (length is None or length > size):
            is_whole = length is not None and length <= whole
            yield from _grouped(opened(path, options, _contents(options, size, is_whole=is_whole)), size)
    if small:
        yield Files(tuple(small))


def readers(part: Part, options: ReadOptions, before: Before) -> Iterator[tuple[Place | None, Iterator[Event]]]:
    """Give, for each file of a part, where it stands and what it holds.

    ``before`` is told how many conversations a block of lines holds, and says how many the blocks before it hold.
    """
    if isinstance(part, Lines):
        yield Place(part.path, part.first), _of_lines(part, options, before)
    elif isinstance(part, Talks):
        yield None, (_unpacked(item) if isinstance(item, tuple) else item for item in part.items)
    else:
        for path in part.paths:
            if isinstance(path, SourceError):
                yield path.place, iter((path,))
            else:
                yield Place(path), read_files((path,), options)


_MOST_FILES = 64
_MOST_TALKS = 256


def _length(path: str) -> int | None:
    """Give how long a file is, None where that cannot be told."""
    try:
        return Path(path).stat().st_size if path != STDIN and Path(path).is_file() else None
    except (OSError, ValueError):
        return None


def _contents(
    options: ReadOptions, size: int, *, is_whole: bool
) -> Callable[[Source, Format], Iterator[Part | Conversation | SourceError]]:
    def contents(source: Source, chosen: Format) -> Iterator[Part | Conversation | SourceError]:
        if chosen.NAME == native.NAME and source.is_by_line and jsonio.is_one_a_line(source):
            for first, data in source.blocks(size):
                yield Lines(source.path, source.stem, str(source.encoding), first, data)
        elif is_whole:
            yield Files((source.path,))
        else:
            yield from with_ids(chosen.read(source, options), source, options)

    return contents


def _grouped(items: Iterable[FileInfo | Part | Conversation | SourceError], size: int) -> Iterator[Part]:
    """Put what was read into parts."""
    group: list[Any] = []
    length = 0
    for item in items:
        if isinstance(item, Files):
            # Whoever reads the file tells how it is read.
            yield item
            return
        if isinstance(item, Lines):
            if group:
                yield Talks(tuple(group))
                group, length = [], 0
            yield item
            continue
        if isinstance(item, Conversation):
            group.append(_packed(item))
            length += sum(len(turn.text) for turn in item.turns) * _BYTES
        else:
            group.append(item)
        if length >= size or len(group) >= _MOST_TALKS:
            yield Talks(tuple(group))
            group, length = [], 0
    if group:
        yield Talks(tuple(group))


# Of a Chinese character in UTF-8.
_BYTES = 3


def _of_lines(block: Lines, options: ReadOptions, before: Before) -> Iterator[Event]:
    records = jsonio.from_lines(lines_of(block.data, block.encoding, block.path, block.first), block.path)
    items = list(native.conversations(records, block.path, options))
    talks = [item for item in items if isinstance(item, Conversation)]
    number = before(len(talks), any(not talk.id for talk in talks))
    for item in items:
        if isinstance(item, Conversation):
            number += 1
            yield named(item, block.stem, number, options)
        else:
            yield item


def _packed(conversation: Conversation) -> tuple[Any, ...]:
    fields = list(_fields(conversation))
    fields[_TURNS] = tuple(map(_turn, conversation.turns))
    return tuple(fields)


def _unpacked(fields: tuple[Any, ...]) -> Conversation:
    whole = list(fields)
    whole[_TURNS] = tuple(Turn(*turn) for turn in fields[_TURNS])
    return Conversation(*whole)
