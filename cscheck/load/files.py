"""Read act and rule files."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cscheck import matchers
from cscheck.act import Act, Examples
from cscheck.conversation import CHANNELS, SCENES
from cscheck.finding import Severity
from cscheck.load.clauses import read_basis
from cscheck.load.detectors import DETECTOR_FIELDS, DetectorReader
from cscheck.rule import Rule
from cscheck.yamlfile import Value

ACT_FIELDS = ("id", "title", "title-en", "basis", *DETECTOR_FIELDS, "examples")
RULE_FIELDS = (
    "id", "kind", "title", "title-en", "category", "severity", "severity-why", "basis", "why", "message",
    "message-en", "suggest", "tune", "channels", "scenes", "weight", "fatal", "enabled", "examples",
)  # fmt: skip
_FIELD = re.compile(r"{([^{}]*)}")
_FACTS = (
    "text", "waited", "limit", "waited_en", "limit_en", "theirs", "value", "certainty", "phrases", "like",
)  # fmt: skip
SEVERITIES = {severity.value: severity for severity in Severity}


def read_act(value: Value, expected_id: str, reader: DetectorReader) -> Act:
    """Read one act."""
    fields = value.fields(ACT_FIELDS, required=("id", "title", "examples", "by"))
    _check_id(fields["id"], expected_id)
    return Act(
        id=expected_id,
        title=fields["title"].text(),
        title_en=fields["title-en"].text() if "title-en" in fields else fields["title"].text(),
        detector=reader.detector(expected_id, fields, value, ("agent",)),
        examples=read_examples(fields["examples"]),
        path=value.file.path,
        basis=read_basis(fields["basis"], reader.clauses) if "basis" in fields else (),
    )


def read_rule(value: Value, expected_id: str, reader: DetectorReader) -> Rule:
    """Read one rule; its kind reads the fields that are its own."""
    kinds = matchers.KINDS
    pairs = value.pairs()
    kind = pairs["kind"][1].choice({name: name for name in kinds}) if "kind" in pairs else "must-not"
    matcher = kinds[kind]
    required = ("id", "title", "category", "severity", "basis", "why", "message", "examples")
    fields = value.fields((*RULE_FIELDS, *matcher.FIELDS), required)
    _check_id(fields["id"], expected_id)
    if "learned" in fields and fields["severity"].choice(SEVERITIES) is Severity.ERROR:
        fields["severity"].fail("学得的规则最高是 warning", "warning、info")
    for name in ("message", "message-en"):
        if name in fields:
            _check_fields(fields[name])
    return Rule(
        id=expected_id,
        kind=kind,
        title=fields["title"].text(),
        title_en=_text(fields, "title-en", fields["title"].text()),
        category=fields["category"].text(),
        severity=fields["severity"].choice(SEVERITIES),
        severity_why=_text(fields, "severity-why", ""),
        basis=read_basis(fields["basis"], reader.clauses),
        why=fields["why"].text(),
        message=fields["message"].text(),
        message_en=_text(fields, "message-en", fields["message"].text()),
        suggest=fields["suggest"].texts() if "suggest" in fields else (),
        tune=_text(fields, "tune", ""),
        spec=matcher.read(expected_id, fields, value, reader),
        channels=fields["channels"].choices(CHANNELS) if "channels" in fields else (),
        scenes=fields["scenes"].choices(SCENES) if "scenes" in fields else (),
        weight=fields["weight"].number(0, 100) if "weight" in fields else None,
        is_fatal="fatal" in fields and fields["fatal"].flag(),
        is_enabled="enabled" not in fields or fields["enabled"].flag(),
        examples=read_examples(fields["examples"]),
        path=value.file.path,
    )


def _check_fields(message: Value) -> None:
    for found in _FIELD.finditer(message.text()):
        if found[1] not in _FACTS:
            message.fail(f"提示语里没有“{found[0]}”这一项", "、".join(f"{{{name}}}" for name in _FACTS), found.start())


def read_examples(value: Value) -> Examples:
    """Read the examples; at least one bad and one good, none twice."""
    fields = value.fields(("bad", "good"), required=("bad", "good"))
    bad, good = (_example_texts(fields[name], name) for name in ("bad", "good"))
    for item in fields["good"].items():
        if item.text() in {text.replace("<<", "").replace(">>", "") for text in bad}:
            item.fail("同一个例句不能既是 bad 又是 good")
    return Examples(bad, good)


def _example_texts(value: Value, name: str) -> tuple[str, ...]:
    items = value.items()
    if not items:
        value.fail(f"examples 里的 {name} 至少要有一条例句")
    seen: set[str] = set()
    for item in items:
        if item.text() in seen:
            item.fail(f"例句“{item.text()}”重复了")
        seen.add(item.text())
    return tuple(item.text() for item in items)


def _text(fields: Mapping[str, Value], name: str, otherwise: str) -> str:
    return fields[name].text() if name in fields else otherwise


def _check_id(value: Value, expected: str) -> None:
    if value.text() != expected:
        value.fail(f"id 应与文件路径一致：“{expected}”")
