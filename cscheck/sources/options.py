"""What the user may say about the transcripts, and what is told about each file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cscheck.conversation import Channel, Role


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read transcripts where the files do not say it themselves.

    ``columns`` maps a field of ours to a header of a table, ``roles`` a speaker's name or label to a role and
    ``exclude`` holds globs that keep files of a folder out. ``channel`` stands in where a file names none.
    """

    input_format: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, Role] = field(default_factory=dict)
    channel: Channel | None = None
    encoding: str | None = None
    exclude: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileInfo:
    """How one file is read; ``encoding`` is None for a binary format."""

    path: str
    format: str
    encoding: str | None
