"""Start other programs and cscheck's own command line, away from the settings of whoever measures."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import cscheck
from cscheck.bench.rounds import timed

CSCHECK = (sys.executable, "-m", "cscheck")


def environment(**more: str) -> dict[str, str]:
    """Give the environment without cscheck's settings, with colour and width forced as on a terminal."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name == "CSCHECK_CACHE_DIR" or not name.startswith(("CSCHECK_", "NO_COLOR"))
    }
    # Programs start in a folder of their own, where a checkout that is not installed would not be found.
    paths = [str(Path(cscheck.__file__).resolve().parent.parent), *kept.get("PYTHONPATH", "").split(os.pathsep)]
    kept["PYTHONPATH"] = os.pathsep.join(filter(None, paths))
    return {**kept, "FORCE_COLOR": "1", "COLUMNS": "100", "PYTHONIOENCODING": "utf-8", **more}


def run(
    command: Sequence[str], folder: Path, more: Mapping[str, str] | None = None, allowed: Sequence[int] = (0, 1)
) -> subprocess.CompletedProcess[bytes]:
    """Run a program to its end; raises CalledProcessError for an exit code that is not ``allowed``."""
    done = subprocess.run(command, cwd=folder, env=environment(**(more or {})), capture_output=True, check=False)
    if done.returncode not in allowed:
        raise subprocess.CalledProcessError(done.returncode, command, done.stdout, done.stderr)
    return done


def seconds(command: Sequence[str], folder: Path, more: Mapping[str, str] | None = None) -> float:
    """Give how long a program takes from start to end."""
    return timed(lambda: run(command, folder, more))


def pack_options(packs: Sequence[Path]) -> list[str]:
    """Give the options that make cscheck use these packs only; none for those that ship."""
    return [option for pack in packs for option in ("--only-pack", str(pack.resolve()))]
