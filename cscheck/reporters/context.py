"""What a reporter is given: a stream of items, and what they refer to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from cscheck.checker import Report
from cscheck.errors import SourceError
from cscheck.pack import PackInfo


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the user should know that is no error: a suppression that has expired, or never matched."""

    message: str


Item: TypeAlias = Report | SourceError | Notice


@dataclass(frozen=True, slots=True)
class Context:
    """The packs of the run, the titles of rules and acts, and how to show things.

    ``show`` is ``hits`` (turns with findings and the turn before) or ``all``. A draft shows the reply alone.
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
    draft: bool = False
