"""The metadata of CSV answers, as a reader of CSV on the Web finds and checks them."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
import uvicorn
from csvw import CSVW

from metiers_kg.api import Service, create_app
from metiers_kg.project import Project
from metiers_kg.queries import Catalogue
from tests.conftest import ROOT

CATALOGUE = Catalogue.read(ROOT / "queries")
ASKED = (
    "coverage",
    "figures",
    "job-competences",
    "jobs-by-evolution",
    "sources",
    "evidence",
    "job-names",
    "what-is-missing",
)
FRENCH = {"bom": "1", "sep": ";"}


@pytest.fixture(scope="module")
def address(project: Project) -> Iterator[str]:
    """The address of a server of the built graph."""
    config = uvicorn.Config(create_app(Service.open(project, workers=1)), port=0, log_level="warning")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.mark.parametrize("given", [{}, FRENCH, {"lang": "en", "limit": "3"}], ids=["plain", "french", "page"])
@pytest.mark.parametrize("name", ASKED)
def test_metadata_are_found_and_valid(address: str, name: str, given: dict[str, str]) -> None:
    """The reader finds the metadata from the CSV alone, and nothing in the CSV breaks them."""
    values = {key: text for key, (text,) in CATALOGUE[name].example_values.items()} | given
    csvw = CSVW(f"{address}/queries/{name}/results.csv{'?' if values else ''}{urlencode(values)}", validate=True)

    assert (True, []) == (csvw.is_valid, csvw.warnings)
    assert list(CATALOGUE[name].columns) == [column.name for column in csvw.tables[0].tableSchema.columns]
    assert list(CATALOGUE[name].columns) == list(next(iter(csvw.tables[0])))


def test_cells_have_their_types(address: str) -> None:
    """Numbers, dates and truth values are read as such, with titles in two languages."""
    csvw = CSVW(f"{address}/queries/figures/results.csv", validate=True)
    columns = {column.name: column for column in csvw.tables[0].tableSchema.columns}

    assert ["anyURI", "decimal", "date", "boolean", "string"] == [
        columns[name].datatype.base for name in ("figure", "value", "start", "relative", "figureLabel")
    ]
    assert ["Valeur", "Value"] == [columns["value"].titles.getfirst(lang) for lang in ("fr", "en")]
