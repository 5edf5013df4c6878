"""What calls for something: the turns of a role that do certain acts, or any of its turns in certain scenes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cscheck.conversation import ROLES, SCENES
from cscheck.values import dataclass

if TYPE_CHECKING:
    from cscheck.analysis import Analysis
    from cscheck.yamlfile import Value

FIELDS = ("acts", "by", "scenes", "unless")


@dataclass(frozen=True, slots=True)
class Trigger:
    """Turns of ``by`` that do one of ``acts``, or stand in one of ``scenes``, and do none of ``unless``."""

    acts: tuple[str, ...]
    by: str
    scenes: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()

    def acts_used(self) -> frozenset[str]:
        """Name the acts it asks for."""
        return frozenset((*self.acts, *self.unless))

    def causes(self) -> frozenset[str] | None:
        """Name the acts without which nothing is called for; None where a scene calls for it as well."""
        return None if self.scenes else frozenset(self.acts)

    def turns(self, analysis: Analysis) -> Iterator[int]:
        """Give the turns, in order."""
        turns = analysis.turns_of(self.by)
        for index in turns if self.scenes else analysis.may_do(self.acts):
            if analysis.turns[index].role != self.by:
                continue
            is_scene = bool(self.scenes) and analysis.scene_at(index) in self.scenes
            if (is_scene or analysis.does(self.acts, index)) and not analysis.does(self.unless, index):
                yield index


def read(value: Value) -> Trigger:
    """Read a trigger; it has to name acts or scenes."""
    fields = value.fields(FIELDS)
    if "acts" not in fields and "scenes" not in fields:
        value.fail("这里要有 acts 或 scenes")
    return Trigger(
        acts=fields["acts"].texts() if "acts" in fields else (),
        by=fields["by"].choice({role: role for role in ROLES}) if "by" in fields else "agent",
        scenes=fields["scenes"].choices(SCENES) if "scenes" in fields else (),
        unless=fields["unless"].texts() if "unless" in fields else (),
    )
