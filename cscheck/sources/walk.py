"""The transcripts below a folder, in sorted order, without what is ignored."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from cscheck.errors import Place, SourceError
from cscheck.sources.ignore import IGNORE_FILE, Glob, globs, verdict

# A folder that holds this is a rule pack, whose examples are no transcripts.
_PACK = "pack.yaml"
_Layer = tuple[Path, tuple[Glob, ...]]
_Layers = tuple[_Layer, ...]


def walk(folder: Path, suffixes: frozenset[str], exclude: tuple[str, ...]) -> Iterator[Path | SourceError]:
    """Give every file with one of the suffixes."""
    # Later layers have the last word, and what the user says now is the last layer.
    yield from _walk(folder, suffixes, _above(folder), (folder, globs(exclude)))


def _walk(folder: Path, suffixes: frozenset[str], layers: _Layers, last: _Layer) -> Iterator[Path | SourceError]:
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
        layers = (*layers, *_layer_of(folder))
    except OSError as error:
        yield SourceError(f"打不开文件夹：{error.strerror or error}。", Place(str(folder)))
        return
    except SourceError as error:
        yield error
        return
    if any(entry.name == _PACK for entry in entries):
        return
    for entry in entries:
        # A link to a folder may lead round in a circle.
        is_folder = entry.is_dir() and not entry.is_symlink()
        if entry.name.startswith(".") or _ignored(entry, (*layers, last), folder=is_folder):
            continue
        if is_folder:
            yield from _walk(entry, suffixes, layers, last)
        elif entry.suffix.lower() in suffixes and entry.is_file():
            yield entry


def _ignored(entry: Path, layers: _Layers, *, folder: bool) -> bool:
    ignored = False
    for base, rules in layers:
        found = verdict(PurePosixPath(entry.relative_to(base).as_posix()), rules, folder=folder)
        ignored = ignored if found is None else found
    return ignored


def _above(folder: Path) -> _Layers:
    """Give the globs of the folders between the working folder and this one, which it stands in."""
    if folder.is_absolute() or ".." in folder.parts:
        return ()
    return tuple(layer for parent in reversed(folder.parents) if parent != folder for layer in _layer_of(parent))


def _layer_of(folder: Path) -> _Layers:
    file = folder / IGNORE_FILE
    if not file.is_file():
        return ()
    try:
        return ((folder, globs(file.read_text(encoding="utf-8-sig").splitlines())),)
    except UnicodeDecodeError:
        raise SourceError("忽略文件要用 UTF-8 编码。", Place(str(file))) from None
