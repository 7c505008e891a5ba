"""Saved queries that need a vocabulary which users import."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
import pytest
from fastapi.testclient import TestClient

from metiers_kg.api import Service, create_app
from metiers_kg.project import Project
from metiers_kg.store import Store

if TYPE_CHECKING:
    from tests.api.conftest import ProblemAssertion

NEEDY = """\
#+ summary: Occupations of a vocabulary
#+ title: {fr: Professions, en: Occupations}
#+ description: {fr: Les professions., en: The occupations.}
#+ requires: [esco, rome]
SELECT ?occupation { ?occupation a <http://data.europa.eu/esco/model#Occupation> } ORDER BY ?occupation
"""
ESCO = {"vocabulary": "esco", "title": "ESCO", "command": "metiers-kg import esco PATH…"}
ROME = {"vocabulary": "rome", "title": "ROME", "command": "metiers-kg import rome PATH…"}
GRAPH = "https://w3id.org/metiers-kg/graph/"
OCCUPATION = "<https://e.org/o1> a <http://data.europa.eu/esco/model#Occupation> ."


@pytest.fixture(params=[(), ("rome",), ("esco", "rome")], ids=["none", "rome", "both"])
def imported(request: pytest.FixtureRequest) -> tuple[str, ...]:
    """What is imported."""
    return tuple(request.param)


@pytest.fixture
def client(tmp_path: Path, imported: tuple[str, ...]) -> Iterator[TestClient]:
    """Ask a service with one needy query."""
    build = tmp_path / "build"
    build.mkdir()
    graphs = " ".join(f"<{GRAPH}{name}> {{ {OCCUPATION} }}" for name in ("data", *imported)[-1:])
    graphs += " ".join(f"<{GRAPH}{name}> {{ <{GRAPH}{name}> a <https://e.org/Dataset> }}" for name in imported)
    quads = pyoxigraph.parse(graphs, pyoxigraph.RdfFormat.TRIG)
    (build / "graph.nq").write_bytes(pyoxigraph.serialize(quads, format=pyoxigraph.RdfFormat.N_QUADS) or b"")
    Store.create(build / "store", build / "graph.nq")
    (build / "manifest.json").write_text(json.dumps({}))
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries" / "needy.rq").write_text(NEEDY)
    service = Service.open(Project(root=tmp_path, build=build), workers=1)
    yield TestClient(create_app(service), raise_server_exceptions=False)
    service.close()


@pytest.mark.parametrize(
    "address", ["/queries/needy/results", "/queries/needy/results.csv", "/queries/needy/results?limit=1"]
)
@pytest.mark.parametrize(("imported", "missing"), [((), [ESCO, ROME]), (("rome",), [ESCO])], indirect=["imported"])
def test_missing_vocabulary_is_a_conflict(
    client: TestClient, assert_problem: ProblemAssertion, address: str, missing: list[dict[str, str]]
) -> None:
    """What is not imported is told with the command that imports it, and no table is given."""
    problem = assert_problem(client.get(address), 409, "missing-vocabulary")

    assert problem["missing"] == missing
    assert "metiers-kg import esco" in str(problem["detail"])


@pytest.mark.parametrize("imported", [("esco", "rome")], indirect=True)
def test_imported_vocabularies_answer(client: TestClient) -> None:
    """With all that it needs the query answers."""
    assert client.get("/queries/needy/results.csv").text.split() == ["occupation", "https://e.org/o1"]


def test_catalogue_tells_what_is_required_and_missing(client: TestClient, imported: tuple[str, ...]) -> None:
    """The list and the query itself say what is needed, and what of it is not here."""
    missing = [one for one in (ESCO, ROME) if one["vocabulary"] not in imported]
    expected = {"requires": ["esco", "rome"], "missing": missing}

    for document in (client.get("/queries.json").json()["queries"][0], client.get("/queries/needy.json").json()):
        assert {key: document[key] for key in expected} == expected


def test_rdf_tells_what_is_required_and_there(client: TestClient, imported: tuple[str, ...]) -> None:
    """In RDF the query requires the graphs; those that are here are datasets."""
    found = Store.memory(client.get("/queries/needy.ttl").text)
    rows = found.rows("SELECT ?g (EXISTS { ?g a void:Dataset } AS ?here) { ?q dcterms:requires ?g } ORDER BY ?g")

    assert [(getattr(g, "value", ""), getattr(here, "value", "")) for g, here in rows] == [
        (GRAPH + name, str(name in imported).lower()) for name in ("esco", "rome")
    ]
