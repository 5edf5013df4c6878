"""``cscheck rules list``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from cscheck.cli import options
from cscheck.cli.params import command, option
from cscheck.display import padded, width
from cscheck.language import CATEGORIES, ROLES, SCENES, SEVERITIES, current, say, term
from cscheck.pack import RuleSet
from cscheck.rule import Rule


@command("list", "列出规则：编号、级别、标题。", "List the rules: id, severity, title.")
@options.packs
@option("--category", metavar="SLUG", zh="只列这个类别，如 overpromise", en="only this category, e.g. overpromise")
@option("--acts", "acts", is_flag=True, zh="列出行为：编号、谁说的、名称", en="list the acts: id, who, title")
@option("--by-clause", is_flag=True, zh="按所依据的条款排列", en="by the clause they rest on")
@options.config
@options.language
def list_(
    packs: tuple[str, ...],
    only_packs: tuple[str, ...],
    category: str | None,
    acts: bool,
    by_clause: bool,
    config_file: Path | None,
    lang: str | None,
) -> None:
    """List rules."""
    from cscheck.cli.session import session
    from cscheck.errors import ConfigError

    work = session(config_file=config_file, packs=packs, only_packs=only_packs, flags={"lang": lang})
    ruleset = work.ruleset()
    known = {rule.category for rule in ruleset.rules.values()}
    if category is not None and category not in known:
        raise ConfigError(
            say(f"没有“{category}”类的规则", f"no rule has the category '{category}'"), allowed="、".join(sorted(known))
        )
    chosen = [rule for rule in ruleset.rules.values() if category in (None, rule.category)]
    if acts:
        lines = _acts(ruleset)
    elif by_clause:
        lines = _by_clause(chosen, ruleset, everything=category is None)
    else:
        lines = _by_category(chosen)
    for line in [*lines, _count(chosen, ruleset)]:
        click.echo(line)


def _acts(ruleset: RuleSet) -> Iterator[str]:
    """List the acts, those of the agent first."""
    acts = sorted(ruleset.acts.values(), key=lambda act: (list(ROLES).index(act.detector.roles[0]), act.id))
    titles = ((act.title_en if current() == "en" else act.title) for act in acts)
    who = (say("、", ", ").join(term(ROLES, role) for role in act.detector.roles) for act in acts)
    yield from _table([(act.id, role, title) for act, role, title in zip(acts, who, titles, strict=True)])
    yield ""


def _by_category(rules: list[Rule]) -> Iterator[str]:
    for category in sorted({rule.category for rule in rules}, key=_place):
        yield f"{term(CATEGORIES, category)}  {category}" if category in CATEGORIES else category
        chosen = sorted((rule for rule in rules if rule.category == category), key=lambda rule: rule.id)
        yield from _table([_rule_row(rule) for rule in chosen])
        yield ""


def _by_clause(rules: list[Rule], ruleset: RuleSet, *, everything: bool) -> Iterator[str]:
    """List each clause with the rules, acts and scenes that rest on it, and those on which nothing rests."""
    rows: dict[str, list[_Row]] = {clause: [] for clause in (ruleset.clauses if everything else ())}
    for rule in sorted(rules, key=lambda rule: rule.id):
        for basis in rule.basis:
            rows.setdefault(basis.clause, []).append(_rule_row(rule))
    for act in ruleset.acts.values() if everything else ():
        row = (f"act:{act.id}", say("行为", "act"), act.title_en if current() == "en" else act.title)
        for basis in act.basis:
            rows.setdefault(basis.clause, []).append(row)
    for cue in ruleset.scenes if everything else ():
        title = say("判断场景：", "tells the scene: ") + term(SCENES, cue.scene)
        for basis in cue.basis:
            rows.setdefault(basis.clause, []).append((f"scene:{cue.scene}", say("场景", "scene"), title))
    document = ""
    for clause, found in rows.items():
        asks = ruleset.clauses.get(clause)
        if asks and asks.document != document:
            document = asks.document
            yield f"# {asks.document_en if current() == 'en' else asks.document}"
        yield clause + (f"  {asks.asks_en if current() == 'en' else asks.asks}" if asks else "")
        yield from _table(found) if found else ["  " + say("（没有规则）", "(no rule)")]
        yield ""


_Row = tuple[str, str, str]


def _rule_row(rule: Rule) -> _Row:
    severity = term(SEVERITIES, rule.severity.value) if rule.is_enabled else say("停用", "off")
    return rule.id, severity, rule.title_en if current() == "en" else rule.title


def _table(rows: list[_Row]) -> Iterator[str]:
    broad = max(width(name) for name, _, _ in rows)
    for name, kind, title in rows:
        yield f"  {padded(name, broad)}  {padded(kind, 7 if current() == 'en' else 4)}  {title}"


def _count(rules: list[Rule], ruleset: RuleSet) -> str:
    packs = "、".join(f"{pack.id} {pack.version}" for pack in ruleset.packs)
    return say(
        f"共 {len(rules)} 条规则，{len(ruleset.acts)} 种行为；规则包：{packs}",
        f"{len(rules)} rules, {len(ruleset.acts)} acts; packs: {packs}",
    )


def _place(category: str) -> tuple[int, str]:
    order = list(CATEGORIES)
    return (order.index(category) if category in CATEGORIES else len(order), category)
