"""Packs: a folder of acts and rules with a version, and the set of them that a run uses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING

from cscheck.values import dataclass

if TYPE_CHECKING:
    from cscheck.act import Act
    from cscheck.clause import Basis, Clause
    from cscheck.conversation import Scene
    from cscheck.detector import Condition
    from cscheck.learned.model import LearnedModel
    from cscheck.patterns.compile import Pattern
    from cscheck.patterns.nodes import Sets
    from cscheck.patterns.program import Program
    from cscheck.rule import Rule


@dataclass(frozen=True, slots=True)
class SceneCue:
    """The acts of a customer (or agent) that tell a scene."""

    scene: Scene
    acts: tuple[str, ...]
    basis: tuple[Basis, ...] = ()


@dataclass(frozen=True, slots=True)
class PackInfo:
    """A pack's name, version and the hash of its files."""

    id: str
    version: str
    hash: str
    title: str
    path: str


@dataclass(frozen=True, slots=True)
class Learner:
    """A detector that asks a learned model: its id, the roles it listens to, and the label."""

    id: str
    roles: tuple[str, ...]
    label: str


@dataclass(frozen=True, slots=True)
class Ready:
    """What was worked out of the detectors of all acts and rules, switched on or off: ``ids`` are theirs."""

    program: Program
    ids: frozenset[str]
    learners: tuple[Learner, ...]


@dataclass(frozen=True, slots=True)
class RuleSet:
    """All that a run loads, with ``extends``, switches and severities resolved.

    ``exempt`` are words in which nothing is ever found (product names); ``words`` go to the segmenter;
    ``models`` are the learned models by label, a later pack's before an earlier one's. ``ready`` goes with these very
    acts and rules: who puts others in their place leaves it out.
    """

    packs: tuple[PackInfo, ...]
    acts: Mapping[str, Act]
    rules: Mapping[str, Rule]
    guards: Mapping[str, Condition]
    sets: Sets
    scenes: tuple[SceneCue, ...] = ()
    exempt: tuple[Pattern, ...] = ()
    words: tuple[str, ...] = ()
    clauses: Mapping[str, Clause] = field(default_factory=dict)
    models: Mapping[str, LearnedModel] = field(default_factory=dict)
    ready: Ready | None = None

    def acts_of(self, prefix: str) -> list[Act]:
        """Give the acts whose id starts so, or all of the pack of that name, in the packs' order."""
        from pathlib import Path

        folders = [Path(pack.path) for pack in self.packs if pack.id == prefix.rstrip("/")]
        return [
            act
            for act in self.acts.values()
            if act.id.startswith(prefix)
            or any(folder in Path(path).parents for folder in folders for path in (act.path, *act.also))
        ]
