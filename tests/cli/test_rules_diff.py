"""``cscheck rules diff``: the same conversations under two packs."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from cscheck.cli.exits import Exit
from cscheck.cli.rules_diff import packs_of
from cscheck.load.packs import available
from tests.cli.conftest import TALK, Run
from tests.packs import RULE

CALM = "客户：在吗\n客服：您好，大概明天到\n"


@pytest.fixture
def new(pack: Path) -> Path:
    """Copy the small pack, to be changed."""
    return Path(shutil.copytree(pack, pack.parent / "new" / "mini"))


@pytest.fixture
def talks(folder: Path) -> str:
    (folder / "talks").mkdir()
    (folder / "talks" / "a.txt").write_text(TALK, encoding="utf-8")
    (folder / "talks" / "b.txt").write_text(CALM, encoding="utf-8")
    return "talks"


def guessing(pack: Path, category: str = "vague") -> None:
    """Give a pack a rule that finds 大概."""
    text = RULE.format(id="mini/vague/guess").replace("不知道", "大概").replace("forbidden-negative", category)
    path = pack / "rules" / "vague" / "guess.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def edit(pack: Path, rule: str, before: str, after: str) -> None:
    path = pack / "rules" / f"{rule}.yaml"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def compared(cscheck: Run, *arguments: str) -> dict[str, Any]:
    result = cscheck("rules", "diff", *arguments, "--format", "json", bare=True)
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_no_change_is_an_empty_diff(cscheck: Run, pack: Path, new: Path, talks: str) -> None:
    result = cscheck("rules", "diff", str(pack), str(new), talks, "--fail-on-change", bare=True)
    assert result.exit_code == Exit.CLEAN
    assert result.stdout.endswith("\n2 段对话的结果完全相同\n")
    found = compared(cscheck, str(pack), str(new), talks)
    nothing: dict[str, Any] = {"added": [], "removed": [], "changed": {}}
    assert found["rules"] == found["acts"] == found["sets"] == nothing
    assert found["findings"] == {"appeared": 0, "vanished": 0, "regraded": 0, "by_rule": [], "by_category": []}
    assert found["scores"]["largest"] == found["examples"] == []
    assert found["empty"] is True


def test_an_added_rule(cscheck: Run, pack: Path, new: Path, talks: str) -> None:
    guessing(new)
    found = compared(cscheck, str(pack), str(new), talks)
    assert found["schema"] == "cscheck-diff/1"
    assert found["conversations"] == 2
    assert found["rules"] == {"added": ["mini/vague/guess"], "removed": [], "changed": {}}
    assert found["findings"]["by_rule"] == [{"rule": "mini/vague/guess", "appeared": 1, "vanished": 0}]
    assert found["findings"]["by_category"] == [{"category": "vague", "appeared": 1, "vanished": 0}]
    # a, with 0 of 13, gets 10 more that it keeps; b was at 100 and loses these. Equal shifts stand as they were read.
    scores = found["scores"]
    assert [(one["conversation"], one["old"], one["new"]) for one in scores["largest"]] == [
        ("a", 0.0, 43.5),
        ("b", 100.0, 56.5),
    ]
    assert (scores["mean_old"], scores["mean_new"]) == (50.0, 50.0)
    (example,) = found["examples"]
    assert (example["change"], example["flips"], example["said"]["text"]) == ("appeared", True, "您好，大概明天到")


def test_a_removed_rule_is_the_mirror_image(cscheck: Run, pack: Path, new: Path, talks: str) -> None:
    guessing(new)
    found = compared(cscheck, str(new), str(pack), talks)
    assert found["rules"]["removed"] == ["mini/vague/guess"]
    assert (found["findings"]["appeared"], found["findings"]["vanished"]) == (0, 1)
    text = cscheck("rules", "diff", str(new), str(pack), talks, bare=True).stdout
    assert "2 段对话：新出现 0 处，消失 1 处" in text
    assert "（不再有问题）" in text
    assert "    客服  您好，大概明天到\n                ^^^^\n" in text


def test_a_changed_rule_names_its_fields(cscheck: Run, pack: Path, new: Path, talks: str) -> None:
    edit(new, "negative/not-knowing", "severity: error", "severity: warning")
    edit(new, "negative/not-knowing", "good: [我帮您查]", "good: [我帮您看看]")
    edit(new, "opening/greeting", "due: first-turn", "due: end")
    found = compared(cscheck, str(pack), str(new), talks)
    assert found["rules"]["changed"] == {"mini/negative/not-knowing": ["severity"], "mini/opening/greeting": ["spec"]}
    assert found["findings"]["regraded"] == 1
    # a greets in its second turn, which is no longer too late.
    assert found["findings"]["by_rule"] == [{"rule": "mini/opening/greeting", "appeared": 0, "vanished": 1}]


def test_a_changed_act_is_named(cscheck: Run, pack: Path, new: Path, talks: str) -> None:
    act = new / "acts" / "greeting.yaml"
    act.write_text(act.read_text("utf-8").replace("patterns: [您好]", "patterns: [您好, 早]"), encoding="utf-8")
    found = compared(cscheck, str(pack), str(new), talks)
    assert found["acts"]["changed"] == {"greeting": ["detector"]}
    assert found["rules"]["changed"] == {}
    assert found["empty"] is True


def test_only_an_edited_example_changes_nothing(cscheck: Run, pack: Path, new: Path, talks: str) -> None:
    edit(new, "negative/not-knowing", "good: [我帮您查]", "good: [我帮您看看]")
    assert compared(cscheck, str(pack), str(new), talks)["rules"]["changed"] == {}


@pytest.mark.parametrize(("options", "code"), [([], Exit.CLEAN), (["--fail-on-change"], Exit.FINDINGS)])
def test_exit_codes(cscheck: Run, pack: Path, new: Path, talks: str, options: list[str], code: Exit) -> None:
    guessing(new)
    assert cscheck("rules", "diff", str(pack), str(new), talks, *options, bare=True).exit_code == code


def test_examples_show_every_rule_before_a_rule_twice(cscheck: Run, pack: Path, new: Path, folder: Path) -> None:
    guessing(new)
    edit(new, "negative/not-knowing", "patterns: [不知道]", "patterns: [不知道, 不清楚]")
    (folder / "many.txt").write_text(
        "客服：您好\n" + "客服：大概吧\n客户：嗯\n" * 12 + "客服：不清楚\n", encoding="utf-8"
    )
    (folder / "dirty.txt").write_text("客服：有事吗\n客服：大概吧，不清楚\n", encoding="utf-8")
    found = compared(cscheck, str(pack), str(new), "dirty.txt", "many.txt")
    examples = found["examples"]
    assert len(examples) == 10
    rules = [one["finding"]["rule"] for one in examples]
    assert rules[:2] == ["mini/vague/guess", "mini/negative/not-knowing"]
    # dirty.txt was never clean, so that many.txt goes first although it is read last.
    assert [one["finding"]["conversation"] for one in examples[:2]] == ["many", "many"]
    assert rules[2:4] == ["mini/vague/guess", "mini/negative/not-knowing"]
    assert compared(cscheck, str(pack), str(new), "dirty.txt", "many.txt")["examples"] == examples


def test_a_bad_file_gives_2_and_the_rest_is_compared(cscheck: Run, pack: Path, new: Path, talks: str) -> None:
    guessing(new)
    result = cscheck("rules", "diff", str(pack), str(new), talks, "nothing.txt", bare=True)
    assert result.exit_code == Exit.FAILED
    assert "nothing.txt" in result.stderr
    assert "新出现 1 处" in result.stdout


def test_a_pack_that_is_not_there(cscheck: Run, pack: Path, talks: str) -> None:
    result = cscheck("rules", "diff", str(pack), "nowhere", talks, bare=True)
    assert result.exit_code == Exit.FAILED
    assert "找不到规则包“nowhere”" in result.stderr
    assert cscheck("rules", "diff", ",", str(pack), talks, bare=True).exit_code == Exit.FAILED


def test_settings_on_a_rule_that_one_side_lacks(cscheck: Run, pack: Path, new: Path, talks: str, folder: Path) -> None:
    guessing(new)
    (folder / "cscheck.yaml").write_text("rules: {mini/vague/guess: info}\n", encoding="utf-8")
    (example,) = compared(cscheck, str(pack), str(new), talks)["examples"]
    assert example["finding"]["severity"] == "info"
    (folder / "cscheck.yaml").write_text("rules: {mini/nothing: off}\n", encoding="utf-8")
    assert "mini/nothing" in cscheck("rules", "diff", str(pack), str(new), talks, bare=True).stderr


def test_what_old_and_new_name(folder: Path, pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = list(available())
    assert packs_of("core,shop") == ["core", "shop"]
    assert packs_of("+") == shipped
    assert packs_of("+shop, core") == [*shipped, "shop"]
    comma = folder / "a,b"
    shutil.copytree(pack, comma)
    assert packs_of("a,b") == ["a,b"]


def test_english(cscheck: Run, pack: Path, new: Path, talks: str) -> None:
    guessing(new)
    text = cscheck("rules", "diff", str(pack), str(new), talks, "--lang", "en", bare=True).stdout
    assert "2 conversations: 1 appear, 0 vanish" in text
    assert "added  mini/vague/guess" in text
