"""Each reporter's output, held against a file; ``UPDATE_GOLDEN=1`` writes the files anew."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from cscheck import language
from cscheck.reporters import FORMATS, reporter
from cscheck.reporters.context import Context, Item

GOLDEN = Path(__file__).parent / "golden"
CASES = {
    "terminal.txt": ("terminal", "zh", {}),
    "terminal-narrow.txt": ("terminal", "zh", {"width": 40}),
    "terminal-color.txt": ("terminal", "zh", {"color": True}),
    "terminal-all.txt": ("terminal", "zh", {"show": "all", "acts": True, "explain": True}),
    "terminal-english.txt": ("terminal", "en", {"explain": True}),
    "terminal-quiet.txt": ("terminal", "zh", {"quiet": True}),
    "terminal-draft.txt": ("draft", "zh", {}),
    "document.json": ("json", "zh", {}),
    "document-acts.json": ("json", "zh", {"acts": True, "explain": True}),
    "lines.jsonl": ("jsonl", "zh", {}),
}


@pytest.mark.parametrize("name", CASES)
def test_output_is_as_recorded(name: str, items: list[Item], context: Context) -> None:
    format_, spoken, changes = CASES[name]
    language.use(spoken)
    try:
        shown = items[3:4] if "draft" in name else items
        text = "".join(reporter(format_).render(shown, replace(context, **changes)))  # type: ignore[arg-type]
    finally:
        language.use("zh")
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_text(encoding="utf-8")


def test_every_format_has_a_golden_file() -> None:
    assert {case[0] for case in CASES.values()} == set(FORMATS)


@pytest.mark.parametrize("width", [40, 72, 140])
def test_no_line_is_wider_than_asked(items: list[Item], context: Context, width: int) -> None:
    from cscheck.display import width as columns

    text = "".join(reporter("terminal").render(items, replace(context, width=width, show="all", acts=True)))
    for line in text.splitlines():
        # Headers and the summary are one line each, so that they can be searched for.
        assert columns(line) <= width or not line.startswith(" ")


def test_reports_come_out_as_they_come_in(items: list[Item], context: Context) -> None:
    """A streaming format gives a conversation before the next one is checked."""
    taken: list[Item] = []

    def stream():  # type: ignore[no-untyped-def]
        for item in items:
            taken.append(item)
            yield item

    pieces = iter(reporter("terminal").render(stream(), context))
    assert "c1" in next(pieces)
    assert len(taken) == 2
