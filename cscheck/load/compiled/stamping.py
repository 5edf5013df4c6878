"""Tell whether files are still what they were: by size and times, in doubt by what they hold."""
# pathlib would take many times as long for hundreds of files.
# ruff: noqa: PTH123

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator

# A file that changes twice in so many seconds may look the same, as some clocks are coarse.
_RECENT = 2.0
_OWN = ("learned", "load", "load/compiled", "matchers", "patterns", "text")
_OWN_FILES = ("act", "clause", "detector", "lowering", "outlines", "pack", "rule", "yamlfile")


def stamps(folders: Iterable[str]) -> tuple[bytes, bool]:
    """Give the name, size and times of all files of packs, and of cscheck's own that make something of them.

    Tells also whether they prove anything: those of a file that has only just changed do not.
    """
    recent = time.time_ns() - int(_RECENT * 1e9)
    lines = []
    latest = 0
    for path in _files(folders):
        try:
            status = os.stat(path)  # noqa: PTH116
        except OSError:
            continue
        latest = max(latest, status.st_mtime_ns, status.st_ctime_ns)
        lines.append(f"{path}\0{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}")
    are_proof = latest <= recent
    found = os.fsencode("\n".join(lines if are_proof else ["recent", *lines]))
    # What follows starts at a multiple of 8.
    return found + b"\n" * (-len(found) % 8), are_proof


def content(folders: Iterable[str]) -> str:
    """Give a digest of all that these files hold."""
    import hashlib

    digest = hashlib.sha256()
    for path in _files(folders):
        try:
            with open(path, "rb") as file:
                held = file.read()
        except OSError:
            continue
        digest.update(os.fsencode(f"{path}\0{len(held)}\0"))
        digest.update(held)
    return digest.hexdigest()


def _files(folders: Iterable[str]) -> Iterator[str]:
    for folder in folders:
        yield from sorted(_below(folder, 0))
    own = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))  # noqa: PTH100, PTH120
    yield from (f"{own}/{name}.py" for name in _OWN_FILES)
    for part in _OWN:
        yield from sorted(_below(f"{own}/{part}", None))


def _below(folder: str, depth: int | None) -> Iterator[str]:
    """Give the files that matter, in folders below only where the ``depth`` is counted."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        name = entry.name.lower()
        if depth is None:
            if name.endswith((".py", ".so", ".pyd", ".txt")):
                yield entry.path
        elif name.endswith((".yaml", ".yml", ".model.json")) or (name.endswith("ml") and ".y" in name):
            yield entry.path
        elif entry.is_dir(follow_symlinks=not depth):
            yield from _below(entry.path, depth + 1)
