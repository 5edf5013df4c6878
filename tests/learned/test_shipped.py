"""The shipped labels and the shipped models belong together."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from cscheck.checker import Checker
from cscheck.conversation import Conversation, Turn
from cscheck.evaluation.categories import SAID, Vocabulary
from cscheck.evaluation.item import Item
from cscheck.evaluation.labels import Labels
from cscheck.learned.model import LearnedModel
from cscheck.pack import RuleSet

LABELS = Path(__file__).parent.parent.parent / "labels"
MODELS = {"said": "vague", "acts": "farewell"}


def files(name: str) -> list[Path]:
    return sorted((LABELS / name).glob("*.jsonl"))


def items(name: str, ruleset: RuleSet) -> list[object]:
    return list(Labels(Vocabulary.of(ruleset)).read([str(path) for path in files(name)]))


def model(name: str, ruleset: RuleSet) -> LearnedModel:
    return ruleset.models[MODELS[name]]


@pytest.mark.parametrize("name", MODELS)
def test_every_label_reads(name: str, ruleset: RuleSet) -> None:
    """No line is broken, no id stands twice, every category is known and every span in its text."""
    read = items(name, ruleset)
    assert [str(item) for item in read if not isinstance(item, Item)] == []
    named = {mark.category for item in read if isinstance(item, Item) for mark in item.labels[name]}  # type: ignore[index]
    assert named == (SAID if name == "said" else set(model("acts", ruleset).labels))


def test_half_of_it_is_clean(ruleset: RuleSet) -> None:
    said = items("said", ruleset)
    clean = sum(isinstance(item, Item) and not item.labels["said"] for item in said)
    assert 0.45 <= clean / len(said) <= 0.65


@pytest.mark.parametrize("name", MODELS)
def test_the_model_is_made_from_these_labels(name: str, ruleset: RuleSet) -> None:
    """Whoever changes a label trains again."""
    now = [{"file": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()[:16]} for path in files(name)]
    assert model(name, ruleset).card["files"] == now


def test_the_models_are_small(ruleset: RuleSet) -> None:
    assert sum(Path(path).stat().st_size for path in {model.path for model in ruleset.models.values()}) < 3_000_000


def test_what_is_learned_has_a_voice(ruleset: RuleSet) -> None:
    """No shipped rule or act rests on a label that is silent, and no rule is more than a warning."""
    detectors = {rule.id: getattr(rule.spec, "detector", None) for rule in ruleset.rules.values()}
    detectors |= {act.id: act.detector for act in ruleset.acts.values()}
    for name, detector in detectors.items():
        if detector and detector.learned:
            assert not ruleset.models[detector.learned].labels[detector.learned].is_silent, name
            assert name not in ruleset.rules or ruleset.rules[name].severity.value == "warning"


def test_what_doubts_has_learned_to(ruleset: RuleSet) -> None:
    for act in ruleset.acts.values():
        if act.detector.doubted_by:
            assert ruleset.models[act.detector.doubted_by].labels[act.detector.doubted_by].floor > 0, act.id


def test_no_shipped_suggestion_reads_like_a_fault(checker: Checker) -> None:
    before = (Turn("agent", "您好"), Turn("customer", "请问"))
    for rule in checker.ruleset.rules.values():
        for text in rule.suggest:
            said = Conversation(id="x", turns=(*before, Turn("agent", text)), complete=False)
            assert [f.rule for f in checker.check(said).findings if f.is_learned] == [], (rule.id, text)
