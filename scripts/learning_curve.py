"""Draw docs/learning-curve.svg: how recall at the wanted precision grows with the number of labelled texts.

Trains on random samples of the label files but three writers, and measures on those three.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

import numpy as np

from cscheck.evaluation.categories import Vocabulary
from cscheck.evaluation.item import Item
from cscheck.evaluation.labels import Labels
from cscheck.load.packs import load_packs
from cscheck.training.examples import Example, examples
from cscheck.training.fit import machine, marked, rows, table

HELD = ("w15", "w16", "w17")
SIZES = (500, 1000, 2000, 3000, 4500, 6000, 9000)
KIND = ("said", "agent")
LABELS = ("arguing", "commanding", "forbidden-negative", "overpromise", "perfunctory", "shirking", "vague")
PRECISION = 0.9
ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Measure, print and draw."""
    files = sorted(str(path) for path in (ROOT / "labels" / "said").glob("*.jsonl"))
    items = [item for item in Labels(Vocabulary.of(load_packs())).read(files) if isinstance(item, Item)]
    found = list(examples(items))
    held = [example for example in found if example.group in HELD]
    rest = [example for example in found if example.group not in HELD]
    random.Random(0).shuffle(rest)  # noqa: S311
    sizes = [size for size in SIZES if size <= len(rest)]
    curve = [recall(rest[:size], held) for size in sizes]
    for size, share in zip(sizes, curve, strict=True):
        sys.stdout.write(f"{size:6d}  {share:.3f}\n")
    (ROOT / "docs" / "learning-curve.svg").write_text(svg(sizes, curve), encoding="utf-8")


def recall(train: list[Example], held: list[Example]) -> float:
    """Give the recall over all labels together, at the score from which precision holds on the held-out writers."""
    over = table(train)
    pieces = [(owner, piece) for owner, example in enumerate(held) for piece in example.pieces()]
    owners = np.array([owner for owner, _ in pieces])
    unseen = rows([piece.talk.grams() for _, piece in pieces], over.features, over.idf)
    scores, truth = [], []
    for name in LABELS:
        wanted, judged = marked(name, over.pieces, KIND)
        fitted = machine(0).fit(over.rows[judged], wanted[judged])
        best = np.full(len(held), -np.inf)
        np.maximum.at(best, owners, fitted.decision_function(unseen))
        is_true, is_clear = marked(name, held, KIND)
        scores.append(best[is_clear])
        truth.append(is_true[is_clear])
    score, is_true = np.concatenate(scores), np.concatenate(truth)
    order = np.argsort(-score, kind="stable")
    right = np.cumsum(is_true[order])
    held_up = np.flatnonzero(right / np.arange(1, len(order) + 1) >= PRECISION)
    return float(right[held_up[-1]] / is_true.sum()) if len(held_up) else 0.0


def svg(sizes: list[int], curve: list[float]) -> str:
    """Draw the curve."""
    width, height, left, bottom, top = 640, 320, 56, 44, 24
    across = [left + (width - left - 20) * size / sizes[-1] for size in sizes]
    up = [height - bottom - (height - bottom - top) * share / 0.8 for share in curve]
    points = " ".join(f"{x:.0f},{y:.0f}" for x, y in zip(across, up, strict=True))
    marks = "".join(
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="4" fill="#0969da"/><text x="{x:.0f}" y="{y - 10:.0f}" '
        f'text-anchor="middle">{share:.2f}</text><text x="{x:.0f}" y="{height - bottom + 18}" '
        f'text-anchor="middle">{size}</text>'
        for x, y, share, size in zip(across, up, curve, sizes, strict=True)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" '
        f'font-size="12" fill="#57606a"><rect width="{width}" height="{height}" fill="#ffffff"/>'
        f'<path d="M{left} {top}V{height - bottom}H{width - 20}" stroke="#d0d7de" fill="none"/>'
        f'<polyline points="{points}" fill="none" stroke="#0969da" stroke-width="2"/>{marks}'
        f'<text x="{left}" y="14">recall at precision {PRECISION} on three unseen writers</text>'
        f'<text x="{width - 20}" y="{height - 8}" text-anchor="end">labelled texts</text></svg>\n'
    )


if __name__ == "__main__":
    main()
