"""The public face: check a conversation, or a drafted reply.

checker = Checker()
report = checker.check(conversation)
advice = checker.draft("这个我不知道", context=conversation)
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from cscheck import engine, filters
from cscheck.conversation import Conversation, Turn
from cscheck.finding import Excused, Finding, HeardAct, Owed
from cscheck.load.compiled import load_compiled
from cscheck.load.places import places
from cscheck.outlines import outlines
from cscheck.pack import PackInfo
from cscheck.prefixes import Prefixes
from cscheck.score import Score, Scorer
from cscheck.settings import Config
from cscheck.suppress import Suppressed, is_expired, suppress
from cscheck.switches import switched
from cscheck.values import dataclass

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found in one conversation.

    ``suppressed`` are findings that the settings leave out. ``acts`` and ``excused`` are filled where asked for;
    ``known`` counts the findings that a baseline holds. A draft is not scored.
    """

    conversation: Conversation
    scene: str
    findings: tuple[Finding, ...]
    owed: tuple[Owed, ...]
    verdicts: tuple[engine.RuleVerdict, ...]
    score: Score = field(default_factory=lambda: Score(None))
    suppressed: tuple[Suppressed, ...] = ()
    acts: tuple[HeardAct, ...] = ()
    excused: tuple[Excused, ...] = ()
    known: int = 0


class Checker:
    """Packs, loaded once, to be held against any number of conversations.

    ``packs`` are names or folders; all that come with cscheck and those of ``config`` by default. ``language`` is of
    messages: zh or en; that of ``config`` by default.
    """

    def __init__(
        self,
        packs: Sequence[str | Path] | None = None,
        config: Config | None = None,
        *,
        language: str | None = None,
        today: datetime.date | None = None,
    ) -> None:
        self.config = config or Config()
        wanted = packs if packs is not None else [*places(), *self.config.packs]
        self.ruleset = switched(load_compiled(wanted), self.config)
        self.model = engine.build_model(self.ruleset)
        self.language = language or self.config.lang
        day = today or datetime.date.today()
        self.expired = tuple(item for item in self.config.suppress if is_expired(item, day))
        self._suppressions = tuple(item for item in self.config.suppress if not is_expired(item, day))

    @cached_property
    def _prefixes(self) -> Prefixes:
        return Prefixes(self.model)

    @cached_property
    def _scorer(self) -> Scorer:
        return Scorer(outlines(self.ruleset.rules), self.config.scoring)

    @property
    def packs(self) -> tuple[PackInfo, ...]:
        """The packs in use."""
        return self.ruleset.packs

    def check(
        self, conversation: Conversation, *, acts: bool = False, excused: bool = False, explain: bool = False
    ) -> Report:
        """Check a finished conversation, or a prefix where ``complete`` is False.

        ``acts`` lists what was heard, ``excused`` what was nearly found, with the guard that let it pass; ``explain``
        says rule by rule how the score comes about.
        """
        result = engine.run(self.model, conversation, self.language)
        report = self._report(result, acts=acts, excused=excused)
        has_agent = any(turn.role == "agent" for turn in conversation.turns)
        return replace(
            report,
            # A score tells how the conversation was, so what is merely not shown still counts.
            findings=filters.at_least(report.findings, self.config.min_severity),
            score=self._scorer.score(report.verdicts, report.findings, has_agent=has_agent, explain=explain),
        )

    def _report(self, result: engine.Result, *, acts: bool, excused: bool) -> Report:
        """Give what is to be told of a result, without a score."""
        conversation = result.conversation
        findings, suppressed = suppress(result.findings, conversation, self._suppressions)
        return Report(
            conversation=conversation,
            scene=result.scene,
            findings=filters.without_overlap(filters.without_doubled_learning(findings)),
            owed=result.owed,
            verdicts=result.verdicts,
            suppressed=suppressed,
            acts=tuple(self.acts(conversation)) if acts else (),
            excused=tuple(engine.excused(self.model, conversation)) if excused else (),
        )

    def draft(
        self, text: str, context: Conversation | None = None, *, acts: bool = False, excused: bool = False
    ) -> Report:
        """Check a reply before it is sent: findings that it would cause, and what is still owed after it.

        Without ``context`` nobody knows what was said before, so only the reply's own words are judged. What was heard
        of the context is kept for the next draft, also where the conversation has gone on since. Verdicts and a score
        are for conversations, not for drafts.
        """
        before = replace(context or Conversation(id="draft", turns=()), complete=False)
        result = self._judge_draft(before, Turn(role="agent", text=text))
        last = len(before.turns)
        # What was found before the reply is no matter of the reply.
        result = replace(result, findings=tuple(finding for finding in result.findings if finding.turn == last))
        report = self._report(result, acts=acts, excused=excused)
        has_past = bool(before.turns)
        return replace(
            report,
            findings=tuple(
                finding
                for finding in filters.at_least(report.findings, self.config.min_severity)
                if has_past or finding.start is not None
            ),
            owed=report.owed if has_past else (),
            acts=tuple(act for act in report.acts if act.turn == last),
            excused=tuple(item for item in report.excused if item.turn == last),
        )

    def _judge_draft(self, before: Conversation, reply: Turn) -> engine.Result:
        analysis = self._prefixes.take(before)
        analysis.judged_from = len(before.turns)
        analysis.append(reply)
        analysis.conversation = replace(before, turns=(*before.turns, reply))
        result = engine.judge(analysis, self.language, complete=False)
        analysis.drop()
        analysis.conversation = before
        self._prefixes.keep(analysis)
        return result

    def acts(self, conversation: Conversation) -> list[HeardAct]:
        """List the acts that were heard."""
        return engine.heard_acts(self.model, conversation)
