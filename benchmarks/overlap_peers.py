"""Other ways to the top of all pairs by Jaccard: sets, SPARQL, DuckDB, polars, one sparse product, a loop in C.

Each takes jobs and competences as two columns of numbers, sorted by job, and returns for every job the numbers and
scores of its nearest jobs: the highest first, the lower number first of equals.
"""

from __future__ import annotations

import ctypes
import itertools
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["PEERS", "bare_product", "c_loop"]

Column = npt.NDArray[np.int64]
Tops = list[list[tuple[int, float]]]
Prepared = Callable[[], Tops]

_C = r"""
#include <stdlib.h>
#include <string.h>
/* For each job: count what it shares with others by way of the lists of who asks for a competence; keep the best. */
void tops(int jobs, const int *row_start, const int *column, const int *column_start, const int *row, int most,
          int *best, double *score) {
  int *shared = calloc(jobs, sizeof(int));
  for (int i = 0; i < jobs; i++) {
    memset(shared, 0, jobs * sizeof(int));
    for (int e = row_start[i]; e < row_start[i + 1]; e++)
      for (int f = column_start[column[e]]; f < column_start[column[e] + 1]; f++) shared[row[f]]++;
    int own = row_start[i + 1] - row_start[i], kept = 0;
    int *b = best + (long)i * most;
    double *s = score + (long)i * most;
    for (int j = 0; j < jobs; j++) {
      if (j == i || !shared[j]) continue;
      double value = (double)shared[j] / (own + row_start[j + 1] - row_start[j] - shared[j]);
      if (kept == most && value <= s[most - 1]) continue;
      int at = kept < most ? kept++ : most - 1;
      while (at > 0 && s[at - 1] < value) { s[at] = s[at - 1]; b[at] = b[at - 1]; at--; }
      s[at] = value; b[at] = j;
    }
    for (int k = kept; k < most; k++) b[k] = -1;
  }
  free(shared);
}
"""


def python_sets(jobs: Column, competences: Column, most: int) -> Prepared:
    """Intersect the sets of every pair."""
    sets: list[set[int]] = [set() for _ in range(int(jobs.max()) + 1)]
    for job, competence in zip(jobs.tolist(), competences.tolist(), strict=True):
        sets[job].add(competence)

    def run() -> Tops:
        near: list[list[tuple[float, int]]] = [[] for _ in sets]
        for one, own in enumerate(sets):
            for two in range(one + 1, len(sets)):
                shared = len(own & sets[two])
                if shared:
                    score = shared / (len(own) + len(sets[two]) - shared)
                    near[one].append((-score, two))
                    near[two].append((-score, one))
        return [[(job, -score) for score, job in sorted(found)[:most]] for found in near]

    return run


def sparql(jobs: Column, competences: Column, most: int) -> Prepared:
    """Count what pairs share in SPARQL on pyoxigraph, in memory; rank in Python."""
    import pyoxigraph

    store = pyoxigraph.Store()
    lines = (f"<j:{j}> <p:a> <c:{c}> .\n" for j, c in zip(jobs.tolist(), competences.tolist(), strict=True))
    store.load("".join(lines).encode(), pyoxigraph.RdfFormat.N_TRIPLES)
    sizes = np.bincount(jobs).tolist()

    def run() -> Tops:
        near: list[list[tuple[float, int]]] = [[] for _ in sizes]
        rows: Any = store.query("SELECT ?a ?b (COUNT(*) AS ?n) { ?a <p:a> ?c . ?b <p:a> ?c } GROUP BY ?a ?b")
        for a, b, n in rows:
            one, two, shared = int(a.value[2:]), int(b.value[2:]), int(n.value)
            if one != two:
                near[one].append((-shared / (sizes[one] + sizes[two] - shared), two))
        return [[(job, -score) for score, job in sorted(found)[:most]] for found in near]

    return run


def duckdb(jobs: Column, competences: Column, most: int) -> Prepared:
    """Join, count and rank in DuckDB."""
    import duckdb as engine

    database = engine.connect()
    database.register("given", {"job": jobs, "competence": competences})
    database.execute("CREATE TABLE asks AS SELECT * FROM given")

    def run() -> Tops:
        found = database.execute(
            f"""
            WITH sizes AS (SELECT job, count(*) AS size FROM asks GROUP BY job),
            pairs AS (SELECT a.job AS one, b.job AS two, count(*) AS shared FROM asks a JOIN asks b USING (competence)
                      WHERE a.job <> b.job GROUP BY ALL),
            scored AS (SELECT one, two, shared / (s.size + t.size - shared) AS score FROM pairs
                       JOIN sizes s ON s.job = one JOIN sizes t ON t.job = two)
            SELECT one, two, score FROM scored
            QUALIFY row_number() OVER (PARTITION BY one ORDER BY score DESC, two) <= {most}
            ORDER BY one, score DESC, two
            """  # noqa: S608  the number is ours
        ).fetchnumpy()
        return _grouped(found["one"], found["two"], found["score"], int(jobs.max()) + 1)

    return run


def polars(jobs: Column, competences: Column, most: int) -> Prepared:
    """Join, count and rank in polars."""
    import polars as pl

    asks = pl.DataFrame({"job": jobs.astype(np.int32), "competence": competences.astype(np.int32)})

    def run() -> Tops:
        sizes = asks.group_by("job").len("size")
        found = (
            asks.lazy()
            .join(asks.lazy(), on="competence", suffix="_other")
            .filter(pl.col("job") != pl.col("job_other"))
            .group_by("job", "job_other")
            .len("shared")
            .join(sizes.lazy(), on="job")
            .join(sizes.lazy().rename({"job": "job_other", "size": "size_other"}), on="job_other")
            .with_columns(score=pl.col("shared") / (pl.col("size") + pl.col("size_other") - pl.col("shared")))
            .sort(["job", "score", "job_other"], descending=[False, True, False])
            .group_by("job", maintain_order=True)
            .head(most)
            .collect()
        )
        columns = (found[name].to_numpy() for name in ("job", "job_other", "score"))
        return _grouped(*columns, int(jobs.max()) + 1)

    return run


def scipy_sparse(jobs: Column, competences: Column, most: int) -> Prepared:
    """Multiply sparse matrices, then rank row by row."""
    matrix = _sparse(jobs, competences)
    sizes = np.bincount(jobs)

    def run() -> Tops:
        product = (matrix @ matrix.T).tocsr()
        tops = []
        for row in range(product.shape[0]):
            part = slice(product.indptr[row], product.indptr[row + 1])
            columns, shared = product.indices[part], product.data[part]
            kept = columns != row
            columns, shared = columns[kept], shared[kept]
            scores = shared / (sizes[row] + sizes[columns] - shared)
            order = np.lexsort((columns, -scores))[:most]
            tops.append(list(zip(columns[order].tolist(), scores[order].tolist(), strict=True)))
        return tops

    return run


def bare_product(jobs: Column, competences: Column) -> Callable[[], object]:
    """Return the product of the sparse matrices alone, without scores or ranks: a limit, not an answer."""
    matrix = _sparse(jobs, competences)
    return lambda: matrix @ matrix.T


def c_loop(jobs: Column, competences: Column, most: int) -> Prepared | None:
    """Return a loop in C, or None where there is no compiler."""
    compiler = shutil.which("cc")
    if compiler is None:
        return None
    folder = Path(tempfile.mkdtemp())
    (folder / "tops.c").write_text(_C)
    library = folder / "tops.so"
    subprocess.run([compiler, "-O3", "-march=native", "-shared", "-fPIC", "-o", library, folder / "tops.c"], check=True)
    tops = ctypes.CDLL(str(library)).tops
    count = int(jobs.max()) + 1
    order = np.lexsort((jobs, competences))
    arrays = [
        np.searchsorted(jobs, np.arange(count + 1)),
        competences,
        np.searchsorted(competences[order], np.arange(int(competences.max()) + 2)),
        jobs[order],
    ]
    row_start, column, column_start, row = (np.ascontiguousarray(array, np.int32) for array in arrays)
    best, score = np.empty((count, most), np.int32), np.empty((count, most))

    def pointer(array: npt.NDArray[Any]) -> Any:
        return array.ctypes.data_as(ctypes.c_void_p)

    def run() -> Tops:
        given = (pointer(array) for array in (row_start, column, column_start, row))
        tops(count, *given, most, pointer(best), pointer(score))
        kept = best >= 0
        return [list(zip(best[n][kept[n]].tolist(), score[n][kept[n]].tolist(), strict=True)) for n in range(count)]

    return run


PEERS: dict[str, Callable[[Column, Column, int], Prepared]] = {
    "Python sets": python_sets,
    "SPARQL on pyoxigraph": sparql,
    "DuckDB": duckdb,
    "polars": polars,
    "scipy.sparse": scipy_sparse,
}
"""The peers by name; each prepares what may be prepared and returns what is timed."""


def _sparse(jobs: Column, competences: Column) -> Any:
    from scipy.sparse import csr_matrix

    return csr_matrix((np.ones(len(jobs), np.int32), (jobs, competences)))


def _grouped(one: Any, two: Any, score: Any, count: int) -> Tops:
    starts = np.searchsorted(one, np.arange(count + 1)).tolist()
    pairs = list(zip(two.tolist(), score.tolist(), strict=True))
    return [pairs[begin:stop] for begin, stop in itertools.pairwise(starts)]
