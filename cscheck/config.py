"""Read the settings in layers: defaults, the user's file, the project's, the environment, the command line.

Scalars of a later layer replace, mappings merge name by name, lists grow. An unknown key is an error with its place.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from cscheck.conversation import CHANNELS, ROLES
from cscheck.errors import ConfigError, Place
from cscheck.finding import Severity
from cscheck.language import LANGUAGES
from cscheck.settings import FAIL_ON, Config, Layer, Origin, Scoring, Setting, Suppression
from cscheck.yamlfile import Value, load

PROJECT_FILE = "cscheck.yaml"
SCORE_FIELDS = ("error", "warning", "info", "times", "weights", "fatal")
SUPPRESS_FIELDS = ("rule", "path", "role", "phrase", "conversation", "reason", "until")
_SEVERITIES = {severity.value: severity for severity in Severity}
_SWITCHES: dict[str, Severity | None] = {"off": None, **_SEVERITIES}
_Found = Iterator[tuple[tuple[str, ...], object, Value]]


def load_config(
    given: Path | None = None,
    flags: Mapping[str, object] | None = None,
    *,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> Config:
    """Read all layers; ``given`` stands in for the project's file. Raises ConfigError."""
    settings = list(_defaults())
    user = user_file()
    if user.is_file():
        settings += read_file(user, "user")
    project = given or find_project_file(folder or Path.cwd())
    if project:
        settings += read_file(project, "project")
    settings += _environment(os.environ if environment is None else environment)
    settings += _flags(flags or {})
    return merge(settings)


def user_file() -> Path:
    """Give the path of the user's own settings."""
    import platformdirs

    return Path(platformdirs.user_config_dir("cscheck", appauthor=False)) / "config.yaml"


def find_project_file(folder: Path) -> Path | None:
    """Look for ``cscheck.yaml`` here and in every folder above."""
    here = folder.resolve()
    return next((base / PROJECT_FILE for base in (here, *here.parents) if (base / PROJECT_FILE).is_file()), None)


def read_file(path: Path, layer: Layer) -> Iterator[Setting]:
    """Give the settings of one file, strictly."""
    whole = load(path, ConfigError)
    for name, value in whole.fields(tuple(_READERS)).items():
        for key, item, at in _READERS[name](value):
            yield Setting((name, *key), item, Origin(layer, at.place))


def merge(settings: Iterable[Setting]) -> Config:
    """Put settings together, later ones over earlier ones."""
    everything = tuple(settings)
    scalars = {item.key: item.value for item in everything}
    score = {name: scalars[("score", name)] for name in ("error", "warning", "info", "times")}
    return Config(
        packs=_texts(everything, "packs"),
        lang=str(scalars[("lang",)]),
        fail_on=str(scalars[("fail-on",)]),
        min_severity=scalars[("min-severity",)],  # type: ignore[arg-type]
        learned=bool(scalars[("learned",)]),
        channel=scalars[("channel",)],  # type: ignore[arg-type]
        roles=_named(everything, "roles"),  # type: ignore[arg-type]
        columns=_named(everything, "columns"),  # type: ignore[arg-type]
        exclude=_texts(everything, "exclude"),
        rules=_named(everything, "rules"),  # type: ignore[arg-type]
        scoring=Scoring(
            **score,  # type: ignore[arg-type]
            weights=_named(everything, "score", "weights"),  # type: ignore[arg-type]
            fatal=_texts(everything, "score", "fatal"),
        ),
        suppress=tuple(item.value for item in everything if isinstance(item.value, Suppression)),
        baseline=Path(str(scalars[("baseline",)])) if scalars[("baseline",)] else None,
        settings=everything,
    )


def _defaults() -> Iterator[Setting]:
    plain = Scoring()
    values: dict[tuple[str, ...], object] = {
        ("lang",): "zh",
        ("fail-on",): "error",
        ("min-severity",): Severity.INFO,
        ("learned",): True,
        ("channel",): None,
        ("baseline",): None,
        ("score", "error"): plain.error,
        ("score", "warning"): plain.warning,
        ("score", "info"): plain.info,
        ("score", "times"): plain.times,
    }
    for key, value in values.items():
        yield Setting(key, value, Origin("default"))


def _environment(environment: Mapping[str, str]) -> Iterator[Setting]:
    for key in ("lang", "fail-on", "min-severity", "learned", "channel", "packs", "exclude", "baseline"):
        name = "CSCHECK_" + key.upper().replace("-", "_")
        text = environment.get(name, "").strip()
        if not text:
            continue
        origin = Origin("environment", name=name)
        for part in text.split(os.pathsep) if key in ("packs", "exclude") else (text,):
            yield Setting((key,), _plain(key, part, name), origin)


def _flags(flags: Mapping[str, object]) -> Iterator[Setting]:
    for key, value in flags.items():
        origin = Origin("command-line", name="--" + _OPTIONS.get(key, key))
        if isinstance(value, Mapping):
            for name, inner in value.items():
                yield Setting((key, name), inner, origin)
        elif isinstance(value, tuple):
            for inner in value:
                yield Setting((key,), inner, origin)
        elif value is not None:
            yield Setting((key,), _plain(key, str(value), str(origin)), origin)


_OPTIONS = {"packs": "pack", "roles": "role", "columns": "column"}
_PLAIN: dict[str, Mapping[str, object]] = {
    "lang": {name: name for name in LANGUAGES},
    "fail-on": {name: name for name in FAIL_ON},
    "min-severity": _SEVERITIES,
    "learned": {"on": True, "off": False},
    "channel": {name: name for name in CHANNELS},
}


def _plain(key: str, text: str, name: str) -> object:
    options = _PLAIN.get(key)
    if options is None:
        return text
    if text not in options:
        raise ConfigError(f"“{text}”不在可用的值里", Place(name), allowed="、".join(options))
    return options[text]


def _choice(key: str) -> Callable[[Value], _Found]:
    return lambda value: iter([((), value.choice(_PLAIN[key]), value)])


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


def _texts(settings: Iterable[Setting], *key: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(item.value) for item in settings if item.key == key))


def _named(settings: Iterable[Setting], *key: str) -> dict[str, object]:
    depth = len(key)
    return {item.key[depth]: item.value for item in settings if item.key[:depth] == key and len(item.key) == depth + 1}
