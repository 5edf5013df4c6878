"""One rule, three moments: verdicts on drafts, on prefixes and on finished conversations."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cscheck import engine
from cscheck.checker import Checker
from cscheck.conversation import Conversation, Turn
from cscheck.finding import Verdict
from cscheck.sources import ReadOptions, read
from cscheck.sources.text import parse_text
from tests.packs import load_pack

EXAMPLES = Path(__file__).parent.parent / "examples"


def transcripts() -> list[Conversation]:
    found = list(read([str(EXAMPLES)], ReadOptions()))
    assert all(isinstance(item, Conversation) for item in found)
    return [item for item in found if isinstance(item, Conversation)]


@pytest.mark.parametrize("conversation", transcripts(), ids=lambda conversation: conversation.id)
def test_a_prefix_is_never_better_than_what_follows(checker: Checker, conversation: Conversation) -> None:
    """What a prefix violates, every longer prefix and the whole violate too, on the same words."""
    before: set[str] = set()
    for length in range(1, len(conversation.turns) + 1):
        prefix = replace(conversation, turns=conversation.turns[:length], complete=False)
        now = {finding.fingerprint for finding in checker.check(prefix).findings}
        assert before <= now, f"after {length} turns"
        before = now
    assert before <= {finding.fingerprint for finding in checker.check(conversation).findings}


OWED = """
id: shop/bye
kind: owed
title: 道别
title-en: Goodbye
category: closing-farewell
severity: warning
basis: [R-2.5a]
why: 有始有终。
message: 没有道别
suggest: [再见]
owes: [bye]
when: {when}
due: {due}
examples: {{bad: [一], good: [二]}}
"""
BYE = "id: bye\ntitle: 道别\nby: agent\npatterns: [再见]\nexamples: {bad: [再见], good: [您好]}\n"
ASKS = "id: asks\ntitle: 问\nby: customer\npatterns: [请问]\nexamples: {bad: [请问], good: [您好]}\n"


@pytest.mark.parametrize(
    ("when", "due", "said", "on_prefix", "on_whole"),
    [
        ("ending", "last-2-turns", "客服：您好", Verdict.PENDING, Verdict.VIOLATED),
        ("ending", "last-2-turns", "客服：您好。再见", Verdict.SATISFIED, Verdict.SATISFIED),
        ("ending", "last-2-turns", "客服：再见\n客服：一\n客服：二", Verdict.PENDING, Verdict.VIOLATED),
        ("opening", "first-turn", "客服：您好", Verdict.VIOLATED, Verdict.VIOLATED),
        ("opening", "first-2-turns", "客服：您好", Verdict.PENDING, Verdict.VIOLATED),
        ("opening", "first-2-turns", "客服：您好\n客服：一", Verdict.VIOLATED, Verdict.VIOLATED),
        ("{acts: [asks], by: customer}", "end", "客户：嗯\n客服：好", Verdict.NOT_APPLICABLE, Verdict.NOT_APPLICABLE),
        ("{acts: [asks], by: customer}", "end", "客户：请问\n客服：好", Verdict.PENDING, Verdict.VIOLATED),
        ("{acts: [asks], by: customer}", "same-turn", "客户：请问\n客服：好", Verdict.VIOLATED, Verdict.VIOLATED),
        ("{acts: [asks], by: customer}", "same-turn", "客户：请问", Verdict.NOT_APPLICABLE, Verdict.NOT_APPLICABLE),
        ("{acts: [asks], by: customer}", "next-turn", "客户：请问\n客服：好", Verdict.PENDING, Verdict.VIOLATED),
        (
            "{acts: [asks], by: customer}",
            "nearby",
            "客服：再见\n客户：请问\n客服：好",
            Verdict.SATISFIED,
            Verdict.SATISFIED,
        ),
        ("{acts: [asks], by: customer}", "anywhere", "客服：再见\n客户：请问", Verdict.SATISFIED, Verdict.SATISFIED),
    ],
)
def test_owed(tmp_path: Path, when: str, due: str, said: str, on_prefix: Verdict, on_whole: Verdict) -> None:
    """Each time limit of what is owed has its verdict while the conversation runs, and at its end."""
    rule = OWED.replace("{when}", when).replace("{due}", due).replace("{{", "{").replace("}}", "}")
    ruleset = load_pack(tmp_path, acts__bye=BYE, acts__asks=ASKS, rules__bye=rule)
    model = engine.build_model(ruleset)
    (conversation,) = parse_text(said, "c", "c", ReadOptions())
    for complete, expected in ((False, on_prefix), (True, on_whole)):
        result = engine.run(model, replace(conversation, complete=complete))
        assert result.verdicts[0].verdict is expected


def test_unknown_roles_are_not_judged(checker: Checker) -> None:
    """Where nobody knows who spoke, no rule on a role applies, and each says why."""
    turns = (Turn("unknown", "这个我不知道"), Turn("unknown", "那怎么办"))
    report = checker.check(Conversation(id="c", turns=turns))
    assert report.findings == ()
    assert {verdict.verdict for verdict in report.verdicts} == {Verdict.NOT_APPLICABLE}
    assert "unknown-role" in {verdict.reason for verdict in report.verdicts}


def test_draft_judges_only_the_reply(checker: Checker) -> None:
    """A draft's findings are on the draft; what was wrong before is not repeated."""
    said = (Turn("agent", "这个我不知道"), Turn("customer", "那怎么办"))
    report = checker.draft("我也不清楚", Conversation(id="c", turns=said))
    assert {finding.turn for finding in report.findings} == {2}
    assert any(finding.text == "不清楚" or "不清楚" in finding.text for finding in report.findings)


def test_draft_says_what_is_still_owed(checker: Checker) -> None:
    """Before the end, what the closing asks for is owed, not missing."""
    context = Conversation(id="c", turns=(Turn("customer", "在吗"),))
    report = checker.draft("您好，我是客服小林，请问有什么可以帮您？", context)
    assert not [finding for finding in report.findings if finding.category.startswith("closing")]
    assert {"closing-thanks", "closing-farewell", "further-help"} <= {item.category for item in report.owed}


def test_draft_without_context_is_judged_by_its_own_words(checker: Checker) -> None:
    """Where nobody knows what was said before, nothing is missing."""
    report = checker.draft("好的，已经为您登记")
    assert (report.findings, report.owed) == ((), ())
