"""Rows into conversations: one turn a row, columns known by their headers or named by the user."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from cscheck.conversation import Agent, Channel, Conversation, Role, Scene, Turn
from cscheck.errors import Place, SourceError
from cscheck.sources.fields import RECORD_HEADERS, channel_of, complete_of, record_entry, scene_of
from cscheck.sources.options import ReadOptions
from cscheck.sources.roles import role_of
from cscheck.sources.times import in_order, parse_time

_HEADERS = {
    "id": "会话id 会话编号 会话号 会话 对话id 对话编号 通话id 通话编号 工单号 工单编号 "
    "conversationid conversation sessionid session ticketid callid chatid dialogueid dialogid",
    "role": "角色 发送方 发送者类型 发送方类型 发送人类型 发送者角色 消息方向 说话人角色 说话角色 身份 "
    "role sendertype speakerrole from direction",
    "speaker": "昵称 发送人 发送者 发言人 说话人 发送人昵称 发送者昵称 姓名 "
    "speaker name sender sendername nickname author",
    "text": "内容 消息内容 消息 文本 话术 聊天内容 对话内容 发送内容 发言内容 消息文本 "
    "text content message words utterance body",
    "time": "时间 发送时间 消息时间 开始时间 发言时间 创建时间 "
    "timestamp time sendtime createdat datetime date start starttime",
    "end_time": "结束时间 end endtime",
    "channel": "渠道 来源渠道 channel",
    "scene": "场景 业务场景 scene",
    "complete": "完整 是否完整 complete",
    "agent": "坐席 座席 客服 客服id 客服工号 坐席工号 座席工号 坐席id 工号 agent agentid",
    "agent_name": "客服姓名 坐席姓名 座席姓名 客服昵称 agentname",
    "team": "班组 组别 客服组 技能组 team agentteam",
    **RECORD_HEADERS,
}
FIELDS = tuple(_HEADERS)
_BY_HEADER = {header: field_ for field_, headers in _HEADERS.items() for header in headers.split()}


@dataclass(slots=True)
class _Group:
    line: int
    turns: list[Turn] = field(default_factory=list)
    channel: Channel | None = None
    scene: Scene | None = None
    complete: bool = True
    agent: Agent = field(default_factory=Agent)
    meta: dict[str, str] = field(default_factory=dict)


def columns_of(header: Sequence[str]) -> dict[str, int]:
    """Find our fields among the headers."""
    found: dict[str, int] = {}
    for number, name in enumerate(header):
        known = _BY_HEADER.get(_key(name))
        if known is not None:
            found.setdefault(known, number)
    return found


def conversations(
    rows: Iterable[tuple[int, Sequence[str]]], path: str, options: ReadOptions
) -> Iterator[Conversation | SourceError]:
    """Read the header row and every row below; ``rows`` come with their line numbers."""
    found = iter(rows)
    line, header = next(((line, row) for line, row in found if any(cell.strip() for cell in row)), (1, ()))
    columns = _columns(header, Place(path, line), options)
    groups: dict[str, _Group] = {}
    key = ""
    for at, row in found:
        cells = {name: row[number].strip() if number < len(row) else "" for name, number in columns.items()}
        # A merged cell is filled in its first row only.
        key = cells.get("id") or key
        if cells["text"]:
            _add(groups.setdefault(key, _Group(at)), cells, row[columns["text"]], at, options)
    if not groups:
        yield SourceError("表格里没有一行对话。", Place(path, line))
    for id_, group in groups.items():
        turns = in_order(group.turns)
        yield Conversation(
            id_, turns, path, group.channel, group.scene, group.complete, group.agent, group.meta, group.line
        )


def _columns(header: Sequence[str], place: Place, options: ReadOptions) -> dict[str, int]:
    seen = "、".join(name.strip() for name in header if name.strip()) or "（空）"
    columns = columns_of(header)
    keys = [_key(name) for name in header]
    for name, wanted in options.columns.items():
        if name not in FIELDS:
            raise SourceError(f"没有“{name}”这个字段。", place, allowed="、".join(FIELDS))
        if _key(wanted) not in keys:
            raise SourceError(f"表头里没有“{wanted}”这一列。", place, allowed=seen)
        number = keys.index(_key(wanted))
        columns = {other: at for other, at in columns.items() if at != number} | {name: number}
    if "text" not in columns:
        raise SourceError(f"找不到写着内容的列，请用 --column text=表头 指定；表头有：{seen}。", place)
    if "role" not in columns and "speaker" not in columns:
        raise SourceError(f"找不到写着谁在说话的列，请用 --column role=表头 指定；表头有：{seen}。", place)
    return columns


def _add(group: _Group, cells: dict[str, str], text: str, line: int, options: ReadOptions) -> None:
    role: Role = "unknown"
    for name in ("role", "speaker"):
        if role == "unknown" and cells.get(name):
            role = role_of(cells[name], options.roles)
    stamp = cells.get("time") or None
    group.turns.append(
        Turn(
            role,
            text.strip("\r\n"),
            parse_time(stamp) if stamp else None,
            parse_time(cells["end_time"]) if cells.get("end_time") else None,
            stamp,
            cells.get("speaker") or cells.get("role") or None,
            line,
        )
    )
    group.channel = group.channel or channel_of(cells.get("channel", ""))
    group.scene = group.scene or scene_of(cells.get("scene", ""))
    if complete_of(cells.get("complete", "")) is False:
        group.complete = False
    for name in RECORD_HEADERS:
        if cells.get(name) and (entry := record_entry(name, cells[name])):
            group.meta.setdefault(*entry)
    now = group.agent
    group.agent = Agent(
        now.id or cells.get("agent") or None,
        now.name or cells.get("agent_name") or None,
        now.team or cells.get("team") or None,
    )


def _key(name: str) -> str:
    return re.sub(r"[\s_\-（）()*:：\ufeff]", "", unicodedata.normalize("NFKC", name)).casefold()
