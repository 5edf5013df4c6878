"""The files that are to be read, one after the other; whatever goes wrong with one comes as a value."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, TypeVar

from cscheck.errors import Place, SourceError
from cscheck.sources.formats import FORMATS, SUFFIXES, Format, choose
from cscheck.sources.options import FileInfo, ReadOptions
from cscheck.sources.source import Source
from cscheck.sources.walk import walk

T = TypeVar("T")

STDIN = "-"


def transcripts(paths: Iterable[str | Path], options: ReadOptions) -> Iterator[str | SourceError]:
    """Name each file, those of a folder in order, and what hinders."""
    if options.input_format is not None and options.input_format not in FORMATS:
        yield SourceError(f"不认识输入格式“{options.input_format}”。", allowed="、".join(FORMATS))
        return
    for path in map(str, paths):
        if path != STDIN and Path(path).is_dir():
            try:
                yield from _in_folder(Path(path), options)
            except SourceError as error:
                yield error
        else:
            yield path


def opened(
    path: str, options: ReadOptions, contents: Callable[[Source, Format], Iterable[T]]
) -> Iterator[FileInfo | T | SourceError]:
    """Tell how a file is read, and give what ``contents`` finds in it."""
    if path == STDIN:
        yield from _guarded(path, sys.stdin.buffer, options, contents)
        return
    try:
        with Path(path).open("rb") as stream:
            yield from _guarded(path, stream, options, contents)
    except FileNotFoundError:
        yield SourceError("找不到这个文件或文件夹。", Place(path))
    except (OSError, ValueError) as error:
        yield SourceError(f"打不开文件：{getattr(error, 'strerror', None) or error}。", Place(path))


def _in_folder(folder: Path, options: ReadOptions) -> Iterator[str | SourceError]:
    found = False
    for entry in walk(folder, SUFFIXES, options.exclude):
        found = True
        yield entry if isinstance(entry, SourceError) else str(entry)
    if not found:
        yield SourceError("文件夹里没有可读的对话文件。", Place(str(folder)), allowed="、".join(sorted(SUFFIXES)))


def _guarded(
    path: str, stream: BinaryIO, options: ReadOptions, contents: Callable[[Source, Format], Iterable[T]]
) -> Iterator[FileInfo | T | SourceError]:
    """Turn whatever a broken or hostile file raises into a value, so that the next file is still read."""
    try:
        source = Source.open(path, stream, options.encoding)
        chosen = choose(source, options.input_format)
        yield FileInfo(path, chosen.NAME, source.encoding)
        yield from contents(source, chosen)
    except SourceError as error:
        yield error
    except RecursionError:
        yield SourceError("文件的结构嵌套太深。", Place(path))
    except OSError as error:
        yield SourceError(f"读文件时出错：{error.strerror or error}。", Place(path))
