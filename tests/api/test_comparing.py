"""``/overlap``, ``/overlap/clusters`` and ``/transitions``: jobs compared, as JSON and page, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from metiers_kg.api import create_app
from metiers_kg.api.comparing import VIEWS
from tests.api.conftest import PlainPages, ProblemAssertion, TestClient
from tests.served_jobs import make_service

ASKED = {
    "neighbours": "/overlap?job=a",
    "comparison": "/overlap?job=a&other=b",
    "clusters": "/overlap/clusters",
    "matrix": "/overlap/matrix",
    "reachable": "/transitions?from=a",
    "feeders": "/transitions?to=b",
    "missing": "/transitions?into=s",
}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """Ask about four jobs, nothing being imported, as programs do."""
    app = create_app(make_service(tmp_path_factory.mktemp("alone"), esco=False))
    return TestClient(app, raise_server_exceptions=False)


@pytest.fixture(scope="module")
def beside_esco(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """Ask about four jobs, ESCO being imported, with pages to be had."""
    app = create_app(make_service(tmp_path_factory.mktemp("with-esco"), esco=True), PlainPages())
    return TestClient(app, raise_server_exceptions=False)


def test_every_view_is_tried() -> None:
    """Each way of comparing has an address here."""
    assert [view.name for view in VIEWS] == list(ASKED)


@pytest.mark.parametrize(("view", "address"), ASKED.items())
def test_json(client: TestClient, view: str, address: str) -> None:
    """Who names no form gets JSON that says how it was measured, in the language asked for."""
    response = client.get(address, headers={"accept-language": "en"})
    headers, about = response.headers, response.json()["about"]

    assert (200, "application/json", "en") == (
        response.status_code,
        headers["content-type"],
        headers["content-language"],
    )
    assert {"kinds", "in", "version", "reference", "parameters"} <= set(about)


@pytest.mark.parametrize(("view", "address"), ASKED.items())
def test_page(beside_esco: TestClient, view: str, address: str) -> None:
    """A browser gets a page; who names a form gets that one, whatever is accepted."""
    page = beside_esco.get(address, headers={"accept": "text/html"})
    both = "&" if "?" in address else "?"

    assert f"<p lang=fr>comparison {view} True []" == page.text
    assert page.text == beside_esco.get(f"{address}{both}format=html").text
    named = beside_esco.get(f"{address}{both}format=json", headers={"accept": "text/html"})
    assert "application/json" == named.headers["content-type"]


@pytest.mark.parametrize(("path", "view"), [("/overlap", "neighbours"), ("/transitions", "reachable")])
def test_form(beside_esco: TestClient, path: str, view: str) -> None:
    """Without parameters a browser gets the forms; empty fields are no parameters."""
    for query in ("", "?lang=fr", "?job=&other=&lang=fr" if path == "/overlap" else "?from="):
        page = beside_esco.get(path + query, headers={"accept": "text/html"})
        assert (200, f"<p lang=fr>comparison {view} False []") == (page.status_code, page.text)


def test_nearest_jobs(client: TestClient) -> None:
    """The nearest come first, each with its score and its lists."""
    document = client.get("/overlap", params={"job": "a", "measure": "jaccard", "limit": "1"}).json()

    assert [("Ccc", 0.3333, ["Chimie"], ["Droit"])] == [
        (near["label"], near["score"], [c["label"] for c in near["shared"]], [c["label"] for c in near["missing"]])
        for near in document["neighbours"]
    ]


def test_names_are_taken_as_people_have_them(client: TestClient) -> None:
    """Slug, label in any language and IRI mean the same job."""
    texts = ("a", "job/a", "Aaa", "Eh", " aaa ", "https://w3id.org/metiers-kg/job/a")
    found = {client.get("/overlap", params={"job": text}).json()["job"]["iri"] for text in texts}

    assert {"https://w3id.org/metiers-kg/job/a"} == found


def test_several_kinds(client: TestClient) -> None:
    """The parameter of kinds is given once for each."""
    kinds = client.get("/overlap?job=a&kinds=optional&kinds=essential").json()["about"]["kinds"]

    assert ["essential", "optional"] == kinds


def test_another_vocabulary(beside_esco: TestClient) -> None:
    """With in=esco the neighbours are occupations, and their concepts say what of this graph they stand for."""
    document = beside_esco.get("/overlap", params={"job": "a", "in": "esco"}).json()
    near = document["neighbours"][0]

    assert ("esco", "1.1.1", "chimiste") == (document["about"]["in"], document["about"]["version"], near["label"])
    assert "closeMatch" == near["shared"][0]["standsFor"][0]["relation"]


def test_a_comparison_leaves_no_trace(client: TestClient) -> None:
    """What two jobs compared say of a competence is not told in later answers about others."""
    before = client.get("/overlap?job=a").content
    client.get("/overlap?job=a&other=b")

    assert before == client.get("/overlap?job=a").content


def test_a_vocabulary_that_is_not_imported(client: TestClient, assert_problem: ProblemAssertion) -> None:
    """Without the vocabulary the answer is a conflict that names the command which imports it."""
    problem = assert_problem(client.get("/overlap?job=a&in=esco"), 409, "missing-vocabulary")

    assert ["metiers-kg import esco PATH…"] == [one["command"] for one in problem["missing"]]


def test_without_the_file_of_the_jobs(tmp_path: Path, assert_problem: ProblemAssertion) -> None:
    """Where the build has no file of the jobs, there is nothing to ask; its folder is not told."""
    service = replace(make_service(tmp_path, esco=False), build=tmp_path / "nowhere")
    problem = assert_problem(TestClient(create_app(service)).get("/overlap?job=a"), 503, "not-built")

    assert str(tmp_path) not in problem["detail"]


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("/overlap?in=study", "job"),
        ("/overlap?other=b", "job"),
        ("/overlap?job=a&job=b", "job"),
        ("/overlap?job=" + "x" * 2001, "job"),
        ("/overlap?job=d", "job"),
        ("/overlap?job=a&other=d", "other"),
        ("/overlap?job=a&other=a", "other"),
        ("/overlap?job=a&other=nobody", "other"),
        ("/overlap?job=a&other=b&measure=cosine", "measure"),
        ("/overlap?job=a&other=b&limit=3", "limit"),
        ("/overlap?job=a&in=onet", "in"),
        ("/overlap?job=a&measure=jacard", "measure"),
        ("/overlap?job=a&kinds=rare", "kinds"),
        ("/overlap?job=a&limit=0", "limit"),
        ("/overlap?job=a&limit=101", "limit"),
        ("/overlap?job=a&limit=many", "limit"),
        ("/overlap?job=a&threshold=0.5", "threshold"),
        ("/overlap?job=a&page=2", "page"),
        ("/overlap/clusters?threshold=2", "threshold"),
        ("/overlap/clusters?threshold=-0.1", "threshold"),
        ("/overlap/clusters?threshold=nan", "threshold"),
        ("/overlap/clusters?threshold=near", "threshold"),
        ("/overlap/clusters?job=a", "job"),
        ("/overlap/clusters?in=esco", "in"),
        ("/transitions?threshold=0.5", "from"),
        ("/transitions?from=d", "from"),
        ("/transitions?to=nobody", "to"),
        ("/transitions?from=a&to=b", "from"),
        ("/transitions?from=a&measure=jaccard", "measure"),
        ("/transitions?from=a&least=0", "least"),
        ("/transitions?from=a&least=²", "least"),
        ("/transitions?to=b&least=3", "least"),
        ("/transitions?into=a", "into"),
        ("/transitions?into=s&category=decline", "category"),
        ("/transitions?into=s&measure=coverage", "measure"),
    ],
)
def test_wrong_parameters(
    client: TestClient, beside_esco: TestClient, assert_problem: ProblemAssertion, address: str, parameter: str
) -> None:
    """What is unknown, missing, too much or not allowed is told of the parameter that has it; a page tells it too."""
    problem = assert_problem(client.get(address), 422, "parameters")
    page = beside_esco.get(address, headers={"accept": "text/html"})

    assert [parameter] == [fault["parameter"] for fault in problem["errors"]]
    assert (422, True) == (page.status_code, page.text.endswith(f" False ['{parameter}']"))


def test_the_page_of_a_fault_is_of_what_was_meant(beside_esco: TestClient) -> None:
    """The last subject that is given says what was meant; without one, the first question of the address."""
    pages = {
        address: beside_esco.get(address, headers={"accept": "text/html"}).text.split()[2]
        for address in ("/transitions?from=a&to=b", "/transitions?least=2", "/overlap?job=a&other=a", "/overlap?jab=a")
    }

    assert ["feeders", "reachable", "comparison", "neighbours"] == list(pages.values())


def test_a_wrong_name_is_suggested(client: TestClient, assert_problem: ProblemAssertion) -> None:
    """The nearest names stand beside the one that nothing has."""
    problem = assert_problem(client.get("/overlap?job=a&other=Bbbb"), 422, "parameters")

    assert [["Bbb"]] == [fault["suggestions"] for fault in problem["errors"]]


def test_all_faults_are_told_at_once(client: TestClient, assert_problem: ProblemAssertion) -> None:
    """Who has three things wrong is told of three."""
    address = "/transitions?from=a&threshold=7&least=none&measure=cosine"
    problem = assert_problem(client.get(address), 422, "parameters")

    assert ["threshold", "least", "measure"] == [fault["parameter"] for fault in problem["errors"]]


@pytest.mark.parametrize("address", ASKED.values())
def test_is_cached(client: TestClient, beside_esco: TestClient, address: str) -> None:
    """An answer has a tag by which it is not sent twice, another for each language and form; HEAD has it too."""
    tag = client.get(address).headers["etag"]
    others = [
        beside_esco.get(address, headers={"accept": accept, "accept-language": lang}).headers["etag"]
        for accept in ("application/json", "text/html")
        for lang in ("fr", "de")
    ]
    head = client.head(address)

    assert 4 == len(set(others))
    assert 304 == client.get(address, headers={"if-none-match": tag}).status_code
    assert (200, tag, b"") == (head.status_code, head.headers["etag"], head.content)


@pytest.mark.parametrize(("lang", "label"), [("fr", "Aaa"), ("en", "Eh"), ("nl", "Aaa"), ("de", "Aaa")])
def test_languages(client: TestClient, lang: str, label: str) -> None:
    """Labels are in the language asked for, or in one that stands in."""
    assert label == client.get("/overlap", params={"job": "a", "lang": lang}).json()["job"]["label"]


def test_not_acceptable(client: TestClient, assert_problem: ProblemAssertion) -> None:
    """A comparison is not a table; without pages there is no page."""
    assert_problem(client.get("/overlap?job=a&format=csv"), 406, "not-acceptable")
    assert_problem(client.get("/overlap?job=a&format=html"), 406, "not-acceptable")


@pytest.mark.parametrize("text", ['"', "\\", "\0", "☃", "<x y>", "_:b0", "javascript:alert(1)", "a:b c", "%", "H1501"])
@pytest.mark.parametrize("parameter", ["job", "from", "to", "into"])
def test_any_text_is_answered(client: TestClient, parameter: str, text: str) -> None:
    """No text, however odd, breaks the route."""
    path = "/overlap" if parameter == "job" else "/transitions"

    assert 422 == client.get(path, params={parameter: text}).status_code
