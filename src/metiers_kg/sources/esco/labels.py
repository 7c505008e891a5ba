"""Rows of the files that describe concepts, each concept once."""

from __future__ import annotations

from dataclasses import dataclass

from metiers_kg.errors import InputError
from metiers_kg.sources.esco.files import EscoFile
from metiers_kg.sources.report import FileRead, ImportReport, Remark
from metiers_kg.sources.tables import read_rows
from metiers_kg.vocabulary.ntriples import is_iri

__all__ = ["ConceptRow", "read_concepts"]

NAMESPACE = "http://data.europa.eu/esco/"
_REQUIRED = ("conceptUri", "preferredLabel")
_OPTIONAL = (
    "altLabels",
    "hiddenLabels",
    "definition",
    "scopeNote",
    "description",
    "status",
    "modifiedDate",
    "inScheme",
    "code",
    "iscoGroup",
    "skillType",
    "reuseLevel",
    "naceCode",
)


@dataclass(frozen=True, slots=True)
class ConceptRow:
    """One concept as a file describes it, the values as they stand there."""

    line: int
    iri: str
    preferred: str
    alternatives: str
    hidden: str
    definition: str
    scope_note: str
    description: str
    status: str
    modified: str
    schemes: str
    code: str
    isco_group: str
    skill_type: str
    reuse_level: str
    nace_code: str


def read_concepts(file: EscoFile, report: ImportReport) -> dict[str, ConceptRow]:
    """Return the concepts of a file by IRI.

    A concept that stands there twice is taken as it was modified last, which v1.2.1 needs.

    Raises:
        InputError: An IRI is none of ESCO, or two different rows have the same IRI and nothing tells which is newer.
    """
    concepts: dict[str, ConceptRow] = {}
    rows = 0
    where = file.source.where
    for line, values in read_rows(file.source, _REQUIRED, optional=_OPTIONAL):
        rows += 1
        row = ConceptRow(line, *values)
        iri = row.iri
        if not iri.startswith(NAMESPACE) or not is_iri(iri):
            raise InputError(f"{where}, line {line}: expected an IRI {NAMESPACE}… in column conceptUri; found {iri!r}")
        if other := concepts.get(iri):
            row = _later(where, other, row, report)
        concepts[iri] = row
    holds = f"{file.kind}, {file.language}, {file.version}"
    report.files.append(FileRead(where, holds, rows))
    report.versions.setdefault(file.version, []).append(f"{file.kind} ({file.language})")
    return concepts


def _later(where: str, one: ConceptRow, two: ConceptRow, report: ImportReport) -> ConceptRow:
    first, second = (
        [getattr(row, name) for name in ConceptRow.__slots__ if name not in ("line", "modified")] for row in (one, two)
    )
    if one.modified == two.modified and first != second:
        raise InputError(
            f"{where}, line {two.line}: {two.iri} stands in line {one.line} too, with other values and no later "
            "modifiedDate; expected each concept once"
        )
    kept, left = (two, one) if two.modified > one.modified else (one, two)
    report.dropped.append(Remark(where, left.line, "the concept stands here twice; the later row is taken", left.iri))
    return kept
