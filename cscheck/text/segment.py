"""jieba without HMM, loaded when the first candidate needs it, cached in the user's own folder.

Only the block of Chinese and Latin characters that holds a candidate is cut: jieba splits at everything else first, so
this gives the same ends as cutting the whole text.
"""

from __future__ import annotations

import functools
import logging
import os
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import jieba
    import jieba.posseg

_BLOCK = re.compile(r"[一-鿕a-zA-Z0-9+#&._%\-]")
_TAGS = {"动词": "v", "名词": "n", "形容词": "a", "副词": "d", "数词": "m", "量词": "q", "代词": "r"}
PARTS_OF_SPEECH = tuple(_TAGS)


class Segmenter:
    """Word ends and parts of speech by jieba's dictionary, HMM off; ``words`` are a pack's own additions."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        self._words = tuple(words)
        self._ends = functools.lru_cache(maxsize=4096)(self._cut)

    def is_aligned(self, text: str, start: int, end: int) -> bool:
        """Tell whether both ends of ``text[start:end]`` lie on word ends."""
        return self._is_end(text, start) and self._is_end(text, end)

    def words(self, text: str) -> list[str]:
        """Cut a whole text into words."""
        return list(self._tokenizer.cut(text, HMM=False))

    def tagged(self, text: str, kind: str) -> list[str]:
        """Give the words of ``text`` whose part of speech is ``kind`` (动词, 名词, …), in order, each once."""
        prefix = _TAGS[kind]
        pairs = self._tagger.cut(text, HMM=False)
        return list(dict.fromkeys(pair.word for pair in pairs if pair.flag.startswith(prefix)))

    def _is_end(self, text: str, place: int) -> bool:
        if place <= 0 or place >= len(text) or not (_BLOCK.match(text[place - 1]) and _BLOCK.match(text[place])):
            return True
        start, end = place, place
        while start > 0 and _BLOCK.match(text[start - 1]):
            start -= 1
        while end < len(text) and _BLOCK.match(text[end]):
            end += 1
        return place - start in self._ends(text[start:end])

    def _cut(self, block: str) -> frozenset[int]:
        ends, place = set(), 0
        for word in self._tokenizer.cut(block, HMM=False):
            place += len(word)
            ends.add(place)
        return frozenset(ends)

    @functools.cached_property
    def _tokenizer(self) -> jieba.Tokenizer:
        import jieba

        jieba.setLogLevel(logging.ERROR)
        tokenizer = jieba.Tokenizer()
        # jieba's default cache is a marshal file of a known name in the folder for temporary files, which anyone may
        # have put there: ours lies where only the user writes.
        tokenizer.tmp_dir, tokenizer.cache_file = str(_cache_folder()), "jieba.cache"
        tokenizer.initialize()
        for word in self._words:
            tokenizer.add_word(word)
        return tokenizer

    @functools.cached_property
    def _tagger(self) -> jieba.posseg.POSTokenizer:
        import jieba.posseg

        return jieba.posseg.POSTokenizer(self._tokenizer)


@functools.cache
def _cache_folder() -> Path:
    """Give a folder that only the user writes to: the user's cache, or a new private one for this run."""
    import platformdirs

    folder = Path(os.environ.get("CSCHECK_CACHE_DIR") or platformdirs.user_cache_dir("cscheck", appauthor=False))
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.stat()
    except OSError:
        return Path(tempfile.mkdtemp(prefix="cscheck-"))
    is_mine = not hasattr(os, "getuid") or status.st_uid == os.getuid()
    if is_mine and not status.st_mode & 0o022 and os.access(folder, os.W_OK):
        return folder
    return Path(tempfile.mkdtemp(prefix="cscheck-"))
