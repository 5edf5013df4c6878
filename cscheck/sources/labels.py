"""How one line of plain text can open a turn: a label and a colon, a label in brackets, a name with a time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from cscheck.conversation import Role
from cscheck.sources.roles import is_field, role_of
from cscheck.sources.times import TIME

_NAME = r"[^:：\n]{1,40}?|[^\s：:]{1,20}店:[^\s:：]{1,12}"
_SHUT = r"\s*[\])）】]"
_FRONT = re.compile(
    rf"\s*(?P<open>[\[(（【])?\s*(?P<start>{TIME})(?:\s*(?:-->|->|[-~–—至])\s*(?P<end>{TIME}))?(?(open){_SHUT})[\s,，|]*"
)
_NAMED = re.compile(
    rf"\s*(?P<name>{_NAME})(?P<gap>\s*)(?P<open>[\[(（【])?\s*(?P<start>{TIME})(?(open){_SHUT})\s*(?P<rest>[:：]\s*(?P<text>.*))?"
)
_COLON = re.compile(r"\s*(?P<name>[^:：\t]{1,40}?)(?:\s*[:：]|\t)\s*(?P<text>.*)")
_BRACKET = re.compile(r"\s*(?P<name>【[^】]{1,16}】|\[[^\]]{1,16}\]|<[^>]{1,16}>|《[^》]{1,16}》)\s*(?P<text>.*)")
_BOLD = re.compile(r"\s*\*\*(?P<name>[^*：:]{1,20})(?:\*\*\s*[:：]|[:：]\s*\*\*)\s*(?P<text>.*)")
_BULLET = re.compile(r"\s*(?:[-*•>]\s+|\d{1,3}[.、)]\s*)")
_ARROW = re.compile(r"\s*(?P<name>[^\s].{0,39}?)\s*(?:->|→|=>)\s*[^\s].{0,39}")
_ACCOUNT = re.compile(r"\s*(?:\(\d{4,12}\)|<[^<>\s]+@[^<>\s]+>)\s*[:：]?\s*$")
_SENTENCE = re.compile(r"[，。！？；、“”‘’…~～,!?;\"'#@=|]|//")
_DATED = re.compile(r"\d{4}\s*[-/.年]")
_BEHIND = re.compile(
    rf"\s*(?:[\[(（【]\s*(?P<a>{TIME}){_SHUT}|\s(?P<b>\d{{4}}[-/.年]\S+\s+\d{{1,2}}:\d{{2}}(?::\d{{2}})?))\s*$"
)

# Who speaks is told early in a line; the patterns are not run over a whole book.
_LONGEST = 400

Shape = Literal["label", "header"]


@dataclass(frozen=True, slots=True)
class Head:
    """The opening of a turn: who, with which times, and what follows on the same line."""

    label: str
    role: Role
    text: str
    shape: Shape = "label"
    stamp: str | None = None
    end_stamp: str | None = None
    bracketed: bool = False


def head(line: str, roles: Mapping[str, Role]) -> Head | None:
    """Read a line as the opening of a turn, or give None; whether it is one, its neighbours decide."""
    if not line.strip():
        return None
    if len(line) > _LONGEST:
        found = head(line[:_LONGEST], roles)
        return replace(found, text=found.text + line[_LONGEST:]) if found and found.text else None
    found = _read(line, roles)
    if found is None or found.role == "unknown":
        bare = _BULLET.sub("", line, count=1)
        listed = _read(bare, roles) if bare != line else None
        if listed is not None and listed.role != "unknown":
            return listed
    return found


def behind(text: str) -> re.Match[str] | None:
    """Find a time that stands behind what was said."""
    return _BEHIND.search(text, max(0, len(text) - 80))


def lone_stamp(line: str) -> str | None:
    """Give the stamp of a line that holds nothing else."""
    found = _FRONT.fullmatch(line)
    return found["start"].strip() if found and not found["end"] else None


def is_name(text: str, roles: Mapping[str, Role], *, longest: int = 30) -> bool:
    """Tell whether a stretch of text can be somebody's name or label."""
    text = text.strip()
    if not text or len(text) > longest or _SENTENCE.search(text) or not re.search(r"[^\W\d_]", text):
        return False
    return not is_field(text) or role_of(text, roles) != role_of(text)


def _read(line: str, roles: Mapping[str, Role]) -> Head | None:
    front = _FRONT.match(line)
    if front:
        rest = line[front.end() :]
        opened = _label(rest, roles) or _header(rest, roles, longest=_longest(front["start"]))
        if opened is None:
            return None
        return _stamped(opened, front["start"], front["end"], bracketed=bool(front["open"]))
    named = _NAMED.fullmatch(line)
    if named and (named["gap"] or named["open"] or _DATED.match(named["start"].strip())):
        name = _ACCOUNT.sub("", _arrow(named["name"]))
        if is_name(name, roles, longest=_longest(named["start"])):
            opened = _head(name, named["text"] or "", roles, "label" if named["text"] else "header")
            return _stamped(opened, named["start"], None, bracketed=bool(named["open"]))
    return _label(line, roles)


def _label(line: str, roles: Mapping[str, Role]) -> Head | None:
    bracket = _BRACKET.fullmatch(line)
    if bracket and role_of(bracket["name"], roles) != "unknown" and is_name(bracket["name"][1:-1], roles):
        return _head(bracket["name"][1:-1], bracket["text"].removeprefix("：").removeprefix(":").lstrip(), roles)
    found = _BOLD.fullmatch(line) or _COLON.fullmatch(line)
    if found is None or found["text"].startswith("//") or not is_name(found["name"], roles, longest=20):
        return None
    return _head(found["name"], found["text"], roles)


def _header(rest: str, roles: Mapping[str, Role], *, longest: int) -> Head | None:
    name = _ACCOUNT.sub("", _arrow(rest)).strip()
    if not is_name(name, roles, longest=longest):
        return None
    return _head(name, "", roles, "header")


def _longest(stamp: str) -> int:
    """Give how long a name may be beside a stamp: one with a date is hardly chance."""
    return 30 if _DATED.match(stamp.strip()) else 12


def _arrow(text: str) -> str:
    found = _ARROW.fullmatch(text)
    return found["name"] if found else text


def _head(name: str, text: str, roles: Mapping[str, Role], shape: Shape = "label") -> Head:
    return Head(name.strip(), role_of(name, roles), text, shape)


def _stamped(opened: Head, start: str, end: str | None, *, bracketed: bool) -> Head:
    ends = end.strip() if end else None
    return replace(opened, stamp=start.strip(), end_stamp=ends, bracketed=bracketed)
