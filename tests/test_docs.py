"""The guides are true: their packs load and prove themselves, and both languages show the same blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cscheck.config import load_config
from cscheck.load.packs import available, load_packs
from cscheck.prove import Failure, Prover
from cscheck.switches import switched

ROOT = Path(__file__).parent.parent
GUIDES = ("writing-rules", "acts-and-guards", "tuning")
_BLOCK = re.compile(r"^( *)```(\w+)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"# file: (\S+)\n")
_PART = "# in cscheck.yaml\n"
_LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")


def guide(name: str, suffix: str = ".md") -> str:
    """Give a guide's text."""
    return (ROOT / "docs" / f"{name}{suffix}").read_text(encoding="utf-8")


def blocks(text: str) -> list[tuple[str, str]]:
    """Give the code blocks of a guide, each with its language."""
    return [(language, body) for _, language, body in _BLOCK.findall(text)]


def write_files(name: str, folder: Path) -> list[Path]:
    """Write the files that a guide shows; give them in order."""
    written = []
    for language, body in blocks(guide(name)):
        if language == "yaml" and (head := _FILE.match(body)):
            path = folder / head[1]
            assert path not in written, f"{name} shows {head[1]} twice"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(body, encoding="utf-8")
            written.append(path)
    return written


def failures(pack: Path) -> Iterator[Failure]:
    """Prove the rules and acts of one pack, on top of those that ship."""
    own = load_packs([*available(), pack])
    prover = Prover(own)
    shipped = load_packs()
    for rule in own.rules.values():
        if rule.id not in shipped.rules:
            yield from prover.rule(rule)
    for act in own.acts.values():
        if act.id not in shipped.acts:
            yield from prover.act(act)


@pytest.mark.parametrize("name", GUIDES)
def test_the_packs_of_a_guide_prove_themselves(name: str, tmp_path: Path) -> None:
    """Every file that a guide shows is good as it stands."""
    files = write_files(name, tmp_path)
    packs = [file.parent for file in files if file.name == "pack.yaml"]
    assert packs
    for pack in packs:
        assert [str(failure) for failure in failures(pack)] == []
    for file in files:
        assert file.name == "cscheck.yaml" or any(pack in file.parents for pack in packs)


@pytest.mark.parametrize("name", GUIDES)
def test_the_settings_of_a_guide_are_good(name: str, tmp_path: Path) -> None:
    """Whole settings files, and parts of them, name what is there."""
    files = write_files(name, tmp_path)
    packs = [file.parent for file in files if file.name == "pack.yaml"]
    settings = [file for file in files if file.name == "cscheck.yaml"]
    for number, (_, body) in enumerate(blocks(guide(name))):
        if body.startswith(_PART):
            settings.append(tmp_path / f"part-{number}.yaml")
            settings[-1].write_text(body, encoding="utf-8")
    for file in settings:
        config = load_config(file, environment={})
        switched(load_packs([*available(), *packs]), config)
        assert all(Path(pack) in packs for pack in config.packs)


@pytest.mark.parametrize("name", GUIDES)
def test_both_languages_show_the_same_blocks(name: str) -> None:
    """A guide and its translation have the same code in the same order."""
    assert blocks(guide(name)) == blocks(guide(name, ".zh-CN.md"))


@pytest.mark.parametrize("suffix", [".md", ".zh-CN.md"])
@pytest.mark.parametrize("name", [*GUIDES, "patterns"])
def test_links_lead_somewhere(name: str, suffix: str) -> None:
    """Every file that a guide links to is there."""
    for link in _LINK.findall(guide(name, suffix)):
        assert (ROOT / "docs" / link).exists(), link
