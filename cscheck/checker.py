"""The public face: check a conversation, or a drafted reply.

    checker = Checker()
    report = checker.check(conversation)
    advice = checker.draft("这个我不知道", context=conversation)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cscheck import engine, filters
from cscheck.conversation import Conversation, Turn
from cscheck.finding import Finding, HeardAct, Owed
from cscheck.load.packs import load_packs
from cscheck.pack import PackInfo


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found in one conversation."""

    conversation: Conversation
    scene: str
    findings: tuple[Finding, ...]
    owed: tuple[Owed, ...]
    verdicts: tuple[engine.RuleVerdict, ...]


class Checker:
    """Packs, loaded once, to be held against any number of conversations. ``language`` is of messages: zh or en."""

    def __init__(self, packs: Sequence[str | Path] | None = None, *, language: str = "zh") -> None:
        self.ruleset = load_packs(packs)
        self.model = engine.build_model(self.ruleset)
        self.language = language

    @property
    def packs(self) -> tuple[PackInfo, ...]:
        """The packs in use."""
        return self.ruleset.packs

    def check(self, conversation: Conversation) -> Report:
        """Check a finished conversation, or a prefix where ``complete`` is False."""
        result = engine.run(self.model, conversation, self.language)
        findings = filters.without_overlap(result.findings)
        return Report(conversation, result.scene, findings, result.owed, result.verdicts)

    def draft(self, text: str, context: Conversation | None = None) -> Report:
        """Check a reply before it is sent: findings that it would cause, and what is still owed after it."""
        before = context or Conversation(id="draft", turns=())
        turns = (*before.turns, Turn(role="agent", text=text))
        report = self.check(replace(before, turns=turns, complete=False))
        last = len(turns) - 1
        return replace(report, findings=tuple(finding for finding in report.findings if finding.turn == last))

    def acts(self, conversation: Conversation) -> list[HeardAct]:
        """List the acts that were heard."""
        return engine.heard_acts(self.model, conversation)
