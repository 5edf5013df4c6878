"""Run the rules of a model over one conversation.

How a conversation becomes findings, from start to end: each rule's kind is asked for its outcomes; the kind asks the
analysis for acts and hits; only the turns and patterns that some rule asks about are looked at. An outcome becomes a
finding (violated), an item still owed (pending), or just the rule's verdict.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from importlib import import_module

from cscheck import matchers
from cscheck.analysis import Analysis
from cscheck.conversation import Conversation, Scene, Turn
from cscheck.detector import NearMiss
from cscheck.finding import Excused, Finding, HeardAct, Owed, Verdict
from cscheck.model import Model
from cscheck.outcome import Outcome
from cscheck.outlines import causes, outlines
from cscheck.pack import RuleSet
from cscheck.patterns.matcher import CompiledMatcher, Matcher
from cscheck.patterns.native import kernel
from cscheck.rule import Outline, Rule
from cscheck.values import dataclass

_LIGHTEST_FIRST = (Verdict.NOT_APPLICABLE, Verdict.SATISFIED, Verdict.PENDING, Verdict.VIOLATED)
_weight = _LIGHTEST_FIRST.index
_FIELD = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class RuleVerdict:
    """What a rule says of a conversation, and why it does not apply where it does not."""

    rule: str
    verdict: Verdict
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """Everything found in one conversation, before filters and score."""

    conversation: Conversation
    scene: Scene
    findings: tuple[Finding, ...]
    owed: tuple[Owed, ...]
    verdicts: tuple[RuleVerdict, ...]


def build_model(ruleset: RuleSet) -> Model:
    """Make loaded packs ready for use."""
    module, ready = kernel(), ruleset.ready
    matcher: Matcher
    if module is not None and ready is not None:
        matcher = CompiledMatcher(ready.program, module)
    else:
        # Packs that come from the cache have all that is made here.
        from cscheck import lowering

        ready = lowering.ready(ruleset) if module is not None else lowering.unready(ruleset)
        matcher = lowering.plain(ruleset) if module is None else CompiledMatcher(ready.program, module)
    return Model(ruleset, ready, matcher, outlines(ruleset.rules), causes(ruleset.rules))


def run(model: Model, conversation: Conversation, language: str = "zh") -> Result:
    """Hold a conversation against all enabled rules."""
    return judge(Analysis(model, conversation), language)


def judge(analysis: Analysis, language: str = "zh", *, complete: bool = True) -> Result:
    """Hold what was heard against all enabled rules.

    Unless ``complete``, no verdicts are given, and nothing is found in turns before ``judged_from``.
    """
    model = analysis.model
    findings: list[Finding] = []
    owed: list[Owed] = []
    verdicts = _idle(model, analysis) if complete else {}
    rules = model.ruleset.rules
    for rule_id in _with_cause(model, analysis):
        outline = model.outlines[rule_id]
        rule = outline if outline.is_whole else rules[rule_id]
        outcomes = outcomes_of(rule, analysis)
        if outline.kind == "must-not" and any(outcome.certainty is not None for outcome in outcomes):
            outcomes = [outcome for outcome in outcomes if not _is_let_pass(rule, outcome, analysis)]
        if complete:
            verdicts[rule_id] = _verdict(rule, outcomes, analysis.conversation.complete)
        for outcome in outcomes:
            if outcome.verdict is Verdict.VIOLATED:
                findings.append(_finding(rules[rule_id], outcome, analysis, language))
            elif outcome.verdict is Verdict.PENDING:
                owed.append(_owed(rules[rule_id], outcome, analysis, language))
    return Result(
        analysis.conversation, analysis.scene, tuple(_numbered(findings)), tuple(owed), tuple(verdicts.values())
    )


def _with_cause(model: Model, analysis: Analysis) -> list[str]:
    """Give the rules, in order, that something in a conversation gives cause to speak."""
    wakers: _Wakers | None = model.kept.get(_Wakers)
    if wakers is None:
        wakers = model.kept[_Wakers] = _Wakers(model)
    awake = set(wakers.always)
    for name, turns in analysis.possible.items():
        awake.update(wakers.rules.get(name, ()))
        if turns[-1] >= analysis.judged_from:
            awake.update(wakers.rules_on_turns.get(name, ()))
    return [wakers.names[number] for number in sorted(awake)]


class _Wakers:
    """The rules that are always asked, by number, and those that a detector wakes by what it hears."""

    def __init__(self, model: Model) -> None:
        self.names = tuple(model.causes)
        self.always: list[int] = []
        self.rules: dict[str, list[int]] = {}
        self.rules_on_turns: dict[str, list[int]] = {}
        for number, (rule, needed) in enumerate(model.causes.items()):
            if needed is None:
                self.always.append(number)
                continue
            on_turns = matchers.KINDS[model.outlines[rule].kind].JUDGES_TURNS
            for name in needed:
                (self.rules_on_turns if on_turns else self.rules).setdefault(name, []).append(number)


def _idle(model: Model, analysis: Analysis) -> dict[str, RuleVerdict]:
    """Give what each rule says of a conversation like this one in which nothing is said."""
    about = analysis.conversation
    roles = frozenset(turn.role for turn in about.turns)
    key = about.channel, analysis.scene, about.complete, roles
    known: dict[str, RuleVerdict] | None = model.kept.get(key)
    if known is None:
        turns = tuple(Turn(role=role, text="") for role in roles)
        silent = Conversation(id="", turns=turns, channel=about.channel, scene=analysis.scene, complete=about.complete)
        nothing = Analysis(model, silent)
        known = model.kept[key] = {
            rule_id: _verdict(rule, outcomes_of(rule, nothing), about.complete)
            for rule_id, rule in model.outlines.items()
            if rule.is_enabled
        }
    return dict(known)


def outcomes_of(rule: Rule | Outline, analysis: Analysis) -> list[Outcome]:
    """Give what one rule says of a conversation; outside its channels and scenes it does not apply."""
    # A record that does not name its channel is most often a chat.
    if rule.channels and (analysis.conversation.channel or "chat") not in rule.channels:
        return [Outcome(Verdict.NOT_APPLICABLE, reason="channel")]
    found = matchers.KINDS[rule.kind].find(rule.spec, analysis)
    return [_in_scope(rule, outcome, analysis) for outcome in found] if rule.scenes else list(found)


def heard_acts(model: Model, conversation: Conversation) -> list[HeardAct]:
    """List every act of every turn."""
    analysis = Analysis(model, conversation)
    found = []
    for index, turn in enumerate(conversation.turns):
        for act in model.ruleset.acts.values():
            if turn.role in act.detector.roles:
                for hit in analysis.acts(act.id, index):
                    span = analysis.raw_span(index, hit)
                    found.append(HeardAct(act.id, conversation.id, index, span.start, span.end))
    return found


def _is_let_pass(rule: Rule | Outline, outcome: Outcome, analysis: Analysis) -> bool:
    """Tell whether what was learned rests on words that a pattern of the same category knows and a guard lets pass."""
    if outcome.certainty is None or outcome.turn is None:
        return False
    model = analysis.model
    # A rule's detector has its name.
    for name in [name for name, turns in analysis.possible.items() if outcome.turn in turns and name in model.causes]:
        if model.outlines[name].category != rule.category:
            continue
        for detector in matchers.KINDS[rule.kind].detectors(model.ruleset.rules[name].spec):
            for miss in analysis.heard(detector, outcome.turn).near:
                if miss.why == "guard" and miss.start < (outcome.end or 0) and (outcome.start or 0) < miss.end:
                    return True
    return False


def excused(model: Model, conversation: Conversation) -> list[Excused]:
    """List the words that must-not rules matched and let pass, and what excused them."""
    analysis = Analysis(model, conversation)
    found = []
    for rule in model.ruleset.rules.values():
        for detector in matchers.KINDS[rule.kind].detectors(rule.spec) if rule.is_enabled else ():
            for index in analysis.possible.get(detector.id, ()):
                for miss in analysis.heard(detector, index).near:
                    found.append(_excused(rule, miss, index, analysis))
    return sorted(dict.fromkeys(found), key=lambda item: (item.turn, item.start, item.rule))


def _excused(rule: Rule, miss: NearMiss, index: int, analysis: Analysis) -> Excused:
    span = analysis.view(index).normalised.raw_span(miss.start, miss.end)
    text = analysis.turns[index].text[span.start : span.end]
    guard = analysis.model.ruleset.guards.get(miss.by)
    name = guard.title if guard and guard.title else miss.by
    return Excused(rule.id, analysis.conversation.id, index, span.start, span.end, text, miss.why, name)


def _in_scope(rule: Rule | Outline, outcome: Outcome, analysis: Analysis) -> Outcome:
    """Turn an outcome outside the rule's scenes into one that does not apply.

    The scene is the one at the turn that settled the verdict, so that a longer prefix never takes a violation back.
    """
    at = outcome.since if outcome.since is not None else len(analysis.turns)
    if analysis.scene_at(at) in rule.scenes:
        return outcome
    return Outcome(Verdict.NOT_APPLICABLE, reason="scene")


def _verdict(rule: Rule | Outline, outcomes: Iterable[Outcome], is_finished: bool) -> RuleVerdict:
    heaviest: Outcome | None = None
    for outcome in outcomes:
        if heaviest is None or _weight(outcome.verdict) > _weight(heaviest.verdict):
            heaviest = outcome
    if heaviest is not None:
        return RuleVerdict(rule.id, heaviest.verdict, heaviest.reason)
    return RuleVerdict(rule.id, Verdict.SATISFIED if is_finished else Verdict.PENDING)


def _finding(rule: Rule, outcome: Outcome, analysis: Analysis, language: str) -> Finding:
    conversation = analysis.conversation
    start = end = None
    words = ""
    if outcome.turn is not None and outcome.start is not None and outcome.end is not None:
        span = analysis.view(outcome.turn).normalised.raw_span(outcome.start, outcome.end)
        start, end = span.start, span.end
        words = analysis.turns[outcome.turn].text[start:end]
    said = analysis.turns[outcome.turn].text if outcome.turn is not None else ""
    identity = "\0".join((rule.id, conversation.id, said if start is not None else "", words))
    return Finding(
        rule=rule.id,
        category=rule.category,
        severity=rule.severity,
        conversation=conversation.id,
        path=conversation.path,
        turn=outcome.turn,
        start=start,
        end=end,
        text=words,
        message=fill(rule.message_en if language == "en" else rule.message, {"text": words, **outcome.facts}),
        suggestions=outcome.suggest or rule.suggest,
        basis=tuple(basis.clause for basis in rule.basis),
        fingerprint=_digest(identity),
        guards=outcome.guards,
        certainty=outcome.certainty,
    )


def _digest(identity: str) -> str:
    try:
        # The module behind hashlib, which itself takes long to look for OpenSSL.
        sha256 = import_module("_sha2" if sys.version_info >= (3, 12) else "_sha256").sha256
    except ImportError:
        import hashlib

        sha256 = hashlib.sha256
    digest: str = sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()
    return digest[:16]


def _owed(rule: Rule, outcome: Outcome, analysis: Analysis, language: str) -> Owed:
    message = rule.title_en if language == "en" else rule.title
    return Owed(rule.id, rule.category, analysis.conversation.id, message, outcome.reason, rule.suggest)


def _numbered(findings: list[Finding]) -> Iterator[Finding]:
    """Tell equal fingerprints apart by the order in which they stand."""
    seen: dict[str, int] = {}
    for finding in sorted(findings, key=_order):
        count = seen[finding.fingerprint] = seen.get(finding.fingerprint, 0) + 1
        yield finding if count == 1 else replace(finding, fingerprint=f"{finding.fingerprint}-{count}")


def _order(finding: Finding) -> tuple[int, int, str]:
    turn = finding.turn if finding.turn is not None else 1 << 30
    return turn, finding.start if finding.start is not None else -1, finding.rule


def fill(template: str, facts: Mapping[str, str]) -> str:
    """Put facts into a message; a name that is no fact stays as it is."""
    return _FIELD.sub(lambda match: facts.get(match[1], match[0]), template)
