"""``cscheck draft``: a reply looked at before it is sent."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from cscheck.cli import options
from cscheck.cli.exits import Exit
from cscheck.cli.params import command, option
from cscheck.conversation import SCENES, Conversation, Scene
from cscheck.finding import Severity
from cscheck.language import say

if TYPE_CHECKING:
    from pathlib import Path

    from cscheck.checker import Report
    from cscheck.settings import Config


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
    from cscheck.cli.session import session
    from cscheck.reporters import reporter
    from cscheck.reporters.context import Context

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
    before = Conversation(id="draft", turns=(), channel=config.channel, complete=False)
    if context_file is not None:
        before = _read(context_file, config, input_format, encoding)
    if scene:
        before = replace(before, scene=scene)
    checker = work.checker()
    report = checker.draft(reply, before, acts=acts, excused=excused)
    context = Context(
        packs=checker.packs,
        act_titles=work.act_titles(checker.ruleset),
        width=out.columns(width, sys.stdout),
        color=out.has_color(sys.stdout),
        acts=acts,
        excused=excused,
    )
    render = reporter("draft" if format_ == "terminal" else format_).render
    out.write(render([report], context), None, for_machines=format_ == "json")
    return _exit(report, config.fail_on)


def _reply(text: str | None, encoding: str | None) -> str:
    """Give the reply as written, or as standard input holds it; raises SourceError where that is no text."""
    if text is None and sys.stdin.isatty():
        raise click.UsageError(
            say("要检查的回复在哪里？写在命令后面，或从标准输入送来", "no TEXT, and nothing on standard input")
        )
    if text is None or text == "-":
        from cscheck.sources.source import Source

        text = Source.open("-", sys.stdin.buffer, encoding).text()
    reply = text.rstrip("\r\n")
    if not reply.strip():
        raise click.UsageError(say("回复是空的", "the reply is empty"))
    return reply


def _read(path: str, config: Config, input_format: str | None, encoding: str | None) -> Conversation:
    """Read the conversation so far; raises SourceError."""
    from cscheck.errors import Place, SourceError
    from cscheck.sources import ReadOptions, read

    found = next(read([path], ReadOptions(input_format, config.columns, config.roles, config.channel, encoding)), None)
    if found is None:
        raise SourceError(say("文件里没有对话。", "no conversation in the file."), Place(path))
    if isinstance(found, SourceError):
        raise found
    return replace(found, complete=False)


def _exit(report: Report, fail_on: str) -> Exit:
    """Judge by what patterns found: before sending, what was only learned warns and never blocks."""
    found = [finding.severity for finding in report.findings if not finding.is_learned]
    if fail_on != "never" and any(severity >= Severity(fail_on) for severity in found):
        return Exit.FINDINGS
    return Exit.CLEAN
