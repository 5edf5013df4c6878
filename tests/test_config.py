"""Settings: layers, origins, strictness."""

from __future__ import annotations

from pathlib import Path

import pytest

from cscheck.config import find_project_file, load_config, user_file
from cscheck.errors import ConfigError
from cscheck.finding import Severity


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    here = tmp_path / "work" / "deep"
    here.mkdir(parents=True)
    return here


def test_later_layers_win_and_remember_where_they_come_from(folder: Path) -> None:
    write(user_file(), "lang: en\nchannel: email\nfail-on: warning\nexclude: [a]\nroles: {小王: agent}\n")
    project = write(
        folder.parent / "cscheck.yaml", "channel: phone\nfail-on: info\nexclude: [b]\nroles: {小李: customer}\n"
    )
    config = load_config(environment={"CSCHECK_FAIL_ON": "never"}, flags={"exclude": ("c",)}, folder=folder)
    assert (config.lang, config.channel, config.fail_on) == ("en", "phone", "never")
    assert config.exclude == ("a", "b", "c")
    assert config.roles == {"小王": "agent", "小李": "customer"}
    layers = {key: config.origin(key) for key in ("lang", "channel", "fail-on", "min-severity")}
    assert [origin.layer if origin else None for origin in layers.values()] == [
        "user", "project", "environment", "default",
    ]  # fmt: skip
    assert str(layers["channel"]) == f"{project.resolve()}:1:10"


def test_the_nearest_project_file_counts(folder: Path) -> None:
    write(folder.parent / "cscheck.yaml", "lang: en\n")
    near = write(folder / "cscheck.yaml", "lang: zh\n")
    assert find_project_file(folder) == near.resolve()
    assert load_config(environment={}, folder=folder).lang == "zh"


def test_all_of_it(folder: Path) -> None:
    write(folder / "packs" / "shop" / "pack.yaml", "id: shop\nversion: 1\n")
    path = write(
        folder / "own.yaml",
        """\
packs: [core, packs/shop]
min-severity: warning
columns: {role: 发送方}
rules: {core/negative: off, core/closing/thanks: info}
score: {error: 20, times: 1, weights: {core/vague: 2.5}, fatal: [core/privacy]}
suppress:
  - {rule: core/negative, phrase: 不知道, path: "*.txt", role: agent, conversation: c1, reason: 试用, until: 2026-12-31}
baseline: known.json
""",
    )
    config = load_config(path, environment={}, folder=folder)
    assert config.packs == ("core", str(folder / "packs" / "shop"))
    assert config.min_severity is Severity.WARNING
    assert config.columns == {"role": "发送方"}
    assert config.rules == {"core/negative": None, "core/closing/thanks": Severity.INFO}
    assert (config.scoring.error, config.scoring.warning, config.scoring.times) == (20, 3, 1)
    assert config.scoring.weights == {"core/vague": 2.5}
    assert config.scoring.fatal == ("core/privacy",)
    assert config.baseline == folder / "known.json"
    (entry,) = config.suppress
    assert (entry.rule, entry.phrase, str(entry.until)) == ("core/negative", "不知道", "2026-12-31")
    assert entry.origin is not None
    assert str(entry.origin) == f"{path}:7:5"


WRONG = {
    "language: en": ("1:1", "不认识的字段“language”", "lang"),
    "lang: fr": ("1:7", "“fr”不在可用的值里", "zh、en"),
    "lang: zh\nlang: en": ("2:1", "写了两次", ""),
    "roles: {小王: boss}": ("1:13", "“boss”", "agent"),
    "rules: {core/x: fatal}": ("1:17", "“fatal”", "off"),
    "score: {errors: 3}": ("1:9", "errors", "error"),
    "score: {error: many}": ("1:16", "不是数字", ""),
    "score: {times: 0}": ("1:16", "超出范围", "1 到 1000"),
    "suppress: [{rule: x}]": ("1:12", "缺少字段“reason”", ""),
    "suppress: [{reason: x}]": ("1:12", "至少要说明屏蔽什么", "rule"),
    "suppress: [{rule: x, reason: y, until: 明天}]": ("1:40", "2026-12-31", ""),
    "lang: [zh": ("", "YAML 写法有误", ""),
    "": ("", "文件是空的", ""),
}


@pytest.mark.parametrize("text", WRONG)
def test_a_wrong_setting_is_located(folder: Path, text: str) -> None:
    place, message, allowed = WRONG[text]
    path = write(folder / "cscheck.yaml", text)
    with pytest.raises(ConfigError) as caught:
        load_config(environment={}, folder=folder)
    assert str(caught.value).startswith(f"{path.resolve()}:{place}" if place else str(path.resolve()))
    assert message in str(caught.value)
    assert allowed in str(caught.value)


def test_a_wrong_variable_is_named(folder: Path) -> None:
    with pytest.raises(ConfigError, match="CSCHECK_LANG"):
        load_config(environment={"CSCHECK_LANG": "fr"}, folder=folder)


def test_a_missing_file_is_an_error(folder: Path) -> None:
    with pytest.raises(ConfigError, match="nowhere"):
        load_config(folder / "nowhere.yaml", environment={}, folder=folder)
