"""Read and write SSSOM/TSV (https://mapping-commons.github.io/sssom/spec-formats-tsv/); every fault with its place.

A file is a metadata block (YAML in lines that begin with ``#``), then a table separated by tabs. What a row must say is
the matter of `metiers_kg.links.rules`; here it is only read.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from metiers_kg.errors import DataError, Finding
from metiers_kg.links.link import BUILT_IN, EXTENSIONS, LITERAL, NO_TERM, Link, LinkSet, compact_id, expand_id

__all__ = ["COLUMNS", "read_links", "write_links"]

COLUMNS: tuple[str, ...] = (
    "subject_id",
    "subject_label",
    "subject_type",
    "predicate_id",
    "predicate_modifier",
    "object_id",
    "object_label",
    "mapping_justification",
    "author_label",
    "mapping_tool",
    "mapping_tool_version",
    "mapping_date",
    "confidence",
    "subject_source",
    "subject_source_version",
    "object_source",
    "object_source_version",
    "match_string",
    "similarity_score",
    "similarity_measure",
    "comment",
    *EXTENSIONS,
)
"""The columns that a file may have, in the order they are written."""

_REQUIRED = ("subject_id", "predicate_id", "object_id", "mapping_justification")
_REFERENCES = ("subject_source", "object_source", "ext_replaced_by")
_PROPAGATED = (
    "mapping_date",
    "mapping_tool",
    "mapping_tool_version",
    "subject_source",
    "subject_source_version",
    "object_source",
    "object_source_version",
    "similarity_measure",
)
"""Slots of the header that stand for every row which has no such column."""

_REQUIRED_METADATA = (
    "curie_map",
    "mapping_set_id",
    "mapping_set_version",
    "mapping_set_title",
    "mapping_set_description",
    "license",
    "creator_label",
)
_METADATA = (
    *_REQUIRED_METADATA,
    "sssom_version",
    "subject_type",
    "object_type",
    *_PROPAGATED,
    "mapping_provider",
    "publication_date",
    "see_also",
    "issue_tracker",
    "comment",
    "extension_definitions",
)
_CURIE = re.compile(r"[A-Za-z_][\w.-]*:[^\s]+")
_PREFIX = re.compile(r"[A-Za-z_][\w.-]*")


class _Faults:
    """Findings of one file, told together."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Finding] = []

    def add(self, rule: str, line: int, column: str, found: str, remedy: str, resource: str = "") -> None:
        place = f"column {column}: " if column else ""
        self.found.append(Finding(f"SSSOM {rule}", resource or "-", f"{place}{found}", remedy, self.file, line))

    def stop(self) -> None:
        """Raise what was found, if anything."""
        if self.found:
            raise DataError(f"{self.file}: {len(self.found)} faults in the file of links", self.found)


def read_links(path: Path, name: str = "") -> LinkSet:
    """Read one file; *name* is what messages call it, where it is not its last name.

    Raises:
        DataError: The file is not SSSOM/TSV; every fault with line, column and what would be right.
    """
    name = name or path.name
    faults = _Faults(name)
    text = _decode(path.read_bytes(), faults)
    lines = text.removesuffix("\n").split("\n")
    start = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
    metadata = _read_metadata(lines[:start], faults)
    prefixes = _prefixes(metadata, faults)
    faults.stop()
    if start == len(lines) or not lines[start]:
        faults.add(
            "table", start + 1, "", "no table", f"a line of column names ({', '.join(_REQUIRED)}, …), then the rows"
        )
        faults.stop()
    columns = _read_columns(lines[start], start + 1, faults)
    faults.stop()
    shared = {slot: str(metadata[slot]) for slot in _PROPAGATED if slot in metadata and slot not in columns}
    for slot in _REFERENCES:
        if slot in shared:
            shared[slot] = _expand(shared[slot], prefixes, 1, slot, faults)
    links = []
    for number, line in enumerate(lines[start + 1 :], start=start + 2):
        if link := _read_row(line, number, columns, shared, prefixes, faults):
            links.append(link)
    faults.stop()
    return LinkSet(name, metadata, links)


def _decode(data: bytes, faults: _Faults) -> str:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = f"found the byte 0x{data[error.start]:02X}, which is not UTF-8"
        faults.add("encoding", line, "", found, "save the file as UTF-8")
        faults.stop()
        raise
    if text.startswith("\ufeff"):
        faults.add("encoding", 1, "", "found a byte order mark", "save the file as UTF-8 without one")
    if "\r" in text:
        line = text.count("\n", 0, text.index("\r")) + 1
        faults.add("encoding", line, "", "found a carriage return", "end lines with a line feed alone")
    faults.stop()
    return text


def _read_metadata(lines: Sequence[str], faults: _Faults) -> dict[str, Any]:
    if not lines:
        remedy = "begin with the metadata, YAML in lines that start with #: curie_map, mapping_set_id, license, …"
        faults.add("metadata", 1, "", "no metadata block", remedy)
        return {}
    try:
        metadata = yaml.load("\n".join(line[1:] for line in lines), Loader=_Strings)  # noqa: S506  a safe loader
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        faults.add("metadata", line, "", f"not YAML: {error.problem}", "write it as key: value")
        return {}
    except yaml.reader.ReaderError as error:
        line = 1 + "\n".join(line[1:] for line in lines)[: error.position].count("\n")
        faults.add("metadata", line, "", f"a character that YAML does not have: {error.character:#x}", "remove it")
        return {}
    if not isinstance(metadata, dict):
        faults.add("metadata", 1, "", f"found {type(metadata).__name__}", "write it as key: value, a line each")
        return {}
    where = {match[1]: n for n, line in enumerate(lines, 1) if (match := re.match(r"#\s*([\w]+):", line))}
    for slot in metadata:
        if slot not in _METADATA:
            faults.add("metadata", where.get(slot, 1), slot, "unknown slot", f"use one of {', '.join(_METADATA)}")
    for slot in _REQUIRED_METADATA:
        if not metadata.get(slot):
            faults.add("metadata", len(lines), slot, "missing", f"add a line #{slot}: …")
    for slot in ("mapping_set_id", "license"):
        if metadata.get(slot) and not str(metadata[slot]).startswith("https://"):
            faults.add("metadata", where.get(slot, 1), slot, f"found {metadata[slot]!r}", "give an https:// IRI")
    return metadata


class _Strings(yaml.SafeLoader):
    """Reads every scalar as text: a version 1.10 stays "1.10", a date stays as it was written."""


_Strings.yaml_implicit_resolvers = {}


def _prefixes(metadata: Mapping[str, Any], faults: _Faults) -> dict[str, str]:
    declared = metadata.get("curie_map")
    if declared is None:
        return {}
    if not isinstance(declared, dict):
        faults.add("metadata", 1, "curie_map", f"found {declared!r}", "write a prefix and its namespace a line")
        return {}
    for prefix, namespace in declared.items():
        if not _PREFIX.fullmatch(str(prefix)) or not re.match(r"https?://\S+$", str(namespace)):
            found = f"found {prefix}: {namespace}"
            faults.add("metadata", 1, "curie_map", found, "write a prefix and the namespace it stands for")
        elif BUILT_IN.get(prefix, namespace) != namespace:
            found = f"{prefix} stands for {namespace}"
            faults.add("metadata", 1, "curie_map", found, f"{prefix} always stands for {BUILT_IN[prefix]}")
    return {str(prefix): str(namespace) for prefix, namespace in declared.items()}


def _read_columns(line: str, number: int, faults: _Faults) -> list[str]:
    columns = line.split("\t")
    for name in columns:
        if name not in COLUMNS:
            faults.add("columns", number, name, "unknown column", f"use one of {', '.join(COLUMNS)}")
        elif columns.count(name) > 1:
            faults.add("columns", number, name, "stands twice", "keep one")
    for name in _REQUIRED:
        if name not in columns:
            faults.add("columns", number, name, "missing", "add the column")
    return columns


def _read_row(
    line: str,
    number: int,
    columns: Sequence[str],
    shared: Mapping[str, str],
    prefixes: Mapping[str, str],
    faults: _Faults,
) -> Link | None:
    if not line.strip():
        faults.add("row", number, "", "an empty line", "remove it")
        return None
    try:
        fields = next(csv.reader([line], delimiter="\t", strict=True))
    except csv.Error as error:
        faults.add("row", number, "", f"quotes do not pair ({error})", 'write a " of a value as "" in a quoted value')
        return None
    if len(fields) != len(columns):
        found = f"{len(fields)} columns"
        faults.add("row", number, "", found, f"separate {len(columns)} columns with tabs, as in the line of names")
        return None
    before = len(faults.found)
    row = dict(zip(columns, fields, strict=True))
    slots = {**shared, **{name: row[name] for name in columns if name not in _FIELDS and row[name]}}
    is_literal = not row["subject_id"] and slots.get("subject_type") == LITERAL
    subject = "" if is_literal else _expand(row["subject_id"], prefixes, number, "subject_id", faults)
    found_object = row["object_id"]
    target = found_object if found_object == NO_TERM else _expand(found_object, prefixes, number, "object_id", faults)
    for slot in _REFERENCES:
        if slot in columns and row[slot]:
            slots[slot] = _expand(row[slot], prefixes, number, slot, faults)
    confidence = _number(row.get("confidence", ""), number, "confidence", row["subject_id"], faults)
    if "similarity_score" in slots:
        _number(slots["similarity_score"], number, "similarity_score", row["subject_id"], faults)
    date = row.get("mapping_date") or slots.pop("mapping_date", "")
    for slot, value in (("mapping_date", date), ("ext_superseded_on", slots.get("ext_superseded_on", ""))):
        if value and not _is_date(value):
            faults.add("date", number, slot, f"found {value!r}", "write a date as 2026-11-22", row["subject_id"])
    modifier = row.get("predicate_modifier", "")
    if modifier not in ("", "Not"):
        remedy = "write Not, or leave it empty"
        faults.add("modifier", number, "predicate_modifier", f"found {modifier!r}", remedy, row["subject_id"])
    if len(faults.found) > before:
        return None
    return Link(
        subject=subject,
        predicate=row["predicate_id"],
        object=target,
        justification=row["mapping_justification"],
        subject_label=row.get("subject_label", ""),
        object_label=row.get("object_label", ""),
        confidence=confidence,
        author=row.get("author_label", ""),
        date=date,
        comment=row.get("comment", ""),
        negated=modifier == "Not",
        slots=slots,
        line=number,
    )


_FIELDS = frozenset(
    {
        "subject_id",
        "subject_label",
        "predicate_id",
        "predicate_modifier",
        "object_id",
        "object_label",
        "mapping_justification",
        "author_label",
        "mapping_date",
        "confidence",
        "comment",
    }
)


def _expand(curie: str, prefixes: Mapping[str, str], line: int, column: str, faults: _Faults) -> str:
    known = ", ".join(sorted(prefixes)) or "none"
    if not _CURIE.fullmatch(curie) or curie.startswith(("http://", "https://")):
        remedy = f"write prefix:name, with a prefix of curie_map ({known})"
        faults.add("identifier", line, column, f"found {curie!r}", remedy)
        return ""
    iri = expand_id(curie, prefixes)
    if iri is None:
        found = f"found {curie!r}, whose prefix is not declared"
        faults.add("identifier", line, column, found, f"add it to curie_map, or use one of {known}")
        return ""
    return iri


def _number(value: str, line: int, column: str, resource: str, faults: _Faults) -> float | None:
    if not value:
        return None
    if not re.fullmatch(r"[01]|[01]?\.\d+", value) or float(value) > 1:
        faults.add("number", line, column, f"found {value!r}", "write a number from 0 to 1, such as 0.85", resource)
        return None
    return float(value)


def _is_date(value: str) -> bool:
    try:
        return datetime.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def write_links(metadata: Mapping[str, object], links: Iterable[Link]) -> str:
    """Return a file of links as text; columns that no row fills are left out.

    Raises:
        ValueError: An IRI has no prefix in the ``curie_map`` of *metadata*.
    """
    prefixes = metadata["curie_map"]
    if not isinstance(prefixes, Mapping):
        raise ValueError("curie_map must give a namespace for each prefix")
    rows = [_row(link, prefixes) for link in links]
    always = {"subject_id", "subject_label", "predicate_id", "object_id", "object_label", "mapping_justification"}
    columns = [name for name in COLUMNS if name in always or any(row.get(name) for row in rows)]
    block = yaml.safe_dump(dict(metadata), allow_unicode=True, sort_keys=False, width=10_000)
    output = io.StringIO()
    output.writelines(f"#{line}\n" for line in block.splitlines())
    writer = csv.writer(output, delimiter="\t", lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([row.get(name, "") for name in columns] for row in rows)
    return output.getvalue()


def _row(link: Link, prefixes: Mapping[str, str]) -> dict[str, str]:
    row = dict(link.slots)
    for name, iri in (
        *([("subject_id", link.subject)] if link.subject else []),
        ("object_id", link.object),
        *((slot, row[slot]) for slot in _REFERENCES if row.get(slot)),
    ):
        curie = iri if iri == NO_TERM else compact_id(iri, prefixes)
        if curie is None:
            raise ValueError(f"no prefix for {iri}; expected one of {', '.join(prefixes)}")
        row[name] = curie
    return row | {
        "subject_label": link.subject_label,
        "predicate_id": link.predicate,
        "predicate_modifier": "Not" if link.negated else "",
        "object_label": link.object_label,
        "mapping_justification": link.justification,
        "author_label": link.author,
        "mapping_date": link.date,
        "confidence": "" if link.confidence is None else f"{link.confidence:.2f}",
        "comment": link.comment,
    }
