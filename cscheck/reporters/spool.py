"""Text kept for later: a little of it in memory, the rest in a temporary file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from cscheck.errors import CscheckError
from cscheck.language import say

_MOST = 256 * 1024


class Spool:
    """Takes text in, and gives all of it back in order; ``most`` characters may stay in memory.

    Raises CscheckError where the rest cannot be written.
    """

    def __init__(self, most: int | None = None) -> None:
        self._most = _MOST if most is None else most
        self._texts: list[str] = []
        self._size = 0
        self._file: IO[bytes] | None = None
        self._written: list[int] = []

    def add(self, text: str) -> None:
        """Keep a text."""
        self._texts.append(text)
        self._size += len(text)
        if self._size > self._most:
            self._write()

    def texts(self) -> Iterator[str]:
        """Give everything back, in pieces of any length, and forget it."""
        if self._file is not None:
            with self._file as file:
                file.seek(0)
                for length in self._written:
                    yield str(file.read(length), "utf-8")
        yield "".join(self._texts)
        self._texts.clear()

    def _write(self) -> None:
        data = "".join(self._texts).encode()
        try:
            if self._file is None:
                import tempfile

                self._file = tempfile.TemporaryFile()  # noqa: SIM115
            self._file.write(data)
        except OSError as error:
            why = error.strerror or error
            raise CscheckError(say(f"临时文件夹里写不了：{why}。", f"cannot write a temporary file: {why}.")) from error
        self._written.append(len(data))
        self._texts.clear()
        self._size = 0
