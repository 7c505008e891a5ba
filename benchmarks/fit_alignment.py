"""Fits the weights of `metiers_kg.links.matching` on the half of the official table that may be learnt from.

Run as ``python -m benchmarks.fit_alignment imports/``; prints the weights to copy. Two thirds of the half give the
known links and the fit, the last third says how good it is.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from benchmarks.appellations import Task, quality, read_task
from metiers_kg.links.matching import FEATURES, KnownLink, Matcher, batches

SETS = {
    "names": ("name", "text", "equal"),
    "chain": ("name", "text", "equal", "chain"),
    "group": ("name", "text", "equal", "beside", "near"),
    "known": ("name", "text", "equal", "known", "around", "chain"),
}
CANDIDATES = 80


def measures(matcher: Matcher, links: Sequence[KnownLink]) -> tuple[Any, Any]:
    """Return the measures of the best candidates of each term, and which of them is right (-1: none)."""
    answer = {link.subject.iri: link.object for link in links}
    gathered, right = [], []
    for batch in batches([link.subject for link in links]):
        evidence = matcher.measure(batch).measures
        rough = sum(evidence[name] for name in FEATURES)
        best = np.argpartition(-rough, CANDIDATES, axis=1)[:, :CANDIDATES]
        gathered.append(np.stack([np.take_along_axis(evidence[name], best, 1) for name in FEATURES], axis=2))
        for row, term in enumerate(batch):
            found = [n for n, column in enumerate(best[row]) if matcher.iris[column] == answer[term.iri]]
            right.append(found[0] if found else -1)
    return np.concatenate(gathered), np.array(right)


def fit(values: Any, right: Any, names: Sequence[str]) -> dict[str, float]:
    """Return the weights that make the right candidate most likely, by conditional logistic regression."""
    chosen = values[right >= 0][:, :, [FEATURES.index(name) for name in names]].astype(float)
    rows, answers = np.arange(len(chosen)), right[right >= 0]

    def loss(weights: Any) -> tuple[float, Any]:
        totals = chosen @ weights
        totals -= totals.max(axis=1, keepdims=True)
        sums = np.exp(totals).sum(axis=1)
        likely = np.exp(totals) / sums[:, None]
        gradient = ((chosen * likely[:, :, None]).sum(axis=1) - chosen[rows, answers]).mean(axis=0)
        return float((np.log(sums) - totals[rows, answers]).mean()), gradient

    found = minimize(loss, np.ones(len(names)), jac=True, method="L-BFGS-B", bounds=[(0, None)] * len(names))
    return {name: round(float(weight), 1) for name, weight in zip(names, found.x, strict=True)}


def ranks(values: Any, right: Any, weights: dict[str, float]) -> list[int]:
    totals = sum(weight * values[:, :, FEATURES.index(name)] for name, weight in weights.items())
    return [0 if answer < 0 else 1 + int((row > row[answer]).sum()) for row, answer in zip(totals, right, strict=True)]


def main(imports: Path) -> None:
    """Fit and print."""
    esco, rome, table = ((imports / name / "graph.nt").read_text("utf-8") for name in ("esco", "rome", "crosswalk"))
    task: Task = read_task(esco.split("\n"), rome.split("\n"), table.split("\n"))
    cut = len(task.fit) * 2 // 3
    learnt, held = task.fit[:cut], task.fit[cut:]
    matcher = Matcher(task.concepts, learnt)
    values, right = measures(matcher, learnt)
    unseen, answers = measures(matcher, held)
    for name, features in SETS.items():
        weights = fit(values, right, features)
        print(f'    "{name}": {weights},')
        print("       ", quality(ranks(unseen, answers, weights)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
