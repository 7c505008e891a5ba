"""Which file of an ESCO release is what: kind and language by its name, version by the name of the zip or folder."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from metiers_kg.errors import InputError
from metiers_kg.sources.archive import Part, SourceFile
from metiers_kg.sources.report import ImportReport

__all__ = ["LABELS", "RELATIONS", "EscoFile", "Release", "sort_files"]

LABELS = ("occupations", "skills", "skillGroups", "ISCOGroups")
"""Kinds of files that describe concepts in one language."""

RELATIONS = (
    "broaderRelationsOccPillar",
    "broaderRelationsSkillPillar",
    "occupationSkillRelations",
    "skillSkillRelations",
)
"""Kinds of files that relate concepts."""

_OTHERS = ("conceptSchemes", "skillsHierarchy")
_NAME = re.compile(
    rf"({'|'.join((*LABELS, *RELATIONS, *_OTHERS))}|[A-Za-z]+Collection)(?:_([a-z]{{2}}(?:-[a-z]{{2}})?))?\.csv"
)
_VERSION = re.compile(r"\bv\.?(\d+(?:\.\d+)+)\b", re.IGNORECASE)
_UNKNOWN = "of unknown version"
_EXPECTED = (
    "expected the CSV zips of https://esco.ec.europa.eu/en/use-esco/download, as downloaded: "
    "'ESCO dataset - v… - classification - en - csv.zip' and, up to v1.1.1, '… - classification -  - csv.zip' beside it"
)


@dataclass(frozen=True, slots=True)
class EscoFile:
    """One file of a release.

    Attributes:
        kind: What it holds, as its name says: "occupations", "greenSkillsCollection" …
        language: Its language; empty for relations.
        version: Its version ("1.1.1"), or "of unknown version".
        source: The file.
    """

    kind: str
    language: str
    version: str
    source: SourceFile

    @property
    def rank(self) -> tuple[int, ...]:
        """The version as numbers; the higher, the newer."""
        return () if self.version == _UNKNOWN else tuple(int(number) for number in self.version.split("."))


@dataclass(frozen=True, slots=True)
class Release:
    """The files given, sorted by what they are for.

    Attributes:
        version: The version of the base release, the one that has the relations.
        base: Its files.
        other_labels: Label files of other versions, the newest first.
    """

    version: str
    base: Sequence[EscoFile]
    other_labels: Sequence[EscoFile]

    def of_kind(self, *kinds: str) -> list[EscoFile]:
        """Return the base release's files of these kinds, in the order of the kinds, English first."""
        found = [file for file in self.base if file.kind in kinds]
        return sorted(found, key=lambda file: (kinds.index(file.kind), file.language != "en", file.language))


def sort_files(parts: Iterable[Part], report: ImportReport) -> Release:
    """Tell the base release from label files of other versions.

    Raises:
        InputError: Nothing of ESCO is there, the relations or the base release's labels are missing, or the relations
            of two versions are given at once.
    """
    files = _recognise(parts, report)
    if not files:
        found = ", ".join(list(report.not_read)[:5]) or "nothing"
        raise InputError(f"no file of ESCO among what was given ({found}); {_EXPECTED}")
    related = [file for file in files if file.kind == "occupationSkillRelations"]
    if not related:
        given = ", ".join(sorted({file.version for file in files}))
        raise InputError(
            f"found labels ({given}) but no occupationSkillRelations.csv, so no occupation would have a skill; "
            f"{_EXPECTED}"
        )
    versions = {file.version: file for file in related}
    if len(versions) > 1:
        told = "; ".join(f"{version}: {file.source.where}" for version, file in versions.items())
        raise InputError(
            f"the relations of {len(versions)} versions at once ({told}); expected those of one; "
            "files of other versions may only bring labels"
        )
    version = related[0].version
    base = _once(file for file in files if file.version == version)
    for kind in ("occupations", "skills"):
        if not any(file.kind == kind for file in base.values()):
            raise InputError(
                f"{related[0].source.where}: relations of ESCO {version}, but no {kind}_….csv of {version} was given; "
                f"{_EXPECTED}"
            )
    others = [file for file in files if file.version != version and file.kind in LABELS]
    for file in files:
        if file.version != version and file.kind not in LABELS:
            report.not_read[file.source.where] = f"only labels are taken from {file.version}; the release is {version}"
        elif file.version == version and file is not base[file.kind, _language(file)]:
            report.not_read[file.source.where] = "the same relations stand in another file of this version"
    _once(others)
    return Release(version, list(base.values()), sorted(others, key=lambda file: file.rank, reverse=True))


def _recognise(parts: Iterable[Part], report: ImportReport) -> list[EscoFile]:
    files = []
    for part in parts:
        found = _VERSION.findall(part.name)
        version = found[-1] if found else _UNKNOWN
        for source in part.files.values():
            match = _NAME.fullmatch(source.name)
            if match and (match[2] or match[1] in RELATIONS):
                files.append(EscoFile(match[1], match[2] or "", version, source))
            else:
                report.not_read[source.where] = "not a table that the import uses"
    return files


def _language(file: EscoFile) -> str:
    return "" if file.kind in RELATIONS else file.language


def _once(files: Iterable[EscoFile]) -> dict[tuple[str, str], EscoFile]:
    """Return the files by kind and language. From v1.2.0 on each language repeats the relations: the first is taken."""
    found: dict[tuple[str, str], EscoFile] = {}
    versions: dict[tuple[str, str, str], EscoFile] = {}
    for file in files:
        if file.kind not in RELATIONS:
            key = (file.kind, file.language, file.version)
            if key in versions:
                raise InputError(
                    f"{file.source.where}: {file.kind} ({file.language}, {file.version}) were already given by "
                    f"{versions[key].source.where}; name each release once"
                )
            versions[key] = file
        found.setdefault((file.kind, _language(file)), file)
    return found
