"""Read one file of settings, strictly: an unknown key is an error with its place."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path

from cscheck.config import CHOICES
from cscheck.conversation import ROLES
from cscheck.errors import ConfigError
from cscheck.finding import Severity
from cscheck.settings import Layer, Origin, Setting, Suppression
from cscheck.yamlfile import Value, load

SCORE_FIELDS = ("error", "warning", "info", "times", "weights", "fatal")
SUPPRESS_FIELDS = ("rule", "path", "role", "phrase", "conversation", "reason", "until")
_SWITCHES: dict[str, Severity | None] = {"off": None, **{severity.value: severity for severity in Severity}}
_Found = Iterator[tuple[tuple[str, ...], object, Value]]


def read_file(path: Path, layer: Layer) -> Iterator[Setting]:
    """Give the settings of one file, strictly."""
    whole = load(path, ConfigError)
    for name, value in whole.fields(tuple(_READERS)).items():
        for key, item, at in _READERS[name](value):
            yield Setting((name, *key), item, Origin(layer, at.place))


def _choice(key: str) -> Callable[[Value], _Found]:
    return lambda value: iter([((), value.choice(CHOICES[key]), value)])


def _list(value: Value) -> _Found:
    for item in (value,) if value.is_text else value.items():
        yield (), item.text(), item


def _packs(value: Value) -> _Found:
    """Read packs by name, or by folder relative to the file."""
    for _, text, item in _list(value):
        folder = _beside(item, str(text))
        yield (), str(folder) if folder.is_dir() else text, item


def _baseline(value: Value) -> _Found:
    yield (), str(_beside(value, value.text())), value


def _beside(value: Value, text: str) -> Path:
    return Path(value.file.path).parent / Path(text).expanduser()


def _roles(value: Value) -> _Found:
    for name, (_, item) in value.pairs().items():
        yield (name,), item.choice({role: role for role in ROLES}), item


def _columns(value: Value) -> _Found:
    for name, (_, item) in value.pairs().items():
        yield (name,), item.text(), item


def _rules(value: Value) -> _Found:
    for name, (_, item) in value.pairs().items():
        yield (name,), item.choice(_SWITCHES), item


def _score(value: Value) -> _Found:
    for name, item in value.fields(SCORE_FIELDS).items():
        if name == "weights":
            for rule, (_, weight) in item.pairs().items():
                yield (name, rule), weight.number(0, 100), weight
        elif name == "fatal":
            for _, text, at in _list(item):
                yield (name,), text, at
        else:
            number = item.number(1 if name == "times" else 0, 1000)
            yield (name,), int(number) if name == "times" else number, item


def _suppress(value: Value) -> _Found:
    for item in value.items():
        fields = item.fields(SUPPRESS_FIELDS, required=("reason",))
        if not set(fields) - {"reason", "until"}:
            item.fail("至少要说明屏蔽什么", allowed="、".join(SUPPRESS_FIELDS[:5]))
        text = {name: fields[name].text() for name in ("rule", "path", "phrase", "conversation") if name in fields}
        yield (
            (),
            Suppression(
                reason=fields["reason"].text(),
                role=fields["role"].choice({role: role for role in ROLES}) if "role" in fields else None,
                until=_date(fields["until"]) if "until" in fields else None,
                origin=Origin("project", item.place),
                **text,
            ),
            item,
        )


def _date(value: Value) -> datetime.date:
    try:
        return datetime.date.fromisoformat(value.text())
    except ValueError:
        value.fail("日期要写成 2026-12-31 这样")


_READERS: dict[str, Callable[[Value], _Found]] = {
    "packs": _packs,
    "lang": _choice("lang"),
    "fail-on": _choice("fail-on"),
    "min-severity": _choice("min-severity"),
    "learned": _choice("learned"),
    "channel": _choice("channel"),
    "roles": _roles,
    "columns": _columns,
    "exclude": _list,
    "rules": _rules,
    "score": _score,
    "suppress": _suppress,
    "baseline": _baseline,
}
