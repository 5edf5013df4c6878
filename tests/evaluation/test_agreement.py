"""Two reviewers and the tool."""

from __future__ import annotations

from pathlib import Path

import pytest

from cscheck.checker import Checker
from cscheck.evaluation.agreement import Agreement
from cscheck.evaluation.evaluation import evaluate
from cscheck.evaluation.statistics import Kappa
from tests.evaluation.conftest import UTTERANCES, Read, jsonl

NEGATIVE = ("said", "forbidden-negative")


def second(**labels: list) -> list:
    """Copy the labels; those named are replaced by (categories, optional)."""
    copies = []
    for item in UTTERANCES:
        if item["id"] in labels:
            said, optional = labels[item["id"]]
            item = {**item, "violations": [{"category": slug} for slug in said], "optional": optional}
        copies.append(item)
    return copies


def compared(small: Checker, read: Read, folder: Path, first: list, other: list) -> Agreement:
    items, problems = read(jsonl(folder / "first.jsonl", first))
    others, more = read(jsonl(folder / "second.jsonl", other))
    assert problems == more == []
    found = evaluate(small, items, others).agreement
    assert found is not None
    return found


def test_kappa_by_hand(small: Checker, read: Read, tmp_path: Path) -> None:
    other = second(u1=[[], []], u2=[["forbidden-negative"], []])
    found = compared(small, read, tmp_path, UTTERANCES, other)
    # First: u1, u3. Second: u2, u3. Tool: u1, u2, u4, u6. In u4 the first reviewer takes the other's word.
    row = found.categories[NEGATIVE]
    assert row["reviewers"] == Kappa(both=1, first=1, second=1, neither=3)
    assert row["first-tool"] == Kappa(both=2, first=1, second=2, neither=1)
    assert row["second-tool"] == Kappa(both=2, first=1, second=2, neither=1)
    assert row["reviewers"].value == pytest.approx(0.25)
    assert found.categories["said", "overpromise"]["reviewers"] == Kappa(both=1, neither=5)
    assert found.pooled["reviewers"] == Kappa(both=2, first=1, second=1, neither=8)
    assert found.pooled["reviewers"].value == pytest.approx((10 / 12 - 5 / 8) / (1 - 5 / 8))


def test_a_reviewer_agrees_with_themself(small: Checker, read: Read, tmp_path: Path) -> None:
    found = compared(small, read, tmp_path, UTTERANCES, UTTERANCES)
    assert found.pooled["reviewers"].value == 1.0
    assert found.differences == ()


def test_optional_agrees_with_either(small: Checker, read: Read, tmp_path: Path) -> None:
    other = second(u1=[[], ["forbidden-negative"]], u2=[[], ["forbidden-negative"]])
    found = compared(small, read, tmp_path, UTTERANCES, other)
    assert found.categories[NEGATIVE]["reviewers"] == Kappa(both=2, neither=4)
    assert found.differences == ()


def test_differences_name_who_marked_it(small: Checker, read: Read, tmp_path: Path) -> None:
    other = second(u1=[[], []], u5=[["perfunctory"], []])
    found = compared(small, read, tmp_path, UTTERANCES, other)
    assert [(one.first.id, one.category, one.by_first) for one in found.differences] == [
        ("u1", "forbidden-negative", True),
        ("u5", "perfunctory", False),
    ]


def test_items_of_one_file_alone_are_named(small: Checker, read: Read, tmp_path: Path) -> None:
    other = [*UTTERANCES[2:], {"id": "u9", "text": "好", "violations": []}]
    found = compared(small, read, tmp_path, UTTERANCES, other)
    assert (found.items, found.only_first, found.only_second) == (4, ("u1", "u2"), ("u9",))


def test_other_words_under_one_id_are_not_compared(small: Checker, read: Read, tmp_path: Path) -> None:
    other = [{**UTTERANCES[0], "text": "我也不知道"}, *UTTERANCES[1:]]
    found = compared(small, read, tmp_path, UTTERANCES, other)
    assert (found.items, found.unlike) == (5, ("u1",))
