"""What each command imports: every module that it can do without makes it start later."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import TALK

ROOT = Path(__file__).parent.parent.parent
RUN = (
    "import sys\n"
    "from cscheck.cli import main\n"
    "sys.argv[0] = 'cscheck'\n"
    "try:\n    main()\n"
    "finally:\n    print(*sys.modules, file=sys.stderr)\n"
)
# Nothing here is needed to look at a few turns and say what is wrong with them.
HEAVY = {"asyncio", "email", "http", "jieba", "logging", "numpy", "openpyxl", "pkg_resources", "platformdirs"}
HEAVY |= {"re2", "rich", "scipy", "sklearn", "socket", "tempfile", "urllib.request", "xml"}
# Their own, and only when asked for.
ASIDE = {"cscheck.config_file", "cscheck.evaluation", "cscheck.training", "cscheck.reporters.evaluation"}
NOT_FOR_DRAFTS = {"cscheck.sources", "cscheck.cli.run", "cscheck.baseline", "cscheck.reporters.terminal"}
# The command, what it must not import, and how many modules of cscheck it may: those it needs now, and a few more.
COMMANDS = {
    "--version": ({"click", "dataclasses", "pathlib", "re", "typing"}, 2),
    "draft 您好，我不知道": (NOT_FOR_DRAFTS | {"cscheck.reporters.shape"}, 98),
    "draft 您好，我不知道 --format json": (NOT_FOR_DRAFTS | {"cscheck.reporters.terminal_lines"}, 100),
    "check a.txt": ({"cscheck.reporters.terminal_draft"}, 145),
    "check a.txt --format json": ({"cscheck.reporters.terminal"}, 145),
    "rules list": ({"cscheck.sources", "cscheck.reporters"}, 95),
}


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(TALK, encoding="utf-8")
    return tmp_path


def imported(command: str, pack: Path, folder: Path, **environment: str) -> set[str]:
    """Run a command in a process of its own, and name the modules that it imported."""
    arguments = command.split(" ")
    if command != "--version":
        arguments += ["--only-pack", str(pack)]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **environment}
    result = subprocess.run(
        [sys.executable, "-c", RUN, *arguments], cwd=folder, env=env, capture_output=True, encoding="utf-8", check=False
    )
    assert result.returncode in (0, 1), result.stderr
    assert result.stdout
    return set(result.stderr.splitlines()[-1].split())


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_imports_little(command: str, pack: Path, talk: Path) -> None:
    unwanted, most = COMMANDS[command]
    found = imported(command, pack, talk)
    assert found & (HEAVY | ASIDE | unwanted) == set()
    assert sum(name.split(".")[0] == "cscheck" for name in found) <= most


@pytest.mark.parametrize("command", ["draft 您好", "check a.txt"])
def test_packs_that_are_known_are_not_read_again(command: str, pack: Path, talk: Path) -> None:
    cache = {"CSCHECK_CACHE_DIR": str(talk / "cache")}
    imported(command, pack, talk, **cache)
    assert "yaml" not in imported(command, pack, talk, **cache)


def test_settings_are_read_where_there_are_some(pack: Path, talk: Path) -> None:
    (talk / "cscheck.yaml").write_text("lang: en\n", encoding="utf-8")
    assert "cscheck.config_file" in imported("draft 您好", pack, talk)
