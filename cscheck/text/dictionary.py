"""The words of the installed jieba's own dictionary in a mapped file, each stretch of it decoded when first asked for.

jieba itself takes 44 times Python's own start to load them all; a turn needs the words that its own characters begin.

The file: total frequency and number of places (8 bytes each); the place of each character's shard, by code point (4
bytes each); the shards. A shard: checksum of its rest, number of its keys, frequency of each (4 bytes each); as text,
with empty lines between them: the keys of one and two characters, the longer ones in order, the parts of speech. Keys
are words and, with frequency 0, beginnings of words. Numbers are in the machine's own byte order.
"""
# pathlib would take longer to import than all that is done here.
# ruff: noqa: PTH116, PTH118, PTH123

from __future__ import annotations

import functools
import os
import zlib
from collections.abc import Callable
from typing import NamedTuple

from cscheck import cache

_FORMAT = 1
_HEAD = 16
# What jieba says of a word without a part of speech.
_NO_TAG = "x"


class _Shard(NamedTuple):
    """The keys that begin with one character, each between two line ends, and the frequencies of both in a row."""

    short: str = ""
    long: str = ""
    tags: str = ""
    frequencies: memoryview = memoryview(b"")


class Dictionary:
    """Words with frequency and part of speech; ``rebuild`` gives the ``payload`` anew when it turns out broken."""

    def __init__(self, payload: memoryview, rebuild: Callable[[], memoryview]) -> None:
        self._rebuild = rebuild
        self._shard = functools.cache(self._find_shard)
        self._tags = functools.cache(self._find_tags)
        self._open(payload)

    @staticmethod
    def opening(word: str) -> str:
        """Give one character or two by which words are kept: this word is among those that begin so."""
        return word[0] if len(word) < 3 else word[:2]

    def frequencies(self, opening: str) -> dict[str, int]:
        """Give the frequency of all words of an opening, 0 for what only begins words."""
        shard = self._shard(opening[0])
        if len(opening) == 1:
            keys, first = shard.short[1:-1].split("\n") if shard.short else [], 0
        else:
            start = shard.long.find("\n" + opening)
            if start < 0:
                return {}
            end = shard.long.index("\n", shard.long.rfind("\n" + opening) + 1)
            keys = shard.long[start + 1 : end].split("\n")
            first = shard.short.count("\n") - 1 + shard.long.count("\n", 0, start)
        return dict(zip(keys, shard.frequencies[first : first + len(keys)], strict=True))

    def tag(self, word: str) -> str:
        """Give jieba's part of speech for a word."""
        shard = self._shard(word[0])
        keys, before = (shard.short, 0) if len(word) < 3 else (shard.long, shard.short.count("\n") - 1)
        place = keys.find(f"\n{word}\n")
        return _NO_TAG if place < 0 else self._tags(word[0])[before + keys.count("\n", 0, place)]

    def _find_tags(self, first: str) -> list[str]:
        return self._shard(first).tags.split("\n")

    def _find_shard(self, first: str) -> _Shard:
        shard = self._bytes(first)
        if shard and zlib.crc32(shard[4:]) != shard[:4].cast("I")[0]:
            self._open(self._rebuild())
            shard = self._bytes(first)
        if not shard:
            return _Shard()
        end = 8 + 4 * shard[4:8].cast("I")[0]
        short, long, tags = str(shard[end:], "utf-8").split("\n\n")
        return _Shard(f"\n{short}\n", f"\n{long}\n", tags, shard[8:end].cast("I"))

    def _bytes(self, first: str) -> memoryview:
        code = ord(first)
        if code + 1 >= len(self._places):
            return memoryview(b"")
        return self._payload[self._places[code] : self._places[code + 1]]

    def _open(self, payload: memoryview) -> None:
        self._payload = payload
        self.total, places = payload[:_HEAD].cast("Q")
        self._places = payload[_HEAD : _HEAD + 4 * places].cast("I")


@functools.cache
def load() -> Dictionary:
    """Give the installed jieba's dictionary from the cache, or build it."""
    path = _installed()

    def rebuild() -> memoryview:
        content = _read(path)
        payload, checked = build(content)
        cache.write(_name(_digest(content)), payload, checked)
        return memoryview(payload)

    payload = cache.read(_name(_known_digest(path)))
    return Dictionary(rebuild() if payload is None else payload, rebuild)


def build(content: bytes) -> tuple[bytes, int]:
    """Make the file from the content of jieba's ``dict.txt``; the number of its bytes before the shards too."""
    from array import array

    frequencies, tags, total = _parse(content)
    keys: dict[str, list[str]] = {}
    for key in frequencies:
        keys.setdefault(key[0], []).append(key)
    size = ord(max(keys)) + 2
    checked = place = _HEAD + 4 * size
    places, shards = array("I"), []
    for code in range(size):
        places.append(place)
        if chr(code) in keys:
            short = [key for key in keys[chr(code)] if len(key) < 3]
            long = sorted([key for key in keys[chr(code)] if len(key) > 2])
            every = short + long
            numbers = array("I", [len(every), *map(frequencies.__getitem__, every)])
            parts = short, long, [tags.get(key, _NO_TAG) for key in every]
            shard = numbers.tobytes() + "\n\n".join(map("\n".join, parts)).encode("utf-8")
            shards.append(array("I", [zlib.crc32(shard)]).tobytes() + shard)
            place += len(shards[-1])
    head = array("Q", [total, size]).tobytes()
    return b"".join((head, places.tobytes(), *shards)), checked


def _parse(content: bytes) -> tuple[dict[str, int], dict[str, str], int]:
    frequencies: dict[str, int] = {}
    tags: dict[str, str] = {}
    total = 0
    for line in content.decode("utf-8").split("\n"):
        fields = line.split()
        if not fields:
            continue
        word, frequency = fields[0], int(fields[1])
        # As in jieba, the last of several lines for one word holds, and the total counts all of them.
        frequencies[word] = frequency
        tags[word] = fields[2] if len(fields) > 2 else _NO_TAG
        total += frequency
        for end in range(1, len(word)):
            frequencies.setdefault(word[:end], 0)
    return frequencies, tags, total


def _installed() -> str:
    import importlib.util

    # Found, not imported: importing jieba is what all this is there to save.
    spec = importlib.util.find_spec("jieba")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("No module named 'jieba'", name="jieba")
    return os.path.join(spec.submodule_search_locations[0], "dict.txt")


def _known_digest(path: str) -> str:
    """Give the digest of the content, which is read only if the file has changed since it was last."""
    status = os.stat(path)
    state = os.fsencode(f"{path}\n{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}\n")
    note = f"dictionary-of-{zlib.crc32(os.fsencode(path)):08x}"
    known = bytes(cache.read(note) or b"")
    if known.startswith(state):
        return known[len(state) :].decode()
    digest = _digest(_read(path))
    cache.write(note, state + digest.encode())
    return digest


def _digest(content: bytes) -> str:
    import hashlib

    return hashlib.sha256(content).hexdigest()[:16]


def _name(digest: str) -> str:
    return f"dictionary-{_FORMAT}-{digest}"


def _read(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()
