"""Plain text: 客服：… and 客户：…, or names with times, as people copy them out of chats and write them down."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cscheck.conversation import Conversation
from cscheck.errors import SourceError
from cscheck.sources.blocks import Block
from cscheck.sources.labels import Head, head, lone_stamp
from cscheck.sources.options import ReadOptions
from cscheck.sources.source import Source
from cscheck.sources.style import Style, style_of

NAME = "text"
SUFFIXES = (".txt", ".log", ".md", ".text")

_NEWLINE = re.compile(r"\r\n|\r|\n")
_RULE = re.compile(r"\s*(?:-{3,}|={3,}|\*{3,}|_{3,}|[─—━＝－]{3,})\s*")
_TITLE = re.compile(r"#{1,6}\s+(?P<title>\S.*?)\s*#*|【(?P<title2>(?:会话|对话|通话)[^】]{0,40})】\s*")
_ID = re.compile(
    r"\s*(?:会话|对话|通话|工单|conversation|session|call|chat)[ _-]?(?:ID|编号|号|流水号)\s*[:：]\s*(?P<id>\S+)\s*", re.I
)
_STATUS = re.compile(r"\s*(?:对方)?[\[(（【]?(?:已读|未读|发送中|已送达|送达|已发送|发送失败)[\])）】]?\s*")
_RECALL = re.compile(r"\s*.{0,30}撤回了?(?:一条|了一条)?消息.{0,20}")
_DATE_RULE = re.compile(r"[\s─—━=-]*\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?(?:\s*星期.)?[\s─—━=-]*")


def sniff(source: Source) -> int:
    """Score any text low: it is what remains when no other format knows it."""
    if source.encoding is None:
        return 0
    return 2 if source.name.endswith(SUFFIXES) else 1


def read(source: Source, options: ReadOptions) -> Iterator[Conversation | SourceError]:
    """Give each conversation of the text."""
    yield from _conversations(source.text(), source.stem, source.path, options, 1)


def parse_text(
    text: str, id: str, path: str, options: ReadOptions | None = None, first_line: int = 1  # noqa: A002
) -> list[Conversation]:
    """Read a text that is at hand; ``first_line`` is its place in ``path``."""
    found = []
    for item in _conversations(text, id, path, options or ReadOptions(), first_line):
        if isinstance(item, SourceError):
            raise item
        found.append(item)
    return found


def _conversations(
    text: str, stem: str, path: str, options: ReadOptions, first_line: int
) -> Iterator[Conversation | SourceError]:
    lines = _NEWLINE.split(text)
    style = style_of(lines, [head(line, options.roles) for line in lines], options.roles)
    count = 0
    for block in _blocks(lines, style, first_line):
        found = block.conversation(stem if count == 0 else f"{stem}#{count + 1}", path, options)
        count += isinstance(found, Conversation)
        yield found


def _blocks(lines: list[str], style: Style, first_line: int) -> Iterator[Block]:
    """Cut the lines into conversations and put every line where it belongs."""
    block = Block(first_line)
    some = False
    for number, line in enumerate(lines):
        at = first_line + number
        if _RULE.fullmatch(line) or _opens(line, block):
            if block.turns or (block.stray and not block.named):
                some = True
                yield block
                block = Block(at)
            block.name(line, _TITLE.fullmatch(line), _ID.fullmatch(line))
        else:
            _place(line, number, at, lines, style, block)
    if block.turns or block.stray or not some:
        yield block


def _opens(line: str, block: Block) -> bool:
    return bool(_TITLE.fullmatch(line) or _ID.fullmatch(line))


def _place(line: str, number: int, at: int, lines: list[str], style: Style, block: Block) -> None:
    opening = style.opening(number)
    stamp = lone_stamp(line)
    if style.names_above_times and _stamp_below(lines, number, style):
        block.open(Head(line.strip(), style.role_of_name(line), "", "header"), at, style)
    elif _STATUS.fullmatch(line) or _DATE_RULE.fullmatch(line):
        return
    elif _RECALL.fullmatch(line) and opening is None:
        block.notice(line.strip(), at)
    elif not block.turns and block.setting(line, opening):
        return
    elif opening is not None:
        block.open(opening, at, style)
    elif stamp and (style.names_above_times or _before_opening(number, style)):
        block.stamp(stamp, "[" in line)
    else:
        block.add(line, at)
