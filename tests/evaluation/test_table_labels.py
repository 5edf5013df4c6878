"""Labels in tables, as a QA lead fills them in."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from cscheck.evaluation.item import Item
from tests.evaluation.conftest import Read


def csv(folder: Path, text: str, name: str = "labels.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_text(text, encoding=encoding, newline="")
    return path


def marks(item: Item) -> list[tuple[str, str]]:
    found = item.labels["said"]
    return [
        (mark.category, item.text(mark.turn)[mark.span.start : mark.span.end] if mark.span else "") for mark in found
    ]


def test_chinese_headers_and_names(read: Read, tmp_path: Path) -> None:
    path = csv(
        tmp_path,
        "编号,上文,话术,渠道,场景,违规,两可,备注\r\n"
        '1,"客户：怎么办\n客服：稍等\n说下订单号",我不知道,电话,投诉,禁用否定：不知道,"模糊猜测、courtesy",直接说不知道\r\n'
        "2,,好的,在线,,无,,\r\n",
        encoding="gb18030",
    )
    (one, two), problems = read(path)
    assert problems == []
    assert one.id == "1"
    talk = one.conversation
    assert [(turn.role, turn.text) for turn in talk.turns] == [
        ("customer", "怎么办"),
        ("agent", "稍等\n说下订单号"),
        ("agent", "我不知道"),
    ]
    assert (talk.channel, talk.scene, talk.complete) == ("phone", "complaint", False)
    assert marks(one) == [("forbidden-negative", "不知道")]
    assert one.optional == {"vague", "courtesy"}
    assert one.note == "直接说不知道"
    assert two.labels == {"said": ()}


def test_several_in_one_cell_and_one_row_each(read: Read, tmp_path: Path) -> None:
    together = csv(
        tmp_path, "id,text,violations\n1,我不知道；大概吧,vague:大概吧;forbidden-negative:我不知道；\n", "a.csv"
    )
    apart = csv(
        tmp_path,
        "id,text,category,span\n1,我不知道；大概吧,模糊猜测,大概吧\n1,,禁用否定,不知道\n,,标点语气,\n2,好,,\n",
        "b.csv",
    )
    (one,), problems = read(together)
    assert problems == []
    assert marks(one) == [("vague", "大概吧"), ("forbidden-negative", "我不知道")]
    (two, clean), problems = read(apart)
    assert problems == []
    assert marks(two) == [("vague", "大概吧"), ("forbidden-negative", "不知道"), ("punctuation", "")]
    assert clean.labels["said"] == ()


def test_a_semicolon_may_stand_in_the_words(read: Read, tmp_path: Path) -> None:
    (item,), problems = read(csv(tmp_path, "id;text;violations\n1;'随便；都行';敷衍式:随便；都行\n"))
    assert problems == []
    assert marks(item) == [("perfunctory", "随便；都行")]


def test_a_whole_conversation_in_a_cell(read: Read, tmp_path: Path) -> None:
    path = csv(
        tmp_path,
        'id,text,violations,missing\nc1,"客服：您好\n客户：我不知道怎么退\n客服：我也不知道",禁用否定:不知道,"结束致谢;closing-farewell"\n'
        'c2,"客户：退货\n客服：好",,\n',
    )
    (one, two), problems = read(path)
    assert problems == []
    assert not one.is_utterance
    assert one.conversation.complete
    (said,) = one.labels["said"]
    assert (said.turn, said.category) == (2, "forbidden-negative")
    assert [mark.category for mark in one.labels["missing"]] == ["closing-thanks", "closing-farewell"]
    assert two.labels == {"missing": (), "said": ()}


def test_acts_in_a_table(read: Read, tmp_path: Path) -> None:
    (item,), problems = read(csv(tmp_path, "话术,行为\n您好谢谢,问候:您好;thanks:谢谢\n"))
    assert problems == []
    assert [mark.category for mark in item.labels["acts"]] == ["greeting", "thanks"]
    assert item.id == "labels:2"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("9,我不知道,forbiden:不知道,", "没有“forbiden”这个类别"),
        ("9,我不知道,vague:不知道;forbiden:我,", "没有“forbiden”这个类别"),
        ("9,我不知道,vague:大概,", "不在原话里"),
        ("9,我不知道,结束致谢,", "应写在 missing 里"),
        ("9,我不知道,,结束致谢", "只用于整段对话"),
        ("9,,vague:大概,", "这一行没有话"),
    ],
)
def test_a_bad_row_is_told_and_the_rest_goes_on(read: Read, tmp_path: Path, row: str, words: str) -> None:
    items, (problem,) = read(csv(tmp_path, f"id,text,violations,missing\n1,好,,\n{row}\n2,好的,,\n"))
    assert [item.id for item in items] == ["1", "2"]
    assert words in problem.message
    assert problem.place is not None
    assert problem.place.line == 3


def test_one_id_with_two_texts(read: Read, tmp_path: Path) -> None:
    items, (problem,) = read(csv(tmp_path, "id,text,violations\n1,好,\n2,行,\n1,不好,\n"))
    assert [item.id for item in items] == ["2"]
    assert problem.place is not None
    assert problem.place.line == 4
    assert "第 2 行" in problem.message


def test_rows_above_an_open_quote_are_read(read: Read, tmp_path: Path) -> None:
    items, (problem,) = read(csv(tmp_path, 'id,text,violations\n1,好,\n2,"行,\n3,好,\n'))
    assert [item.id for item in items] == ["1"]
    assert problem.place is not None
    assert problem.place.line == 3


@pytest.mark.parametrize(
    ("header", "words"), [("id,violations", "找不到写着话的列"), ("id,text,channel", "找不到写着标注的列")]
)
def test_missing_columns(read: Read, tmp_path: Path, header: str, words: str) -> None:
    items, (problem,) = read(csv(tmp_path, f"{header}\n1,好,x\n"))
    assert items == []
    assert words in problem.message
    assert problem.allowed


def test_a_workbook(read: Read, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "标注"
    for row in (["编号", "话术", "违规"], [7, "我不知道", "禁用否定:不知道"], [8, "好", None]):
        sheet.append(row)
    book.create_sheet("说明").append(["怎么填"])
    book.save(tmp_path / "labels.xlsx")
    (one, two), problems = read(tmp_path / "labels.xlsx")
    assert problems == []
    assert (one.id, marks(one)) == ("7", [("forbidden-negative", "不知道")])
    assert two.labels == {"said": ()}


def test_a_workbook_without_labels(read: Read, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "说明"
    book.active.append(["怎么填"])
    book.save(tmp_path / "labels.xlsx")
    items, (problem,) = read(tmp_path / "labels.xlsx")
    assert items == []
    assert "工作表“说明”" in problem.message
