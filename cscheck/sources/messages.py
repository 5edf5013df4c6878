"""What the platform formats share: single messages gathered into conversations, values checked as they come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from cscheck.conversation import Channel, Conversation, Role, Turn
from cscheck.errors import Place, SourceError
from cscheck.sources.options import ReadOptions
from cscheck.sources.roles import role_of
from cscheck.sources.source import Source
from cscheck.sources.times import in_order, time_of


@dataclass(frozen=True, slots=True)
class Message:
    """One turn, and the key of the conversation it belongs to."""

    key: str
    turn: Turn


def message(key: object, role: Role, text: str, time: object, line: int | None, speaker: object = None) -> Message:
    """Build a message from values as JSON gives them."""
    seconds, stamp = time_of(time)
    name = None if speaker in (None, "") else str(speaker)
    return Message("" if key is None else str(key), Turn(role, text, seconds, None, stamp, name, line))


def gather(
    items: Iterable[Message | SourceError], source: Source, channel: Channel | None
) -> Iterator[Conversation | SourceError]:
    """Give problems at once and, at the end, a conversation for each key in the order they were first seen."""
    turns: dict[str, list[Turn]] = {}
    broken = False
    for item in items:
        if isinstance(item, SourceError):
            broken = True
            yield item
        else:
            turns.setdefault(item.key, []).append(item.turn)
    if not turns and not broken:
        yield nothing_said(source)
    for key, said in turns.items():
        yield Conversation(key, in_order(said), source.path, channel, line=said[0].line)


def built(
    id: object,  # noqa: A002
    turns: Iterable[Turn],
    source: Source,
    line: int,
    channel: Channel | None,
) -> Conversation | SourceError:
    """Give one conversation in the order of its times, or say that nothing is said in it."""
    said = in_order(list(turns))
    if not said:
        return nothing_said(source, line)
    return Conversation("" if id is None else str(id), said, source.path, channel, line=line)


def nothing_said(source: Source, line: int | None = None) -> SourceError:
    """Say that a file has the right shape and no message."""
    return SourceError("格式认得，但里面没有一条可读的消息。", Place(source.path, line))


def with_role(known: Role, names: Iterable[object], options: ReadOptions) -> Role:
    """Give the user's own role for a name or id before the one the format tells."""
    for name in names:
        if name not in (None, "") and options.roles:
            mapped = role_of(str(name), options.roles)
            if mapped != role_of(str(name)):
                return mapped
    return known


def spread(value: dict[str, Any], *names: str) -> list[Any]:
    """Give the list kept under the first of the names that holds one, or the value itself as the only item."""
    for name in names:
        if isinstance(value.get(name), list):
            return list(value[name])
    return [value]


def part(value: object, name: str) -> dict[str, Any]:
    """Give the object under a name, or an empty one."""
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def said(value: object) -> str:
    """Give a text value, empty when it is none."""
    return value if isinstance(value, str) else ""


def speaker_turns(turns: Iterable[Turn], options: ReadOptions) -> Iterator[Turn]:
    """Give speakers of a recording the role the user named: a cluster number by itself tells none."""
    for turn in turns:
        label = turn.speaker or ""
        number = label.lower().removeprefix("speaker_").removeprefix("spk").removeprefix("说话人").lstrip("_ ")
        names = (label, number, number.lstrip("0") or "0", f"spk{number}") if number else (label,)
        mapped = next((options.roles[name] for name in names if name in options.roles), None)
        yield replace(turn, role=mapped or turn.role)
