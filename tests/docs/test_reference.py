"""Everything that a user can meet is documented, and what is not is noticed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click
import pytest
from fastapi import FastAPI
from mkdocs.config import load_config
from mkdocs.structure.files import Files

from metiers_kg.api.problems import PROBLEM_TYPES
from metiers_kg.api.settings import Settings, environment_name, option_name
from metiers_kg.cli.main import main
from metiers_kg.errors import MetiersError
from metiers_kg.queries import Catalogue
from tests.conftest import ROOT
from tests.docs.test_site import read
from tools.docs.commands import command_page, walk
from tools.docs.page import Page, slug
from tools.docs.reference import reference_pages
from tools.docs.routes import make_app, open_routes, operations, routes_page
from tools.docs.saved_queries import query_pages
from tools.docs.terms import read_ontology, terms, terms_page
from tools.docs.written import (
    environment_variables,
    error_gaps,
    error_kinds,
    setting_gaps,
    variable_gaps,
    written_pages,
)

ONTOLOGY = ROOT / "ontology" / "metiers.ttl"
ERRORS = (ROOT / "docs" / "reference" / "errors.md").read_text(encoding="utf-8")
SETTINGS = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")


def text_of(site: Path, page: str) -> str:
    """Return the text of a page of the site."""
    return "".join(read(site / "reference" / page).text)


def test_nothing_lacks_a_word() -> None:
    """No command, option, route, parameter, query, term, error, setting or variable is without its description."""
    assert [] == [gap for page in (*reference_pages(ROOT), *written_pages(ROOT)) for gap in page.gaps]


def test_every_command_and_option_is_in_the_site(site: Path) -> None:
    """Every command of the terminal has its section, with each option."""
    page = read(site / "reference" / "cli.html")
    text = "".join(page.text)
    options = {
        name
        for _, command in walk(main)
        for one in command.params
        if isinstance(one, click.Option)
        for name in one.opts
    }

    assert set() == {slug(name) for name, _ in walk(main)} - page.anchors
    assert [] == [name for name in sorted(options) if name not in text]


def test_every_route_is_in_the_site(site: Path, catalogue: Catalogue) -> None:
    """Every route that the application answers has its place: as an operation, as a saved query, or beside them."""
    app = make_app(catalogue)
    document = app.openapi_schema or {}
    answered = {
        (method, path) for method, path, _ in (*operations(document, catalogue), *open_routes(app.router.routes))
    }
    expected = {slug(f"{method} {path}") for method, path in answered}

    assert ("get-explain" in expected, set()) == (True, expected - read(site / "reference" / "http.html").anchors)


def test_every_query_is_in_the_site(site: Path, catalogue: Catalogue) -> None:
    """Every saved query has its page with title, parameters, columns and a command, and stands in the index."""
    index = text_of(site, "queries/index.html")
    lacking = []
    for query in catalogue.values():
        text = text_of(site, f"queries/{query.name}.html")
        expected = [
            query.name,
            query.title["fr"],
            *(one.name for one in query.parameters),
            *query.columns,
            f"metiers-kg query {query.name}",
        ]
        lacking += [(query.name, what) for what in expected if what not in text]
        lacking += [(query.name, "index")] if query.name not in index else []

    assert [] == lacking


def test_every_term_is_in_the_site(site: Path) -> None:
    """Every term of the ontology has its section in the list, and stands on both pages of pyLODE."""
    names = {term.rpartition("#")[2] for _, term in terms(read_ontology(ONTOLOGY))}
    listed = read(site / "reference" / "ontology.html").anchors

    assert (True, set()) == (len(names) > 100, names - listed)
    for lang in ("en", "fr"):
        assert set() == {
            name for name in names if f"#{name}" not in (site / f"reference/ontology-{lang}.html").read_text("utf-8")
        }


def test_every_problem_and_setting_is_in_the_site(site: Path) -> None:
    """Every problem type has an anchor, every setting and variable its row."""
    text = text_of(site, "settings.html")
    expected = [option_name(name) for name in Settings.names()] + sorted(environment_variables(ROOT / "src"))

    assert set() == PROBLEM_TYPES.keys() - read(site / "reference" / "errors.html").anchors
    assert [] == [name for name in expected if name not in text]


# What is not documented is noticed: one example of each.


def test_command_without_a_word_is_noticed() -> None:
    """A command without help, and an option without, are named."""
    page = command_page(
        click.Group("x", help="X.", commands=[click.Command("bare", params=[click.Option(["--thing"])])])
    )

    assert (
        "the command `metiers-kg bare` has no help text",
        "the option --thing of `metiers-kg bare` has no help text",
    ) == page.gaps


def test_route_without_a_word_is_noticed(catalogue: Catalogue) -> None:
    """A route that is in the document without summary, or beside it without docstring, is named."""
    app = FastAPI(openapi_url=None)
    app.openapi_schema = {
        "tags": [],
        "components": {},
        "paths": {"/new": {"get": {"parameters": [{"name": "q", "in": "query"}], "responses": {"200": {}}}}},
    }
    app.add_api_route("/hidden", lambda: None, include_in_schema=False)

    assert (
        "the route GET /new has no summary",
        "the parameter q of GET /new has no description",
        "the status 200 of GET /new has no description",
        "the route GET /hidden is in no OpenAPI document, and its function has no docstring",
    ) == routes_page(app, catalogue).gaps


def test_query_without_a_word_is_noticed(catalogue: Catalogue) -> None:
    """A saved query without a title or a description in one of both languages, or a parameter without label, is named."""
    query = catalogue["job-competences"]
    bare = replace(
        query, title={"en": "A"}, description={}, parameters=(replace(query.parameters[0], label={"fr": "M"}),)
    )
    [_, page] = query_pages(Catalogue([bare]))

    assert (
        "the saved query job-competences has no description in en",
        "the saved query job-competences has no title in fr",
        "the saved query job-competences has no description in fr",
        "the parameter job of the saved query job-competences has no label in en",
    ) == page.gaps


def test_term_without_a_word_is_noticed(tmp_path: Path) -> None:
    """A term without label or definition in one of both languages is named."""
    file = tmp_path / "metiers.ttl"
    file.write_text(ONTOLOGY.read_text("utf-8") + '\nmkg:Bare a owl:Class ; skos:prefLabel "Bare"@en .\n', "utf-8")

    assert (
        "mkg:Bare has no skos:prefLabel@fr",
        "mkg:Bare has no skos:definition@fr",
        "mkg:Bare has no skos:definition@en",
    ) == terms_page(read_ontology(file)).gaps


@pytest.mark.parametrize("name", ["busy", "timeout"])
def test_problem_without_a_row_is_noticed(name: str) -> None:
    """A problem type that is not told, or told with another status, is named."""
    without = "\n".join(line for line in ERRORS.splitlines() if not line.startswith(f"| `{name}`"))
    status = PROBLEM_TYPES[name][0]
    expected = [f"the problem type {name} has no row with its status {status} and what to do"]

    assert expected == error_gaps(without, PROBLEM_TYPES, ())
    assert expected == error_gaps(ERRORS, {name: (status, "Another title")}, ())


def test_error_without_a_row_is_noticed() -> None:
    """A kind of error that is not told is named."""
    kinds = [*error_kinds(MetiersError), KeyError]

    assert ["the error KeyError has no row"] == error_gaps(ERRORS, {}, kinds)


def test_setting_without_a_row_is_noticed() -> None:
    """A setting that is not told is named, and one whose row says nothing."""
    settings = {option_name(name): environment_name(name) for name in Settings.names()}
    gap = ["the setting --port has no row with METIERS_KG_PORT"]
    without = "\n".join(line for line in SETTINGS.splitlines() if "`--port`" not in line)

    assert gap == setting_gaps(without, settings)
    assert gap == setting_gaps(without + "\n| `--port` | `METIERS_KG_PORT` | `8000` | |", settings)


def test_variable_without_a_row_is_noticed(tmp_path: Path) -> None:
    """An environment variable that the code names and the page does not is named."""
    (tmp_path / "new.py").write_text('os.environ.get("METIERS_KG_NEW")', encoding="utf-8")

    assert ["the environment variable METIERS_KG_NEW is not named"] == variable_gaps(
        SETTINGS, environment_variables(tmp_path)
    )


def test_gap_stops_the_build_of_the_site(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """What is not documented is a warning of MkDocs, which strict building takes for a failure."""
    config = load_config(str(ROOT / "mkdocs.yml"))
    hook = config.hooks["tools/docs/hook.py"]
    monkeypatch.setattr(hook, "reference_pages", lambda _root: (Page("reference/cli.md", "# A", ("a gap",)),))
    monkeypatch.setattr(hook, "static_pages", lambda _root: {})
    config.plugins.run_event("files", Files([]), config=config)

    assert [("mkdocs.hooks.docs", "undocumented: a gap")] == [
        (one.name, one.message) for one in caplog.records if one.levelname == "WARNING"
    ]
