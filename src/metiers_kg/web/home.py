"""What the home page shows of the graph: how much there is, and the synthesis table with its jobs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from metiers_kg.api import Service
from metiers_kg.api.pages import Reference
from metiers_kg.api.resources import href
from metiers_kg.errors import MetiersError
from metiers_kg.queries import answer
from metiers_kg.store import Iri, Literal, Store
from metiers_kg.vocabulary import expand, graph_iri
from metiers_kg.web.addresses import query_address
from metiers_kg.web.forms import short_value

__all__ = ["PICTURES", "Figure", "Matrix", "MatrixCell", "MatrixRow", "read_figures", "read_matrix"]

PICTURES = (
    ("picture-flow", query_address("factors-to-competences", {"limit": ["1000"]}) + "#tab=chart"),
    ("picture-network", "/network"),
    ("picture-matrix", "/overlap/matrix"),
    ("picture-compare", "/overlap"),
)
"""The pages that draw the graph, by the text that names each."""

_TABLE = "jobs-by-evolution"
"""The saved query of the synthesis table."""

_CATEGORIES = ("content-change", "growth", "emergence")
"""The categories in the order of the study; others that the data have come after them."""

_COUNT = """
SELECT ?class (COUNT(DISTINCT ?thing) AS ?n) {{
  VALUES (?class ?graph) {{ {pairs} }}
  GRAPH ?graph {{ ?thing a ?class }}
}} GROUP BY ?class"""

_DATA, _ESCO, _ROME = graph_iri("data"), graph_iri("esco"), graph_iri("rome")


@dataclass(frozen=True, slots=True)
class Figure:
    """How many there are of something.

    Attributes:
        key: The text that names it, such as ``figure-jobs``.
        count: How many.
        href: Where they are listed.
        tone: The meaning whose colour it has, such as ``regulatory``; "" for none.
    """

    key: str
    count: int
    href: str
    tone: str = ""


_FIGURES: Sequence[tuple[str, str, Sequence[str], str, str]] = (
    ("figure-jobs", _DATA, ("mkg:Job",), query_address("coverage"), ""),
    (
        "figure-competences",
        _DATA,
        ("mkg:Knowledge", "mkg:Skill", "mkg:Attitude", "mkg:LanguageSkill", "mkg:Qualification"),
        query_address("competences-in-demand"),
        "",
    ),
    *(
        (
            key,
            _DATA,
            (f"mkg:{domain.capitalize()}Factor",),
            query_address("factors-by-domain", {"domain": [domain]}),
            domain,
        )
        for key, domain in (
            ("figure-technological", "technological"),
            ("figure-economic", "economic"),
            ("figure-regulatory", "regulatory"),
            ("figure-societal", "societal"),
        )
    ),
    ("figure-figures", _DATA, ("qb:Observation",), query_address("figures"), ""),
    ("figure-passages", _DATA, ("mkg:Passage",), query_address("sources"), ""),
    ("figure-sources", _DATA, ("mkg:Source",), query_address("sources"), ""),
    ("figure-esco", _ESCO, ("esco:Occupation",), query_address("link-coverage"), ""),
    ("figure-rome", _ROME, ("mkg:RomeFiche",), query_address("link-coverage"), ""),
)
"""Text, graph, classes whose instances are counted (no thing is of two of them), where they are listed, tone."""


def read_figures(service: Service) -> list[Figure]:
    """Count what is in the graph; what there is none of, and what no saved query lists here, is left out."""
    wanted = {name for _, _, names, _, _ in _FIGURES for name in names}
    classes = {name: expand(name) or name for name in wanted}
    counted = _count(service.store, {(classes[n], graph) for _, graph, names, _, _ in _FIGURES for n in names})
    figures = (
        Figure(key, sum(counted.get(classes[name], 0) for name in names), href, tone)
        for key, _, names, href, tone in _FIGURES
    )
    listed = service.catalogue
    return [figure for figure in figures if figure.count and figure.href.split("/")[2] in listed]


def _count(store: Store, pairs: Iterable[tuple[str, str]]) -> dict[str, int]:
    text = _COUNT.format(pairs=" ".join(f"({Iri(class_)} {Iri(graph)})" for class_, graph in sorted(pairs)))
    return {
        class_.value: int(count.value)
        for class_, count in store.rows(text)
        if isinstance(class_, Iri) and isinstance(count, Literal)
    }


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """The jobs that the table puts in one category of one sub-sector.

    Attributes:
        category: The slug of the category, which is also the name of its tone.
        href: The answer of the saved query for this cell.
        jobs: The jobs, by label.
    """

    category: str
    href: str
    jobs: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A sub-sector with its cells, one for each category."""

    sub_sector: Reference
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The synthesis table: sub-sectors by categories of evolution."""

    categories: tuple[Reference, ...]
    rows: tuple[MatrixRow, ...]


def read_matrix(service: Service, lang: str) -> Matrix | None:
    """Return the synthesis table, or None where there is no query for it or nothing in it."""
    query = service.catalogue.get(_TABLE)
    if query is None:
        return None
    try:
        table = answer(service.store, service.names, query, {}, lang=lang).table
    except MetiersError:  # a project of its own may have a query of that name that asks for something
        return None
    if table is None or not {"job", "category", "subSector"} <= set(table.columns):
        return None
    places = [table.columns.index(name) for name in ("subSector", "category", "job")]
    cells: dict[tuple[str, str], set[str]] = {}
    for row in table.rows:
        sub_sector, category, job = (str(getattr(row[place], "value", "")) for place in places)
        cells.setdefault((sub_sector, category), set()).add(job)
    return _arrange(cells, service, lang) if cells else None


def _arrange(cells: Mapping[tuple[str, str], set[str]], service: Service, lang: str) -> Matrix:
    def refer(iri: str) -> Reference:
        return Reference(iri, service.names.label(iri, lang), href(iri))

    def by_label(iris: Iterable[str]) -> tuple[Reference, ...]:
        return tuple(sorted(map(refer, iris), key=lambda reference: reference.label.casefold()))

    categories = sorted({category for _, category in cells}, key=_category_order)
    rows = tuple(
        MatrixRow(
            sub_sector,
            tuple(
                MatrixCell(
                    short_value(category),
                    query_address(
                        _TABLE, {"category": [short_value(category)], "subSector": [short_value(sub_sector.iri)]}
                    ),
                    by_label(cells.get((sub_sector.iri, category), ())),
                )
                for category in categories
            ),
        )
        for sub_sector in by_label({sub_sector for sub_sector, _ in cells})
    )
    return Matrix(tuple(map(refer, categories)), rows)


def _category_order(iri: str) -> tuple[int, str]:
    slug = short_value(iri)
    return (_CATEGORIES.index(slug) if slug in _CATEGORIES else len(_CATEGORIES), iri)
