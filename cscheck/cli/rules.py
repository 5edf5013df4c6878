"""``cscheck rules``: what is checked, why, and whether it holds."""

from __future__ import annotations

import click

from cscheck.cli.params import Group
from cscheck.language import Text

COMMANDS = {
    "list": "cscheck.cli.rules_list:list_",
    "show": "cscheck.cli.rules_show:show",
    "explain": "cscheck.cli.rules_explain:explain",
    "test": "cscheck.cli.rules_test:test",
    "diff": "cscheck.cli.rules_diff:diff",
    "schema": "cscheck.cli.rules_schema:schema",
    "new": "cscheck.cli.rules_new:new",
}


@click.group(
    "rules",
    cls=Group,
    lazy=COMMANDS,
    texts=Text("查看、解释、验证、比较和新建规则。", "List, explain, prove, compare and start rules."),
)
def rules() -> None:
    """Work with rules."""
