"""What a command works with: settings, packs and a checker, from the options it was given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import click

from cscheck.checker import Checker
from cscheck.config import load_config
from cscheck.errors import RuleFileError
from cscheck.language import say, use
from cscheck.load.packs import available, load_packs
from cscheck.pack import RuleSet
from cscheck.settings import Config
from cscheck.switches import switched
from cscheck.values import dataclass

USER_PACK = "cscheck-pack"


@dataclass(frozen=True, slots=True)
class Session:
    """Settings, and the packs that they and the options name."""

    config: Config
    packs: tuple[str, ...]

    def checker(self) -> Checker:
        """Load the packs for checking; raises RuleFileError or ConfigError."""
        return Checker(self.packs, self.config)

    def sound_checker(self) -> tuple[Checker, tuple[RuleFileError, ...]]:
        """Load the packs for checking, users' packs that do not load left out: give these problems too.

        Raises RuleFileError where nothing is left to check with.
        """
        try:
            return self.checker(), ()
        except RuleFileError as first:
            sound, problems = [pack for pack in self.packs if pack in available()], []
            for pack in self.packs:
                if pack not in available():
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

    def act_titles(self, ruleset: RuleSet) -> dict[str, str]:
        """Name the acts in the language in use."""
        is_english = self.config.lang == "en"
        return {act.id: act.title_en if is_english else act.title for act in ruleset.acts.values()}

    def ruleset(self, *, with_models: bool = True) -> RuleSet:
        """Load the packs with the settings' switches."""
        return switched(load_packs(self.packs, with_models=with_models), self.config)


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
    chosen = [*only_packs, *packs] if only_packs else [*available(), *_beside(paths), *config.packs]
    return Session(config, tuple(_once(chosen)))


def _beside(paths: Iterable[str]) -> Iterable[str]:
    """Find users' packs beside the transcripts or in the current folder."""
    folders = [Path.cwd()]
    for path in paths:
        if path != "-":
            folders += [Path(path), Path(path).parent]
    for folder in folders:
        if (folder / USER_PACK / "pack.yaml").is_file():
            yield str(folder / USER_PACK)


def _once(packs: Iterable[str]) -> Iterable[str]:
    known = available()
    seen: set[Path] = set()
    for pack in packs:
        place = (known[pack] if pack in known else Path(pack)).resolve()
        if place not in seen:
            seen.add(place)
            yield pack
