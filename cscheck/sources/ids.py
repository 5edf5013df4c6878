"""What every conversation gets at the end: an id, and the channel the user named where it has none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from cscheck.conversation import Conversation
from cscheck.errors import SourceError
from cscheck.sources.options import ReadOptions
from cscheck.sources.source import Source


def with_ids(
    items: Iterable[Conversation | SourceError], source: Source, options: ReadOptions
) -> Iterator[Conversation | SourceError]:
    """Name conversations without an id after the file, the second with ``#2`` and so on."""
    stem, count = source.stem, 0
    for item in items:
        if isinstance(item, SourceError):
            yield item
            continue
        count += 1
        yield named(item, stem, count, options)


def named(conversation: Conversation, stem: str, number: int, options: ReadOptions) -> Conversation:
    """Give the ``number``-th conversation (from 1) of a file what it lacks."""
    if conversation.id and (conversation.channel or not options.channel):
        return conversation
    numbered = stem if number == 1 else f"{stem}#{number}"
    return replace(conversation, id=conversation.id or numbered, channel=conversation.channel or options.channel)
