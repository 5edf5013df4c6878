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
    count = 0
    for item in items:
        if isinstance(item, SourceError):
            yield item
            continue
        count += 1
        numbered = source.stem if count == 1 else f"{source.stem}#{count}"
        yield replace(item, id=item.id or numbered, channel=item.channel or options.channel)
