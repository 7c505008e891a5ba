from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest

from metiers_kg.errors import UnknownResourceError
from metiers_kg.queries import Names
from metiers_kg.queries.names import fold
from metiers_kg.store import Store
from metiers_kg.store.name_index import IndexedName, write_name_index

BASE = "https://w3id.org/metiers-kg/"
MKG = BASE + "ontology#"

PUBLISHED = """
<https://w3id.org/metiers-kg/job/chimiste> <http://www.w3.org/2004/02/skos/core#prefLabel> "Chimiste"@fr <https://w3id.org/metiers-kg/graph/data> .
<https://w3id.org/metiers-kg/job/chimiste> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/metiers-kg/ontology#Job> <https://w3id.org/metiers-kg/graph/data> .
<https://w3id.org/metiers-kg/job/chimiste> <http://www.w3.org/2004/02/skos/core#exactMatch> <http://data.europa.eu/esco/occupation/1> <https://w3id.org/metiers-kg/graph/links> .
<http://data.europa.eu/esco/occupation/1> <http://www.w3.org/2004/02/skos/core#prefLabel> "chemist"@en <https://w3id.org/metiers-kg/graph/esco> .
<http://data.europa.eu/esco/occupation/1> <http://www.w3.org/2004/02/skos/core#notation> "2113.1" <https://w3id.org/metiers-kg/graph/esco> .
"""


@pytest.fixture(scope="module")
def linked() -> Names:
    """A job and the ESCO occupation that it is linked to, each in its graph."""
    return Names(Store.memory(PUBLISHED, nquads=True))


@pytest.mark.parametrize(
    "text",
    [
        "bio-informaticien",
        "Bio-informaticien",
        "BIO INFORMATICIEN",
        "Bioinformatician",
        "bio-informaticienne",
        "job/bio-informaticien",
        "https://w3id.org/metiers-kg/job/bio-informaticien",
        "<https://w3id.org/metiers-kg/job/bio-informaticien>",
        " Bio-informaticien ",
    ],
)
def test_a_job_answers_to_all_its_names(names: Names, text: str) -> None:
    """Label in any language, slug, kind/slug and IRI name the same job, in any case."""
    assert BASE + "job/bio-informaticien" == names.resolve(text)


@pytest.mark.parametrize("text", ["pilote d'installation", "Pilote d’installation", "PILOTE D INSTALLATION"])
def test_apostrophes_do_not_matter(names: Names, text: str) -> None:
    """Straight and curly apostrophes are one."""
    assert BASE + "job/pilote-d-installation" == names.resolve(text)


def test_codes_are_names(names: Names) -> None:
    """A notation names its resource."""
    assert BASE + "competence/statistique" == names.resolve("S1")


def test_prefixed_names_are_names(names: Names) -> None:
    """Terms of the ontology answer to their prefixed name and to their label."""
    assert [MKG + "Skill", MKG + "Competence"] == [names.resolve("mkg:Skill"), names.resolve("compétence")]


def test_statements_without_a_label_answer_to_their_slug(names: Names) -> None:
    """A bare slug finds what has no label of that form."""
    expected = BASE + "evolution/bio-informaticien--croissance"
    assert expected == names.resolve("bio-informaticien--croissance")


def test_jobs_win_over_statements_of_the_same_name() -> None:
    """A name that a job and a statement share is the job's."""
    store = Store.memory(
        """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        <https://w3id.org/metiers-kg/evolution/x> skos:prefLabel "Laborantin"@fr .
        <https://w3id.org/metiers-kg/job/laborantin> skos:altLabel "Laborantin"@fr ; skos:prefLabel "Labo"@fr ."""
    )
    assert Names(store).resolve("laborantin") == BASE + "job/laborantin"


def test_two_resources_of_one_name_are_told_apart_by_class(names: Names) -> None:
    """A shared name is refused with all that have it, unless a class decides."""
    with pytest.raises(UnknownResourceError) as caught:
        names.resolve("qualité")
    assert caught.value.suggestions == ("competence/qualite", "job/qualite")
    assert names.resolve("qualité", MKG + "Job") == BASE + "job/qualite"


def test_unknown_names_are_answered_with_the_nearest_of_the_class(names: Names) -> None:
    """Suggestions are instances of the class asked for."""
    with pytest.raises(UnknownResourceError) as caught:
        names.resolve("statistik-er", MKG + "Competence")
    assert (caught.value.expected, caught.value.suggestions) == (
        "the name, code or IRI of an instance of mkg:Competence",
        ("Statistik",),
    )


@pytest.mark.parametrize("text", ["job/bio-informaticein", BASE + "job/bio-informaticein", "", "?!", "mkg:Nothing"])
def test_names_of_nothing_are_unknown(names: Names, text: str) -> None:
    """An IRI, slug or text that names nothing is refused."""
    with pytest.raises(UnknownResourceError):
        names.resolve(text)


def test_a_resource_of_another_class_is_refused(names: Names) -> None:
    """An IRI of a competence is no job."""
    with pytest.raises(UnknownResourceError):
        names.resolve("competence/statistique", MKG + "Job")


@pytest.mark.parametrize("text", ["H1501", "h1501", "rome/H1501", BASE + "rome/H1501"])
def test_a_rome_code_stands_for_the_job_that_is_linked_to_it(names: Names, text: str) -> None:
    """Where a job is asked for, the code of its ROME card finds it; elsewhere it is the card."""
    assert BASE + "job/bio-informaticien" == names.resolve(text, MKG + "Job")
    assert BASE + "rome/H1501" == names.resolve(text)


@pytest.mark.parametrize("text", ["chemist", "2113.1", "http://data.europa.eu/esco/occupation/1"])
def test_names_in_published_vocabularies_stand_for_the_job_that_is_linked(linked: Names, text: str) -> None:
    """Where a job is asked for, an ESCO label, code or IRI finds it; elsewhere it is the occupation."""
    assert BASE + "job/chimiste" == linked.resolve(text, MKG + "Job")
    assert linked.resolve(text) == "http://data.europa.eu/esco/occupation/1"


def test_published_names_are_found_when_no_own_name_is(linked: Names) -> None:
    """A search reaches the vocabularies, and labels what it finds there."""
    assert [("chemist", "other")] == [(hit.label, hit.kind) for hit in linked.search("chem")]


@pytest.mark.parametrize(
    ("iri", "lang", "label"),
    [
        (BASE + "competence/statistique", "de", "Statistik"),
        (BASE + "competence/statistique", "nl", "Statistique"),
        (MKG + "Competence", "en", "Competence"),
        (MKG + "Skill", "en", "mkg:Skill"),
        (BASE + "job/unknown", "en", "job/unknown"),
        ("https://e.org/x", "en", "https://e.org/x"),
    ],
)
def test_labels_fall_back(names: Names, iri: str, lang: str, label: str) -> None:
    """A label is in the language asked for, or in French, or is the short IRI."""
    assert label == names.label(iri, lang)


def test_subclasses_are_followed_without_inference(names: Names) -> None:
    """An instance of a subclass is an instance, in a graph without inferred types."""
    assert names.instances(MKG + "Competence") == [BASE + "competence/qualite", BASE + "competence/statistique"]
    assert names.has_class(BASE + "competence/statistique", MKG + "Competence")
    assert not names.has_class(BASE + "job/qualite", MKG + "Competence")


def test_search_ranks_what_people_look_for(names: Names) -> None:
    """Jobs come before statements about them."""
    assert ["job", "evolution"] == [hit.kind for hit in names.search("informaticien")]


def test_search_puts_words_before_resemblance() -> None:
    """Names that hold the words of a search come before those that only resemble it, accents or not."""
    store = Store.memory(
        """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        @prefix competence: <https://w3id.org/metiers-kg/competence/> .
        competence:a skos:prefLabel "Génie du procédé"@fr . competence:b skos:prefLabel "Procédure"@fr .
        competence:c skos:prefLabel "Procédé"@fr . competence:d skos:prefLabel "Précédé"@fr ."""
    )
    found = [hit.matched for hit in Names(store).search("procede")]
    assert (["Procédé", "Génie du procédé"], {"Procédure", "Précédé"}) == (found[:2], set(found[2:]))


def test_search_finds_words_in_any_order(names: Names) -> None:
    """Each word of a search may begin any word of a name."""
    assert ["Data manager"] == [hit.matched for hit in names.search("mana da")]


def test_search_is_limited_to_a_class(names: Names) -> None:
    """Only instances of the class are found."""
    assert [BASE + "competence/qualite"] == [hit.iri for hit in names.search("qualite", class_iri=MKG + "Competence")]


def test_search_labels_in_the_language_asked_for(names: Names) -> None:
    """A hit tells the name that matched and the label to show."""
    (hit,) = names.search("statistik", lang="en")
    assert (hit.label, hit.matched, hit.lang) == ("Statistics", "Statistik", "de")


@pytest.mark.parametrize(("text", "limit"), [("", 20), ("  ", 20), ("qualite", 0)])
def test_empty_searches_find_nothing(names: Names, text: str, limit: int) -> None:
    """No text and no room give no hits."""
    assert names.search(text, limit=limit) == []


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Œuvre d’art", "oeuvre d art"),
        ("Qualité", "qualite"),
        ("Straße", "strasse"),
        ("C++ / C#", "c++ c#"),
        ("a_b-c\nd", "a b c d"),
        ("İ", "i"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    """Case, accents, ligatures and punctuation fold away."""
    assert folded == fold(text)


def test_an_empty_store_has_no_names() -> None:
    """Names of nothing are looked up without fault."""
    assert Names(Store.memory()).search("x") == []


GLASS = """
<https://w3id.org/metiers-kg/job/souffleur> a mkg:Job ; skos:prefLabel "Souffleur"@fr ; skos:exactMatch rome:1602 .
<https://w3id.org/metiers-kg/job/verrier> a mkg:Job ; skos:prefLabel "Verrier"@fr ; skos:narrowMatch rome:B1602 ;
    skos:closeMatch <http://data.europa.eu/esco/occupation/o1> .
"""
ROME_AND_ESCO = """
rome:B1602 a skos:Concept, mkg:RomeFiche ; skos:notation "B1602" ; skos:prefLabel "Verrier / Verrière"@fr .
rome:1602 a skos:Concept, mkg:RomeAppellation ; skos:notation "1602" ; skos:broader rome:B1602 ;
    skos:prefLabel "Souffleur / Souffleuse de verre"@fr .
rome:H2801 a skos:Concept, mkg:RomeFiche ; skos:notation "H2801" ; skos:prefLabel "Conducteur de four"@fr .
<http://data.europa.eu/esco/occupation/o1> a skos:Concept ; skos:prefLabel "glass maker"@en ; skos:altLabel "glassmaker"@en .
"""


@pytest.fixture(scope="module")
def glass() -> Names:
    """Two jobs with links to ROME and ESCO, both imported."""
    prefixes = (
        "@prefix mkg: <https://w3id.org/metiers-kg/ontology#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> ."
        "@prefix rome: <https://w3id.org/metiers-kg/rome/> ."
    )
    graphs = {"data": GLASS, "rome": ROME_AND_ESCO}
    quads = (
        pyoxigraph.Quad(quad.subject, quad.predicate, quad.object, pyoxigraph.NamedNode(f"{BASE}graph/{name}"))
        for name, text in graphs.items()
        for quad in pyoxigraph.parse(prefixes + text, pyoxigraph.RdfFormat.TURTLE)
    )
    written = pyoxigraph.serialize(quads, format=pyoxigraph.RdfFormat.N_QUADS)
    assert written
    return Names(Store.memory(written, nquads=True))


@pytest.mark.parametrize(
    ("text", "job"),
    [
        ("1602", "souffleur"),
        ("Souffleur / Souffleuse de verre", "souffleur"),
        ("rome/1602", "souffleur"),
        ("http://data.europa.eu/esco/occupation/o1", "verrier"),
        ("glass maker", "verrier"),
        ("Glassmaker", "verrier"),
    ],
)
def test_published_name_stands_for_the_linked_job(glass: Names, text: str, job: str) -> None:
    """Where a job is asked for, a ROME code, an ESCO IRI or any of their names stands for the job linked to it."""
    assert glass.resolve(text, MKG + "Job") == f"https://w3id.org/metiers-kg/job/{job}"


@pytest.mark.parametrize("text", ["B1602", "b1602", "Verrier / Verrière", "https://w3id.org/metiers-kg/rome/B1602"])
def test_fiche_stands_for_the_job_that_is_its_appellation(glass: Names, text: str) -> None:
    """A job that is exactly one of the fiche's appellations is nearer to it than one that is only broader than the fiche."""
    assert glass.resolve(text, MKG + "Job") == "https://w3id.org/metiers-kg/job/souffleur"


def test_published_concept_without_a_link_is_told_by_name(glass: Names) -> None:
    """A code that exists and to which no job is linked is not called unknown."""
    with pytest.raises(UnknownResourceError, match="H2801 is “Conducteur de four”, to which none is linked"):
        glass.resolve("H2801", MKG + "Job")


INDEXED = """
<https://w3id.org/metiers-kg/job/boulanger> <http://www.w3.org/2004/02/skos/core#prefLabel> "Boulanger"@fr <https://w3id.org/metiers-kg/graph/data> .
<http://data.europa.eu/esco/occupation/1> <http://www.w3.org/2004/02/skos/core#prefLabel> "boulanger pâtissier"@fr <https://w3id.org/metiers-kg/graph/esco> .
<http://data.europa.eu/esco/occupation/1> <http://www.w3.org/2004/02/skos/core#prefLabel> "baker"@en <https://w3id.org/metiers-kg/graph/esco> .
"""


@pytest.fixture
def indexed(tmp_path: Path) -> Names:
    """The names of a graph with a vocabulary, whose names are in a file."""
    concept = "http://data.europa.eu/esco/occupation/1"
    write_name_index(
        tmp_path / "names.db",
        [
            IndexedName("boulanger patissier", 0, concept, "boulanger pâtissier", "fr"),
            IndexedName("baker", 0, concept, "baker", "en"),
        ],
    )
    return Names(Store.memory(INDEXED, nquads=True), tmp_path / "names.db")


def test_names_of_vocabularies_are_found_in_their_file(indexed: Names) -> None:
    """What begins the words of a vocabulary's name finds its concept, after the project's own things."""
    found = [(hit.kind, hit.matched) for hit in indexed.search("boul")]

    assert [("job", "Boulanger"), ("other", "boulanger pâtissier")] == found


def test_a_search_keeps_to_the_kinds_asked_for(indexed: Names) -> None:
    """Named kinds leave the others out."""
    assert ["other"] == [hit.kind for hit in indexed.search("boulanger", kinds=("other",))]


def test_a_name_of_a_vocabulary_resolves_from_its_file(indexed: Names) -> None:
    """A whole name stands for its concept without the vocabulary being read."""
    assert indexed.resolve("Baker") == "http://data.europa.eu/esco/occupation/1"


def test_two_letters_are_too_few_for_vocabularies(indexed: Names) -> None:
    """What would begin thousands of names is looked for among the project's own only."""
    assert [] == indexed.search("ba")
