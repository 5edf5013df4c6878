r"""Read a pattern's text into nodes.

不知道                 text as it stands
(不知道|不清楚)        one of these
[真的]不行             with or without
没…办法                up to 6 characters between, in the same clause
没……办法               up to 20 characters between, in the same sentence
没{0-3}办法            from 0 to 3 characters between; {0-15 句} may cross commas
{我方}不管             any member of the word set 我方
{动词} {名词} …        a word that jieba tags so
{数}                   a number, Arabic or Chinese
{位数:11} {位数:16-19}  so many digits in a row, no more and no fewer; the last may be an x
{句首} {句尾}          start or end of a sentence; {分句首} {分句尾} of a clause; {开头} {结尾} of the turn
{后无:吗|呢}           not followed by; {前无:不} not preceded by; {后有:…} {前有:…} followed, preceded by
我<<不知道>>           only the marked part is reported
\(  \[  \{  \|        the character itself
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cscheck.patterns.nodes import (
    Alternatives,
    Digits,
    Edge,
    Gap,
    Literal,
    Look,
    Marked,
    Node,
    PartOfSpeech,
    Sequence,
    WordSet,
)
from cscheck.text import traditional
from cscheck.text.segment import PARTS_OF_SPEECH

EDGES = ("句首", "句尾", "分句首", "分句尾", "开头", "结尾")
_LOOKS = {"后无": ("after", False), "后有": ("after", True), "前无": ("before", False), "前有": ("before", True)}
_GAP = re.compile(r"(\d{1,2})-(\d{1,2})( ?句)?$")
_RUN = re.compile(r"位数[:：](\d{1,2})(?:-(\d{1,2}))?$")
_PLAIN = re.compile(r"[^\\(\[{|)\]}…<>?*+]+")
_STOPS = frozenset(("", *"([{|)]}…"))
_CLOSERS = {"(": ")", "[": "]"}
_MOST = 99


@dataclass(frozen=True, slots=True)
class PatternError(Exception):
    """A pattern that cannot be read: the sentence, and the column in the pattern (from 0)."""

    message: str
    column: int

    def __str__(self) -> str:
        return self.message


def parse(text: str) -> Node:
    r"""Read a pattern; raises PatternError."""
    reader = _Reader(text)
    node = reader.alternatives("")
    if reader.place < len(text):
        raise PatternError(f"“{text[reader.place]}”没有对应的开头", reader.place)
    return node


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0
        self.marks = 0

    def alternatives(self, closer: str) -> Node:
        options = [self.sequence(closer)]
        while self.text[self.place : self.place + 1] == "|":
            self.place += 1
            options.append(self.sequence(closer))
        return options[0] if len(options) == 1 else Alternatives(tuple(options))

    def sequence(self, closer: str) -> Node:
        parts: list[Node] = []
        while self.place < len(self.text):
            char = self.text[self.place]
            if char == "|" or char in ")]}" or self.text.startswith(">>", self.place):
                break
            parts.append(self.part(char))
        if not parts:
            raise PatternError("这里是空的：写上文字，或者去掉多余的符号", self.place)
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def part(self, char: str) -> Node:
        if char in "?*+" and self.place and self.text[self.place - 1] in ")]}":
            raise PatternError(f"“{char}”在句式里只是普通符号：可有可无写成 […]，要找这个符号写成 \\{char}", self.place)
        if char in "([":
            return self.group(char)
        if char == "{":
            return self.braces()
        if char == "…":
            wide = self.text.startswith("……", self.place)
            self.place += 2 if wide else 1
            return Gap(0, 20, "sentence") if wide else Gap(0, 6, "clause")
        if self.text.startswith("<<", self.place):
            return self.marked()
        return self.literal()

    def group(self, opener: str) -> Node:
        at = self.place
        self.place += 1
        inner = self.alternatives(_CLOSERS[opener])
        if self.text[self.place : self.place + 1] != _CLOSERS[opener]:
            raise PatternError(f"“{opener}”没有用“{_CLOSERS[opener]}”结束", at)
        self.place += 1
        options = inner.options if isinstance(inner, Alternatives) and not inner.optional else (inner,)
        return Alternatives(options, optional=True) if opener == "[" else Alternatives(options)

    def marked(self) -> Node:
        at = self.place
        if self.marks:
            raise PatternError("一个句式里只能有一处 <<…>>", at)
        self.marks += 1
        self.place += 2
        inner = self.alternatives(">>")
        if not self.text.startswith(">>", self.place):
            raise PatternError("“<<”没有用“>>”结束", at)
        self.place += 2
        return Marked(inner)

    def braces(self) -> Node:
        at = self.place
        for name, (side, wanted) in _LOOKS.items():
            if re.match(rf"\{{{name}[:：]", self.text[at:]):
                self.place += len(name) + 2
                inner = self.alternatives("}")
                if self.text[self.place : self.place + 1] != "}":
                    raise PatternError("“{”没有用“}”结束", at)
                self.place += 1
                options = inner.options if isinstance(inner, Alternatives) and not inner.optional else (inner,)
                return Look(side, wanted, options)  # type: ignore[arg-type]
        end = self.text.find("}", at)
        if end < 0:
            raise PatternError("“{”没有用“}”结束", at)
        name = self.text[at + 1 : end].strip()
        self.place = end + 1
        if gap := _GAP.match(name):
            least, most = int(gap[1]), int(gap[2])
            if least > most or most > _MOST:
                raise PatternError(f"间隔要从小到大，最多 {_MOST} 个字", at)
            return Gap(least, most, "sentence" if gap[3] else "clause")
        if name in EDGES:
            return Edge(name)
        if name in PARTS_OF_SPEECH:
            return PartOfSpeech(name)
        if name == "数":
            return Digits()
        if run := _RUN.match(name):
            return Digits(int(run[1]), int(run[2] or run[1]))
        if not name:
            raise PatternError("“{}”里要写词表的名字", at)
        return WordSet(name)

    def literal(self) -> Node:
        plain = _PLAIN.match(self.text, self.place)
        if plain and self.text[plain.end() : plain.end() + 1] in _STOPS:
            self.place = plain.end()
            return Literal(plain[0].translate(traditional.table()))
        chars: list[str] = []
        while self.place < len(self.text):
            if plain := _PLAIN.match(self.text, self.place):
                chars.append(plain[0])
                self.place = plain.end()
                continue
            char = self.text[self.place]
            if char == "\\" and self.place + 1 < len(self.text):
                chars.append(self.text[self.place + 1])
                self.place += 2
                continue
            if char in "([{|)]}…" or self.text.startswith(("<<", ">>"), self.place):
                break
            chars.append(char)
            self.place += 1
        return Literal("".join(chars).translate(traditional.table()))
