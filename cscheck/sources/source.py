"""One open transcript: its name, its first bytes, and the rest decoded as it is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

from cscheck.errors import Place, SourceError
from cscheck.sources.encoding import decode_head, detect

HEAD_BYTES = 64 * 1024
# Zip (xlsx) and OLE (xls): text is never sought in these.
_BINARY = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_BY_LINE = {"utf-8", "utf-8-sig", "ascii", "gb18030", "gbk", "gb2312", "big5"}
_CLEAN = {"utf-8", "utf-8-sig", "ascii"}
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

    @property
    def is_by_line(self) -> bool:
        """Tell whether a line ends at the byte that ends a line, so that each can be decoded by itself."""
        return self.encoding is not None and self.encoding.lower() in _BY_LINE

    def lines(self) -> Iterator[Line | SourceError]:
        """Give line after line; one that cannot be decoded is a problem of that line alone."""
        codec = self._codec()
        if self.is_by_line:
            yield from decoded(self._raw_lines(), codec, self.path)
            return
        for number, text in enumerate(self.text().split("\n"), 1):
            yield Line(number, text.removesuffix("\r"))

    def blocks(self, size: int) -> Iterator[tuple[int, bytes]]:
        """Give whole lines of about ``size`` bytes together, and the number of the first of them."""
        number, data = 1, self.head
        while True:
            # A line may be longer than a block: then ever more is read at once.
            more = self.stream.read(max(size - len(data), len(data)))
            data += more
            end = data.rfind(b"\n") + 1 if more else len(data)
            if end:
                yield number, data[:end]
                number += data.count(b"\n", 0, end)
                data = data[end:]
            if not more:
                return

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
        return undecodable(self._codec(), Place(self.path, line))


def lines_of(block: bytes, codec: str, path: str, first: int) -> Iterator[Line | SourceError]:
    """Give the lines of a block out of a file, of which it begins with line ``first``."""
    raw_lines = block.split(b"\n")
    if not raw_lines[-1]:
        raw_lines.pop()
    return decoded((raw.removesuffix(b"\r") for raw in raw_lines), codec, path, first)


def decoded(raw_lines: Iterable[bytes], codec: str, path: str, first: int = 1) -> Iterator[Line | SourceError]:
    """Decode each line by itself."""
    # UTF-8, decoded strictly, has no surrogates.
    is_clean = codec.lower() in _CLEAN
    for number, raw in enumerate(raw_lines, first):
        try:
            text = str(raw, codec) if is_clean else _clean(str(raw, codec))
        except UnicodeDecodeError:
            yield undecodable(codec, Place(path, number))
            continue
        yield Line(number, text.removeprefix("\ufeff") if number == 1 else text)


def undecodable(codec: str, place: Place) -> SourceError:
    """Say that a line is not in the encoding of its file."""
    return SourceError(f"这一行不能按 {codec} 解码；若编码判断有误，请用 --encoding 指定。", place)


def _clean(text: str) -> str:
    return _SURROGATE.sub("\ufffd", text) if _SURROGATE.search(text) else text
