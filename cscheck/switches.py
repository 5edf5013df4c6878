"""Switch rules and change their severities as the settings say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from cscheck.errors import ConfigError
from cscheck.outlines import outlines
from cscheck.pack import RuleSet
from cscheck.rule import KeptRules, Outline, Rule
from cscheck.settings import Config
from cscheck.suppress import names


def switched(ruleset: RuleSet, config: Config) -> RuleSet:
    """Apply ``rules:`` of the settings, the more exact name last; raises ConfigError for a name that is no rule's."""
    known = outlines(ruleset.rules)
    changed: dict[str, Outline] = {}
    for wanted, severity in sorted(config.rules.items(), key=lambda item: len(item[0])):
        found = [rule for rule in known if names(wanted, rule)]
        if not found:
            raise _unknown(wanted, known, config, "rules", wanted)
        for rule in found:
            outline = changed.get(rule, known[rule])
            if severity is None:
                changed[rule] = replace(outline, is_enabled=False)
            else:
                changed[rule] = replace(outline, is_enabled=True, severity=severity)
    if not config.learned:
        for rule, outline in known.items():
            if outline.is_learned:
                changed[rule] = replace(changed.get(rule, outline), is_enabled=False)
        ruleset = replace(ruleset, models={})
    for wanted in config.scoring.weights:
        if not any(names(wanted, rule) for rule in known):
            raise _unknown(wanted, known, config, "score", "weights", wanted)
    for wanted in config.scoring.fatal:
        if not any(names(wanted, rule) for rule in known):
            raise _unknown(wanted, known, config, "score", "fatal")
    return replace(ruleset, rules=_with(ruleset.rules, changed)) if changed else ruleset


def _with(rules: Mapping[str, Rule], changed: Mapping[str, Outline]) -> Mapping[str, Rule]:
    if isinstance(rules, KeptRules):
        return rules.switched(changed)
    return {
        name: replace(rule, severity=changed[name].severity, is_enabled=changed[name].is_enabled)
        if name in changed
        else rule
        for name, rule in rules.items()
    }


def near(wanted: str, known: Iterable[str]) -> list[str]:
    """Give the names most like one that is unknown."""
    import difflib

    names_known = sorted(set(known))
    by_end = [name for name in names_known if name.endswith("/" + wanted.rsplit("/", 1)[-1])]
    return list(dict.fromkeys((*by_end, *difflib.get_close_matches(wanted, names_known, n=5, cutoff=0.5))))[:5]


def _unknown(wanted: str, rules: Iterable[str], config: Config, *key: str) -> ConfigError:
    origin = config.origin(*key)
    close = "、".join(near(wanted, rules)) or "用 cscheck rules list 查看所有规则"
    return ConfigError(f"没有名为“{wanted}”的规则", origin.place if origin else None, allowed=close)
