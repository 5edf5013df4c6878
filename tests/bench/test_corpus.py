"""Made-up chats are seeded, varied, in proportion, and in the project's own format."""

from __future__ import annotations

from pathlib import Path

import pytest

from cscheck.bench.chats import Recipe
from cscheck.bench.corpus import Corpus, CorpusError, load, make
from cscheck.bench.keywords import keywords
from cscheck.bench.material import material
from cscheck.conversation import Conversation
from cscheck.sources import read


def test_the_same_recipe_gives_the_same_text() -> None:
    """Everybody measures the same; another seed is another text."""
    assert make(Recipe(20)) == make(Recipe(20))
    assert make(Recipe(20)).lines != make(Recipe(20, seed=1)).lines


@pytest.mark.parametrize("share", [0.0, 0.06, 0.5, 1.0])
def test_the_share_of_faulty_turns_holds(share: float) -> None:
    """Of the agent turns, as many as wanted hold a text that breaks a rule."""
    facts = make(Recipe(300, share=share)).facts()
    assert facts["faulty_turns"] / facts["agent_turns"] == pytest.approx(share, abs=0.02)


def test_proportions_are_those_of_chat() -> None:
    """Fourteen turns on average, both sides alike, and turns rarely repeat."""
    facts = make(Recipe(500)).facts()
    assert facts["turns"] / facts["conversations"] == pytest.approx(14, abs=0.5)
    assert facts["agent_turns"] / facts["turns"] == pytest.approx(0.5, abs=0.05)
    assert facts["unique_turns"] / facts["turns"] > 0.9
    assert 20 < facts["characters"] / facts["turns"] < 32


def test_faulty_turns_are_those_named() -> None:
    """What ``meta.faulty`` names is an agent's turn made of a faulty text."""
    chats = make(Recipe(20, share=0.5)).conversations()
    faulty = [chat["turns"][index] for chat in chats for index in chat["meta"]["faulty"]]
    assert faulty
    assert all(turn["role"] == "agent" for turn in faulty)


def test_no_spread_gives_exact_lengths() -> None:
    """Curves over lengths need the very length."""
    assert {len(chat["turns"]) for chat in make(Recipe(10, turns=7, spread=0)).conversations()} == {7}


def test_cscheck_reads_what_was_made(tmp_path: Path) -> None:
    """A corpus is the project's own format, and loads as it was."""
    corpus = make(Recipe(5))
    path = corpus.write(tmp_path / "chats.jsonl")
    found = list(read([path]))
    assert all(isinstance(item, Conversation) for item in found)
    assert [turn.text for item in found if isinstance(item, Conversation) for turn in item.turns] == corpus.texts()
    assert load([path]).lines == corpus.lines


def test_what_is_no_corpus_is_refused(tmp_path: Path) -> None:
    """The error names the line."""
    path = tmp_path / "x.jsonl"
    path.write_text('{"turns": [{"role": "agent", "text": "您好"}]}\n{"text": "您好"}\n', encoding="utf-8")
    with pytest.raises(CorpusError, match=r"x\.jsonl:2"):
        load([path])


def test_parts_share_nothing() -> None:
    """Rounds see different conversations; too few of them are an error."""
    corpus = make(Recipe(7))
    parts = corpus.dealt(3)
    assert sorted(line for part in parts for line in part.lines) == sorted(corpus.lines)
    with pytest.raises(CorpusError, match="at least 8"):
        corpus.dealt(8)


def test_the_material_is_there() -> None:
    """Every pool is filled from the labels that ship."""
    pools = material()
    assert min(len(pools.clean), len(pools.faulty), len(pools.customer)) > 1000
    assert min(len(pools.greetings), len(pools.farewells)) > 50


def test_keywords_are_many_and_without_marks() -> None:
    """A word list of the wanted length."""
    found = keywords(500)
    assert len(found) == len(set(found)) == 500
    assert not any("<" in word for word in found)
    assert Corpus("none", ()).texts() == []
