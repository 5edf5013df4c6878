"""``cscheck draft``: a reply looked at before it is sent."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cscheck.cli import options
from cscheck.cli.exits import Exit
from cscheck.cli.params import command, option
from cscheck.conversation import SCENES, Channel, Conversation, Scene
from cscheck.language import say

if TYPE_CHECKING:
    from cscheck.sources import ReadOptions


@command(
    "draft",
    "发送之前检查一条回复：哪里不妥、换成怎么说、还有什么该说。\n\nTEXT 省略或写 - 时读标准输入。",
    "Look at a reply before it is sent: what is wrong, what to say instead, what is still owed.\n\n"
    "Without TEXT, or with -, standard input is read.",
)
@click.argument("text", required=False, metavar="[TEXT]")
@option(
    "--context",
    "context_file",
    metavar="FILE",
    zh="此前的对话（文件里的第一段）",
    en="the conversation so far: the first in this file",
)
@options.reading
@options.channel
@option(
    "--scene",
    type=click.Choice(SCENES),
    zh="场景；默认从客户的话判断",
    en="scene; told by the customer's words by default",
)
@option("--format", "format_", type=click.Choice(("terminal", "json")), default="terminal", zh="输出格式", en="output")
@option("--acts", is_flag=True, zh="标出识别到的行为", en="show the acts that were heard")
@options.excused
@options.fail_on
@options.no_learned
@options.packs
@options.config
@options.language
@options.width
def draft(
    text: str | None,
    *,
    context_file: str | None,
    input_format: str | None,
    columns: tuple[tuple[str, str], ...],
    roles: tuple[tuple[str, str], ...],
    encoding: str | None,
    channel: str | None,
    scene: Scene | None,
    format_: str,
    acts: bool,
    excused: bool,
    fail_on: str | None,
    no_learned: bool,
    packs: tuple[str, ...],
    only_packs: tuple[str, ...],
    config_file: Path | None,
    lang: str | None,
    width: int | None,
) -> Exit:
    """Check a draft."""
    from cscheck.cli import output as out
    from cscheck.cli.run import Run
    from cscheck.cli.session import session
    from cscheck.reporters import reporter
    from cscheck.reporters.context import Context
    from cscheck.sources import ReadOptions

    reply = _reply(text, encoding)
    flags = {
        "columns": dict(columns),
        "roles": dict(roles),
        "channel": channel,
        "fail-on": fail_on,
        "learned": "off" if no_learned else None,
        "lang": lang,
    }
    work = session(
        config_file=config_file,
        packs=packs,
        only_packs=only_packs,
        paths=[context_file] if context_file else [],
        flags=flags,
    )
    config = work.config
    reading = ReadOptions(input_format, config.columns, config.roles, config.channel, encoding)
    before = _context(context_file, reading, config.channel, scene)
    checker = work.checker()
    report = checker.draft(reply, before, acts=acts, excused=excused)
    run = Run(checker=checker, options=reading, is_draft=True)
    run.count(report)
    context = Context(
        packs=checker.packs,
        act_titles=work.act_titles(checker.ruleset),
        width=out.columns(width, sys.stdout),
        color=out.has_color(sys.stdout),
        acts=acts,
        excused=excused,
        draft=True,
    )
    out.write(reporter(format_).render([report], context), None, for_machines=format_ == "json")
    return run.exit_code(config.fail_on)


def _reply(text: str | None, encoding: str | None) -> str:
    """Give the reply as written, or as standard input holds it; raises SourceError where that is no text."""
    from cscheck.sources.source import Source

    if text is None and sys.stdin.isatty():
        raise click.UsageError(
            say("要检查的回复在哪里？写在命令后面，或从标准输入送来", "no TEXT, and nothing on standard input")
        )
    reply = Source.open("-", sys.stdin.buffer, encoding).text() if text is None or text == "-" else text
    reply = reply.rstrip("\r\n")
    if not reply.strip():
        raise click.UsageError(say("回复是空的", "the reply is empty"))
    return reply


def _context(path: str | None, reading: ReadOptions, channel: Channel | None, scene: Scene | None) -> Conversation:
    """Read the conversation so far; raises SourceError."""
    from cscheck.errors import Place, SourceError
    from cscheck.sources import read

    before = Conversation(id="draft", turns=(), channel=channel, complete=False)
    if path is not None:
        found = next(read([path], reading), None)
        if found is None:
            raise SourceError(say("文件里没有对话。", "no conversation in the file."), Place(path))
        if isinstance(found, SourceError):
            raise found
        before = replace(found, complete=False)
    return replace(before, scene=scene) if scene else before
