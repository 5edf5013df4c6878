"""The chat archive of 企业微信: one message an object, who serves told by the form of the ids."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cscheck.conversation import Conversation, Role
from cscheck.errors import SourceError
from cscheck.sources import jsonio
from cscheck.sources.jsonio import Record
from cscheck.sources.messages import Message, gather, message, part, said, spread, with_role
from cscheck.sources.options import ReadOptions
from cscheck.sources.source import Source

NAME = "wecom"
SUFFIXES: tuple[str, ...] = jsonio.SUFFIXES

_KINDS = {
    "image": "图片", "voice": "语音", "video": "视频", "file": "文件", "link": "链接", "emotion": "表情",
    "card": "名片", "location": "位置", "weapp": "小程序", "redpacket": "红包",
}  # fmt: skip


def sniff(source: Source) -> int:
    """Look for messages with msgid, msgtype and tolist."""
    return 8 if {"msgid", "msgtype", "from"} <= jsonio.keys(source) else 0


def read(source: Source, options: ReadOptions) -> Iterator[Conversation | SourceError]:
    """Give a conversation for each group room and each pair of people."""
    entries: list[tuple[dict[str, Any], int]] = []
    for record in jsonio.records(source):
        if isinstance(record, SourceError):
            yield record
        else:
            entries.extend(_entries(record))
    # A message taken back was not said in the end; its recall names it, or stays as a notice.
    taken_back = {_recalled(entry) for entry, _ in entries} - {""}
    known = {said(entry.get("msgid")) for entry, _ in entries}
    kept = (
        _message(entry, line, options)
        for entry, line in entries
        if said(entry.get("msgid")) not in taken_back
        and _recalled(entry) not in known - {""}
        and entry.get("action") != "switch"
    )
    yield from gather(kept, source, "chat")


def _entries(record: Record) -> Iterator[tuple[dict[str, Any], int]]:
    for entry in spread(record.value, "chatdata", "messages", "data"):
        if isinstance(entry, dict):
            yield entry, record.line


def _recalled(entry: dict[str, Any]) -> str:
    if entry.get("action") == "recall" or entry.get("msgtype") == "revoke":
        return said(part(entry, "revoke").get("pre_msgid")) or said(entry.get("pre_msgid"))
    return ""


def _message(entry: dict[str, Any], line: int, options: ReadOptions) -> Message:
    sender = str(entry.get("from", ""))
    role = with_role(_role(sender), (sender,), options)
    kind = said(entry.get("msgtype"))
    if entry.get("action") == "recall" or kind == "revoke":
        role, text = "system", "撤回了一条消息"
    else:
        text = _text(entry, kind)
        if not text:
            role, text = "system", f"[{_KINDS.get(kind, kind or '消息')}]"
    return message(_key(entry, sender), role, text, entry.get("msgtime"), line, sender)


def _key(entry: dict[str, Any], sender: str) -> str:
    if said(entry.get("roomid")):
        return str(entry["roomid"])
    to = entry.get("tolist")
    other = str(to[0]) if isinstance(to, list) and to else ""
    return "+".join(sorted({sender, other} - {""}))


def _text(entry: dict[str, Any], kind: str) -> str:
    if kind == "mixed":
        items = part(entry, "mixed").get("item")
        pieces = [
            said(item.get("content")) for item in items or [] if isinstance(item, dict) and item.get("type") == "text"
        ]
        return "\n".join(pieces)
    if kind in ("text", "markdown"):
        return said(part(entry, kind).get("content")) or said(entry.get("content"))
    return ""


def _role(sender: str) -> Role:
    if sender.startswith(("wo", "wm")):
        return "customer"
    return "bot" if sender.startswith("wb") else "agent" if sender else "unknown"
