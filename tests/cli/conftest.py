"""A small pack, and the command line run in this process."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cscheck import language
from cscheck.cli.commands import program
from tests.packs import RULE, write_pack

GREETING = """
id: greeting
title: 问候
title-en: Greeting
by: agent
patterns: [您好]
examples:
  bad: [<<您好>>]
  good: [再见]
"""
OPENING = """
id: mini/opening/greeting
kind: owed
title: 开场要问候
title-en: Greet at the opening
category: opening-greeting
severity: warning
basis: [T-1.1]
why: 第一句定下整段对话的语气。
message: 开场没有问候
message-en: no greeting at the opening
suggest: [您好，很高兴为您服务]
owes: [greeting]
when: opening
due: first-turn
examples:
  bad: ["客服：有事吗"]
  good: ["客服：您好"]
"""
TALK = "客户：快递到哪了\n客服：这个我不知道\n客户：那怎么办\n客服：您好，我查一下\n"

Run = Callable[..., Result]


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Write a pack with a must-not rule, an act, and a rule that owes it."""
    return write_pack(
        tmp_path / "packs",
        "mini",
        rules__negative__not_knowing=RULE.format(id="mini/negative/not-knowing"),
        rules__opening__greeting=OPENING,
        acts__greeting=GREETING,
    )


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder."""
    here = tmp_path / "work"
    here.mkdir()
    monkeypatch.chdir(here)
    return here


@pytest.fixture
def cscheck(folder: Path, pack: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command line with the small pack only (``bare=True``: with no pack option)."""
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: str, stdin: str | bytes | None = None, bare: bool = False) -> Result:
        language.use("zh")
        given = list(arguments)
        if not bare:
            given += ["--only-pack", str(pack)]
        return CliRunner().invoke(program, given, input=stdin, prog_name="cscheck")

    return run


def document(result: Result) -> dict[str, Any]:
    """Read the JSON that a command printed."""
    found: dict[str, Any] = json.loads(result.stdout)
    return found
