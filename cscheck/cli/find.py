"""Find a rule or an act by the name a user types."""

from __future__ import annotations

from cscheck.act import Act
from cscheck.errors import ConfigError
from cscheck.language import say
from cscheck.pack import RuleSet
from cscheck.rule import Rule
from cscheck.switches import near

ACT_PREFIX = "act:"


def find(name: str, ruleset: RuleSet) -> Rule | Act:
    """Give the rule, or the act (``act:greeting`` or just ``greeting``); raises ConfigError naming near ones."""
    if name in ruleset.rules:
        return ruleset.rules[name]
    act = name.removeprefix(ACT_PREFIX)
    if act in ruleset.acts:
        return ruleset.acts[act]
    names = [*ruleset.rules, *(f"{ACT_PREFIX}{key}" for key in ruleset.acts)]
    close = "、".join(near(name, names))
    raise ConfigError(
        say(f"没有名为“{name}”的规则或行为", f"no rule or act is called '{name}'"),
        allowed=close or say("用 cscheck rules list 查看", "see cscheck rules list"),
    )
