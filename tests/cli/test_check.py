"""``cscheck check``: exit codes, formats, options."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cscheck.cli.exits import Exit
from tests.cli.conftest import TALK, Run, document


def write(folder: Path, name: str = "a.txt", text: str = TALK) -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return name


def test_findings_give_1(cscheck: Run, folder: Path) -> None:
    result = cscheck("check", write(folder))
    assert result.exit_code == Exit.FINDINGS
    assert "^^^^^^" in result.stdout
    assert result.stderr == ""


def test_clean_gives_0(cscheck: Run, folder: Path) -> None:
    result = cscheck("check", write(folder, text="客服：您好\n客户：没事了\n"))
    assert result.exit_code == Exit.CLEAN
    assert "没有发现问题" in result.stdout


@pytest.mark.parametrize(("level", "code"), [("error", 0), ("warning", 1), ("info", 1), ("never", 0)])
def test_fail_on_sets_the_bar(cscheck: Run, folder: Path, level: str, code: int) -> None:
    path = write(folder, text="客服：有事吗\n")
    assert cscheck("check", path, "--fail-on", level).exit_code == code


def test_json_has_the_contract(cscheck: Run, folder: Path) -> None:
    found = document(cscheck("check", write(folder), "--format", "json", "--acts"))
    assert found["schema"] == "cscheck/1"
    assert found["packs"][0]["id"] == "mini"
    assert found["conversations"] == [
        {"id": "a", "path": "a.txt", "turns": 4, "channel": None, "scene": "consult", "score": 0.0, "fatal": False}
    ]
    missing, said = found["findings"]
    assert missing["start"] is missing["end"] is None
    assert (said["turn"], said["start"], said["end"], said["text"]) == (1, 3, 6, "不知道")
    assert said["suggestion"] == "我帮您查一下"
    assert found["acts"] == [
        {"act": "greeting", "conversation": "a", "turn": 3, "start": 0, "end": 2, "detector": "pattern"}
    ]
    assert found["errors"] == found["notices"] == []


def test_jsonl_is_one_finding_a_line(cscheck: Run, folder: Path) -> None:
    lines = cscheck("check", write(folder), "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line)["category"] for line in lines] == ["opening-greeting", "forbidden-negative"]


def test_conversations_keep_their_order(cscheck: Run, folder: Path) -> None:
    paths = [write(folder, name) for name in ("b.txt", "a.txt", "c.txt")]
    found = document(cscheck("check", *paths, "--format", "json"))
    assert [item["path"] for item in found["conversations"]] == paths


def test_a_glob_is_expanded(cscheck: Run, folder: Path) -> None:
    write(folder, "b.txt")
    write(folder, "a.txt")
    found = document(cscheck("check", "*.txt", "--format", "json"))
    assert [item["path"] for item in found["conversations"]] == ["a.txt", "b.txt"]


def test_standard_input(cscheck: Run) -> None:
    found = document(cscheck("check", "-", "--format", "json", stdin=TALK))
    assert found["conversations"][0]["id"] == "stdin"


def test_output_goes_to_a_file(cscheck: Run, folder: Path) -> None:
    result = cscheck("check", write(folder), "--output", "out.txt")
    assert result.stdout == ""
    assert "不知道" in (folder / "out.txt").read_text(encoding="utf-8")


def test_quiet_is_one_line(cscheck: Run, folder: Path) -> None:
    result = cscheck("check", write(folder), "-q")
    assert result.stdout == "检查了 1 段对话，1 段有问题，共 2 处：错误 1，警告 1，提示 0\n"


def test_verbose_tells_format_and_encoding(cscheck: Run, folder: Path) -> None:
    (folder / "a.txt").write_bytes(TALK.encode("gb18030"))
    result = cscheck("check", "a.txt", "-v")
    assert "a.txt：格式 text，编码 gb18030" in result.stderr


def test_min_severity_hides_but_does_not_change_the_score(cscheck: Run, folder: Path) -> None:
    path = write(folder)
    everything = document(cscheck("check", path, "--format", "json"))
    heavy = document(cscheck("check", path, "--format", "json", "--min-severity", "error"))
    assert [item["severity"] for item in heavy["findings"]] == ["error"]
    assert heavy["conversations"] == everything["conversations"]


def test_roles_are_mapped(cscheck: Run, folder: Path) -> None:
    path = write(folder, text="阿福：这个我不知道\n阿贵：那怎么办\n阿福：我不知道\n阿贵：好吧\n")
    found = document(cscheck("check", path, "--format", "json", "--role", "阿福=agent", "--role", "阿贵=customer"))
    assert [item["turn"] for item in found["findings"] if item["category"] == "forbidden-negative"] == [0, 2]


def test_english_everywhere(cscheck: Run, folder: Path) -> None:
    result = cscheck("check", write(folder), "--lang", "en")
    assert "no greeting at the opening" in result.stdout
    assert "1 conversation checked" in result.stdout
    first = result.stdout.splitlines()[0]
    assert "/100" in first


def test_explain_score_prints_the_sum(cscheck: Run, folder: Path) -> None:
    result = cscheck("check", write(folder), "--explain-score")
    assert "100 × (1 − 扣 13 ÷ 适用的 2 项共 13) = 0" in result.stdout


def test_a_pack_beside_the_transcripts_is_used(cscheck: Run, folder: Path, pack: Path) -> None:
    shop = folder / "talks"
    shop.mkdir()
    pack.rename(shop / "cscheck-pack")
    write(shop)
    found = document(cscheck("check", "talks", "--format", "json", bare=True))
    assert "mini" in [item["id"] for item in found["packs"]]
    assert len(found["conversations"]) == 1


def test_no_path_is_a_usage_error(cscheck: Run) -> None:
    result = cscheck("check")
    assert result.exit_code == Exit.FAILED
    assert "缺少参数" in result.stderr


def test_unknown_options_and_commands_are_told_in_chinese(cscheck: Run) -> None:
    assert "没有选项 --formt；是不是 --format" in cscheck("check", "a", "--formt", "json").stderr
    assert "没有这个命令：chekc" in cscheck("chekc", bare=True).stderr
    result = cscheck("check", "a", "--format", "yaml")
    assert result.exit_code == Exit.FAILED
    assert "--format 的值不对；可用：terminal、json、jsonl" in result.stderr
