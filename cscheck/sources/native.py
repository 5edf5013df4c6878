"""The project's own JSON: a conversation an object, as ``docs`` describes it; everything else is read into this."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from cscheck.conversation import CHANNELS, ROLES, SCENES, Agent, Conversation, Turn
from cscheck.errors import Place, SourceError
from cscheck.sources import jsonio
from cscheck.sources.fields import channel_of, scene_of
from cscheck.sources.jsonio import Record, json_type
from cscheck.sources.options import ReadOptions
from cscheck.sources.roles import KnownRoles
from cscheck.sources.source import Source
from cscheck.sources.times import across_midnight, time_of

T = TypeVar("T")

NAME = "native"
SUFFIXES: tuple[str, ...] = jsonio.SUFFIXES
# A turn with so many keys, role and text among them, has nothing else to read.
_PLAIN = 2


def sniff(source: Source) -> int:
    """Score high for an object with turns, and low for any other JSON, whose error is then ours to tell."""
    if "turns" in jsonio.keys(source):
        return 10
    return 1 if jsonio.looks_like_json(source) or source.name.endswith(SUFFIXES) else 0


def read(source: Source, options: ReadOptions) -> Iterator[Conversation | SourceError]:
    """Give each conversation, or what is wrong with it."""
    return conversations(jsonio.records(source), source.path, options)


def conversations(
    records: Iterable[Record | SourceError], path: str, options: ReadOptions
) -> Iterator[Conversation | SourceError]:
    """Build conversations from objects; those without an id get none here."""
    roles = KnownRoles(options.roles)
    for record in records:
        if isinstance(record, SourceError):
            yield record
            continue
        for value in _unfold(record):
            try:
                yield conversation(value, path, record.line, options, roles)
            except SourceError as error:
                yield error


def conversation(
    value: object, path: str, line: int | None, options: ReadOptions, roles: KnownRoles | None = None
) -> Conversation:
    """Build one conversation from its object, strictly; ``roles`` may go from one to the next."""
    place = Place(path, line)
    roles = KnownRoles(options.roles) if roles is None else roles
    if not isinstance(value, dict):
        raise SourceError(f"一段对话应是 JSON 对象，不是{json_type(value)}。", place)
    turns = value.get("turns")
    if not isinstance(turns, list):
        seen = "、".join(str(key) for key in list(value)[:8]) or "（无）"
        raise SourceError(f"缺少数组 turns；这个对象里的字段是：{seen}。", place)
    if not turns:
        raise SourceError("turns 是空的，没有可检查的话。", place)
    agent = _typed(value, "agent", dict, place) or {}
    return Conversation(
        id=_text(value, "id", place) or "",
        turns=_turns(turns, place, roles),
        path=path,
        channel=_choice(value, "channel", channel_of, CHANNELS, place),
        scene=_choice(value, "scene", scene_of, SCENES, place),
        complete=_typed(value, "complete", bool, place) is not False,
        agent=Agent(_text(agent, "id", place), _text(agent, "name", place), _text(agent, "team", place)),
        meta=_typed(value, "meta", dict, place) or {},
        line=line,
    )


def to_json(conversation: Conversation) -> dict[str, Any]:
    """Give the object that reads back as the same conversation."""
    agent = {key: getattr(conversation.agent, key) for key in ("id", "name", "team")}
    fields = {
        "id": conversation.id,
        "channel": conversation.channel,
        "scene": conversation.scene,
        "complete": conversation.complete,
        "agent": {key: value for key, value in agent.items() if value is not None} or None,
        "turns": [_turn_json(turn) for turn in conversation.turns],
        "meta": dict(conversation.meta) or None,
    }
    return {key: value for key, value in fields.items() if value is not None}


def _turn_json(turn: Turn) -> dict[str, Any]:
    fields = {
        "role": turn.role,
        "text": turn.text,
        "time": turn.stamp if turn.stamp is not None else turn.time,
        "end_time": turn.end_time,
        "speaker": turn.speaker,
    }
    return {key: value for key, value in fields.items() if value is not None}


def _unfold(record: Record) -> Iterator[Any]:
    inner = record.value.get("conversations")
    if isinstance(inner, list) and "turns" not in record.value:
        yield from inner
    else:
        yield record.value


def _turns(values: list[Any], place: Place, roles: KnownRoles) -> tuple[Turn, ...]:
    """Build the turns: at once where only a known label and a text are given, strictly otherwise."""
    line = place.line
    turns = []
    is_timed = False
    for number, value in enumerate(values):
        try:
            role, text = roles[value["role"]], value["text"]
            is_plain = len(value) == _PLAIN and type(text) is str
        except (KeyError, TypeError):
            is_plain = False
        if is_plain:
            turns.append(Turn(role, text, None, None, None, None, line))
        else:
            turn = _turn(value, number, place, roles)
            turns.append(turn)
            is_timed = is_timed or turn.time is not None
    return across_midnight(turns) if is_timed else tuple(turns)


def _turn(value: object, number: int, place: Place, roles: KnownRoles) -> Turn:
    where = f"turns[{number}]"
    if not isinstance(value, dict):
        raise SourceError(f"{where} 应是对象，不是{json_type(value)}。", place)
    label, text = value.get("role"), value.get("text")
    if not isinstance(label, str):
        raise SourceError(f"{where} 的 role 应是字符串，不是{json_type(label)}。", place, allowed="、".join(ROLES))
    try:
        role = roles[label]
    except KeyError:
        raise SourceError(f"{where} 的 role“{label}”不认识。", place, allowed="、".join(ROLES)) from None
    if not isinstance(text, str):
        raise SourceError(f"{where} 的 text 应是字符串，不是{json_type(text)}。", place)
    time, stamp = time_of(value.get("time"))
    if time is None and value.get("time") not in (None, ""):
        raise SourceError(f"{where} 的 time 读不懂。", place, allowed="ISO 8601（2026-03-01T09:00:05），或秒数")
    end = time_of(value.get("end_time"))[0] if "end_time" in value else None
    return Turn(role, text, time, end, stamp, _text(value, "speaker", place), place.line)


def _text(value: dict[str, Any], key: str, place: Place) -> str | None:
    found = value.get(key)
    if isinstance(found, int) and not isinstance(found, bool):
        return str(found)
    return _typed(value, key, str, place)


def _typed(value: dict[str, Any], key: str, kind: type[T], place: Place) -> T | None:
    found = value.get(key)
    if found is None or isinstance(found, kind):
        return found
    name = {"str": "字符串", "bool": "true 或 false", "dict": "对象"}[kind.__name__]
    raise SourceError(f"{key} 应是{name}，不是{json_type(found)}。", place)


def _choice(
    value: dict[str, Any], key: str, known: Callable[[str], T | None], allowed: Sequence[str], place: Place
) -> T | None:
    word = _typed(value, key, str, place)
    if word is None:
        return None
    found = known(word)
    if found is None:
        raise SourceError(f"{key}“{word}”不认识。", place, allowed="、".join(allowed))
    return found
