"""The program around the commands: its language, and how every failure ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

import click

from cscheck.cli.exits import Exit
from cscheck.cli.output import ReaderGone
from cscheck.cli.params import Group
from cscheck.display import visible
from cscheck.errors import CscheckError
from cscheck.language import LANGUAGES, say, use


class Program(Group):
    """The command line as a whole."""

    def main(self, args: Sequence[str] | None = None, *rest: Any, **kwargs: Any) -> NoReturn:  # noqa: ANN401
        """Run, and end with an exit code whatever happens."""
        arguments = list(sys.argv[1:] if args is None else args)
        kwargs["standalone_mode"] = False
        try:
            use(early_language(arguments, os.environ))
            code = super().main(arguments, *rest, **kwargs)
            sys.stdout.flush()
        except click.exceptions.Exit as exit_:
            code = exit_.exit_code
        except click.exceptions.NoArgsIsHelpError as problem:
            code = _fail(problem.format_message())
        except click.ClickException as problem:
            code = _fail(_usage(problem))
        except CscheckError as problem:
            code = _fail(str(problem))
        except (click.Abort, KeyboardInterrupt):
            code = Exit.INTERRUPTED
            print(say("已中断", "Interrupted"), file=sys.stderr)
        except ReaderGone:
            # Writing the rest at shutdown must not complain again.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = Exit.FAILED
        sys.exit(int(code) if isinstance(code, int) else Exit.CLEAN)


def early_language(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """Tell the language before anything is parsed, so that help and usage errors have it too."""
    for index, argument in enumerate(arguments):
        name, _, value = argument.partition("=")
        if name == "--lang":
            value = value or (arguments[index + 1] if index + 1 < len(arguments) else "")
            if value in LANGUAGES:
                return value
    asked = environment.get("CSCHECK_LANG", "")
    if asked in LANGUAGES:
        return asked
    return "zh" if "--version" in arguments else _configured(arguments)


def _configured(arguments: Sequence[str]) -> str:
    from cscheck.config import files, load_config

    try:
        return load_config(environment={}).lang if any(files()) else "zh"
    except (CscheckError, OSError):
        # The command itself reports what is wrong with the settings.
        return "zh"


def _fail(message: str) -> Exit:
    lines = [visible(line) for line in message.split("\n")]
    print("\n".join(lines), file=sys.stderr)
    return Exit.FAILED


def _usage(problem: click.ClickException) -> str:
    """Say what is wrong with a command line."""
    context = getattr(problem, "ctx", None)
    hint = ""
    if context is not None:
        path = context.command_path
        hint = "\n" + say(f"用 {path} --help 查看用法", f"Try {path} --help")
    return _sentence(problem) + hint


def _sentence(problem: click.ClickException) -> str:
    english = problem.format_message()
    if isinstance(problem, click.NoSuchOption):
        near = "、".join(problem.possibilities or ())
        close = f"；是不是 {near}" if near else ""
        return say(f"没有选项 {problem.option_name}{close}", english)
    if "No such command" in english:
        # Older versions of click have no class for this.
        return say("没有这个命令：" + english.split("'")[1], english)
    if isinstance(problem, click.MissingParameter):
        name = problem.param.make_metavar(problem.ctx) if problem.param and problem.ctx else ""
        return say(f"缺少参数 {name}", english)
    if isinstance(problem, click.BadParameter):
        param = problem.param
        name = param.opts[0] if param else ""
        if param and isinstance(param.type, click.Choice):
            return say(f"{name} 的值不对；可用：{'、'.join(map(str, param.type.choices))}", english)
        return say(f"{name} 的值不对：{problem.message}", english)
    if isinstance(problem, click.BadOptionUsage):
        return say(f"选项 {problem.option_name} 用法不对，例如缺了它的值", english)
    if isinstance(problem, click.FileError):
        return say(f"打不开文件 {problem.ui_filename}：{problem.message}", english)
    return english
