"""The formats, in the order in which they are asked; each is a module with the names of ``Format``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from cscheck.conversation import Conversation
from cscheck.errors import Place, SourceError
from cscheck.sources import (
    alibaba_sca,
    chatlab,
    chatwoot,
    delimited,
    excel,
    funasr,
    intercom,
    native,
    qiyu,
    subtitles,
    text,
    wecom,
    whisperx,
    zendesk,
)
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


FORMATS: dict[str, Format] = {
    native.NAME: native,
    text.NAME: text,
    delimited.NAME: delimited,
    excel.NAME: excel,
    subtitles.NAME: subtitles,
    alibaba_sca.NAME: alibaba_sca,
    wecom.NAME: wecom,
    qiyu.NAME: qiyu,
    chatwoot.NAME: chatwoot,
    zendesk.NAME: zendesk,
    intercom.NAME: intercom,
    funasr.NAME: funasr,
    whisperx.NAME: whisperx,
    chatlab.NAME: chatlab,
}
SUFFIXES = frozenset(suffix for module in FORMATS.values() for suffix in module.SUFFIXES)


def choose(source: Source, given: str | None) -> Format:
    """Give the format the user named, or the one that a file looks most like."""
    if given is not None:
        return FORMATS[given]
    score, name = max((module.sniff(source), name) for name, module in FORMATS.items())
    if score == 0:
        raise SourceError(
            "认不出文件的格式；请用 --input-format 指定。", Place(source.path), allowed="、".join(FORMATS)
        )
    return FORMATS[name]
