"""Transcripts in, conversations out: one format a module, found by suffix and by a look at the first bytes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from cscheck.conversation import Conversation
from cscheck.errors import Place, SourceError
from cscheck.sources.formats import FORMATS, SUFFIXES, Format, choose
from cscheck.sources.ids import with_ids
from cscheck.sources.options import FileInfo, ReadOptions
from cscheck.sources.source import Source
from cscheck.sources.text import parse_text
from cscheck.sources.walk import walk

__all__ = ["FORMATS", "SUFFIXES", "FileInfo", "Format", "ReadOptions", "parse_text", "read"]

OnOpen = Callable[[FileInfo], None]


def read(
    paths: Sequence[str | Path], options: ReadOptions | None = None, on_open: OnOpen | None = None
) -> Iterator[Conversation | SourceError]:
    """Read files, folders and ``-`` (standard input) one after the other; what cannot be read comes as a value."""
    options = options or ReadOptions()
    if options.input_format is not None and options.input_format not in FORMATS:
        yield SourceError(f"不认识输入格式“{options.input_format}”。", allowed="、".join(FORMATS))
        return
    for path in paths:
        try:
            yield from _read_path(str(path), options, on_open)
        except SourceError as error:
            yield error


def _read_path(path: str, options: ReadOptions, on_open: OnOpen | None) -> Iterator[Conversation | SourceError]:
    if path == "-":
        yield from _guarded(path, sys.stdin.buffer, options, on_open)
    elif Path(path).is_dir():
        yield from _read_folder(Path(path), options, on_open)
    else:
        yield from _read_file(path, options, on_open)


def _read_folder(folder: Path, options: ReadOptions, on_open: OnOpen | None) -> Iterator[Conversation | SourceError]:
    found = False
    for entry in walk(folder, SUFFIXES, options.exclude):
        found = True
        if isinstance(entry, SourceError):
            yield entry
        else:
            yield from _read_file(str(entry), options, on_open)
    if not found:
        yield SourceError("文件夹里没有可读的对话文件。", Place(str(folder)), allowed="、".join(sorted(SUFFIXES)))


def _read_file(path: str, options: ReadOptions, on_open: OnOpen | None) -> Iterator[Conversation | SourceError]:
    try:
        with Path(path).open("rb") as stream:
            yield from _guarded(path, stream, options, on_open)
    except FileNotFoundError:
        yield SourceError("找不到这个文件或文件夹。", Place(path))
    except (OSError, ValueError) as error:
        yield SourceError(f"打不开文件：{getattr(error, 'strerror', None) or error}。", Place(path))


def _guarded(
    path: str, stream: BinaryIO, options: ReadOptions, on_open: OnOpen | None
) -> Iterator[Conversation | SourceError]:
    """Turn whatever a broken or hostile file raises into a value, so that the next file is still read."""
    try:
        source = Source.open(path, stream, options.encoding)
        chosen = choose(source, options.input_format)
        if on_open is not None:
            on_open(FileInfo(path, chosen.NAME, source.encoding))
        yield from with_ids(chosen.read(source, options), source, options)
    except SourceError as error:
        yield error
    except RecursionError:
        yield SourceError("文件的结构嵌套太深。", Place(path))
    except OSError as error:
        yield SourceError(f"读文件时出错：{error.strerror or error}。", Place(path))
