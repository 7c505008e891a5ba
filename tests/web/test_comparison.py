"""The pages of jobs compared: their forms, each sort of answer, and the links that lead to them."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from metiers_kg.api import Service, create_app
from metiers_kg.api.comparing import VIEWS
from metiers_kg.api.pages import Property, Reference
from metiers_kg.comparing.asking import KNOWN_JOB, MEASURES
from metiers_kg.errors import ParameterFault
from metiers_kg.queries import LANGUAGES, Catalogue, Names
from metiers_kg.store import Store
from metiers_kg.vocabulary import BASE, ONTOLOGY
from metiers_kg.web import HtmlPages
from metiers_kg.web.asking import parameters_of
from metiers_kg.web.texts import Texts
from tests.served_jobs import make_service
from tests.web.conftest import TestClient
from tests.web.reader import Page
from tests.web.samples import comparisons, description, empty_comparisons

FROM_A_TO_B = "/overlap?job=a&other=b&lang=fr"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """Ask about four jobs, ESCO being imported, as a French browser does."""
    return _browse(make_service(tmp_path_factory.mktemp("with-esco"), esco=True))


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """Ask about four jobs, nothing being imported."""
    return _browse(make_service(tmp_path_factory.mktemp("alone"), esco=False))


def _browse(service: Service) -> TestClient:
    headers = {"Accept": "text/html", "Accept-Language": "fr"}
    return TestClient(create_app(service, HtmlPages(service)), headers=headers)


def _read(browser: TestClient, address: str, status: int = 200) -> Page:
    response = browser.get(address)
    assert (status, "text/html; charset=utf-8") == (response.status_code, response.headers["content-type"])
    return Page(response.text)


def _told(page: Page) -> str:
    """Return the text of a page on one line."""
    return re.sub(r"\s+", " ", page.text)


# Forms


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_view_has_words(lang: str) -> None:
    """Each view has a title and a sentence, each of its fields a name, each measure a name and what it says."""
    texts = Texts(lang)
    words = [texts.name(section, view.name) for view in VIEWS for section in ("views", "view-hints")]
    words += [texts.name("asking", name) for view in VIEWS for name in parameters_of(view)]
    words += [texts.name(section, name) for name in MEASURES for section in ("measures", "measure-notes")]

    assert all(words)


@pytest.mark.parametrize(
    ("path", "actions"),
    [
        ("/overlap", ["/overlap", "/overlap", "/overlap/clusters", "/overlap/matrix"]),
        ("/transitions", ["/transitions"] * 3),
    ],
)
def test_without_parameters_the_forms(browser: TestClient, path: str, actions: list[str]) -> None:
    """Without parameters, each address shows the forms of all that can be asked there, which need no script."""
    forms = _read(browser, path).all("form")

    assert [(action, "get") for action in actions] == [(form["action"], form["method"]) for form in forms]


def test_forms_say_what_it_is_worth(browser: TestClient) -> None:
    """Above the forms stands that a number measures competences named in texts and forecasts nothing."""
    assert "ne prévoit pas qui changera de métier" in _told(_read(browser, "/transitions"))


def test_jobs_are_offered(browser: TestClient) -> None:
    """A field for a job offers those of which a competence is known; any other text can be given too."""
    page = _read(browser, "/overlap")
    offered = re.search(r'<datalist id="field-neighbours-job-list">(.*?)</datalist>', page.source, re.DOTALL)

    assert offered
    assert ["Aaa", "Bbb", "Ccc"] == re.findall(r'value="([^"]*)"', offered[1])


def test_sub_sectors_with_jobs_are_offered(browser: TestClient) -> None:
    """A sub-sector is offered where the table has a job in it, or in one that is narrower."""
    values = [option["value"] for option in _read(browser, "/transitions").all("option")]

    assert {"s", "t", "emergence", "growth"} <= set(values)


def test_what_is_not_imported_says_so(alone: TestClient) -> None:
    """A vocabulary that is not imported is offered with a word that it is not here."""
    assert "les professions d’ESCO (pas importé ici)" in _told(_read(alone, "/overlap"))


def test_the_form_is_filled_in(browser: TestClient) -> None:
    """Below an answer, its form holds what was asked, with the refinements open."""
    page = _read(browser, "/overlap?job=a&in=study&measure=cosine&kinds=essential&limit=2")
    chosen = [o["value"] for o in page.all("option") if "selected" in o]
    ticked = [i["value"] for i in page.all("input") if "checked" in i]
    filled = {i["name"]: i["value"] for i in page.all("input") if i.get("type") in ("text", "number")}

    assert (["study", "cosine"], ["essential"], {"job": "Aaa", "limit": "2"}) == (chosen, ticked, filled)
    assert "open" in next(d for d in page.all("details") if d.get("class") == "options")


# Faults


def test_a_wrong_name_leads_to_the_right_one(browser: TestClient) -> None:
    """A name that nothing has is told at its field, and the nearest is a link that asks again."""
    page = _read(browser, "/overlap?job=Aaaa&measure=cosine", 422)

    assert "Valeur donnée : « Aaaa »" in _told(page)
    assert "?job=Aaa&measure=cosine" in page.links()
    assert "true" == next(i for i in page.all("input") if i.get("id") == "field-neighbours-job")["aria-invalid"]
    assert "#field-neighbours-job" in page.links()


def test_the_fault_stands_in_the_form_that_was_meant(browser: TestClient) -> None:
    """With two jobs asked, the form of two jobs is filled in and at fault, not that of one."""
    page = _read(browser, "/overlap?job=a&other=a", 422)

    assert [
        ("field-neighbours-job", ""),
        ("field-comparison-job", "Aaa"),
        ("field-comparison-other", "Aaa"),
    ] == [(i["id"], i["value"]) for i in page.all("input") if i.get("list")]
    assert "un autre métier que le premier" in _told(page)


def test_a_job_without_competence_is_told(browser: TestClient) -> None:
    """A job of which no competence is known is not compared, and the reader is told why."""
    assert "dont une compétence au moins est connue" in _told(_read(browser, "/transitions?to=d", 422))


def test_wrong_values_are_mended_one_by_one(browser: TestClient) -> None:
    """Of several kinds the wrong one is exchanged, and the others stay."""
    page = _read(browser, "/overlap?job=a&kinds=essential&kinds=rare", 422)

    assert "?job=a&kinds=essential&kinds=optional" in page.links()


def test_what_does_not_go_together_can_be_left_out(browser: TestClient) -> None:
    """A parameter of another question is named, with the way to ask without it."""
    page = _read(browser, "/transitions?to=b&from=a&threshold=0.5", 422)

    assert "Cela ne va pas avec le reste" in _told(page)
    assert "?to=b&threshold=0.5" in page.links()


def test_an_unknown_parameter_is_told(browser: TestClient) -> None:
    """A parameter that there is not is named, with the nearest that there is."""
    told = _told(_read(browser, "/overlap?jab=a", 422))

    assert "Paramètre inconnu : jab. Peut-être : job." in told


def test_a_vocabulary_that_is_not_imported(alone: TestClient) -> None:
    """Who asks for ESCO's occupations without ESCO is told the command that imports it."""
    assert "metiers-kg import esco PATH…" in _told(_read(alone, "/overlap?job=a&in=esco", 409))


# Answers


def test_nearest_jobs(browser: TestClient) -> None:
    """A near job has its score as a number, what is shared and missing as links, and links that lead on."""
    page = _read(browser, "/overlap?job=a&lang=fr")
    links = page.links()

    assert {"/job/b?lang=fr", "/competence/chimie?lang=fr", "/competence/droit?lang=fr"} <= set(links)
    assert {FROM_A_TO_B, "/overlap?job=b&lang=fr"} <= set(links)
    assert re.search(r"Bbb Proximité : 0,\d{3} Comparer · ses proches", _told(page))


def test_bars_repeat_a_number(pages: HtmlPages) -> None:
    """Every bar is hidden from who hears the page: the number stands beside it."""
    for view, document in comparisons("x").items():
        meters = Page(pages.comparison(view, document, "fr")).all("meter")
        assert meters, view
        assert all("true" == meter["aria-hidden"] for meter in meters), view


def test_partly_shared_tells_through_what(browser: TestClient) -> None:
    """A competence that is shared in part is told with the broader one that is in common."""
    assert "Biostatistique par Statistique" in _told(_read(browser, "/overlap?job=a&other=b"))


def test_two_jobs(browser: TestClient) -> None:
    """Two jobs compared have every measure both ways, and each competence with how and where a text says so."""
    page = _read(browser, "/overlap?job=a&other=b&lang=fr")
    told = _told(page)

    assert "Bbb demande 3 compétences" in told
    assert "essentielle déduit à la lecture au conditionnel Texte, l. 1 · Texte, l. 2" in told
    assert "essentielle dit par le texte Texte, l. 2" in told
    assert "|A∩B| / |A∪B|" in {a.get("title") for a in page.all("div")}
    assert len(MEASURES) == sum(a.get("data-label") == "Aller" for a in page.all("td"))
    assert {"/passage/p2?lang=fr", "/overlap?job=b&other=a&lang=fr"} <= set(page.links())
    assert "Le raisonneur le conclut aussi : une compétence en commun pourquoi ?" in told
    assert "/explain?s=job/a&p=mkg:sharesCompetenceWith&o=job/b&lang=fr" in page.links()


def test_told_in_the_terms_of_esco(browser: TestClient) -> None:
    """A concept of ESCO leads to its own IRI, and says which competence of this graph it stands for."""
    page = _read(browser, "/overlap?job=a&in=esco&lang=fr")

    assert {"http://data.europa.eu/esco/skill/chem", "/competence/chimie?lang=fr"} <= set(page.links())
    assert "(dans ce graphe : Chimie, proche)" in _told(page)
    compared = "/overlap?job=a&other=http%3A%2F%2Fdata.europa.eu%2Fesco%2Foccupation%2Fchemist&in=esco&lang=fr"
    assert compared in page.links()
    assert "laboratoire" in _told(_read(browser, compared))


def test_it_is_told_how_it_was_measured(browser: TestClient, alone: TestClient) -> None:
    """Below each answer stand measure, formula, kinds, and what the weights were counted on with its version."""
    told = _told(_read(browser, "/overlap?job=a&measure=idf-jaccard"))

    assert "Jaccard pondéré" in told
    assert "Σ idf(A∩B) / Σ idf(A∪B)" in told
    assert "rareté comptée dans ESCO 1.1.1 (2 métiers)" in told
    assert "rareté comptée sur les 3 métiers de ce graphe" in _told(_read(alone, "/overlap?job=a"))


@pytest.mark.parametrize("view", list(comparisons("")))
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_answer_ends_in_caution(pages: HtmlPages, view: str, lang: str) -> None:
    """Whatever was asked and found, the page says what the measure does not."""
    for document in (comparisons("x")[view], empty_comparisons()[view]):
        text = Page(pages.comparison(view, document, lang)).text
        assert Texts(lang)("measured-caution") in text
        assert Texts(lang)("comparison-trust") in text


def test_groups(browser: TestClient) -> None:
    """A group of jobs has its jobs, what ties them and the pairs, each of which can be compared."""
    page = _read(browser, "/overlap/clusters?threshold=0.1&measure=jaccard&lang=fr")

    assert "Groupe 1" in page.text
    assert "Chimie 3 sur 3" in _told(page)
    assert FROM_A_TO_B in page.links()


def test_jobs_within_reach(browser: TestClient) -> None:
    """The page says the threshold, and which competence opens which job with what coverage."""
    page = _read(browser, "/transitions?from=a&threshold=0.9&least=1&measure=coverage")

    assert "au moins 90" in page.text
    assert "Droit Ccc 1,000" in _told(page)


def test_what_leads_to_a_job(browser: TestClient) -> None:
    """Each feeder has its coverage now and then; one list serves all, said to be the shortest."""
    told = _told(_read(browser, "/transitions?to=b&threshold=0.6&measure=coverage"))

    assert "aujourd’hui 0,333, ensuite 0,667" in told
    assert "La plus courte liste avec laquelle chacun couvre 60" in told


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"shortest": False}, "une plus courte peut exister"),
        ({"reaches": False}, "tous n’atteignent pas 50"),
        ({"training": []}, "Rien\u00a0: tous y sont déjà."),
    ],
)
def test_what_a_list_is_worth_is_told(pages: HtmlPages, changes: dict[str, object], key: str) -> None:
    """A list that may not be the shortest, or does not suffice, says so; an empty one too."""
    document = {**comparisons("x")["feeders"], "shortest": True, **changes}

    assert key in Page(pages.comparison("feeders", document, "fr")).text


def test_what_is_missing_into_a_sub_sector(browser: TestClient) -> None:
    """A competence is told with the share of ways it is missing on, and the jobs that ask for it."""
    told = _told(_read(browser, "/transitions?into=s&category=emergence"))

    assert "Ce qui manque pour entrer dans : Secteur – Émergence" in told
    assert "Biostatistique 100 % (2 sur 2) Bbb" in told
    assert "sans compétence connue 1 Ddd" in told


# Around


def test_other_languages_and_files_keep_what_was_asked(browser: TestClient) -> None:
    """The switch of language and the JSON file have all the parameters of the page."""
    links = _read(browser, "/transitions?from=a&threshold=0.4&lang=fr").links()

    assert "?from=a&threshold=0.4&lang=de" in links
    assert "/transitions?from=a&threshold=0.4&format=json&lang=fr" in links


def test_the_menu_leads_there(pages: HtmlPages) -> None:
    """Every page has comparing in its menu."""
    assert "/overlap?lang=nl" in Page(pages.home("nl")).links()


def test_a_job_leads_to_what_is_near(pages: HtmlPages) -> None:
    """The page of a job that asks for something leads to its nearest, to its feeders and to its reach."""
    job = description()
    requires = Reference(ONTOLOGY + "hasOptionalRequirement", "exige", "/ontology#hasOptionalRequirement")
    able = replace(job, outgoing=(*job.outgoing, Property(requires, values=job.outgoing[4].values)))
    wanted = {
        "/overlap?job=bio-informaticien&lang=fr",
        "/transitions?to=bio-informaticien&lang=fr",
        "/transitions?from=bio-informaticien&lang=fr",
    }

    assert wanted <= set(Page(pages.resource(able, "fr")).links())
    assert not wanted & set(Page(pages.resource(job, "fr")).links())


def test_reasons_are_in_the_language_of_the_reader(pages: HtmlPages) -> None:
    """What a job must be is told in the reader's words, not in those of the interface for programs."""
    fault = ParameterFault("job", "Hostile", KNOWN_JOB)
    text = Page(pages.comparison("neighbours", None, "de", faults=[fault], asked=[("job", "Hostile")])).text

    assert "von dem mindestens eine Kompetenz bekannt ist" in text
    assert KNOWN_JOB not in text


def test_home_asks_of_two_jobs(catalogue: Catalogue) -> None:
    """The home page asks what one job lacks to become another, where both are there; else the saved query does."""
    jobs = "".join(f"<{BASE}job/{name}> skos:prefLabel '{name}'@fr ." for name in ("datamanager", "biostatisticien"))
    homes = []
    for turtle in (jobs, ""):
        store = Store.memory("@prefix skos: <http://www.w3.org/2004/02/skos/core#> ." + turtle)
        service = Service(store, catalogue, Names(store), None, {})  # type: ignore[arg-type]
        homes.append(Page(HtmlPages(service).home("fr")).links())

    address = "/overlap?job=datamanager&other=biostatisticien&lang=fr"
    assert [True, False] == [address in links for links in homes]
