"""Words that the reporters of an evaluation share."""

from __future__ import annotations

from collections.abc import Iterator

from cscheck.conversation import Span, Turn
from cscheck.evaluation.categories import Group
from cscheck.evaluation.compare import Outcome
from cscheck.evaluation.item import Item, Mark
from cscheck.evaluation.statistics import Share
from cscheck.evaluation.totals import Totals
from cscheck.language import CATEGORIES, Text, say, term
from cscheck.reporters.context import Context

GROUPS = {
    "said": Text("不该说的话", "Said, but should not be"),
    "missing": Text("该说没说的话", "Should be said, but is missing"),
    "acts": Text("听出的行为", "Acts that were heard"),
}
KINDS = {"false": Text("误报", "false alarm"), "missed": Text("漏报", "missed")}
PAIRS = {
    "reviewers": Text("标注者 1 与 2", "reviewers 1, 2"),
    "first-tool": Text("标注者 1 与工具", "reviewer 1, tool"),
    "second-tool": Text("标注者 2 与工具", "reviewer 2, tool"),
}
UNDEFINED = "—"


def title(group: Group, slug: str, context: Context) -> str:
    """Name a category or an act."""
    return context.act_titles.get(slug, slug) if group == "acts" else term(CATEGORIES, slug)


def figure(value: float | None) -> str:
    """Write a share or a kappa."""
    return UNDEFINED if value is None else f"{value:.3f}"


def interval(share: Share) -> str:
    """Write the 95 % interval of a share."""
    found = share.interval
    return f"[{found[0]:.2f}, {found[1]:.2f}]" if found else ""


def shares(totals: Totals) -> Iterator[tuple[str, Share]]:
    """Give the shares over all items, with what they are of; those over nothing left out."""
    for text, share in (
        (Text("没有问题的句子里，被误报的", "clean utterances with a false alarm"), totals.clean),
        (Text("有问题的句子里，找对至少一类的", "violating utterances with a right finding"), totals.caught),
        (Text("对的发现里，字与标注相交的", "right findings on the labelled words"), totals.spans),
    ):
        if share.total:
            yield str(text), share


def where(item: Item, turn: int | None) -> str:
    """Name an item, and the turn where it has several that are judged."""
    if item.is_utterance:
        return item.id
    whole = say("整段对话", "whole conversation")
    return f"{item.id}  " + (whole if turn is None else say(f"第 {turn + 1} 句", f"turn {turn + 1}"))


def before(item: Item, turn: int | None) -> Turn | None:
    """Give the turn before, which often tells why."""
    return item.conversation.turns[turn - 1] if turn else None


def shown_turn(outcome: Outcome) -> int | None:
    """Give the turn to show: that of the outcome, or the one where something should have been said."""
    if outcome.turn is not None or not outcome.found:
        return outcome.turn
    return outcome.found[0].turn


def spans(outcome: Outcome) -> list[Span]:
    """Give the words to mark: those found, or those that were missed."""
    if outcome.found:
        return [found.span for found in outcome.found if found.span is not None]
    return spans_of(outcome.marks)


def spans_of(marks: tuple[Mark, ...]) -> list[Span]:
    """Give the words that a reviewer marked."""
    return [mark.span for mark in marks if mark.span is not None]
