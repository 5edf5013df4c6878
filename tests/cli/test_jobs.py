"""``cscheck check --jobs``: whatever the number of processes, the same bytes come out."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import Result

from cscheck import parallel
from cscheck.cli.exits import Exit
from tests.cli.conftest import TALK, Run, document

ROOT = Path(__file__).parent.parent.parent
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals")


def line(text: str, **fields: object) -> str:
    turns = [{"role": "customer", "text": "快递到哪了"}, {"role": "agent", "text": text}]
    return json.dumps({**fields, "turns": turns}, ensure_ascii=False) + "\n"


@pytest.fixture
def talks(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write transcripts of several formats, some of them broken, to be read in small parts."""
    here = folder / "talks"
    here.mkdir()
    lines = [line("这个我不知道" if number % 5 else "您好", id=f"c{number}") for number in range(60)]
    lines += [line("您好，我不知道")] * 20
    lines[3] = '{"id": \n'
    lines[33] = '{"id": "x", "turns": [{"role": "agent", "text": "\\ud83d我不知道"}]}\n'
    (here / "a.jsonl").write_text("".join(lines), encoding="utf-8")
    (here / "b.txt").write_text(TALK, encoding="utf-8")
    (here / "c.txt").write_bytes(b"\xff\xfe\xff" * 9)
    rows = "".join(f"{number // 4},客服,这个我不知道,09:00:{number % 60:02}\n" for number in range(80))
    (here / "e.csv").write_text("conversation_id,role,text,time\n" + rows, encoding="gb18030")
    (here / "f.jsonl").write_text(line("这个我不知道", id="同") * 6, encoding="gb18030")
    monkeypatch.setattr(parallel, "_BLOCK", 800)
    return here


def outcome(result: Result) -> tuple[int, bytes, bytes]:
    return result.exit_code, result.stdout_bytes, result.stderr_bytes


WAYS: dict[str, tuple[str, ...]] = {
    "terminal": (),
    "everything": ("--acts", "--excused", "--explain-score", "--show", "all"),
    "quiet": ("-q",),
    "verbose": ("-v",),
    "english": ("--lang", "en", "-v"),
    "json": ("--format", "json"),
    "json-everything": ("--format", "json", "--acts", "--excused", "--explain-score"),
    "jsonl": ("--format", "jsonl"),
    "never": ("--fail-on", "never", "--min-severity", "error"),
}


@pytest.mark.parametrize("way", WAYS)
def test_the_same_comes_out(cscheck: Run, talks: Path, folder: Path, way: str) -> None:
    (folder / "cscheck.yaml").write_text(
        "suppress:\n"
        "  - {conversation: c1*, rule: mini/negative, reason: 试运行}\n"
        "  - {phrase: 保证金, reason: 业务名词}\n"
        "  - {phrase: 定金, reason: 旧, until: 2020-01-31}\n",
        encoding="utf-8",
    )
    arguments = ("check", "talks", "talks/f.jsonl", "nowhere.txt", "*.pdf", *WAYS[way])
    one = outcome(cscheck(*arguments, "--jobs", "1"))
    assert outcome(cscheck(*arguments, "--jobs", "2")) == one
    assert one[0] == Exit.FAILED
    assert len(one[1]) > (50 if way == "quiet" else 1000)


@pytest.mark.parametrize("way", ["everything", "english", "json", "jsonl"])
def test_so_it_does_where_processes_cannot_be_forked(
    cscheck: Run, talks: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    monkeypatch.setattr("cscheck.parallel.pool._method", lambda: "spawn")
    one = outcome(cscheck("check", "talks", *WAYS[way], "--jobs", "1"))
    assert outcome(cscheck("check", "talks", *WAYS[way], "--jobs", "2")) == one


@pytest.mark.parametrize("format_", ["terminal", "json", "jsonl"])
def test_a_baseline_hides_the_same(cscheck: Run, talks: Path, folder: Path, format_: str) -> None:
    known = []
    for jobs in ("1", "2"):
        written = cscheck(
            "check", "talks/a.jsonl", "talks/f.jsonl", "--baseline", "k.json", "--update-baseline", "-j", jobs
        )
        assert "没有新问题" in written.stdout
        known.append((folder / "k.json").read_bytes())
    assert known[0] == known[1]
    # Of six equal findings, which the baseline cannot tell apart, the first four are known.
    data = json.loads(known[0])
    for entry in data["entries"]:
        if entry["conversation"] == "同":
            entry["count"] = 4
    (folder / "k.json").write_text(json.dumps(data), encoding="utf-8")
    arguments = ("check", "talks", "--baseline", "k.json", "--format", format_)
    one = outcome(cscheck(*arguments, "-j", "1"))
    assert outcome(cscheck(*arguments, "-j", "2")) == one


def test_standard_input(cscheck: Run, talks: Path) -> None:
    data = (talks / "a.jsonl").read_bytes()
    one, two = (cscheck("check", "-", "--format", "json", "-j", jobs, stdin=data) for jobs in ("1", "2"))
    assert outcome(one) == outcome(two)
    assert document(two)["conversations"][-1]["id"] == "stdin#79"


@pytest.mark.parametrize("jobs", ["0", "-1", "x", "9999"])
def test_a_number_of_processes_that_is_none(cscheck: Run, talks: Path, jobs: str) -> None:
    result = cscheck("check", "talks", "--jobs", jobs)
    assert result.exit_code == Exit.FAILED
    assert "--jobs 的值不对" in result.stderr


def test_little_is_checked_in_one_process(cscheck: Run, talks: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cscheck.parallel.pool.Pool", None)
    assert "不知道" in cscheck("check", "talks", "--jobs", "auto").stdout


@pytest.fixture
def long(folder: Path) -> Path:
    """Write a file that takes long to check."""
    path = folder / "long.jsonl"
    path.write_text(line("这个我不知道，您自己看吧", id="c") * 200_000, encoding="utf-8")
    return path


def start(pack: Path, *arguments: str, **streams: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "cscheck", "check", *arguments, "--jobs", "2", "--only-pack", str(pack)]
    return subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, start_new_session=True, **streams)  # type: ignore[call-overload, no-any-return]


def is_gone(group: int) -> bool:
    for _ in range(50):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


@posix
@pytest.mark.parametrize("whole_group", [True, False])
def test_an_interrupt_ends_everything(long: Path, pack: Path, whole_group: bool) -> None:
    with start(pack, str(long), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        assert run.stdout
        assert run.stderr
        run.stdout.read(1000)
        os.killpg(run.pid, signal.SIGINT) if whole_group else run.send_signal(signal.SIGINT)
        run.stdout.read()
        assert run.stderr.read().decode().strip() == "已中断"
        assert run.wait() == Exit.INTERRUPTED
        assert is_gone(run.pid)


@posix
def test_a_reader_that_goes_away_ends_everything(long: Path, pack: Path) -> None:
    with start(pack, str(long), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        assert run.stdout
        assert run.stderr
        run.stdout.read(1000)
        run.stdout.close()
        assert run.stderr.read() == b""
        assert run.wait() == Exit.FAILED
        assert is_gone(run.pid)


@posix
def test_a_run_that_is_killed_leaves_nobody_behind(long: Path, pack: Path) -> None:
    with start(pack, str(long), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        assert run.stdout
        run.stdout.read(1000)
        run.kill()
        run.wait()
        assert is_gone(run.pid)
