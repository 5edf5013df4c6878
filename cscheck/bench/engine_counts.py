"""Count what the engine does, from outside: some methods are wrapped while a corpus is checked.

This is the one file of the benchmark that knows the engine's inside. What is not there is not counted.
"""

from __future__ import annotations

import contextlib
import importlib
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from unittest import mock

from cscheck.bench.contenders import whole_check
from cscheck.bench.corpus import Corpus
from cscheck.checker import Checker

Measure = Callable[..., int]


def _one(*_: object, **__: object) -> int:
    return 1


def _length(_: object, block: str, *__: object, **___: object) -> int:
    return len(block)


WRAPPED: dict[str, tuple[str, str, str, Measure]] = {
    "word_ends_asked": ("cscheck.text.segment", "Segmenter", "is_aligned", _one),
    "automaton_passes": ("cscheck.patterns.matcher", "CompiledMatcher", "listen", _one),
    "pattern_batches": ("cscheck.patterns.matcher", "CompiledMatcher", "many", _one),
    "model_passes": ("cscheck.learned.model", "LearnedModel", "earned", _one),
    "detectors_asked": ("cscheck", "hearing", "hear", _one),
    "characters_cut": ("cscheck.text.segment", "_Lexicon", "_route", _length),
    "dictionary_loads": ("cscheck.text.dictionary", "Dictionary", "_open", _one),
}
"""Each count: module, class (or a module in it), method, and how much one call adds, given the call's arguments."""


def engine_counts(corpus: Corpus, packs: Sequence[Path] = ()) -> dict[str, float]:
    """Check a corpus once, with a new checker, and give the counts: a turn, but for dictionary loads."""
    found: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="cscheck-bench-") as folder, contextlib.ExitStack() as wrapped:
        transcripts = corpus.write(Path(folder) / "chats.jsonl")
        known = [name for name in WRAPPED if wrapped.enter_context(_wrapped(name, found))]
        whole_check(Checker([str(pack) for pack in packs] or None), transcripts)
    turns = len(corpus.texts())
    per_turn = {f"{name}_per_turn": found[name] / turns for name in known if name != "dictionary_loads"}
    return {"turns": turns, **per_turn, "dictionary_loads": found["dictionary_loads"]}


@contextlib.contextmanager
def _wrapped(name: str, found: Counter[str]) -> Iterator[bool]:
    """Count the calls of one method; False where it is not there."""
    module, owner, method, measure = WRAPPED[name]
    try:
        target = getattr(importlib.import_module(module), owner)
        original = getattr(target, method)
    except (ImportError, AttributeError):
        yield False
        return

    def counting(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401
        found[name] += measure(*arguments, **named)
        return original(*arguments, **named)

    with mock.patch.object(target, method, counting):
        yield True
