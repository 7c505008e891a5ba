"""ESCO's collections, such as green or digital skills, as SKOS collections.

ESCO publishes each as a concept scheme, which its members say; a collection of SKOS has the members themselves. The
IRIs of the collections are ours (``…/graph/esco#green-skills``), since a scheme cannot be a collection as well.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from metiers_kg.sources.esco.files import EscoFile
from metiers_kg.sources.report import FileRead, ImportReport, Remark
from metiers_kg.sources.tables import read_rows
from metiers_kg.sources.triples import Triples
from metiers_kg.vocabulary import graph_iri
from metiers_kg.vocabulary.ntriples import literal, name

__all__ = ["collection_iri", "read_collection"]

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_LABELS = {
    "digcomp-skills": ("Compétences du cadre DigComp", "DigComp skills"),
    "digital-skills": ("Compétences numériques", "Digital skills"),
    "green-skills": ("Compétences vertes", "Green skills"),
    "language-skills": ("Compétences linguistiques", "Language skills"),
    "research-occupations": ("Professions de la recherche", "Research occupations"),
    "research-skills": ("Compétences de recherche", "Research skills"),
    "transversal-skills": ("Compétences transversales", "Transversal skills"),
}


def collection_iri(kind: str) -> str:
    """Return the IRI of the collection that a file holds, by its kind.

    >>> collection_iri("greenSkillsCollection")
    'https://w3id.org/metiers-kg/graph/esco#green-skills'
    """
    words = _WORD.findall(kind.removesuffix("Collection").replace("digComp", "digcomp"))
    return f"{graph_iri('esco')}#{'-'.join(word.lower() for word in words)}"


def read_collection(file: EscoFile, known: Mapping[str, str], triples: Triples, report: ImportReport) -> None:
    """Add one collection; a member that the release does not describe is dropped and told."""
    iri = collection_iri(file.kind)
    slug = iri.rpartition("#")[2]
    french, english = _LABELS.get(slug, ("", slug.replace("-", " ").capitalize()))
    triples.add(f"<{iri}>", name("rdf:type"), name("skos:Collection"))
    triples.add(f"<{iri}>", name("skos:prefLabel"), literal(english, "en"))
    if french:
        triples.add(f"<{iri}>", name("skos:prefLabel"), literal(french, "fr"))
    rows, members = 0, set()
    for line, (member,) in read_rows(file.source, ("conceptUri",)):
        rows += 1
        if not known.get(member):
            reason = f"a member of {slug} that no file of {file.version} describes"
            report.dropped.append(Remark(file.source.where, line, reason, member))
            continue
        members.add(member)
        triples.add(f"<{iri}>", name("skos:member"), f"<{member}>")
    report.counts[f"in {slug.replace('-', ' ')}"] = len(members)
    report.files.append(FileRead(file.source.where, f"{file.kind}, {file.language}, {file.version}", rows))
