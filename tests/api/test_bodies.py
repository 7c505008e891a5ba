"""Answers in each form: formats, dialects, labels, and rows that follow told in each."""

from __future__ import annotations

import io
import json
import re
from xml.sax.saxutils import unescape

import openpyxl
import pytest
from starlette.testclient import TestClient

RESULTS = "/queries/jobs/results"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def test_more_rows_are_told_in_every_form(client: TestClient) -> None:
    """Where rows follow, header and body say so in each form that has a place for it; CSV and TSV say it in the file's name."""
    answers = {form: client.get(f"{RESULTS}.{form}?limit=1") for form in ("srj", "srx", "csv", "tsv", "json", "xlsx")}
    following = "?limit=1&page=2"

    assert {"true"} == {answer.headers["x-truncated"] for answer in answers.values()}
    assert all('rel="next"' in answer.headers["link"] for answer in answers.values())
    assert [following] == answers["srj"].json()["head"]["link"]
    assert [following] == re.findall(r'<link href="([^"]*)"/></head>', unescape(answers["srx"].text))
    assert {"jobs.page-1-of-more"} == {
        answers[form].headers["content-disposition"].split('"')[1].rpartition(".")[0] for form in ("csv", "tsv", "xlsx")
    }
    about = openpyxl.load_workbook(io.BytesIO(answers["xlsx"].content)).worksheets[1]
    assert ("Il y a d’autres lignes", "elles sont à la page 2") in list(about.iter_rows(values_only=True))


def test_last_page_says_so(client: TestClient) -> None:
    """The last page is not cut, and its file is named the last."""
    answer = client.get(f"{RESULTS}.csv?limit=2&page=2")

    assert ("x-truncated" in answer.headers, 'rel="next"' in answer.headers["link"]) == (False, False)
    assert "jobs.page-2-last.csv" in answer.headers["content-disposition"]


def test_link_in_the_body_leads_on(client: TestClient) -> None:
    """Followed from the address of the answer, the reference in the body gives the rows that follow."""
    first = client.get(f"{RESULTS}.srj?limit=1&lang=en")
    second = client.get(f"{RESULTS}.srj{first.json()['head']['link'][0]}")

    assert 1 == len(second.json()["results"]["bindings"])
    assert first.json()["results"] != second.json()["results"]


def test_json_as_an_object(client: TestClient) -> None:
    """shape=object has the rows of the array with what they are, and where they go on."""
    document = client.get(f"{RESULTS}.json?limit=1&shape=object&minimum=1").json()

    assert client.get(f"{RESULTS}.json?limit=1&minimum=1").json() == document["rows"]
    assert ("jobs", {"minimum": ["1"]}) == (document["query"], {k: document["parameters"][k] for k in ("minimum",)})
    assert (True, "?limit=1&minimum=1&page=2&shape=object") == (document["truncated"], document["next"])
    assert ["job", "jobLabel", "competences"] == document["columns"]


def test_whole_object_says_so(client: TestClient) -> None:
    """An answer with all its rows is not truncated, and names the versions that its headers name."""
    answer = client.get(f"{RESULTS}.json?shape=object")
    document = answer.json()

    assert (False, None) == (document["truncated"], document["next"])
    assert [document[name] for name in ("dataVersion", "queryVersion", "engine")] == [
        answer.headers[name] for name in ("x-data-version", "x-query-version", "x-engine")
    ]


def test_csv_for_a_french_spreadsheet(client: TestClient) -> None:
    """bom=1 and sep=; give the same cells, begun by a byte order mark and parted by semicolons."""
    plain = client.get(f"{RESULTS}.csv").content
    french = client.get(f"{RESULTS}.csv", params={"bom": "1", "sep": ";"}).content

    assert b"\xef\xbb\xbf" + plain.replace(b",", b";") == french


@pytest.mark.parametrize(
    ("name", "value"), [("bom", "yes"), ("bom", "2"), ("sep", "|"), ("sep", ";;"), ("shape", "rows"), ("version", "1")]
)
def test_option_that_is_not_allowed(client: TestClient, name: str, value: str) -> None:
    """A value that is not allowed is refused and the parameter named."""
    answer = client.get(f"{RESULTS}.csv", params={name: value})

    assert (422, name) == (answer.status_code, answer.json()["errors"][0]["parameter"])


@pytest.mark.parametrize("how", [".xlsx", "?format=xlsx", ""])
def test_workbook_by_suffix_format_and_accept(client: TestClient, how: str) -> None:
    """A workbook is had by suffix, by format and by Accept."""
    answer = client.get(RESULTS + how, headers={} if how else {"accept": XLSX})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]

    assert XLSX == answer.headers["content-type"]
    assert ("job", "jobLabel", "competences") == next(sheet.iter_rows(values_only=True))


def test_workbook_of_a_truth_value(client: TestClient) -> None:
    """A yes-or-no question has a workbook with its answer."""
    sheet = openpyxl.load_workbook(io.BytesIO(client.get("/queries/has-neighbours/results.xlsx").content)).worksheets[0]

    assert [("boolean",), (True,)] == list(sheet.iter_rows(values_only=True))


@pytest.mark.parametrize(
    ("form", "begins"),
    [("ttl", "@prefix"), ("jsonld", "["), ("nt", "<https://"), ("rdf", "<?xml")],
)
def test_graph_in_all_forms(client: TestClient, form: str, begins: str) -> None:
    """A CONSTRUCT is had in four forms of RDF, and in no form of tables."""
    assert client.get(f"/queries/job-graph/results.{form}").text.startswith(begins)
    assert 406 == client.get("/queries/job-graph/results.xlsx").status_code


@pytest.mark.parametrize("form", ["json", "csv", "srj", "xlsx"])
def test_labels_are_in_the_readers_language(client: TestClient, form: str) -> None:
    """lang, else Accept-Language, decides the language of labels, and the answer names it."""
    english = client.get(f"{RESULTS}.{form}?lang=en")
    preferred = client.get(f"{RESULTS}.{form}", headers={"accept-language": "en-GB, fr;q=0.5"})

    assert ("en", "en") == (english.headers["content-language"], preferred.headers["content-language"])
    assert english.content == preferred.content
    assert client.get(f"{RESULTS}.{form}?lang=fr").content != english.content


def test_versions_are_named(client: TestClient) -> None:
    """Every answer of a saved query names data, query and engine, where it stays, and how long it took; its body has no time."""
    answer = client.get(f"{RESULTS}.srj")

    assert {"x-data-version", "x-query-version", "x-engine", "server-timing"} <= set(answer.headers)
    assert answer.headers["x-data-version"] in answer.links["bookmark"]["url"]
    assert client.get(answer.links["bookmark"]["url"]).content == answer.content
    assert ["head", "results"] == list(json.loads(answer.content))
