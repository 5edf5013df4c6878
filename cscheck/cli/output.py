"""Where text goes: standard output or a file, with colour and width as the place allows."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, TextIO

from cscheck.display import visible
from cscheck.errors import ConfigError, Place

if TYPE_CHECKING:
    from pathlib import Path

PIPED_WIDTH = 100
LEAST_WIDTH = 40


class ReaderGone(Exception):
    """Whoever read our output has closed it."""


def write(pieces: Iterable[str], output: Path | None, *, for_machines: bool = False) -> None:
    """Write text as it comes, always UTF-8 ``for_machines``; raises ConfigError where the file cannot be written."""
    if output is None:
        stream = sys.stdout
        _never_fail(stream, "utf-8" if for_machines and not stream.isatty() else None)
        for piece in pieces:
            try:
                stream.write(piece)
                stream.flush()
            except BrokenPipeError as error:
                raise ReaderGone from error
        return
    try:
        with output.open("w", encoding="utf-8") as file:
            file.writelines(pieces)
    except OSError as error:
        raise ConfigError(f"写不了输出文件：{error.strerror}", Place(str(output))) from error


def tell(message: str) -> None:
    """Say something on standard error, nothing in it that a terminal would obey."""
    _never_fail(sys.stderr)
    print("\n".join(visible(line) for line in message.split("\n")), file=sys.stderr)


def has_color(stream: TextIO, environment: Mapping[str, str] = os.environ) -> bool:
    """Tell whether to colour: NO_COLOR and FORCE_COLOR decide before the terminal does."""
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR", "") not in ("", "0"):
        return True
    return stream.isatty() and environment.get("TERM") != "dumb"


def columns(given: int | None, stream: TextIO, environment: Mapping[str, str] = os.environ) -> int:
    """Give the width: the one asked for, COLUMNS, the terminal's, or 100 where there is none."""
    if given:
        return given
    text = environment.get("COLUMNS", "")
    asked = int(text) if text.isdecimal() else 0
    if asked >= LEAST_WIDTH:
        return asked
    return max(asked or _terminal_columns(stream), LEAST_WIDTH) if stream.isatty() else PIPED_WIDTH


def _terminal_columns(stream: TextIO) -> int:
    try:
        return os.get_terminal_size(stream.fileno()).columns or PIPED_WIDTH
    except OSError:
        return PIPED_WIDTH


def _never_fail(stream: TextIO, encoding: str | None = None) -> None:
    """Let characters that the terminal's encoding lacks come out as escapes."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding=encoding, errors="backslashreplace")
