"""What FunASR hears: sentences with millisecond times and the number of a voice, which is no role."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cscheck.conversation import Conversation, Turn
from cscheck.errors import Place, SourceError
from cscheck.sources import jsonio
from cscheck.sources.messages import built, said, speaker_turns
from cscheck.sources.options import ReadOptions
from cscheck.sources.source import Source
from cscheck.sources.times import milliseconds

NAME = "funasr"
SUFFIXES: tuple[str, ...] = jsonio.SUFFIXES


def sniff(source: Source) -> int:
    """Look for sentence_info, or for the bare result without it."""
    keys = jsonio.keys(source)
    return 8 if "sentence_info" in keys else 3 if keys == {"key", "text"} or keys == {"key", "text", "timestamp"} else 0


def read(source: Source, options: ReadOptions) -> Iterator[Conversation | SourceError]:
    """Give a conversation for each recording."""
    for record in jsonio.records(source):
        if isinstance(record, SourceError):
            yield record
            continue
        sentences = record.value.get("sentence_info")
        if isinstance(sentences, list):
            turns = speaker_turns(_turns(sentences, record.line), options)
            yield built(record.value.get("key"), turns, source, record.line, "phone")
        else:
            yield SourceError(
                "识别结果里没有 sentence_info，分不出谁说了什么；识别时请打开 sentence_timestamp 和 spk_model。",
                Place(source.path, record.line),
            )


def _turns(sentences: list[Any], line: int) -> Iterator[Turn]:
    for entry in sentences:
        text = said(entry.get("sentence")) or said(entry.get("text")) if isinstance(entry, dict) else ""
        if text:
            start, end = milliseconds(entry.get("start")), milliseconds(entry.get("end"))
            voice = entry.get("spk")
            stamp = None if start is None else str(entry["start"])
            yield Turn("unknown", text, start, end, stamp, None if voice is None else f"spk{voice}", line)
