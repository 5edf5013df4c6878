"""Tables: CSV, TSV and Excel."""

from __future__ import annotations

import datetime
import io
import sys

import openpyxl
import pytest

from cscheck.errors import SourceError
from tests.sources.conftest import said

ROWS = [
    ["会话ID", "发送方", "消息内容", "发送时间", "渠道", "客服工号"],
    ["1", "客户", "在吗，在吗", "2026-03-01 09:00:05", "电话", ""],
    ["2", "客户", "你好", "2026-03-01 09:00:06", "在线", ""],
    ["1", "客服", '说"好"\n第二行', "2026-03-01 09:00:09", "电话", "8021"],
]


def csv_text(rows, separator=","):
    def cell(text):
        return '"' + text.replace('"', '""') + '"' if any(c in text for c in separator + '"\n') else text

    return "\r\n".join(separator.join(cell(text) for text in row) for row in rows) + "\r\n"


def workbook(*sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"表{number}")
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", csv_text(ROWS)),
        ("a.csv", csv_text(ROWS, ";")),
        ("a.csv", csv_text(ROWS, "\t")),
        ("a.tsv", csv_text(ROWS, "\t")),
        ("a.csv", "\ufeff" + csv_text(ROWS)),
        ("a.csv", csv_text(ROWS).encode("gb18030")),
        ("a.csv", csv_text(ROWS, "\t").encode("utf-16")),
        ("a.csv", "sep=;\r\n" + csv_text(ROWS, ";")),
        ("a.txt", csv_text(ROWS)),
        ("a.xlsx", workbook(ROWS)),
        ("无后缀", workbook(ROWS)),
    ],
    ids=range(11),
)
def test_rows_become_conversations(reading, name, content):
    first, second = reading(name, content)
    assert (first.id, first.channel, first.agent.id) == ("1", "phone", "8021")
    assert said(first) == [("customer", "在吗，在吗"), ("agent", '说"好"\n第二行')]
    assert first.turns[1].time - first.turns[0].time == 4
    assert (second.id, second.channel) == ("2", "chat")


def test_the_line_of_a_row_is_where_it_starts(reading):
    rows = [["角色", "内容"], ["客服", "一\n二"], ["客户", "好"]]
    (found,) = reading("a.csv", csv_text(rows))
    assert [turn.line for turn in found.turns] == [2, 4]


@pytest.mark.parametrize(
    "header",
    [["role", "text"], ["Sender Type", "Content"], ["sender_type", "message"], ["角色*", "话术"], ["说话人", "文本"]],
)
def test_headers_are_known_in_many_spellings(only, header):
    found = only("店.csv", csv_text([header, ["客户", "在吗"], ["客服", "在的"]]))
    assert found.id == "店"
    assert said(found) == [("customer", "在吗"), ("agent", "在的")]


def test_columns_can_be_named(only):
    rows = [["谁", "说了啥", "内容"], ["1", "在吗", "x"], ["0", "在的", "y"]]
    found = only(
        "a.csv", csv_text(rows), columns={"role": "谁", "text": "说了啥"}, roles={"1": "customer", "0": "agent"}
    )
    assert said(found) == [("customer", "在吗"), ("agent", "在的")]


@pytest.mark.parametrize(
    ("columns", "word"), [({"role": "没有"}, "没有"), ({"colour": "角色"}, "colour"), ({"text": "内 容"}, "")]
)
def test_a_wrong_column_is_an_error(reading, columns, word):
    (item,) = reading("a.csv", csv_text([["角色", "内容"], ["客服", "好"]]), columns=columns)
    assert isinstance(item, SourceError) is bool(word)
    if word:
        assert word in item.message
        assert item.allowed


@pytest.mark.parametrize(
    ("header", "words"),
    [(["编号", "内容"], ("--column role=", "编号")), (["角色", "备注"], ("--column text=", "备注"))],
)
def test_a_missing_column_names_the_headers_seen(problem, header, words):
    message = problem("a.csv", csv_text([header, ["客服", "好"]])).message
    assert all(word in message for word in words)


def test_the_speaker_decides_where_the_role_does_not(only):
    rows = [["角色", "昵称", "内容"], ["", "客服小美", "在的"], ["未知", "张三", "好"]]
    assert said(only("a.csv", csv_text(rows))) == [("agent", "在的"), ("unknown", "好")]


def test_blank_rows_and_merged_ids(reading):
    rows = [
        ["会话编号", "角色", "内容"],
        ["7", "客户", "在吗"],
        ["", "客服", "在的"],
        ["", "", ""],
        ["8", "客户", "好"],
    ]
    assert [(item.id, len(item.turns)) for item in reading("a.csv", csv_text(rows))] == [("7", 2), ("8", 1)]


def test_turns_are_put_in_the_order_of_their_times(only):
    rows = [["角色", "内容", "时间"], ["客服", "二", "2026/3/1 9:01"], ["客户", "一", "2026/3/1 9:00"]]
    assert [turn.text for turn in only("a.csv", csv_text(rows)).turns] == ["一", "二"]


@pytest.mark.parametrize(
    "content", ["角色,内容\n", '角色,内容\n客服,"没有结束\n客户,好\n', "角色,内容\n客服," + "好" * 1_100_000]
)
def test_a_broken_table_is_an_error(problem, content):
    assert problem("a.csv", content).place.path.endswith("a.csv")


def test_cells_of_excel_become_text(only):
    rows = [
        ["会话ID", "角色", "内容", "时间"],
        [123, "客户", 3.5, datetime.datetime(2026, 3, 1, 9, 0, 5)],
        [123, "客服", 10086, datetime.datetime(2026, 3, 1, 9, 0, 9)],
    ]
    found = only("a.xlsx", workbook(rows))
    assert found.id == "123"
    assert said(found) == [("customer", "3.5"), ("agent", "10086")]
    assert [turn.time for turn in found.turns] == [1772355605, 1772355609]
    assert found.turns[1].line == 3


def test_every_sheet_of_turns_is_read_and_others_are_passed_over(reading):
    table = [["角色", "内容"], ["客服", "在的"]]
    found = reading("a.xlsx", workbook([["说明"], ["随便写写"]], table, [], table))
    assert [item.id for item in found] == ["a", "a#2"]


def test_a_workbook_without_turns_is_an_error(problem):
    assert "表0" in problem("a.xlsx", workbook([["说明"], ["随便写写"]])).message


@pytest.mark.parametrize("data", [b"PK\x03\x04" + b"\x00" * 100, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x01" * 600])
def test_a_broken_workbook_is_an_error(problem, data):
    assert "Excel" in problem("a.xlsx", data).message


def test_a_text_named_like_a_workbook_is_an_error(problem):
    assert problem("a.xlsx", "客服：您好", input_format="excel")


def test_without_the_reader_of_excel_the_error_says_what_to_install(problem, monkeypatch):
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    assert "cscheck[excel]" in problem("a.xlsx", workbook(ROWS)).message
