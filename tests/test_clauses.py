"""Every clause of the four standards is carried by a rule, an act or a scene; what rests on law names its text."""

from __future__ import annotations

import pytest

from cscheck.clause import Basis
from cscheck.load.packs import load_packs

_RULESET = load_packs()


def _rests_on() -> dict[str, list[Basis]]:
    carriers = [*_RULESET.rules.values(), *_RULESET.acts.values(), *_RULESET.scenes]
    found: dict[str, list[Basis]] = {}
    for carrier in carriers:
        for basis in carrier.basis:
            found.setdefault(basis.clause, []).append(basis)
    return found


@pytest.mark.parametrize("clause", _RULESET.clauses)
def test_every_clause_is_carried(clause: str) -> None:
    """Some rule, act or scene rests on the clause."""
    assert clause in _rests_on()


def test_all_seventy_five_clauses_are_there() -> None:
    """None of the standards' clauses is left out of the list itself."""
    house = [clause for clause in _RULESET.clauses.values() if clause.kind == "house"]
    assert len(house) == 75
    assert {clause.document for clause in house} == {
        "客户服务标准化沟通模板",
        "客户服务标准用语与响应时间规范",
        "电商平台客户服务话术规范",
        "电信客户服务话术及投诉处理指南",
    }


def test_no_rule_rests_on_a_clause_nobody_wrote_down() -> None:
    """What shipped rules name is in the clause files."""
    assert set(_rests_on()) <= set(_RULESET.clauses)


def test_law_is_named_with_its_version() -> None:
    """A statute or guide is never named without the text it is from, nor as a house clause."""
    for name, rows in _rests_on().items():
        clause = _RULESET.clauses[name]
        for basis in rows:
            assert basis.kind == clause.kind, name
            if clause.kind != "house":
                assert clause.version and basis.version, name


@pytest.mark.parametrize("rule", _RULESET.rules.values(), ids=lambda rule: rule.id)
def test_no_message_says_that_something_is_illegal(rule: object) -> None:
    """Findings speak of risk; whether something breaks the law is not for a linter to say."""
    texts = [getattr(rule, name) for name in ("title", "message", "message_en", "why", "title_en", "severity_why")]
    assert not any(word in text for text in texts for word in ("违法", "犯法", "illegal", "unlawful"))


@pytest.mark.parametrize("rule", _RULESET.rules.values(), ids=lambda rule: rule.id)
def test_every_rule_says_why_it_has_its_level(rule: object) -> None:
    """How sure a rule is stands in its file."""
    assert getattr(rule, "severity_why", "")
