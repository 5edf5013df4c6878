"""The sentences that made-up chats are put together from: those of the labels that ship with cscheck."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cscheck.load.packs import shipped

_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]*")
_LEAST = 3


@dataclass(frozen=True, slots=True)
class Material:
    """Pools to draw from, each without repetition; ``faulty`` are whole texts that a label says break a rule."""

    clean: tuple[str, ...]
    faulty: tuple[str, ...]
    customer: tuple[str, ...]
    greetings: tuple[str, ...]
    farewells: tuple[str, ...]


@functools.cache
def material() -> Material:
    """Read the labels."""
    folder = shipped("labels")
    said = [item for path in sorted((folder / "said").glob("*.jsonl")) for item in _items(path)]
    acts = [item for path in sorted((folder / "acts").glob("*.jsonl")) for item in _items(path)]
    # Writers of tempting innocents use a rule's words far more often than people do: leave them to the faulty pool.
    tempting = {item["writer"] for item in said if item["violations"]}
    ordinary = [item["text"] for item in said if item["writer"] not in tempting and not item["optional"]]
    customers = [item["text"] for item in acts if item["role"] == "customer"]
    customers += [
        turn["text"] for item in (*said, *acts) for turn in item.get("context", ()) if turn["role"] == "customer"
    ]
    return Material(
        clean=_once(_sentences(ordinary)),
        faulty=_once(item["text"] for item in said if item["violations"]),
        customer=_once(_sentences(customers)),
        greetings=_once(item["text"] for item in acts if _does(item, "greeting")),
        farewells=_once(item["text"] for item in acts if _does(item, "farewell")),
    )


def _items(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def _does(item: dict[str, Any], act: str) -> bool:
    return item["role"] == "agent" and any(found["act"] == act for found in item["acts"])


def _sentences(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from (found[0].strip() for found in _SENTENCE.finditer(text))


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if len(text) >= _LEAST))
