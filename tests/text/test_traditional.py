"""The table of characters folds one to one and keeps every place."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cscheck.text import traditional

FOLDED = [
    ("這邊幫您確認後續進度", "这边帮您确认后续进度"),
    ("您說的問題已經瞭解", "您说的问题已经了解"),
    ("衞生間的燈壞了，我們會聯繫妳", "卫生间的灯坏了,我们会联系你"),
    ("乾脆這樣，於週五寄出", "干脆这样,于周五寄出"),
    ("ＡＢＣ１２３（ｏｋ）！", "abc123(ok)!"),
    ("WeChat　微信", "wechat 微信"),
    ("①②Ⓐⓑ❸𝟎𝐊🅰㊙", "12ab30ka秘"),
    ("﹑︰∶", "、::"),
    ("￥３０", "¥30"),
]
KEPT = [
    "．％＋－＃＆＿",
    "。“”‘’、…—",
    "著名的哪吒，蒜薹".replace("，", ""),
    "10² ½ Ⅳ ﾊﾛｰ",
    "简体字不变",
]


@pytest.mark.parametrize(("raw", "folded"), FOLDED)
def test_folds(raw, folded):
    """Traditional, wide, capital and stylised characters become the plain ones."""
    assert raw.translate(traditional.table()) == folded


@pytest.mark.parametrize("text", KEPT)
def test_keeps(text):
    """Characters that mean something else in simplified text, or that jieba cuts at, stay."""
    assert text.translate(traditional.table()) == text


def test_every_pair_is_one_character_for_another():
    """No entry deletes, lengthens or is idle."""
    table = traditional.table()
    assert len(table) > 4500
    assert all(isinstance(target, int) and target != source for source, target in table.items())


def test_folding_again_changes_nothing():
    """What comes out is in its final form, save one pair that OpenCC chains."""
    table = traditional.table()
    assert {chr(source) for source, target in table.items() if target in table} <= {"薴"}


def test_loads_fast():
    """A command pays little for the table."""
    best = min(_load() for _ in range(5))
    assert best < 0.02


def _load():
    started = time.perf_counter()
    traditional.table.__wrapped__()
    return time.perf_counter() - started


@given(st.text())
def test_keeps_the_length(text):
    """A place in the folded text is the same place in the raw one."""
    assert len(text.translate(traditional.table())) == len(text)
