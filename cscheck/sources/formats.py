"""The formats, in the order in which they are asked: modules with the names of ``Format``, imported when asked."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from typing import Protocol, cast

from cscheck.conversation import Conversation
from cscheck.errors import Place, SourceError
from cscheck.kept import Kept
from cscheck.sources.options import ReadOptions
from cscheck.sources.source import Source


class Format(Protocol):
    """What a format module holds; ``sniff`` scores 0 for a file of another format."""

    NAME: str
    SUFFIXES: tuple[str, ...]

    def sniff(self, source: Source) -> int:
        """Score how much a file looks like this format."""

    def read(self, source: Source, options: ReadOptions) -> Iterator[Conversation | SourceError]:
        """Give the conversations of a file, and what cannot be read of it."""


_MODULES = {
    "native": "native",
    "text": "text",
    "csv": "delimited",
    "excel": "excel",
    "subtitles": "subtitles",
    "alibaba-sca": "alibaba_sca",
    "wecom": "wecom",
    "qiyu": "qiyu",
    "chatwoot": "chatwoot",
    "zendesk": "zendesk",
    "intercom": "intercom",
    "funasr": "funasr",
    "whisperx": "whisperx",
    "chatlab": "chatlab",
}
# A test holds these to what the modules say: a folder is walked without importing them all.
_SUFFIXES = ".json .jsonl .ndjson .txt .log .md .text .csv .tsv .xlsx .xlsm .xls .srt .vtt"
SUFFIXES = frozenset(_SUFFIXES.split())
_CERTAIN = 10


def _load(place: int) -> Format:
    return cast(Format, importlib.import_module("cscheck.sources." + list(_MODULES.values())[place]))


FORMATS: Mapping[str, Format] = Kept(_MODULES, _load)


def choose(source: Source, given: str | None) -> Format:
    """Give the format the user named, or the one that a file looks most like."""
    if given is not None:
        return FORMATS[given]
    # Only the project's own form is ever this certain, so the others need not even be imported.
    if FORMATS["native"].sniff(source) == _CERTAIN:
        return FORMATS["native"]
    score, name = max((module.sniff(source), name) for name, module in FORMATS.items())
    if score == 0:
        raise SourceError(
            "认不出文件的格式；请用 --input-format 指定。", Place(source.path), allowed="、".join(FORMATS)
        )
    return FORMATS[name]
