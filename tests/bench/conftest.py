"""A small pack for the benchmark, so that nothing big is loaded, and its command run in this process."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cscheck.bench.__main__ import bench
from tests.packs import RULE, write_pack

Measure = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a pack with one must-not rule."""
    return write_pack(tmp_path_factory.mktemp("bench"), "mini", rules__negative__no=RULE.format(id="mini/negative/no"))


@pytest.fixture
def measure(pack: Path, tmp_path: Path) -> Measure:
    """Run the benchmark's command line with the small pack, and give the JSON that it wrote."""

    def run(*arguments: str) -> dict[str, Any]:
        file = tmp_path / "figures.json"
        given = [*arguments, "--only-pack", str(pack), "--json", str(file)]
        result = CliRunner().invoke(bench, given, catch_exceptions=False)
        assert result.exit_code == 0, result.output
        found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        return found

    return run
