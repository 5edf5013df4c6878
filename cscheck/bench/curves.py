"""The curves of ``--scaling``: what one more turn, rule, process or conversation costs.

A checker may keep what it made of a text, so no two points share their text.
"""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from cscheck.bench.chats import Recipe
from cscheck.bench.contenders import whole_check
from cscheck.bench.copies import must_not_rules, write_copies
from cscheck.bench.corpus import make
from cscheck.bench.curve import Curve, measured
from cscheck.bench.memory import peak_megabytes
from cscheck.bench.processes import CSCHECK, pack_options, run, seconds
from cscheck.bench.rounds import Job, alternate, timed
from cscheck.bench.sizes import Sizes
from cscheck.checker import Checker
from cscheck.conversation import Conversation
from cscheck.sources import read

CHAT = 14
_PER_TURN = "µs a turn"
_DRAFTS = 5


class Curves:
    """All curves, with the same packs, on chats that lie in ``folder``."""

    def __init__(self, sizes: Sizes, packs: Sequence[Path], folder: Path) -> None:
        self._sizes, self._folder = sizes, folder
        self._seeds = itertools.count(sizes.seed)
        self._options = pack_options(packs)
        self._checker = Checker([str(pack) for pack in packs] or None)
        self._warming = self._chats(sizes.warming_turns)
        whole_check(self._checker, self._warming)

    def turns(self) -> Curve:
        """More and more conversations of the same length."""
        return self._curve("turns in all", "turns", _PER_TURN, self._sizes.turns, lambda size: self._pace(size, CHAT))

    def long(self) -> Curve:
        """One conversation, longer and longer."""
        sizes = self._sizes.long
        return self._curve("one conversation", "turns", _PER_TURN, sizes, lambda size: self._pace(size, size))

    def prefix(self) -> Curve:
        """One more turn after a conversation that grows."""
        return self._curve("next turn", "turns before", "µs for the next turn", self._sizes.prefix, self._next)

    def rules(self) -> Curve:
        """More rules of the kind that ``copies.py`` makes."""
        folders = [Path(pack.path) for pack in self._checker.packs]
        rules = must_not_rules(folders)
        sizes = sorted({max(size, len(rules)) for size in self._sizes.rules})
        texts = [self._chats(self._sizes.rule_turns) for _ in range(self._sizes.rounds)]
        jobs = {str(size): self._with_rules(folders, rules, size, texts) for size in sizes}
        times = alternate(jobs, self._sizes.rounds)
        count = _whole_chats(self._sizes.rule_turns, CHAT) * CHAT
        points = tuple((float(size), statistics.median(times[str(size)]) * 1e6 / count) for size in sizes)
        return Curve("rules", "must-not rules", _PER_TURN, points)

    def processes(self) -> Curve | None:
        """More processes, or None where the command line has no ``--jobs``."""
        if b"--jobs" not in run([*CSCHECK, "check", "--help"], self._folder).stdout:
            return None
        turns = self._sizes.job_turns
        command = [*CSCHECK, "check", str(self._chats(turns)), "--format", "jsonl", *self._options]
        count = _whole_chats(turns, CHAT) * CHAT

        def pace(jobs: int) -> float:
            return seconds([*command, "--jobs", str(jobs)], self._folder) * 1e6 / count

        return self._curve("processes", "processes", "µs a turn, start included", self._sizes.jobs, pace)

    def memory(self) -> Curve:
        """Peak of a ``cscheck check`` of more and more conversations."""

        def peak(size: int) -> float:
            command = [*CSCHECK, "check", str(self._chats(size * CHAT)), "--format", "jsonl", *self._options]
            return peak_megabytes(command, self._folder)

        return self._curve("memory", "conversations", "MB at the peak", self._sizes.conversations, peak)

    def _curve(self, name: str, across: str, up: str, sizes: Iterable[int], figure: Callable[[int], float]) -> Curve:
        return measured(name, across, up, sizes, figure, self._sizes.budget)

    def _chats(self, turns: int, length: int = CHAT) -> Path:
        seed = next(self._seeds)
        recipe = Recipe(_whole_chats(turns, length), length, spread=0, seed=seed)
        return make(recipe).write(self._folder / f"chats-{seed}.jsonl")

    def _pace(self, turns: int, length: int) -> float:
        transcripts = self._chats(turns, length)
        count = _whole_chats(turns, length) * length
        return timed(lambda: whole_check(self._checker, transcripts)) * 1e6 / count

    def _next(self, size: int) -> float:
        """Give the time for turn n+1, as the median of some drafts after n turns that were checked before."""
        found = next(iter(read([self._chats(size + _DRAFTS, size + _DRAFTS)])))
        if isinstance(found, Exception):
            raise found
        before = Conversation("live", found.turns[:size], channel="chat", complete=False)
        self._checker.draft("您好", before)
        times = [self._draft(turn.text, before) for turn in found.turns[size:]]
        return statistics.median(times) * 1e6

    def _draft(self, text: str, before: Conversation) -> float:
        return timed(lambda: self._checker.draft(text, before))

    def _with_rules(
        self, folders: Sequence[Path], rules: Sequence[dict[str, object]], size: int, texts: Sequence[Path]
    ) -> Job:
        root = self._folder / f"rules-{size}"
        checker = Checker([*map(str, folders), str(write_copies(root, rules, size - len(rules)))])
        whole_check(checker, self._warming)
        return lambda number: timed(lambda: whole_check(checker, texts[number]))


def _whole_chats(turns: int, length: int) -> int:
    return max(turns // length, 1)
