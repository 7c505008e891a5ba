"""The links of the data, against the official releases: METIERS_KG_VOCABULARIES names the folder that holds them."""

from __future__ import annotations

import csv
import io
import os
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from metiers_kg.build.assembly import read_data
from metiers_kg.links import NO_TERM, Link, Review, Subject, french_labels, read_review, read_subjects, undecided
from metiers_kg.project import Project
from metiers_kg.sources import crosswalk
from metiers_kg.vocabulary import BASE
from tests.conftest import ROOT

ESCO = "http://data.europa.eu/esco/"
ROME = f"{BASE}rome/"
SCHEMES = (("job", "esco"), ("job", "rome"), ("job", "isco"), ("competence", "esco"), ("competence", "rome"))
csv.field_size_limit(16 * 1024 * 1024)


@pytest.fixture(scope="module")
def data() -> list[str]:
    """The triples of the data."""
    return read_data(Project.find(ROOT))


@pytest.fixture(scope="module")
def subjects(data: list[str]) -> dict[str, Subject]:
    """The jobs and competences."""
    return read_subjects(data)


@pytest.fixture(scope="module")
def review(subjects: dict[str, Subject]) -> Review:
    """The links of the project, as reviewed; reading them checks their rules."""
    return read_review(ROOT / "data", french_labels(subjects))


@pytest.fixture(scope="module")
def vocabularies() -> Path:
    """The folder of the releases; skipped where none is named."""
    named = os.environ.get("METIERS_KG_VOCABULARIES")
    if not named:
        pytest.skip("needs the releases of ESCO and ROME: set METIERS_KG_VOCABULARIES to the folder that holds them")
    assert Path(named).is_dir(), f"METIERS_KG_VOCABULARIES names {named}, which is not a folder"
    return Path(named)


def _tables(archive: Path, *names: str) -> Iterator[dict[str, str]]:
    """Yield the records of files of a zip, exactly as they stand: no blank is taken off a label."""
    with zipfile.ZipFile(archive) as opened:
        for entry in opened.namelist():
            if Path(entry).name.startswith(names):
                text = opened.read(entry).decode("utf-8-sig")
                yield from csv.DictReader(io.StringIO(text, newline=""))


@pytest.fixture(scope="module")
def labels(vocabularies: Path) -> dict[str, str]:
    """The label of every concept of ESCO 1.1.1 and ROME 460 that is not obsolete, by IRI, exactly as published."""
    found: dict[str, str] = {}
    esco = next((vocabularies / "esco").glob("*v1.1.1*- en -*.zip"))
    for row in _tables(esco, "occupations_en", "skills_en", "ISCOGroups_en", "skillGroups_en"):
        if row.get("status", "released") in ("released", ""):
            found[row["conceptUri"]] = row["preferredLabel"]
    rome = next((vocabularies / "rome").glob("RefRomeCsv*.zip"))
    for file, code, label in (
        ("unix_referentiel_code_rome_v", "code_rome", "libelle_rome"),
        ("unix_referentiel_appellation", "code_ogr", "libelle_appellation_long"),
        ("unix_referentiel_competence", "code_ogr", "libelle_competence"),
        ("unix_referentiel_savoir", "code_ogr_savoir", "libelle_savoir"),
        ("unix_referentiel_contexte", "code_ogr", "libelle_cont_travail"),
        ("unix_item", "code_ogr", "libelle"),
    ):
        for row in _tables(rome, file):
            found.setdefault(ROME + row[code], row[label])
    return found


@pytest.fixture(scope="module")
def fiches(vocabularies: Path) -> dict[str, set[str]]:
    """The appellations of each ROME fiche; the table names the old fiches, so those of the parent fiche count too."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    rome = next((vocabularies / "rome").glob("RefRomeCsv*.zip"))
    for row in _tables(rome, "unix_referentiel_appellation"):
        found[row["code_rome"]].add(row["code_ogr"])
        found[row["code_ogr"]].add(row["code_rome"])
    return found


@pytest.fixture(scope="module")
def above(vocabularies: Path) -> dict[str, set[str]]:
    """What is broader than an ESCO occupation: broader occupations and ISCO groups, over all steps."""
    release = next(path for path in (vocabularies / "esco").glob("*v1.1.1*.zip") if "- en -" not in path.name)
    parents: defaultdict[str, set[str]] = defaultdict(set)
    for row in _tables(release, "broaderRelationsOccPillar"):
        parents[row["conceptUri"]].add(row["broaderUri"])

    def climb(iri: str) -> set[str]:
        return {iri}.union(*(climb(parent) for parent in parents.get(iri, ())))

    return {iri: climb(iri) for iri in list(parents)}


@pytest.fixture(scope="module")
def table(vocabularies: Path) -> dict[str, set[str]]:
    """The ESCO occupations that the official table gives to a ROME appellation, by its code."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for line in crosswalk.read(sorted((vocabularies / "crosswalks").glob("*.csv"))).lines:
        subject, predicate, target = line.removesuffix(" .").split(" ", 2)
        if "core#" in predicate and target.startswith(f"<{ESCO}occupation/"):
            found[subject.strip("<>").removeprefix(ROME)].add(target.strip("<>"))
    return found


def _matches(links: Iterable[Link]) -> Iterator[Link]:
    return (link for link in links if link.is_match)


@pytest.mark.parametrize(("kind", "scheme"), SCHEMES)
def test_every_subject_is_decided(kind: str, scheme: str, review: Review, subjects: dict[str, Subject]) -> None:
    """Every job and competence has a link to the scheme, or a row that says there is none."""
    asked = [iri for iri, subject in subjects.items() if subject.kind == kind]

    assert [] == undecided(asked, review.links(scheme, kind))


@pytest.mark.parametrize("scheme", ["esco", "rome", "isco"])
def test_nearly_all_jobs_with_a_profile_are_linked(scheme: str, review: Review, data: list[str]) -> None:
    """At least 95 % of the jobs that have a profile are linked to a concept."""
    profiled = {line.split(" ")[0].strip("<>") for line in data if "#hasProfile>" in line and '"true"' in line}
    linked = {link.subject for link in _matches(review.links(scheme, "job"))}

    assert len(profiled) >= 29
    assert len(profiled & linked) >= 0.95 * len(profiled)


@pytest.mark.parametrize("scheme", ["esco", "rome"])
def test_most_competences_are_linked(scheme: str, review: Review, subjects: dict[str, Subject]) -> None:
    """At least 70 % of the competences are linked to a concept."""
    competences = {iri for iri, subject in subjects.items() if subject.kind == "competence"}
    linked = {link.subject for link in _matches(review.links(scheme, "competence"))}

    assert len(linked) >= 0.7 * len(competences)


@pytest.mark.parametrize(("kind", "scheme"), SCHEMES)
def test_at_most_one_exact_match(kind: str, scheme: str, review: Review) -> None:
    """A subject has at most one exact match in a scheme."""
    exact = [link.subject for link in _matches(review.links(scheme, kind)) if link.predicate == "skos:exactMatch"]

    assert sorted(exact) == sorted(set(exact))


@pytest.mark.parametrize(("kind", "scheme"), SCHEMES)
def test_every_object_is_in_the_release(kind: str, scheme: str, review: Review, labels: dict[str, str]) -> None:
    """Every object stands in the release that the row names, is not obsolete, and has that very label."""
    wrong = [
        f"line {link.line}: {link.object} {link.object_label!r}, in the release {labels.get(link.object)!r}"
        for link in _matches(review.links(scheme, kind))
        if labels.get(link.object) != link.object_label
    ]

    assert [] == wrong


@pytest.mark.parametrize(("kind", "scheme"), SCHEMES)
def test_links_name_the_release_they_were_read_in(kind: str, scheme: str, review: Review) -> None:
    """The rows name the version of the release that they are tested against."""
    version = {"esco": "1.1.1", "rome": "460", "isco": "1.1.1"}[scheme]

    assert {version} == {link.slots["object_source_version"] for link in review.links(scheme, kind)}


def test_esco_and_rome_agree_with_the_official_table(
    review: Review, table: dict[str, set[str]], fiches: dict[str, set[str]], above: dict[str, set[str]]
) -> None:
    """An ESCO occupation is one that the table gives to the ROME fiche of the same job, or broader; else the row says why."""
    rome: defaultdict[str, set[str]] = defaultdict(set)
    for link in _matches(review.links("rome", "job")):
        code = link.object.removeprefix(ROME)
        of_fiche = fiches[code] if not code.isdigit() else {ogr for fiche in fiches[code] for ogr in fiches[fiche]}
        rome[link.subject] |= {target for ogr in of_fiche for target in table.get(ogr, ())}
    silent = [
        f"line {link.line}: {link.subject.rpartition('/')[2]} -> {link.object_label}"
        for link in _matches(review.links("esco", "job"))
        if not link.comment
        and link.object not in set().union(*(above.get(target, {target}) for target in rome[link.subject]), set())
    ]

    assert [] == silent


def test_isco_group_is_that_of_the_esco_occupation(review: Review, above: dict[str, set[str]]) -> None:
    """The ISCO group of a job is one above its ESCO occupation, where that is an exact or close match; else the row says why."""
    near: defaultdict[str, set[str]] = defaultdict(set)
    for link in _matches(review.links("esco", "job")):
        if link.predicate in ("skos:exactMatch", "skos:closeMatch"):
            near[link.subject] |= above.get(link.object, set())
    silent = [
        f"line {link.line}: {link.subject.rpartition('/')[2]} -> {link.object_label}"
        for link in _matches(review.links("isco", "job"))
        if near[link.subject] and link.object not in near[link.subject] and not link.comment
    ]

    assert [] == silent


def test_no_term_is_said_with_its_reason(review: Review) -> None:
    """Where a scheme has nothing, the row says why."""
    rows = [link for kind, scheme in SCHEMES for link in review.links(scheme, kind) if link.object == NO_TERM]

    assert rows
    assert all(link.comment for link in rows)
