"""Text for the eye: what is shown, how wide, where it breaks, what is marked."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cscheck.display import cells, marks, rows, visible, width, wrap

ANY = st.text(alphabet=st.characters(), max_size=60)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J", "␛[2J"),
        ("a\x00b", "a␀b"),
        ("\x7f\x9b", "␡\\x9b"),
        ("我\u202e不", "我\\u202e不"),
        ("没\u200b办法", "没\\u200b办法"),
        ("\ud83d", "\\ud83d"),
        ("甲\r\n乙\n丙", "甲 乙 丙"),
        ("甲\t乙", "甲    乙"),
        ("👨\u200d👩", "👨\u200d👩"),
        ("\U000e0041", "\\U000e0041"),
    ],
)
def test_what_a_terminal_would_obey_is_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(ANY)
def test_nothing_that_a_terminal_obeys_is_left(text: str) -> None:
    for char in visible(text):
        assert unicodedata.category(char) not in ("Cc", "Cs", "Zl", "Zp") and char != "\u202e"


@given(ANY, st.integers(4, 40))
def test_rows_fit_and_lose_nothing(text: str, columns: int) -> None:
    found = rows(text, columns)
    for row in found:
        assert sum(cell.width for cell in row) <= columns or len(row) == 1
    assert [cell for row in found for cell in row] == [cell for cell in cells(text) if cell.text != "\n"]


@given(ANY, st.integers(0, 60), st.integers(0, 60), st.integers(10, 40))
def test_as_many_columns_are_marked_as_the_words_take(text: str, start: int, end: int, columns: int) -> None:
    marked = sum(marks(row, [(start, end)]).count("^") for row in rows(text, columns))
    assert marked == sum(cell.width for cell in cells(text) if start <= cell.place < end and cell.text != "\n")


def test_marks_stand_under_double_width_words() -> None:
    (row,) = rows("a这个我不知道", 80)
    assert marks(row, [(4, 7)]) == "       ^^^^^^"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("您好您好，再见", ["您好您", "好，再见"]),
        ("请看 order-12345 的", ["请看", "order-12", "345 的"]),
        ("一二三（四）五", ["一二三", "（四）五"]),
    ],
)
def test_lines_break_where_chinese_breaks(text: str, lines: list[str]) -> None:
    assert wrap(text, 8) == lines


def test_widths() -> None:
    assert width("中a，é") == 6
    assert width("e\u0301") == 1
