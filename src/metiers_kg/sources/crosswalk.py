"""The official tables from ROME to ESCO and from ROME to ISCO-08, as SKOS mapping relations.

ESCO's mapping template puts ESCO first, but its relation is read from the second classification to the first: in the
French table ``skos:broadMatch`` says that the ESCO occupation is broader than the ROME appellation.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from pathlib import Path

from metiers_kg.errors import InputError
from metiers_kg.sources.archive import SourceFile, open_parts
from metiers_kg.sources.report import FileRead, Imported, ImportReport, Progress, Remark
from metiers_kg.sources.tables import column_position, decode
from metiers_kg.sources.triples import Triples
from metiers_kg.sources.workbook import read_sheet
from metiers_kg.vocabulary import graph_iri, mint
from metiers_kg.vocabulary.ntriples import is_iri, literal, name, text

__all__ = ["read"]

_ESCO = "http://data.europa.eu/esco/"
_HEADER = "classification 1 id"
_COLUMNS = (_HEADER, "classification 2 id", "mapping relation")
_RELATIONS = tuple(f"skos:{kind}Match" for kind in ("exact", "close", "broad", "narrow", "related"))
_ISCO_SHEET = "ROME to ISCO-08"
_ISCO_COLUMNS = ("Code ROME", "Code ISCO08")
_RIGHTS = "This service uses the ESCO classification of the European Commission."
_EXPECTED = (
    "expected the mapping table of ESCO and ROME (CSV with a row that begins with 'classification 1 ID'), "
    f"or the workbook of ROME and ISCO-08 (XLSX with a sheet {_ISCO_SHEET!r})"
)


def read(
    paths: Iterable[Path],
    progress: Progress = lambda what, done: None,
    *,
    known: Callable[[str], bool] = lambda iri: True,
) -> Imported:
    """Read the official tables as downloaded: from ROME to ESCO (CSV), from ROME to ISCO-08 (XLSX), one or both.

    Args:
        paths: The files, or folders or zips that hold them.
        progress: Told what is read.
        known: Tells whether an IRI is described where ESCO and ROME are imported; what is not is kept, and reported.

    Raises:
        InputError: What was given is neither table, or is damaged; names file and line.
    """
    report = ImportReport("crosswalk")
    triples = Triples()
    tables = {"ROME to ESCO": _read_esco, "ROME to ISCO-08": _read_isco}
    seen: dict[str, SourceFile] = {}
    files = [file for part in open_parts([Path(path) for path in paths]) for file in part.files.values()]
    for number, file in enumerate(files):
        kind = _kind(file)
        if not kind:
            report.not_read[file.where] = "not an official table"
            continue
        if kind in seen:
            raise InputError(f"{file.where}: a second table {kind}, beside {seen[kind].where}; expected one")
        seen[kind] = file
        progress(file.name, number / len(files))
        report.counts[f"rows {kind}"] = tables[kind](file, triples, report, known)
    if not seen:
        raise InputError(
            f"no official table among what was given ({', '.join(report.not_read) or 'nothing'}); {_EXPECTED}"
        )
    _describe_graph(triples, report)
    lines = triples.take_lines()
    report.counts["triples"] = len(lines)
    return Imported(lines, report)


def _kind(file: SourceFile) -> str:
    if file.name.lower().endswith(".xlsx"):
        return "ROME to ISCO-08"
    return "ROME to ESCO" if file.name.lower().endswith(".csv") else ""


def _read_esco(file: SourceFile, triples: Triples, report: ImportReport, known: Callable[[str], bool]) -> int:
    preamble: dict[str, str] = {}
    reader = csv.reader(io.StringIO(decode(file), newline=""), strict=True)
    header: list[str] = []
    seen: set[tuple[str, str]] = set()
    rows = 0
    try:
        for fields in reader:
            if fields and fields[0].strip().lower() == _HEADER:
                header = [field.strip().lower() for field in fields]
                break
            if len(fields) > 1:
                preamble[fields[0].strip().lower()] = fields[1].strip()
        if not header:
            raise InputError(f"{file.where}: no row that begins with 'classification 1 ID'; {_EXPECTED}")
        names = (preamble.get("classification 1 name", ""), preamble.get("classification 2 name", ""))
        if names != ("ESCO", "ROME"):
            raise InputError(f"{file.where}: expected a table of ESCO and ROME; found {names[0]!r} and {names[1]!r}")
        positions = [column_position(file, header, column, reader.line_num) for column in _COLUMNS]
        line = reader.line_num + 1
        for fields in reader:
            if fields:
                rows += 1
                _add_row(file, line, fields, (positions, len(header)), seen, triples, report, known)
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputError(
            f"{file.where}, line {reader.line_num}: not a CSV record ({error}); the file may be cut: download it again"
        ) from error
    report.files.append(FileRead(file.where, "ROME to ESCO", rows))
    version = preamble.get("mapping project version", "of unknown version")
    report.version = version
    esco, rome = (preamble.get(f"classification {n} version", "?") for n in (1, 2))
    report.versions[version] = [f"ESCO {esco}", f"ROME {rome}"]
    return rows


def _add_row(
    file: SourceFile,
    line: int,
    fields: list[str],
    columns: tuple[list[int], int],
    seen: set[tuple[str, str]],
    triples: Triples,
    report: ImportReport,
    known: Callable[[str], bool],
) -> None:
    positions, width = columns
    if len(fields) != width:
        raise InputError(f"{file.where}, line {line}: found {len(fields)} fields, expected the {width} of the header")
    occupation, code, relation = (fields[position].strip() for position in positions)
    if not occupation.startswith(_ESCO) or not is_iri(occupation):
        raise InputError(
            f"{file.where}, line {line}: expected an IRI {_ESCO}… as classification 1 ID; found {occupation!r}"
        )
    if not code.isascii() or not code.isdigit():
        raise InputError(f"{file.where}, line {line}: expected an OGR code as classification 2 ID; found {code!r}")
    if relation not in _RELATIONS:
        raise InputError(f"{file.where}, line {line}: expected one of {', '.join(_RELATIONS)}; found {relation!r}")
    if (occupation, code) in seen:
        report.dropped.append(Remark(file.where, line, "the pair stands here twice", f"{code} {occupation}"))
        return
    seen.add((occupation, code))
    appellation = mint("rome", code)
    _tell_unknown(file, line, (appellation, occupation), report, known)
    triples.add(f"<{appellation}>", name(relation), f"<{occupation}>")


def _read_isco(file: SourceFile, triples: Triples, report: ImportReport, known: Callable[[str], bool]) -> int:
    rows = 0
    for line, (fiche, group) in read_sheet(file, _ISCO_SHEET, _ISCO_COLUMNS):
        if not fiche and not group:
            continue
        rows += 1
        if not fiche.isalnum() or not fiche.isascii() or not group.isdigit():
            raise InputError(
                f"{file.where}, row {line}: expected a ROME code and an ISCO-08 code, such as A1101 and 8341; "
                f"found {fiche!r} and {group!r}"
            )
        start = mint("rome", fiche)
        # The workbook has numbers, which lose the zeros that ISCO codes of the armed forces begin with.
        target = f"{_ESCO}isco/C{group.zfill(4)}"
        _tell_unknown(file, line, (start, target), report, known)
        triples.add(f"<{start}>", name("skos:mappingRelation"), f"<{target}>")
    report.files.append(FileRead(file.where, "ROME to ISCO-08", rows))
    return rows


def _tell_unknown(
    file: SourceFile, line: int, iris: Iterable[str], report: ImportReport, known: Callable[[str], bool]
) -> None:
    for iri in iris:
        if not known(iri):
            reason = "not in the imported release; the row is kept"
            report.unresolved.append(Remark(file.where, line, reason, iri))


def _describe_graph(triples: Triples, report: ImportReport) -> None:
    graph = f"<{graph_iri('crosswalk')}>"
    sources = [source for version in report.versions.values() for source in version]
    for predicate, value in (
        ("rdf:type", name("dcat:Dataset")),
        ("dcterms:title", literal("Official correspondences of ROME with ESCO and ISCO-08", "en")),
        ("dcterms:title", literal("Correspondances officielles du ROME avec ESCO et la CITP-08", "fr")),
        ("dcterms:rights", literal(_RIGHTS, "en")),
        *((("owl:versionInfo", text(report.version)),) if report.version else ()),
        *(("dcterms:source", text(source)) for source in sources),
    ):
        triples.add(graph, name(predicate), value)
