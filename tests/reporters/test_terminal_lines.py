"""Lines for the terminal, piece by piece."""

from __future__ import annotations

import pytest

from cscheck.reporters.context import Context
from cscheck.reporters.terminal_lines import Line, Styled, printed


@pytest.mark.parametrize(
    ("line", "plain", "coloured"),
    [
        ("您好", "您好", "您好"),
        (
            Styled("错误", "bold red").append("  ").append("x", "dim"),
            "错误  x",
            "\x1b[1;31m错误\x1b[0m  \x1b[2mx\x1b[0m",
        ),
        (Styled("好", "green").append("", "dim").append("  ").rstrip(), "好", "\x1b[32m好\x1b[0m"),
        (Styled(" ").append("  ", "dim").rstrip(), "", ""),
        (Styled("\x1b[2J", "red"), "␛[2J", "\x1b[31m␛[2J\x1b[0m"),
        ("甲\r\x08乙", "甲␍␈乙", "甲␍␈乙"),
    ],
)
def test_only_styles_reach_the_terminal(line: Line, plain: str, coloured: str) -> None:
    assert printed([line], Context()) == plain + "\n"
    assert printed([line], Context(color=True)) == coloured + "\n"
