"""Packs are read strictly: every slip is named with its place and with what is allowed."""

from __future__ import annotations

from pathlib import Path

import pytest

from cscheck.errors import RuleFileError
from cscheck.finding import Severity
from cscheck.load.packs import available, load_packs
from cscheck.prove import Prover, prove
from tests.packs import RULE, load_pack, write_pack

GOOD = RULE.format(id="shop/negative/x")


def test_loads(tmp_path: Path) -> None:
    """A well-formed pack gives its rules by id."""
    assert list(load_pack(tmp_path, rules__negative__x=GOOD).rules) == ["shop/negative/x"]


@pytest.mark.parametrize(
    ("change", "message", "line"),
    [
        (("severity: error", "severity: fatal"), "“fatal”不在可用的值里", 5),
        (("why: 客户听到的是拒绝。\n", ""), "缺少字段“why”", 2),
        (("why:", "reason:"), "不认识的字段“reason”", 7),
        (("id: shop", "id: shops"), "id 应与文件路径一致", 2),
        (("  good: [我帮您查]", "  good: []"), "至少要有一条例句", 13),
        (("  good: [我帮您查]", "  good: [我帮您查, 我帮您查]"), "重复了", 13),
        (("  good: [我帮您查]", "  good: [我不知道]"), "不能既是 bad 又是 good", 13),
        (("patterns: [不知道]", "patterns: [不知道, 不知道]"), "重复了", 10),
        (("patterns: [不知道]", "patterns: ['不(知道']"), "没有用“)”结束", 10),
        (("patterns: [不知道]", "patterns: ['{没有的}啊']"), "没有名为“没有的”的词表", 10),
        (("patterns: [不知道]", "patterns: [不知道]\nguards: [没有的]"), "没有名为“没有的”的守卫", 11),
        (
            ("patterns: [不知道]", "patterns: [不知道]\nguards: [{where: 旁边, patterns: [甲]}]"),
            "“旁边”不在可用的值里",
            11,
        ),
        (("patterns: [不知道]", "patterns: ['不知道{开头}了']"), "永远匹配不上", 10),
        (("patterns: [不知道]", "patterns: [{match: 不知道, regex: 不知道}]"), "二者选一", 10),
        (("patterns: [不知道]", "patterns: [{regex: '不(知道'}]"), "正则表达式写法有误", 10),
        (("title:", "title: 一\ntitle:"), "“title”写了两次", 4),
        (("patterns: [不知道]", "patterns: [不知道"), "YAML 写法有误", 11),
    ],
)
def test_slips(tmp_path: Path, change: tuple[str, str], message: str, line: int) -> None:
    """Each slip is one error with file and line."""
    assert change[0] in GOOD
    with pytest.raises(RuleFileError) as caught:
        load_pack(tmp_path, rules__negative__x=GOOD.replace(*change, 1))
    assert message in str(caught.value)
    assert caught.value.place is not None
    assert caught.value.place.path.endswith("x.yaml")
    assert caught.value.place.line == line


def test_slip_shows_the_line_and_what_is_allowed(tmp_path: Path) -> None:
    """The error quotes the line, marks the column and lists what may stand there."""
    with pytest.raises(RuleFileError) as caught:
        load_pack(tmp_path, rules__negative__x=GOOD.replace("severity: error", "severity: fatal"))
    lines = str(caught.value).splitlines()
    assert lines[0].endswith("x.yaml:5:11: “fatal”不在可用的值里")
    assert lines[1:3] == ["    severity: fatal", "              ^"]
    assert lines[3] == "  可用：info、warning、error"


def test_extends_a_missing_pack(tmp_path: Path) -> None:
    """A base that is not there is named where it is asked for."""
    with pytest.raises(RuleFileError, match=r"pack\.yaml:3:11: 找不到规则包“nowhere”"):
        load_pack(tmp_path, pack="extends: [nowhere]\n")


def test_extends_and_switches(tmp_path: Path) -> None:
    """A pack on top of another switches its rules and weighs them anew."""
    write_pack(tmp_path, "base", rules__a=RULE.format(id="base/a"), rules__b=RULE.format(id="base/b"))
    top = write_pack(tmp_path, "top", "extends: [../base]\ndisable: [base/a]\nseverity: {base/b: info}\n")
    ruleset = load_packs([top])
    assert [pack.id for pack in ruleset.packs] == ["base", "top"]
    assert not ruleset.rules["base/a"].is_enabled
    assert ruleset.rules["base/b"].severity is Severity.INFO


def test_packs_that_extend_each_other_load(tmp_path: Path) -> None:
    """A circle of packs ends."""
    write_pack(tmp_path, "one", "extends: [../two]\n")
    two = write_pack(tmp_path, "two", "extends: [../one]\n")
    assert {pack.id for pack in load_packs([two]).packs} == {"one", "two"}


def test_word_sets_join(tmp_path: Path) -> None:
    """A set that two packs declare holds the words of both."""
    write_pack(tmp_path, "one", sets__s="货: [鞋]\n")
    two = write_pack(tmp_path, "two", "extends: [../one]\n", sets__s="货: [帽]\n")
    assert len(load_packs([two]).sets["货"]) == 2


def test_a_word_set_stands_once_in_a_pack(tmp_path: Path) -> None:
    pack = write_pack(tmp_path, "one", sets__a="货: [鞋]\n", sets__b="客: [张]\n货: [帽]\n")
    with pytest.raises(RuleFileError, match=r"b\.yaml:2:1: 词表“货”在 .*a\.yaml 里已经有了"):
        load_packs([pack])


@pytest.mark.parametrize("name", available())
def test_each_shipped_pack_loads_by_itself(name: str) -> None:
    """What a pack needs is in it or in what it extends."""
    assert name in [pack.id for pack in load_packs([name]).packs]


def test_a_pack_extends_the_one_beside_it(tmp_path: Path) -> None:
    """A copy of the shipped packs stays among itself."""
    core = write_pack(tmp_path, "core", rules__x=RULE.format(id="core/x"))
    ruleset = load_packs([write_pack(tmp_path, "shop", "extends: [core]\n")])
    assert [pack.path for pack in ruleset.packs] == [str(core), str(tmp_path / "shop")]


def test_what_may_not_follow_may_be_the_end(tmp_path: Path) -> None:
    """A pattern that cannot match at the end of a text can match within one, and a gap may hold a comma."""
    for pattern in ("不知道{后无:问题|{分句尾}}", "把{1-9 句}{分句首}不知道"):
        text = RULE.format(id="shop/x").replace("patterns: [不知道]", f'patterns: ["{pattern}"]')
        assert load_packs([write_pack(tmp_path, "shop", rules__x=text)]).rules


ACT = """
id: hi
title: 问好
by: agent
patterns: [{pattern}]
guards: [{{name: 别人的, where: clause, patterns: [{guard}]}}]
examples: {{bad: [{bad}], good: [{good}]}}
"""


def test_a_pack_adds_to_an_act_with_its_own_conditions(tmp_path: Path) -> None:
    """Patterns join; a pack's conditions hold for its own patterns; the examples of both prove the act."""
    write_pack(tmp_path, "one", acts__hi=ACT.format(pattern="您好", guard="他说", bad="您好", good="他说您好"))
    more = ACT.format(pattern="早安", guard="牌子", bad="早安", good="牌子上写早安")
    two = write_pack(tmp_path, "two", "extends: [../one]\n", acts__hi=more)
    ruleset = load_packs([two])
    assert list(prove(ruleset)) == []
    act = ruleset.acts["hi"]
    assert act.examples.bad == ("您好", "早安")
    assert [[guard.name for guard in entry.guards] for entry in act.detector.entries] == [[], ["别人的"]]
    assert [found.id for found in ruleset.acts_of("two")] == ["hi"]


def test_a_clause_that_nobody_wrote_down_is_refused(tmp_path: Path) -> None:
    """A typo in a clause's id is an error as soon as some pack writes clauses down."""
    clauses = "document: 手册\nclauses: {R-4.1: {asks: 不说不知道}}\n"
    pack = write_pack(tmp_path, "shop", rules__x=RULE.format(id="shop/x"), clauses__a=clauses)
    with pytest.raises(RuleFileError, match=r"没有编号为“R-4\.1b”的条款"):
        load_packs([pack])


def test_a_pattern_that_folding_changes_is_refused(tmp_path: Path) -> None:
    """A mark slipped in between characters is gone before patterns are tried."""
    text = RULE.format(id="shop/x").replace("patterns: [不知道]", "patterns: [不-知道]")
    with pytest.raises(RuleFileError, match="“不-知道”在匹配前会折成“不知道”"):
        load_packs([write_pack(tmp_path, "shop", rules__x=text)])


def test_conditions_without_patterns_are_refused(tmp_path: Path) -> None:
    """A guard beside acts alone would do nothing."""
    text = RULE.format(id="shop/x").replace("patterns: [不知道]", "acts: [hi]\nguards: [quoted]")
    with pytest.raises(RuleFileError, match="guards 只管 patterns"):
        load_packs([write_pack(tmp_path, "shop", rules__x=text)])


def test_a_rule_switched_off_does_not_spoil_examples(tmp_path: Path) -> None:
    """A copy with one more guard proves itself when the original is off."""
    write_pack(tmp_path, "one", rules__x=RULE.format(id="one/x"))
    text = RULE.format(id="two/x").replace("good: [我帮您查]", "good: [客人说不知道]")
    text += "guards: [{where: before, patterns: [客人]}]\n"
    two = write_pack(tmp_path, "two", "extends: [../one]\ndisable: [one/x]\n", rules__x=text)
    assert list(prove(load_packs([two]), only="two")) == []


def test_acts_that_need_each_other_are_refused(tmp_path: Path) -> None:
    """A circle of acts is an error."""
    act = (
        "id: {0}\ntitle: 甲\nby: agent\npatterns: [{0}]\nneeds: [{{where: turn, acts: [{1}]}}]\n"
        "examples: {{bad: [甲], good: [乙]}}\n"
    )
    with pytest.raises(RuleFileError, match="互相依赖"):
        load_pack(tmp_path, acts__a=act.format("a", "b"), acts__b=act.format("b", "a"))


def test_unknown_act_in_a_rule(tmp_path: Path) -> None:
    """A rule that asks for an act nobody declares is an error."""
    with pytest.raises(RuleFileError, match="没有名为“bow”的行为"):
        load_pack(tmp_path, rules__negative__x=GOOD.replace("patterns: [不知道]", "acts: [bow]"))


def test_shipped_packs_are_there() -> None:
    """The packs that come with cscheck are found."""
    assert "core" in available()


def test_regular_expressions(tmp_path: Path) -> None:
    """A rule may use a full regular expression, and report a part of what it matches."""
    rule = GOOD.replace("patterns: [不知道]", "patterns: [{regex: '我(?P<mark>不+知道)'}]")
    ruleset = load_pack(tmp_path, rules__negative__x=rule)
    assert [str(failure) for failure in Prover(ruleset).rule(ruleset.rules["shop/negative/x"])] == []
