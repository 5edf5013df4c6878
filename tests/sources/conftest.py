"""Files for the readers, and what comes out of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cscheck.conversation import Conversation
from cscheck.errors import SourceError
from cscheck.sources import ReadOptions, read

Items = list[Conversation | SourceError]


@pytest.fixture
def reading(tmp_path: Path) -> Callable[..., Items]:
    """Write one file and read it back."""

    def run(name: str, content: str | bytes, **options: object) -> Items:
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return list(read([file], ReadOptions(**options)))

    return run


@pytest.fixture
def only(reading: Callable[..., Items]) -> Callable[..., Conversation]:
    """Write one file and give the one conversation in it."""

    def run(name: str, content: str | bytes, **options: object) -> Conversation:
        (item,) = reading(name, content, **options)
        assert isinstance(item, Conversation), str(item)
        return item

    return run


@pytest.fixture
def problem(reading: Callable[..., Items]) -> Callable[..., SourceError]:
    """Write one file and give the one problem with it."""

    def run(name: str, content: str | bytes, **options: object) -> SourceError:
        (item,) = reading(name, content, **options)
        assert isinstance(item, SourceError), item
        return item

    return run


def said(conversation: Conversation) -> list[tuple[str, str]]:
    """Give roles and words."""
    return [(turn.role, turn.text) for turn in conversation.turns]
