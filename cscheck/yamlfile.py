"""Read YAML strictly: every scalar a text, every problem located, nothing guessed.

PyYAML's own types are traps here (``no`` is False, ``1:30`` is 90), so nodes are read as text and converted by whoever
knows what belongs there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, TypeVar

import yaml

from cscheck.errors import CscheckError, Place, RuleFileError
from cscheck.yaml_slips import yaml_slip

_MOST_BYTES = 2_000_000
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class File:
    """A YAML file's name and text."""

    path: str
    text: str
    error: type[CscheckError] = RuleFileError

    def fail(self, message: str, line: int | None = None, column: int | None = None, allowed: str = "") -> NoReturn:
        """Raise the file's kind of error at a place in it (line and column from 1)."""
        lines = self.text.splitlines()
        source_line = lines[line - 1] if line and line <= len(lines) else ""
        raise self.error(message, Place(self.path, line, column), source_line=source_line, allowed=allowed)


@dataclass(frozen=True, slots=True)
class Value:
    """One node of a YAML file, to be read as what it has to be."""

    node: yaml.Node
    file: File

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(self.file.path, self.node.start_mark.line + 1, self.node.start_mark.column + 1)

    def fail(self, message: str, allowed: str = "", shift: int = 0) -> NoReturn:
        """Raise an error at this value, ``shift`` columns into it."""
        quoted = isinstance(self.node, yaml.ScalarNode) and self.node.style in ("'", '"')
        column = self.node.start_mark.column + 1 + (shift + quoted if shift else 0)
        self.file.fail(message, self.node.start_mark.line + 1, column, allowed)

    @property
    def is_text(self) -> bool:
        """Tell whether it is a scalar."""
        return isinstance(self.node, yaml.ScalarNode)

    def text(self) -> str:
        """Read a text; an empty one is an error."""
        if not isinstance(self.node, yaml.ScalarNode):
            self.fail("这里应是一段文字")
        if not self.node.value.strip():
            self.fail("这里不能为空")
        return str(self.node.value)

    def items(self) -> list[Value]:
        """Read a list."""
        if not isinstance(self.node, yaml.SequenceNode):
            self.fail("这里应是一个列表，例如 [甲, 乙]，或每行一个“- ”")
        return [Value(child, self.file) for child in self.node.value]

    def texts(self) -> tuple[str, ...]:
        """Read a text or a list of texts."""
        return (self.text(),) if self.is_text else tuple(item.text() for item in self.items())

    def pairs(self) -> dict[str, tuple[Value, Value]]:
        """Read a mapping: each name with its own node and its value; a name given twice is an error."""
        if not isinstance(self.node, yaml.MappingNode):
            self.fail("这里应是“名称: 值”的形式")
        found: dict[str, tuple[Value, Value]] = {}
        for key_node, value_node in self.node.value:
            key = Value(key_node, self.file)
            name = key.text()
            if name in found:
                key.fail(f"“{name}”写了两次")
            found[name] = (key, Value(value_node, self.file))
        return found

    def fields(self, allowed: Sequence[str], required: Sequence[str] = ()) -> dict[str, Value]:
        """Read a mapping with known names only."""
        pairs = self.pairs()
        for name, (key, _) in pairs.items():
            if name not in allowed:
                key.fail(f"不认识的字段“{name}”", allowed="、".join(allowed))
        for name in required:
            if name not in pairs:
                self.fail(f"缺少字段“{name}”")
        return {name: value for name, (_, value) in pairs.items()}

    def choice(self, options: Mapping[str, T]) -> T:
        """Read one of the named options."""
        text = self.text()
        if text not in options:
            self.fail(f"“{text}”不在可用的值里", allowed="、".join(options))
        return options[text]

    def choices(self, options: Sequence[str]) -> tuple[str, ...]:
        """Read one or several of the options."""
        values = [self] if self.is_text else self.items()
        return tuple(value.choice({option: option for option in options}) for value in values)

    def flag(self) -> bool:
        """Read true or false."""
        return self.choice({"true": True, "false": False})

    def number(self, least: float = 0, most: float = 1e9) -> float:
        """Read a number within bounds."""
        try:
            number = float(self.text())
        except ValueError:
            self.fail(f"“{self.text()}”不是数字")
        if not least <= number <= most:
            self.fail("数字超出范围", allowed=f"{least:g} 到 {most:g}")
        return number


def load(path: Path, error: type[CscheckError] = RuleFileError) -> Value:
    """Read one YAML file; raises ``error``."""
    try:
        data = path.read_bytes()
    except OSError as problem:
        raise error(f"读不了这个文件：{problem.strerror}", Place(str(path))) from problem
    if len(data) > _MOST_BYTES:
        raise error("文件太大（上限 2 MB）", Place(str(path)))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise error("不是 UTF-8 编码，请另存为 UTF-8", Place(str(path), line)) from problem
    return loads(text, str(path), error)


def loads(text: str, path: str, error: type[CscheckError] = RuleFileError) -> Value:
    """Read YAML text; raises ``error``."""
    file = File(path, text, error)
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (None, None)
        message, hint, better = yaml_slip(text, str(problem.problem or problem.context), line)
        file.fail(f"YAML 写法有误：{message}", better or line, None if better else column, allowed=hint)
    except (yaml.YAMLError, RecursionError) as problem:
        file.fail(f"YAML 写法有误：{problem}")
    if node is None:
        file.fail("文件是空的")
    return Value(node, file)
