"""Intervals, F1 and kappa against values known from elsewhere."""

from __future__ import annotations

import pytest

from cscheck.evaluation.statistics import Kappa, Share, Tally, macro, wilson


@pytest.mark.parametrize(
    ("hits", "total", "expected"),
    [
        # Newcombe 1998, table I; and the closed form where nothing or everything hits.
        (81, 263, (0.2553, 0.3662)),
        (15, 148, (0.0624, 0.1605)),
        (0, 20, (0.0000, 0.1611)),
        (1, 29, (0.0061, 0.1718)),
        (10, 10, (0.7225, 1.0000)),
    ],
)
def test_wilson(hits: int, total: int, expected: tuple[float, float]) -> None:
    assert wilson(hits, total) == pytest.approx(expected, abs=5e-5)


def test_nothing_of_nothing_has_no_share() -> None:
    assert Share(0, 0).value is None
    assert Share(0, 0).interval is None


def test_f1_by_hand() -> None:
    row = Tally(right=6, false=2, missed=6)
    assert (row.labelled, row.precision.value, row.recall.value) == (12, 0.75, 0.5)
    assert row.f1 == pytest.approx(0.6)


@pytest.mark.parametrize("row", [Tally(0, 0, 3), Tally(0, 3, 0), Tally(0, 2, 3)])
def test_f1_is_undefined_where_nothing_is_right(row: Tally) -> None:
    assert row.f1 is None


def test_macro_counts_the_undefined_as_0() -> None:
    assert macro([0.4, None]) == pytest.approx(0.2)
    assert macro([]) is None


@pytest.mark.parametrize(
    ("cells", "expected"),
    [((20, 5, 10, 15), 0.4), ((45, 15, 25, 15), 0.1304), ((25, 35, 5, 35), 0.2593), ((0, 5, 5, 0), -1.0)],
)
def test_kappa(cells: tuple[int, int, int, int], expected: float) -> None:
    assert Kappa(*cells).value == pytest.approx(expected, abs=5e-5)


def test_kappa_of_judges_who_never_vary_is_undefined() -> None:
    assert Kappa(neither=9).value is None
    assert Kappa(both=9).value is None
    assert Kappa().value is None
    assert Kappa(neither=9).agreement.value == 1.0
