"""``cscheck draft``."""

from __future__ import annotations

import json
from pathlib import Path

from cscheck.cli.exits import Exit
from tests.cli.conftest import Run, document
from tests.packs import RULE, write_pack


def test_a_reply_is_marked_and_bettered(cscheck: Run) -> None:
    result = cscheck("draft", "您好，这个我不知道")
    assert result.exit_code == Exit.FINDINGS
    assert "^^^^^^" in result.stdout
    assert "建议：我帮您查一下" in result.stdout


def test_standard_input_is_read(cscheck: Run) -> None:
    assert cscheck("draft", "-", stdin="您好，我查一下\n").exit_code == Exit.CLEAN
    assert cscheck("draft", stdin="您好，我不知道\n").exit_code == Exit.FINDINGS


def test_standard_input_in_another_encoding(cscheck: Run) -> None:
    found = document(
        cscheck("draft", "-", "--format", "json", stdin="您好，这件事我真的不知道该怎么办".encode("gb18030"))
    )
    assert found["findings"][0]["text"] == "不知道"
    assert cscheck("draft", "-", stdin=b"\xff\xfe\xff\x81\x00").exit_code == Exit.FAILED


def test_the_context_counts_but_is_not_judged(cscheck: Run, folder: Path) -> None:
    (folder / "a.txt").write_text("客户：在吗\n客服：您好，我不知道\n", encoding="utf-8")
    found = document(cscheck("draft", "我查一下", "--context", "a.txt", "--format", "json"))
    assert found["findings"] == []
    assert found["conversations"][0]["turns"] == 3
    assert found["conversations"][0]["score"] is None
    assert found["owed"] == []


def test_what_is_missing_is_found_where_the_context_tells(cscheck: Run, folder: Path) -> None:
    (folder / "a.txt").write_text("客户：在吗\n", encoding="utf-8")
    found = document(cscheck("draft", "我查一下", "--context", "a.txt", "--format", "json"))
    assert [item["category"] for item in found["findings"]] == ["opening-greeting"]


def test_without_context_nothing_is_missing(cscheck: Run) -> None:
    assert document(cscheck("draft", "我查一下", "--format", "json"))["findings"] == []


def test_nothing_to_check_is_an_error(cscheck: Run) -> None:
    assert cscheck("draft", "  ").exit_code == Exit.FAILED
    assert cscheck("draft", "好", "--context", "nowhere.txt").exit_code == Exit.FAILED


GUARDED = "patterns: [不知道]\nguards: [{name: 引号, where: quoted}]"


def test_excused_shows_what_a_guard_let_pass(cscheck: Run, folder: Path) -> None:
    text = RULE.format(id="shop/x").replace(
        "patterns: [不知道]", "patterns: [不知道]\nguards: [{name: 引号, where: quoted}]"
    )
    pack = write_pack(folder, "shop", rules__x=text)
    arguments = ("draft", "您选“不知道”就行", "--excused", "--only-pack", str(pack))
    shown = cscheck(*arguments, bare=True).stdout
    assert "放过  “不知道”  守卫：引号  shop/x" in shown
    (item,) = json.loads(cscheck(*arguments, "--format", "json", bare=True).stdout)["excused"]
    assert (item["text"], item["start"], item["why"], item["by"]) == ("不知道", 3, "guard", "引号")
    assert "excused" not in json.loads(cscheck(*arguments[:2], "--format", "json").stdout)
