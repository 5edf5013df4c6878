"""The JSON shape ``cscheck/1`` of what a run found, the same for every surface."""

from __future__ import annotations

import json
import re
from typing import Any

from cscheck.checker import Report
from cscheck.errors import CscheckError
from cscheck.finding import Excused, Finding, HeardAct, Owed
from cscheck.pack import PackInfo

SCHEMA = "cscheck/1"
_SURROGATE = re.compile("[\ud800-\udfff]")


def pack(info: PackInfo) -> dict[str, Any]:
    """Give a pack."""
    return {"id": info.id, "version": info.version, "hash": info.hash}


def conversation(report: Report) -> dict[str, Any]:
    """Give what is said of a conversation as a whole."""
    about = report.conversation
    return {
        "id": about.id,
        "path": about.path,
        "turns": len(about.turns),
        "channel": about.channel,
        "scene": report.scene,
        "score": report.score.value,
        "fatal": report.score.is_fatal,
    }


def finding(found: Finding) -> dict[str, Any]:
    """Give a finding."""
    return {
        "rule": found.rule,
        "category": found.category,
        "severity": found.severity.value,
        "verdict": found.verdict.value,
        "conversation": found.conversation,
        "path": found.path,
        "turn": found.turn,
        "start": found.start,
        "end": found.end,
        "text": found.text,
        "message": found.message,
        "suggestion": found.suggestion,
        "basis": list(found.basis),
        "fingerprint": found.fingerprint,
        "detector": "learned" if found.is_learned else "pattern",
        "certainty": None if found.certainty is None else round(found.certainty, 3),
    }


def owed(item: Owed) -> dict[str, Any]:
    """Give what is still owed; ``by`` is one of the words that rules use for ``due``."""
    return {
        "rule": item.rule,
        "category": item.category,
        "conversation": item.conversation,
        "message": item.message,
        "by": item.by,
        "suggestion": item.suggestions[0] if item.suggestions else "",
    }


def act(heard: HeardAct) -> dict[str, Any]:
    """Give an act that was heard."""
    return {
        "act": heard.act,
        "conversation": heard.conversation,
        "turn": heard.turn,
        "start": heard.start,
        "end": heard.end,
        "detector": heard.detector,
    }


def excused(item: Excused) -> dict[str, Any]:
    """Give words that a rule let pass; ``why`` is guard, need or exempt, ``by`` names which."""
    return {
        "rule": item.rule,
        "conversation": item.conversation,
        "turn": item.turn,
        "start": item.start,
        "end": item.end,
        "text": item.text,
        "why": item.why,
        "by": item.by,
    }


def explanation(report: Report) -> dict[str, Any]:
    """Give how a conversation's score comes about."""
    score = report.score
    lines = [
        {
            "rule": line.rule,
            "category": line.category,
            "verdict": line.verdict.value,
            "weight": line.weight,
            "times": line.times,
            "lost": line.lost,
            "counts": line.counts,
            "reason": line.reason,
        }
        for line in score.lines
    ]
    return {
        "conversation": report.conversation.id,
        "score": score.value,
        "fatal": score.is_fatal,
        "lost": score.lost,
        "possible": score.possible,
        "rules": lines,
    }


def error(problem: CscheckError) -> dict[str, Any]:
    """Give what could not be read."""
    place = problem.place
    return {
        "path": place.path if place else None,
        "line": place.line if place else None,
        "message": problem.message,
    }


def dumps(value: Any, indent: int | None = None) -> str:  # noqa: ANN401
    """Write JSON that any reader takes: Chinese as it is, lone surrogates escaped."""
    return without_surrogates(json.dumps(value, ensure_ascii=False, indent=indent))


def without_surrogates(text: str) -> str:
    """Escape lone surrogates, which no encoding of the output takes."""
    try:
        # This tells in a tenth of the time that a search takes.
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
    return text
