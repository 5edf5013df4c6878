"""Messages of Chatwoot: incoming, outgoing, activity and template, told apart by number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cscheck.conversation import Conversation, Role
from cscheck.errors import SourceError
from cscheck.sources import jsonio
from cscheck.sources.markup import plain
from cscheck.sources.messages import Message, gather, message, part, said, spread, with_role
from cscheck.sources.options import ReadOptions
from cscheck.sources.source import Source

NAME = "chatwoot"
SUFFIXES: tuple[str, ...] = jsonio.SUFFIXES

_TYPES: dict[object, Role] = {
    0: "customer", 1: "agent", 3: "bot", "incoming": "customer", "outgoing": "agent", "template": "bot",
}  # fmt: skip


def sniff(source: Source) -> int:
    """Look for message_type."""
    return 8 if {"message_type", "content"} <= jsonio.keys(source) else 0


def read(source: Source, options: ReadOptions) -> Iterator[Conversation | SourceError]:
    """Give a conversation for each conversation_id, without private notes and activity."""
    yield from gather(_messages(source, options), source, "chat")


def _messages(source: Source, options: ReadOptions) -> Iterator[Message | SourceError]:
    for record in jsonio.records(source):
        if isinstance(record, SourceError):
            yield record
            continue
        for entry in spread(record.value, "messages", "payload", "data"):
            if isinstance(entry, dict) and not entry.get("private"):
                yield from _message(entry, record.value, record.line, options)


def _message(entry: dict[str, Any], parent: dict[str, Any], line: int, options: ReadOptions) -> Iterator[Message]:
    kind, text = entry.get("message_type"), said(entry.get("content"))
    if not isinstance(kind, int | str) or kind in (2, "activity") or not text:
        return
    sender = part(entry, "sender")
    role = _TYPES.get(kind, "unknown")
    if role == "agent" and "bot" in f"{entry.get('sender_type')}{sender.get('type')}".lower():
        role = "bot"
    name = sender.get("name")
    key = entry.get("conversation_id")
    if key is None and entry is not parent:
        key = parent.get("id")
    yield message(key, with_role(role, (name,), options), plain(text), entry.get("created_at"), line, name)
