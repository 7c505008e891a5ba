"""ROME: what comes in, what is left out, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from metiers_kg.errors import InputError
from metiers_kg.sources.rome import read
from tests.sources.conftest import MakeWorkbook, MakeZip

TREE = "Données brutes Macro-comp."
HEADER = ["0 - Code domaine compétence", "1 - Domaine compétence", "2 - Enjeu", "3 - Objectif", "4 - Macro-compétence"]
BROADER = "<http://www.w3.org/2004/02/skos/core#broader>"
ROME = "https://w3id.org/metiers-kg/rome/"


def _unix(table: str) -> str:
    return f"unix_{table}_v999_utf8.csv"


@pytest.fixture
def tree(make_workbook: MakeWorkbook) -> Path:
    """A tree of the example's macro-competences, spelled as the workbook spells: with other apostrophes."""
    rows = [
        HEADER,
        [4, "Pilotage", "Essais", "Essayer", "Tester l’air"],
        ["", "", "", "", ""],
        [6, "Coopération", "Soi", "Se tenir", "Garder  son calme"],
    ]
    return make_workbook("rome_competences.xlsx", {"Définition": [["?"]], TREE: rows})


def test_tree_is_joined_by_label_and_placed_by_code(make_zip: MakeZip, rome_files: dict[str, str], tree: Path) -> None:
    """The workbook names macro-competences with other apostrophes and blanks; their places make the codes of the tree."""
    imported = read([make_zip("RefRomeCsv.zip", rome_files), tree])

    assert f"<{ROME}80001> {BROADER} <{ROME}objectif-4A1> ." in imported.lines
    assert f"<{ROME}objectif-4A1> {BROADER} <{ROME}enjeu-4A> ." in imported.lines
    assert f"<{ROME}enjeu-4A> {BROADER} <{ROME}domaine-4> ." in imported.lines
    assert [] == imported.report.unresolved
    assert (2, 2, 2) == tuple(
        imported.report.counts[f"{level} of the tree"] for level in ("domains", "stakes", "goals")
    )


def test_tree_of_another_release_is_told(
    make_zip: MakeZip, make_workbook: MakeWorkbook, rome_files: dict[str, str]
) -> None:
    """Macro-competences that one side lacks are told; one that stands elsewhere is an error."""
    release = make_zip("RefRomeCsv.zip", rome_files)
    other = make_workbook("competences.xlsx", {TREE: [HEADER, [4, "P", "E", "E", "Tester la mer"]]})
    assert ["Tester la mer", "80001", "80003"] == [r.value for r in read([release, other]).report.unresolved]

    wrong = make_workbook("competences.xlsx", {TREE: [HEADER, [5, "P", "E", "E", "Tester l'air"]]})
    with pytest.raises(InputError, match=r"row 2: .* stands in domain 5, but 4A101 is its place in release 999"):
        read([release, wrong])


def test_code_that_no_table_describes_is_told(make_zip: MakeZip, rome_files: dict[str, str]) -> None:
    """References that lead nowhere are left out and told with file and line."""
    rome_files[_unix("coherence_item")] += '"Z1101","55555",""\n"Z9999","80002",""\n'
    rome_files[_unix("rubrique_mobilite")] += '"Z1101","Z9998","1"\n'
    rome_files[_unix("liens_rome_referentiels")] += '"Z1102","5","1","80002"\n'
    report = read([make_zip("RefRomeCsv.zip", rome_files)]).report

    assert [(6, "55555"), (7, "Z9999"), (3, "Z9998")] == [(r.line, r.value) for r in report.unresolved]
    assert [(8, "Z1102 80002")] == [(r.line, r.value) for r in report.dropped]
    assert 4 == report.counts["links to items"]


@pytest.mark.parametrize(
    ("table", "old", "new", "expected"),
    [
        ("referentiel_code_rome", "code_rome_parent", "parent", r"line 1: expected a column 'code_rome_parent'"),
        (
            "referentiel_code_rome",
            "Emploi Brun",
            "Emploi Rose",
            r"line 3, transition_eco: expected .*; found 'Emploi Rose'",
        ),
        ("referentiel_appellation", '"O"', '"X"', r"line 3, mkg:isRarelyUsed: expected O, N or empty; found 'X'"),
        (
            "referentiel_appellation",
            "90002",
            "90001",
            r"line 3, code: expected each code once; found '90001 a second time'",
        ),
        ("referentiel_savoir", "70001", "7 1", r"line 2, code: expected a code of letters and digits; found '7 1'"),
        ("referentiel_competence", "professionnel", "personnel", r"line 4, cat_comp: expected Savoir-faire or"),
        ("coherence_item", "Principale", "Centrale", r"line 2, coeur_metier: expected empty, Principale or Émergente"),
        ("rubrique_mobilite", '"2"', '"second"', r"line 2, order: expected a whole number; found 'second'"),
        ("texte", '"1"', '"3', r"not a CSV record"),
    ],
)
def test_fault_is_told(
    make_zip: MakeZip, rome_files: dict[str, str], table: str, old: str, new: str, expected: str
) -> None:
    """A fault in a table is told with file, line, what was expected and what was found."""
    name = _unix(table)
    assert old in rome_files[name]
    rome_files[name] = rome_files[name].replace(old, new)

    with pytest.raises(InputError, match=rf"{name}, {expected}|{name}, line \d+: {expected}"):
        read([make_zip("RefRomeCsv.zip", rome_files)])


def test_table_that_is_missing_is_named(make_zip: MakeZip, rome_files: dict[str, str]) -> None:
    """A release without one of its tables is an error that names it."""
    del rome_files[_unix("texte")]

    with pytest.raises(InputError, match=r"tables of ROME are missing: unix_texte_v999_utf8\.csv"):
        read([make_zip("RefRomeCsv.zip", rome_files)])


def test_two_releases_are_refused(make_zip: MakeZip, rome_files: dict[str, str]) -> None:
    """Two releases at once, and one release twice, are errors that name them."""
    older = {name.replace("v999", "v998"): text for name, text in rome_files.items()}
    release = make_zip("RefRomeCsv.zip", rome_files)

    with pytest.raises(InputError, match=r"2 releases of ROME at once \(998: .*; 999: "):
        read([release, make_zip("older.zip", older)])
    with pytest.raises(InputError, match="given twice, also as"):
        read([release, make_zip("copy.zip", rome_files)])


def test_what_is_not_rome_4_is_refused(make_zip: MakeZip, tree: Path) -> None:
    """ROME 3, the tree alone, or something else is an error that says what is expected."""
    rome_3 = make_zip("RefRomeCsv.zip", {"unix_item_v346_iso8859-15.csv": "a"})

    with pytest.raises(InputError, match=r"no table of ROME 4\.x .*unix_item_v346_iso8859-15\.csv"):
        read([rome_3])
    with pytest.raises(InputError, match=r"no table of ROME 4\.x .*rome_competences\.xlsx"):
        read([tree])
    with pytest.raises(InputError, match="a second competence tree"):
        read([tree, make_zip("more.zip", {"rome_competences.xlsx": "x"})])
