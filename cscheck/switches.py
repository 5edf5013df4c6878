"""Switch rules and change their severities as the settings say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from cscheck import matchers
from cscheck.errors import ConfigError
from cscheck.pack import RuleSet
from cscheck.rule import Rule
from cscheck.settings import Config
from cscheck.suppress import names


def switched(ruleset: RuleSet, config: Config) -> RuleSet:
    """Apply ``rules:`` of the settings, the more exact name last; raises ConfigError for a name that is no rule's."""
    rules = dict(ruleset.rules)
    for wanted, severity in sorted(config.rules.items(), key=lambda item: len(item[0])):
        found = [rule for rule in rules if names(wanted, rule)]
        if not found:
            raise _unknown(wanted, rules, config, "rules", wanted)
        for rule in found:
            if severity is None:
                rules[rule] = replace(rules[rule], is_enabled=False)
            else:
                rules[rule] = replace(rules[rule], is_enabled=True, severity=severity)
    if not config.learned:
        rules = {
            name: replace(rule, is_enabled=rule.is_enabled and not _is_only_learned(rule))
            for name, rule in rules.items()
        }
        ruleset = replace(ruleset, models={})
    for wanted in config.scoring.weights:
        if not any(names(wanted, rule) for rule in rules):
            raise _unknown(wanted, rules, config, "score", "weights", wanted)
    for wanted in config.scoring.fatal:
        if not any(names(wanted, rule) for rule in rules):
            raise _unknown(wanted, rules, config, "score", "fatal")
    return replace(ruleset, rules=rules)


def _is_only_learned(rule: Rule) -> bool:
    detectors = matchers.KINDS[rule.kind].detectors(rule.spec)
    return any(detector.learned and not (detector.entries or detector.builtins) for detector in detectors)


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
