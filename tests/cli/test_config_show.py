"""``cscheck config show``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_every_value_has_its_origin(cscheck: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "cscheck.yaml").write_text("roles:\n  小王: agent\nscore:\n  error: 20\n", encoding="utf-8")
    monkeypatch.setenv("CSCHECK_CHANNEL", "phone")
    lines = [line.split() for line in cscheck("config", "show", "--fail-on", "warning").stdout.splitlines()]
    found = {line[0]: line[1:] for line in lines}
    assert found["roles.小王"][:2] == ["agent", "项目配置"]
    assert found["roles.小王"][2].endswith("cscheck.yaml:2:7")
    assert found["score.error"][:2] == ["20", "项目配置"]
    assert found["channel"] == ["phone", "环境变量", "CSCHECK_CHANNEL"]
    assert found["fail-on"] == ["warning", "命令行", "--fail-on"]
    assert found["score.info"] == ["1", "默认"]
