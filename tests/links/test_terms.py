from __future__ import annotations

from pathlib import Path

import pytest

from metiers_kg.errors import InputError
from metiers_kg.links.terms import read_terms

ROME = "https://w3id.org/metiers-kg/rome/"


def _read(folder: Path, text: str | bytes) -> list[object]:
    file = folder / "terms.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return list(read_terms(file, ROME))


def test_label_is_enough(tmp_path: Path) -> None:
    """A list of labels alone is a list of jobs in French."""
    (tmp_path / "terms.csv").write_text("label\nChimiste\n", encoding="utf-8")
    term = read_terms(tmp_path / "terms.csv", ROME)[0]

    assert ("job", "Chimiste", "fr") == (term.kind, term.label, term.names[0].language)


def test_other_columns_help(tmp_path: Path) -> None:
    """Language, kind, synonyms, groups and an IRI are taken; a ROME code names the fiche; semicolons will do."""
    (tmp_path / "terms.csv").write_text(
        "label;language;kind;synonyms;group;id\nGMP;en;competence;good practice|cGMP;H1502|QA;https://e.org/gmp\n",
        encoding="utf-8",
    )
    term = read_terms(tmp_path / "terms.csv", ROME)[0]

    assert ("https://e.org/gmp", "competence", (f"{ROME}H1502", "QA")) == (term.iri, term.kind, term.groups)
    assert ["GMP", "good practice", "cGMP"] == [name.text for name in term.names]


FAULTS = {
    "an empty file": ("", "expected a CSV file with a column label"),
    "no column label": ("name\nChimiste\n", "line 1: expected a column label; found name"),
    "an unknown column": ("label,code\nChimiste,1\n", "found a column 'code'"),
    "no term": ("label\n", "no term below"),
    "a row too short": ("label,kind\nChimiste\n", "line 2: found 1 fields, expected the 2"),
    "an empty label": ("label,kind\n,job\n", "line 2, column label: missing"),
    "an unknown kind": ("label,kind\nChimiste,métier\n", "found 'métier', expected job or competence"),
    "a language that is none": ("label,language\nChimiste,français\n", "expected two letters, such as fr"),
    "an id that is no IRI": ("label,id\nChimiste,12\n", "column id: found '12', expected an IRI"),
    "a term twice": ("label\nChimiste\nChimiste\n", "stands twice"),
    "a quote that does not close": ('label\n"Chimiste\n', "quotes do not pair"),
    "another encoding": ("label\nMétreur\n".encode("latin-1"), "save the file as UTF-8"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_fault_is_told(name: str, tmp_path: Path) -> None:
    """What is not a list of terms is told with line, column and what would be right."""
    text, message = FAULTS[name]

    with pytest.raises(InputError, match=r"terms\.csv") as caught:
        _read(tmp_path, text)

    assert message in str(caught.value)
