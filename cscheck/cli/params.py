"""Click's commands and options, speaking both languages: texts are chosen when help is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import click

from cscheck.display import padded, width, wrap
from cscheck.language import Text, say

F = TypeVar("F", bound=Callable[..., Any])


class Formatter(click.HelpFormatter):
    """Help laid out by the columns that Chinese takes."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the usage line."""
        super().write_usage(prog, args, say("用法：", "Usage: "))

    def write_heading(self, heading: str) -> None:
        """Write a heading."""
        self.write(" " * self.current_indent + heading + say("：\n", ":\n"))

    def write_text(self, text: str) -> None:
        """Write a paragraph."""
        for line in wrap(text, self.width - self.current_indent):
            self.write((" " * self.current_indent + line).rstrip() + "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 34, col_spacing: int = 2) -> None:
        """Write names and what they mean in two columns."""
        rows = list(rows)
        first = min(max((width(name) for name, _ in rows), default=0), col_max) + col_spacing
        for name, text in rows:
            indent = " " * self.current_indent
            lines = wrap(text, max(self.width - self.current_indent - first, 20)) if text else [""]
            if width(name) + col_spacing > first:
                self.write(f"{indent}{name}\n")
                self.write(f"{indent}{' ' * first}{lines[0]}\n")
            else:
                self.write(f"{indent}{padded(name, first)}{lines[0]}".rstrip() + "\n")
            for line in lines[1:]:
                self.write(f"{indent}{' ' * first}{line}\n")


class Context(click.Context):
    """A click context that lays out help our way."""

    formatter_class = Formatter


class Option(click.Option):
    """An option whose help is in the language in use."""

    def __init__(self, *args: Any, texts: Text | None = None, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.texts = texts

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Give the option's line in the help."""
        if self.texts:
            self.help = str(self.texts)
        return super().get_help_record(ctx)


def _show_help(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        click.echo(context.get_help())
        context.exit()


# Click would make one for every command, in its own words, and look for translations of them.
_HELP = Option(
    ["--help"],
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_help,
    texts=Text("显示这份说明", "Show this help"),
)


class Command(click.Command):
    """A command that speaks both languages."""

    context_class = Context

    def __init__(
        self,
        *,
        texts: Text | None = None,
        params: Iterable[click.Parameter] | None = None,
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(params=[*(params or ()), _HELP], add_help_option=False, **kwargs)
        self.texts = texts

    def get_short_help_str(self, limit: int = 45) -> str:
        """Give the command's line in its group's help."""
        return str(self.texts).split("\n", 1)[0] if self.texts else ""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does."""
        if self.texts:
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(str(self.texts))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        records = [record for option in options if (record := option.get_help_record(ctx))]
        if records:
            with formatter.section(say("选项", "Options")):
                formatter.write_dl(records)
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)


class Group(Command, click.Group):
    """A group whose commands are imported when they are asked for: ``lazy`` maps a name to ``module:object``."""

    def __init__(self, *, lazy: dict[str, str] | None = None, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(**kwargs)
        self.lazy = lazy or {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order in which they are declared."""
        return list(self.lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        import importlib

        if cmd_name not in self.lazy:
            return None
        module, name = self.lazy[cmd_name].split(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands."""
        rows = [(name, self._line(ctx, name)) for name in self.list_commands(ctx)]
        with formatter.section(say("命令", "Commands")):
            formatter.write_dl(rows)

    def _line(self, ctx: click.Context, name: str) -> str:
        command = self.get_command(ctx, name)
        return command.get_short_help_str() if command else ""


def command(name: str, zh: str, en: str) -> Callable[[Callable[..., Any]], Command]:
    """Make a function a command."""
    return click.command(name, cls=Command, texts=Text(zh, en))


def option(*names: str, zh: str, en: str, **kwargs: Any) -> Callable[[F], F]:  # noqa: ANN401
    """Give a command an option."""
    return click.option(*names, cls=Option, texts=Text(zh, en), **kwargs)
