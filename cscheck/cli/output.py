"""Where text goes: standard output or a file, with colour and width as the place allows."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TextIO

from cscheck.display import visible
from cscheck.errors import ConfigError, Place

PIPED_WIDTH = 100


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
    asked = environment.get("COLUMNS", "")
    if asked.isdigit() and int(asked) >= 40:
        return int(asked)
    return max(shutil.get_terminal_size((PIPED_WIDTH, 24)).columns, 40) if stream.isatty() else PIPED_WIDTH


def _never_fail(stream: TextIO, encoding: str | None = None) -> None:
    """Let characters that the terminal's encoding lacks come out as escapes."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding=encoding, errors="backslashreplace")
