"""How a whole text marks its speakers, so that 地址：… in a message is not taken for one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from cscheck.conversation import Role
from cscheck.sources.labels import Head, behind, is_name, lone_stamp
from cscheck.sources.roles import role_of

_NOBODY = re.compile(
    "您好|你好|亲+|好的|是的|注|ps|p\\.s\\.?|另外|首先|其次|然后|最后|如下|温馨提示|备注|re|fw|fwd|答|问|http|https",
    re.I,
)
_LISTED = re.compile(r"第.+步|方案|套餐|步骤|[一二三四五六七八九十\d]$|^[A-Za-z]$")
# Surnames that rarely begin another word, and 小明, 阿强, 老周.
_PERSON = re.compile(
    "[小阿老][\u4e00-\u9fff]{1,2}|[王李张刘陈杨赵吴徐孙胡朱郭罗梁宋郑谢韩唐冯董曹袁邓傅沈彭吕苏蒋蔡][\u4e00-\u9fff]{1,2}"
)
_SHORT, _LONG = 8, 20


@dataclass(frozen=True, slots=True)
class Style:
    """What opens a turn in one text; ``stamps`` are the lines that hold a time and were not said."""

    heads: Sequence[Head | None] = ()
    headers: bool = False
    unknown: frozenset[str] = frozenset()
    letters: Mapping[str, Role] = field(default_factory=dict)
    stamps: frozenset[int] = frozenset()
    behind: bool = False

    def opening(self, number: int) -> Head | None:
        """Give the head of a line where it is one in this style."""
        found = self.heads[number]
        if found is None:
            return None
        if self.headers:
            return found if found.shape == "header" else None
        return found if self.role(found) != "unknown" or found.label in self.unknown else None

    def role(self, found: Head) -> Role:
        """Give the role of a head; a letter means one only beside its counterpart."""
        return self.letters.get(found.label.upper(), found.role)


def style_of(lines: Sequence[str], heads: Sequence[Head | None], roles: Mapping[str, Role]) -> Style:
    """Judge the style by all lines of a text."""
    labels = [found for found in heads if found and found.shape == "label"]
    headers = [found for found in heads if found and found.shape == "header"]
    known = [found for found in labels if found.role != "unknown"]
    first = next((found for found in heads if found and _speaks(found)), None)
    by_header = bool(first and first.shape == "header" and len(headers) >= len(known))
    if not by_header and not known and _name_above_time(lines, roles):
        heads = _names_above_times(lines, roles)
        stamps = frozenset(number + 1 for number, found in enumerate(heads) if found)
        return Style(heads, headers=True, stamps=stamps)
    letters = _letters(labels, roles)
    speaking = [found for found in labels if letters.get(found.label.upper(), found.role) != "unknown"]
    unknown = frozenset() if by_header else _unknown(labels, speaking, first)
    said = [found for found in labels if found.label in unknown or found in speaking]
    stamped = any(found.stamp for found in (headers if by_header else said))
    style = Style(
        heads,
        by_header,
        unknown,
        letters,
        behind=bool(said) and 2 * sum(bool(behind(found.text)) for found in said) >= len(said),
    )
    return style if stamped else replace(style, stamps=_dividers(lines, style))


def _dividers(lines: Sequence[str], style: Style) -> frozenset[int]:
    """Find the times on lines of their own right above a turn, as chat windows show them; they begin with one."""
    found, below = set(), False
    for number in range(len(lines) - 1, -1, -1):
        if below and lone_stamp(lines[number]) is not None:
            found.add(number)
        below = style.opening(number) is not None or (below and not lines[number].strip())
    first = next((number for number in range(len(lines)) if style.opening(number)), 0)
    windows = any(number < first for number in found)
    return frozenset(number for number in found if windows or not re.match(r"\s*[\d:：]+\s*$", lines[number]))


def _names_above_times(lines: Sequence[str], roles: Mapping[str, Role]) -> list[Head | None]:
    heads: list[Head | None] = []
    for line, below in zip_longest(lines, lines[1:], fillvalue=""):
        stamp = lone_stamp(below)
        named = stamp is not None and is_name(line, roles, longest=_LONG)
        heads.append(Head(line.strip(), role_of(line, roles), "", "header", stamp) if named else None)
    return heads


def _speaks(found: Head) -> bool:
    return not _NOBODY.fullmatch(found.label)


def _name_above_time(lines: Sequence[str], roles: Mapping[str, Role]) -> bool:
    filled = [line for line in lines if line.strip()]
    return len(filled) > 2 and is_name(filled[0], roles, longest=_LONG) and lone_stamp(filled[1]) is not None


def _letters(labels: Sequence[Head], roles: Mapping[str, Role]) -> dict[str, Role]:
    """Take A and Q for an agent and a customer only as a pair, and never beside B."""
    seen = {found.label.upper() for found in labels}
    mapped = {name.upper() for name in roles}
    sides = {found.role for found in labels if len(found.label) > 1}
    letters: dict[str, Role] = {}
    for letter, other, opposite in (("A", "Q", "customer"), ("Q", "A", "agent")):
        alone = opposite in sides and not sides & ({"agent", "customer"} - {opposite})
        if letter in seen and letter not in mapped and ("B" in seen or not (other in seen or alone)):
            letters[letter] = "unknown"
    return letters


def _unknown(labels: Sequence[Head], speaking: Sequence[Head], first: Head | None) -> frozenset[str]:
    """Give the labels of nobody known that speak all the same: their words must not go to somebody else."""
    roles = {found.role for found in speaking}
    served = bool(roles & {"agent", "bot"})
    opened = first is not None and first.shape == "label" and first not in speaking
    counts = Counter(found.label for found in labels if found not in speaking and _speaks(found))
    timed = 2 * sum(bool(found.stamp) for found in speaking) >= len(speaking)
    stamped = {found.label for found in labels if found.stamp and timed}
    if not speaking and len(counts) < 2 and sum(counts.values()) < 2:
        return frozenset()
    chosen = set()
    for label, count in counts.items():
        short = len(label) <= _SHORT or (len(label) <= _LONG and count > 1)
        recurs = not _LISTED.search(label) and count > (2 if "customer" in roles and served else 1)
        # A list in a message (套餐内含：…) has many labels, each once; somebody who answers has one.
        answers = (not served and len(counts) < 3) or ("customer" not in roles and _PERSON.fullmatch(label))
        if short and (opened or recurs or answers or label in stamped):
            chosen.add(label)
    return frozenset(chosen)
