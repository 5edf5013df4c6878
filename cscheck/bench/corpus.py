"""Transcripts to measure on: read from files, or made up from a seed, so that everybody measures the same text."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cscheck.bench.chats import Recipe, chats


class CorpusError(Exception):
    """A file that is no corpus, or one too small for what was asked."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Conversations in the project's JSON Lines, one a line, no line end."""

    name: str
    lines: tuple[str, ...]

    def conversations(self) -> list[dict[str, Any]]:
        """Give each conversation as an object."""
        return [json.loads(line) for line in self.lines]

    def texts(self) -> list[str]:
        """Give the text of every turn."""
        return [turn["text"] for conversation in self.conversations() for turn in conversation["turns"]]

    def dealt(self, parts: int) -> list[Corpus]:
        """Deal the conversations out, so that no part shares one with another."""
        if len(self.lines) < parts:
            raise CorpusError(f"{self.name}: {len(self.lines)} conversations, at least {parts} are needed")
        return [Corpus(f"{self.name} {part + 1}/{parts}", self.lines[part::parts]) for part in range(parts)]

    def write(self, path: Path) -> Path:
        """Write the conversations to a file."""
        path.write_text("".join(f"{line}\n" for line in self.lines), encoding="utf-8")
        return path

    def facts(self) -> dict[str, Any]:
        """Give what a reader of figures wants to know of the text; ``digest`` tells whether two saw the same."""
        conversations = self.conversations()
        turns = [turn for conversation in conversations for turn in conversation["turns"]]
        texts = [turn["text"] for turn in turns]
        return {
            "name": self.name,
            "conversations": len(conversations),
            "turns": len(turns),
            "agent_turns": sum(turn["role"] == "agent" for turn in turns),
            "faulty_turns": sum(len((item.get("meta") or {}).get("faulty", ())) for item in conversations),
            "unique_turns": len(set(texts)),
            "characters": sum(map(len, texts)),
            "bytes": sum(len(text.encode()) for text in texts),
            "digest": hashlib.sha256("\n".join(self.lines).encode()).hexdigest()[:16],
        }


def make(recipe: Recipe) -> Corpus:
    """Make a corpus up; the same recipe and labels give the same text everywhere."""
    name = f"seed {recipe.seed}, {recipe.share:.0%} faulty"
    return Corpus(name, tuple(json.dumps(chat, ensure_ascii=False) for chat in chats(recipe)))


def load(paths: Sequence[Path]) -> Corpus:
    """Read files of the project's JSON Lines; raises CorpusError."""
    return Corpus(", ".join(path.name for path in paths), tuple(line for path in paths for line in _lines(path)))


def _lines(path: Path) -> Iterable[str]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            turns = json.loads(line)["turns"]
            is_good = all(isinstance(turn["text"], str) and isinstance(turn["role"], str) for turn in turns)
        except (ValueError, TypeError, KeyError):
            is_good = False
        if not is_good:
            raise CorpusError(f'{path}:{number}: wanted {{"turns": [{{"role": …, "text": …}}, …]}} on one line')
        yield line
