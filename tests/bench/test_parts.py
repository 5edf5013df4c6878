"""The parts that figures are made of."""

from __future__ import annotations

import sys
import time
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from cscheck.bench.chats import Recipe
from cscheck.bench.commands import commands
from cscheck.bench.copies import must_not_rules, other_words, write_copies
from cscheck.bench.corpus import Corpus, make
from cscheck.bench.counts import modules
from cscheck.bench.curve import Curve, measured
from cscheck.bench.engine_counts import WRAPPED, engine_counts
from cscheck.bench.latency import spread
from cscheck.bench.memory import peak_megabytes
from cscheck.bench.plot import svg
from cscheck.bench.processes import environment
from cscheck.bench.rounds import alternate, ratio
from cscheck.load.packs import available, load_packs
from cscheck.patterns.native import kernel


def test_rounds_alternate() -> None:
    """A B, A B: each job once a round, with the number of the round."""
    calls: list[tuple[str, int]] = []

    def job(name: str, seconds: float):
        return lambda number: calls.append((name, number)) or seconds

    times = alternate({"a": job("a", 2.0), "b": job("b", 1.0)}, 2)
    assert calls == [("a", 0), ("b", 0), ("a", 1), ("b", 1)]
    assert ratio(times["a"], times["b"]) == 2


def test_percentiles() -> None:
    """Nearest rank, and the greatest."""
    assert spread([5.0, 1.0, 3.0]) == {"count": 3, "p50": 3.0, "p90": 5.0, "p99": 5.0, "max": 5.0}


def test_a_curve_ends_where_it_would_take_too_long() -> None:
    """What is left out is said."""
    curve = measured("c", "n", "s", (1, 2, 10**15), lambda size: time.sleep(size / 1000) or 0.0, budget=5)
    assert [size for size, _ in curve.points] == [1, 2]
    assert "left out" in curve.note


@pytest.mark.parametrize(
    ("pattern", "changed"),
    [
        ("不知道", "不知鬯"),
        ("(不知道|不清楚)您", "(不知鬯|不清鬻)鼗"),
        ("{前无:我|{一类}}<<办不了>>{0-20 句}", "{前无:我|{一类}}<<办不鬯>>{0-20 句}"),
    ],
)
def test_copies_change_words_and_nothing_else(pattern: str, changed: str) -> None:
    """What stands in braces is the pattern language and stays."""
    assert other_words(pattern, 0) == changed
    assert other_words(pattern, 1) != changed


def test_copies_load(pack: Path, tmp_path: Path) -> None:
    """Copies are rules like others, under their own ids."""
    rules = load_packs([pack, write_copies(tmp_path, must_not_rules([pack]), 3)]).rules
    assert list(rules) == ["mini/negative/no", *(f"bench-copies/copied/c000{number}" for number in range(3))]


def test_all_core_rules_can_be_copied(tmp_path: Path) -> None:
    """Every must-not rule's changed patterns still parse."""
    rules = must_not_rules([available()["core"]])
    assert len(rules) > 40
    copied = load_packs(["core", write_copies(tmp_path, rules, len(rules))], with_models=False)
    assert sum(rule.startswith("bench-copies/") for rule in copied.rules) == len(rules)


def test_engine_counts(pack: Path) -> None:
    """What there is to wrap is counted, and put back."""
    corpus = Corpus("one", ('{"turns": [{"role": "agent", "text": "这个我不知道呢"}]}',))
    found = engine_counts(corpus, [pack])
    assert found["turns"] == 1
    assert set(found) <= {"turns", "dictionary_loads", *(f"{name}_per_turn" for name in WRAPPED)}


def test_a_turn_costs_no_more_than_it_did() -> None:
    """With all that ships: one pass over a text not seen before, a model or two, few words cut, one dictionary."""
    if kernel() is None:
        pytest.skip("the compiled matcher was not built")
    found = engine_counts(make(Recipe(conversations=25, seed=3)))
    assert found["automaton_passes_per_turn"] <= 1
    assert found["model_passes_per_turn"] <= 2
    assert found["pattern_batches_per_turn"] <= 8
    assert found["detectors_asked_per_turn"] <= 4
    assert found["characters_cut_per_turn"] <= 1.5
    assert found["dictionary_loads"] <= 1


def test_what_is_not_there_is_not_counted(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine may change under the benchmark."""
    monkeypatch.setitem(WRAPPED, "gone", ("cscheck.text.segment", "Gone", "method", lambda *_: 1))
    monkeypatch.setitem(WRAPPED, "lost", ("cscheck.no_such_module", "Gone", "method", lambda *_: 1))
    found = engine_counts(Corpus("one", ('{"turns": [{"role": "agent", "text": "您好"}]}',)), [pack])
    assert not {"gone_per_turn", "lost_per_turn"} & set(found)


def test_modules_are_counted(tmp_path: Path) -> None:
    """A bare Python has no cscheck in it, ``cscheck --version`` has."""
    assert "cscheck" not in modules((), tmp_path)
    assert "cscheck" in modules(("--version",), tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="no peak size there")
def test_a_peak_is_that_of_the_program(tmp_path: Path) -> None:
    """Not of whoever measures: a bare Python stays small, one that fills memory does not."""
    small = peak_megabytes([sys.executable, "-c", "pass"], tmp_path)
    big = peak_megabytes([sys.executable, "-c", "x = b'x' * 60_000_000"], tmp_path)
    assert big - small > 40


def test_programs_not_installed_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is left out in silence."""
    monkeypatch.setattr("shutil.which", lambda _: None)
    found, notes = commands(["不知道"], tmp_path)
    assert not found
    assert [note.split()[0] for note in notes] == ["grep", "rg", "textlint"]


def test_settings_of_the_user_do_not_reach_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the cache folder does."""
    monkeypatch.setenv("CSCHECK_LANG", "en")
    monkeypatch.setenv("CSCHECK_CACHE_DIR", "/x")
    monkeypatch.setenv("NO_COLOR", "1")
    found = environment()
    assert "CSCHECK_LANG" not in found
    assert "NO_COLOR" not in found
    assert (found["CSCHECK_CACHE_DIR"], found["FORCE_COLOR"]) == ("/x", "1")


def test_a_plot_has_four_panels() -> None:
    """Also where a curve is missing, has one point, or spans decades."""
    curves = [
        Curve("turns in all", "turns", "µs a turn", ((1000, 50.0), (10_000, 51.0))),
        Curve("one conversation", "turns", "µs a turn", ((10, 50.0), (10_000, 900.0))),
        Curve("next turn", "turns before", "µs", ((10, 5.0),)),
        Curve("memory", "conversations", "MB", ()),
    ]
    root = ET.fromstring(svg(curves))
    assert len(root.findall("{*}g")) == 4
    assert len(root.findall(".//{*}polyline")) == 3
