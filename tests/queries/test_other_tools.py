"""What keeps the files of the catalogue readable by grlc 1.3 and by any SPARQL tool, told without installing them.

grlc takes the ``#+`` lines for YAML, the summary and the description for texts, and finds parameters by a regular
expression; https://github.com/CLARIAH/grlc .
"""

from __future__ import annotations

import re

import pytest
import yaml

from metiers_kg.queries import Catalogue
from metiers_kg.queries.header_values import read_block
from tests.conftest import ROOT

CATALOGUE = Catalogue.read(ROOT / "queries")
PARAMETER = re.compile(
    r"\?_{1,2}(?P<name>[a-zA-Z0-9]+)(?:_(?:iri|number|literal|integer))?(?:_[a-zA-Z0-9]+_[a-zA-Z0-9]+)?(?:_[a-zA-Z0-9]+)?"
)
READ_BY_GRLC = {"summary": str, "description": str, "tags": list, "method": str, "pagination": int, "endpoint": str}


def header(name: str) -> dict[str, object]:
    """Return the YAML of a file's header, read as grlc reads it."""
    lines = [line.lstrip("#+") for line in CATALOGUE[name].text.split("\n") if line.startswith("#+")]
    found = yaml.safe_load("\n".join(lines))
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("name", CATALOGUE)
def test_header_is_of_the_types_that_grlc_expects(name: str) -> None:
    """Each key that grlc knows has a value of the type it expects; it adds to the description as to a text."""
    found = header(name)

    assert {} == {key: value for key, value in found.items() if not isinstance(value, READ_BY_GRLC.get(key, object))}
    assert {"summary", "description", "tags"} <= set(found)


@pytest.mark.parametrize("name", CATALOGUE)
def test_description_has_its_languages(name: str) -> None:
    """The text that grlc shows holds the description in French and English, as the catalogue reads it."""
    found = read_block(header(name)["description"])

    assert isinstance(found, dict)
    assert {lang: text.strip() for lang, text in found.items()} == dict(CATALOGUE[name].description)


@pytest.mark.parametrize("name", CATALOGUE)
def test_parameters_are_those_that_grlc_finds(name: str) -> None:
    """By its regular expression grlc finds the parameters of the header, by their names, and no other."""
    query = CATALOGUE[name]
    body = "\n".join(line for line in query.text.split("\n") if not line.startswith("#+"))

    assert {parameter.name for parameter in query.parameters} == {match["name"] for match in PARAMETER.finditer(body)}


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_iri_has_its_label_beside_it(name: str) -> None:
    """A column of labels stands beside its column, so that CSV has labels too."""
    columns = CATALOGUE[name].columns

    assert [] == [
        c for c in columns if c.endswith("Label") and columns[columns.index(c) - 1] != c.removesuffix("Label")
    ]
