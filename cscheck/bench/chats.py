"""Make chats up from the labels' sentences: seeded, varied, with a given share of agent turns that break a rule."""

from __future__ import annotations

import datetime
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cscheck.bench.material import Material, material

_START = datetime.datetime(2026, 3, 1, 9)
_DIGITS = re.compile(r"[0-9]+")
_ENDS = "。！？!?；;～~，, "
_AGENT_OPENERS = ("", "", "", "好的，", "嗯嗯，", "收到，", "明白了，", "看到了，", "是这样的，")
_CUSTOMER_OPENERS = ("", "", "", "哦，", "嗯，", "那，", "对了，", "还有，", "我想问下，")
_TAILS = ("", "", "", "哈", "哦", "呢", "～")
_TWO_SENTENCES = 0.45
_SAME_SPEAKER = 0.25


@dataclass(frozen=True, slots=True)
class Recipe:
    """What to make: chats of ``turns`` on average, give or take ``spread`` of it.

    ``share`` of the agent turns hold a text that a label says breaks a rule: 0.06 in real chat.
    """

    conversations: int = 800
    turns: int = 14
    share: float = 0.06
    spread: float = 0.5
    seed: int = 0


def chats(recipe: Recipe) -> Iterator[dict[str, Any]]:
    """Give conversations, each the object of the project's JSON; ``meta.faulty`` are the turns that break a rule."""
    chance = random.Random(recipe.seed)  # noqa: S311
    pools = material()
    around = round(recipe.turns * recipe.spread)
    for number in range(recipe.conversations):
        length = max(chance.randint(recipe.turns - around, recipe.turns + around), 1)
        yield _chat(f"bench-{recipe.seed}-{number:05d}", length, recipe.share, pools, chance)


def _chat(name: str, length: int, share: float, pools: Material, chance: random.Random) -> dict[str, Any]:
    turns: list[dict[str, str]] = []
    faulty: list[int] = []
    at = _START + datetime.timedelta(seconds=chance.randrange(30 * 86_400))
    role = chance.choice(("agent", "customer"))
    for index in range(length):
        is_faulty = role == "agent" and chance.random() < share
        if is_faulty:
            faulty.append(index)
            text = _altered(chance.choice(_AGENT_OPENERS) + chance.choice(pools.faulty), chance)
        elif role == "customer":
            text = _composed(_CUSTOMER_OPENERS, pools.customer, chance)
        elif not any(turn["role"] == "agent" for turn in turns):
            text = _altered(chance.choice(pools.greetings), chance)
        elif index == length - 1:
            text = _altered(chance.choice(pools.farewells), chance)
        else:
            text = _composed(_AGENT_OPENERS, pools.clean, chance)
        turns.append({"role": role, "text": text, "time": at.isoformat()})
        at += datetime.timedelta(seconds=chance.randint(2, 9) if index == 0 else chance.randint(3, 40))
        if chance.random() >= _SAME_SPEAKER:
            role = "customer" if role == "agent" else "agent"
    return {"id": name, "channel": "chat", "turns": turns, "meta": {"faulty": faulty}}


def _composed(openers: Sequence[str], pool: Sequence[str], chance: random.Random) -> str:
    """Put one or two sentences together, so that turns hardly ever repeat."""
    text = chance.choice(openers) + chance.choice(pool)
    if chance.random() < _TWO_SENTENCES:
        text += ("" if text[-1] in _ENDS else "，") + chance.choice(pool)
    if text[-1] not in _ENDS:
        text += chance.choice(_TAILS)
    return _altered(text, chance)


def _altered(text: str, chance: random.Random) -> str:
    """Change numbers, all digits but the first of each, as orders and amounts differ from chat to chat."""

    def other(found: re.Match[str]) -> str:
        return found[0][0] + "".join(chance.choice("0123456789") for _ in found[0][1:])

    return _DIGITS.sub(other, text)
