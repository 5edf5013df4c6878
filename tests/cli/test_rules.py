"""``cscheck rules``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cscheck.cli.exits import Exit
from cscheck.load.schema import KINDS, schema
from tests.cli.conftest import Run
from tests.packs import RULE, write_pack


def test_list_by_category_and_by_clause(cscheck: Run) -> None:
    result = cscheck("rules", "list")
    assert "禁用否定  forbidden-negative" in result.stdout
    assert "mini/negative/not-knowing" in result.stdout
    assert "共 2 条规则，1 种行为" in result.stdout
    assert cscheck("rules", "list", "--by-clause").stdout.startswith("R-4.1b\n")
    only = cscheck("rules", "list", "--category", "opening-greeting").stdout
    assert "not-knowing" not in only
    assert cscheck("rules", "list", "--category", "nothing").exit_code == Exit.FAILED


CLAUSES = """
document: 门店规范
clauses:
  S-1: {asks: 不说不知道, asks-en: No ignorance}
  S-2: {asks: 问候}
  S-3: {asks: 没人管的条款}
"""


def test_by_clause_names_acts_and_what_nothing_rests_on(cscheck: Run, folder: Path) -> None:
    act = "id: hi\ntitle: 问好\nby: agent\nbasis: [S-2]\npatterns: [您好]\nexamples: {bad: [您好], good: [好]}\n"
    rule = RULE.format(id="shop/x").replace("R-4.1b", "S-1")
    pack = write_pack(folder, "shop", rules__x=rule, acts__hi=act, clauses__shop=CLAUSES)
    shown = cscheck("rules", "list", "--by-clause", "--only-pack", str(pack), bare=True).stdout
    assert shown.startswith("# 门店规范\nS-1  不说不知道\n  shop/x")
    assert "S-2  问候\n  act:hi" in shown
    assert "S-3  没人管的条款\n  （没有规则）" in shown
    explained = cscheck("rules", "explain", "shop/x", "--only-pack", str(pack), "--lang", "en", bare=True).stdout
    assert "S-1 No ignorance (house standard)" in explained


def test_explain_shows_patterns_when_asked(cscheck: Run) -> None:
    short = cscheck("rules", "explain", "mini/negative/not-knowing").stdout
    assert "像这样的话：不知道" in short
    assert "（句式全文：加 --patterns）" in short
    assert "句式        " in cscheck("rules", "explain", "mini/negative/not-knowing", "--patterns").stdout


def test_list_acts(cscheck: Run) -> None:
    assert "greeting  客服  问候" in cscheck("rules", "list", "--acts").stdout


def test_a_packs_name_stands_for_its_acts_too(cscheck: Run, folder: Path) -> None:
    act = "id: hi\ntitle: 问好\nby: agent\npatterns: [您好]\nexamples: {bad: [早], good: [好]}\n"
    pack = write_pack(folder, "shop", acts__hi=act)
    result = cscheck("rules", "test", "shop", "--only-pack", str(pack), bare=True)
    assert "应当识别，却没有识别" in result.stdout


def test_mutate_names_words_without_example(cscheck: Run, folder: Path) -> None:
    text = RULE.format(id="shop/x").replace("patterns: [不知道]", "patterns: [(不知道|不晓得)]")
    pack = write_pack(folder, "shop", rules__x=text)
    result = cscheck("rules", "test", "--mutate", "--only-pack", str(pack), bare=True)
    assert result.exit_code == Exit.FINDINGS
    assert "没有例句用到：不晓得" in result.stdout
    assert "去掉了 2 个词，1 个没有例句用到；重复的规则 0 处" in result.stdout
    assert cscheck("rules", "test", "--mutate").exit_code == Exit.CLEAN


def test_show_gives_the_file(cscheck: Run, pack: Path) -> None:
    path = pack / "rules" / "negative" / "not-knowing.yaml"
    assert cscheck("rules", "show", "mini/negative/not-knowing").stdout == f"# {path}\n{path.read_text('utf-8')}"


def test_explain_a_rule_and_an_act(cscheck: Run) -> None:
    rule = cscheck("rules", "explain", "mini/negative/not-knowing").stdout
    for words in (
        "禁用否定",
        "R-4.1b（企业规范）",
        "我【不知道】",
        "我帮您查一下",
        "rules: {mini/negative/not-knowing: off}",
    ):
        assert words in rule
    owed = cscheck("rules", "explain", "mini/opening/greeting", "--lang", "en").stdout
    assert "when: it opens" in owed
    assert "by: in the agent's first turn" in owed
    for name in ("act:greeting", "greeting"):
        assert "mini/opening/greeting" in cscheck("rules", "explain", name).stdout


@pytest.mark.parametrize("command", ["show", "explain"])
def test_an_unknown_id_names_near_ones(cscheck: Run, command: str) -> None:
    result = cscheck("rules", command, "mini/negative/not-knowin")
    assert result.exit_code == Exit.FAILED
    assert "mini/negative/not-knowing" in result.stderr


def test_rules_prove_themselves(cscheck: Run, folder: Path) -> None:
    assert cscheck("rules", "test").exit_code == Exit.CLEAN
    text = RULE.format(id="shop/x").replace("我帮您查]\n", "我不知道啊]\n")
    pack = write_pack(folder, "shop", rules__x=text)
    result = cscheck("rules", "test", "--only-pack", str(pack), bare=True)
    assert result.exit_code == Exit.FINDINGS
    assert "不该命中，却命中了“不知道”" in result.stdout
    assert "分词" in result.stdout
    assert cscheck("rules", "test", "nothing/here").exit_code == Exit.FAILED


def test_a_new_rule_proves_itself_once_it_is_filled_in(cscheck: Run, folder: Path) -> None:
    assert cscheck("rules", "new", "negative/no-idea", "--pack", "shop", bare=True).exit_code == Exit.CLEAN
    file = folder / "shop" / "rules" / "negative" / "no-idea.yaml"
    unfilled = cscheck("rules", "test", "shop", "--only-pack", "shop", bare=True)
    assert unfilled.exit_code == Exit.FINDINGS
    assert "应当命中，却没有命中" in unfilled.stdout
    text = file.read_text("utf-8").replace("换成要抓的说法", "没主意").replace("换成一句<<应命中>>的话", "我<<没主意>>")
    file.write_text(text, encoding="utf-8")
    assert cscheck("rules", "test", "shop", "--only-pack", "shop", bare=True).exit_code == Exit.CLEAN
    assert cscheck("rules", "new", "negative/no-idea", "--pack", "shop", bare=True).exit_code == Exit.FAILED
    assert cscheck("rules", "new", "../x", "--pack", "shop", bare=True).exit_code == Exit.FAILED


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_describes_every_field(cscheck: Run, kind: str) -> None:
    printed = json.loads(cscheck("rules", "schema", "--kind", kind, bare=True).stdout)
    assert printed == schema(kind)
    assert printed["additionalProperties"] is False
    for name, field in printed["properties"].items():
        assert field.get("description"), name


def test_an_act_says_what_its_model_was_made_from(cscheck: Run) -> None:
    told = cscheck("rules", "explain", "transfer", bare=True).stdout
    assert "在没见过的文件上，精确率" in told
    assert "句式命中了也不算" in told
    assert "学自" not in cscheck("rules", "explain", "greeting", bare=True).stdout
