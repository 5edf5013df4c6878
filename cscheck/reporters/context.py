"""What a reporter is given: a stream of items, and what they refer to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any, NamedTuple, TypeAlias

from cscheck.checker import Report
from cscheck.errors import SourceError
from cscheck.pack import PackInfo
from cscheck.values import dataclass


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the user should know that is no error: a suppression that has expired, or never matched."""

    message: str


class Piece(NamedTuple):
    """What a report comes to in one format, made where the report is, perhaps in another process.

    ``texts`` are for the format to put in their places, ``facts`` what it counts.
    """

    texts: tuple[str, ...]
    facts: Any = None


Item: TypeAlias = Report | Piece | SourceError | Notice


@dataclass(frozen=True, slots=True)
class Context:
    """The packs of the run, the titles of rules and acts, and how to show things.

    ``show`` is ``hits`` (turns with findings and the turn before) or ``all``.
    """

    packs: tuple[PackInfo, ...] = ()
    act_titles: Mapping[str, str] = field(default_factory=dict)
    width: int = 100
    color: bool = False
    show: str = "hits"
    acts: bool = False
    excused: bool = False
    explain: bool = False
    quiet: bool = False
