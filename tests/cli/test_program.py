"""The program around the commands: version, help, language, colour, pipes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cscheck.cli import output
from cscheck.cli.commands import COMMANDS
from cscheck.cli.exits import Exit
from tests.cli.conftest import TALK, Run

ROOT = Path(__file__).parent.parent.parent


def spawn(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **environment}
    return subprocess.run(
        [sys.executable, *arguments], cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8", check=False
    )


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS), ["rules", "explain"], ["config", "show"]])
def test_help_speaks_both_languages(cscheck: Run, command: list[str]) -> None:
    chinese = cscheck(*command, "--help", bare=True)
    english = cscheck("--lang", "en", *command, "--help", bare=True)
    assert chinese.exit_code == english.exit_code == 0
    assert chinese.stdout.startswith("用法：")
    assert english.stdout.startswith("Usage: ")
    assert not any("一" <= char <= "鿿" for char in english.stdout.replace("小王", "").replace("发送方", ""))


def test_the_language_comes_from_option_environment_or_settings(
    cscheck: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cscheck("--lang", "en", "rules", "list").stdout.rstrip().endswith("packs: mini 1.0.0")
    (folder / "cscheck.yaml").write_text("lang: en\n", encoding="utf-8")
    assert cscheck("--help", bare=True).stdout.startswith("Usage")
    assert "2 rules" in cscheck("rules", "list").stdout
    monkeypatch.setenv("CSCHECK_LANG", "zh")
    assert "共 2 条规则" in cscheck("rules", "list").stdout


class Terminal:
    """A stream that says whether it is a terminal."""

    def __init__(self, is_terminal: bool) -> None:
        self._is_terminal = is_terminal

    def isatty(self) -> bool:
        return self._is_terminal


@pytest.mark.parametrize(
    ("environment", "is_terminal", "expected"),
    [
        ({}, True, True),
        ({}, False, False),
        ({"NO_COLOR": "1"}, True, False),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
        ({"FORCE_COLOR": "1"}, False, True),
        ({"TERM": "dumb"}, True, False),
    ],
)
def test_colour(environment: dict[str, str], is_terminal: bool, expected: bool) -> None:
    assert output.has_color(Terminal(is_terminal), environment) is expected  # type: ignore[arg-type]


def test_width_is_100_when_piped() -> None:
    piped = Terminal(False)
    assert output.columns(None, piped, {}) == 100  # type: ignore[arg-type]
    assert output.columns(None, piped, {"COLUMNS": "66"}) == 66  # type: ignore[arg-type]
    assert output.columns(72, piped, {"COLUMNS": "66"}) == 72  # type: ignore[arg-type]


def test_forced_colour_reaches_the_output(tmp_path: Path, pack: Path) -> None:
    (tmp_path / "a.txt").write_text(TALK, encoding="utf-8")
    arguments = ("-m", "cscheck", "check", "a.txt", "--only-pack", str(pack))
    assert "\x1b[" in spawn(*arguments, cwd=tmp_path, FORCE_COLOR="1", NO_COLOR="").stdout
    assert "\x1b[" not in spawn(*arguments, cwd=tmp_path, FORCE_COLOR="1", NO_COLOR="1").stdout


def test_a_closed_pipe_is_no_traceback(tmp_path: Path, pack: Path) -> None:
    (tmp_path / "a.txt").write_text((TALK + "---\n") * 400, encoding="utf-8")
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-m", "cscheck", "check", "a.txt", "--only-pack", str(pack)],
        cwd=tmp_path, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None and process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    problems = process.stderr.read().decode()
    process.stderr.close()
    assert process.wait(60) == Exit.FAILED
    assert problems == ""


def test_json_is_utf8_whatever_the_locale(tmp_path: Path, pack: Path) -> None:
    (tmp_path / "a.txt").write_text("客服：我不知道😀\n", encoding="utf-8")
    arguments = ("-m", "cscheck", "check", "a.txt", "--format", "json", "--only-pack", str(pack))
    result = spawn(*arguments, cwd=tmp_path, PYTHONIOENCODING="ascii")
    assert '"text": "不知道"' in result.stdout


def test_an_ascii_terminal_still_gets_everything(tmp_path: Path, pack: Path) -> None:
    (tmp_path / "a.txt").write_text(TALK, encoding="utf-8")
    result = spawn("-m", "cscheck", "check", "a.txt", "--only-pack", str(pack), cwd=tmp_path, PYTHONIOENCODING="ascii")
    assert result.returncode == Exit.FINDINGS
    assert "\\u4e0d\\u77e5\\u9053" in result.stdout
