"""The guide to the benchmark, in both languages, tells of everything there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from cscheck.bench.__main__ import bench

DOCS = Path(__file__).parent.parent.parent / "docs"


@pytest.mark.parametrize("suffix", [".md", ".zh-CN.md"])
def test_every_option_is_documented(suffix: str) -> None:
    """No option is known to its writer alone."""
    text = (DOCS / f"benchmark{suffix}").read_text(encoding="utf-8")
    assert [name for option in bench.params for name in option.opts if name not in text] == []
