"""The examples are checked as their reader would check them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def check(*arguments: str) -> tuple[int, dict]:
    """Run the command in the checkout; give its exit code and what it found."""
    command = [sys.executable, "-m", "cscheck", "check", "--format", "json", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    return done.returncode, json.loads(done.stdout)


@pytest.fixture(scope="module")
def everything() -> dict:
    code, found = check("examples")
    assert code == 1
    assert found["errors"] == []
    return found


def categories(found: dict, conversation: str) -> set[str]:
    return {finding["category"] for finding in found["findings"] if finding["conversation"] == conversation}


def test_all_five_scenes_are_there(everything: dict) -> None:
    """The examples cover every scene, given or detected."""
    scenes = {conversation["scene"] for conversation in everything["conversations"]}
    assert scenes == {"consult", "complaint", "aftersales", "urgent", "care"}


@pytest.mark.parametrize("conversation", ["consult-good", "S-20260305-01", "gas-0311", "care"])
def test_good_ones_are_clean(everything: dict, conversation: str) -> None:
    """A conversation by the book has no finding."""
    assert categories(everything, conversation) == set()


@pytest.mark.parametrize(
    ("conversation", "expected"),
    [
        ("complaint-bad", {"forbidden-negative", "arguing", "shirking", "address", "empathy", "apology"}),
        ("S-20260305-02", {"overpromise", "exaggeration", "address", "forbidden-negative", "courtesy"}),
        ("power-0312", {"abrupt-opening", "courtesy", "vague", "empathy", "further-help", "closing-farewell"}),
    ],
)
def test_bad_ones_are_found(everything: dict, conversation: str, expected: set[str]) -> None:
    """What is wrong on purpose is found."""
    assert expected <= categories(everything, conversation)


def test_a_shop_has_its_own_pack() -> None:
    """The pack beside the transcript forbids, requires and exempts; product names never fire."""
    _, found = check("examples/bookshop")
    rules = {finding["rule"] for finding in found["findings"]}
    assert {"bookshop/forbidden/pirated", "bookshop/required/return-policy"} <= rules
    assert not {rule for rule in rules if rule.startswith(("core/negative", "core/address"))}


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_readme_shows_the_same_commands_and_links(readme: str) -> None:
    """Both READMEs give the same two commands, and every file they link to is there."""
    text = (ROOT / readme).read_text(encoding="utf-8")
    commands = re.findall(r"```sh\n(.*?)\n```", text)
    assert commands == re.findall(r"```sh\n(.*?)\n```", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert len(commands) == 2
    for link in re.findall(r"\]\(([^)#]+)\)", text):
        assert (ROOT / link).exists(), link
