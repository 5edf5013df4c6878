"""Read the settings in layers: defaults, the user's file, the project's, the environment, the command line.

Scalars of a later layer replace, mappings merge name by name, lists grow. An unknown key is an error with its place.
"""
# Most often there is no file, and pathlib takes longer to import than to find that out.
# ruff: noqa: PTH113, PTH118, PTH120

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from cscheck.conversation import CHANNELS
from cscheck.errors import ConfigError, Place
from cscheck.finding import Severity
from cscheck.folders import user_folder
from cscheck.language import LANGUAGES
from cscheck.settings import FAIL_ON, Config, Layer, Origin, Scoring, Setting, Suppression

if TYPE_CHECKING:
    from pathlib import Path

PROJECT_FILE = "cscheck.yaml"


def load_config(
    given: Path | None = None,
    flags: Mapping[str, object] | None = None,
    *,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> Config:
    """Read all layers; ``given`` stands in for the project's file. Raises ConfigError."""
    settings = list(_defaults())
    for path, layer in files(given, folder):
        # Most often there is no file, and no need to know how YAML is read.
        from cscheck.config_file import read_file

        settings += read_file(path, layer)
    settings += _environment(os.environ if environment is None else environment)
    settings += _flags(flags or {})
    return merge(settings)


def files(given: Path | None = None, folder: Path | None = None) -> Iterator[tuple[Path, Layer]]:
    """Give the files that hold settings, with the layer of each."""
    if os.path.isfile(_user_file()):
        yield user_file(), "user"
    project = given or find_project_file(folder or os.curdir)
    if project:
        yield project, "project"


def user_file() -> Path:
    """Give the path of the user's own settings."""
    from pathlib import Path

    return Path(_user_file())


def _user_file() -> str:
    return os.path.join(user_folder("config"), "config.yaml")


def find_project_file(folder: str | Path) -> Path | None:
    """Look for ``cscheck.yaml`` here and in every folder above."""
    here, above = None, os.path.realpath(folder)
    while here != above:
        here, above = above, os.path.dirname(above)
        if os.path.isfile(file := os.path.join(here, PROJECT_FILE)):
            from pathlib import Path

            return Path(file)
    return None


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
        baseline=_path(scalars[("baseline",)]),
        settings=everything,
    )


def _path(text: object) -> Path | None:
    if not text:
        return None
    from pathlib import Path

    return Path(str(text))


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
CHOICES: dict[str, Mapping[str, object]] = {
    "lang": {name: name for name in LANGUAGES},
    "fail-on": {name: name for name in FAIL_ON},
    "min-severity": {severity.value: severity for severity in Severity},
    "learned": {"on": True, "off": False},
    "channel": {name: name for name in CHANNELS},
}


def _plain(key: str, text: str, name: str) -> object:
    options = CHOICES.get(key)
    if options is None:
        return text
    if text not in options:
        raise ConfigError(f"“{text}”不在可用的值里", Place(name), allowed="、".join(options))
    return options[text]


def _texts(settings: Iterable[Setting], *key: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(item.value) for item in settings if item.key == key))


def _named(settings: Iterable[Setting], *key: str) -> dict[str, object]:
    depth = len(key)
    return {item.key[depth]: item.value for item in settings if item.key[:depth] == key and len(item.key) == depth + 1}
