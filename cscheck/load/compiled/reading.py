"""Take packs from a file, each thing when somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any
from zlib import crc32

from cscheck.detector import AnyPattern, Condition
from cscheck.kept import Kept
from cscheck.learned.model import LearnedModel
from cscheck.load.compiled.codec import Decoder
from cscheck.pack import Ready, RuleSet
from cscheck.patterns.compile import Pattern
from cscheck.patterns.program import Program
from cscheck.rule import KeptRules

if TYPE_CHECKING:
    from cscheck.patterns.nodes import Node


def is_late(name: str) -> bool:
    """Tell whether a section is verified only when somebody asks for it."""
    return name == "sets" or name.startswith("model")


class Table:
    """Texts by number: a section of them all, and one of where each starts."""

    def __init__(self, texts: memoryview, starts: memoryview) -> None:
        self._texts = texts
        self._starts = starts

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, number: int) -> str:
        return str(self._texts[self._starts[number] : self._starts[number + 1]], "utf-8", "surrogatepass")


class Reader:
    """One file: its index, and the sections that it gives the places of.

    Those that few ask for are verified when they are; ``again`` gives the packs anew where one turns out broken.
    """

    def __init__(self, index: Mapping[str, Any], data: memoryview, again: Callable[[], RuleSet]) -> None:
        self._index = index
        self._again = again
        self._data = data
        self._decoder = Decoder({"P": self._pattern, "C": self._condition})
        self._patterns = self._table("patterns")
        self._conditions = self._table("conditions")
        # One pattern, and one condition, is the same wherever it stands.
        self._known_patterns: dict[int, AnyPattern] = {}
        self._known_conditions: dict[int, Condition] = {}
        self._known_models: dict[int, LearnedModel] = {}
        self._numbers: dict[AnyPattern, int] = {}
        self._plain: dict[AnyPattern, int] = {}
        self._sets = Kept(index["sets"], self._set)
        self._sound_sets: bool | None = None

    def ruleset(self) -> RuleSet:
        """Give the packs."""
        index, value = self._index, self._decoder.value
        guards = index["guards"]
        outlines = self._kept("outlines", index["rules"])
        causes = {name: None if ids is None else frozenset(ids) for name, ids in index["causes"].items()}
        return RuleSet(
            packs=tuple(value(index["packs"])),
            acts=self._kept("acts", index["acts"]),
            rules=KeptRules(self._kept("rules", index["rules"]), outlines, causes),
            guards=Kept(guards, lambda place: self._condition(list(guards.values())[place])),
            sets=self._sets,
            scenes=tuple(value(index["scenes"])),
            exempt=tuple([one for one in map(self._pattern, index["exempt"]) if isinstance(one, Pattern)]),
            words=tuple(index["words"]),
            clauses=self._kept("clauses", index["clauses"]),
            models=Kept(index["labels"], self._model),
            ready=self._ready(),
        )

    def _ready(self) -> Ready | None:
        index = self._index
        if not index["has_program"]:
            return None
        owners = tuple([(name, place) for name, count in index["owners"] for place in range(count)])
        arrays = {name: self._section(f"program.{name}") for name in index["arrays"]}
        program = Program(arrays, self._numbers, self._plain, owners, tuple(index["groups"]))
        return Ready(program, frozenset(index["ids"]), tuple(self._decoder.value(index["learners"])))

    def _section(self, name: str) -> memoryview:
        start, length, form, _ = self._index["sections"][name]
        section = self._data[start : start + length]
        return section if form == "B" else section.cast(form)

    def _table(self, name: str) -> Table:
        return Table(self._section(name), self._section(f"{name}.starts"))

    def _kept(self, table: str, names: Iterable[str]) -> Kept[Any]:
        texts, value = self._table(table), self._decoder.value
        return Kept(names, lambda place: value(texts[place]))

    def _condition(self, number: int) -> Condition:
        known = self._known_conditions.get(number)
        if known is None:
            known = self._known_conditions.setdefault(number, self._decoder.value(self._conditions[number]))
        return known

    def _pattern(self, number: int) -> AnyPattern:
        known = self._known_patterns.get(number)
        if known is None:
            known = self._known_patterns.setdefault(number, self._made(number))
        return known

    def _made(self, number: int) -> AnyPattern:
        head, _, source = self._patterns[number].partition("\t")
        if head.isdecimal():
            pattern = Pattern(source, None, self._sets, ())
            self._numbers[pattern] = self._plain[pattern] = int(head)
            return pattern
        kind, place, speech = self._decoder.value(head)
        if kind == "regex":
            from cscheck.patterns.regex import RegexPattern

            return RegexPattern(source)
        pattern = Pattern(source, None, self._sets if kind == "pattern" else {}, speech)
        if kind == "literal":
            from cscheck.patterns.nodes import Literal
            from cscheck.text import traditional

            pattern.node = Literal(source.translate(traditional.table()))
        if place is not None:
            self._numbers[pattern] = place
            if not speech:
                self._plain[pattern] = place
        return pattern

    def _model(self, place: int) -> LearnedModel:
        label, number = list(self._index["labels"].items())[place]
        known = self._known_models.get(number)
        if known is None:
            from cscheck.learned.packed import SECTIONS, unpacked

            parts = {name: f"model{number}.{name}" for name in SECTIONS}
            if not all(map(self._is_sound, (*parts.values(), f"model{number}.labels", f"model{number}.labels.starts"))):
                return self._again().models[label]
            sections = {name: self._section(part) for name, part in parts.items()}
            path, names = self._index["models"][number]
            known = unpacked(path, self._kept(f"model{number}.labels", names), sections)
            known = self._known_models.setdefault(number, known)
        return known

    def _set(self, place: int) -> tuple[Node, ...]:
        if self._sound_sets is None:
            self._sound_sets = self._is_sound("sets")
        if not self._sound_sets:
            return self._again().sets[self._index["sets"][place]]
        return tuple(self._decoder.value(self._table("sets")[place]))

    def _is_sound(self, name: str) -> bool:
        start, length, _, checksum = self._index["sections"][name]
        return bool(crc32(self._data[start : start + length]) == checksum)
