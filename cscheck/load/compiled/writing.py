"""Compile packs into a file."""

from __future__ import annotations

import os
import sys
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from zlib import crc32

from cscheck import cache
from cscheck.detector import AnyPattern, Condition
from cscheck.learned.packed import packed
from cscheck.load.compiled.codec import Encoder, plain_text
from cscheck.load.compiled.reading import is_late
from cscheck.load.compiled.stamping import content, stamps
from cscheck.load.packs import Folder, collect, resolve
from cscheck.lowering import conditions_of, detectors_of, patterns_of, ready
from cscheck.outlines import outlines
from cscheck.pack import Ready, RuleSet
from cscheck.patterns.compile import Pattern
from cscheck.patterns.native import kernel
from cscheck.patterns.program import ARRAYS
from cscheck.patterns.regex import RegexPattern


def compiled(wanted: Sequence[str | Path], asked: str, name: str) -> RuleSet:
    """Load packs as they stand and keep them under ``name``. Raises RuleFileError."""
    folders = collect(wanted)
    if not cache.is_enabled():
        return resolve(folders)
    paths = [str(folder.path) for folder in folders]
    # Stamped before they are read, so that a change meanwhile shows the next time.
    (stamped, _), digest = stamps(paths), content(paths)
    folders = collect(wanted)
    ruleset = resolve(folders)
    if kernel() is not None:
        ruleset = replace(ruleset, ready=ready(ruleset))
    if paths == [str(folder.path) for folder in folders]:
        origin = {"asked": asked, "folders": paths, "beside": list(_beside(folders)), "content": digest}
        cache.write(name, *_payload(stamped, *_Writer(ruleset).sections(origin)))
    return ruleset


def _beside(folders: Iterable[Folder]) -> Iterable[tuple[str, bool]]:
    """Give where a pack that another extends would be looked for first, and whether there was one."""
    for folder in folders:
        for item in folder.fields["extends"].items() if "extends" in folder.fields else ():
            path = str(folder.path.parent / item.text() / "pack.yaml")
            yield path, os.path.isfile(path)  # noqa: PTH113 (as when it is read)


def _payload(stamped: bytes, index: dict[str, Any], sections: Mapping[str, tuple[bytes, str]]) -> tuple[bytes, int]:
    """Put all together; gives also the length of what is checked whenever the file is opened."""
    places: dict[str, tuple[int, int, str, int]] = {}
    data = bytearray()
    checked = 0
    for name, (section, form) in sorted(sections.items(), key=lambda item: is_late(item[0])):
        places[name] = len(data), len(section), form, crc32(section)
        data += section + bytes(-len(section) % 8)
        checked = checked if is_late(name) else len(data)
    text = plain_text({**index, "sections": places})
    index_bytes = text.encode("utf-8", "surrogatepass")
    index_bytes += b" " * (-len(index_bytes) % 8)
    head = b"".join(len(part).to_bytes(8, sys.byteorder) for part in (stamped, index_bytes))
    payload = b"".join((head, stamped, index_bytes, data))
    return payload, len(payload) - len(data) + checked


class _Writer:
    """Puts a rule set into sections, patterns and conditions by number."""

    def __init__(self, ruleset: RuleSet) -> None:
        self._ruleset = ruleset
        self._detectors = detectors_of(ruleset)
        self._patterns = {pattern: number for number, pattern in enumerate(patterns_of(ruleset, self._detectors))}
        self._conditions: dict[int, int] = {}
        self._all_conditions: list[Condition] = []
        for condition in (*ruleset.guards.values(), *(one for each in self._detectors for one in conditions_of(each))):
            if id(condition) not in self._conditions:
                self._conditions[id(condition)] = len(self._all_conditions)
                self._all_conditions.append(condition)
        for condition in ruleset.guards.values():
            for pattern in condition.patterns:
                self._patterns.setdefault(pattern, len(self._patterns))
        self._encoder = Encoder(self._reference)

    def _reference(self, value: object) -> dict[str, int] | None:
        if isinstance(value, Condition):
            return {"C": self._conditions[id(value)]}
        if isinstance(value, (Pattern, RegexPattern)):
            return {"P": self._patterns[value]}
        return None

    def sections(self, origin: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, tuple[bytes, str]]]:
        """Give the index, and the sections with the types of their items."""
        ruleset, text = self._ruleset, self._encoder.text
        models = list({id(model): model for model in ruleset.models.values()}.values())
        numbers = {id(model): number for number, model in enumerate(models)}
        index = {
            **origin,
            "packs": text(ruleset.packs),
            "scenes": text(ruleset.scenes),
            "words": ruleset.words,
            "exempt": [self._patterns[pattern] for pattern in ruleset.exempt],
            "acts": list(ruleset.acts),
            "rules": list(ruleset.rules),
            "causes": {
                name: None if one.causes is None else sorted(one.causes)
                for name, one in outlines(ruleset.rules).items()
                if one.is_enabled
            },
            "guards": {name: self._conditions[id(guard)] for name, guard in ruleset.guards.items()},
            "clauses": list(ruleset.clauses),
            "sets": list(ruleset.sets),
            "labels": {label: numbers[id(model)] for label, model in ruleset.models.items()},
            "models": [(model.path, list(model.labels)) for model in models],
            "has_program": ruleset.ready is not None,
        }
        tables = {
            "acts": map(text, ruleset.acts.values()),
            "rules": map(text, ruleset.rules.values()),
            "outlines": map(text, outlines(ruleset.rules).values()),
            "clauses": map(text, ruleset.clauses.values()),
            "sets": map(text, ruleset.sets.values()),
            "conditions": [plain_text(self._encoder.whole(one)) for one in self._all_conditions],
            "patterns": map(self._pattern, self._patterns),
        }
        sections: dict[str, tuple[bytes, str]] = {}
        for name, texts in tables.items():
            sections |= _table(name, texts)
        for number, model in enumerate(models):
            sections |= {f"model{number}.{name}": section for name, section in packed(model).items()}
            sections |= _table(f"model{number}.labels", map(text, model.labels.values()))
        if ruleset.ready is not None:
            index |= self._program(ruleset.ready)
            for name in ARRAYS:
                part = memoryview(ruleset.ready.program.arrays[name])
                sections[f"program.{name}"] = part.tobytes(), part.format
        return index, sections

    def _program(self, ready: Ready) -> dict[str, Any]:
        owners: list[list[Any]] = []
        for owner, place in ready.program.owners:
            if place == 0:
                owners.append([owner, 0])
            owners[-1][1] += 1
        return {
            "arrays": ARRAYS,
            "owners": owners,
            "groups": ready.program.groups,
            "ids": sorted(ready.ids),
            "learners": self._encoder.text(ready.learners),
        }

    def _pattern(self, pattern: AnyPattern) -> str:
        """Give what decides of a pattern beside its source, and that: most often its number in the program alone."""
        number = self._ruleset.ready.program.numbers.get(pattern) if self._ruleset.ready else None
        kind = "pattern" if isinstance(pattern, Pattern) else "regex"
        if pattern in self._ruleset.exempt:
            kind = "literal"
        speech = sorted(pattern.parts_of_speech)
        is_usual = kind == "pattern" and not speech and number is not None
        return f"{number if is_usual else plain_text((kind, number, speech))}\t{pattern.source}"


def _table(name: str, texts: Iterable[str]) -> dict[str, tuple[bytes, str]]:
    rows = [_bytes(text) for text in texts]
    starts = array("I", [0])
    for row in rows:
        starts.append(starts[-1] + len(row))
    return {name: (b"".join(rows), "B"), f"{name}.starts": (starts.tobytes(), "I")}


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
