"""Other programs on the same text and words, where they are installed: grep, ripgrep, textlint with prh."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from cscheck.bench.contenders import Contender, Part
from cscheck.bench.processes import run, seconds

# One round's text is over before grep has started: it is given the text many times over.
_GREP_TIMES, _TEXTLINT_TIMES = 50, 5


def commands(words: Sequence[str], folder: Path) -> tuple[list[Contender], list[str]]:
    """Give the programs found, and a note on each that is not."""
    listed = folder / "words.txt"
    listed.write_text("".join(f"{word}\n" for word in words), encoding="utf-8")
    found: list[Contender] = []
    notes: list[str] = []
    search = ["--text", "--fixed-strings", "--only-matching", "--line-number", "--file", str(listed)]
    for name in ("grep", "rg"):
        program = shutil.which(name)
        if program:
            command = [program, "--color=never", *search]
            found.append(_contender(f"{name} -F -f", "the same words; bytes, no overlaps", command, _GREP_TIMES))
        else:
            notes.append(f"{name} is not installed: left out")
    textlint = _textlint(words, folder)
    if isinstance(textlint, str):
        notes.append(textlint)
    else:
        found.append(_contender("textlint + prh", "the same words as prh rules", textlint, _TEXTLINT_TIMES))
    return found, notes


def _contender(name: str, meaning: str, command: Sequence[str], times: int) -> Contender:
    def took(part: Part) -> float:
        empty, many = part.lines.with_name("empty.txt"), part.lines.with_name(f"turns-{times}.txt")
        empty.write_text("", encoding="utf-8")
        many.write_text(part.lines.read_text(encoding="utf-8") * times, encoding="utf-8")
        start, whole = (seconds([*command, str(file)], part.lines.parent, {"LC_ALL": "C"}) for file in (empty, many))
        return max(whole - start, 0.0) / times

    return Contender(name, f"{meaning}; the time to start taken off", took)


def _textlint(words: Sequence[str], folder: Path) -> list[str] | str:
    """Give the command, or why there is none."""
    program = shutil.which("textlint")
    if not program:
        return "textlint is not installed: left out"
    rules = [{"pattern": word, "expected": "〇"} for word in words]
    # prh reads YAML, and JSON is YAML.
    listed = folder / "prh.yml"
    listed.write_text(json.dumps({"version": 1, "rules": rules}, ensure_ascii=False), encoding="utf-8")
    settings = folder / "textlint.json"
    settings.write_text(json.dumps({"rules": {"prh": {"rulePaths": [str(listed)]}}}), encoding="utf-8")
    # The rule lies beside textlint itself: …/node_modules/textlint/bin/textlint.js.
    modules = next((up for up in Path(program).resolve().parents if up.name == "node_modules"), folder)
    command = [program, "--config", str(settings), "--rules-base-directory", str(modules), "--format", "json"]
    (folder / "try.txt").write_text(words[0], encoding="utf-8")
    tried = run([*command, str(folder / "try.txt")], folder, allowed=range(256))
    if b'"ruleId":"prh"' not in tried.stdout:
        return "textlint is installed without textlint-rule-prh: left out"
    return command
