"""Errors show the place, the line and what is allowed."""

from __future__ import annotations

from cscheck.errors import CscheckError, Place


def test_short_line() -> None:
    """The caret stands under the column, double-width characters counted."""
    error = CscheckError("不对", Place("x.yaml", 3, 4), source_line="规则：坏", allowed="好")
    assert str(error).splitlines() == ["x.yaml:3:4: 不对", "    规则：坏", "          ^", "  可用：好"]


def test_long_line() -> None:
    """A long line is cut around the column."""
    error = CscheckError("不对", Place("x.yaml", 1, 301), source_line="a" * 300 + "b" + "c" * 300)
    _, line, caret = str(error).splitlines()
    assert len(line) < 120
    assert line[caret.index("^")] == "b"
