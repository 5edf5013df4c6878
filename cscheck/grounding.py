"""Tell whether an agent's words put the customer's own content back."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

# Characters that nearly every sentence has: sharing them shows nothing.
_COMMON = frozenset(
    "的了是不我您你他她它们在有这那个就也都和与吗呢吧啊呀哈嘛对好请问说想要会能可以没还到为给把被让跟从"
    "什么怎样哪里谁几多少很太最再又才只些下上来去过着得地一二三两天时候现一下确认意思情况问题反馈就是因所但"
    "客服先生女士亲嗯哦行谢麻烦稍等帮查看用做点"
)


@functools.lru_cache(maxsize=8192)
def content(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Give the telling characters of a normalised text, and its numbers and codes."""
    characters = frozenset(char for char in _pattern(r"[一-鿿]").findall(text) if char not in _COMMON)
    return characters, frozenset(_pattern(r"[a-z0-9]{2,}").findall(text))


def is_grounded(agent: str, customer: Iterable[str]) -> bool:
    """Tell whether ``agent`` shares at least two telling characters, or a number, with what the customer said."""
    characters, codes = content(agent)
    shared: set[str] = set()
    for text in customer:
        own_characters, own_codes = content(text)
        shared |= characters & own_characters
        if len(shared) >= 2 or not codes.isdisjoint(own_codes):
            return True
    return False


@functools.cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text)
