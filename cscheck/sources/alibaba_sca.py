"""Tickets as Alibaba's conversation analysis takes them: dialogue with words and millisecond offsets."""

from __future__ import annotations

from collections.abc import Iterator

from cscheck.conversation import Agent, Channel, Conversation, Turn
from cscheck.errors import SourceError
from cscheck.sources import jsonio
from cscheck.sources.messages import built, said, spread
from cscheck.sources.options import ReadOptions
from cscheck.sources.roles import role_of
from cscheck.sources.source import Source
from cscheck.sources.times import milliseconds

NAME = "alibaba-sca"
SUFFIXES: tuple[str, ...] = jsonio.SUFFIXES


def sniff(source: Source) -> int:
    """Look for a dialogue of words."""
    return 8 if {"dialogue", "words"} <= jsonio.keys(source) else 0


def read(source: Source, options: ReadOptions) -> Iterator[Conversation | SourceError]:
    """Give a conversation for each ticket."""
    for record in jsonio.records(source):
        if isinstance(record, SourceError):
            yield record
            continue
        for ticket in spread(record.value, "tickets"):
            if isinstance(ticket, dict):
                yield _ticket(ticket, record.line, source, options)


def _ticket(ticket: dict[str, object], line: int, source: Source, options: ReadOptions) -> Conversation | SourceError:
    entries = ticket.get("dialogue")
    turns = []
    agent: Agent = Agent()
    # ``optional`` tells typed chat (0) from recognised speech (1) in older tickets.
    channel: Channel = "phone" if ticket.get("optional", 1) in (1, "1") else "chat"
    for entry in entries if isinstance(entries, list) else []:
        if not isinstance(entry, dict) or not said(entry.get("words")):
            continue
        identity = entry.get("identity")
        role = role_of(str(entry.get("role", "")), options.roles)
        begin, end = milliseconds(entry.get("begin")), milliseconds(entry.get("end"))
        name = None if identity is None else str(identity)
        stamp = None if begin is None else str(entry["begin"])
        if role == "agent" and agent.id is None:
            agent = Agent(name)
        turns.append(Turn(role, entry["words"], begin, end, stamp, name or said(entry.get("role")) or None, line))
    found = built(ticket.get("tid"), turns, source, line, channel)
    return found if isinstance(found, SourceError) else _served_by(found, agent)


def _served_by(found: Conversation, agent: Agent) -> Conversation:
    return Conversation(found.id, found.turns, found.path, found.channel, agent=agent, line=found.line)
