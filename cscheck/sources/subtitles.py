"""SRT and WebVTT: a turn a cue, who speaks in a voice tag or before a colon."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from cscheck.conversation import Conversation, Turn
from cscheck.errors import Place, SourceError
from cscheck.sources.labels import head
from cscheck.sources.options import ReadOptions
from cscheck.sources.roles import role_of
from cscheck.sources.source import Source
from cscheck.sources.times import parse_time

NAME = "subtitles"
SUFFIXES: tuple[str, ...] = (".srt", ".vtt")

_STAMP = r"(?:\d{1,3}:)?\d{2}:\d{2}[.,]\d{1,3}"
_CUE = re.compile(rf"\s*(?P<start>{_STAMP})\s*-->\s*(?P<end>{_STAMP})(?:\s.*)?")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+(?P<name>[^>]+)>(?P<text>.*?)(?=<v[\s.]|</v>|\Z)", re.DOTALL)
_TAG = re.compile(r"</?(?:[bicuv]|lang|ruby|rt|font)\b[^>]*>|<\d[\d:.]*>|\{\\[^}]*\}")


def sniff(source: Source) -> int:
    """Go by the suffix, or by an arrow between two times."""
    if source.encoding is None:
        return 0
    if source.name.endswith(SUFFIXES):
        return 8
    return 6 if re.search(rf"^{_CUE.pattern}\s*$", source.sample, re.MULTILINE) else 0


def read(source: Source, options: ReadOptions) -> Iterator[Conversation | SourceError]:
    """Give the one conversation of the file."""
    turns = tuple(turn for cue in _cues(source.text()) for turn in _turns(*cue, options))
    if turns:
        yield Conversation("", turns, source.path, line=1)
    else:
        yield SourceError("字幕里没有一句话。", Place(source.path))


def _cues(text: str) -> Iterator[tuple[re.Match[str], int, str]]:
    """Give each cue: its times, the line of its text and the text."""
    lines = re.split(r"\r\n|\r|\n", text)
    for number, line in enumerate(lines):
        cue = _CUE.fullmatch(line)
        if cue:
            end = number + 1
            while end < len(lines) and lines[end].strip() and not _CUE.fullmatch(lines[end]):
                end += 1
            yield cue, number + 2, "\n".join(lines[number + 1 : end])


def _turns(cue: re.Match[str], line: int, text: str, options: ReadOptions) -> Iterator[Turn]:
    start, end = parse_time(cue["start"]), parse_time(cue["end"])
    voices = list(_VOICE.finditer(text))
    for voice in voices:
        name = html.unescape(voice["name"]).strip()
        if said := _plain(voice["text"]):
            yield Turn(role_of(name, options.roles), said, start, end, cue["start"], name, line)
    if voices:
        return
    said = _plain(text)
    opened = head(said.split("\n", 1)[0], options.roles)
    if opened is not None and opened.stamp is None:
        below = said.partition("\n")[2]
        said = f"{opened.text}\n{below}".strip("\n") if below else opened.text
    if said:
        speaker = opened.label if opened else None
        yield Turn(opened.role if opened else "unknown", said, start, end, cue["start"], speaker, line)


def _plain(text: str) -> str:
    return html.unescape(_TAG.sub("", text)).strip()
