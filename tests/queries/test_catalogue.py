from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from metiers_kg.errors import QueryFileError, UnknownQueryError
from metiers_kg.project import Project
from metiers_kg.queries import Catalogue, SavedQuery

HEADER = "#+ summary: S\n#+ title: {fr: T, en: T}\n#+ description: {fr: D, en: D}\n"
Make = Callable[..., SavedQuery]


def test_files_of_the_folder_itself_are_read(tmp_path: Path) -> None:
    """Queries come sorted by name; sub-folders and other files are left out."""
    (tmp_path / "checks").mkdir()
    for name in ("b.rq", "a.rq", "notes.md", "checks/c.rq"):
        (tmp_path / name).write_text(HEADER + "ASK { ?s ?p ?o }")
    assert list(Catalogue.read(tmp_path)) == ["a", "b"]


def test_faults_of_all_files_rise_together(tmp_path: Path) -> None:
    """One error tells what is wrong in every file."""
    for name in ("a.rq", "b.rq"):
        (tmp_path / name).write_text(HEADER + "SELECT ?s { ?s ?p ?o }")
    with pytest.raises(QueryFileError) as caught:
        Catalogue.read(tmp_path)
    assert ["a.rq: found no ORDER BY", "b.rq: found no ORDER BY"] == [
        line.rpartition("/")[2].partition(";")[0] for line in str(caught.value).splitlines()
    ]


def test_a_missing_folder_is_a_fault(tmp_path: Path) -> None:
    """A folder that is not there is named."""
    with pytest.raises(QueryFileError, match="expected a folder of saved queries; found none"):
        Catalogue.read(tmp_path / "queries")


def test_unknown_names_are_answered_with_the_nearest(saved: Make) -> None:
    """A misspelt name suggests the queries that resemble it."""
    catalogue = Catalogue([saved("ASK {}", name="job-competences"), saved("ASK {}", name="outlooks")])
    with pytest.raises(UnknownQueryError) as caught:
        catalogue.get_query("jobs-competence")
    assert caught.value.suggestions == ("job-competences",)


PARAM = "u: {label: {fr: U, en: U}, type: string, choices-query: units}"
BODY = "ASK { VALUES ?_u_literal { UNDEF } ?s ?p ?_u_literal }"


def test_choices_come_from_a_query_of_the_catalogue(saved: Make) -> None:
    """A parameter finds the query that holds its choices."""
    units = saved("SELECT ?u { ?s mkg:unit ?u } ORDER BY ?u", name="units")
    catalogue = Catalogue([saved(BODY, PARAM), units])
    assert catalogue["query"].choice_queries == {"u": units}


@pytest.mark.parametrize(
    ("others", "problem"),
    [
        ([], "expected the name of a saved query"),
        ([("ASK {}", "")], "expected a SELECT query, units.rq is of the form ask"),
        (
            [
                (
                    "SELECT ?_w_literal {} ORDER BY ?_w_literal",
                    "w: {label: {fr: W, en: W}, type: string, required: true}",
                )
            ],
            "expected a query without required parameters",
        ),
    ],
)
def test_choices_of_a_query_that_cannot_give_them_are_a_fault(
    saved: Make, others: list[tuple[str, str]], problem: str
) -> None:
    """The query with the choices must exist, have rows, and need no value."""
    with pytest.raises(QueryFileError, match=problem):
        Catalogue([saved(BODY, PARAM), *(saved(body, params, name="units") for body, params in others)])


def test_the_project_keeps_its_own_rules() -> None:
    """Every saved query of the project is read."""
    assert "job-competences" in Catalogue.read(Project.find().queries)
