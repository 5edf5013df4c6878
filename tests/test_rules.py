"""The shipped rules and acts prove themselves, each by its own examples."""

from __future__ import annotations

import pytest

from cscheck.load.packs import load_packs
from cscheck.pack import RuleSet
from cscheck.prove import Prover

_RULESET = load_packs()


@pytest.fixture(scope="module")
def prover() -> Prover:
    return Prover(_RULESET)


@pytest.mark.parametrize("name", _RULESET.acts)
def test_act(prover: Prover, name: str) -> None:
    """Bad examples are heard on the marked words, good ones not, and every pattern and guard is needed."""
    assert [str(failure) for failure in prover.act(_RULESET.acts[name])] == []


@pytest.mark.parametrize("name", _RULESET.rules)
def test_rule(prover: Prover, name: str) -> None:
    """Bad examples are found on the marked words, good ones by no rule; suggestions are in order; all is needed."""
    assert [str(failure) for failure in prover.rule(_RULESET.rules[name])] == []


def test_every_rule_has_both_languages(ruleset: RuleSet) -> None:
    """Titles and messages come in Chinese and English."""
    for rule in ruleset.rules.values():
        assert rule.title != rule.title_en, rule.id
        assert rule.message != rule.message_en, rule.id
