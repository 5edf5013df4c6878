"""The neutral chat form of ChatLab: members and messages in one object, or one of each a line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cscheck.conversation import Conversation, Role, Turn
from cscheck.errors import SourceError
from cscheck.sources import jsonio
from cscheck.sources.messages import built, message, part, said, with_role
from cscheck.sources.options import ReadOptions
from cscheck.sources.roles import role_of
from cscheck.sources.source import Source

NAME = "chatlab"
SUFFIXES: tuple[str, ...] = jsonio.SUFFIXES

_TEXT, _SYSTEM, _RECALL = 0, 80, 81


def sniff(source: Source) -> int:
    """Look for the chatlab header."""
    return 9 if "chatlab" in jsonio.keys(source) else 0


def read(source: Source, options: ReadOptions) -> Iterator[Conversation | SourceError]:
    """Give the one conversation of the file."""
    members: dict[str, str] = {}
    turns: list[Turn] = []
    title: object = None
    for record in jsonio.records(source):
        if isinstance(record, SourceError):
            yield record
            continue
        value = record.value
        title = title or part(value, "meta").get("name")
        for member in _objects(value, "members", "member"):
            members[str(member.get("platformId"))] = said(member.get("groupNickname")) or said(
                member.get("accountName")
            )
        for entry in _objects(value, "messages", "message"):
            turns.extend(_turn(entry, members, record.line, options))
    yield built(title, turns, source, 1, "chat")


def _objects(value: dict[str, Any], plural: str, kind: str) -> list[dict[str, Any]]:
    found = value.get(plural)
    if isinstance(found, list):
        return [entry for entry in found if isinstance(entry, dict)]
    return [value] if value.get("_type") == kind else []


def _turn(entry: dict[str, Any], members: dict[str, str], line: int, options: ReadOptions) -> Iterator[Turn]:
    sender = said(entry.get("sender"))
    name = said(entry.get("accountName")) or members.get(sender) or sender
    kind, text = entry.get("type", _TEXT), said(entry.get("content"))
    role: Role = with_role(role_of(name, options.roles), (sender, name), options)
    if kind in (_SYSTEM, _RECALL):
        role = "system"
    elif kind != _TEXT:
        role, text = "system", text or "[非文字消息]"
    if text:
        yield message(None, role, text, entry.get("timestamp"), line, name).turn
