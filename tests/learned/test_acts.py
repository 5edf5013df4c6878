"""Acts that a model helps to hear: words that no pattern lists, and doubt about words that one does."""

from __future__ import annotations

from pathlib import Path

import pytest

from cscheck.checker import Checker
from cscheck.conversation import Conversation, Turn
from cscheck.errors import RuleFileError
from cscheck.learned.model import LearnedLabel, dump_model, model_of
from cscheck.settings import Config
from tests.packs import write_pack

ACT = """
id: shop-farewell
title: 道别
by: [agent]
learned: farewell
doubted-by: farewell
patterns: [再见]
guards: [{name: 电影, where: sentence, patterns: [电影]}]
examples:
  bad: [好的<<再见>>]
  good: [好的]
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Give a pack with an act and a model that knows one way to part, and one that is none."""
    path = write_pack(tmp_path, "shop")
    (path / "acts").mkdir()
    (path / "acts" / "shop-farewell.yaml").write_text(ACT, encoding="utf-8")
    (path / "learned").mkdir()
    label = LearnedLabel("farewell", 0.1, -2.0, 1.0, 0.0, threshold=0.9, floor=0.1, shortest=3)
    model = model_of("", ("先走", "导演"), [600, 600], [(label, {0: 127, 1: -127})], {})
    (path / "learned" / "acts.model.json").write_text(dump_model(model), encoding="utf-8")
    return path


def heard(pack: Path, text: str, *, learned: bool = True, more: Path | None = None) -> list[str]:
    packs = [str(pack), *([str(more)] if more else [])]
    conversation = Conversation(id="c", turns=(Turn("customer", "嗯"), Turn("agent", text)), complete=False)
    acts = Checker(packs, Config(learned=learned)).acts(conversation)
    return [text[act.start : act.end] for act in acts if act.act == "shop-farewell" and act.start is not None]


def test_words_that_no_pattern_lists(pack: Path) -> None:
    assert heard(pack, "没别的事,那我先走一步啦") == ["那我先走一步啦"]
    assert heard(pack, "没别的事,那我先走一步啦", learned=False) == []


def test_a_pattern_goes_before(pack: Path) -> None:
    assert heard(pack, "那我先走一步啦,再见") == ["再见"]


def test_where_a_guard_lets_words_pass_nothing_is_learned(pack: Path) -> None:
    assert heard(pack, "电影再见和先走一步都有票") == []


def test_what_the_model_is_sure_is_none_does_not_count(pack: Path) -> None:
    assert heard(pack, "导演说了再见") == []
    assert heard(pack, "导演说了再见", learned=False) == ["再见"]


def test_a_pattern_of_ones_own_pack_is_never_doubted(pack: Path, tmp_path: Path) -> None:
    """What a user's pack adds to an act counts, whatever the model of the act's own pack thinks."""
    own = write_pack(tmp_path, "own", extends="[shop]")
    (own / "acts").mkdir()
    added = ACT.replace("patterns: [再见]", "patterns: [说了拜拜]").replace("好的<<再见>>", "<<说了拜拜>>")
    added = "\n".join(line for line in added.splitlines() if not line.startswith(("learned", "doubted", "guards")))
    (own / "acts" / "shop-farewell.yaml").write_text(added, encoding="utf-8")
    assert heard(pack, "导演说了拜拜", more=own) == ["说了拜拜"]


def test_a_label_that_nobody_learned_is_an_error(pack: Path) -> None:
    file = pack / "acts" / "shop-farewell.yaml"
    file.write_text(ACT.replace("doubted-by: farewell", "doubted-by: parting"), encoding="utf-8")
    with pytest.raises(RuleFileError, match="没有学过“parting”"):
        Checker([str(pack)])


def test_only_a_label_with_a_floor_doubts(pack: Path) -> None:
    file = pack / "learned" / "acts.model.json"
    file.write_text(file.read_text("utf-8").replace('"floor":0.1', '"floor":0.0'), encoding="utf-8")
    with pytest.raises(RuleFileError, match="没有学过怀疑"):
        Checker([str(pack)])
