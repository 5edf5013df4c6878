"""``kind: form``: how a message is written.

marks-in-a-row, marks-in-all   so many of these marks, next to each other or anywhere
capitals                       one of ``words`` written in capitals
length, sentence-length        so many characters in the message, or in one sentence of it
unstructured                   so many sentences in one block, without points, line breaks or numbers
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from cscheck.detector import Detector
from cscheck.finding import Verdict
from cscheck.outcome import Outcome
from cscheck.values import dataclass

if TYPE_CHECKING:
    from cscheck.analysis import Analysis
    from cscheck.load.detectors import DetectorReader
    from cscheck.yamlfile import Value

JUDGES_TURNS = True
FIELDS = ("form", "marks", "least", "words")
_NEEDED = {
    "marks-in-a-row": ("marks", "least"),
    "marks-in-all": ("marks", "least"),
    "capitals": ("words",),
    "length": ("least",),
    "sentence-length": ("least",),
    "unstructured": ("least",),
}
FORMS = tuple(_NEEDED)
# A link is part of its sentence; in chat, a tilde or a wide space ends one as well.
_SENTENCE = r"(?:https?://\S+|(?!\s{2})[^。!?;\n…~])+"
_POINTS = (
    r"\n|[①-⑳]|(?<![0-9.])[1-9][.、:)](?![0-9])|[(][1-9一二三四五][)]|[一二三四五六][、是]|第[一二三四五1-9][,步点种个是]"
    r"|首先|其次|最后|方[式案法][一二12]|步骤[一二12]|→|->|•|·"
)


@dataclass(frozen=True, slots=True)
class Spec:
    """Which form, from how many on; ``words`` are those that nobody writes in capitals but to shout."""

    form: str
    marks: str
    least: int
    words: frozenset[str]


def read(rule_id: str, fields: Mapping[str, Value], whole: Value, reader: DetectorReader) -> Spec:
    """Read the kind's own fields."""
    if "form" not in fields:
        whole.fail("缺少字段“form”")
    form = fields["form"].choice({name: name for name in FORMS})
    for name in _NEEDED[form]:
        if name not in fields:
            whole.fail(f"缺少字段“{name}”")
    return Spec(
        form=form,
        marks=fields["marks"].text() if "marks" in fields else "",
        least=int(fields["least"].number(1, 100_000)) if "least" in fields else 0,
        words=frozenset(word.lower() for word in fields["words"].texts()) if "words" in fields else frozenset(),
    )


def acts_used(spec: Spec) -> frozenset[str]:
    """Name the acts it asks for: none."""
    return frozenset()


def detectors(spec: Spec) -> tuple[Detector, ...]:
    """Give its detectors: none."""
    return ()


def causes(spec: Spec) -> None:
    """Name what gives it cause: nothing that is said, so it is always asked."""


def find(spec: Spec, analysis: Analysis) -> Iterator[Outcome]:
    """Give a violation for each agent turn of that form."""
    if reason := analysis.why_silent():
        yield Outcome(Verdict.NOT_APPLICABLE, reason=reason)
    for index in analysis.judged(analysis.turns_of("agent")):
        view = analysis.view(index)
        for start, end in _spans(spec, view.normalised.raw, view.text):
            yield Outcome(Verdict.VIOLATED, index, start, end, since=index)


def _spans(spec: Spec, raw: str, text: str) -> list[tuple[int, int]]:
    if spec.form == "capitals":
        return _capitals(spec, raw, text)
    # No text shorter than that has so many marks, characters or sentences.
    if len(text) < spec.least:
        return []
    if spec.form == "length":
        return [(0, len(text))]
    if spec.form == "sentence-length":
        return [span for span in _sentences(text) if span[1] - span[0] >= spec.least]
    if spec.form == "unstructured":
        return _unstructured(spec, text)
    if sum(map(text.count, spec.marks)) < spec.least:
        return []
    marks = f"[{re.escape(spec.marks)}]"
    if spec.form == "marks-in-a-row":
        return [match.span() for match in re.finditer(f"{marks}{{{spec.least},}}", text)]
    places = [match.start() for match in re.finditer(marks, text)]
    return [(places[0], places[-1] + 1)]


def _sentences(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _pattern(_SENTENCE).finditer(text) if match[0].strip()]


def _unstructured(spec: Spec, text: str) -> list[tuple[int, int]]:
    sentences = _sentences(text)
    if len(sentences) < spec.least or _pattern(_POINTS).search(text):
        return []
    return [(sentences[0][0], sentences[-1][1])]


def _capitals(spec: Spec, raw: str, text: str) -> list[tuple[int, int]]:
    # Case is folded in the matching text, so the raw text tells; both have the same length where nothing was left out.
    if raw == text or len(raw) != len(text):
        return []
    runs = re.finditer(r"(?<![A-Za-z0-9])[A-Z]{2,}(?:[ '!?,.]+[A-Z]{2,})*(?![A-Za-z0-9])", raw)
    return [run.span() for run in runs if any(word.lower() in spec.words for word in re.findall("[A-Z]+", run[0]))]


@functools.cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text)
