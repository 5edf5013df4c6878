"""Plain text: 客服：… and 客户：…, or names with times, as people copy them out of chats and write them down."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cscheck.conversation import Conversation
from cscheck.errors import SourceError
from cscheck.sources.blocks import Block
from cscheck.sources.labels import head, lone_stamp
from cscheck.sources.options import ReadOptions
from cscheck.sources.source import Source
from cscheck.sources.style import style_of

NAME = "text"
SUFFIXES: tuple[str, ...] = (".txt", ".log", ".md", ".text")

_NEWLINE = re.compile(r"\r\n|\r|\n")
_RULE = re.compile(r"\s*(?:-{3,}|={3,}|[─—━＝－]{3,})\s*")
_TITLE = re.compile(r"#{1,6}\s+(?P<title>\S.*?)\s*#*|【(?P<title2>(?:会话|对话|通话)[^】]{0,40})】\s*")
_ID = re.compile(
    r"\s*(?:会话|对话|通话|工单|conversation|session|call|chat)[ _-]?(?:ID|编号|号|流水号)\s*[:：]\s*(?P<id>\S+)\s*",
    re.I,
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
    text: str,
    id: str,  # noqa: A002
    path: str,
    options: ReadOptions | None = None,
    first_line: int = 1,
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
    count = 0
    for block in _blocks(_NEWLINE.split(text), options, first_line):
        found = block.conversation(stem if count == 0 else f"{stem}#{count + 1}", path, options)
        count += isinstance(found, Conversation)
        yield found


def _blocks(lines: Sequence[str], options: ReadOptions, first_line: int) -> Iterator[Block]:
    """Give a block for every stretch between separators; one that only sets fields sets them for the next."""
    block = Block(first_line)
    some = False
    for start, end in _stretches(lines):
        name = lines[start - 1] if start else ""
        # A title may stand above the line with the id.
        if block.turns or (block.stray and not (_ID.fullmatch(name) and not block.id)):
            yield block
            some, block = True, Block(first_line + start)
        if title := _TITLE.fullmatch(name):
            block.entitle(title["title"] or title["title2"])
        elif id_line := _ID.fullmatch(name):
            block.id = id_line["id"]
        stretch = lines[start:end]
        block.style = style_of(stretch, [head(line, options.roles) for line in stretch], options.roles)
        for number, line in enumerate(stretch):
            _place(block, line, number, first_line + start + number)
    if block.turns or block.stray or not some:
        yield block


def _stretches(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    start = 0
    for number, line in enumerate(lines):
        if _RULE.fullmatch(line) or _TITLE.fullmatch(line) or _ID.fullmatch(line):
            yield start, number
            start = number + 1
    yield start, len(lines)


def _place(block: Block, line: str, number: int, at: int) -> None:
    opening, stamp = block.style.opening(number), lone_stamp(line)
    if opening is not None and not (_RECALL.fullmatch(line) and opening.role == "unknown"):
        block.open(opening, at)
    elif _STATUS.fullmatch(line) or _DATE_RULE.fullmatch(line):
        return
    elif _RECALL.fullmatch(line):
        block.notice(line.strip(), at)
    elif not block.turns and block.setting(line):
        return
    elif stamp and number in block.style.stamps:
        block.pending = stamp
    else:
        block.add(line, at)
