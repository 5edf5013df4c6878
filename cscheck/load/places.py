"""Where packs lie."""
# pathlib would take longer to import than all that is done here.
# ruff: noqa: PTH112, PTH113, PTH120, PTH208

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@cache
def place(name: str = "rules") -> str:
    """Give the folder of the packs, or of what else comes with cscheck: inside it, or beside it in a checkout."""
    here = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
    inside = f"{here}{os.sep}{name}"
    return inside if os.path.isdir(inside) else f"{os.path.dirname(here)}{os.sep}{name}"


def places() -> dict[str, str]:
    """Name the packs that come with cscheck."""
    folder = place()
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return {}
    found = {name: f"{folder}{os.sep}{name}" for name in names}
    return {name: path for name, path in found.items() if os.path.isfile(f"{path}{os.sep}pack.yaml")}


def shipped(name: str = "rules") -> Path:
    """Give the same folder as a path."""
    from pathlib import Path

    return Path(place(name))


def available() -> dict[str, Path]:
    """Name the packs that come with cscheck, with their paths."""
    from pathlib import Path

    return {name: Path(path) for name, path in places().items()}
