"""The ways of comparing jobs: where each is asked, what it takes, and what answers it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from metiers_kg.comparing import SPACES, Document, JobComparer
from metiers_kg.comparing.asking import COVERAGES, KINDS, MEASURES

__all__ = ["DESCRIPTIONS", "EXAMPLES", "NAMED", "OPTIONAL", "VIEWS", "View"]

NAMED: Mapping[str, str] = {
    "job": "the name, code or IRI of a job",
    "other": "the name, code or IRI of another job",
    "from": "the name, code or IRI of the job that one comes from",
    "to": "the name, code or IRI of the job that one goes to",
    "into": "the name or IRI of a sub-sector",
    "category": "the name or IRI of a category of evolution",
    "sub-sector": "the name or IRI of a sub-sector",
}
"""The parameters that name something, with what each must be."""

OPTIONAL = ("category", "sub-sector")
"""Those of them that may be left out."""

DESCRIPTIONS: Mapping[str, str] = {
    "job": "A job, by name, code or IRI: of this graph, or an occupation of ESCO or fiche of ROME where imported",
    "other": "Another job, to compare the first with",
    "from": "The job that one comes from: which jobs are within its reach, and which competences open others",
    "to": "The job that one goes to: which jobs lead to it, and the shortest training list for all of them",
    "into": "A sub-sector: which competences are missing most often on the ways into its jobs",
    "category": "With into: only jobs of this category of evolution",
    "sub-sector": "Only the jobs that the table has in this sub-sector; by default all jobs of this graph",
    "in": "Where jobs are looked for; by default where the job is of",
    "measure": "The measure of overlap",
    "kinds": "The kinds of competences that count; by default all, or for coverage the essential ones",
    "threshold": "How near two jobs must be, or which share of a destination must be covered",
    "least": "With from: how many competences a job must ask for to be considered",
    "limit": "The most answers",
}
"""What the parameters mean."""

EXAMPLES: Mapping[str, str] = {"job": "job/datamanager", "other": "job/biostatisticien"}
"""Values to try."""


@dataclass(frozen=True, slots=True)
class View:
    """One way of comparing.

    Attributes:
        name: Its name, for pages.
        path: Its address.
        subject: The parameter that asks for it; None where it needs none.
        takes: The other parameters that it takes.
        defaults: The values of those that have one.
        choices: The values allowed, for those that have but some.
        answer: What answers it.
    """

    name: str
    path: str
    subject: str | None
    takes: tuple[str, ...]
    defaults: Mapping[str, object]
    choices: Mapping[str, tuple[str, ...]]
    answer: Callable[[JobComparer, Mapping[str, object], str], Document]


def _plain(arguments: Mapping[str, object], **names: str) -> dict[str, object]:
    """Return arguments by the names that the comparer has for them."""
    return {names.get(name, name): value for name, value in arguments.items()}


_MATRIX = {"sub-sector": "sub_sector", "in": "within", "limit": "most"}
_ANY: Mapping[str, tuple[str, ...]] = {"in": SPACES, "measure": MEASURES, "kinds": KINDS}
_COVERING: Mapping[str, tuple[str, ...]] = {**_ANY, "measure": COVERAGES}

VIEWS: tuple[View, ...] = (
    View(
        "neighbours",
        "/overlap",
        "job",
        ("in", "measure", "kinds", "limit"),
        {"measure": "combined", "limit": 10},
        _ANY,
        lambda c, a, lang: c.neighbours(lang=lang, **_plain(a, **{"in": "within", "limit": "most"})),  # type: ignore[arg-type]
    ),
    View(
        "comparison",
        "/overlap",
        "other",
        ("job", "in", "kinds"),
        {},
        _ANY,
        lambda c, a, lang: c.compare(lang=lang, **_plain(a, **{"in": "within"})),  # type: ignore[arg-type]
    ),
    View(
        "clusters",
        "/overlap/clusters",
        None,
        ("threshold", "measure", "kinds", "limit"),
        {"threshold": 0.3, "measure": "combined", "limit": 10},
        _ANY,
        lambda c, a, lang: c.clusters(lang=lang, **_plain(a, limit="most")),  # type: ignore[arg-type]
    ),
    View(
        "matrix",
        "/overlap/matrix",
        None,
        ("sub-sector", "measure", "in", "kinds", "limit"),
        {"measure": "combined", "in": "study", "limit": 20},
        _ANY,
        lambda c, a, lang: c.matrix(lang=lang, **_plain(a, **_MATRIX)),  # type: ignore[arg-type]
    ),
    View(
        "reachable",
        "/transitions",
        "from",
        ("threshold", "least", "in", "measure", "kinds", "limit"),
        {"threshold": 0.5, "least": 3, "measure": "idf-coverage", "limit": 20},
        _COVERING,
        lambda c, a, lang: c.reachable(lang=lang, **_plain(a, **{"from": "job", "in": "within", "limit": "most"})),  # type: ignore[arg-type]
    ),
    View(
        "feeders",
        "/transitions",
        "to",
        ("threshold", "in", "measure", "kinds", "limit"),
        {"threshold": 0.5, "measure": "idf-coverage", "limit": 5},
        _COVERING,
        lambda c, a, lang: c.feeders(lang=lang, **_plain(a, **{"to": "job", "in": "within", "limit": "most"})),  # type: ignore[arg-type]
    ),
    View(
        "missing",
        "/transitions",
        "into",
        ("category", "kinds", "limit"),
        {"limit": 20},
        _ANY,
        lambda c, a, lang: c.missing(lang=lang, **_plain(a, into="sub_sector", limit="most")),  # type: ignore[arg-type]
    ),
)
"""The ways of comparing; of those at one address, the last whose subject is given is meant."""
