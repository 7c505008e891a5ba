"""Every page: sound, accessible, safe, in the reader's language."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest

from metiers_kg.api import Service
from metiers_kg.api.pages import Problem
from metiers_kg.queries import LANGUAGES, Catalogue, Result, answer
from metiers_kg.web import HtmlPages
from metiers_kg.web.texts import Texts
from tests.web.reader import Page, programs
from tests.web.samples import HOSTILE, description, faults, render_all

PLAIN = "bioo"


@pytest.fixture(scope="module", params=LANGUAGES)
def plain(request: pytest.FixtureRequest, pages: HtmlPages, service: Service) -> tuple[str, dict[str, Page]]:
    """Give every page in one language, as read."""
    rendered = render_all(pages, service, request.param, PLAIN)
    return request.param, {name: Page(source) for name, source in rendered.items()}


def test_pages_are_sound(plain: tuple[str, dict[str, Page]]) -> None:
    """Every template renders, and gives HTML whose elements are closed and nested soundly."""
    assert len(plain[1]) > 20


def test_hostile_words_stay_words(pages: HtmlPages, service: Service) -> None:
    """Whatever the data or the reader says, no element, attribute or expression comes of it."""
    rendered = render_all(pages, service, "fr", HOSTILE)
    for name, source in rendered.items():
        page = Page(source)
        assert programs(page) <= {"/static/built/page.js"}, name
        assert not [a for _, attributes in page.elements for a in attributes if a.startswith("on")], name
        assert "&49" not in page.text, name
    told = [name for name, source in rendered.items() if HOSTILE in Page(source).text]
    assert {"query job-competences", "resource", "ontology", "search", "problem", "graph"} <= set(told)


def test_words_for_scripts_are_data(pages: HtmlPages) -> None:
    """What scripts say stands on the page as JSON, which no browser runs."""
    data = [a for a in Page(pages.home("fr")).all("script") if "src" not in a]

    assert data in ([], [{"type": "application/json", "id": "words"}])  # none where the scripts were not bundled


def test_only_pages_and_web_addresses_are_linked(pages: HtmlPages, service: Service) -> None:
    """A link leads to a path of this service, to a place on the page, or to a web address."""
    for name, source in render_all(pages, service, "fr", HOSTILE).items():
        odd = [href for href in Page(source).links() if not re.match(r"/(?!/)|https?://|[?#]", href)]
        assert [] == odd, name


def test_nothing_is_loaded_from_elsewhere(plain: tuple[str, dict[str, Page]]) -> None:
    """Styles, icon and script come from this service; there is no inline style or program and nothing embedded."""
    for name, page in plain[1].items():
        loaded = [a.get("href", a.get("src", "")) for a in page.all("link", "img", "iframe", "source")]
        assert loaded[:2] == ["/static/icon.svg", "/static/style.css"], name
        assert [] == [
            address for address in loaded if not re.fullmatch(r"/static/(built/)?[a-z]+\.(svg|css)", address)
        ], name
        assert programs(page) <= {"/static/built/page.js"}, name
        assert not [attributes for _, attributes in page.elements if "style" in attributes], name
        assert page.all("style", "iframe", "object", "embed") == [], name


def test_every_input_has_a_name_for_readers(plain: tuple[str, dict[str, Page]]) -> None:
    """Each visible field is called by a label, or says itself what it is."""
    for name, page in plain[1].items():
        called = {label["for"] for label in page.all("label")}
        fields = [f for f in page.all("input", "select", "textarea") if f.get("type") != "hidden"]
        assert not [f for f in fields if f.get("id") not in called and not f.get("aria-label")], name


def test_references_within_a_page_lead_somewhere(plain: tuple[str, dict[str, Page]]) -> None:
    """What an element is labelled or described by, and where a link on the page leads, is on the page."""
    for name, page in plain[1].items():
        wanted = {href[1:] for href in page.links() if href.startswith("#")}
        for _, attributes in page.elements:
            for attribute in ("aria-describedby", "aria-labelledby", "for", "list"):
                wanted.update(attributes.get(attribute, "").split())
        assert set() == wanted - set(page.ids), name


def test_pages_have_landmarks(plain: tuple[str, dict[str, Page]]) -> None:
    """A page has one heading of the first level, and header, navigation, main part and foot; it begins with a skip."""
    for name, page in plain[1].items():
        counts = {tag: len(page.all(tag)) for tag in ("h1", "header", "main", "footer")}
        assert {"h1": 1, "header": 1, "main": 1, "footer": 1} == counts, name
        assert all(nav.get("aria-label") for nav in page.all("nav")), name
        assert page.links()[0] == "#" + page.all("main")[0]["id"], name


def test_headings_do_not_skip_a_level(plain: tuple[str, dict[str, Page]]) -> None:
    """A heading is at most one level below the one before it."""
    for name, page in plain[1].items():
        levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
        assert all(below - above <= 1 for above, below in zip([0, *levels], levels, strict=False)), (name, levels)


def test_pages_tell_their_language_and_offer_the_others(plain: tuple[str, dict[str, Page]]) -> None:
    """The page says what language it is in, and links to itself in each of them."""
    lang, read = plain
    for name, page in read.items():
        assert lang == page.all("html")[0]["lang"], name
        switch = [a for a in page.all("a") if "hreflang" in a]
        assert list(LANGUAGES) == [a["hreflang"] for a in switch], name
        assert [lang] == [a["hreflang"] for a in switch if a.get("aria-current")], name


def test_links_keep_the_language(plain: tuple[str, dict[str, Page]]) -> None:
    """A link to another page of this service leads to it in the language that is read."""
    lang, read = plain
    for name, page in read.items():
        others = [h for h in page.links() if h.startswith("/") and h != "/docs"]
        assert not [h for h in others if f"lang={lang}" not in h], name


def test_every_page_warns_and_tells_the_version(plain: tuple[str, dict[str, Page]]) -> None:
    """The foot says what the knowledge is worth, how to report a fault, and which data it is."""
    lang, read = plain
    texts = Texts(lang)
    for name, page in read.items():
        for told in (texts("caution-short"), texts("report"), "9.8.7", "0123456789ab"):
            assert told in page.text, name


def test_switching_language_keeps_the_address(pages: HtmlPages) -> None:
    """The link to another language keeps all other parameters, also those that the page does not know."""
    asked = [("tag", "jobs"), ("lang", "fr"), ("odd", "a&b=c")]

    page = Page(pages.catalogue("fr", "jobs", asked=asked))

    assert "?tag=jobs&odd=a%26b%3Dc&lang=en" in page.links()


def test_home_asks_questions_that_exist(pages: HtmlPages, service: Service) -> None:
    """The questions of the home page are saved queries with all that they require."""
    page = Page(pages.home("en"))
    asked = [re.match(r"/queries/([\w-]+)/results", href) for href in page.links()]
    names = [match[1] for match in asked if match]

    assert names[0] == "job-competences"
    assert 3 <= len(names) <= 4
    assert set(names) <= set(service.catalogue)
    assert "Which competences does the job of bioinformatician require?" in page.text


def test_catalogue_lists_each_query_once(pages: HtmlPages, service: Service) -> None:
    """Without a tag, each saved query is listed under one theme."""
    entries = [href for href in Page(pages.catalogue("fr", None)).links() if href.startswith("/queries/")]

    assert sorted(f"/queries/{name}?lang=fr" for name in service.catalogue) == sorted(entries)


def test_catalogue_by_tag_lists_what_has_it(pages: HtmlPages) -> None:
    """With a tag, only the saved queries that have it are listed."""
    entries = [href for href in Page(pages.catalogue("fr", "quality")).links() if href.startswith("/queries/")]

    assert ["/queries/any-job?lang=fr", "/queries/filters?lang=fr"] == entries


def test_query_page_shows_the_first_sentence_first(pages: HtmlPages, service: Service) -> None:
    """What a query answers stands above its form, how to read the answer below it."""
    text = Page(pages.query(service.catalogue["job-competences"], {}, (), "fr")).text

    first, form, rest = (
        text.index(t) for t in ("Les compétences d’un métier.", "Voir la réponse", "statedAs\xa0: dit ou")
    )
    assert first < form < rest


def test_query_page_offers_the_query_itself(pages: HtmlPages, service: Service) -> None:
    """The text of the query can be read on its page, and taken away."""
    page = Page(pages.query(service.catalogue["job-competences"], {}, (), "en"))

    assert service.catalogue["job-competences"].text in page.text
    assert "/queries/job-competences.rq?lang=en" in page.links()


def test_faults_are_told_beside_the_field(pages: HtmlPages, service: Service) -> None:
    """A value that is not allowed is named, with what would be right, and the way there as a link."""
    page = Page(pages.query(service.catalogue["job-competences"], {"job": ["bioo"]}, faults(), "en"))

    assert "Value given: “bioo”. Expected: a name, code or IRI (Job)." in page.text
    assert "/queries/job-competences/results?job=Bio-informaticien&lang=en" in page.links()
    assert page.all("select")[0]["aria-invalid"] == "true"
    assert "#field-job" in page.links()


def test_mending_one_of_several_values_keeps_the_others(pages: HtmlPages, service: Service) -> None:
    """A suggestion takes the place of the value it corrects, and of no other."""
    values = {"job": ["x", "bioo"]}

    page = Page(pages.query(service.catalogue["job-competences"], values, faults(), "en"))

    assert "/queries/job-competences/results?job=x&job=Bio-informaticien&lang=en" in page.links()


def test_results_show_labels_not_identifiers(pages: HtmlPages, job_result: Result) -> None:
    """A thing is shown by its name, which leads to its page; the column of its identifier is hidden."""
    page = Page(pages.results(job_result, {"job": ["bio-informaticien"]}, "en"))

    heads = ["Competence", "Said or read", "Modality", "Share"]
    assert heads == [cell["data-label"] for cell in page.all("td")[: len(heads)]]
    assert "/competence/statistique?lang=en" in page.links()
    assert "w3id.org/metiers-kg/competence" not in page.text
    assert "Statistics" in page.text


def test_results_say_in_words_how_sure_they_are(pages: HtmlPages, job_result: Result) -> None:
    """How a text states a fact, and how firmly, is told in words."""
    text = Page(pages.results(job_result, {"job": ["bio-informaticien"]}, "fr")).text

    assert "déduit à la lecture" in text
    assert "au conditionnel" in text
    assert "0,25" in text
    assert "2 lignes" in text


def test_heads_tell_the_name_that_the_description_uses(pages: HtmlPages, job_result: Result) -> None:
    """A column that the description calls by its name in the query has that name in its head too, the others not."""
    source = pages.results(job_result, {"job": ["bio-informaticien"]}, "fr")

    assert ["statedAs"] == re.findall(r"<th[^>]*>[^<]*<code>(.*?)</code>", source)


def test_results_fill_in_the_form(pages: HtmlPages, job_result: Result) -> None:
    """The form above an answer holds the values that were asked for, however they were written."""
    page = Page(pages.results(job_result, {"job": ["job/bio-informaticien"]}, "fr"))

    assert ["bio-informaticien"] == [o["value"] for o in page.all("option") if "selected" in o and o["value"] != "200"]


def test_results_offer_every_format_with_the_same_values(pages: HtmlPages, job_result: Result) -> None:
    """The files have the values, the entailment and the page of what is shown."""
    asked = [("job", "bio-informaticien"), ("entailment", "asserted"), ("page", "1"), ("lang", "en")]

    page = Page(pages.results(job_result, {"job": ["bio-informaticien"]}, "en", asked=asked))

    kept = "job=bio-informaticien&entailment=asserted&page=1&lang=en"
    assert {f"/queries/job-competences/results.{name}?{kept}" for name in ("csv", "json", "srj")} <= set(page.links())
    assert "Only what the texts say" in page.text


def test_files_of_a_later_page_have_its_rows(pages: HtmlPages, job_result: Result) -> None:
    """The files of page 2 say how many rows a web page has: their own pages are longer, and page 2 would be empty."""
    asked = [("job", "bio-informaticien"), ("page", "2")]

    page = Page(pages.results(job_result, {"job": ["bio-informaticien"]}, "fr", asked=asked))

    assert "/queries/job-competences/results.csv?job=bio-informaticien&page=2&limit=200&lang=fr" in page.links()


def test_more_rows_are_told_and_linked(pages: HtmlPages, service: Service) -> None:
    """An answer that goes on says so, and leads to the rows before and after."""
    values = {"job": ["bio-informaticien"]}
    query = service.catalogue["job-competences"]
    asked = [("job", "bio-informaticien"), ("limit", "1"), ("page", "1")]
    result = answer(service.store, service.names, query, values, limit=1)

    page = Page(pages.results(result, values, "fr", asked=asked))
    last = Page(pages.results(answer(service.store, service.names, query, values), values, "fr", asked=[("page", "3")]))

    assert "La réponse ne s’arrête pas là" in page.text
    assert "?job=bio-informaticien&limit=1&page=2" in page.links()
    assert {"?", "?page=2"} <= set(last.links())


def test_an_empty_answer_is_told_in_words(pages: HtmlPages, service: Service) -> None:
    """No row is not no answer: the page says what that means, and opens the form."""
    values = {"job": ["bio-informaticien"]}
    query = service.catalogue["job-competences"]
    empty = answer(service.store, service.names, query, values, limit=5, page=2)

    page = Page(pages.results(empty, values, "fr"))

    assert "Le graphe ne contient pas de réponse à cette question." in page.text
    assert page.all("table") == []
    assert "open" in page.all("details")[0]


def test_truth_is_a_word(pages: HtmlPages, service: Service) -> None:
    """The answer to a yes-or-no question is yes or no."""
    result = answer(service.store, service.names, service.catalogue["any-job"], {})

    assert "oui" in Page(pages.results(result, {}, "fr")).text


def test_resource_parts_what_is_said_from_what_is_inferred(pages: HtmlPages) -> None:
    """What the texts say stands under its own heading; each inferred value is marked."""
    text = Page(pages.resource(description(), "fr")).text

    said, inferred = text.index("Ce que disent les textes"), text.index("Ce qui en est inféré")
    assert said < text.index("a un profil") < inferred < text.index("Bio-informaticien 3")
    assert text.count("inféré\n") + text.count("inféré ") >= 20


def test_resource_shows_passages_with_place_and_quote(pages: HtmlPages) -> None:
    """A passage is shown with its source, its lines and the words to find it by."""
    text = Page(pages.resource(description(), "fr")).text

    assert "« et la suite » lignes 14 à 16" in text
    assert "ligne 12" in text


def test_resource_speaks_the_language_of_the_reader(pages: HtmlPages) -> None:
    """Values in the reader's language are shown; those in others open on demand."""
    page = Page(pages.resource(replace(description(), kind="graph"), "fr"))

    assert page.text.index("Bio-informaticienne") < page.text.index("dans d’autres langues")
    assert page.text.index("dans d’autres langues") < page.text.index("Data biologist")
    assert "Qui organise les données." in page.text


def test_resource_leads_to_the_questions_about_it(pages: HtmlPages) -> None:
    """The page of a job leads to the saved queries that take a job, with it filled in."""
    assert (
        "/queries/job-competences/results?job=bio-informaticien&lang=nl"
        in Page(pages.resource(description(), "nl")).links()
    )


def test_resource_asks_nothing_that_cannot_be_answered(service: Service) -> None:
    """A question that needs a vocabulary which is not imported is not offered on the page of a resource."""
    query = service.catalogue["job-competences"]
    lacking = Catalogue([replace(query, requires=("esco",))])
    page = Page(HtmlPages(replace(service, catalogue=lacking)).resource(description(), "en"))

    assert [] == [href for href in page.links() if href.startswith("/queries/job-competences")]


def test_labels_in_another_language_say_so(pages: HtmlPages) -> None:
    """A name that there is not in the reader's language tells which language it is in."""
    page = Page(pages.resource(description(), "de"))

    assert "fr" in {a.get("lang") for a in page.all("a") if a["href"].startswith("/job/bio-informaticien")} or (
        page.all("h1")[0].get("lang") == "fr"
    )


def test_sparql_form_holds_a_query_that_runs(pages: HtmlPages, service: Service) -> None:
    """The example in the form is a query of the store, in the language of the reader."""
    source = pages.sparql("", "en")
    example = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", source, re.DOTALL)

    assert example
    assert list(service.store.rows(unescape(example[1]))) == []


def test_problem_leads_out(pages: HtmlPages) -> None:
    """An error page says what is wrong in the reader's language, and leads to what was probably meant."""
    problem = Problem(
        404, "/problems/unknown-query", "t", "no saved query is called 'x'", suggestions=("job-competences",)
    )

    page = Page(pages.problem(problem, "fr"))

    assert "Aucune question enregistrée ne porte ce nom" in page.text
    assert "/queries/job-competences?lang=fr" in page.links()
    assert "/queries?lang=fr" in page.links()


def test_suggestions_are_called_by_name(pages: HtmlPages) -> None:
    """A thing or a saved query that was probably meant is called by its name, with its kind; a word leads to a search."""
    suggestions = ("/job/bio-informaticien", "/ontology", "job-competences", "rigueur & soin")
    problem = Problem(404, "/problems/unknown-query", "t", "d", suggestions=suggestions)

    page = Page(pages.problem(problem, "fr"))

    assert "Bio-informaticien métier" in page.text
    assert "Compétences d’un métier question" in page.text
    assert {"/job/bio-informaticien?lang=fr", "/search?q=rigueur+%26+soin&lang=fr"} <= set(page.links())


def test_problem_with_a_parameter_offers_the_address_mended(pages: HtmlPages) -> None:
    """Where the address is known, a suggestion for a parameter leads to it mended."""
    problem = Problem(422, "/problems/parameters", "t", "d", errors=tuple(faults()))

    page = Page(pages.problem(problem, "en", asked=[("job", "bioo"), ("x", "1")]))

    assert "?x=1&job=Bio-informaticien" in page.links()


def test_static_files_are_those_of_the_pages(pages: HtmlPages) -> None:
    """The style sheet and the icon are given with their types; nothing else is, wherever it stands."""
    style, icon = pages.static("style.css"), pages.static("icon.svg")

    assert style is not None
    assert icon is not None
    assert (style[1], icon[1]) == ("text/css; charset=utf-8", "image/svg+xml")
    assert all(
        pages.static(name) is None for name in ("", "nothing.css", "../pages.py", "../texts/pages.toml", "/etc/passwd")
    )


def test_the_service_shows_the_pages(browser: Any) -> None:
    """A browser is answered with pages by every route that has one, in the language it asks for."""
    expected = {
        "/": 200,
        "/queries": 200,
        "/queries/filters": 200,
        "/queries/job-competences/results?job=bio-informaticien": 200,
        "/queries/job-competences/results?job=nobody": 422,
        "/queries/nothing": 404,
        "/job/bio-informaticien": 200,
        "/job/nobody": 404,
        "/ontology": 200,
        "/search?q=rigueur": 200,
        "/sparql": 200,
        "/queries?tag=nothing": 422,
    }

    for address, status in expected.items():
        response = browser.get(address)
        assert (address, status) == (address, response.status_code)
        assert response.headers["content-type"] == "text/html; charset=utf-8"
        assert Page(response.text).all("html")[0]["lang"] == "nl"
    assert browser.get("/static/style.css").headers["content-type"] == "text/css; charset=utf-8"
