"""A conversation in progress is heard turn by turn, with the answers of one heard as a whole."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from cscheck.analysis import Analysis
from cscheck.checker import Checker, Report
from cscheck.conversation import Conversation, Turn
from cscheck.load.packs import shipped
from cscheck.prefixes import Prefixes

SAID = [
    ("customer", "在吗，我的订单三天了还没发货，急死了"),
    ("agent", "您好，我是客服小林，请问有什么可以帮您？"),
    ("customer", "我要投诉你们，太慢了"),
    ("agent", "这个我不知道啊"),
    ("customer", "那到底什么时候能到"),
    ("agent", "非常抱歉给您带来不便，我马上为您核实，今天18点前给您回复"),
    ("customer", "好的，谢谢"),
    ("agent", "不客气，请问还有其他可以帮您的吗？"),
]
TURNS = tuple(Turn(role, text) for role, text in SAID)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker()


def conversation(turns: tuple[Turn, ...]) -> Conversation:
    return Conversation(id="c", turns=turns, channel="chat", complete=False)


def said_of(report: Report) -> tuple[object, ...]:
    return report.findings, report.owed, report.scene


def test_turn_by_turn_as_at_once(checker: Checker) -> None:
    """Each longer prefix, heard on top of the one before, is judged as by itself."""
    prefixes = Prefixes(checker.model)
    for length in range(1, len(TURNS) + 1):
        talk = conversation(TURNS[:length])
        grown = prefixes.take(talk)
        fresh = Analysis(checker.model, talk)
        assert grown.possible == fresh.possible
        assert grown.scene == fresh.scene
        for act in checker.ruleset.acts:
            for index in range(length):
                assert grown.acts(act, index) == fresh.acts(act, index), (act, index)
        prefixes.keep(grown)


def test_a_turn_withdrawn_leaves_no_trace(checker: Checker) -> None:
    """What a draft gave rise to is forgotten with it."""
    grown = Analysis(checker.model, conversation(TURNS[:1]))
    for turn in TURNS[1:]:
        grown.append(Turn("agent", "我要投诉，太急了，马上给您退款"))
        for act in checker.ruleset.acts:
            grown.acts(act, len(grown.turns) - 1)
        assert grown.scene
        grown.drop()
        grown.append(turn)
    fresh = Analysis(checker.model, conversation(TURNS))
    assert (grown.turns, grown.possible, grown.scene) == (fresh.turns, fresh.possible, fresh.scene)


def test_a_time_withdrawn_with_its_turn(checker: Checker) -> None:
    """Rules on times ask whether there are any; those of a turn that was withdrawn are none."""
    grown = Analysis(checker.model, conversation(TURNS[:2]))
    grown.append(Turn("customer", "在吗", time=60.0))
    assert grown.has_times
    grown.drop()
    assert not grown.has_times


def test_drafts_in_any_order(checker: Checker) -> None:
    """A draft is judged the same, whatever was drafted before, and in whichever conversation."""
    drafts = ["这个我不知道啊", "好的", "非常抱歉，我马上为您核实，今天18点前回复您", "您找别人问吧", "这个我不知道啊"]
    contexts = [conversation(TURNS[:length]) for length in (5, 3, 5, 0, 7, 5)]
    once = {
        (context.turns, text): said_of(Checker().draft(text, context))
        for context in contexts[1:3]
        for text in drafts[:2]
    }
    for context in (*contexts, *contexts):
        for text in drafts:
            found = said_of(checker.draft(text, context))
            assert found == once.get((context.turns, text), found)


def test_a_draft_is_judged_like_the_last_turn_of_a_prefix(checker: Checker) -> None:
    """Its findings are those that the prefix with it has there; what is owed is the same."""
    for length in (1, 3, 5, 7):
        before, reply = conversation(TURNS[:length]), TURNS[length]
        draft = checker.draft(reply.text, before)
        whole = checker.check(replace(before, turns=(*before.turns, Turn("agent", reply.text))))
        assert draft.findings == tuple(finding for finding in whole.findings if finding.turn == length)
        assert draft.owed == whole.owed


def test_another_conversation_of_the_same_name(checker: Checker) -> None:
    """Where the past was rewritten, nothing of it is kept."""
    prefixes = Prefixes(checker.model)
    prefixes.keep(prefixes.take(conversation(TURNS[:4])))
    other = conversation((TURNS[0], Turn("agent", "稍等"), *TURNS[2:4]))
    assert prefixes.take(other).possible == Analysis(checker.model, other).possible


def test_labelled_conversations_as_drafts(checker: Checker) -> None:
    """On the project's own labelled talk, a draft finds what a check of the prefix finds."""
    lines = (shipped("labels") / "acts").glob("*.jsonl")
    talks = [json.loads(line) for path in sorted(lines)[:3] for line in path.read_text("utf-8").splitlines()[:40]]
    for talk in talks:
        if "turns" not in talk or talk["turns"][-1]["role"] != "agent":
            continue
        turns = tuple(Turn(turn["role"], turn["text"]) for turn in talk["turns"])
        before = conversation(turns[:-1])
        whole = checker.check(replace(before, turns=turns))
        found = checker.draft(turns[-1].text, before).findings
        last = len(turns) - 1
        expected = [f for f in whole.findings if f.turn == last and (len(turns) > 1 or f.start is not None)]
        assert list(found) == expected
