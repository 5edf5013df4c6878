"""What a command works with: settings, packs and a checker, from the options it was given."""
# pathlib would take longer to import than all that is done here.
# ruff: noqa: PTH109, PTH113, PTH118, PTH120

from __future__ import annotations

import gc
import os
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from cscheck.checker import Checker
from cscheck.config import load_config
from cscheck.errors import RuleFileError
from cscheck.kept import Kept
from cscheck.language import say, use
from cscheck.load.compiled import load_compiled
from cscheck.load.places import places
from cscheck.pack import RuleSet
from cscheck.settings import Config
from cscheck.switches import switched
from cscheck.values import dataclass

if TYPE_CHECKING:
    from pathlib import Path

USER_PACK = "cscheck-pack"


@dataclass(frozen=True, slots=True)
class Session:
    """Settings, and the packs that they and the options name."""

    config: Config
    packs: tuple[str, ...]

    def checker(self) -> Checker:
        """Load the packs for checking; raises RuleFileError or ConfigError."""
        checker = Checker(self.packs, self.config)
        gc.freeze()
        return checker

    def sound_checker(self) -> tuple[Checker, tuple[RuleFileError, ...]]:
        """Load the packs for checking, users' packs that do not load left out: give these problems too.

        Raises RuleFileError where nothing is left to check with.
        """
        try:
            return self.checker(), ()
        except RuleFileError as first:
            from cscheck.load.packs import load_packs

            sound, problems = [pack for pack in self.packs if pack in places()], []
            for pack in self.packs:
                if pack not in places():
                    try:
                        load_packs([pack])
                    except RuleFileError as problem:
                        problems.append(_left_out(pack, problem))
                    else:
                        sound.append(pack)
            if not sound or not problems:
                raise first from None
            return Checker(sound, self.config), tuple(problems)

    def any_checker(self) -> Checker:
        """Load the packs that load, for a process that has to do it again."""
        use(self.config.lang)
        return self.sound_checker()[0]

    def act_titles(self, ruleset: RuleSet) -> Mapping[str, str]:
        """Name the acts in the language in use."""
        acts = list(ruleset.acts)

        def title(place: int) -> str:
            act = ruleset.acts[acts[place]]
            return act.title_en if self.config.lang == "en" else act.title

        return Kept(acts, title)

    def ruleset(self, *, with_models: bool = True) -> RuleSet:
        """Load the packs with the settings' switches."""
        if with_models:
            return switched(load_compiled(self.packs), self.config)
        from cscheck.load.packs import load_packs

        return switched(load_packs(self.packs, with_models=False), self.config)


def _left_out(pack: str, problem: RuleFileError) -> RuleFileError:
    """Say that a pack is left out, and why."""
    message = say(
        f"规则包“{pack}”没有载入，下面的结果不含它的规则：{problem.message}",
        f"the pack '{pack}' is left out, the results below are without its rules: {problem.message}",
    )
    return RuleFileError(message, problem.place, source_line=problem.source_line, allowed=problem.allowed)


def session(
    *,
    config_file: Path | None = None,
    packs: Sequence[str] = (),
    only_packs: Sequence[str] = (),
    paths: Sequence[str] = (),
    flags: Mapping[str, object] | None = None,
) -> Session:
    """Read the settings and choose the packs: all that ship, the settings', a ``cscheck-pack`` found, and the given."""
    given: dict[str, object] = {"packs": tuple(packs), **(flags or {})}
    context = click.get_current_context(silent=True)
    if context is not None and not given.get("lang"):
        given["lang"] = context.find_root().obj
    config = load_config(config_file, given)
    use(config.lang)
    chosen = [*only_packs, *packs] if only_packs else [*places(), *_beside(paths), *config.packs]
    # Garbage is collected again from here on, and what is not garbage is left alone.
    gc.freeze()
    gc.enable()
    return Session(config, tuple(_once(chosen)))


def _beside(paths: Iterable[str]) -> Iterable[str]:
    """Find users' packs beside the transcripts or in the current folder."""
    folders = [os.getcwd()]
    for path in paths:
        if path != "-":
            folders += [path, os.path.dirname(path)]
    for folder in folders:
        pack = os.path.join(folder, USER_PACK)
        if os.path.isfile(os.path.join(pack, "pack.yaml")):
            yield pack


def _once(packs: Iterable[str]) -> Iterable[str]:
    known = places()
    seen: set[str] = set()
    for pack in packs:
        place = os.path.realpath(known.get(pack, pack))
        if place not in seen:
            seen.add(place)
            yield pack
