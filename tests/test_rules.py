"""The shipped rules and acts prove themselves, each by its own examples."""

from __future__ import annotations

import pytest

from cscheck.checker import Checker
from cscheck.conversation import Conversation, Turn
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
    """Bad examples are found on the marked words, good ones not, and every pattern and guard is needed."""
    assert [str(failure) for failure in prover.rule(_RULESET.rules[name])] == []


@pytest.mark.parametrize("name", [name for name, rule in _RULESET.rules.items() if rule.suggest])
def test_suggestions_break_no_rule(checker: Checker, name: str) -> None:
    """What a rule suggests to say instead is itself in order."""
    before = Turn(role="agent", text="您好，我是客服小林，请问有什么可以帮您？")
    for text in _RULESET.rules[name].suggest:
        said = (before, Turn(role="customer", text="我想咨询一下"), Turn(role="agent", text=text))
        report = checker.check(Conversation(id="suggestion", turns=said, complete=False))
        assert [(finding.rule, finding.text) for finding in report.findings if finding.turn == 2 and finding.text] == []


def test_every_rule_has_both_languages(ruleset: RuleSet) -> None:
    """Titles and messages come in Chinese and English."""
    for rule in ruleset.rules.values():
        assert rule.title != rule.title_en, rule.id
        assert rule.message != rule.message_en, rule.id
