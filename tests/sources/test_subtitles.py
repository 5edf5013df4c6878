"""Subtitles with speakers."""

from __future__ import annotations

import pytest

from tests.sources.conftest import said

VTT = """WEBVTT

NOTE 客服：这是注释

1
00:01.000 --> 00:02.500 align:start
<v 客服>您好</v>

00:00:03.000 --> 00:00:04.000
<v.loud 客户小李>在吗 <i>真的</i> &amp; 快</v>

00:00:05.000 --> 00:00:06.000
<v 客服>请说<v 客户>好
"""
SRT = """1
00:00:01,000 --> 00:00:02,500
客服：您好

2
00:00:03,000 --> 00:00:04,000
<i>客户：在吗</i>
真的

3
00:00:05,000 --> 00:00:06,000
没人名
"""


def test_vtt_voices(only):
    found = only("通话.vtt", VTT)
    assert found.id == "通话"
    assert said(found) == [("agent", "您好"), ("customer", "在吗 真的 & 快"), ("agent", "请说"), ("customer", "好")]
    assert [(turn.time, turn.end_time) for turn in found.turns][:2] == [(1.0, 2.5), (3.0, 4.0)]


@pytest.mark.parametrize("name", ["a.srt", "a.txt", "无后缀"])
def test_srt_labels(only, name):
    found = only(name, SRT.replace("\n", "\r\n"))
    assert said(found) == [("agent", "您好"), ("customer", "在吗\n真的"), ("unknown", "没人名")]
    assert [turn.line for turn in found.turns] == [3, 7, 12]
    assert found.turns[0].stamp == "00:00:01,000"


def test_subtitles_without_words_are_an_error(problem):
    assert "字幕" in problem("a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n\n").message
