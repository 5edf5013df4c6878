"""What WhisperX and pyannote hear: segments with times in seconds and SPEAKER_00, which is no role."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cscheck.conversation import Conversation, Turn
from cscheck.errors import SourceError
from cscheck.sources import jsonio
from cscheck.sources.messages import built, said, speaker_turns
from cscheck.sources.options import ReadOptions
from cscheck.sources.source import Source
from cscheck.sources.times import time_of

NAME = "whisperx"
SUFFIXES: tuple[str, ...] = jsonio.SUFFIXES


def sniff(source: Source) -> int:
    """Look for segments with start and text."""
    return 7 if {"segments", "start", "text"} <= jsonio.keys(source) else 0


def read(source: Source, options: ReadOptions) -> Iterator[Conversation | SourceError]:
    """Give a conversation for each recording."""
    for record in jsonio.records(source):
        if isinstance(record, SourceError):
            yield record
            continue
        segments = record.value.get("segments")
        turns = speaker_turns(_turns(segments if isinstance(segments, list) else [], record.line), options)
        yield built(record.value.get("id"), turns, source, record.line, "phone")


def _turns(segments: list[Any], line: int) -> Iterator[Turn]:
    for entry in segments:
        text = said(entry.get("text")).strip() if isinstance(entry, dict) else ""
        if text:
            start, stamp = time_of(entry.get("start"))
            yield Turn("unknown", text, start, time_of(entry.get("end"))[0], stamp, _voice(entry), line)


def _voice(entry: dict[str, Any]) -> str | None:
    """Give the speaker of a segment, or the one that all its words with a speaker share."""
    if isinstance(entry.get("speaker"), str):
        return str(entry["speaker"])
    words = entry.get("words")
    voices = (
        {said(word.get("speaker")) for word in words if isinstance(word, dict)} if isinstance(words, list) else set()
    )
    voices.discard("")
    return voices.pop() if len(voices) == 1 else None
