"""The message list of 七鱼: fromUser tells the customer, cards are JSON inside the content."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from cscheck.conversation import Conversation, Role
from cscheck.errors import SourceError
from cscheck.sources import jsonio
from cscheck.sources.markup import plain
from cscheck.sources.messages import Message, gather, message, said, spread, with_role
from cscheck.sources.options import ReadOptions
from cscheck.sources.source import Source

NAME = "qiyu"
SUFFIXES: tuple[str, ...] = jsonio.SUFFIXES

_CARD_TEXTS = ("text", "label", "title", "content", "msg", "description")
_SIDES: dict[object, Role] = {1: "customer", 0: "agent", "1": "customer", "0": "agent"}


def sniff(source: Source) -> int:
    """Look for fromUser."""
    return 8 if {"fromUser", "content"} <= jsonio.keys(source) else 0


def read(source: Source, options: ReadOptions) -> Iterator[Conversation | SourceError]:
    """Give a conversation for each session."""
    yield from gather(_messages(source, options), source, "chat")


def _messages(source: Source, options: ReadOptions) -> Iterator[Message | SourceError]:
    for record in jsonio.records(source):
        if isinstance(record, SourceError):
            yield record
            continue
        for entry in spread(record.value, "messages", "data", "list", "result"):
            if isinstance(entry, dict):
                yield from _message(entry, record.line, options)


def _message(entry: dict[str, Any], line: int, options: ReadOptions) -> Iterator[Message]:
    side = entry.get("fromUser")
    role: Role = _SIDES.get(side, "unknown") if isinstance(side, int | str) else "unknown"
    text = said(entry.get("content"))
    name = entry.get("fromName") or entry.get("nickname") or entry.get("from")
    card = _card(text)
    if card is not None:
        # People type text; a card comes from the bot, unless the customer sent it.
        role, text = ("customer" if role == "customer" else "bot"), card
    elif said(entry.get("type")) not in ("", "text", "rich"):
        role, text = "system", f"[{entry['type']}]"
    if text:
        yield message(
            entry.get("sessionId"), with_role(role, (name,), options), plain(text), entry.get("time"), line, name
        )


def _card(content: str) -> str | None:
    """Give what a card shows, or None when the content is plain text."""
    if not content.lstrip().startswith(("{", "[")):
        return None
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return "\n".join(_shown(value)) if isinstance(value, dict | list) else None


def _shown(value: object, depth: int = 0) -> Iterator[str]:
    if depth > 6:
        return
    if isinstance(value, list):
        for item in value:
            yield from _shown(item, depth + 1)
    elif isinstance(value, dict):
        for key, item in value.items():
            if isinstance(item, str) and key in _CARD_TEXTS and item.strip():
                yield item
            elif isinstance(item, dict | list):
                yield from _shown(item, depth + 1)
