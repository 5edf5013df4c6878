"""Packs from the cache are those that were loaded; and they are read anew as soon as anything about them differs."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from cscheck import cache, yamlfile
from cscheck.checker import Checker
from cscheck.conversation import Conversation, Turn
from cscheck.errors import RuleFileError
from cscheck.finding import Severity
from cscheck.learned.model import LearnedModel, dump_model
from cscheck.load import compiled
from cscheck.load.compiled import load_compiled, stamping
from cscheck.load.packs import available, load_packs
from cscheck.outlines import outlines
from cscheck.pack import RuleSet
from cscheck.patterns.compile import Pattern
from cscheck.patterns.native import kernel
from cscheck.patterns.regex import RegexPattern
from cscheck.settings import Config
from cscheck.switches import switched
from tests.packs import RULE, write_pack

ROOT = Path(__file__).parent.parent.parent
TALK = Conversation(
    id="c",
    turns=(
        Turn(role="customer", text="你们这个什么时候能到，急死我了，上次说24小时内回复的"),
        Turn(role="agent", text="这个我不知道，你自己去查吧"),
        Turn(role="customer", text="我要投诉你们"),
        Turn(role="agent", text="亲，抱歉让您久等了，保证明天一定到，到时候短信通知您"),
    ),
)
FULL = (
    RULE.format(id="full/x").replace("[不知道]", "[{regex: 'a+b', guards: [客气]}, '不知道{货}{动词}']")
    + """
guards: [客气, {where: clause, patterns: ['别{货}', 甲]}]
needs: [{where: turn, patterns: ['{句首}我', '{位数:3}']}]
"""
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("CSCHECK_CACHE_DIR", str(folder))
    # Files of a test have only just been written, which is else a reason to look into them.
    monkeypatch.setattr(stamping, "_RECENT", -1.0)
    return folder


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return write_pack(tmp_path, "shop", rules__x=RULE.format(id="shop/x"), sets__a="货: [鞋, 包(包|袋)]\n")


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RuleSet, RuleSet]]:
    """The shipped packs, loaded and from the cache."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CSCHECK_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        load_compiled(list(available()))
        yield load_packs(), load_compiled(list(available()))


def is_kept(ruleset: RuleSet) -> bool:
    """Tell whether packs come from the cache."""
    return not isinstance(ruleset.acts, dict)


def warm(packs: list[Any]) -> RuleSet:
    load_compiled(packs)
    ruleset = load_compiled(packs)
    assert is_kept(ruleset)
    return ruleset


def same(one: Any, other: Any) -> None:
    """See that two values are the same, all the way down, patterns by all that they are."""
    if isinstance(one, (Pattern, RegexPattern)):
        assert type(one) is type(other)
        assert one.source == other.source
        assert one.parts_of_speech == other.parts_of_speech
        assert one.needs == other.needs
        if isinstance(one, Pattern):
            assert one.node == other.node
    elif isinstance(one, LearnedModel):
        assert dump_model(one) == dump_model(other)
        assert one.path == other.path
        assert list(one.needed) == list(other.needed)
    elif is_dataclass(one):
        assert type(one) is type(other)
        for field in fields(one):
            same(getattr(one, field.name), getattr(other, field.name))
    elif isinstance(one, tuple):
        assert isinstance(other, tuple)
        assert len(one) == len(other)
        for left, right in zip(one, other, strict=True):
            same(left, right)
    elif hasattr(one, "items"):
        assert list(one) == list(other)
        for name, value in one.items():
            same(value, other[name])
    else:
        assert one == other
        assert type(one) is type(other)


def test_kept_packs_are_those_that_were_loaded(shipped: tuple[RuleSet, RuleSet]) -> None:
    loaded, kept = shipped
    assert is_kept(kept)
    same(replace(loaded, ready=None), replace(kept, ready=None))
    same(outlines(loaded.rules), outlines(kept.rules))


def test_what_was_shared_is_shared(shipped: tuple[RuleSet, RuleSet]) -> None:
    def parts(ruleset: RuleSet) -> list[Any]:
        found: list[Any] = list(ruleset.guards.values())
        detectors = [act.detector for act in ruleset.acts.values()]
        detectors += [rule.spec.detector for rule in ruleset.rules.values() if rule.kind == "must-not"]
        for detector in filter(None, detectors):
            for holder in (detector, *detector.entries):
                found += [*holder.guards, *holder.needs]
            found += [entry.pattern for entry in detector.entries]
        return found + [pattern for part in list(found) for pattern in getattr(part, "patterns", ())]

    loaded, kept = map(parts, shipped)
    first = {id(part): place for place, part in reversed(list(enumerate(loaded)))}
    again = {id(part): place for place, part in reversed(list(enumerate(kept)))}
    assert [first[id(part)] for part in loaded] == [again[id(part)] for part in kept]


def test_they_find_the_same(shipped: tuple[RuleSet, RuleSet], monkeypatch: pytest.MonkeyPatch) -> None:
    reports = []
    for ruleset in shipped:
        monkeypatch.setattr("cscheck.checker.load_compiled", lambda wanted, it=ruleset: it)
        checker = Checker()
        reports.append((checker.check(TALK, acts=True, excused=True, explain=True), checker.draft("我不知道", TALK)))
    assert reports[0] == reports[1]
    assert reports[0][0].findings


@pytest.mark.parametrize(
    "config",
    [
        Config(learned=False),
        Config(rules={"core": None, "core/negative": Severity.INFO}),
        Config(rules={"core/negative/not-knowing": Severity.ERROR, "core/perfunctory": None}, learned=False),
    ],
)
def test_settings_switch_them_alike(shipped: tuple[RuleSet, RuleSet], config: Config) -> None:
    loaded, kept = (switched(ruleset, config) for ruleset in shipped)
    same(dict(outlines(loaded.rules)), dict(outlines(kept.rules)))
    for name, rule in loaded.rules.items():
        assert (rule.is_enabled, rule.severity) == (kept.rules[name].is_enabled, kept.rules[name].severity)
    assert set(loaded.models) == set(kept.models)


@pytest.mark.skipif(kernel() is None, reason="the regular expressions are another file")
def test_without_the_compiled_part_they_find_the_same(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    warm([pack])
    monkeypatch.setenv("CSCHECK_PURE", "1")
    warm([pack])
    assert [finding.rule for finding in Checker([pack]).check(TALK).findings] == ["shop/x"]


def test_a_second_start_parses_no_yaml(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Checker([pack])
    monkeypatch.setattr(yamlfile, "loads", lambda *_: pytest.fail("parsed again"))
    checker = Checker([pack])
    assert [finding.rule for finding in checker.draft("我不知道").findings] == ["shop/x"]


def test_a_pack_of_all_there_is(tmp_path: Path) -> None:
    pytest.importorskip("re2")
    pack = write_pack(
        tmp_path,
        "full",
        "id: full\nversion: 1\nwords: [云鹏]\nexempt: [不知道香水]\nscenes: [{scene: urgent, acts: [催]}]\n",
        rules__x=FULL,
        guards__客气="id: 客气\ntitle: 客气\nwhere: sentence\npatterns: [请, '{后无:吗}您']\n",
        acts__催="id: 催\ntitle: 催\nby: customer\npatterns: [快点]\nexamples: {bad: [<<快点>>], good: [好]}\n",
        sets__a="货: [鞋, '包(包|袋)[子]{0-3}{数}', '<<甲>>{动词}{位数:3-4}{前有:乙}']\n",
    )
    loaded, kept = load_packs([pack]), warm([pack])
    same(replace(loaded, ready=None), replace(kept, ready=None))


def test_a_changed_file_is_read_again(pack: Path) -> None:
    warm([pack])
    rule = pack / "rules" / "x.yaml"
    rule.write_text(rule.read_text("utf-8").replace("severity: error", "severity: info"), "utf-8")
    assert not is_kept(load_compiled([pack]))
    assert load_compiled([pack]).rules["shop/x"].severity is Severity.INFO
    (pack / "rules" / "y.yaml").write_text(RULE.format(id="shop/y"), "utf-8")
    assert not is_kept(load_compiled([pack]))
    (pack / "rules" / "y.yaml").unlink()
    assert set(load_compiled([pack]).rules) == {"shop/x"}


def test_a_file_that_was_only_touched_is_not(pack: Path, folder: Path) -> None:
    warm([pack])
    os.utime(pack / "pack.yaml", (1, 1))
    (file,) = folder.glob("packs-*")
    before = file.read_bytes()
    assert is_kept(load_compiled([pack]))
    stamped = file.read_bytes()
    assert stamped != before
    assert is_kept(load_compiled([pack]))
    assert file.read_bytes() == stamped


def test_a_file_that_has_only_just_changed_is_looked_into(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stamping, "_RECENT", 1e6)
    warm([pack])
    rule = pack / "rules" / "x.yaml"
    status = rule.stat()
    rule.write_text(rule.read_text("utf-8").replace("不知道", "不晓得"), "utf-8")
    os.utime(rule, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert not is_kept(load_compiled([pack]))


def test_another_set_of_packs_is_another_file(pack: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    more = write_pack(pack.parent, "more", rules__x=RULE.format(id="more/x"))
    warm([pack])
    assert not is_kept(load_compiled([pack, more]))
    assert [info.id for info in load_compiled([pack, more]).packs] == ["shop", "more"]
    monkeypatch.chdir(pack.parent)
    assert not is_kept(load_compiled(["shop"]))
    assert load_compiled(["shop"]).rules["shop/x"].path == str(Path("shop", "rules", "x.yaml"))
    assert len(list(folder.glob("packs-*"))) == 3


def test_a_pack_that_comes_to_stand_beside_is_seen(tmp_path: Path) -> None:
    pack = write_pack(tmp_path, "shop", "id: shop\nversion: 1\nextends: [core]\n")
    assert "core/negative/not-knowing" in warm([pack]).rules
    write_pack(tmp_path, "core", rules__x=RULE.format(id="core/x"))
    assert set(load_compiled([pack]).rules) == {"core/x"}


@pytest.mark.parametrize("name", ["__version__", "FORMAT"])
def test_another_version_reads_them_again(pack: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    warm([pack])
    monkeypatch.setattr(compiled, name, 99)
    assert not is_kept(load_compiled([pack]))


def test_what_is_broken_is_made_again(pack: Path, folder: Path) -> None:
    warm([pack])
    (file,) = folder.glob("packs-*")
    whole = file.read_bytes()
    for wrong in (b"", whole[:40], whole[:-9], whole[:99] + b"x" + whole[100:], b"x" * len(whole)):
        file.write_bytes(wrong)
        assert not is_kept(load_compiled([pack]))
        assert is_kept(load_compiled([pack]))
    for payload in (b"", b"x" * 15, bytes(16), b"\xff" * 64, (8).to_bytes(8, sys.byteorder) * 2 + b"[1, 2]  " * 2):
        cache.write(file.name, payload)
        assert not is_kept(load_compiled([pack]))


def test_sections_that_few_ask_for_are_verified_when_they_are(folder: Path) -> None:
    packs = ["core"]
    loaded = load_compiled(packs)
    (file,) = folder.glob("packs-*")
    broken = bytearray(file.read_bytes())
    length, checked = memoryview(broken)[8:24].cast("Q")
    assert checked < length
    for place in range(len(broken) - length + checked, len(broken), 997):
        broken[place] ^= 1
    file.write_bytes(broken)
    kept = load_compiled(packs)
    assert is_kept(kept)
    same(dict(loaded.models), dict(kept.models))
    same(dict(loaded.sets), dict(kept.sets))
    assert file.read_bytes() != broken


def test_errors_are_never_kept(pack: Path, folder: Path) -> None:
    rule = pack / "rules" / "x.yaml"
    good = rule.read_text("utf-8")
    rule.write_text(good + "nonsense: 1\n", "utf-8")
    for _ in range(2):
        with pytest.raises(RuleFileError, match="nonsense"):
            load_compiled([pack])
    assert list(folder.glob("packs-*")) == []
    rule.write_text(good, "utf-8")
    warm([pack])
    rule.write_text(good + "nonsense: 1\n", "utf-8")
    with pytest.raises(RuleFileError, match="nonsense"):
        load_compiled([pack])


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="for root nothing is read-only")
def test_a_folder_that_cannot_be_written_to_does_no_harm(pack: Path, folder: Path) -> None:
    folder.mkdir(mode=0o500)
    assert load_compiled([pack]).rules
    assert load_compiled([pack]).rules


def test_a_full_disk_does_no_harm(pack: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    assert load_compiled([pack]).rules
    assert list(folder.iterdir()) == []


def test_without_a_cache_nothing_is_written(pack: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSCHECK_NO_CACHE", "1")
    assert not is_kept(load_compiled([pack]))
    assert not is_kept(load_compiled([pack]))
    assert not folder.exists()


@pytest.mark.parametrize("command", [["draft", "我不知道"], ["check", "a.txt"], ["rules", "list"]])
def test_no_cache_is_an_option(pack: Path, folder: Path, command: list[str], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("客户：在吗\n客服：我不知道\n", encoding="utf-8")

    def run(*more: str) -> str:
        line = [sys.executable, "-m", "cscheck", *command, "--only-pack", str(pack), *more]
        env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
        done = subprocess.run(line, cwd=tmp_path, env=env, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode in (0, 1), done.stderr
        return done.stdout

    without = run("--no-cache")
    assert not folder.exists()
    assert run() == without
    assert list(folder.glob("packs-*"))
    assert run() == without


def _rules(pack: str, barrier: Any, found: Any) -> None:
    barrier.wait()
    found.put(sorted(Checker([pack]).ruleset.rules))


def test_processes_may_start_at_once(pack: Path, folder: Path) -> None:
    context = multiprocessing.get_context("spawn")
    barrier, found = context.Barrier(3), context.Queue()
    workers = [context.Process(target=_rules, args=(str(pack), barrier, found)) for _ in range(3)]
    for worker in workers:
        worker.start()
    assert [found.get(timeout=60) for _ in workers] == [["shop/x"]] * 3
    for worker in workers:
        worker.join()
    assert len(list(folder.iterdir())) == 1
    assert is_kept(load_compiled([str(pack)]))
