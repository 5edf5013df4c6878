"""The score: what it counts, what it leaves out, and that it only ever falls."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cscheck.act import Examples
from cscheck.checker import Checker
from cscheck.conversation import Conversation, Turn
from cscheck.engine import RuleVerdict
from cscheck.errors import ConfigError
from cscheck.finding import Finding, Severity, Verdict
from cscheck.rule import Rule
from cscheck.score import Score, Scorer, weight_of
from cscheck.settings import Config, Scoring
from tests.packs import RULE, write_pack


def rule(id: str, category: str, severity: Severity = Severity.ERROR, **more: object) -> Rule:  # noqa: A002
    kind = str(more.pop("kind", "must-not"))
    values: dict[str, object] = {
        "title": "", "title_en": "", "basis": (), "why": "", "message": "", "message_en": "", "suggest": (),
        "spec": None, "channels": (), "scenes": (), "examples": Examples((), ()), "path": "", **more,
    }  # fmt: skip
    return Rule(id=id, kind=kind, category=category, severity=severity, **values)  # type: ignore[arg-type]


RULES = {
    item.id: item
    for item in (
        rule("p/a", "forbidden-negative"),
        rule("p/b", "forbidden-negative", Severity.WARNING),
        rule("p/c", "courtesy", Severity.WARNING),
        rule("p/d", "closing-thanks", Severity.WARNING, kind="owed"),
        rule("p/e", "vague", Severity.INFO, weight=5.0),
        rule("p/f", "privacy", is_fatal=True),
    )
}


def finding(id: str) -> Finding:  # noqa: A002
    return Finding(id, RULES[id].category, RULES[id].severity, "c", "", 0, 0, 1, "x", "")


def scored(times: dict[str, int], verdicts: dict[str, Verdict] | None = None, scoring: Scoring | None = None) -> Score:
    found = [finding(name) for name, count in times.items() for _ in range(count)]
    said = dict.fromkeys(RULES, Verdict.SATISFIED) | (verdicts or {})
    verdicts = [RuleVerdict(name, verdict) for name, verdict in said.items()]
    return Scorer(RULES, scoring or Scoring()).score(verdicts, found, explain=True)


def test_nothing_wrong_is_100() -> None:
    assert scored({}).value == 100


def test_items_are_categories_worth_their_heaviest_rule() -> None:
    found = scored({"p/b": 1})
    assert (found.lost, found.possible) == (3, 10 + 3 + 3 + 5 + 10)
    assert found.value == round(100 * (1 - 3 / 31), 1)


def test_a_rule_counts_each_time_up_to_the_cap() -> None:
    assert [scored({"p/c": times}).lost for times in (1, 2, 3, 4)] == [3, 6, 9, 9]
    assert scored({"p/c": 4}, scoring=Scoring(times=1)).lost == 3


def test_what_does_not_apply_leaves_the_denominator() -> None:
    found = scored({"p/c": 1}, {"p/d": Verdict.NOT_APPLICABLE})
    assert found.possible == 28
    assert [line.rule for line in found.lines if not line.counts] == ["p/d"]
    assert scored({}, dict.fromkeys(RULES, Verdict.NOT_APPLICABLE)).value is None


def test_what_may_still_be_said_is_not_counted_and_what_was_not_yet_broken_is_kept() -> None:
    found = scored({"p/c": 1}, dict.fromkeys(RULES, Verdict.PENDING))
    assert [line.rule for line in found.lines if not line.counts] == ["p/d"]


def test_fatal_is_zero() -> None:
    found = scored({"p/f": 1})
    assert (found.value, found.is_fatal) == (0, True)
    assert scored({"p/c": 1}, scoring=Scoring(fatal=("p",))).is_fatal


def test_weights_the_most_exact_name_wins() -> None:
    scoring = Scoring(weights={"p": 1, "p/c": 7})
    assert weight_of(RULES["p/c"], scoring) == 7
    assert weight_of(RULES["p/e"], scoring) == 1
    assert weight_of(RULES["p/e"], Scoring()) == 5


@given(st.dictionaries(st.sampled_from(sorted(RULES)), st.integers(0, 5)), st.sampled_from(sorted(RULES)))
def test_one_more_finding_never_raises_the_score(times: dict[str, int], name: str) -> None:
    before, after = scored(times).value, scored({**times, name: times.get(name, 0) + 1}).value
    assert before is not None and after is not None
    assert 0 <= after <= before <= 100


def test_no_agent_no_score(tmp_path: Path) -> None:
    checker = Checker([write_pack(tmp_path, rules__x=RULE.format(id="shop/x"))])
    assert checker.check(Conversation("c", (Turn("customer", "在吗"),))).score.value is None
    assert checker.check(Conversation("c", (Turn("agent", "在的"),))).score.value == 100


def test_settings_name_rules_that_exist(tmp_path: Path) -> None:
    pack = write_pack(tmp_path, rules__x=RULE.format(id="shop/x"))
    for config in (Config(rules={"shop/y": None}), Config(scoring=Scoring(fatal=("shop/y",)))):
        with pytest.raises(ConfigError, match="shop/y") as caught:
            Checker([pack], config)
        assert "shop/x" in caught.value.allowed


def test_rules_are_switched_and_weighed_by_settings(tmp_path: Path) -> None:
    pack = write_pack(tmp_path, rules__x=RULE.format(id="shop/x"), rules__y=RULE.format(id="shop/y"))
    talk = Conversation("c", (Turn("agent", "我不知道"),))
    checker = Checker([pack], Config(rules={"shop": None, "shop/y": Severity.INFO}))
    assert [(found.rule, found.severity) for found in checker.check(talk).findings] == [("shop/y", Severity.INFO)]
