"""Draw curves as a small SVG of two by two panels, readable on light and on dark pages."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

from cscheck.bench.curve import Curve

_WIDTH, _HEIGHT = 360, 250
_LEFT, _RIGHT, _TOP, _BOTTOM = 62, 18, 44, 46
_COLORS = ("a", "b")
_STYLE = (
    "text{fill:#57606a}.t{fill:#24292f;font-weight:600}.g{stroke:#d0d7de;fill:none}"
    ".a{stroke:#0969da}.b{stroke:#bc4c00}.a,.b{fill:none;stroke-width:2}"
    "circle.a{fill:#0969da}circle.b{fill:#bc4c00}text.a{fill:#0969da}text.b{fill:#bc4c00}text.a,text.b{stroke:none}"
    "@media(prefers-color-scheme:dark){text{fill:#9198a1}.t{fill:#f0f6fc}.g{stroke:#3d444d}"
    ".a{stroke:#4493f8}.b{stroke:#f0883e}circle.a,text.a{fill:#4493f8}circle.b,text.b{fill:#f0883e}}"
)

Panel = tuple[str, tuple[Curve, ...]]


def panels(curves: Sequence[Curve]) -> list[Panel]:
    """Put curves that belong together into one panel, four in all."""
    named = {curve.name: curve for curve in curves}
    titles = {
        "More conversations of 14 turns": ("turns in all",),
        "Longer conversations": ("one conversation", "next turn"),
        "More rules": ("rules",),
        "Memory": ("memory",),
    }
    return [
        (title, tuple(named[name] for name in names if name in named and named[name].points))
        for title, names in titles.items()
    ]


def svg(curves: Sequence[Curve]) -> str:
    """Draw the panels."""
    drawn = "".join(
        f'<g transform="translate({_WIDTH * (index % 2)} {_HEIGHT * (index // 2)})">{_panel(title, shown)}</g>'
        for index, (title, shown) in enumerate(panels(curves))
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * _WIDTH} {2 * _HEIGHT}" '
        f'font-family="sans-serif" font-size="11"><style>{_STYLE}</style>{drawn}</svg>\n'
    )


def _panel(title: str, curves: Sequence[Curve]) -> str:
    head = f'<text class="t" x="{_LEFT - 46}" y="18" font-size="13">{escape(title)}</text>'
    if not curves:
        return head + f'<text x="{_LEFT}" y="{_HEIGHT / 2:.0f}">not measured</text>'
    right, low = _WIDTH - _RIGHT, _HEIGHT - _BOTTOM
    across = _Axis([size for curve in curves for size, _ in curve.points], _LEFT, right, from_zero=False)
    up = _Axis([figure for curve in curves for _, figure in curve.points], low, _TOP, from_zero=True)
    ticks = "".join(
        f'<path class="g" d="M{_LEFT} {up.at(tick):.1f}H{right}"/>'
        f'<text x="{_LEFT - 6}" y="{up.at(tick) + 4:.1f}" text-anchor="end">{_short(tick)}</text>'
        for tick in up.ticks()
    )
    ticks += "".join(
        f'<text x="{across.at(tick):.1f}" y="{low + 16}" text-anchor="middle">{_short(tick)}</text>'
        for tick in across.ticks()
    )
    labels = "".join(
        f'<text class="{_COLORS[index]}" x="{_LEFT + 150 * index}" y="34">{escape(curve.up)}</text>'
        for index, curve in enumerate(curves)
    )
    foot = f'<text x="{right}" y="{low + 34}" text-anchor="end">{escape(curves[0].across)}</text>'
    lines = "".join(_line(curve, _COLORS[index], across, up) for index, curve in enumerate(curves))
    return head + ticks + labels + foot + lines


def _line(curve: Curve, color: str, across: _Axis, up: _Axis) -> str:
    places = [(across.at(size), up.at(figure)) for size, figure in curve.points]
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    dots = "".join(f'<circle class="{color}" cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in places)
    return f'<polyline class="{color}" points="{points}"/>{dots}'


class _Axis:
    """Where a value lies between two places: evenly, or by its logarithm where values differ by more than tenfold."""

    def __init__(self, values: Sequence[float], begin: float, end: float, *, from_zero: bool) -> None:
        self._begin, self._end = begin, end
        least, most = max(min(values), 1e-9), max(*values, 1e-9)
        self._is_log = most / least > 10
        if self._is_log:
            self._least, self._most = 10.0 ** math.floor(math.log10(least)), 10.0 ** math.ceil(math.log10(most))
        else:
            step = _step(most)
            self._least = 0.0 if from_zero else math.floor(least / step) * step
            self._most = math.ceil(most / step) * step
        if self._most <= self._least:
            self._most = self._least + 1

    def at(self, value: float) -> float:
        """Give the place of a value."""
        if self._is_log:
            share = math.log(max(value, self._least) / self._least) / math.log(self._most / self._least)
        else:
            share = (value - self._least) / (self._most - self._least)
        return self._begin + (self._end - self._begin) * share

    def ticks(self) -> list[float]:
        """Give the values to write on the axis."""
        if self._is_log:
            first, last = round(math.log10(self._least)), round(math.log10(self._most))
            return [10.0**power for power in range(first, last + 1)]
        step = _step(self._most)
        count = round((self._most - self._least) / step)
        return [self._least + step * index for index in range(count + 1)]


def _step(most: float) -> float:
    """Give a round step that goes three to six times into ``most``."""
    power = 10.0 ** math.floor(math.log10(most))
    return next(power * part for part in (0.2, 0.25, 0.5, 1, 2) if most / (power * part) <= 6)


def _short(value: float) -> str:
    if value >= 1_000_000:
        return f"{value / 1e6:g}M"
    if value >= 1_000:
        return f"{value / 1000:g}k"
    return f"{value:g}"
