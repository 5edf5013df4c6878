"""Full regular expressions, on an engine whose time is linear in the text (google-re2, an extra)."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cscheck.patterns.needs import ANYTHING, Need

if TYPE_CHECKING:
    from cscheck.patterns.compile import Fits, Tagged


class RegexError(Exception):
    """A regular expression that cannot be used, and in words why."""


@dataclass(frozen=True, eq=False)
class RegexPattern:
    """A regular expression in place of a pattern; a group named ``mark`` is the part that is reported."""

    source: str
    needs: tuple[Need, ...] = ANYTHING
    parts_of_speech: frozenset[str] = frozenset()

    @functools.cached_property
    def compiled(self) -> Any:  # noqa: ANN401 (re2 ships no types)
        """The compiled expression; raises RegexError."""
        try:
            import re2
        except ImportError:
            raise RegexError('正则表达式要用 google-re2，请先安装：pip install "cscheck[regex]"') from None
        options = re2.Options()
        options.log_errors = False
        try:
            return re2.compile(self.source, options)
        except re2.error as problem:
            detail = problem.args[0] if problem.args else ""
            words = detail.decode("utf-8", "replace") if isinstance(detail, bytes) else str(detail)
            raise RegexError(f"正则表达式写法有误：{words}") from None

    def ends_at(self, text: str, place: int) -> bool:
        """Tell whether a match ends right there."""
        return any(end == place for _, end in self.spans(text, lambda kind: []))

    def starts_at(self, text: str, place: int) -> bool:
        """Tell whether a match starts right there."""
        return any(start == place for start, _ in self.spans(text, lambda kind: []))

    def spans(self, text: str, tagged: Tagged, fits: Fits | None = None) -> Iterator[tuple[int, int]]:
        """Give the stretches of ``text`` that match, and fit where that is asked."""
        group = self.compiled.groupindex.get("mark", 0)
        for match in self.compiled.finditer(text):
            start, end = match.span(group)
            if end > start and (fits is None or fits(start, end)):
                yield start, end
