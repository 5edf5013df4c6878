"""A rule's own examples as tests.

For each rule and act: bad examples are hit on exactly the marked words, good ones not at all, nor by any other rule on
words; no suggestion breaks a rule; and every pattern and every guard is needed: taken out, some example changes.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from cscheck import engine, matchers
from cscheck.act import Act
from cscheck.analysis import Analysis
from cscheck.conversation import Conversation, Turn
from cscheck.detector import Condition, Detector, Entry
from cscheck.finding import Finding, Verdict
from cscheck.model import Model
from cscheck.pack import RuleSet
from cscheck.rule import Rule
from cscheck.sources import ReadOptions
from cscheck.sources.text import parse_text

Spans = frozenset[tuple[int, int, int]]  # (turn, start, end) in the raw text
_MARK = re.compile(r"<<(.*?)>>", re.DOTALL)
_ON_WORDS = ("must-not", "form")
_TRANSCRIPT = re.compile(r"^\s*(?:\[[^\]\n]*\]\s*)?(?:客服|客户|渠道|场景|完整)[：:]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Failure:
    """What does not hold: which rule or act, which example, and in words why."""

    id: str
    path: str
    example: str
    message: str

    def __str__(self) -> str:
        return "\n    ".join(part for part in (self.id, self.example, self.message) if part)


@dataclass(frozen=True, slots=True)
class Case:
    """One example made ready: a conversation, and the marked words as (turn, start, end)."""

    text: str
    conversation: Conversation
    marks: Spans


def prove(ruleset: RuleSet, *, thoroughly: bool = True, only: str = "") -> Iterator[Failure]:
    """Test what is of the pack ``only``, or has an id that starts so.

    ``thoroughly`` also takes patterns and guards out.
    """
    prover = Prover(ruleset)
    for act in ruleset.acts_of(only):
        yield from prover.act(act, thoroughly)
    for rule in ruleset.rules.values():
        if rule.id.startswith(only):
            yield from prover.rule(rule, thoroughly)


def case_of(text: str, role: str = "agent") -> Case:
    """Make an example ready: one utterance of ``role``, or a transcript in the plain text format."""
    plain = text.replace("<<", "").replace(">>", "")
    if not _TRANSCRIPT.search(text):
        turns = (Turn(role=role, text=plain),)  # type: ignore[arg-type]
        marked = [text]
        conversation = Conversation(id="example", turns=turns, complete=False)
    else:
        conversation = parse_text(plain, "example", "example", ReadOptions())[0]
        marked = [turn.text for turn in parse_text(text, "example", "example", ReadOptions())[0].turns]
    return Case(text, conversation, frozenset(_marks(marked)))


def _marks(texts: list[str]) -> Iterator[tuple[int, int, int]]:
    for index, text in enumerate(texts):
        for count, match in enumerate(_MARK.finditer(text)):
            start = match.start() - 4 * count
            yield index, start, start + len(match[1])


class Prover:
    """Tests the rules and acts of one set of packs."""

    def __init__(self, ruleset: RuleSet) -> None:
        self.ruleset = ruleset
        enabled = {name: replace(rule, is_enabled=True) for name, rule in ruleset.rules.items()}
        self._whole = replace(ruleset, rules=enabled)
        self.model = engine.build_model(replace(self._whole, models={}))

    @functools.cached_property
    def _learned(self) -> Model:
        """What learned rules are proved with; all else stands by its patterns alone, whatever a model thinks."""
        return engine.build_model(self._whole)

    def act(self, act: Act, thoroughly: bool = True) -> Iterator[Failure]:
        """Test one act."""
        role = act.detector.roles[0]
        bad = [case_of(text, role) for text in act.examples.bad]
        good = [case_of(text, role) for text in act.examples.good]
        path = act.also[-1] if act.also else act.path
        yield from self._examples(act.id, path, act.detector, bad, good)
        if thoroughly:
            yield from self._needed(act.id, path, act.detector, [*bad, *good])

    def rule(self, rule: Rule, thoroughly: bool = True) -> Iterator[Failure]:
        """Test one rule."""
        bad = [case_of(text) for text in rule.examples.bad]
        good = [case_of(text) for text in rule.examples.good]
        own = matchers.KINDS[rule.kind].detectors(rule.spec)
        for case, is_bad in [*((case, True) for case in bad), *((case, False) for case in good)]:
            found = self._rule_spans(rule, case)
            expected = case.marks if case.marks else None
            if is_bad and found is None:
                yield self._failure(rule.id, rule.path, case, "应当命中，却没有命中")
            elif is_bad and expected is not None and found != expected:
                yield self._failure(
                    rule.id, rule.path, case, f"命中的是{self._quoted(case, found or frozenset())}，与标记不同"
                )
            elif not is_bad and found is not None:
                yield self._failure(rule.id, rule.path, case, f"不该命中，却命中了{self._quoted(case, found)}")
            if is_bad and rule.kind == "must-not" and not case.marks:
                yield Failure(rule.id, rule.path, case.text, "要用 <<…>> 标出应命中的文字")
            elif not is_bad and rule.kind in _ON_WORDS:
                for finding in self._found_by_others(rule, case):
                    message = f"这条正面例句被别的规则命中：{finding.rule}（“{finding.text}”）"
                    yield self._failure(rule.id, rule.path, case, message)
        for text in rule.suggest:
            yield from self._suggestion(rule, text)
        if thoroughly and rule.kind == "must-not" and own:
            yield from self._needed(rule.id, rule.path, own[0], [*bad, *good])

    def _found_by_others(self, rule: Rule, case: Case) -> list[Finding]:
        """Give what other rules find on an example's words."""
        findings = engine.run(self.model, case.conversation).findings
        return [
            finding
            for finding in findings
            if finding.start is not None
            and finding.rule != rule.id
            and not finding.is_learned
            and self.ruleset.rules[finding.rule].is_enabled
        ]

    def _suggestion(self, rule: Rule, text: str) -> Iterator[Failure]:
        """Test that what is suggested is itself in order, said in the middle of a conversation."""
        said = (Turn("agent", "您好"), Turn("customer", "请问"), Turn("agent", text))
        case = Case(text, Conversation(id="suggestion", turns=said, complete=False), frozenset())
        for finding in engine.run(self.model, case.conversation).findings:
            if finding.start is not None and finding.turn == len(said) - 1:
                yield Failure(rule.id, rule.path, text, f"建议的说法违反规则：{finding.rule}（“{finding.text}”）")

    def _rule_spans(self, rule: Rule, case: Case) -> Spans | None:
        """Give the raw spans of the rule's violations, None where there is no violation."""
        is_learned = any(detector.learned for detector in matchers.KINDS[rule.kind].detectors(rule.spec))
        analysis = Analysis(self._learned if is_learned else self.model, case.conversation)
        outcomes = engine.outcomes_of(rule, analysis)
        violated = [outcome for outcome in outcomes if outcome.verdict is Verdict.VIOLATED]
        if not violated:
            return None
        found = set()
        for outcome in violated:
            if outcome.turn is not None and outcome.start is not None and outcome.end is not None:
                span = analysis.view(outcome.turn).normalised.raw_span(outcome.start, outcome.end)
                found.add((outcome.turn, span.start, span.end))
        return frozenset(found)

    def _detected(self, detector: Detector, case: Case) -> Spans:
        analysis = Analysis(self.model, case.conversation)
        found = set()
        for index, turn in enumerate(case.conversation.turns):
            if turn.role in detector.roles:
                for hit in analysis.heard(detector, index).hits:
                    span = analysis.raw_span(index, hit)
                    found.add((index, span.start, span.end))
        return frozenset(found)

    def _examples(
        self, name: str, path: str, detector: Detector, bad: list[Case], good: list[Case]
    ) -> Iterator[Failure]:
        for case in bad:
            found = self._detected(detector, case)
            if not found:
                yield self._failure(name, path, case, "应当识别，却没有识别")
            elif case.marks and found != case.marks:
                yield self._failure(name, path, case, f"识别到的是{self._quoted(case, found)}，与标记不同")
        for case in good:
            if found := self._detected(detector, case):
                yield self._failure(name, path, case, f"不该识别，却识别到{self._quoted(case, found)}")

    def _needed(self, name: str, path: str, detector: Detector, cases: list[Case]) -> Iterator[Failure]:
        """Take each pattern and each condition out in turn; some example has to change."""
        before = [self._detected(detector, case) for case in cases]
        for label, changed in _without_one(detector):
            if all(self._detected(changed, case) == found for case, found in zip(cases, before, strict=True)):
                yield Failure(name, path, "", f"没有例句用得着{label}：去掉它，所有例句的结果都不变")

    def _quoted(self, case: Case, spans: Spans) -> str:
        return "、".join(f"“{case.conversation.turns[turn].text[start:end]}”" for turn, start, end in sorted(spans))

    def _failure(self, name: str, path: str, case: Case, message: str) -> Failure:
        words = "｜".join("/".join(self.model.segmenter.words(turn.text)) for turn in case.conversation.turns)
        return Failure(name, path, case.text, f"{message}\n    分词：{words}")


def _without_one(detector: Detector) -> Iterator[tuple[str, Detector]]:
    # Under another name, for the model knows beforehand where the one of this name may find something.
    changed = replace(detector, id=f"{detector.id}#")
    for index, entry in enumerate(detector.entries):
        rest = detector.entries[:index] + detector.entries[index + 1 :]
        yield f"句式“{entry.pattern.source}”", replace(changed, entries=rest)
        for label, smaller in _conditions_out(entry.guards, entry.needs):
            lesser = replace(entry, guards=smaller[0], needs=smaller[1])
            yield f"句式“{entry.pattern.source}”的{label}", _with_entry(changed, index, lesser)
    if detector.is_grounded:
        yield "“grounded”", replace(changed, is_grounded=False)
    for label, smaller in _conditions_out(detector.guards, detector.needs):
        yield label, replace(changed, guards=smaller[0], needs=smaller[1])


def _conditions_out(
    guards: tuple[Condition, ...], needs: tuple[Condition, ...]
) -> Iterator[tuple[str, tuple[tuple[Condition, ...], tuple[Condition, ...]]]]:
    for index, guard in enumerate(guards):
        yield f"守卫“{guard.name}”", (guards[:index] + guards[index + 1 :], needs)
    for index, need in enumerate(needs):
        yield f"条件“{need.name}”", (guards, needs[:index] + needs[index + 1 :])


def _with_entry(detector: Detector, index: int, entry: Entry) -> Detector:
    return replace(detector, entries=(*detector.entries[:index], entry, *detector.entries[index + 1 :]))
