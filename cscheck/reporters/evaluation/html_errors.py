"""Disagreements on the page: the words marked, and a filter by category."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cscheck.conversation import Span, Turn
from cscheck.evaluation.agreement import Difference
from cscheck.evaluation.categories import Group, in_order
from cscheck.evaluation.compare import Outcome
from cscheck.evaluation.item import Item
from cscheck.language import ROLES, say, term
from cscheck.reporters.context import Context
from cscheck.reporters.evaluation.html_parts import filters, marked, safe
from cscheck.reporters.evaluation.words import KINDS, before, shown_turn, spans, spans_of, title, where


def disagreements(found: Sequence[Outcome], context: Context) -> Iterator[str]:
    """Give every false and missed one."""
    yield f"<section data-filter><h2>{safe(say('不一致之处', 'Disagreements'))}</h2>\n"
    kinds = ("kind", say("哪种", "kind"), [(kind, str(name)) for kind, name in KINDS.items()])
    yield _filters([(one.group, one.category) for one in found], context, [kinds])
    for one in found:
        yield _opening(one.kind, one.group, one.category)
        head = f"{KINDS[one.kind]}  {title(one.group, one.category, context)}"
        yield f'<p><strong>{safe(head)}</strong> <span class="quiet">{safe(where(one.item, one.turn))}</span></p>\n'
        yield _words(one.item, shown_turn(one), spans(one))
        for rule, message in dict.fromkeys((hit.rule, hit.message) for hit in one.found if hit.rule):
            yield f'<p class="quiet">{safe(rule)}  {safe(message)}</p>\n'
        yield _note(one.item.note, say("标注", "label"))
        yield "</article>\n"
    yield "</section>\n"


def differences(found: Sequence[Difference], context: Context) -> Iterator[str]:
    """Give every category that one reviewer marked alone."""
    yield f"<section data-filter><h2>{safe(say('两位标注者不一致之处', 'Where the reviewers differ'))}</h2>\n"
    yield _filters([(one.group, one.category) for one in found], context, [])
    for one in found:
        item = one.first if one.by_first else one.second
        label = say("只有标注者 1", "only reviewer 1") if one.by_first else say("只有标注者 2", "only reviewer 2")
        yield _opening("false", one.group, one.category)
        yield f"<p><strong>{safe(label)}  {safe(title(one.group, one.category, context))}</strong></p>\n"
        for turn in sorted({mark.turn for mark in one.marks}, key=lambda turn: -1 if turn is None else turn):
            yield f'<p class="quiet">{safe(where(item, turn))}</p>\n'
            yield _words(item, turn, spans_of(tuple(mark for mark in one.marks if mark.turn == turn)))
        yield _note(one.first.note, say("标注者 1", "reviewer 1"))
        yield _note(one.second.note, say("标注者 2", "reviewer 2"))
        yield "</article>\n"
    yield "</section>\n"


def _filters(
    found: Iterable[tuple[Group, str]], context: Context, more: list[tuple[str, str, list[tuple[str, str]]]]
) -> str:
    everything = list(found)
    named = [
        (f"{group}/{slug}", title(group, slug, context))
        for group, slug in sorted(set(everything), key=lambda one: in_order(*one))
    ]
    boxes = [("category", say("类别", "category"), named), *more]
    return filters(boxes, len(everything), say("全部", "all"))


def _opening(kind: str, group: Group, category: str) -> str:
    return f'<article class="{kind}" data-kind="{kind}" data-category="{safe(f"{group}/{category}")}">\n'


def _words(item: Item, turn: int | None, places: Sequence[Span]) -> str:
    if turn is None:
        return ""
    earlier = before(item, turn)
    lines = [_turn(earlier, (), ' class="quiet"')] if earlier else []
    return "".join([*lines, _turn(item.conversation.turns[turn], places, "")])


def _turn(turn: Turn, places: Sequence[Span], style: str) -> str:
    colon = say("：", ": ")
    return f"<p{style}>{safe(term(ROLES, turn.role) + colon)}{marked(turn.text, places)}</p>\n"


def _note(note: str, label: str) -> str:
    return f'<p class="quiet">{safe(label + say("：", ": ") + note)}</p>\n' if note else ""
