"""``cscheck rules new``: start a rule in a pack of one's own."""

from __future__ import annotations

import re
from pathlib import Path

import click

from cscheck.cli import options
from cscheck.cli.params import command, option
from cscheck.language import say

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PACK = """\
id: {id}
version: "0.1.0"
title: {id}
extends: [core]
"""
_RULE = """\
# 怎么写：docs/writing-rules.zh-CN.md。填好下面的“……”，再运行 cscheck rules test {id} --pack {folder}
id: {id}
title: ……（一句话：不说什么，或要说什么）
category: forbidden-negative
severity: warning           # error 确定、warning 可能、info 提示
severity-why: ……（为什么是这一级）
basis:
  - {{clause: ……（哪份规范第几条）, kind: house}}
why: ……（为什么不该这么说，写给被指出的人看）
message: “{{text}}”……（哪里不好）
suggest: [……（可以改成怎么说）]

# 要抓的说法，每行一个；(甲|乙) 任选其一，[的] 可有可无，… 中间可隔几个字。
patterns:
  - 换成要抓的说法

examples:
  bad:                      # 应命中的文字用 <<…>> 标出；换成自己的例句
    - 换成一句<<应命中>>的话
  good:                     # 不该命中的；换成自己的例句
    - 换成一句不该命中的话
"""


@command(
    "new",
    "在自己的规则包里新建一条规则（含例句的样板）。\n\nID 形如 negative/no-idea；规则包的名字可写可不写。",
    "Start a rule in a pack of your own, examples included.\n\nID is like negative/no-idea.",
)
@click.argument("name", metavar="ID")
@option(
    "--pack",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    metavar="DIR",
    zh="规则包的文件夹；没有 pack.yaml 就新建",
    en="folder of the pack; made where there is none",
)
@options.language
def new(name: str, folder: Path, lang: str | None) -> None:
    """Start a rule."""
    from cscheck.errors import ConfigError, Place

    pack_file = folder / "pack.yaml"
    pack = _pack_id(pack_file, folder)
    parts = name.removeprefix(f"{pack}/").split("/")
    if not all(_NAME.fullmatch(part) for part in parts):
        raise ConfigError(
            say(f"“{name}”不能作规则编号", f"'{name}' cannot be the id of a rule"),
            allowed=say("小写字母、数字和连字符，用 / 分级", "lower-case letters, digits, hyphens, steps by /"),
        )
    path = folder.joinpath("rules", *parts).with_suffix(".yaml")
    if path.exists():
        raise ConfigError(say("已有这条规则", "this rule exists"), Place(str(path)))
    path.parent.mkdir(parents=True, exist_ok=True)
    if not pack_file.exists():
        pack_file.write_text(_PACK.format(id=pack), encoding="utf-8")
        click.echo(pack_file)
    path.write_text(_RULE.format(id="/".join((pack, *parts)), folder=folder), encoding="utf-8")
    click.echo(path)


def _pack_id(pack_file: Path, folder: Path) -> str:
    from cscheck.load.packs import PACK_FIELDS
    from cscheck.yamlfile import load

    if pack_file.is_file():
        return load(pack_file).fields(PACK_FIELDS, required=("id",))["id"].text()
    name = re.sub(r"[^a-z0-9]+", "-", folder.resolve().name.lower()).strip("-")
    return name or "own"
