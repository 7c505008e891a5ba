"""Which file of a ROME release is what, by its name: ``unix_<table>_v<version>_utf8.csv``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from metiers_kg.errors import InputError
from metiers_kg.sources.archive import Part, SourceFile
from metiers_kg.sources.report import ImportReport

__all__ = ["Release", "sort_files"]

_NAME = re.compile(r"unix_([a-z_]+?)_v(\d+)_utf8\.csv")
_TREE = re.compile(r".*competences?.*\.xlsx", re.IGNORECASE)
_USED = (
    "grand_domaine",
    "domaine_professionnel",
    "referentiel_code_rome",
    "cr_gd_dp",
    "referentiel_appellation",
    "referentiel_competence",
    "referentiel_savoir",
    "referentiel_contexte_travail",
    "coherence_item",
    "rubrique_mobilite",
    "texte",
)
_CHECKED = ("liens_rome_referentiels", "item")
_EXPECTED = (
    "expected the zip RefRomeCsv of ROME 4.x as downloaded, with unix_…_v…_utf8.csv files, "
    "and for the competence tree rome_competences.xlsx"
)


@dataclass(frozen=True, slots=True)
class Release:
    """The files of one release.

    Attributes:
        version: Its number as the file names have it ("460").
        tables: The CSV files by table.
        tree: The workbook with the tree of competences, if it was given.
    """

    version: str
    tables: Mapping[str, SourceFile]
    tree: SourceFile | None


def sort_files(parts: Iterable[Part], report: ImportReport) -> Release:
    """Find the tables and the tree.

    Raises:
        InputError: Nothing of ROME 4.x is there, a table is missing, or two releases are given at once.
    """
    tables: dict[str, SourceFile] = {}
    versions: dict[str, SourceFile] = {}
    tree: SourceFile | None = None
    for part in parts:
        for source in part.files.values():
            match = _NAME.fullmatch(source.name)
            if match and match[1] in (*_USED, *_CHECKED):
                versions.setdefault(match[2], source)
                if match[1] in tables and len(versions) == 1:
                    raise InputError(
                        f"{source.where}: given twice, also as {tables[match[1]].where}; name the release once"
                    )
                tables[match[1]] = source
            elif _TREE.fullmatch(source.name):
                if tree:
                    raise InputError(f"{source.where}: a second competence tree beside {tree.where}; expected one")
                tree = source
            elif source.name != "version.txt":
                report.not_read[source.where] = "not a table that the import uses"
    if len(versions) > 1:
        told = "; ".join(f"{version}: {file.where}" for version, file in sorted(versions.items()))
        raise InputError(f"{len(versions)} releases of ROME at once ({told}); expected the files of one")
    if not tables:
        found = ", ".join(list(report.not_read)[:5]) or (tree.where if tree else "nothing")
        raise InputError(f"no table of ROME 4.x among what was given ({found}); {_EXPECTED}")
    missing = [f"unix_{table}_v{next(iter(versions))}_utf8.csv" for table in _USED if table not in tables]
    if missing:
        raise InputError(f"tables of ROME are missing: {', '.join(missing)}; {_EXPECTED}")
    return Release(next(iter(versions)), tables, tree)
