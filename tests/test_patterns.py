"""The pattern language: what is read, what it matches, what it needs, and what is refused."""

from __future__ import annotations

import contextlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cscheck.patterns.compile import Pattern
from cscheck.patterns.needs import ANYTHING
from cscheck.patterns.nodes import Literal, UnknownSet
from cscheck.patterns.parse import PatternError, parse
from cscheck.patterns.scan import Commonness, Scanner
from cscheck.text.normalise import normalise

SETS = {"我方": (Literal("我"), Literal("我们")), "动作": (parse("(查|办)[一]下"),)}


def spans(pattern: str, text: str) -> list[str]:
    found = Pattern(pattern, parse(pattern), SETS).spans(normalise(text).text, lambda kind: [])
    return [text[start:end] for start, end in found]


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("不知道", "我不知道啊", ["不知道"]),
        ("(不知道|不清楚)", "不知道也不清楚", ["不知道", "不清楚"]),
        ("不[太]清楚", "不太清楚，不清楚", ["不太清楚", "不清楚"]),
        ("[真的|实在]不行", "实在不行", ["实在不行"]),
        ("没…办法", "没有什么好办法", ["没有什么好办法"]),
        ("没…办法", "没有，办法再想", []),
        ("没……办法", "没有，办法再想", ["没有，办法"]),
        ("没……办法", "没有。办法再想", []),
        ("没{0-1}办法", "没有啥办法", []),
        ("没{0-9 句}办法", "没有啥，办法", ["没有啥，办法"]),
        ("{我方}不管", "我们不管", ["我们不管"]),
        ("{我方}{动作}", "我办一下", ["我办一下"]),
        ("{数}天", "等了三十天又3.5天", ["三十天", "3.5天"]),
        ("{位数:3}号", "123号1234号", ["123号"]),
        ("{句首}行", "行。不行。行", ["行", "行"]),
        ("{分句首}行", "不行，行", ["行"]),
        ("行{句尾}", "行啊。行！", ["行"]),
        ("{开头}喂", "喂，喂", ["喂"]),
        ("再见{结尾}", "再见。再见！", ["再见"]),
        ("行{后无:李|程}", "行李和行", ["行"]),
        ("行{后有:李}", "行李和行", ["行"]),
        ("{前无:不|银}行", "不行银行可行", ["行"]),
        ("{前有:可|很}行", "不行可行", ["行"]),
        ("我<<不知道>>", "他不知道，我不知道", ["不知道"]),
        ("(我<<不知道>>|没门)", "我不知道，没门", ["不知道", "没门"]),
        (r"\(图\)", "看(图)", ["(图)"]),
        ("保證", "保证", ["保证"]),
    ],
)
def test_spans(pattern: str, text: str, expected: list[str]) -> None:
    """Each element matches what the table in docs/patterns.md says."""
    assert spans(pattern, text) == expected


@pytest.mark.parametrize(
    ("pattern", "column"),
    [
        ("", 0),
        ("(不", 0),
        ("不)", 1),
        ("[]", 1),
        ("{9-1}", 0),
        ("{我方", 0),
        ("<<不>><<行>>", 5),
        ("不||行", 2),
        ("{}", 0),
        ("(吗)?", 3),
    ],
)
def test_refused(pattern: str, column: int) -> None:
    """A pattern that cannot be read names the column."""
    with pytest.raises(PatternError) as caught:
        parse(pattern)
    assert caught.value.column == column


def test_unknown_set() -> None:
    """A word set that nobody declares is named."""
    with pytest.raises(UnknownSet, match="没有的"):
        spans("{没有的}啊", "啊")


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("不知道", [["不知道"]]),
        ("(不|没)知道", [["不知道|没知道"]]),
        ("不[太]清楚", [["不太清楚|不清楚"]]),
        ("没…办法", [["没", "办法"]]),
        ("{我方}……不管", [["我|我们", "不管"]]),
        ("(没…办法|不行)", [["没", "办法"], ["不行"]]),
        ("{数}天", [["天"]]),
        ("{数}", None),
        ("[不]", None),
    ],
)
def test_needs(pattern: str, expected: list[list[str]] | None) -> None:
    """What a text must hold: one of each group of one of the needs."""
    needs = Pattern(pattern, parse(pattern), SETS).needs
    if expected is None:
        assert needs == ANYTHING
    else:
        assert sorted(sorted("|".join(sorted(group)) for group in need) for need in needs) == sorted(
            sorted(need) for need in expected
        )


WORDS = st.lists(
    st.sampled_from(["不知道", "没", "办法", "我们", "不管", "，", "。", "真的", "啊", "3", "天"]), max_size=8
)
SOME = [
    "不知道",
    "没…办法",
    "没……办法",
    "[真的]不知道",
    "{我方}{0-3}不管",
    "(没|不){0-2}(办法|管)",
    "{数}天",
    "{句首}啊",
]


PATTERNS = [Pattern(source, parse(source), SETS) for source in SOME]


def scanner() -> Scanner:
    """Give a scanner with one owner of all patterns."""
    return Scanner([[pattern.needs for pattern in PATTERNS]], Commonness(["我们不知道", "没办法啊"]))


@given(WORDS)
def test_scan_misses_nothing(words: list[str]) -> None:
    """The scan names every pattern that matches."""
    text = "".join(words)
    scan = scanner()
    hits = scan.hits(text)
    candidates = scan.candidates(0, hits, text)
    for index, pattern in enumerate(PATTERNS):
        if list(pattern.spans(text, lambda kind: [])):
            assert index in candidates
            assert scan.owners(hits) == {0}


@given(WORDS)
def test_scan_without_the_native_library(words: list[str]) -> None:
    """The fallback finds the same literals."""
    text = "".join(words)
    native, plain = scanner(), scanner()
    plain.__dict__["_automaton"] = None
    assert native.hits(text) == plain.hits(text)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text makes the reader fail in another way, and what it reads compiles."""
    try:
        node = parse(text)
    except PatternError:
        return
    pattern = Pattern(text, node, SETS)
    with contextlib.suppress(UnknownSet):
        assert isinstance(pattern.regex, re.Pattern) or pattern.parts_of_speech


def test_parts_of_speech() -> None:
    """A word class stands for the words the text has of it; where it has none, the rest still matches."""
    pattern = Pattern("x", parse("(很{形容词}|没有[{动词}])"), SETS)
    words = {"形容词": ["好"], "动词": []}
    found = pattern.spans("很好没有", lambda kind: words[kind])
    assert [(start, end) for start, end in found] == [(0, 2), (2, 4)]
