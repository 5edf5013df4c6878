"""Bad input: a clear error, exit 2, and the rest is still checked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cscheck.cli.exits import Exit
from tests.cli.conftest import TALK, Run, document
from tests.packs import RULE, write_pack


@pytest.fixture
def good(folder: Path) -> str:
    (folder / "good.txt").write_text(TALK, encoding="utf-8")
    return "good.txt"


def test_broken_json_on_line_3_of_5(cscheck: Run, folder: Path) -> None:
    line = json.dumps({"id": "x", "turns": [{"role": "agent", "text": "我不知道"}]}, ensure_ascii=False)
    (folder / "a.jsonl").write_text("\n".join([line, line, line[:-3], line, line]), encoding="utf-8")
    found = document(cscheck("check", "a.jsonl", "--format", "json"))
    assert len(found["conversations"]) == 4
    assert [(error["path"], error["line"]) for error in found["errors"]] == [("a.jsonl", 3)]
    result = cscheck("check", "a.jsonl")
    assert result.exit_code == Exit.FAILED
    assert "a.jsonl:3" in result.stderr
    assert "不知道" in result.stdout


BAD_FILES = {
    "empty": ("a.txt", b""),
    "undecodable": ("a.txt", b"\xe5\xae\xa2\xe6\x9c\x8d\xef\xbc\x9a\xff\xfe\xff\x81\n" * 3),
    "csv-without-role": ("a.csv", "内容,时间\n我不知道,10:00\n".encode()),
    "binary": ("a.txt", bytes(range(256)) * 4),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_one_bad_file_does_not_stop_the_rest(cscheck: Run, folder: Path, good: str, name: str) -> None:
    path, data = BAD_FILES[name]
    (folder / path).write_bytes(data)
    result = cscheck("check", path, good)
    assert result.exit_code == Exit.FAILED
    assert path in result.stderr
    assert "不知道" in result.stdout
    found = document(cscheck("check", path, good, "--format", "json"))
    assert [error["path"] for error in found["errors"]] == [path]
    assert len(found["conversations"]) == 1


def test_a_folder_with_nothing_to_read(cscheck: Run, folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "x.bin").write_bytes(b"1")
    result = cscheck("check", "sub")
    assert result.exit_code == Exit.FAILED
    assert "sub" in result.stderr


def test_missing_files_and_globs_without_a_match(cscheck: Run) -> None:
    result = cscheck("check", "nowhere.txt", "*.csv")
    assert result.exit_code == Exit.FAILED
    assert "nowhere.txt" in result.stderr
    assert "没有与“*.csv”相符的文件" in result.stderr


BAD_PACKS = {
    "unknown-key": ("patterns:", "paterns:", "不认识的字段“paterns”"),
    "no-examples": ("  good: [我帮您查]\n", "", "缺少字段“good”"),
    "unknown-severity": ("severity: error", "severity: fatal", "不在可用的值里"),
}


@pytest.mark.parametrize("name", BAD_PACKS)
def test_a_bad_rule_is_located(cscheck: Run, folder: Path, good: str, name: str) -> None:
    old, new, message = BAD_PACKS[name]
    text = RULE.format(id="shop/negative/x").replace(old, new)
    pack = write_pack(folder, "shop", rules__negative__x=text)
    result = cscheck("check", good, "--only-pack", str(pack), bare=True)
    assert result.exit_code == Exit.FAILED
    assert message in result.stderr
    assert "x.yaml:" in result.stderr
    assert result.stdout == ""


def test_a_pack_that_extends_a_missing_one(cscheck: Run, folder: Path, good: str) -> None:
    pack = write_pack(folder, "shop", pack="extends: [nowhere]\n")
    result = cscheck("check", good, "--only-pack", str(pack), bare=True)
    assert result.exit_code == Exit.FAILED
    assert "找不到规则包“nowhere”" in result.stderr
    assert "pack.yaml:3" in result.stderr


def test_an_unknown_setting_is_located(cscheck: Run, folder: Path, good: str) -> None:
    (folder / "cscheck.yaml").write_text("fail_on: error\n", encoding="utf-8")
    result = cscheck("check", good)
    assert result.exit_code == Exit.FAILED
    assert "cscheck.yaml:1:1: 不认识的字段“fail_on”" in result.stderr
    assert "fail-on" in result.stderr


def test_hostile_text_is_shown_not_executed(cscheck: Run, folder: Path) -> None:
    text = "\x1b]0;own\x07我\u202e不知道\u202c[red]x[/red]\x1b[2J"
    line = json.dumps({"id": "x\x1b[2J", "turns": [{"role": "agent", "text": text}]})
    (folder / "a.jsonl").write_text(line, encoding="utf-8")
    result = cscheck("check", "a.jsonl")
    assert "\x1b" not in result.output
    assert "\x07" not in result.output
    assert "\u202e" not in result.output
    assert "␛]0;own␇我\\u202e不知道\\u202c[red]x[/red]␛[2J" in result.stdout
    lines = result.stdout.splitlines()
    row = next(index for index, shown in enumerate(lines) if "不知道" in shown)
    before = lines[row][: lines[row].index("不知道")]
    assert lines[row + 1] == " " * sum(2 if ord(char) > 0x2E7F else 1 for char in before) + "^^^^^^"


def test_lone_surrogates_do_not_break_json(cscheck: Run, folder: Path) -> None:
    (folder / "a.jsonl").write_text('{"id": "x", "turns": [{"role": "agent", "text": "\\ud83d我不知道"}]}')
    result = cscheck("check", "a.jsonl", "--format", "json")
    assert document(result)["findings"][-1]["text"] == "不知道"
    assert cscheck("check", "a.jsonl").exit_code == Exit.FINDINGS


def test_a_broken_pack_is_named_and_the_rest_is_checked(cscheck: Run, folder: Path) -> None:
    """A user's pack that does not load is an error; the transcripts are checked with the other packs."""
    (folder / "a.txt").write_text("客户：有货吗\n客服：这个我不知道\n", encoding="utf-8")
    (folder / "mine").mkdir()
    (folder / "mine" / "pack.yaml").write_text("id: mine\nversion: 1\nextends: [nowhere]\n", encoding="utf-8")
    result = cscheck("check", "a.txt", "--pack", "mine", "--format", "json")
    assert result.exit_code == Exit.FAILED
    found = document(result)
    assert "找不到规则包“nowhere”" in found["errors"][0]["message"]
    assert "forbidden-negative" in {finding["category"] for finding in found["findings"]}
