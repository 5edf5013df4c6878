"""How much memory a process took at its peak."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from cscheck.bench.processes import run

# A process takes over the peak of whoever starts it, so a small one starts it and not this one.
_STARTER = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(done.returncode)
"""


def peak_megabytes(command: Sequence[str], folder: Path) -> float:
    """Run a program and give its peak resident size; raises OSError where the system does not tell."""
    if sys.platform == "win32":
        raise OSError("no peak size on this system")
    done = run([sys.executable, "-c", _STARTER, *command], folder)
    # Linux counts in kilobytes, macOS in bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    return float(json.loads(done.stdout)) * unit / 1e6
