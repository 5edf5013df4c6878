"""The word list that a keyword filter would hold: the words that the rules' own examples mark."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from cscheck.load.packs import load_packs

_MARKED = re.compile(r"<<(.+?)>>")
_LEAST, _MOST = 2, 6


def keywords(count: int = 500, packs: Sequence[str | Path] = ("core",)) -> list[str]:
    """Give ``count`` words of two to six characters, or as many as there are: every n-th of all, sorted."""
    found = sorted(
        {
            word
            for rule in load_packs(packs, with_models=False).rules.values()
            for example in rule.examples.bad
            for word in _MARKED.findall(example)
            if _LEAST <= len(word) <= _MOST
        }
    )
    step = max(len(found) / count, 1)
    return [found[int(index * step)] for index in range(min(count, len(found)))]
