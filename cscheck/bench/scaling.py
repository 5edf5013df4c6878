"""``--scaling``: all curves, as a table, as data and as a plot."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from cscheck.bench.curve import Curve
from cscheck.bench.curves import Curves
from cscheck.bench.result import Result, Table
from cscheck.bench.sizes import Sizes
from cscheck.checker import Checker

_DRAFTED = "the next turn is a draft after all turns before it"
_NO_JOBS = "cscheck check has no --jobs yet: processes left out"


def scaling(sizes: Sizes, packs: Sequence[Path] = ()) -> tuple[Result, list[Curve]]:
    """Measure."""
    with tempfile.TemporaryDirectory(prefix="cscheck-bench-") as folder:
        curves = Curves(sizes, packs, Path(folder))
        found = [curves.turns(), curves.long(), curves.prefix(), curves.rules()]
        # Measured through an incremental check once there is one: say so rather than show a figure of something else.
        notes = [_DRAFTED + (", though there is Checker.live" if hasattr(Checker, "live") else "")]
        processes = curves.processes()
        if processes is None:
            notes.append(_NO_JOBS)
        else:
            found.append(processes)
        try:
            found.append(curves.memory())
        except OSError as error:
            notes.append(f"memory left out: {error}")
    notes += [curve.note for curve in found if curve.note]
    tables = tuple(_table(curve) for curve in found)
    return Result("scaling", {"curves": [curve.document() for curve in found]}, tables, tuple(notes)), found


def _table(curve: Curve) -> Table:
    return Table(curve.name, (curve.across, curve.up), tuple((f"{size:,.0f}", figure) for size, figure in curve.points))
