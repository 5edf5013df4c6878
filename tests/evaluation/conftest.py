"""A small pack, its checker, and labels of our own sentences."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from cscheck.checker import Checker
from cscheck.errors import SourceError
from cscheck.evaluation.categories import Vocabulary
from cscheck.evaluation.item import Item
from cscheck.evaluation.labels import Labels
from tests.cli.conftest import GREETING, OPENING
from tests.packs import RULE, write_pack

Read = Callable[[Path], tuple[list[Item], list[SourceError]]]

UTTERANCES = [
    {"id": "u1", "text": "这个我不知道", "violations": [{"category": "forbidden-negative", "span": "不知道"}]},
    {"id": "u2", "text": "我不知道您方便吗", "violations": []},
    {"id": "u3", "text": "这个我们办不了", "violations": [{"category": "forbidden-negative", "span": "办不了"}]},
    {"id": "u4", "text": "不知道呢", "violations": [], "optional": ["forbidden-negative"]},
    {"id": "u5", "text": "好的，我帮您查", "violations": []},
    {"id": "u6", "text": "明天准到，别的不知道", "violations": [{"category": "overpromise", "span": "明天准到"}]},
]
CONVERSATIONS = [
    {
        "id": "c1",
        "turns": [
            {"role": "agent", "text": "有事吗"},
            {"role": "customer", "text": "快递不知道到哪了"},
            {"role": "agent", "text": "这个我不知道"},
        ],
        "missing": [],
        "violations": [{"turn": 2, "category": "forbidden-negative", "span": "我不"}],
    },
    {
        "id": "c2",
        "turns": [{"role": "agent", "text": "您好"}, {"role": "customer", "text": "没事了"}],
        "missing": ["closing-thanks"],
        "optional": ["opening-greeting"],
    },
]
ACTS = [
    {"id": "a1", "text": "您好，请讲", "acts": [{"act": "greeting", "span": "您好"}]},
    {"id": "a2", "text": "早", "acts": [{"act": "greeting", "span": "早"}]},
    {
        "id": "a3",
        "context": [{"role": "agent", "text": "您好"}],
        "text": "您好在吗",
        "acts": [],
        "optional": ["greeting"],
    },
    {"id": "a4", "context": [{"role": "agent", "text": "您好"}], "text": "说声您好", "acts": []},
    {"id": "a5", "context": [{"role": "agent", "text": "您好"}], "text": "请讲", "acts": []},
]


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Checker:
    pack = write_pack(
        tmp_path_factory.mktemp("packs"),
        "mini",
        rules__negative__not_knowing=RULE.format(id="mini/negative/not-knowing"),
        rules__opening__greeting=OPENING,
        acts__greeting=GREETING,
    )
    return Checker([pack])


@pytest.fixture
def read(small: Checker) -> Read:
    """Read a label file into items and problems."""
    labels = Labels(Vocabulary.of(small.ruleset))

    def reading(*paths: Path) -> tuple[list[Item], list[SourceError]]:
        found = list(labels.read([str(path) for path in paths]))
        return (
            [item for item in found if isinstance(item, Item)],
            [item for item in found if isinstance(item, SourceError)],
        )

    return reading


def jsonl(path: Path, items: list) -> Path:
    """Write labels."""
    path.write_text("".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items), encoding="utf-8")
    return path
