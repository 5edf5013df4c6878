"""``cscheck config show``: every setting, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from cscheck.cli import options
from cscheck.cli.params import Group, command
from cscheck.display import padded, visible, width
from cscheck.language import Text, current, say
from cscheck.settings import Config, Setting, Suppression

_LAYERS = {
    "default": Text("默认", "default"),
    "user": Text("用户配置", "user file"),
    "project": Text("项目配置", "project file"),
    "environment": Text("环境变量", "environment"),
    "command-line": Text("命令行", "command line"),
}


@click.group(
    "config",
    cls=Group,
    lazy={"show": "cscheck.cli.config:show"},
    texts=Text("查看设置。", "Look at the settings."),
)
def config() -> None:
    """Work with settings."""


@command("show", "列出每项设置的值和来源。", "List every setting with its value and origin.")
@options.packs
@options.config
@options.channel
@options.fail_on
@options.min_severity
@options.language
def show(
    packs: tuple[str, ...],
    only_packs: tuple[str, ...],
    config_file: Path | None,
    channel: str | None,
    fail_on: str | None,
    min_severity: str | None,
    lang: str | None,
) -> None:
    """Show settings."""
    from cscheck.cli.session import session
    from cscheck.load.packs import available

    flags = {"channel": channel, "fail-on": fail_on, "min-severity": min_severity, "lang": lang}
    work = session(config_file=config_file, packs=packs, only_packs=only_packs, flags=flags)
    rows = [
        (_key(item), _value(item.value, is_switch=item.key[0] == "rules"), _origin(item))
        for item in _in_force(work.config)
    ]
    known = available()
    named = {str(item.value) for item in work.config.settings if item.key == ("packs",)}
    for pack in reversed([pack for pack in work.packs if pack not in named]):
        shipped = say("随 cscheck 提供", "ships with cscheck") if pack in known else say("在对话旁找到", "found here")
        rows.insert(0, ("packs", pack, shipped))
    first = max(width(row[0]) for row in rows)
    second = min(max(width(row[1]) for row in rows), 60)
    for key, value, origin in rows:
        click.echo(f"{padded(visible(key), first)}  {padded(visible(value), second)}  {visible(origin)}")


def _in_force(config: Config) -> Iterator[Setting]:
    """Give the settings that count: every element of a list, and of anything else the last."""
    many = {("packs",), ("exclude",), ("suppress",), ("score", "fatal")}
    last = {item.key: item for item in config.settings}
    for item in sorted(config.settings, key=lambda item: item.key):
        if item.key in many or last[item.key] is item:
            yield item


def _key(setting: Setting) -> str:
    return ".".join(setting.key)


def _value(value: object, *, is_switch: bool = False) -> str:
    if value is None:
        return "off" if is_switch else say("（无）", "(none)")
    if isinstance(value, Suppression):
        parts = [value.rule, value.path, value.role, value.phrase, value.conversation]
        until = say(f"，到 {value.until}", f", until {value.until}") if value.until else ""
        return " ".join(part for part in parts if part) + f": {value.reason}{until}"
    if isinstance(value, float):
        return f"{value:g}"
    return str(getattr(value, "value", value))


def _origin(setting: Setting) -> str:
    label = str(_LAYERS[setting.origin.layer])
    where = str(setting.origin)
    return label + (f" {where}" if current() == "en" else f"  {where}" if where else "")
