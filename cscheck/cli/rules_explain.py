"""``cscheck rules explain``: what a rule is, why, on what it rests, and how to tune it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from cscheck.act import Act
from cscheck.clause import Basis
from cscheck.cli import options
from cscheck.cli.params import command, option
from cscheck.detector import Detector
from cscheck.display import padded, visible, wrap
from cscheck.language import BASIS_KINDS, CATEGORIES, ROLES, SEVERITIES, current, say, term
from cscheck.pack import RuleSet
from cscheck.rule import Rule

_COLUMN = 12


@command(
    "explain",
    "说明一条规则：抓什么、为什么、依据、例句、怎么调整。\n\nID 是规则编号，或 act:greeting 这样的行为。",
    "Explain a rule: what it catches, why, its basis, examples, how to tune it.\n\nID is a rule's, or act:greeting.",
)
@click.argument("name", metavar="ID")
@option("--patterns", "with_patterns", is_flag=True, zh="也列出句式和守卫的写法", en="list the patterns and guards too")
@options.packs
@options.config
@options.language
@options.width
def explain(
    name: str,
    with_patterns: bool,
    packs: tuple[str, ...],
    only_packs: tuple[str, ...],
    config_file: Path | None,
    lang: str | None,
    width: int | None,
) -> None:
    """Explain a rule or an act."""
    from cscheck.cli.find import find
    from cscheck.cli.output import columns
    from cscheck.cli.session import session

    work = session(config_file=config_file, packs=packs, only_packs=only_packs, flags={"lang": lang})
    ruleset = work.ruleset()
    found = find(name, ruleset)
    about = [*_rule(found, ruleset)] if isinstance(found, Rule) else [*_act(found, ruleset)]
    if with_patterns:
        about.insert(-1, _patterns(found))
    broad = columns(width, sys.stdout)
    click.echo(f"{found.id}\n{found.title_en if current() == 'en' else found.title}\n")
    for label, lines in about:
        for number, line in enumerate(_wrapped(lines, broad - _COLUMN)):
            click.echo((padded(label if number == 0 else "", _COLUMN) + line).rstrip())


def _rule(rule: Rule, ruleset: RuleSet) -> Iterator[tuple[str, Iterable[str]]]:
    from cscheck import matchers
    from cscheck.cli.describe import learned_from, lets_pass, looks_for

    detectors = matchers.KINDS[rule.kind].detectors(rule.spec)
    severity = term(SEVERITIES, rule.severity.value)
    if not rule.is_enabled:
        severity += say("（停用）", " (off)")
    if rule.is_fatal:
        severity += say("，一票否决", ", fatal")
    known = f"{term(CATEGORIES, rule.category)}  " if rule.category in CATEGORIES else ""
    yield say("类别", "category"), [f"{known}{rule.category}"]
    yield say("级别", "severity"), [severity + (f"：{rule.severity_why}" if rule.severity_why else "")]
    yield say("依据", "basis"), [_basis(basis, ruleset) for basis in rule.basis]
    yield say("为什么", "why"), [rule.why.strip()]
    yield say("提示语", "message"), [rule.message_en if current() == "en" else rule.message]
    yield say("抓什么", "looks for"), [*looks_for(rule, ruleset.acts), *_pointer(detectors)]
    yield say("学自", "learned from"), [line for detector in detectors for line in learned_from(detector, ruleset)]
    yield say("放过什么", "lets pass"), [line for detector in detectors for line in lets_pass(detector)]
    yield say("错误示例", "bad"), [_marked(text) for text in rule.examples.bad]
    yield say("正确示例", "good"), [text.strip() for text in rule.examples.good]
    yield say("可以改说", "say instead"), rule.suggest
    yield say("怎么调整", "tuning"), _tuning(rule)
    yield say("文件", "file"), [rule.path]


def _act(act: Act, ruleset: RuleSet) -> Iterator[tuple[str, Iterable[str]]]:
    from cscheck import matchers
    from cscheck.cli.describe import around, heard_like, learned_from, lets_pass

    users = [rule.id for rule in ruleset.rules.values() if act.id in matchers.KINDS[rule.kind].acts_used(rule.spec)]
    if act.basis:
        yield say("依据", "basis"), [_basis(basis, ruleset) for basis in act.basis]
    yield say("谁说的", "said by"), [term(ROLES, role) for role in act.detector.roles]
    yield say("怎样识别", "heard by"), [*around(act.detector), *heard_like(act.examples), *_pointer([act.detector])]
    yield say("学自", "learned from"), learned_from(act.detector, ruleset)
    yield say("不算的", "lets pass"), lets_pass(act.detector)
    yield say("是", "is"), [_marked(text) for text in act.examples.bad]
    yield say("不是", "is not"), [text.strip() for text in act.examples.good]
    yield say("用在规则", "used by"), users
    yield say("文件", "file"), [act.path]


def _pointer(detectors: Iterable[Detector]) -> Iterator[str]:
    if any(detector.entries for detector in detectors):
        yield say("（句式全文：加 --patterns）", "(all patterns: add --patterns)")


def _patterns(found: Rule | Act) -> tuple[str, Iterable[str]]:
    from cscheck import matchers
    from cscheck.cli.describe import patterns

    detectors = [found.detector] if isinstance(found, Act) else matchers.KINDS[found.kind].detectors(found.spec)
    return say("句式", "patterns"), [line for detector in detectors for line in patterns(detector)]


def _tuning(rule: Rule) -> Iterator[str]:
    if rule.tune:
        yield rule.tune.strip()
    yield say("停用：在 cscheck.yaml 里写", "off: in cscheck.yaml write")
    yield f"  rules: {{{rule.id}: off}}"
    yield say("改级别：", "another severity:")
    yield f"  rules: {{{rule.id}: warning}}"
    yield say("改分值，或设为一票否决：", "another weight, or fatal:")
    yield f"  score: {{weights: {{{rule.id}: 5}}, fatal: [{rule.id}]}}"
    where = "phrase" if rule.kind == "must-not" else "conversation"
    yield say("有理由时放过：", "accept with a reason:")
    yield f"  suppress: [{{rule: {rule.id}, {where}: …, reason: …, until: 2027-01-01}}]"
    if rule.kind == "must-not":
        yield say(
            "放过产品名：自己的规则包里写 exempt: [产品名]", "product names: exempt: [name] in a pack of your own"
        )


def _basis(basis: Basis, ruleset: RuleSet) -> str:
    clause = ruleset.clauses.get(basis.clause)
    kind = term(BASIS_KINDS, clause.kind if clause else basis.kind)
    version = basis.version or (clause.version if clause else "")
    origin = say(f"（{kind}{'，' + version if version else ''}）", f" ({kind}{', ' + version if version else ''})")
    if clause is None:
        return basis.clause + origin
    return say(f"{clause.id} {clause.asks}", f"{clause.id} {clause.asks_en}") + origin


def _marked(text: str) -> str:
    return text.strip().replace("<<", "【").replace(">>", "】")


def _wrapped(lines: Iterable[str], broad: int) -> Iterator[str]:
    for line in lines:
        for part in line.split("\n"):
            yield from wrap(visible(part), broad)
