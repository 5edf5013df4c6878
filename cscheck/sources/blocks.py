"""One conversation of a plain text while its lines come in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from cscheck.conversation import Agent, Channel, Conversation, Role, Scene, Turn
from cscheck.errors import Place, SourceError
from cscheck.sources.fields import channel_of, complete_of, record_entry, scene_of
from cscheck.sources.labels import Head, behind
from cscheck.sources.options import ReadOptions
from cscheck.sources.roles import is_field
from cscheck.sources.style import Style
from cscheck.sources.times import across_midnight, parse_time

_SETTING = re.compile(r"\s*(?:[-*•>]\s+)?(?P<key>[^:：]{1,20}?)\s*[:：]\s*(?P<value>\S.*?)\s*")
_AGENT = re.compile(r"(?:客服|坐席|座席)?(?P<what>工号|姓名|班组|编号)|agent[_ ]?(?P<en>id|name|team)", re.I)
_AGENT_FIELDS = {"工号": "id", "编号": "id", "姓名": "name", "班组": "team"}
_TITLE_ID = re.compile(r"(?:会话|对话|通话|案例|case|conversation|session)\s*[:：#]?\s*[\w-]+", re.I)
_TWO_PARTS = re.compile(r"(\d{1,3})[:：]\d{2}")


@dataclass(slots=True)
class _Open:
    """A turn that may still get lines."""

    role: Role
    speaker: str | None
    lines: list[str]
    line: int
    head: Head | None = None


@dataclass(slots=True)
class Block:
    """What is known so far; ``stray`` holds lines before the first turn that say nothing we know."""

    line: int
    style: Style = field(default_factory=Style)
    turns: list[_Open] = field(default_factory=list)
    stray: list[str] = field(default_factory=list)
    id: str = ""
    channel: Channel | None = None
    scene: Scene | None = None
    complete: bool = True
    agent: Agent = field(default_factory=Agent)
    meta: dict[str, str] = field(default_factory=dict)
    pending: str | None = None

    def entitle(self, title: str) -> None:
        """Take a title, and with it an id where it is one (会话 3)."""
        self.meta["title"] = title
        if _TITLE_ID.fullmatch(title) and not self.id:
            self.id = title

    def setting(self, line: str) -> bool:
        """Take a line such as 渠道：电话 from above the first turn, and tell whether it was one."""
        found = _SETTING.fullmatch(line)
        if found is None or found["value"].startswith("//"):
            return False
        key, value = found["key"].casefold(), found["value"]
        channel, scene, complete = channel_of(value), scene_of(value), complete_of(value)
        agent = _AGENT.fullmatch(key)
        if key in ("渠道", "channel") and channel:
            self.channel = channel
        elif key in ("场景", "scene") and scene:
            self.scene = scene
        elif key in ("完整", "是否完整", "complete") and complete is not None:
            self.complete = complete
        elif entry := record_entry(key, value):
            self.meta[entry[0]] = entry[1]
        elif agent:
            self.agent = _with(self.agent, _AGENT_FIELDS.get(agent["what"]) or agent["en"], value)
        elif is_field(key) or key in ("订单", "工单"):
            self.meta[found["key"]] = value
        else:
            return False
        return True

    def open(self, head: Head, line: int) -> None:
        """Begin a turn."""
        if head.stamp is None and self.pending is not None:
            head = replace(head, stamp=self.pending)
        self.pending = None
        text = head.text
        trailing = behind(text) if self.style.behind and head.stamp is None else None
        if trailing:
            text = text[: trailing.start()]
            head = replace(head, stamp=(trailing["a"] or trailing["b"]).strip())
        self.turns.append(_Open(self.style.role(head), head.label, [text] if text else [], line, head))

    def notice(self, text: str, line: int) -> None:
        """Take a notice of the chat window itself."""
        self.turns.append(_Open("system", None, [text], line))

    def add(self, line: str, at: int) -> None:
        """Add a line to the turn that is open; after a notice, whoever spoke last goes on."""
        if not self.turns:
            if line.strip():
                self.stray.append(line)
            return
        last = self.turns[-1]
        speaking = next((turn for turn in reversed(self.turns) if turn.head), None)
        if last.head is None and line.strip() and speaking:
            self.turns.append(_Open(speaking.role, speaking.speaker, [line], at, replace(_bare(speaking), stamp=None)))
        elif last.head is not None:
            if not last.lines:
                last.line = at if line.strip() and last.head.shape == "header" else last.line
            last.lines.append(line)

    def conversation(self, id: str, path: str, options: ReadOptions) -> Conversation | SourceError:  # noqa: A002
        """Give the finished conversation, or say that nobody speaks in it."""
        turns = self._turns(self.channel or options.channel)
        if not turns:
            return SourceError(
                "看不出谁在说话：每句话前面要有“客服：”“客户：”这样的称呼。只检查一段客服的话请用 cscheck draft；"
                "称呼是人名的，请用 --roles 说明；别的格式请用 --input-format 指定。",
                Place(path, self.line),
            )
        if self.stray and "title" not in self.meta:
            self.meta["title"] = self.stray[0].strip()
        return Conversation(
            self.id or id,
            turns,
            path,
            self.channel,
            self.scene,
            self.complete,
            self.agent,
            self.meta,
            self.line,
        )

    def _turns(self, channel: Channel | None) -> tuple[Turn, ...]:
        offsets = self._offsets(channel)
        return across_midnight([turn for entry in self.turns if (turn := _turn(entry, offsets=offsets)) is not None])

    def _offsets(self, channel: Channel | None) -> bool:
        """Tell whether [00:15] counts minutes and seconds of a call rather than hours and minutes of a day."""
        heads = [turn.head for turn in self.turns if turn.head and turn.head.stamp]
        parts = [found for head in heads if (found := _TWO_PARTS.fullmatch(head.stamp or ""))]
        if not parts or len(parts) < len(heads):
            return False
        from_zero = int(parts[0][1]) == 0 and (channel == "phone" or heads[0].bracketed)
        return from_zero or any(int(found[1]) > 23 for found in parts)


def _turn(entry: _Open, *, offsets: bool) -> Turn | None:
    lines = entry.lines
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    while lines and not lines[0].strip():
        lines = lines[1:]
    # A label with nothing after it says nothing.
    if not lines:
        return None
    head = entry.head
    stamp, end = (head.stamp, head.end_stamp) if head else (None, None)
    return Turn(
        entry.role,
        "\n".join(lines).rstrip(),
        _seconds(stamp, offsets=offsets),
        _seconds(end, offsets=offsets),
        stamp,
        entry.speaker,
        entry.line,
    )


def _seconds(stamp: str | None, *, offsets: bool) -> float | None:
    if stamp is None:
        return None
    return parse_time(f"[{stamp}]" if offsets else stamp)


def _bare(turn: _Open) -> Head:
    return turn.head or Head(turn.speaker or "", turn.role, "")


def _with(agent: Agent, key: str, value: str) -> Agent:
    return Agent(
        value if key == "id" else agent.id,
        value if key == "name" else agent.name,
        value if key == "team" else agent.team,
    )
