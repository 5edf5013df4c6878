"""Fold a turn's text for matching, and keep the way back to the raw text.

Width, case and traditional characters are folded one to one. Characters that only get in the way (zero-width ones,
marks or spaces slipped between the characters of a word, as in 没 办 法 and 保-证) are left out, with a map.
"""

from __future__ import annotations

import functools
import re

from cscheck.conversation import Span
from cscheck.text import traditional
from cscheck.values import dataclass

HAN = "㐀-䶿一-鿿"
_ZERO_WIDTH = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e"
    "\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
)
# Words of one character that people do write alone, between spaces: 好 我看看.
_STANDS_ALONE = "好嗯哦噢喔是对行亲喂哈啊呢吧吗的了呀嘛有在可请您你我他她它和或与及"
_SLIPPED = r"[-_*·•|^+＋－＿]"
# A text without any of these need not be searched.
_BETWEEN = frozenset(_SLIPPED[1:-1] + " .")
_ZERO_WIDTHS = frozenset().union(
    *(map(chr, range(ord(run[0]), ord(run[-1]) + 1)) for run in re.findall("(?s).-.|.", _ZERO_WIDTH))
)
# The characters of HAN, and the hexagrams that lie among them.
_ANY_HAN, _NO_HAN = "[㐀-鿿]", "[䷀-䷿]"


@dataclass(frozen=True, slots=True)
class Normalised:
    """A text for matching; ``offsets`` gives each character's place in ``raw``, None where nothing was left out."""

    raw: str
    text: str
    offsets: tuple[int, ...] | None = None

    def raw_span(self, start: int, end: int) -> Span:
        """Give the raw stretch behind ``text[start:end]``."""
        if self.offsets is None:
            return Span(start, end)
        if start >= end:
            place = self.offsets[start] if start < len(self.offsets) else len(self.raw)
            return Span(place, place)
        return Span(self.offsets[start], self.offsets[end - 1] + 1)


def normalise(raw: str) -> Normalised:
    """Fold ``raw``; never changes it where there is nothing to fold."""
    text = raw.translate(traditional.table())
    if _ZERO_WIDTHS.isdisjoint(text) and (_BETWEEN.isdisjoint(text) or not _slips().search(text)):
        return Normalised(raw, text)
    dropped = {i for match in _fillers().finditer(text) for i in range(*match.span())}
    if not dropped:
        return Normalised(raw, text)
    offsets = tuple(i for i in range(len(text)) if i not in dropped)
    return Normalised(raw, "".join(text[i] for i in offsets), offsets)


@functools.cache
def _slips() -> re.Pattern[str]:
    return re.compile(rf"(?!{_NO_HAN}){_ANY_HAN}[{_SLIPPED[1:-1]} .](?!{_NO_HAN})(?={_ANY_HAN})")


@functools.cache
def _fillers() -> re.Pattern[str]:
    # Classes of one range each: others take a millisecond to compile.
    han, after_han = rf"(?!{_NO_HAN}){_ANY_HAN}", rf"(?<={_ANY_HAN})(?<!{_NO_HAN})"
    alone = rf"(?![{_STANDS_ALONE}]){han}"
    isolated = rf"(?<=(?:(?<!{_ANY_HAN})|(?<={_NO_HAN}))(?<![a-z0-9]){alone})"
    return re.compile(
        rf"[{_ZERO_WIDTH}]+"
        rf"|{after_han}{_SLIPPED}{{1,2}}(?={han})"
        # one character alone before the gap, and no stand-alone word: 没 办法
        rf"|{isolated}[ .](?={han})"
        # one character alone after the gap, which in turn is followed by a gap or the end: 办 法
        rf"|{after_han}[ .](?={alone}(?:[ .]{han}|[ .,。!?]*$))"
    )


def clause_break() -> str:
    """Give the characters that end a clause, for use inside a character class."""
    return r",.。!?;；:、~…\s()\[\]{}<>《》〈〉【】「」『』\"“”‘’—|/\\^"


def sentence_break() -> str:
    """Give the characters that end a sentence, for use inside a character class."""
    return r"。!?;；\n\r"
