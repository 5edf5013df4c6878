"""The compiled matcher gives the answers of the regular expressions, on all kinds of patterns and all shipped ones."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cscheck.load.packs import load_packs
from cscheck.lowering import patterns_of
from cscheck.pack import RuleSet
from cscheck.patterns.build import lower
from cscheck.patterns.compile import Pattern
from cscheck.patterns.matcher import CompiledMatcher, PlainMatcher
from cscheck.patterns.native import kernel
from cscheck.patterns.nodes import Literal
from cscheck.patterns.parse import parse
from cscheck.patterns.program import AnyPattern
from cscheck.patterns.scan import Commonness
from cscheck.text.normalise import normalise
from cscheck.text.segment import Segmenter

SETS = {
    "我方": (Literal("我"), Literal("我们"), Literal("咱们这")),
    "动作": (parse("(查|办)[一]下"), Literal("办理"), parse("退{0-2}款"), Literal("退")),
    "许多": tuple(map(parse, ["甲…乙", "甲", "丙丁", "戊{数}", "(己|庚)辛", "壬", "癸[子]", "丑寅卯", "{句首}巳"])),
}
SOURCES = [
    *("不知道", "(不|没)(知道|清楚)[啊]", "没…办法", "没……办法", "没{2-5}办法", "[真的]不行", "{我方}{0-3}{动作}"),
    *(
        "{许多}{0-4 句}{许多}",
        "{数}天",
        "{数}{数}",
        "{位数:3-5}",
        "{位数:4}",
        "{句首}我{1-9}{句尾}",
        "{分句首}{2-6}{分句尾}",
    ),
    *("{开头}(好|行)", "{开头}{0-3}吗{结尾}", "办{后无:理|法}", "办{后有:理|{0-2}下}", "{前无:不|没有}知道"),
    *("{前有:我|我们}知道", "我<<不知道>>", "我{0-4}<<{动作}>>[吗|呢]", "(我<<不>>|没)办法", "[不]", "{1-40}吗"),
    *("(甲|乙|丙|丁|戊|己|庚|辛|{数}|我{1-3}吗)办", "{分句尾}我", "{结尾}", "(吗|呢|吧|啊|呀|哦|[嗯]好|{数}次)"),
]
PATTERNS: list[AnyPattern] = [Pattern(source, parse(source), SETS) for source in SOURCES]
CHARS = "不没知道清楚办法理退款我们咱这真的行好吗呢查一下甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳天，。！ \n12x三十.,;~"


def compiled(patterns: list[AnyPattern]) -> CompiledMatcher:
    """Lower patterns to a matcher of one group, tried at once."""
    module = kernel()
    if module is None:
        pytest.skip("the compiled matcher was not built")
    owned = {str(number): [(pattern, pattern.needs)] for number, pattern in enumerate(patterns)}
    return CompiledMatcher(lower(patterns, {"agent": owned}, Commonness(["我不知道"])), module)


def no_words(kind: str) -> list[str]:
    return []


def same(matcher: CompiledMatcher, patterns: list[AnyPattern], text: str) -> Iterator[None]:
    """Compare everything that can be asked about a text."""
    heard = matcher.listen("agent", text)
    many = dict(matcher.many(patterns, text, no_words))
    for number, pattern in enumerate(patterns):
        expected = tuple(pattern.spans(text, no_words))
        assert matcher.spans(pattern, text, no_words, None) == expected, pattern.source
        assert many.get(number, ()) == expected
        assert not expected or str(number) in heard, pattern.source
        odd = tuple(pattern.spans(text, no_words, lambda start, end: start % 2 == 1))
        assert matcher.spans(pattern, text, no_words, lambda start, end: start % 2 == 1) == odd, pattern.source
        for place in range(len(text) + 1):
            assert matcher.ends_at(pattern, text, place) == pattern.ends_at(text, place), (pattern.source, place)
            assert matcher.starts_at(pattern, text, place) == pattern.starts_at(text, place), (pattern.source, place)
        yield


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=CHARS, max_size=24))
def test_patterns_of_all_kinds(text: str) -> None:
    """Each kind of part, alone and with others, on texts made of what it looks for."""
    for _ in same(MATCHER(), PATTERNS, text):
        pass


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=12))
def test_any_text(text: str) -> None:
    """Surrogates, signs beyond the first plane, line ends."""
    for _ in same(MATCHER(), PATTERNS, text):
        pass


_made: list[CompiledMatcher] = []


def MATCHER() -> CompiledMatcher:  # noqa: N802
    """Give the matcher of the patterns above, made once."""
    if not _made:
        _made.append(compiled(PATTERNS))
    return _made[0]


@pytest.fixture(scope="module")
def shipped() -> RuleSet:
    return load_packs(with_models=False)


def test_shippedpatterns_of(shipped: RuleSet) -> None:
    """All patterns of the shipped packs on a part of their own examples."""
    detectors = [act.detector for act in shipped.acts.values()]
    detectors += [rule.spec.detector for rule in shipped.rules.values() if getattr(rule.spec, "detector", None)]
    patterns = [pattern for pattern in patterns_of(shipped, detectors) if not pattern.parts_of_speech]
    texts = [text for act in shipped.acts.values() for text in (*act.examples.bad, *act.examples.good)]
    chosen = random.Random(5).sample(texts, 40)
    matcher = compiled(patterns)
    for raw in chosen:
        text = normalise(raw).text
        many = dict(matcher.many(patterns, text, no_words))
        for number, pattern in enumerate(patterns):
            assert many.get(number, ()) == tuple(pattern.spans(text, no_words)), pattern.source


def test_parts_of_speech() -> None:
    """Which words are verbs is told by the dictionary; many words, or none, are no trouble."""
    sources = ["我{动词}{0-2}吧", "{动词}不(了|动)", "{名词}{前无:旧}坏了", "甲{后无:{动词}}"]
    patterns: list[AnyPattern] = [Pattern(source, parse(source), {}) for source in sources]
    matcher, segmenter = compiled(patterns), Segmenter()
    for text in ("我去办一下吧", "我退款吧，搬不动", "手机坏了", "旧手机坏了", "", "甲退", "甲机", "我走" * 600 + "吧"):
        for pattern in patterns:

            def tagged(kind: str, text: str = text) -> list[str]:
                return segmenter.tagged(text, kind)

            assert matcher.spans(pattern, text, tagged, None) == tuple(pattern.spans(text, tagged)), (pattern, text)


def test_plain_matcher_hears_the_same() -> None:
    """Without the compiled matcher the same owners may match, or more."""
    owned = {str(number): [(pattern, pattern.needs)] for number, pattern in enumerate(PATTERNS)}
    plain = PlainMatcher({"agent": owned}, Commonness(["我不知道"]))
    for text in ("我们没什么办法，退一下款吧", "好的", "甲三天乙"):
        assert set(MATCHER().listen("agent", text)) <= set(plain.listen("agent", text))
    assert plain.listen("system", "没办法") == {} == MATCHER().listen("system", "没办法")
