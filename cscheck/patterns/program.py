"""All loaded patterns as one program for the compiled matcher: their code, and what a text must hold for each.

Only flat arrays, so that it can be written to a file and used from there as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from cscheck.values import dataclass

if TYPE_CHECKING:
    from cscheck.patterns.compile import Pattern
    from cscheck.patterns.regex import RegexPattern

AnyPattern: TypeAlias = "Pattern | RegexPattern"
ARRAYS = (
    "code", "pool", "starts", "firsts", "chars", "children", "values", "classes", "roots", "always", "always_starts",
    "posts", "post_starts", "rests", "rest_starts", "groups", "group_starts", "needs", "slots",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Program:
    """What was lowered: the arrays by name; ``numbers`` of the patterns; ``owners`` of the slots, by number.

    ``plain`` are the patterns that ask for no part of speech. Where patterns are decoded one by one, each is put in
    ``numbers`` and ``plain`` when it is.
    """

    arrays: Mapping[str, Any]
    numbers: dict[AnyPattern, int]
    plain: dict[AnyPattern, int]
    owners: tuple[tuple[str, int], ...]
    groups: tuple[str, ...]
