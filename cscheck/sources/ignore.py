"""Globs that keep files out, in the manner of .gitignore."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

IGNORE_FILE = ".cscheckignore"


@dataclass(frozen=True, slots=True)
class Glob:
    """One line: what it matches, for folders only or not, and whether it takes a file back in."""

    pattern: re.Pattern[str]
    folders_only: bool
    negated: bool


def globs(lines: Iterable[str]) -> tuple[Glob, ...]:
    """Read the lines of an ignore file; blank lines and comments say nothing."""
    return tuple(_glob(line) for line in map(str.rstrip, lines) if line and not line.startswith("#"))


def verdict(relative: PurePosixPath, rules: tuple[Glob, ...], *, folder: bool) -> bool | None:
    """Tell whether a path, relative to where the globs stand, is kept out; the last match decides, None without one."""
    for glob in reversed(rules):
        if (folder or not glob.folders_only) and glob.pattern.fullmatch(str(relative)):
            return not glob.negated
    return None


def _glob(line: str) -> Glob:
    negated = line.startswith("!")
    body = line[1:] if negated else line.removeprefix("\\")
    folders_only = body.endswith("/")
    body = body.rstrip("/")
    anchored = "/" in body
    translated = _translate(body.removeprefix("/"))
    prefix = "" if anchored else "(?:.*/)?"
    try:
        pattern = re.compile(prefix + translated, re.DOTALL)
    except re.error:
        # A class such as [z-a] means nothing; it is then taken letter by letter.
        pattern = re.compile(prefix + re.escape(body.removeprefix("/")))
    return Glob(pattern, folders_only, negated)


def _translate(body: str) -> str:
    parts: list[str] = []
    position = 0
    for token in re.finditer(r"(?:^|(?<=/))\*\*/|/\*\*$|\*+|\?|\[!?[^\]/]+\]", body):
        parts.append(re.escape(body[position : token.start()]))
        parts.append(_piece(token.group()))
        position = token.end()
    parts.append(re.escape(body[position:]))
    return "".join(parts)


def _piece(wild: str) -> str:
    if wild == "**/":
        return "(?:.*/)?"
    if wild == "/**":
        return "/.*"
    if wild.startswith("*"):
        return "[^/]*"
    if wild == "?":
        return "[^/]"
    inside = wild[1:-1].replace("\\", "\\\\").replace("^", "\\^")
    return f"[^{inside[1:]}]" if inside.startswith("!") else f"[{inside}]"
