"""One open transcript: its name, its first bytes, and the rest decoded as it is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

from cscheck.errors import Place, SourceError
from cscheck.sources.encoding import decode_head, detect

HEAD_BYTES = 64 * 1024
# Zip (xlsx) and OLE (xls): text is never sought in these.
_BINARY = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_BY_LINE = {"utf-8", "utf-8-sig", "ascii", "gb18030", "gbk", "gb2312", "big5"}
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Line:
    """A decoded line without its end; ``number`` counts from 1."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes to be read once; ``encoding`` is None and ``sample`` empty for a binary format."""

    path: str
    head: bytes
    stream: BinaryIO
    encoding: str | None
    sample: str

    @classmethod
    def open(cls, path: str, stream: BinaryIO, encoding: str | None = None) -> Source:
        """Read the first bytes and judge the encoding by them."""
        head = stream.read(HEAD_BYTES)
        whole = len(head) < HEAD_BYTES
        if head.startswith(_BINARY):
            return cls(path, head, stream, None, "")
        chosen = detect(head, path, whole=whole, given=encoding)
        sample = decode_head(head, chosen)
        if whole and not sample.strip():
            raise SourceError("文件是空的，没有可读的对话。", Place(path))
        return cls(path, head, stream, chosen, sample)

    @property
    def name(self) -> str:
        """Give the file name in lower case."""
        return PurePath(self.path).name.lower()

    @property
    def stem(self) -> str:
        """Give the file name without its suffix, the id of a conversation that has none."""
        return "stdin" if self.path == "-" else PurePath(self.path).stem

    def data(self) -> bytes:
        """Give all bytes."""
        return self.head + self.stream.read()

    def text(self) -> str:
        """Give the whole text, decoded strictly."""
        data = self.data()
        try:
            return _clean(str(data, self._codec())).removeprefix("\ufeff")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise self._undecodable(line) from None

    def lines(self) -> Iterator[Line | SourceError]:
        """Give line after line; one that cannot be decoded is a problem of that line alone."""
        codec = self._codec()
        if codec.lower() not in _BY_LINE:
            for number, text in enumerate(self.text().split("\n"), 1):
                yield Line(number, text.removesuffix("\r"))
            return
        for number, raw in enumerate(self._raw_lines(), 1):
            try:
                text = _clean(str(raw, codec))
            except UnicodeDecodeError:
                yield self._undecodable(number)
                continue
            yield Line(number, text.removeprefix("\ufeff") if number == 1 else text)

    def _raw_lines(self) -> Iterator[bytes]:
        *complete, rest = self.head.split(b"\n")
        for raw in complete:
            yield raw.removesuffix(b"\r")
        for raw in self.stream:
            yield (rest + raw).removesuffix(b"\n").removesuffix(b"\r")
            rest = b""
        if rest:
            yield rest.removesuffix(b"\r")

    def _codec(self) -> str:
        if self.encoding is None:
            raise SourceError("这是二进制文件，不是文本。", Place(self.path))
        return self.encoding

    def _undecodable(self, line: int) -> SourceError:
        return SourceError(
            f"这一行不能按 {self.encoding} 解码；若编码判断有误，请用 --encoding 指定。", Place(self.path, line)
        )


def _clean(text: str) -> str:
    return _SURROGATE.sub("\ufffd", text) if _SURROGATE.search(text) else text
