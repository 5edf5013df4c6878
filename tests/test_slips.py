"""What writers of packs get wrong, and what they are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from cscheck.errors import RuleFileError
from cscheck.load.packs import load_packs
from tests.packs import RULE, write_pack

GOOD = RULE.format(id="shop/x")


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("title: ", "title：", 3, "字段名后面的冒号是全角的"),
        ("severity: error", "severity:error", 5, "字段名的冒号后面缺少空格"),
        ("patterns: [不知道]", "patterns:\n\t- 不知道", 11, "用了制表符"),
        ("patterns: [不知道]", "patterns: [不知道", None, "方括号没有闭合"),
        ("patterns: [不知道]", 'patterns: ["不知道]', None, "没有闭合"),
        ("patterns: [不知道]", "patterns: [%不知道]", None, "这里的符号不能开头"),
        ("patterns: [不知道]", "patterns:\n  - 不知道\n - 不清楚", None, "对齐|缩进"),
    ],
)
def test_yaml_slips_are_told_in_plain_words(tmp_path: Path, old: str, new: str, line: int | None, message: str) -> None:
    with pytest.raises(RuleFileError, match=message) as caught:
        load_packs([write_pack(tmp_path, rules__x=GOOD.replace(old, new))])
    if line is not None:
        assert caught.value.place is not None
        assert caught.value.place.line == line


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("｛天气｝不好", "“｛”是全角符号"),
        ("（不知道｜不清楚）", "是全角符号"),
        ("不{0－3}知道", "是全角符号"),
        ("“不知道”", "中文引号"),
        ("先到 先得", "句式里不要有空格"),
        ("不{0-300}知道", "间隔“{0-300}”写得不对"),
    ],
)
def test_pattern_slips_say_what_to_write(tmp_path: Path, pattern: str, message: str) -> None:
    text = GOOD.replace("patterns: [不知道]", f"patterns: ['{pattern}']")
    with pytest.raises(RuleFileError, match=message):
        load_packs([write_pack(tmp_path, rules__x=text)])


def test_a_misspelt_set_names_near_ones(tmp_path: Path) -> None:
    text = GOOD.replace("patterns: [不知道]", "patterns: ['{天汽词}不好']")
    with pytest.raises(RuleFileError) as caught:
        load_packs([write_pack(tmp_path, rules__x=text, sets__a="天气词: [雨]\n货: [鞋]\n")])
    assert caught.value.allowed == "天气词"


def test_what_would_not_be_read_is_refused(tmp_path: Path) -> None:
    """A wrong suffix, a wrong folder, an id that paths cannot carry, a clause that stands twice."""
    pack = write_pack(tmp_path, "a", rules__x=RULE.format(id="a/x"))
    (pack / "rules" / "x.yaml").rename(pack / "rules" / "x.yml")
    with pytest.raises(RuleFileError, match=r"后缀要写成 \.yaml"):
        load_packs([pack])
    with pytest.raises(RuleFileError, match="不认识“rule”这个文件夹"):
        load_packs([write_pack(tmp_path, "b", rule__x=RULE.format(id="b/x"))])
    with pytest.raises(RuleFileError, match="规则包的 id“云鹏”不能用"):
        load_packs([write_pack(tmp_path, "c", "id: 云鹏\nversion: 1.0.0\n")])
    clauses = "document: 手册\nclauses: {A-1: {asks: 甲}}\n"
    with pytest.raises(RuleFileError, match="条款“A-1”已经有了，见《手册》"):
        load_packs([write_pack(tmp_path, "d", clauses__a=clauses, clauses__b=clauses)])
    (tmp_path / "e").mkdir()
    with pytest.raises(RuleFileError, match=r"里没有 pack\.yaml"):
        load_packs([tmp_path / "e"])


def test_a_message_names_only_what_there_is(tmp_path: Path) -> None:
    text = GOOD.replace("“{text}”像是拒绝", "“{原话}”像是拒绝")
    with pytest.raises(RuleFileError, match=r"没有“\{原话\}”这一项"):
        load_packs([write_pack(tmp_path, rules__x=text)])
