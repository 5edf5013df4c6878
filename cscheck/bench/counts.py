"""``--counts``: figures that no noise can touch: modules imported, and what the engine does for a fixed text."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from cscheck.bench.corpus import Corpus
from cscheck.bench.engine_counts import engine_counts
from cscheck.bench.processes import CSCHECK, run
from cscheck.bench.result import Result, Table
from cscheck.bench.start import BASE, write_transcript

# Runs as ``python -m`` does, and tells at the end what was imported.
_COUNTER = """
import json, runpy, sys
sys.argv = ["cscheck", *sys.argv[1:]]
try:
    if sys.argv[1:]:
        runpy.run_module("cscheck", run_name="__main__")
except SystemExit:
    pass
sys.stdout.flush()
sys.stderr.write("\\n" + json.dumps(sorted(sys.modules)))
"""


def modules(arguments: Sequence[str], folder: Path) -> list[str]:
    """Name the modules that ``cscheck`` has imported at its end; without arguments, those of a bare Python."""
    done = run([sys.executable, "-c", _COUNTER, *arguments], folder)
    found: list[str] = json.loads(done.stderr.decode().rpartition("\n")[2])
    return found


def imported(commands: Mapping[str, Sequence[str]], folder: Path) -> list[dict[str, Any]]:
    """Count modules for each command line, over those of a bare Python, and name the packages that are not ours."""
    bare = set(modules((), folder))
    rows = []
    for name, command in commands.items():
        more = set(modules(command[len(CSCHECK) :], folder)) - bare
        packages = {module.partition(".")[0] for module in more} - sys.stdlib_module_names - {"cscheck", "__mp_main__"}
        own = sum(module.partition(".")[0] == "cscheck" for module in more)
        rows.append({"name": name, "modules": len(more), "own": own, "packages": sorted(packages)})
    return rows


def counts(corpus: Corpus, commands: Mapping[str, Sequence[str]], packs: Sequence[Path] = ()) -> Result:
    """Count; ``commands`` are those of ``--start``."""
    with tempfile.TemporaryDirectory(prefix="cscheck-bench-") as name:
        folder = Path(name)
        write_transcript(folder)
        rows = imported({key: value for key, value in commands.items() if key != BASE}, folder)
    engine = engine_counts(corpus, packs)
    tables = (
        Table(
            "Modules imported, over those of a bare Python",
            ("", "modules", "of cscheck", "packages"),
            tuple((row["name"], row["modules"], row["own"], " ".join(row["packages"])) for row in rows),
        ),
        Table(
            f"What the engine does, {corpus.name}",
            ("", "count"),
            tuple((key.replace("_", " "), value) for key, value in engine.items()),
        ),
    )
    return Result("counts", {"corpus": corpus.facts(), "imports": rows, "engine": engine}, tables)
