"""Where the user's own files lie."""

from __future__ import annotations

import os
import sys
from typing import Literal


def user_folder(kind: Literal["config", "cache"]) -> str:
    """Give the folder of cscheck's settings or cache, as the platform has it."""
    if sys.platform == "linux":
        # What platformdirs says here too; to import it takes half as long as to start Python.
        given = os.environ.get(f"XDG_{kind.upper()}_HOME", "")
        # Path.expanduser would raise where the user has no home.
        base = given if given.startswith("/") else os.path.expanduser(f"~/.{kind}")  # noqa: PTH111
        return os.path.join(base, "cscheck")  # noqa: PTH118
    import platformdirs

    folder = platformdirs.user_config_dir if kind == "config" else platformdirs.user_cache_dir
    return str(folder("cscheck", appauthor=False))
