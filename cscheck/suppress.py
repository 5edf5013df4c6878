"""Leave out findings that somebody has accepted, for a stated reason and perhaps until a date."""

from __future__ import annotations

import datetime
import fnmatch
from collections.abc import Iterable, Sequence

from cscheck.conversation import Conversation
from cscheck.finding import Finding
from cscheck.settings import Suppression
from cscheck.values import dataclass


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A finding that was left out, and what left it out."""

    finding: Finding
    by: Suppression


def is_expired(suppression: Suppression, today: datetime.date) -> bool:
    """Tell whether its last day is over."""
    return suppression.until is not None and suppression.until < today


def suppress(
    findings: Iterable[Finding], conversation: Conversation, suppressions: Sequence[Suppression]
) -> tuple[tuple[Finding, ...], tuple[Suppressed, ...]]:
    """Part findings into those that stay and those that one of the suppressions covers."""
    kept: list[Finding] = []
    left_out: list[Suppressed] = []
    for finding in findings:
        by = next((item for item in suppressions if covers(item, finding, conversation)), None)
        if by is None:
            kept.append(finding)
        else:
            left_out.append(Suppressed(finding, by))
    return tuple(kept), tuple(left_out)


def covers(suppression: Suppression, finding: Finding, conversation: Conversation) -> bool:
    """Tell whether everything that a suppression asks for holds of a finding."""
    turn = conversation.turns[finding.turn] if finding.turn is not None else None
    return (
        (suppression.rule is None or names(suppression.rule, finding.rule))
        and (suppression.path is None or _is_path(suppression.path, finding.path))
        and (suppression.conversation is None or fnmatch.fnmatchcase(finding.conversation, suppression.conversation))
        and (suppression.role is None or (turn is not None and turn.role == suppression.role))
        and (suppression.phrase is None or (turn is not None and _on_phrase(suppression.phrase, finding, turn.text)))
    )


def names(wanted: str, rule: str) -> bool:
    """Tell whether ``wanted`` is a rule's id or a prefix of it in whole steps."""
    return rule == wanted or rule.startswith(wanted.rstrip("/") + "/")


def _is_path(pattern: str, path: str) -> bool:
    from pathlib import PurePath, PurePosixPath

    posix = PurePath(path).as_posix()
    return fnmatch.fnmatchcase(posix, pattern) or PurePosixPath(posix).match(pattern)


def _on_phrase(phrase: str, finding: Finding, text: str) -> bool:
    """Tell whether the finding's words touch the phrase, wherever it stands in the turn."""
    if finding.start is None or finding.end is None:
        return False
    place = text.find(phrase)
    while place >= 0:
        if place < finding.end and finding.start < place + len(phrase):
            return True
        place = text.find(phrase, place + 1)
    return False
