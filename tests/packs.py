"""Write small packs for tests."""

from __future__ import annotations

import textwrap
from pathlib import Path

from cscheck.load.packs import load_packs
from cscheck.pack import RuleSet

RULE = """
id: {id}
title: 不说“不知道”
category: forbidden-negative
severity: error
basis: [R-4.1b]
why: 客户听到的是拒绝。
message: “{{text}}”像是拒绝
suggest: [我帮您查一下]
patterns: [不知道]
examples:
  bad: [我<<不知道>>]
  good: [我帮您查]
"""


def write_pack(folder: Path, name: str = "shop", pack: str = "", **files: str) -> Path:
    """Write a pack; each file's name has ``__`` for a folder: ``rules__negative__x="…"``."""
    root = folder / name
    root.mkdir(parents=True, exist_ok=True)
    head = "" if "id:" in pack else f"id: {name}\nversion: 1.0.0\n"
    (root / "pack.yaml").write_text(head + textwrap.dedent(pack), encoding="utf-8")
    for path, text in files.items():
        file = root / (path.replace("__", "/").replace("_", "-") + ".yaml")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(textwrap.dedent(text), encoding="utf-8")
    return root


def load_pack(folder: Path, name: str = "shop", pack: str = "", **files: str) -> RuleSet:
    """Write a pack and load it alone."""
    return load_packs([write_pack(folder, name, pack, **files)])
