"""A tiny round of each mode runs, and its JSON has the shape that is written down; no test looks at a time."""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from cscheck.bench import scaling
from cscheck.bench.contenders import BASE, OURS
from cscheck.bench.curve import Curve
from cscheck.bench.result import SCHEMA
from cscheck.bench.sizes import QUICK
from cscheck.bench.start import BASE as BARE
from cscheck.bench.start import command_lines, start
from tests.bench.conftest import Measure

FEW = ("--conversations", "4", "--turns", "8")


def names(rows: list[dict[str, Any]]) -> list[str]:
    return [row["name"] for row in rows]


def test_throughput(measure: Measure) -> None:
    """Each contender has its figures, and the base a ratio of one."""
    found = measure(*FEW, "--rounds", "1")
    assert (found["schema"], found["mode"], found["rounds"]) == (SCHEMA, "throughput", 1)
    assert {"cpu", "cores", "python", "jieba", "cscheck"} <= found["machine"].keys()
    assert found["corpus"]["conversations"] == 4
    assert {OURS, f"{OURS} --no-learned", BASE, "jieba.posseg", "re alternation"} <= set(names(found["rows"]))
    assert all(row.keys() == {"name", "meaning", "us_per_turn", "mb_per_s", "ratio"} for row in found["rows"])
    assert {row["name"]: row["ratio"] for row in found["rows"]}[BASE] == 1


def test_start(pack: Path) -> None:
    """Whole processes, against a bare one."""
    commands = command_lines([pack])
    result = start({BARE: commands[BARE], "again": [sys.executable, "-c", "pass"]}, rounds=1)
    assert names(result.document()["rows"]) == [BARE, "again"]
    assert all(row.keys() == {"name", "ms", "ratio"} for row in result.document()["rows"])
    assert all(str(pack) in command for name, command in commands.items() if "draft" in name or "check," in name)


def test_latency(measure: Measure) -> None:
    """Percentiles stand in order."""
    found = measure("--latency", "--conversations", "4", "--drafts", "5", "--turns", "14")
    assert {"all drafts", "jieba.lcut of the draft"} <= set(names(found["rows"]))
    for row in found["rows"]:
        assert row["p50"] <= row["p90"] <= row["p99"] <= row["max"]
    assert found["rows"][0]["count"] == 5


def test_scaling(pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every curve has its points; processes and memory are those of small programs here."""
    monkeypatch.setattr("cscheck.bench.curves.CSCHECK", (sys.executable, "-c", "pass"))
    result, curves = scaling.scaling(QUICK, [pack])
    sizes = {curve.name: [size for size, _ in curve.points] for curve in curves}
    expected = {"turns in all": [14, 28], "one conversation": [5, 10], "next turn": [5, 10], "rules": [2, 3]}
    if sys.platform != "win32":
        expected["memory"] = [1, 2]
    assert sizes == expected
    assert all(isinstance(curve, Curve) and curve.document() for curve in curves)
    assert [curve["name"] for curve in result.document()["curves"]] == list(expected)
    assert any("--jobs" in note for note in result.notes)


def test_scaling_writes_a_plot(measure: Measure, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``--svg`` writes a picture that is well-formed."""
    curves = [Curve("rules", "must-not rules", "µs a turn", ((100, 5.0), (200, 7.0)))]
    result = scaling.Result("scaling", {"curves": []}, ())
    monkeypatch.setattr("cscheck.bench.__main__.scaling", lambda *_: (result, curves))
    measure("--scaling", "--svg", str(tmp_path / "x.svg"))
    root = ET.fromstring((tmp_path / "x.svg").read_text(encoding="utf-8"))
    assert root.tag.endswith("svg")
    assert len(root.findall(".//{*}polyline")) == 1


def test_counts(measure: Measure, monkeypatch: pytest.MonkeyPatch) -> None:
    """Modules by command, and what the engine does for a turn."""
    full = command_lines

    def few(packs: list[Path]) -> dict[str, list[str]]:
        return {name: line for name, line in full(packs).items() if name in (BARE, "cscheck --version")}

    monkeypatch.setattr("cscheck.bench.__main__.command_lines", few)
    found = measure("--counts", *FEW)
    (row,) = found["imports"]
    assert row.keys() == {"name", "modules", "own", "packages"}
    assert row["modules"] >= row["own"] > 0
    assert found["engine"]["turns"] == found["corpus"]["turns"]
    assert all(isinstance(value, int | float) for value in found["engine"].values())
