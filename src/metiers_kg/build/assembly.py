"""Assembly: the named graphs as sorted N-Triples lines, and the lines of the whole dataset."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from heapq import merge
from pathlib import Path

from metiers_kg.build.inputs import data_files
from metiers_kg.build.locations import Locations
from metiers_kg.errors import DataError, Finding
from metiers_kg.links import french_labels, link_files, read_review, read_subjects
from metiers_kg.links import read_links as read_link_file
from metiers_kg.project import Project
from metiers_kg.store import read_turtle
from metiers_kg.vocabulary import PREFIXES, graph_iri

__all__ = [
    "locations",
    "nquads",
    "ntriples",
    "provenance",
    "read_data",
    "read_links",
    "read_ontology",
    "read_sources",
    "read_vocabulary_terms",
    "unstated",
]


def read_sources(project: Project) -> tuple[list[str], list[str], dict[str, list[str]]]:
    """Return the triples of ontology and data, and the graphs of the links (see `read_links`).

    Raises:
        DataError: Files are not as they should be: what is wrong with all of them, so that one look corrects it.
    """
    findings: list[Finding] = []
    ontology: list[str] = []
    data: list[str] = []
    linked: dict[str, list[str]] = {}
    for name in ("vocabularies.ttl", "shapes.ttl"):
        with _gathering(findings):
            if (project.ontology / name).is_file():
                read_turtle(project.ontology / name)
    with _gathering(findings):
        ontology = read_ontology(project)
    faults_before = len(findings)
    with _gathering(findings):
        data = read_data(project)
    with _gathering(findings):
        if len(findings) == faults_before:
            linked = read_links(project, data)
        else:  # what can be linked is not known; whether the files can be read is
            for path in link_files(project.data):
                with _gathering(findings):
                    read_link_file(path, path.relative_to(project.data).as_posix())
    if findings:
        raise DataError(f"ontology, data or links cannot be read: {len(findings)} faults found", findings)
    return ontology, data, linked


@contextmanager
def _gathering(findings: list[Finding]) -> Iterator[None]:
    """Keep what is wrong, and go on."""
    try:
        yield
    except DataError as error:
        findings += error.findings


def read_ontology(project: Project) -> list[str]:
    """Return the ontology's triples; neither shapes nor alignments, which are no part of the reasoning."""
    return read_turtle(project.ontology / "metiers.ttl")


def read_vocabulary_terms(project: Project) -> list[str]:
    """Return the triples that say what the terms of the imported vocabularies mean; no part of the reasoning either."""
    path = project.ontology / "vocabularies.ttl"
    return read_turtle(path) if path.is_file() else []


def read_data(project: Project) -> list[str]:
    """Return the triples of all data files, each once.

    What two sectors share, both say: a folder of data is whole without the others.

    Raises:
        DataError: A file is not Turtle, holds a blank node, or repeats a triple of another file of its folder.
    """
    lines: set[str] = set()
    where: dict[tuple[Path, str], str] = {}
    findings: list[Finding] = []
    for path in data_files(project):
        name = path.relative_to(project.data).as_posix()
        try:
            told = read_turtle(path, name)
        except DataError as error:
            findings += error.findings
            continue
        for line in told:
            subject = line.split(" ", 1)[0].strip("<>")
            if "_:" in line.partition('"')[0]:
                findings.append(_finding("no blank node", subject, name, "give it an IRI of its own", line))
            elif other := where.get((path.parent, line)):
                findings.append(_finding("one file for a triple", subject, name, f"remove it here or in {other}", line))
            where[path.parent, line] = name
            lines.add(line)
    if findings:
        raise DataError(f"the data files are not as they should be: {len(findings)} found", findings)
    return sorted(lines)


def read_links(project: Project, data: Iterable[str]) -> dict[str, list[str]]:
    """Return the graphs "links" and "candidates" of the project's files of links, those that have a triple.

    Args:
        project: The project.
        data: The triples of its data, which say what can be linked.

    Raises:
        DataError: A file of links breaks the rules.
    """
    review = read_review(project.data, french_labels(read_subjects(data)))
    graphs = {"links": review.link_lines(), "candidates": review.candidate_lines()}
    return {name: lines for name, lines in graphs.items() if lines}


def _finding(rule: str, subject: str, file: str, remedy: str, line: str) -> Finding:
    return Finding(rule=rule, resource=subject, message=f"found {line}", remedy=remedy, file=file)


def provenance(software: Mapping[str, str], reasoner: str, asserted: Sequence[str] = ("ontology", "data")) -> list[str]:
    """Return what made the inferred graph of what, in PROV-O; no times, so that the same inputs give the same bytes.

    *asserted* names the graphs that were reasoned over.
    """
    rdf, rdfs, prov = PREFIXES["rdf"], PREFIXES["rdfs"], PREFIXES["prov"]
    run = graph_iri("provenance") + "#reasoning"
    agent = graph_iri("provenance") + "#reasoner"
    inferred = graph_iri("inferred")
    return sorted(
        (
            f"<{inferred}> <{rdf}type> <{prov}Entity> .",
            f"<{inferred}> <{prov}wasGeneratedBy> <{run}> .",
            *(f"<{inferred}> <{prov}wasDerivedFrom> <{graph_iri(name)}> ." for name in asserted),
            f"<{run}> <{rdf}type> <{prov}Activity> .",
            f'<{run}> <{rdfs}label> "OWL 2 RL closure of ontology, data and links"@en .',
            f'<{run}> <{rdfs}label> "Clôture OWL 2 RL de l’ontologie, des données et des liens"@fr .',
            *(f"<{run}> <{prov}used> <{graph_iri(name)}> ." for name in asserted),
            f"<{run}> <{prov}wasAssociatedWith> <{agent}> .",
            f"<{agent}> <{rdf}type> <{prov}SoftwareAgent> .",
            f'<{agent}> <{rdfs}label> "{reasoner} {software.get(reasoner, software["metiers-kg"])}" .',
        )
    )


def nquads(graphs: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield the sorted N-Quads lines of the dataset. *graphs* has sorted N-Triples lines by graph name."""
    named = (
        [f"{line.removesuffix('.')}<{graph_iri(name)}> ." for line in lines] for name, lines in sorted(graphs.items())
    )
    return merge(*(sorted(lines) for lines in named))


def unstated(ontology: Iterable[str], left_out: Iterable[str]) -> list[str]:
    """Return what explanations need beside the dataset, as sorted N-Quads lines.

    These are the triples that the closure holds and ``graph/inferred`` leaves out, and those of the ontology that have
    a blank node: both are read together, so that the names of the blank nodes fit.
    """
    unnamed = [line for line in ontology if "_:" in line.partition('"')[0]]
    return list(nquads({"ontology": unnamed, "inferred": sorted(left_out)}))


def ntriples(graphs: Iterable[Sequence[str]]) -> list[str]:
    """Return the sorted N-Triples lines of the union of the graphs, each once."""
    return sorted({line for lines in graphs for line in lines})


def locations(project: Project) -> Locations:
    """Return where each resource is described: in the file of its kind first, then in the ontology."""
    return Locations([*data_files(project), project.ontology / "metiers.ttl"], project.data)
