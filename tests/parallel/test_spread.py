"""Conversations over several processes: the same as in one."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

import pytest

from cscheck import parallel
from cscheck.conversation import Conversation
from cscheck.errors import SourceError
from cscheck.parallel import pool as pools
from cscheck.parallel import spread, worthwhile
from cscheck.sources import FileInfo, ReadOptions
from cscheck.sources.parts import Files

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals")


def talk(text: str, **fields: object) -> str:
    return json.dumps({**fields, "turns": [{"role": "agent", "text": text}]}, ensure_ascii=False) + "\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write every kind of part: a long file of lines with broken ones, small files, a long file of no lines."""
    lines = [talk(f"第{number}句", **({"id": f"c{number}"} if number % 3 else {})) for number in range(300)]
    lines[7] = "{\n"
    lines[8] = "\n"
    lines[150] = "[" + ",".join(line.strip() for line in lines[20:24]) + "]\n"
    lines[200] = '{"turns": []}\n'
    (tmp_path / "a.jsonl").write_text("".join(lines), encoding="utf-8")
    (tmp_path / "b.txt").write_text("客户：在吗\n客服：在的\n", encoding="utf-8")
    (tmp_path / "c.txt").write_bytes(b"\xff\xfe\xff" * 9)
    (tmp_path / "d.jsonl").write_text(talk("短", id="d"), encoding="utf-8")
    rows = "".join(f"{number},客服,第{number}句,09:00:{number % 60:02}\n" for number in range(300))
    (tmp_path / "e.csv").write_text("conversation_id,role,text,time\n" + rows, encoding="gb18030")
    (tmp_path / "f.jsonl").write_text(talk("别的", id="f") * 80, encoding="gb18030")
    (tmp_path / "g.jsonl").write_text("\ufeff" + talk("没有编号") * 80, encoding="utf-8")
    monkeypatch.setattr(parallel, "_BLOCK", 1000)
    return tmp_path


class Said:
    """Gives what was said, and does as it is told."""

    def __call__(self) -> Callable[[Conversation], str]:
        return said


def said(conversation: Conversation) -> str:
    text = conversation.turns[0].text
    if text == "第42句":
        raise LookupError(text)
    return f"{conversation.path}:{conversation.line} {conversation.id} {text}"


class Deadly:
    """Dies at some conversations."""

    def __call__(self) -> Callable[[Conversation], str]:
        def each(conversation: Conversation) -> str:
            if conversation.turns[0].text in ("第5句", "第6句", "第299句"):
                os.kill(os.getpid(), signal.SIGKILL)
            return said(conversation)

        return each


def told(folder: Path, begin: Callable[[], Callable[[Conversation], str]], jobs: int, *names: str) -> list[str]:
    paths = [folder / name for name in names] or [folder, folder / "nowhere.txt"]
    return [str(item) for item in spread(paths, ReadOptions(), begin, jobs, size=1000)]


@pytest.mark.parametrize("jobs", [2, 3])
def test_every_item_comes_as_from_one_process(folder: Path, jobs: int) -> None:
    expected = told(folder, Said(), 1)
    assert told(folder, Said(), jobs) == expected
    assert len(expected) > 750


def test_so_it_does_where_processes_cannot_be_forked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pools, "_method", lambda: "spawn")
    assert told(folder, Said(), 2) == told(folder, Said(), 1)


def test_files_are_told_of_in_their_place(folder: Path) -> None:
    items = list(spread([folder], ReadOptions(), Said(), 2))
    assert [Path(item.path).name for item in items if isinstance(item, FileInfo)] == [
        "a.jsonl", "b.txt", "d.jsonl", "e.csv", "f.jsonl", "g.jsonl",
    ]  # fmt: skip


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_conversation_whose_check_fails_is_an_error_of_its_own(folder: Path, jobs: int) -> None:
    items = list(spread([folder / "a.jsonl"], ReadOptions(), Said(), jobs))
    (failed,) = [item for item in items if isinstance(item, SourceError) and "LookupError" in item.message]
    assert failed.message.startswith("检查对话“a#")
    assert "LookupError: 第42句（test_spread.py:" in failed.message
    assert failed.place
    assert (failed.place.path, failed.place.line) == (str(folder / "a.jsonl"), 43)
    assert len(items) > 295


@posix
def test_a_conversation_that_kills_its_process_is_named_and_the_rest_is_done(folder: Path) -> None:
    alone = told(folder, Said(), 1, "a.jsonl")
    items = list(spread([folder / "a.jsonl"], ReadOptions(), Deadly(), 2))
    crashed = [item for item in items if isinstance(item, SourceError) and "崩溃" in item.message]
    assert [(item.place.line, item.message) for item in crashed if item.place] == [
        (6, "检查对话“c5”时进程崩溃（信号 9），跳过了这一段。"),
        (7, "检查对话“a#7”时进程崩溃（信号 9），跳过了这一段。"),
        (300, "检查对话“c299”时进程崩溃（信号 9），跳过了这一段。"),
    ]
    rest = [str(item) for item in items if item not in crashed]
    assert rest == [item for item in alone if not item.endswith(("第5句", "第6句", "第299句"))]


def test_little_work_is_for_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "cores", lambda: 4)
    assert [worthwhile(size) for size in (0, 10_000, 10**9)] == [1, 1, 4]


class Careful:
    """Stands for a desk at which reading has killed two workers."""

    deaths: ClassVar = {3: (-9, -9)}

    def at(self, step: int) -> None:
        """Note nothing."""

    def before(self, count: int, asks: bool) -> int:
        return 0


def test_a_file_whose_reading_kills_is_left_and_the_next_one_is_read(folder: Path) -> None:
    names = (str(folder / "g.jsonl"), str(folder / "d.jsonl"))
    items = list(parallel._results(Files(names), ReadOptions(), said, Careful()))
    assert [type(item) for item in items] == [FileInfo, str, SourceError, FileInfo, str]
    assert str(items[2]) == f"{names[0]}: 读到这里时进程崩溃（信号 9）。"
    assert items[-1] == f"{names[1]}:1 d 短"
