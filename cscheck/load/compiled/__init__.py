"""Packs from the user's cache, where they lie ready for use as long as none of their files changes.

To read and lower them takes seconds, and to take from the cache what a few turns ask for, milliseconds. The file of a
set of packs, one section after the other: the lengths of the first two, 8 bytes each; the stamps of all files that it
was made of (``stamping.py``); an index, in JSON; and what the index gives the places of: tables of JSON texts, one for
each rule, act, condition and pattern, and the arrays that the matcher and the learned models work with, in the
machine's own byte order. Packs with an error are never kept.
"""

from __future__ import annotations

import functools
import json
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from zlib import crc32

from cscheck import __version__, cache
from cscheck.load.compiled.stamping import content, stamps
from cscheck.load.places import place, places
from cscheck.patterns.native import kernel

if TYPE_CHECKING:
    from pathlib import Path

    from cscheck.pack import RuleSet

# Counts the shapes of these files.
FORMAT = 1
HEAD = 16


def load_compiled(wanted: Sequence[str | Path]) -> RuleSet:
    """Load packs by name or folder, and what they extend, ready for use. Raises RuleFileError."""
    asked = _asked(wanted)
    name = f"packs-{crc32(asked.encode('utf-8', 'surrogatepass')):08x}"
    kept = cache.read(name)
    if kept is not None:
        found = _restored(kept, asked, name, lambda: _compiled(wanted, asked, name))
        if found is not None:
            return found
    return _compiled(wanted, asked, name)


def _compiled(wanted: Sequence[str | Path], asked: str, name: str) -> RuleSet:
    from cscheck.load.compiled.writing import compiled

    return compiled(wanted, asked, name)


def _asked(wanted: Sequence[str | Path]) -> str:
    """Say what was asked for, and all beside the packs' own files that decides what comes of it."""
    known = places()
    names = [str(pack) for pack in wanted]
    here = "" if all(name in known or os.path.isabs(name) for name in names) else os.getcwd()  # noqa: PTH109, PTH117
    return json.dumps([FORMAT, __version__, sys.byteorder, place(), list(known), names, here, kernel() is not None])


def _restored(kept: memoryview, asked: str, name: str, again: Callable[[], RuleSet]) -> RuleSet | None:
    """Give what was kept; None where it is of something else, or of files as they no longer are."""
    if len(kept) < HEAD:
        return None
    first, second = (int(size) for size in kept[:HEAD].cast("Q"))
    start = HEAD + first
    if start + second > len(kept):
        return None
    try:
        index = json.loads(str(kept[start : start + second], "utf-8", "surrogatepass"))
    except ValueError:
        return None
    if not isinstance(index, dict) or index.get("asked") != asked:
        return None
    if any(os.path.isfile(path) is not is_there for path, is_there in index["beside"]):  # noqa: PTH113
        return None
    now, are_proof = stamps(index["folders"])
    is_other = kept[HEAD:start] != now
    if (is_other or not are_proof) and content(index["folders"]) != index["content"]:
        return None
    if is_other:
        # Copied, or touched: the same as it was.
        cache.write(name, len(now).to_bytes(8, sys.byteorder) + bytes(kept[8:HEAD]) + now + bytes(kept[start:]))
    from cscheck.load.compiled.reading import Reader

    return Reader(index, kept[start + second :], functools.cache(again)).ruleset()
