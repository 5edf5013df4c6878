"""Files, folders and standard input."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path, PurePosixPath

import pytest

from cscheck.conversation import Conversation
from cscheck.errors import SourceError
from cscheck.sources import FORMATS, SUFFIXES, FileInfo, ReadOptions, read
from cscheck.sources.ignore import globs, verdict

TALK = "客户：在吗\n客服：在的\n"


def write(root: Path, *names: str) -> None:
    for name in names:
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(TALK, encoding="utf-8")


def names(root: Path, **options: object) -> list[str]:
    return [Path(item.path).relative_to(root).as_posix() for item in read([root], ReadOptions(**options))]


def test_a_folder_is_read_in_order_without_what_is_no_transcript(tmp_path):
    write(tmp_path, "b.txt", "a.log", "z/c.md", "图.png", ".隐藏.txt", ".git/x.txt", "c.bak")
    write(tmp_path, "pack/pack.yaml", "pack/例.txt")
    assert names(tmp_path) == ["a.log", "b.txt", "z/c.md"]


def test_ignore_files_and_globs_keep_files_out(tmp_path):
    write(tmp_path, "a.txt", "b.txt", "旧/c.txt", "旧/d.txt", "新/e.txt", "新/f.txt")
    (tmp_path / ".cscheckignore").write_text("# 不要的\n\n旧/\nb.*\nf.txt\n", encoding="utf-8")
    (tmp_path / "新" / ".cscheckignore").write_text("!f.txt\n", encoding="utf-8")
    assert names(tmp_path) == ["a.txt", "新/e.txt", "新/f.txt"]
    assert names(tmp_path, exclude=("新/e*", "a.txt")) == ["新/f.txt"]


def test_ignore_files_above_hold_too(tmp_path, monkeypatch):
    write(tmp_path, "logs/a.txt", "logs/b.txt")
    (tmp_path / ".cscheckignore").write_text("logs/a.txt\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert [item.path for item in read(["logs"])] == [str(Path("logs") / "b.txt")]


@pytest.mark.parametrize(
    ("lines", "path", "folder", "ignored"),
    [
        (["*.txt"], "a.txt", False, True),
        (["*.txt"], "x/y/a.txt", False, True),
        (["/*.txt"], "x/a.txt", False, False),
        (["/*.txt"], "a.txt", False, True),
        (["x/*.txt"], "x/y/a.txt", False, False),
        (["x/**/a.txt"], "x/a.txt", False, True),
        (["x/**/a.txt"], "x/y/z/a.txt", False, True),
        (["**/a.txt"], "a.txt", False, True),
        (["x/**"], "x/y/a.txt", False, True),
        (["x/**"], "x", True, None),
        (["?.txt"], "a.txt", False, True),
        (["?.txt"], "ab.txt", False, None),
        (["[ab].txt"], "b.txt", False, True),
        (["[!ab].txt"], "b.txt", False, None),
        (["[z-a].txt"], "[z-a].txt", False, True),
        (["x/"], "x", True, True),
        (["x/"], "x", False, None),
        (["*.txt", "!a.txt"], "a.txt", False, False),
        (["!a.txt", "*.txt"], "a.txt", False, True),
        (["# a", "", "  "], "a.txt", False, None),
        (["\\#a.txt"], "#a.txt", False, True),
        (["a+(b).txt"], "a+(b).txt", False, True),
    ],
)
def test_globs_follow_gitignore(lines, path, folder, ignored):
    assert bool(verdict(PurePosixPath(path), globs(lines), folder=folder)) is bool(ignored)


def test_an_empty_folder_is_an_error_that_names_the_suffixes(tmp_path):
    (item,) = read([tmp_path])
    assert isinstance(item, SourceError)
    assert ".txt" in item.allowed
    assert ".xlsx" in item.allowed


def test_a_broken_file_does_not_hide_the_others(tmp_path):
    write(tmp_path, "a.txt", "c.txt")
    (tmp_path / "b.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\xff\xfe\xfd" * 9)
    kinds = [type(item) for item in read([tmp_path, tmp_path / "没有.txt", tmp_path / "c.txt"])]
    assert kinds == [Conversation, SourceError, Conversation, SourceError, Conversation]


@pytest.mark.parametrize("path", ["没有/这个.txt", "a\0b"])
def test_a_missing_path_is_an_error(path):
    (item,) = read([path])
    assert isinstance(item, SourceError)
    assert item.place.path == path


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_an_error(tmp_path):
    write(tmp_path, "a.txt")
    (tmp_path / "a.txt").chmod(0)
    (item,) = read([tmp_path / "a.txt"])
    assert isinstance(item, SourceError)


def test_links_in_a_circle_end(tmp_path):
    write(tmp_path, "a/b.txt")
    (tmp_path / "a" / "回").symlink_to(tmp_path, target_is_directory=True)
    assert names(tmp_path) == ["a/b.txt"]


class Stdin:
    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


@pytest.mark.parametrize(
    "data", [TALK.encode(), TALK.encode("gb18030"), '{"turns": [{"role": "agent", "text": "在的"}]}\n'.encode() * 2]
)
def test_standard_input_is_sniffed(monkeypatch, data):
    monkeypatch.setattr(sys, "stdin", Stdin(data))
    found = list(read(["-"]))
    assert [item.id for item in found] == ["stdin", "stdin#2"][: len(found)]
    assert found[0].path == "-"
    assert found[0].turns[-1].text == "在的"


def test_how_a_file_is_read_is_told(tmp_path):
    write(tmp_path, "a.txt")
    (tmp_path / "b.csv").write_bytes("角色,内容\n客服,您好\n".encode("gbk"))
    told: list[FileInfo] = []
    list(read([tmp_path], on_open=told.append))
    assert [(info.format, info.encoding) for info in told] == [("text", "utf-8"), ("csv", "gb18030")]
    assert told[0].path == str(tmp_path / "a.txt")


def test_reading_is_lazy(tmp_path):
    write(tmp_path, "a.txt", "b.txt")
    told: list[FileInfo] = []
    next(iter(read([tmp_path], on_open=told.append)))
    assert len(told) == 1


def test_a_long_jsonl_is_streamed(tmp_path):
    file = tmp_path / "a.jsonl"
    file.write_text('{"turns": [{"role": "agent", "text": "在的"}]}\n' * 20_000, encoding="utf-8")
    with file.open("rb") as stream:
        items = read([file])
        next(items)
        assert stream.tell() == 0
        assert sum(1 for _ in items) == 19_999


def test_an_unknown_format_names_the_known_ones():
    (item,) = read(["a.txt"], ReadOptions(input_format="pdf"))
    assert isinstance(item, SourceError)
    assert "native" in item.allowed


def test_the_named_format_is_taken(tmp_path):
    write(tmp_path, "a.json")
    (item,) = read([tmp_path / "a.json"], ReadOptions(input_format="text"))
    assert len(item.turns) == 2


def test_suffixes_and_names_are_those_of_the_modules() -> None:
    """What is known without importing the formats is what they say themselves."""
    assert frozenset(suffix for module in FORMATS.values() for suffix in module.SUFFIXES) == SUFFIXES
    assert all(name == module.NAME for name, module in FORMATS.items())
