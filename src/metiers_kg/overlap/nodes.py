"""The nearest neighbours as resources of the graph: ``mkg:Overlap``, for those who ask in SPARQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from metiers_kg.overlap.comparison import Comparison, compare
from metiers_kg.overlap.incidence import Floats, Integers
from metiers_kg.overlap.measures import HEADLINE, LAMBDA, MEASURES, STEPS, Measure
from metiers_kg.overlap.scoring import Neighbour, find_neighbours, score_rows
from metiers_kg.overlap.space import Space
from metiers_kg.vocabulary import graph_iri, kind_and_slug, mint, slugify
from metiers_kg.vocabulary.ntriples import decimal, integer, literal, name, text

__all__ = ["MOST", "mint_overlap", "overlap_lines"]

MOST: Mapping[str, int] = {"study": 10, "esco": 10, "rome": 10}
"""How many neighbours of each of this graph's jobs are written, by where they are looked for."""

_PLACES = 4
"""Decimals of the values in the graph."""

_TITLES = {
    "study": ("entre métiers de ce graphe", "among the jobs of this graph"),
    "esco": ("avec les professions d’ESCO", "with the occupations of ESCO"),
    "rome": ("avec les fiches du ROME", "with the fiches of ROME"),
}


def mint_overlap(job: str, other: str) -> str:
    """Return the IRI of the overlap of a job with another, made of both.

    >>> mint_overlap("https://w3id.org/metiers-kg/job/chimiste", "https://w3id.org/metiers-kg/rome/H1501")
    'https://w3id.org/metiers-kg/overlap/chimiste--rome-h1501'
    >>> mint_overlap("https://w3id.org/metiers-kg/job/chimiste", "http://data.europa.eu/esco/occupation/1e-2f")
    'https://w3id.org/metiers-kg/overlap/chimiste--esco-1e-2f'
    """
    return mint("overlap", f"{_slug(job)}--{_slug(other)}")


def property_of(measure: Measure) -> str:
    """Return the property that holds a measure's values, as a prefixed name.

    >>> property_of(MEASURES["idf-coverage"])
    'mkg:idfCoverage'
    """
    first, *others = measure.name.split("-")
    return f"mkg:{first}{''.join(word.capitalize() for word in others)}"


def overlap_lines(spaces: Iterable[Space], software: str) -> list[str]:
    """Return the triples of the nearest neighbours of this graph's own jobs in each space, as sorted N-Triples lines.

    *software* is what measured them, with its version.
    """
    return sorted({line for space in spaces for line in _lines(space, software)})


def _lines(space: Space, software: str) -> Iterator[str]:
    own = [n for n, job in enumerate(space.profiles.jobs) if (kind_and_slug(job) or ("",))[0] == "job"]
    rows = np.array([number for number in own if space.asking[number]], np.intp)
    if not len(rows):
        return
    run = f"<{graph_iri('overlap')}#{space.name}>"
    yield from _run_lines(space, run, software)
    values = {measure: _values(space, measure, rows) for measure in MEASURES.values()}
    nearest = find_neighbours(space, HEADLINE, MOST[space.name], rows=rows, native_only=True)
    for job, neighbours in nearest.items():
        for rank, neighbour in enumerate(neighbours, start=1):
            scored = {measure: float(rows_[job][neighbour.job]) for measure, rows_ in values.items()}
            yield from _node_lines(space, run, job, neighbour, rank, scored)


def _values(space: Space, measure: Measure, rows: Integers) -> dict[int, Floats]:
    """Return the scores of each job to every other."""
    return {
        int(row): scores[place]
        for block, scores in score_rows(space, measure, rows=rows)
        for place, row in enumerate(block)
    }


def _node_lines(
    space: Space, run: str, job: int, neighbour: Neighbour, rank: int, scored: Mapping[Measure, float]
) -> Iterator[str]:
    jobs, competences = space.profiles.jobs, space.profiles.competences
    node = f"<{mint_overlap(jobs[job], jobs[neighbour.job])}>"
    yield f"{node} {name('rdf:type')} {name('mkg:Overlap')} ."
    yield f"{node} {name('mkg:overlapOf')} <{jobs[job]}> ."
    yield f"{node} {name('mkg:overlapWith')} <{jobs[neighbour.job]}> ."
    yield f"{node} {name('mkg:rankedBy')} {text(HEADLINE.name)} ."
    yield f"{node} {name('mkg:rank')} {integer(rank)} ."
    yield f"{node} {name('prov:wasGeneratedBy')} {run} ."
    for measure, score in scored.items():
        if score >= 0:
            yield f"{node} {name(property_of(measure))} {decimal(score, _PLACES)} ."
    found = compare(space, job, neighbour.job)
    for property_, listed in _lists(found).items():
        for competence in listed:
            yield f"{node} {name(property_)} <{competences[competence]}> ."


def _lists(found: Comparison) -> dict[str, list[int]]:
    return {
        "mkg:sharedCompetence": [held.competence for held in found.shared],
        "mkg:partlySharedCompetence": [part.held.competence for part in found.partly],
        "mkg:missingCompetence": [held.competence for held in found.missing],
    }


def _run_lines(space: Space, run: str, software: str) -> Iterator[str]:
    """Say what measured, on what, and how."""
    french, english = _TITLES[space.name]
    reference = space.weights.reference
    yield f"{run} {name('rdf:type')} {name('prov:Activity')} ."
    yield f"{run} {name('rdfs:label')} {literal(f'Mesure du recouvrement {french}', 'fr')} ."
    yield f"{run} {name('rdfs:label')} {literal(f'Measuring overlap {english}', 'en')} ."
    yield f"{run} {name('mkg:rankedBy')} {text(HEADLINE.name)} ."
    yield f"{run} {name('mkg:measuredBy')} {text(software)} ."
    yield f"{run} {name('mkg:weighedOn')} {text(' '.join(filter(None, (reference.vocabulary, reference.version))))} ."
    yield f"{run} {name('mkg:parameters')} {text(_parameters(space))} ."
    for used in ("data", "links", *(graph for graph in (reference.vocabulary, space.name) if graph != "study")):
        yield f"{run} {name('prov:used')} <{graph_iri(used)}> ."


def _parameters(space: Space) -> str:
    reference = space.weights.reference
    told = {
        "kinds": "all; of the destination, essential in coverage, idf-coverage and graded-coverage",
        "lambda": f"{LAMBDA:g}",
        "steps": str(STEPS),
        "most": str(MOST[space.name]),
        "reference jobs": str(reference.jobs),
        "competences unknown to the reference": str(reference.unknown),
    }
    return "; ".join(f"{key}: {value}" for key, value in told.items())


def _slug(iri: str) -> str:
    found = kind_and_slug(iri)
    if found is None:
        return f"esco-{slugify(iri.rpartition('/')[2])}"
    kind, slug = found
    return slug if kind == "job" else f"{kind}-{slug.lower()}"
