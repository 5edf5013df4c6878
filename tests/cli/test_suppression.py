"""Suppressions and the baseline, from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cscheck.cli.exits import Exit
from tests.cli.conftest import TALK, Run, document


@pytest.fixture
def talk(folder: Path) -> str:
    (folder / "a.txt").write_text(TALK, encoding="utf-8")
    return "a.txt"


def settings(folder: Path, entry: str) -> None:
    (folder / "cscheck.yaml").write_text(f"suppress:\n  - {{{entry}}}\n", encoding="utf-8")


def test_an_accepted_finding_is_left_out(cscheck: Run, folder: Path, talk: str) -> None:
    settings(folder, "rule: mini/negative, reason: 试运行")
    result = cscheck("check", talk)
    assert result.exit_code == Exit.CLEAN
    assert "已按配置屏蔽 1 处" in result.stdout


def test_an_expired_one_is_reported_and_not_applied(cscheck: Run, folder: Path, talk: str) -> None:
    settings(folder, "rule: mini/negative, reason: 试运行, until: 2020-01-31")
    result = cscheck("check", talk)
    assert result.exit_code == Exit.FINDINGS
    assert "已于 2020-01-31 到期" in result.stderr
    assert "cscheck.yaml:2:5" in result.stderr
    found = document(cscheck("check", talk, "--format", "json"))
    assert "到期" in found["notices"][0]["message"]


def test_one_that_never_matched_is_told_when_asked(cscheck: Run, folder: Path, talk: str) -> None:
    settings(folder, "phrase: 保证金, reason: 业务名词")
    assert "没有用上" not in cscheck("check", talk).stderr
    assert "没有用上：业务名词" in cscheck("check", talk, "-v").stderr


def test_a_reason_is_needed(cscheck: Run, folder: Path, talk: str) -> None:
    settings(folder, "rule: mini/negative")
    result = cscheck("check", talk)
    assert result.exit_code == Exit.FAILED
    assert "缺少字段“reason”" in result.stderr


def test_a_baseline_hides_what_is_known_and_survives_moved_turns(cscheck: Run, folder: Path, talk: str) -> None:
    written = cscheck("check", talk, "--baseline", "known.json", "--update-baseline")
    assert written.exit_code == Exit.CLEAN
    assert "2 处" in written.stderr
    again = cscheck("check", talk, "--baseline", "known.json")
    assert again.exit_code == Exit.CLEAN
    assert "没有新问题，基线里已有 2 处" in again.stdout
    moved = "客户：在吗\n客户：快点\n" + TALK + "客服：您好，这个我也不知道\n"
    (folder / talk).write_text(moved, encoding="utf-8")
    found = document(cscheck("check", talk, "--baseline", "known.json", "--format", "json"))
    assert [item["turn"] for item in found["findings"]] == [6]


def test_a_second_time_is_new(cscheck: Run, folder: Path, talk: str) -> None:
    cscheck("check", talk, "--baseline", "known.json", "--update-baseline")
    (folder / talk).write_text(TALK + "客服：这个我不知道\n", encoding="utf-8")
    found = document(cscheck("check", talk, "--baseline", "known.json", "--format", "json"))
    assert len(found["findings"]) == 1


@pytest.mark.parametrize("text", ["[]", "{", '{"version": 9, "entries": []}', '{"version": 1, "entries": [{}]}'])
def test_a_broken_baseline_is_told(cscheck: Run, folder: Path, talk: str, text: str) -> None:
    (folder / "known.json").write_text(text, encoding="utf-8")
    result = cscheck("check", talk, "--baseline", "known.json")
    assert result.exit_code == Exit.FAILED
    assert "known.json" in result.stderr


def test_the_file_is_readable_and_sorted(cscheck: Run, folder: Path, talk: str) -> None:
    cscheck("check", talk, "--baseline", "known.json", "--update-baseline")
    data = json.loads((folder / "known.json").read_text(encoding="utf-8"))
    assert data["version"] == 1
    assert [entry["rule"] for entry in data["entries"]] == ["mini/negative/not-knowing", "mini/opening/greeting"]


def test_updating_needs_a_file(cscheck: Run, talk: str) -> None:
    assert cscheck("check", talk, "--update-baseline").exit_code == Exit.FAILED
