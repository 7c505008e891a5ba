"""Every type of parameter over HTTP: what it takes, what it refuses, and how the refusal reads.

The query of these tests is a file that is dropped into a project: it is an operation, a page, an entry of the OpenAPI
document and a tool for assistants without a line of code.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from metiers_kg.api import Service, create_app
from metiers_kg.mcp.knowledge import Knowledge
from metiers_kg.mcp.tool import Tool
from metiers_kg.mcp.toolbox import read_toolbox
from metiers_kg.project import Project
from metiers_kg.web import HtmlPages
from tests.api.conftest import ProblemAssertion

UNITS = """\
#+ summary: Units
#+ title: {fr: Unités, en: Units}
#+ description: {fr: Les unités., en: The units.}
SELECT ?unit { VALUES ?unit { "person" "EUR" } } ORDER BY ?unit
"""

LABEL = "label: {fr: F, en: E}"
EVERY_TYPE = f"""\
#+ summary: Every type
#+ title: {{fr: Tous les types, en: Every type}}
#+ description: {{fr: Ce qu’on lui donne., en: What it is given.}}
#+ tags: [jobs]
#+ params:
#+   any: {{{LABEL}, type: iri, example: "skos:broader"}}
#+   job: {{{LABEL}, type: iri, class: mkg:Job, required: true, example: bio-informaticien}}
#+   text: {{{LABEL}, type: string, min-length: 2, max-length: 8, pattern: "[A-Za-z ]+"}}
#+   said: {{{LABEL}, type: lang-string, lang: nl}}
#+   size: {{{LABEL}, type: integer, minimum: 1, maximum: 50, default: 3, example: 7}}
#+   share: {{{LABEL}, type: decimal, minimum: 0, maximum: 1}}
#+   since: {{{LABEL}, type: date, minimum: 2000-01-01, maximum: 2030-12-31}}
#+   from: {{{LABEL}, type: year, minimum: 2000, maximum: 2030}}
#+   all: {{{LABEL}, type: boolean}}
#+   kind: {{{LABEL}, type: enum, choices: [explicit, inferred]}}
#+   unit: {{{LABEL}, type: string, choices-query: units}}
#+   jobs: {{{LABEL}, type: iri, class: mkg:Job, multiple: true, min-items: 2, max-items: 2}}
PREFIX mkg: <https://w3id.org/metiers-kg/ontology#>
SELECT ?any ?_job_iri ?text ?said ?size ?share ?since ?from ?all ?kind ?unit ?jobs {{
  VALUES ?_any_iri {{ UNDEF }} VALUES ?_text_literal {{ UNDEF }} VALUES ?_said_nl {{ UNDEF }}
  VALUES ?_size_integer {{ 3 }} VALUES ?_share_xsd_decimal {{ UNDEF }} VALUES ?_since_xsd_date {{ UNDEF }}
  VALUES ?_from_xsd_gYear {{ UNDEF }} VALUES ?_all_xsd_boolean {{ UNDEF }} VALUES ?_kind_literal {{ UNDEF }}
  VALUES ?_unit_literal {{ UNDEF }} VALUES ?_jobs_multi_iri {{ UNDEF }}
  ?_job_iri a mkg:Job .
  BIND(?_any_iri AS ?any) BIND(?_text_literal AS ?text) BIND(?_said_nl AS ?said) BIND(?_size_integer AS ?size)
  BIND(?_share_xsd_decimal AS ?share) BIND(?_since_xsd_date AS ?since) BIND(?_from_xsd_gYear AS ?from)
  BIND(?_all_xsd_boolean AS ?all) BIND(?_kind_literal AS ?kind) BIND(?_unit_literal AS ?unit)
  BIND(?_jobs_multi_iri AS ?jobs)
}} ORDER BY ?jobs
"""
JOB = "https://w3id.org/metiers-kg/job/"
XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.fixture(scope="module")
def service(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The tiny project with two more files in its folder of queries."""
    root = tmp_path_factory.mktemp("dropped")
    shutil.copytree(project.queries, root / "queries")
    for name, text in {"every-type": EVERY_TYPE, "units": UNITS}.items():
        Path(root / "queries" / f"{name}.rq").write_text(text, encoding="utf-8")
    with contextlib.closing(Service.open(Project(root=root, build=project.build), workers=1)) as opened:
        yield opened


@pytest.fixture(scope="module")
def client(service: Service) -> TestClient:
    """Ask it, with its pages."""
    return TestClient(create_app(service, HtmlPages(service)), follow_redirects=False)


@pytest.fixture(scope="module")
def tools(service: Service) -> dict[str, Tool]:
    """Its tools."""
    return read_toolbox(
        Knowledge(service.store, service.names, service.catalogue, lambda: service.explainer, service.data_version)
    )


def ask(client: TestClient, *given: tuple[str, str]) -> Any:
    """The answer for one job and what else is given."""
    names = [name for name, _ in given]
    params = [*given, *([] if "job" in names else [("job", "bio-informaticien")])]
    return client.get("/queries/every-type/results.srj", params=params)


@pytest.mark.parametrize(
    ("name", "text", "term"),
    [
        ("any", "skos:broader", {"type": "uri", "value": "http://www.w3.org/2004/02/skos/core#broader"}),
        ("any", "https://e.org/é", {"type": "uri", "value": "https://e.org/é"}),
        ("text", "de l eau", {"type": "literal", "value": "de l eau"}),
        ("said", '"} #\\', {"type": "literal", "value": '"} #\\', "xml:lang": "nl"}),
        ("size", "50", {"type": "literal", "value": "50", "datatype": XSD + "integer"}),
        ("share", ".25", {"type": "literal", "value": "0.25", "datatype": XSD + "decimal"}),
        ("since", "2024-02-29", {"type": "literal", "value": "2024-02-29", "datatype": XSD + "date"}),
        ("from", "2025", {"type": "literal", "value": "2025", "datatype": XSD + "gYear"}),
        ("all", "1", {"type": "literal", "value": "true", "datatype": XSD + "boolean"}),
        ("kind", "inferred", {"type": "literal", "value": "inferred"}),
        ("unit", "EUR", {"type": "literal", "value": "EUR"}),
    ],
)
def test_a_value_becomes_a_term_of_its_type(client: TestClient, name: str, text: str, term: dict[str, str]) -> None:
    """What is given comes back as the term that it stands for."""
    (row,) = ask(client, (name, text)).json()["results"]["bindings"]
    assert term == row[name]


@pytest.mark.parametrize(
    "text", ["bio-informaticien", "Bio-informaticien", "job/bio-informaticien", JOB + "bio-informaticien"]
)
def test_a_resource_goes_by_any_name(client: TestClient, text: str) -> None:
    """An instance of a class is named by slug, label, kind and slug, or IRI."""
    (row,) = ask(client, ("job", text)).json()["results"]["bindings"]
    assert JOB + "bio-informaticien" == row["_job_iri"]["value"]


def test_what_is_left_out_is_all_or_the_default(client: TestClient) -> None:
    """An optional parameter that is left out, or blank, restricts nothing; one with a default has it."""
    (row,) = ask(client, ("text", ""), ("kind", " ")).json()["results"]["bindings"]
    assert {"_job_iri", "size"} == set(row)
    assert row["size"]["value"] == "3"


def test_a_list_is_given_by_repeating(client: TestClient) -> None:
    """Each value of a list is one parameter of the address."""
    rows = ask(client, ("jobs", "bio-informaticien"), ("jobs", "Biostatistician")).json()["results"]["bindings"]
    assert [JOB + "bio-informaticien", JOB + "biostatisticien"] == [row["jobs"]["value"] for row in rows]


@pytest.mark.parametrize(
    ("name", "texts", "expected", "allowed", "near"),
    [
        ("any", ["a b"], "the name, code or IRI of a resource", [], []),
        ("job", ["bio-informatcien"], "the name, code or IRI of an instance of mkg:Job", ["Bio-informaticien", "Biostatisticien", "Data manager"], ["Bio-informaticien"]),
        ("job", ["competence/statistique"], "the name, code or IRI of an instance of mkg:Job", ["Bio-informaticien", "Biostatisticien", "Data manager"], []),
        ("text", ["a"], "a text of 2 to 8 characters that matches [A-Za-z ]+", [], []),
        ("text", ["abcdefghi"], "a text of 2 to 8 characters that matches [A-Za-z ]+", [], []),
        ("text", ["abc1"], "a text of 2 to 8 characters that matches [A-Za-z ]+", [], []),
        ("size", ["0"], "an integer from 1 to 50", [], []),
        ("size", ["1e1"], "an integer from 1 to 50", [], []),
        ("share", ["1.01"], "a decimal number such as 0.5 from 0 to 1", [], []),
        ("since", ["2031-01-01"], "a date such as 2025-12-31 from 2000-01-01 to 2030-12-31", [], []),
        ("since", ["2025-02-30"], "a date such as 2025-12-31 from 2000-01-01 to 2030-12-31", [], []),
        ("from", ["1999"], "a year such as 2025 from 2000 to 2030", [], []),
        ("all", ["oui"], "true or false", [], []),
        ("kind", ["explicite"], "one of explicit, inferred", ["explicit", "inferred"], ["explicit"]),
        ("unit", ["persn"], "a value of the query 'units'", ["EUR", "person"], ["person"]),
        ("jobs", ["bio-informaticien"], "at least 2 different values", [], []),
        ("jobs", ["bio-informaticien", "bio-informaticien"], "at least 2 different values", [], []),
        ("kind", ["explicit", "inferred"], "a single value: one of explicit, inferred", [], []),
    ],
)  # fmt: skip
def test_other_values_are_refused(
    client: TestClient,
    assert_problem: ProblemAssertion,
    name: str,
    texts: list[str],
    expected: str,
    allowed: list[str],
    near: list[str],
) -> None:
    """A value that is not allowed is 422, with parameter, value, what was expected, what is allowed, and the nearest."""
    (fault,) = assert_problem(ask(client, *((name, text) for text in texts)), 422, "parameters")["errors"]
    assert (fault["parameter"], fault["value"], fault["expected"]) == (name, ", ".join(texts), expected)
    assert fault["allowed"] == allowed
    assert fault["suggestions"][: len(near)] == near


def test_a_list_may_be_too_long(client: TestClient, assert_problem: ProblemAssertion) -> None:
    """More values than the list may have are refused."""
    jobs = [("jobs", job) for job in ("bio-informaticien", "biostatisticien", "data-manager")]
    (fault,) = assert_problem(ask(client, *jobs), 422, "parameters")["errors"]
    assert (fault["parameter"], fault["expected"]) == ("jobs", "at most 2 values")


def test_unknown_names_are_refused(client: TestClient, assert_problem: ProblemAssertion) -> None:
    """A parameter that the query does not take is refused, with the nearest that it does, beside all other faults."""
    faults = assert_problem(ask(client, ("siz", "3")), 422, "parameters")["errors"]
    assert [("siz", "size")] == [(fault["parameter"], fault["suggestions"][0]) for fault in faults]


def test_what_is_required_is_asked_for(client: TestClient, assert_problem: ProblemAssertion) -> None:
    """A required parameter that is left out is a fault without a value."""
    (fault,) = assert_problem(client.get("/queries/every-type/results"), 422, "parameters")["errors"]
    assert (fault["parameter"], fault["value"]) == ("job", None)


def test_a_file_is_an_operation(client: TestClient) -> None:
    """The dropped file answers, and is in the catalogue."""
    assert ask(client).status_code == 200
    listed = client.get("/queries.json").json()["queries"]
    assert "every-type" in [query["name"] for query in listed]


def test_a_file_is_a_page(client: TestClient) -> None:
    """The dropped file has a form with a field for each parameter, and a page of its rows."""
    form = client.get("/queries/every-type.html").text
    for name in ("any", "job", "text", "said", "size", "share", "since", "from", "all", "kind", "unit", "jobs"):
        assert f'name="{name}"' in form
    rows = client.get("/queries/every-type/results.html?job=bio-informaticien")
    assert (rows.status_code, "Tous les types" in rows.text) == (200, True)


def test_a_file_is_an_entry_of_the_contract(client: TestClient) -> None:
    """The OpenAPI document has the dropped file with the type of each parameter."""
    operation = client.get("/openapi.json").json()["paths"]["/queries/every-type/results"]["get"]
    schemas = {parameter["name"]: parameter["schema"] for parameter in operation["parameters"] if "name" in parameter}
    assert schemas["job"] == {"type": "string", "pattern": r"\S", "x-class": "mkg:Job"}
    assert schemas["text"] == {"type": "string", "pattern": "^(?:[A-Za-z ]+)$", "minLength": 2, "maxLength": 8}
    assert schemas["size"] == {"type": "integer", "format": "int64", "minimum": 1, "maximum": 50, "default": 3}
    assert schemas["share"] == {"type": "number", "minimum": 0, "maximum": 1}
    assert (schemas["since"]["format"], schemas["since"]["x-maximum"]) == ("date", "2030-12-31")
    assert schemas["from"] == {"type": "integer", "minimum": 2000, "maximum": 2030}
    assert schemas["all"] == {"type": "boolean"}
    assert schemas["kind"] == {"type": "string", "enum": ["explicit", "inferred"]}
    assert schemas["unit"]["x-choices"] == "/queries/units/results"
    assert (schemas["jobs"]["minItems"], schemas["jobs"]["maxItems"]) == (2, 2)
    size = next(parameter for parameter in operation["parameters"] if parameter.get("name") == "size")
    assert (size["example"], size["required"]) == (7, False)


def test_a_file_is_a_tool(tools: dict[str, Tool]) -> None:
    """The dropped file is a tool with typed arguments, and answers its example."""
    tool = tools["every-type"]
    assert tool.takes["properties"]["from"].items() >= {"type": "integer", "minimum": 2000}.items()
    answer = tool.call({**tool.example, "share": 0.5, "all": True, "from": 2025, "size": 7})
    assert not answer.is_error, answer.text
    (row,) = answer.content["rows"]  # type: ignore[misc]
    assert (row["share"], row["all"], row["from"], row["size"]) == (0.5, True, "2025", 7)
    assert "expected an integer from 1 to 50" in tool.call({**tool.example, "size": 51}).text
