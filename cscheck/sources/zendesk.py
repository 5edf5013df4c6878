"""Comments of Zendesk tickets; roles come from the users and the requester that go with them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cscheck.conversation import Channel, Conversation, Role, Turn
from cscheck.errors import SourceError
from cscheck.sources import jsonio
from cscheck.sources.markup import plain
from cscheck.sources.messages import built, message, part, said, with_role
from cscheck.sources.options import ReadOptions
from cscheck.sources.source import Source

NAME = "zendesk"
SUFFIXES: tuple[str, ...] = jsonio.SUFFIXES

_ROLES: dict[object, Role] = {"end-user": "customer", "agent": "agent", "admin": "agent"}
_CHANNELS: dict[object, Channel] = {
    "email": "email", "voice": "phone", "chat": "chat", "native_messaging": "chat", "whatsapp": "chat",
}  # fmt: skip


def sniff(source: Source) -> int:
    """Look for comments with authors."""
    return 8 if {"comments", "author_id"} <= jsonio.keys(source) else 0


def read(source: Source, options: ReadOptions) -> Iterator[Conversation | SourceError]:
    """Give a conversation for each ticket, without internal notes."""
    for record in jsonio.records(source):
        if isinstance(record, SourceError):
            yield record
            continue
        value, ticket = record.value, part(record.value, "ticket")
        comments = [entry for entry in _list(value, "comments") or _list(ticket, "comments") if _public(entry)]
        people = _people(value, ticket)
        turns = [_turn(entry, people, record.line, options) for entry in comments]
        id_ = ticket.get("id") or value.get("ticket_id") or value.get("id")
        yield built(id_, [turn for turn in turns if turn.text], source, record.line, _channel(comments))


def _list(value: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = value.get(name)
    return [entry for entry in found if isinstance(entry, dict)] if isinstance(found, list) else []


def _public(entry: dict[str, Any]) -> bool:
    return entry.get("public") is not False


def _people(value: dict[str, Any], ticket: dict[str, Any]) -> dict[str, tuple[Role, str | None]]:
    people: dict[str, tuple[Role, str | None]] = {}
    requester = value.get("requester_id") or ticket.get("requester_id")
    if requester is not None:
        people[str(requester)] = ("customer", None)
    for user in (*_list(value, "users"), *_list(ticket, "users")):
        role = _ROLES.get(user.get("role")) if isinstance(user.get("role"), str) else None
        known = people.get(str(user.get("id")), ("unknown", None))[0]
        people[str(user.get("id"))] = (role or known, said(user.get("name")) or None)
    return people


def _turn(entry: dict[str, Any], people: dict[str, tuple[Role, str | None]], line: int, options: ReadOptions) -> Turn:
    author = entry.get("author_id")
    role, name = people.get(str(author), ("unknown", None))
    body = said(entry.get("plain_body")) or said(entry.get("html_body")) or said(entry.get("body"))
    role = with_role(role, (author, name), options)
    return message(None, role, plain(body), entry.get("created_at"), line, name or author).turn


def _channel(comments: list[dict[str, Any]]) -> Channel | None:
    for entry in comments:
        if entry.get("type") == "VoiceComment":
            return "phone"
        via = part(entry, "via").get("channel")
        if isinstance(via, str) and via in _CHANNELS:
            return _CHANNELS[via]
    return None
