"""Everything that is measured on the same text: cscheck, jieba, and plain searches in this process."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from cscheck.bench.corpus import Corpus
from cscheck.bench.rounds import timed
from cscheck.checker import Checker
from cscheck.reporters import reporter
from cscheck.reporters.context import Context
from cscheck.settings import Config
from cscheck.sources import read

BASE = "jieba.lcut"
OURS = "cscheck check"
_POSSEG_EVERY = 10


@dataclass(frozen=True, slots=True)
class Part:
    """The text of one round: the transcripts as a file, and the text of their turns as values and as lines."""

    transcripts: Path
    lines: Path
    texts: tuple[str, ...]

    @classmethod
    def of(cls, corpus: Corpus, folder: Path) -> Part:
        """Write a corpus where it can be read from."""
        texts = corpus.texts()
        lines = folder / "turns.txt"
        lines.write_text("".join(" ".join(text.split()) + "\n" for text in texts), encoding="utf-8")
        return cls(corpus.write(folder / "chats.jsonl"), lines, tuple(texts))


@dataclass(frozen=True, slots=True)
class Contender:
    """Something that goes over the text of a round; ``seconds`` gives what the whole text takes."""

    name: str
    meaning: str
    seconds: Callable[[Part], float]


def whole_check(checker: Checker, transcripts: Path) -> str:
    """Do what ``cscheck check --format json`` does once its packs are loaded: JSON Lines in, findings as JSON out."""
    reports = (item if isinstance(item, Exception) else checker.check(item) for item in read([transcripts]))
    return "".join(reporter("json").render(reports, Context(packs=checker.packs)))


def ours(packs: Sequence[Path]) -> list[Contender]:
    """Give cscheck, with and without learned rules."""
    wanted = [str(pack) for pack in packs] or None
    full, bare = Checker(wanted), Checker(wanted, Config(learned=False))
    return [
        Contender(OURS, "the whole check: JSON Lines in, findings as JSON out", _of(lambda part: _checked(full, part))),
        Contender(
            f"{OURS} --no-learned", "the same without learned rules and acts", _of(lambda part: _checked(bare, part))
        ),
        Contender(
            "cscheck, reading only",
            "transcripts read, nothing checked",
            _of(lambda part: list(read([part.transcripts]))),
        ),
        Contender("json.loads", "the lines parsed, nothing else", _of(_parsed)),
    ]


def jiebas() -> list[Contender]:
    """Give jieba as most programs call it; its dictionary is loaded here."""
    import jieba
    import jieba.posseg

    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()
    return [
        Contender(BASE, "jieba with its defaults", _of(lambda part: [jieba.lcut(text) for text in part.texts])),
        Contender(
            "jieba.lcut, no HMM",
            "dictionary only",
            _of(lambda part: [jieba.lcut(text, HMM=False) for text in part.texts]),
        ),
        Contender(
            "jieba.posseg",
            f"with parts of speech; every {_POSSEG_EVERY}th turn, scaled",
            _of(lambda part: [jieba.posseg.lcut(text) for text in part.texts[::_POSSEG_EVERY]], _POSSEG_EVERY),
        ),
    ]


def searches(words: Sequence[str]) -> list[Contender]:
    """Give what a keyword filter does."""
    alternation = re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
    return [
        Contender(
            "keywords with in",
            f"{len(words)} words, each looked for by itself",
            _of(lambda part: [[word for word in words if word in text] for text in part.texts]),
        ),
        Contender(
            "re alternation",
            "the same words as one regular expression",
            _of(lambda part: [alternation.findall(text) for text in part.texts]),
        ),
    ]


def _of(work: Callable[[Part], object], scale: float = 1) -> Callable[[Part], float]:
    return lambda part: timed(lambda: work(part)) * scale


def _checked(checker: Checker, part: Part) -> str:
    return whole_check(checker, part.transcripts)


def _parsed(part: Part) -> list[object]:
    with part.transcripts.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]
