"""An analyst's own list of terms: a CSV file with a column ``label``, and others where they help."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from metiers_kg.errors import InputError
from metiers_kg.links.subjects import Name, Subject

__all__ = ["read_terms"]

_COLUMNS = {
    "label": "the name of the term (required)",
    "language": "its language: fr (the default), en, nl, de",
    "kind": "job (the default) or competence",
    "synonyms": "other names, separated by |",
    "group": "codes the term is filed under, separated by |, such as a ROME fiche: terms of one group help each other",
    "id": "its IRI, where it has one",
}
_KINDS = ("job", "competence")
_LANGUAGE = re.compile(r"[a-z]{2}")
_ROME_CODE = re.compile(r"[A-N]\d{4}")


def read_terms(path: Path, rome: str) -> list[Subject]:
    """Read a list of terms.

    Args:
        path: A CSV file, comma or semicolon, in UTF-8, with a line of column names.
        rome: The namespace of ROME codes, so that a group such as "H1206" names the fiche.

    Raises:
        InputError: The file is not such a list; names line and column.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8") from error
    lines = text.splitlines()
    if not lines:
        raise InputError(f"{path}: empty; expected a CSV file with a column label")
    separator = ";" if lines[0].count(";") > lines[0].count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        header = [column.strip().lower() for column in next(reader)]
        _check_header(path, header)
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise InputError(f"{path}, line {reader.line_num}: not a CSV record ({error}); quotes do not pair") from error
    terms: list[Subject] = []
    for line, row in rows:
        if any(field.strip() for field in row):
            if len(row) != len(header):
                found = f"found {len(row)} fields, expected the {len(header)} of the first line"
                raise InputError(f"{path}, line {line}: {found}")
            terms.append(_term(path, line, dict(zip(header, map(str.strip, row), strict=True)), rome))
    if not terms:
        raise InputError(f"{path}: no term below the line of column names")
    seen: dict[str, int] = {}
    for number, term in enumerate(terms):
        if term.iri in seen:
            raise InputError(f"{path}: the term {term.label!r} stands twice; keep one")
        seen[term.iri] = number
    return terms


def _check_header(path: Path, header: list[str]) -> None:
    told = "; ".join(f"{name}: {what}" for name, what in _COLUMNS.items())
    if "label" not in header:
        raise InputError(f"{path}, line 1: expected a column label; found {', '.join(header)}. Columns are {told}")
    for name in header:
        if name not in _COLUMNS or header.count(name) > 1:
            raise InputError(f"{path}, line 1: found a column {name!r}; expected each once of {told}")


def _term(path: Path, line: int, row: dict[str, str], rome: str) -> Subject:
    language = row.get("language") or "fr"
    kind = row.get("kind") or "job"
    if not row["label"]:
        raise InputError(f"{path}, line {line}, column label: missing; expected the name of a term")
    if not _LANGUAGE.fullmatch(language):
        raise InputError(f"{path}, line {line}, column language: found {language!r}, expected two letters, such as fr")
    if kind not in _KINDS:
        raise InputError(f"{path}, line {line}, column kind: found {kind!r}, expected job or competence")
    iri = row.get("id") or ""
    if iri and not re.fullmatch(r"https?://[^\s<>\"]+", iri):
        raise InputError(f"{path}, line {line}, column id: found {iri!r}, expected an IRI, or nothing")
    names = [Name(row["label"], language, "pref")]
    names += [Name(name.strip(), language, "alt") for name in row.get("synonyms", "").split("|") if name.strip()]
    groups = [group.strip() for group in row.get("group", "").split("|") if group.strip()]
    groups = [f"{rome}{group}" if _ROME_CODE.fullmatch(group) else group for group in groups]
    # Without an IRI the term is a literal; its label and kind tell it apart.
    return Subject(iri or f"{kind}:{language}:{row['label']}", kind, names, tuple(groups))
