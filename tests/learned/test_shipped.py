"""The shipped labels and the shipped model belong together."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from cscheck.evaluation.categories import SAID, Vocabulary
from cscheck.evaluation.item import Item
from cscheck.evaluation.labels import Labels
from cscheck.learned.model import LearnedModel
from cscheck.pack import RuleSet

LABELS = Path(__file__).parent.parent.parent / "labels"


@pytest.fixture(scope="module")
def items(ruleset: RuleSet) -> list[object]:
    return list(Labels(Vocabulary.of(ruleset)).read([str(path) for path in LABELS]))


@pytest.fixture(scope="module")
def model(ruleset: RuleSet) -> LearnedModel:
    return ruleset.models["arguing"]


def test_every_label_reads(items: list[object]) -> None:
    """No line is broken, no id stands twice, every category is known and every span in its text."""
    assert [str(item) for item in items if not isinstance(item, Item)] == []
    named = {mark.category for item in items if isinstance(item, Item) for mark in item.labels["said"]}
    assert named == SAID


def test_half_of_it_is_clean(items: list[object]) -> None:
    clean = sum(isinstance(item, Item) and not item.labels["said"] for item in items)
    assert 0.45 <= clean / len(items) <= 0.65


def test_the_model_is_made_from_these_labels(model: LearnedModel) -> None:
    """Whoever changes a label trains again."""
    now = [{"file": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()[:16]} for path in LABELS]
    assert model.card["files"] == now


def test_the_model_is_small(model: LearnedModel) -> None:
    assert Path(model.path).stat().st_size < 3_000_000


def test_each_learned_rule_has_a_voice(ruleset: RuleSet) -> None:
    """No shipped rule rests on a label that is silent, and none is more than a warning."""
    for rule in ruleset.rules.values():
        label = getattr(getattr(rule.spec, "detector", None), "learned", "")
        if label:
            assert not ruleset.models[label].labels[label].is_silent, rule.id
            assert rule.severity.value == "warning"
