"""JSON put together by hand: byte for byte what ``json.dumps`` gives of the shape; and the text kept for later."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cscheck.checker import Report
from cscheck.errors import CscheckError, SourceError
from cscheck.finding import Excused, Finding, HeardAct, Owed, Severity
from cscheck.reporters import json_document, json_lines, shape, spool
from cscheck.reporters.context import Context, Item, Notice, Piece
from cscheck.reporters.json_text import BLOCK, LINE
from cscheck.reporters.spool import Spool
from tests.reporters.conftest import clean, finished, unfinished

TEXT = st.text(max_size=8) | st.sampled_from(['"\\/\b\x00\x7f\u2028', "\ud83d", "您好\n", "😀"])
PLACE = st.none() | st.integers(0, 10**20)
FINDINGS = st.lists(
    st.builds(
        Finding,
        rule=TEXT,
        category=TEXT,
        severity=st.sampled_from(Severity),
        conversation=TEXT,
        path=TEXT,
        turn=PLACE,
        start=PLACE,
        end=PLACE,
        text=TEXT,
        message=TEXT,
        suggestions=st.lists(TEXT, max_size=2).map(tuple),
        basis=st.lists(TEXT, max_size=3).map(tuple),
        fingerprint=TEXT,
        certainty=st.none() | st.floats(0, 1),
    ),
    max_size=3,
)
FLAT = st.dictionaries(st.text("abc", min_size=1), TEXT | PLACE | st.booleans() | st.floats(), min_size=1)


def block(value: object) -> str:
    return shape.dumps(value, indent=1).replace("\n", "\n  ")


@given(FINDINGS)
def test_findings(findings: list[Finding]) -> None:
    shapes = [shape.finding(found) for found in findings]
    assert LINE.findings(findings) == "\n".join(map(shape.dumps, shapes))
    assert BLOCK.findings(findings) == ",\n  ".join(map(block, shapes))


@given(st.lists(FLAT, max_size=3))
def test_flat_objects(values: list[dict[str, Any]]) -> None:
    assert LINE.flat(values) == "\n".join(map(shape.dumps, values))
    assert BLOCK.flat(values) == ",\n  ".join(map(block, values))


def document(items: list[Item], context: Context) -> str:
    """Put the document together as a whole, the way it is written down."""
    reports = [item for item in items if isinstance(item, Report)]
    value: dict[str, Any] = {
        "schema": shape.SCHEMA,
        "packs": [shape.pack(info) for info in context.packs],
        "conversations": [shape.conversation(report) for report in reports],
        "findings": [shape.finding(found) for report in reports for found in report.findings],
        "owed": [shape.owed(item) for report in reports for item in report.owed],
        "errors": [shape.error(item) for item in items if isinstance(item, SourceError)],
        "notices": [{"message": item.message} for item in items if isinstance(item, Notice)],
    }
    if context.acts:
        value["acts"] = [shape.act(act) for report in reports for act in report.acts]
    if context.excused:
        value["excused"] = [shape.excused(item) for report in reports for item in report.excused]
    if context.explain:
        value["scores"] = [shape.explanation(report) for report in reports]
    return shape.dumps(value, indent=1) + "\n"


def many() -> Iterator[Report]:
    """Give reports with everything in them, under names of their own."""
    for number in range(40):
        report = (finished, unfinished, clean)[number % 3]()
        yield replace(
            report,
            conversation=replace(report.conversation, id=f"c{number}"),
            acts=(HeardAct("greeting", f"c{number}", 0, 0, 2),) * (number % 2),
            excused=(Excused("core/x", f"c{number}", 0, 0, 1, "好", "guard", "守"),) * (number % 4),
            owed=(Owed("core/y", "y", f"c{number}", "道别", "end"),) * (number % 2),
        )


@pytest.mark.parametrize("everything", [False, True])
@pytest.mark.parametrize("most", [10, 1 << 20])
def test_the_document(items: list[Item], context: Context, everything: bool, most: int, monkeypatch: Any) -> None:
    monkeypatch.setattr(spool, "_MOST", most)
    monkeypatch.setattr(json_document, "_LEAST", most)
    context = replace(context, acts=everything, excused=everything, explain=everything)
    for shown in ([], items, [*items, *many()], [item for item in items if not isinstance(item, Report)]):
        text = document(shown, context)
        assert "".join(json_document.render(shown, context)) == text
        made = [json_document.piece(item, context) if isinstance(item, Report) else item for item in shown]
        assert "".join(json_document.render(made, context)) == text


def test_lines_come_with_each_conversation(items: list[Item], context: Context) -> None:
    made = [json_lines.piece(item, context) if isinstance(item, Report) else item for item in items]
    assert any(isinstance(item, Piece) for item in made)
    texts = list(json_lines.render(made, context))
    assert texts == list(json_lines.render(items, context))
    assert [text.count("\n") for text in texts] == [6, 1]


@given(st.lists(TEXT.map(lambda text: text.replace("\ud83d", "\r\n")), max_size=8), st.integers(0, 20))
def test_a_spool_gives_back_what_it_took(texts: list[str], most: int) -> None:
    kept = Spool(most)
    for text in texts:
        kept.add(text)
    assert "".join(kept.texts()) == "".join(texts)


def test_a_folder_that_takes_nothing_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere() -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "TemporaryFile", nowhere)
    with pytest.raises(CscheckError, match="No space left"):
        Spool(1).add("您好")


def test_the_text_that_leaves_is_json(items: list[Item], context: Context) -> None:
    assert json.loads("".join(json_document.render(items, context)))["schema"] == shape.SCHEMA
