from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

pytest.importorskip("sklearn")

from metiers_kg.links import Name, Review, Subject, read_links, read_review, write_links
from metiers_kg.links.proposing import Imports, Proposals, describe, propose
from tests.links.conftest import CLOSE, COLUMNS, HEADER, JOBS

ESCO = "http://data.europa.eu/esco/"
ROME = "https://w3id.org/metiers-kg/rome/"
RDF, SKOS = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/2004/02/skos/core#"
MKG = "https://w3id.org/metiers-kg/ontology#"


def _occupation(name: str, label: str, isco: str) -> list[str]:
    iri = f"<{ESCO}occupation/{name}>"
    return [
        f"{iri} <{RDF}type> <{ESCO}model#Occupation> .",
        f'{iri} <{SKOS}prefLabel> "{label}"@fr .',
        f"{iri} <{ESCO}model#memberOfISCOGroup> <{ESCO}isco/{isco}> .",
    ]


GRAPHS = {
    "esco": [
        '<https://w3id.org/metiers-kg/graph/esco> <http://www.w3.org/2002/07/owl#versionInfo> "1.1.1" .',
        *_occupation("a1", "chimiste", "C2113"),
        *_occupation("b2", "laborantin en chimie/laborantine en chimie", "C3111"),
        *_occupation("c3", "boulanger/boulangère", "C7512"),
        f'<{ESCO}isco/C2113> <{SKOS}prefLabel> "Chimistes"@fr .',
        f'<{ESCO}isco/C3111> <{SKOS}prefLabel> "Techniciens"@fr .',
        f'<{ESCO}isco/C7512> <{SKOS}prefLabel> "Boulangers"@fr .',
    ],
    "rome": [
        '<https://w3id.org/metiers-kg/graph/rome> <http://www.w3.org/2002/07/owl#versionInfo> "460" .',
        f"<{ROME}100> <{RDF}type> <{MKG}RomeAppellation> .",
        f'<{ROME}100> <{SKOS}prefLabel> "Mitron / Mitronne"@fr .',
        f"<{ROME}100> <{SKOS}broader> <{ROME}D1102> .",
    ],
    "crosswalk": [f"<{ROME}100> <{SKOS}broadMatch> <{ESCO}occupation/c3> ."],
}
IMPORTS = Imports({name: partial(iter, lines) for name, lines in GRAPHS.items()})
SUBJECTS = {iri: Subject(iri, "job", [Name(label, "fr")]) for iri, label in JOBS.items()}
NOTHING = Review({}, {})


def _review(folder: Path, **files: str) -> Review:
    for name, text in files.items():
        (folder / f"{name.replace('_', '-')}.sssom.tsv").write_text(text, encoding="utf-8")
    return read_review(folder, JOBS)


def _proposed(found: list[Proposals]) -> dict[str, list[str]]:
    links: dict[str, list[str]] = {}
    for proposals in found:
        for link in proposals.links:
            links.setdefault(link.subject_label, []).append(link.object.removeprefix(ESCO))
    return links


def test_undecided_jobs_get_proposals() -> None:
    """A job that nothing is decided for gets the nearest occupations, the likeliest first."""
    found = _proposed(propose("esco", IMPORTS, NOTHING, SUBJECTS))

    assert ("occupation/a1", "occupation/b2") == (found["Chimiste"][0], found["Laborantin"][0])


def test_decided_jobs_get_none(tmp_path: Path) -> None:
    """A job with a reviewed link is left alone."""
    review = _review(tmp_path, jobs_esco=HEADER + COLUMNS + CLOSE)

    assert ["Laborantin"] == list(_proposed(propose("esco", IMPORTS, review, SUBJECTS)))


def test_again_leaves_out_what_is_linked(tmp_path: Path) -> None:
    """Asked again, a decided job gets other occupations than those it is linked to."""
    review = _review(tmp_path, jobs_esco=HEADER + COLUMNS + CLOSE)

    assert "occupation/a1" not in _proposed(propose("esco", IMPORTS, review, SUBJECTS, again=True)).get("Chimiste", [])


def test_refused_pair_is_not_proposed_again(tmp_path: Path) -> None:
    """What the review refused stays refused."""
    columns = COLUMNS.replace("predicate_id\t", "predicate_id\tpredicate_modifier\t")
    row = CLOSE.replace("skos:closeMatch\t", "skos:closeMatch\tNot\t").replace("0.80\t", "0.80\tNo.")
    review = _review(tmp_path, rejected=HEADER + columns + row)

    assert "occupation/a1" not in _proposed(propose("esco", IMPORTS, review, SUBJECTS)).get("Chimiste", [])


def test_row_says_how_and_how_sure() -> None:
    """A proposal has a relation, a justification of SSSOM, a confidence, the name that matched, tool and version."""
    link = propose("esco", IMPORTS, NOTHING, SUBJECTS)[0].links[0]

    assert ("skos:exactMatch", "semapv:LexicalMatching") == (link.predicate, link.justification)
    assert link.confidence is not None
    assert 0 < link.confidence <= 1
    assert ("chimiste", "metiers-kg align", "1.1.1") == (
        link.slots["match_string"],
        link.slots["mapping_tool"],
        link.slots["object_source_version"],
    )
    assert "label: Chimiste = chimiste (equal)" in link.comment


def test_crosswalk_is_a_reason() -> None:
    """A term that ROME knows and ESCO names otherwise is found by the official table, with its relation."""
    term = Subject("job:fr:Mitron", "job", [Name("Mitron", "fr")])
    link = propose("esco", IMPORTS, NOTHING, SUBJECTS, [term])[0].links[0]

    assert (f"{ESCO}occupation/c3", "skos:broadMatch", "semapv:MappingChaining") == (
        link.object,
        link.predicate,
        link.justification,
    )
    assert "via crosswalk: Mitron / Mitronne skos:broadMatch (1.00)" in link.comment


def test_reviewed_link_to_another_scheme_is_a_reason(tmp_path: Path) -> None:
    """A job linked to an ESCO occupation is proposed that occupation's ISCO group."""
    review = _review(tmp_path, jobs_esco=HEADER + COLUMNS + CLOSE.replace(":a1", ":c3"))
    lines = [*_occupation("c3", "boulanger", "C7512"), *_occupation("d4", "vendeur", "C5223")]
    lines += [f'<{ESCO}isco/{code}> <{SKOS}prefLabel> "Groupe {code}"@fr .' for code in ("C7512", "C5223")]
    link = propose("isco", Imports({"esco": partial(iter, lines)}), review, SUBJECTS)[0].links[0]

    assert (f"{ESCO}isco/C7512", "skos:broadMatch") == (link.object, link.predicate)
    assert "via crosswalk and reviewed links (0.80)" in link.comment


def test_term_without_iri_is_a_literal(tmp_path: Path) -> None:
    """A term of a list is written as a text, as SSSOM has it, and the file reads back."""
    found = propose("esco", IMPORTS, NOTHING, SUBJECTS, [Subject("job:fr:Chimistes", "job", [Name("Chimistes", "fr")])])
    file = tmp_path / "out.sssom.tsv"
    file.write_text(write_links(describe(found, "2026-11-22"), found[0].links), encoding="utf-8")
    link = read_links(file).links[0]

    assert ("", "Chimistes", "rdfs literal") == (link.subject, link.subject_label, link.slots["subject_type"])


def test_nothing_imported_proposes_nothing() -> None:
    """Without the vocabulary there is nothing to propose from."""
    assert [] == [link for found in propose("esco", Imports({}), NOTHING, SUBJECTS) for link in found.links]
