"""The heat map of overlaps: each pair of jobs as a cell with its value in words and a shade."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import quote_plus, urlencode

from metiers_kg.comparing import Document
from metiers_kg.web.forms import short_value
from metiers_kg.web.texts import Texts

__all__ = ["SHADES", "HeatCell", "HeatRow", "read_heat_map", "read_shades"]

SHADES: tuple[float, ...] = (0.0001, 0.05, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8)
"""Where each shade but the first begins; the style sheet has one more."""


@dataclass(frozen=True, slots=True)
class HeatCell:
    """The nearness of two jobs.

    Attributes:
        text: The value in hundredths; "" where there is none.
        value: The value from 0 to 1, as the language writes it.
        number: The same for programs; "" where there is none.
        shade: The number of its shade, from 0.
        href: Where the two are compared, in the reader's language; "" where there is no value.
        other: The other job.
    """

    text: str
    value: str
    number: str
    shade: int
    href: str
    other: str


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A job with its nearness to each other."""

    job: Document
    cells: tuple[HeatCell, ...]


def read_heat_map(document: Document, place: str, kinds: Sequence[str], texts: Texts) -> list[HeatRow]:
    """Return the rows of a heat map; *place* and *kinds* are how two jobs are compared where a cell leads."""
    jobs = document["jobs"]
    # A thousand addresses: their parts are written once for each job.
    slugs = [quote_plus(short_value(job["iri"])) for job in jobs]
    within = [] if place == "study" else [("in", place)]
    rest = urlencode([*within, *(("kinds", kind) for kind in kinds), ("lang", texts.lang)])
    return [
        HeatRow(
            job,
            tuple(
                HeatCell("", "", "", 0, "", other["label"])
                if value is None
                else HeatCell(
                    f"{100 * value:.0f}",
                    texts.number(f"{value:.2f}"),
                    f"{value:.4g}",
                    bisect_right(SHADES, value),
                    f"/overlap?job={slug}&other={slugs[column]}&{rest}",
                    other["label"],
                )
                for column, (other, value) in enumerate(zip(jobs, values, strict=True))
            ),
        )
        for job, slug, values in zip(jobs, slugs, document["values"], strict=True)
    ]


def read_shades(texts: Texts) -> Sequence[tuple[int, str]]:
    """Return the shades that stand for something, with the values that they stand for.

    >>> read_shades(Texts("en"))[1]
    (2, '5–9')
    """
    begins = [round(100 * begin) for begin in SHADES] + [101]
    told = []
    for shade, (begin, end) in enumerate(pairwise(begins), start=1):
        told.append((shade, f"{texts.number(max(begin, 1))}–{texts.number(min(end - 1, 100))}"))
    return told
