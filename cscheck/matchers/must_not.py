"""``kind: must-not``: these words, or these acts, by this role, in this place, are a finding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from cscheck.conversation import ROLES
from cscheck.detector import DETECTOR_FIELDS, Detector, Hit
from cscheck.finding import Verdict
from cscheck.outcome import Outcome
from cscheck.values import dataclass

if TYPE_CHECKING:
    from cscheck.analysis import Analysis
    from cscheck.load.detectors import DetectorReader
    from cscheck.yamlfile import Value

JUDGES_TURNS = True
FIELDS = (*DETECTOR_FIELDS, "acts", "once")


@dataclass(frozen=True, slots=True)
class Spec:
    """What is looked for; ``is_once`` keeps one finding a turn."""

    detector: Detector | None
    acts: tuple[str, ...]
    roles: tuple[str, ...]
    is_once: bool


def read(rule_id: str, fields: Mapping[str, Value], whole: Value, reader: DetectorReader) -> Spec:
    """Read the kind's own fields."""
    acts = fields["acts"].texts() if "acts" in fields else ()
    is_detector = not acts or bool({"patterns", "builtin", "learned"} & set(fields))
    if not is_detector:
        for name in ("guards", "needs", "place", "boundary", "grounded"):
            if name in fields:
                fields[name].fail(f"{name} 只管 patterns 和 builtin；只写 acts 时，请写在行为的文件里")
    detector = reader.detector(rule_id, fields, whole, ("agent",)) if is_detector else None
    return Spec(
        detector=detector,
        acts=acts,
        roles=fields["by"].choices(ROLES) if "by" in fields else ("agent",),
        is_once="once" in fields and fields["once"].choice({"turn": True}),
    )


def acts_used(spec: Spec) -> frozenset[str]:
    """Name the acts it asks for."""
    return frozenset(spec.acts) | (spec.detector.acts_used() if spec.detector else frozenset())


def detectors(spec: Spec) -> tuple[Detector, ...]:
    """Give its detectors."""
    return (spec.detector,) if spec.detector else ()


def causes(spec: Spec) -> frozenset[str]:
    """Name the detectors without which it has nothing to say."""
    return frozenset((*([spec.detector.id] if spec.detector else ()), *spec.acts))


def find(spec: Spec, analysis: Analysis) -> Iterator[Outcome]:
    """Give a violation for each hit."""
    if reason := analysis.why_silent(spec.roles):
        yield Outcome(Verdict.NOT_APPLICABLE, reason=reason)
        return
    for index in analysis.judged(analysis.may_do(causes(spec))):
        if analysis.turns[index].role not in spec.roles:
            continue
        hits = _hits(spec, analysis, index)
        for hit in hits[:1] if spec.is_once else hits:
            yield Outcome(
                Verdict.VIOLATED,
                index,
                hit.start,
                hit.end,
                facts=_facts(hit),
                suggest=hit.entry.suggest if hit.entry else (),
                guards=hit.tried,
                since=index,
                certainty=hit.judgement.certainty if hit.judgement else None,
            )


def _facts(hit: Hit) -> dict[str, str]:
    """Give what a learned judgement rests on: {certainty} in percent, {phrases} that weighed most, {like} which."""
    if hit.judgement is None:
        return {}
    said = hit.judgement
    return {"certainty": f"{said.certainty:.0%}", "phrases": "、".join(said.phrases()), "like": said.like()}


def _hits(spec: Spec, analysis: Analysis, index: int) -> list[Hit]:
    hits = list(analysis.heard(spec.detector, index).hits) if spec.detector else []
    for act in spec.acts:
        hits += analysis.acts(act, index)
    return hits
