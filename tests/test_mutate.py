"""Words that no example needs, and rules that others cover, are found."""

from __future__ import annotations

from pathlib import Path

from cscheck.mutate import Survivor, mutate, overlaps
from tests.packs import RULE, load_pack

FULL = """
id: shop/x
title: 甲
category: forbidden-negative
severity: error
basis: [R-4.1b]
why: 乙
message: 丙
suggest: [我帮您查一下]
patterns: ["(不知道|不晓得|布吉岛)[的|啊]"]
guards: [{name: 问句, where: clause, patterns: ["(吗|么)"]}]
examples:
  bad: [我<<不知道啊>>, 我<<不晓得>>]
  good: [您不知道吗]
"""


def test_words_that_no_example_needs(tmp_path: Path) -> None:
    """Each alternative is taken out; what changes no example is named with its place."""
    (mutation,) = mutate(load_pack(tmp_path, rules__x=FULL))
    pattern = "(不知道|不晓得|布吉岛)[的|啊]"
    assert mutation.tried == 7
    assert set(mutation.survivors) == {
        Survivor(pattern, "布吉岛"),
        Survivor(pattern, "的"),
        Survivor("问句", "么"),
    }


def test_a_rule_whose_words_are_all_needed(tmp_path: Path) -> None:
    """Nothing survives where every word has its example."""
    (mutation,) = mutate(load_pack(tmp_path, rules__x=RULE.format(id="shop/x")))
    assert mutation.survivors == ()


def test_a_rule_that_another_covers(tmp_path: Path) -> None:
    """A rule whose bad examples another finds as well is named, and a pattern that stands in two rules."""
    narrow = (
        FULL.replace("shop/x", "shop/y")
        .replace('"(不知道|不晓得|布吉岛)[的|啊]"', "不知道")
        .replace("[我<<不知道啊>>, 我<<不晓得>>]", "[我<<不知道>>]")
    )
    ruleset = load_pack(tmp_path, rules__x=FULL, rules__y=narrow)
    assert [(overlap.id, overlap.other, overlap.words) for overlap in overlaps(ruleset)] == [("shop/y", "shop/x", "")]
    twice = load_pack(
        tmp_path, name="shop2", rules__x=FULL.replace("shop/", "shop2/"), rules__z=FULL.replace("shop/x", "shop2/z")
    )
    assert ("shop2/z", "shop2/x", "(不知道|不晓得|布吉岛)[的|啊]") in {
        (overlap.id, overlap.other, overlap.words) for overlap in overlaps(twice)
    }
