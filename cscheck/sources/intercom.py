"""Conversations of Intercom: the source message first, then the parts, bodies in HTML."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cscheck.conversation import Channel, Conversation, Role, Turn
from cscheck.errors import SourceError
from cscheck.sources import jsonio
from cscheck.sources.markup import plain
from cscheck.sources.messages import built, message, part, said, spread, with_role
from cscheck.sources.options import ReadOptions
from cscheck.sources.source import Source

NAME = "intercom"
SUFFIXES: tuple[str, ...] = jsonio.SUFFIXES

_AUTHORS: dict[object, Role] = {
    "user": "customer", "lead": "customer", "contact": "customer", "admin": "agent", "team": "agent", "bot": "bot",
}  # fmt: skip


def sniff(source: Source) -> int:
    """Look for conversation_parts."""
    return 9 if "conversation_parts" in jsonio.keys(source) else 0


def read(source: Source, options: ReadOptions) -> Iterator[Conversation | SourceError]:
    """Give each conversation, without internal notes and events."""
    for record in jsonio.records(source):
        if isinstance(record, SourceError):
            yield record
            continue
        for value in spread(record.value, "conversations"):
            if isinstance(value, dict):
                turns = list(_turns(value, record.line, options))
                yield built(value.get("id"), turns, source, record.line, _channel(value))


def _turns(value: dict[str, Any], line: int, options: ReadOptions) -> Iterator[Turn]:
    opening = part(value, "source") or part(value, "conversation_message")
    created = opening.get("created_at") or value.get("created_at")
    yield from _turn(opening, created, line, options)
    parts = value.get("conversation_parts")
    entries = parts if isinstance(parts, list) else part(value, "conversation_parts").get("conversation_parts")
    for entry in entries if isinstance(entries, list) else []:
        if isinstance(entry, dict) and entry.get("part_type") != "note":
            yield from _turn(entry, entry.get("created_at"), line, options)


def _turn(entry: dict[str, Any], created: object, line: int, options: ReadOptions) -> Iterator[Turn]:
    text = plain(said(entry.get("body")))
    if not text.strip():
        return
    author = part(entry, "author")
    kind = author.get("type")
    role = _AUTHORS.get(kind, "unknown") if isinstance(kind, str) else "unknown"
    name = said(author.get("name")) or author.get("id")
    yield message(
        None, with_role(role, (author.get("name"), author.get("id")), options), text, created, line, name
    ).turn


def _channel(value: dict[str, Any]) -> Channel | None:
    kind = part(value, "source").get("type")
    return (
        "email" if kind == "email" else "phone" if kind in ("phone_call", "phone_switch") else "chat" if kind else None
    )
