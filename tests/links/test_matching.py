from __future__ import annotations

import pytest

pytest.importorskip("sklearn")

from metiers_kg.links.concepts import Concept, read_vocabulary
from metiers_kg.links.matching import KnownLink, Matcher, Scored
from metiers_kg.links.subjects import Name, Subject

ESCO = "http://data.europa.eu/esco/"


def _concept(name: str, *labels: str, parent: str = "C1", text: str = "", language: str = "fr") -> Concept:
    names = [Name(label, language, "alt" if number else "pref") for number, label in enumerate(labels)]
    return Concept(f"{ESCO}occupation/{name}", names, {language: text} if text else {}, [f"{ESCO}isco/{parent}"])


CONCEPTS = {
    concept.iri: concept
    for concept in (
        _concept("chemist", "chimiste", "ingénieur chimiste/ingénieure chimiste"),
        _concept("technician", "technicien chimiste/technicienne chimiste", parent="C3"),
        _concept("statistician", "statisticien/statisticienne", text="analyse des données", parent="C2"),
        _concept("actuary", "actuaire", parent="C2"),
        _concept("baker", "boulanger/boulangère", parent="C7"),
    )
}


def _term(label: str, *groups: str, language: str = "fr") -> Subject:
    return Subject(f"https://e.org/{label}", "job", [Name(label, language)], groups)


def _first(matcher: Matcher, *terms: Subject, **options: object) -> dict[str, Scored]:
    return {term.label: found[0] for term, found in matcher.propose(terms, limit=3, **options)}  # type: ignore[arg-type]


def test_same_name_comes_first() -> None:
    """A term with a name of a concept, in either gender, finds it first and is said to be equal."""
    found = _first(Matcher(CONCEPTS), _term("Statisticiennes"))["Statisticiennes"]

    assert found.object == f"{ESCO}occupation/statistician"
    assert found.features["equal"] == 1


def test_misspelt_name_is_found() -> None:
    """A name with a slip of the pen is still found by the letters around it."""
    assert _first(Matcher(CONCEPTS), _term("boulangé"))["boulangé"].object == f"{ESCO}occupation/baker"


def test_other_language_is_compared_with_its_own_names() -> None:
    """A term is compared with the names in its language only, and the answer says which that was."""
    english = _concept("baker-en", "baker", language="en")
    found = _first(Matcher({**CONCEPTS, english.iri: english}), _term("baker", language="en"))["baker"]

    assert (english.iri, "en") == (found.object, found.language)


def test_description_helps() -> None:
    """Words of the description count where no name is near."""
    assert _first(Matcher(CONCEPTS), _term("analyse de données"))["analyse de données"].object.endswith("statistician")


def test_known_link_of_a_near_name_is_followed() -> None:
    """A term that is nearly the name of a linked term goes where that one goes: via the crosswalk."""
    known = [KnownLink(_term("Risk manager"), f"{ESCO}occupation/actuary", "skos:broadMatch")]
    found = _first(Matcher(CONCEPTS, known), _term("risk managers"))["risk managers"]

    assert found.object == f"{ESCO}occupation/actuary"
    assert found.chain == known[0]


def test_known_links_of_the_group_are_followed() -> None:
    """A term whose name says nothing goes where the other terms of its group are linked."""
    known = [KnownLink(_term(name, "K1"), f"{ESCO}occupation/actuary", "skos:broadMatch") for name in ("alpha", "beta")]

    assert _first(Matcher(CONCEPTS, known), _term("zêta", "K1"))["zêta"].object == f"{ESCO}occupation/actuary"


def test_own_known_link_is_no_evidence() -> None:
    """What a term is linked to already says nothing of where it should be linked."""
    term = _term("zêta", "K1")
    known = [KnownLink(term, f"{ESCO}occupation/actuary", "skos:broadMatch")]
    found = _first(Matcher(CONCEPTS, known), term)["zêta"]

    assert found.features["known"] == found.features["chain"] == 0


def test_terms_of_a_group_support_each_other() -> None:
    """Of two concepts that fit alike, the one filed where the rest of the group goes comes first."""
    terms = [_term("actuaires", "G"), _term("statisticien", "G"), _term("chimiste ou actuaire", "G")]
    alone = _first(Matcher(CONCEPTS), _term("chimiste ou actuaire"))
    together = _first(Matcher(CONCEPTS), *terms)

    assert alone["chimiste ou actuaire"].features["near"] == 0
    assert together["chimiste ou actuaire"].object == f"{ESCO}occupation/actuary"


def test_refused_concepts_are_left_out() -> None:
    """What is excluded for a term does not come back."""
    term = _term("chimiste")
    found = _first(Matcher(CONCEPTS), term, exclude={term.iri: {f"{ESCO}occupation/chemist"}})

    assert found["chimiste"].object != f"{ESCO}occupation/chemist"


def test_chain_of_links_is_a_hint() -> None:
    """A concept that reviewed links and the official table lead to comes first where names say nothing."""
    term = _term("zêta")
    found = _first(Matcher(CONCEPTS), term, hints={term.iri: {f"{ESCO}occupation/baker": 0.9}})

    assert found["zêta"].object == f"{ESCO}occupation/baker"


def test_obsolete_concepts_are_not_read() -> None:
    """A vocabulary has the released concepts of a kind, with names, descriptions, parents and the version."""
    rdf, skos = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "http://www.w3.org/2004/02/skos/core#"
    status = "http://purl.org/iso25964/skos-thes#status"
    lines = [
        '<https://w3id.org/metiers-kg/graph/esco> <http://www.w3.org/2002/07/owl#versionInfo> "1.1.1" .',
        *(
            line
            for name, state in (("a", "released"), ("b", "obsolete"))
            for line in (
                f"<{ESCO}occupation/{name}> <{rdf}> <{ESCO}model#Occupation> .",
                f'<{ESCO}occupation/{name}> <{skos}prefLabel> "name {name}"@en .',
                f'<{ESCO}occupation/{name}> <{status}> "{state}" .',
                f"<{ESCO}occupation/{name}> <{ESCO}model#memberOfISCOGroup> <{ESCO}isco/C2113> .",
            )
        ),
    ]

    found = read_vocabulary(lines, "esco", "job")

    assert ("1.1.1", [f"{ESCO}occupation/a"]) == (found.version, list(found.concepts))
    assert [f"{ESCO}isco/C2113"] == found.concepts[f"{ESCO}occupation/a"].parents
