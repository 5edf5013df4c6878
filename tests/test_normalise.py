"""Folding keeps every character's place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cscheck.text.normalise import normalise


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("这个我不知道", "这个我不知道"),
        ("ＡＰＰ里点ＯＫ", "app里点ok"),
        ("您好，请稍等！", "您好,请稍等!"),
        ("我們沒辦法", "我们没办法"),
        ("没 办 法", "没办法"),
        ("真的没 办 法啊", "真的没办法啊"),
        ("保-证明天到", "保证明天到"),
        ("不\u200b知\u200d道", "不知道"),
        ("没 办法", "没办法"),
        ("好 我看一下", "好 我看一下"),
        ("订单号发我 我看一下", "订单号发我 我看一下"),
        ("3-5天", "3-5天"),
        ("2026-03-01", "2026-03-01"),
    ],
)
def test_folds(raw: str, text: str) -> None:
    """Width, case, traditional characters and what is slipped in between are folded; real breaks stay."""
    assert normalise(raw).text == text


@given(st.text(alphabet=st.characters(), max_size=40))
def test_places(raw: str) -> None:
    """Each folded character's place is that of the raw character it came from."""
    normalised = normalise(raw)
    places = range(len(raw)) if normalised.offsets is None else normalised.offsets
    assert len(normalised.text) == len(places)
    for index, place in enumerate(places):
        span = normalised.raw_span(index, index + 1)
        assert (span.start, span.end) == (place, place + 1)
        assert normalise(raw[place]).text in ("", normalised.text[index])


@given(st.text(alphabet="没办法 -保证\u200b不知道,我", max_size=24))
def test_folding_twice_changes_nothing_more_than_once(raw: str) -> None:
    """A whole span covers the raw text from its first to its last kept character."""
    normalised = normalise(raw)
    if normalised.text:
        span = normalised.raw_span(0, len(normalised.text))
        assert normalise(raw[span.start : span.end]).text
