from __future__ import annotations

from metiers_kg.mcp.tool import Tool


def test_arguments_have_the_types_of_the_header(tools: dict[str, Tool]) -> None:
    """The schema of a tool's arguments is that of the header, with the service's own beside."""
    takes = tools["jobs"].takes
    assert {"from", "job", "lang", "entailment", "limit", "page"} == set(takes["properties"])
    first = takes["properties"]["from"]
    assert {"type": "integer", "minimum": 1, "maximum": 9, "default": 1, "examples": [2]}.items() <= first.items()
    assert takes["properties"]["job"]["maxItems"] == 2
    assert (takes["required"], takes["additionalProperties"]) == ([], False)
    assert tools["is-related"].takes["required"] == ["job"]
    assert tools["is-related"].example == {"job": "Analyst"}


def test_rows_are_records_and_a_table(tools: dict[str, Tool]) -> None:
    """The rows come as records for programs, and as a table with labels for who reads."""
    answer = tools["jobs"].call({"from": 3})
    assert answer.content == {
        "columns": ["job", "jobLabel", "order"],
        "rows": [{"job": "https://w3id.org/metiers-kg/job/c", "jobLabel": "Chemist", "order": 3}],
        "page": 1,
        "truncated": False,
        "dataVersion": "2026.1",
    }
    assert "Chemist" in answer.text
    assert answer.text.endswith("1 row\n")


def test_what_is_cut_says_so(tools: dict[str, Tool]) -> None:
    """Where there are more rows, the text and the content say so, and how to have them."""
    answer = tools["jobs"].call({"limit": 2})
    assert (answer.content["truncated"], answer.content["nextPage"]) == (True, 2)
    assert "There are more rows: ask with page=2" in answer.text
    rest = tools["jobs"].call({"limit": 2, "page": 2})
    assert (rest.content["truncated"], len(rest.content["rows"])) == (False, 1)  # type: ignore[arg-type]


def test_faults_name_argument_and_allowed_values(tools: dict[str, Tool]) -> None:
    """A value that is not allowed is told with what is, so that the call can be mended."""
    answer = tools["jobs"].call({"from": 0, "job": ["Chemst", "Analyst"]})
    assert answer.is_error
    assert "parameter 'from': found '0', expected an integer from 1 to 9" in answer.text
    assert "did you mean 'Chemist'?" in answer.text
    (first, second) = answer.content["errors"]  # type: ignore[misc]
    assert (first["parameter"], second["suggestions"][0]) == ("from", "Chemist")


def test_unknown_arguments_are_refused(tools: dict[str, Tool]) -> None:
    """An argument that the query does not take is a fault with the nearest that it does."""
    answer = tools["jobs"].call({"limitt": 3})
    assert "expected one of the arguments from, job, lang, entailment, limit, page" in answer.text
    assert answer.content["errors"][0]["suggestions"] == ("limit",)  # type: ignore[index]


def test_options_are_checked(tools: dict[str, Tool]) -> None:
    """The language and the entailment are choices."""
    assert "(allowed: fr, en, nl, de)" in tools["jobs"].call({"lang": "it"}).text
    assert "(allowed: owl-rl, asserted)" in tools["jobs"].call({"entailment": "none"}).text


def test_truth_values_and_graphs(tools: dict[str, Tool]) -> None:
    """An ASK answers yes or no, a CONSTRUCT its triples in Turtle."""
    assert tools["is-related"].call({"job": "Analyst"}).content == {"boolean": True, "dataVersion": "2026.1"}
    assert tools["is-related"].call({"job": "Biologist"}).text == "no"
    assert "job/a" in str(tools["query-search"].call({}).content["turtle"])
