"""Read patterns, conditions and detectors."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from cscheck.clause import Clause
from cscheck.conversation import CHANNELS, ROLES, SCENES
from cscheck.detector import DETECTOR_FIELDS as DETECTOR_FIELDS
from cscheck.detector import PLACES, WHERES, Condition, Detector, Entry
from cscheck.learned.model import LearnedModel
from cscheck.patterns.compile import Pattern
from cscheck.patterns.nodes import Gap, Literal, Node, Sets, WordSet, ends, walk
from cscheck.patterns.parse import PatternError, parse
from cscheck.patterns.regex import RegexError, RegexPattern
from cscheck.patterns.witness import can_match
from cscheck.text.normalise import HAN, normalise
from cscheck.text.recognisers import RECOGNISERS
from cscheck.yamlfile import Value

CONDITION_FIELDS = ("name", "title", "where", "patterns", "acts", "channels", "scenes")
ENTRY_FIELDS = ("match", "regex", "guards", "needs", "suggest", "boundary")
_WORDLESS = ("quoted", "echo", "always")


class DetectorReader:
    """Reads patterns against the word sets and named guards of the packs; knows their clauses and models, if read."""

    def __init__(
        self,
        sets: Sets,
        guards: Mapping[str, Condition],
        clauses: Mapping[str, Clause],
        models: Mapping[str, LearnedModel] | None,
        trusted: Path,
    ) -> None:
        self.sets = sets
        self.clauses = clauses
        self.models = models
        self.guards = guards
        self._trusted = str(trusted)
        self._seen: dict[str, Pattern] = {}

    def pattern(self, value: Value) -> Pattern:
        """Read one pattern; the same text gives the same pattern."""
        text = value.text()
        if text in self._seen:
            return self._seen[text]
        node = read_node(value)
        pattern = Pattern(text, node, self.sets)
        check_sets(value, node, self.sets)
        if self._is_checked(value):
            for part in walk(node, None):
                if isinstance(part, Literal) and (folded := normalise(part.text).text) != part.text:
                    value.fail(f"“{part.text}”在匹配前会折成“{folded}”，请直接写成后者")
            if not can_match(pattern):
                value.fail(f"句式“{text}”永远匹配不上")
        self._seen[text] = pattern
        return pattern

    def _is_checked(self, value: Value) -> bool:
        # Each pattern of the shipped packs is proved by an example, in the tests: no need to try it at every start.
        return not value.file.path.startswith(self._trusted)

    def patterns(self, value: Value) -> tuple[Pattern, ...]:
        """Read a list of patterns; one that stands twice is an error."""
        items = value.items()
        seen: set[str] = set()
        for item in items:
            if item.text() in seen:
                item.fail(f"“{item.text()}”重复了")
            seen.add(item.text())
        return tuple(self.pattern(item) for item in items)

    def condition(self, value: Value, fallback_name: str = "") -> Condition:
        """Read a condition written out in place."""
        fields = value.fields(CONDITION_FIELDS, required=("where",))
        where = fields["where"].choice(WHERES)
        patterns = self.patterns(fields["patterns"]) if "patterns" in fields else ()
        acts = fields["acts"].texts() if "acts" in fields else ()
        if not patterns and not acts and where not in _WORDLESS:
            value.fail("条件里要有 patterns 或 acts")
        return Condition(
            name=fields["name"].text() if "name" in fields else fallback_name or where,
            where=where,
            patterns=patterns,
            acts=acts,
            channels=fields["channels"].choices(CHANNELS) if "channels" in fields else (),
            scenes=fields["scenes"].choices(SCENES) if "scenes" in fields else (),
            title=fields["title"].text() if "title" in fields else "",
        )

    def conditions(self, value: Value | None) -> tuple[Condition, ...]:
        """Read a list of guards or needs: the name of a guard file, or a condition written out."""
        found: list[Condition] = []
        for item in value.items() if value else ():
            if item.is_text:
                name = item.text()
                if name not in self.guards:
                    near = difflib.get_close_matches(name, self.guards, n=5, cutoff=0.4)
                    item.fail(f"没有名为“{name}”的守卫", "、".join(near or sorted(self.guards)))
                found.append(self.guards[name])
            else:
                found.append(self.condition(item))
        return tuple(found)

    def entries(self, value: Value) -> tuple[Entry, ...]:
        """Read the patterns of a detector."""
        items = value.items()
        entries = tuple(self._entry(item) for item in items)
        seen: set[str] = set()
        for item, entry in zip(items, entries, strict=True):
            if entry.pattern.source in seen:
                item.fail(f"“{entry.pattern.source}”重复了")
            seen.add(entry.pattern.source)
        return entries

    def _entry(self, item: Value) -> Entry:
        if item.is_text:
            return Entry(self._whole(item))
        fields = item.fields(ENTRY_FIELDS)
        if ("match" in fields) == ("regex" in fields):
            item.fail("要有 match（句式）或 regex（正则表达式），二者选一")
        return Entry(
            pattern=self._whole(fields["match"]) if "match" in fields else _regex(fields["regex"]),
            guards=self.conditions(fields.get("guards")),
            needs=self.conditions(fields.get("needs")),
            suggest=fields["suggest"].texts() if "suggest" in fields else (),
            is_loose=_is_loose(fields),
        )

    def _whole(self, value: Value) -> Pattern:
        """Read a pattern whose own ends are the ends of a hit: an optional gap there would do nothing."""
        pattern = self.pattern(value)
        if any(isinstance(end, Gap) and not end.least for end in ends(pattern.node)):
            value.fail("句式开头或末尾的间隔没有作用，请去掉")
        return pattern

    def _learned(self, value: Value) -> str:
        label = value.text()
        if self.models is not None and label not in self.models:
            value.fail(f"没有学过“{label}”", "、".join(sorted(self.models)) or "规则包的 learned 文件夹里还没有模型")
        return label

    def _doubted_by(self, value: Value) -> str:
        label = self._learned(value)
        if self.models is not None and not self.models[label].labels[label].floor:
            able = (name for name, model in self.models.items() if model.labels[name].floor)
            value.fail(f"“{label}”没有学过怀疑", "、".join(sorted(able)) or "只有学过的行为可以")
        return label

    def detector(self, name: str, fields: Mapping[str, Value], whole: Value, roles: tuple[str, ...]) -> Detector:
        """Read what recognises an act, or what a must-not rule looks for."""
        if not {"patterns", "builtin", "learned"} & set(fields):
            whole.fail("缺少字段“patterns”")
        entries = self.entries(fields["patterns"]) if "patterns" in fields else ()
        return Detector(
            id=name,
            roles=fields["by"].choices(ROLES) if "by" in fields else roles,
            place=fields["place"].choice({place: place for place in PLACES}) if "place" in fields else "any",
            entries=tuple(replace(entry, is_doubted=True) for entry in entries) if "doubted-by" in fields else entries,
            guards=self.conditions(fields.get("guards")),
            needs=self.conditions(fields.get("needs")),
            is_grounded="grounded" in fields and fields["grounded"].flag(),
            is_loose=_is_loose(fields),
            learned=self._learned(fields["learned"]) if "learned" in fields else "",
            doubted_by=self._doubted_by(fields["doubted-by"]) if "doubted-by" in fields else "",
            builtins=fields["builtin"].choices(tuple(RECOGNISERS)) if "builtin" in fields else (),
        )


def _regex(value: Value) -> RegexPattern:
    pattern = RegexPattern(value.text())
    try:
        pattern.compiled  # noqa: B018
    except RegexError as problem:
        value.fail(str(problem))
    return pattern


def _is_loose(fields: Mapping[str, Value]) -> bool:
    return "boundary" in fields and fields["boundary"].choice({"aligned": False, "loose": True})


_FULL_WIDTH = re.compile("[｛｝｜［］]|（[^（）]*｜[^（）]*）|{[0-9]+－[0-9]+")
_BETWEEN_HAN = re.compile(rf"(?<=[{HAN}]) +(?=[{HAN}])")
_GAP = re.compile(r"[0-9]+\D?[0-9]*( ?句)?")


def read_node(value: Value) -> Node:
    """Read a pattern's text into nodes."""
    text = value.text()
    if slip := _FULL_WIDTH.search(text):
        value.fail(f"“{slip[0]}”是全角符号，请换成半角的 {{ }} ( ) | [ ] -", shift=slip.start())
    if text[:1] == "“" and text[-1:] == "”":
        value.fail('句式两头是中文引号，会当成要找的字；YAML 的引号要用半角的 "')
    if slip := _BETWEEN_HAN.search(text):
        value.fail("句式里不要有空格：空格在对话里是停顿，匹配不上", shift=slip.start())
    try:
        return parse(value.text())
    except PatternError as problem:
        value.fail(f"句式写法有误：{problem.message}", shift=problem.column)


def check_sets(value: Value, node: Node, sets: Sets) -> None:
    """See that every word set that a pattern names is there."""
    for part in walk(node, None):
        if isinstance(part, WordSet) and part.name not in sets:
            place = max(0, value.text().find(part.name))
            if _GAP.fullmatch(part.name):
                value.fail(f"间隔“{{{part.name}}}”写得不对", "{0-3}、{2-8 句}：半角横线，最多 99", place)
            near = difflib.get_close_matches(part.name, sets, n=5, cutoff=0.4)
            value.fail(f"没有名为“{part.name}”的词表", "、".join(near) or "sets 文件夹里写下的词表", place)


def read_sets(packs: Iterable[Iterable[Value]]) -> dict[str, tuple[Node, ...]]:
    """Read the word sets of each pack; a set that stands in several packs holds the words of all."""
    sets: dict[str, tuple[Node, ...]] = {}
    read: list[tuple[Value, Node]] = []
    for values in packs:
        own: dict[str, str] = {}
        for value in values:
            for name, (key, words) in value.pairs().items():
                if name in own:
                    key.fail(f"词表“{name}”在 {own[name]} 里已经有了，请换个名字，或写到一起")
                own[name] = value.file.path
                nodes = [(word, read_node(word)) for word in words.items()]
                read += nodes
                sets[name] = tuple(dict.fromkeys((*sets.get(name, ()), *(node for _, node in nodes))))
    for word, node in read:
        check_sets(word, node, sets)
    return sets
