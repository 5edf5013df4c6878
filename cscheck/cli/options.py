"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from cscheck.cli.params import option
from cscheck.conversation import CHANNELS, ROLES
from cscheck.language import LANGUAGES, say
from cscheck.settings import FAIL_ON

if TYPE_CHECKING:
    from pathlib import Path

F = TypeVar("F", bound=Callable[..., Any])


class Pairs(click.ParamType):  # type: ignore[type-arg]
    """``name=value``; both sides are needed, and the value may be one of a few."""

    name = "pair"

    def __init__(self, values: tuple[str, ...] = ()) -> None:
        self.values = values

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401
        """Read one pair."""
        if isinstance(value, tuple):
            return value
        name, sign, right = str(value).partition("=")
        if not sign or not name.strip() or not right.strip():
            self.fail(say(f"“{value}”应写成 名称=值", f"'{value}' should be NAME=VALUE"), param, ctx)
        if self.values and right.strip() not in self.values:
            allowed = "、".join(self.values)
            self.fail(say(f"“{right}”不可用；可用：{allowed}", f"'{right}' is none of {allowed}"), param, ctx)
        return name.strip(), right.strip()


class Jobs(click.ParamType):  # type: ignore[type-arg]
    """A number of processes, or ``auto``, which is None."""

    name = "jobs"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401
        """Read a number from 1 on."""
        if value == "auto":
            return None
        text = str(value)
        if not text.isdecimal() or not 1 <= int(text) <= _MOST_JOBS:
            self.fail(
                say(
                    f"“{value}”应是 1 到 {_MOST_JOBS} 的整数，或 auto",
                    f"'{value}' is no number up to {_MOST_JOBS}, nor auto",
                ),
                param,
                ctx,
            )
        return int(text)


_MOST_JOBS = 512


def _all(*decorators: Callable[[F], F]) -> Callable[[F], F]:
    def decorate(function: F) -> F:
        for decorator in reversed(decorators):
            function = decorator(function)
        return function

    return decorate


def _path(text: str) -> Path:
    # To import it takes long, and few commands are given a path.
    from pathlib import Path

    return Path(text)


language = option(
    "--lang", type=click.Choice(LANGUAGES), zh="界面和提示的语言", en="language of interface and messages"
)
config = option(
    "--config",
    "config_file",
    type=_path,
    metavar="FILE",
    zh="配置文件；默认从当前文件夹逐级向上找 cscheck.yaml",
    en="settings file; by default cscheck.yaml here or in a folder above",
)
excused = option(
    "--excused",
    is_flag=True,
    zh="列出差一点命中、被守卫放过的说法",
    en="list what was nearly found, and the guard that let it pass",
)
no_learned = option(
    "--no-learned",
    is_flag=True,
    zh="不用从标注里学得的规则，只用写明的句式",
    en="leave out what was learned from labels, patterns only",
)


def _no_cache(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        from cscheck import cache

        cache.disable()


packs = _all(
    option(
        "--pack",
        "packs",
        multiple=True,
        metavar="NAME|DIR",
        zh="再加一个规则包（名称或文件夹，可重复）",
        en="add a rule pack, by name or folder; may be repeated",
    ),
    option(
        "--only-pack",
        "only_packs",
        multiple=True,
        metavar="NAME|DIR",
        zh="只用这些规则包，不用默认的（可重复）",
        en="use only these packs; may be repeated",
    ),
    option(
        "--no-cache",
        is_flag=True,
        expose_value=False,
        callback=_no_cache,
        zh="不用也不写缓存，规则包重新读一遍",
        en="neither read nor write the cache: read the packs anew",
    ),
)
reading = _all(
    option("--input-format", metavar="NAME", zh="对话的格式；默认自动识别", en="format of the transcripts"),
    option(
        "--column",
        "columns",
        type=Pairs(),
        multiple=True,
        metavar="FIELD=HEADER",
        zh="表格里哪一列是什么，如 role=发送方（可重复）",
        en="which column is what, e.g. role=sender; may be repeated",
    ),
    option(
        "--role",
        "roles",
        type=Pairs(ROLES),
        multiple=True,
        metavar="NAME=ROLE",
        zh="某个称呼是什么角色，如 小王=agent（可重复）",
        en="who a name is, e.g. Wang=agent; may be repeated",
    ),
    option("--encoding", metavar="NAME", zh="文件编码；默认自动判断", en="encoding of the files"),
)
channel = option(
    "--channel", type=click.Choice(CHANNELS), zh="文件没有写明时的渠道", en="channel where files name none"
)
fail_on = option(
    "--fail-on",
    type=click.Choice(FAIL_ON),
    zh="有这一级或更重的发现时退出码为 1（默认 error）",
    en="exit 1 on findings this heavy or heavier (default error)",
)
min_severity = option(
    "--min-severity",
    type=click.Choice(("info", "warning", "error")),
    zh="只显示这一级和更重的发现",
    en="show only findings this heavy or heavier",
)
width = option("--width", type=click.IntRange(40, 400), metavar="N", zh="输出宽度（列）", en="columns of output")
jobs = option(
    "--jobs",
    "-j",
    type=Jobs(),
    metavar="N|auto",
    default="auto",
    zh="用几个进程；默认 auto：内容多时用上全部核心，少时只用一个",
    en="processes; auto, the default, uses all cores where there is much to read, otherwise one",
)
