"""Vocabularies: what the properties of ESCO's, ROME's and this graph's say that jobs ask for."""

from __future__ import annotations

from metiers_kg.overlap.relations import Relations, relations_of_lines
from metiers_kg.overlap.vocabularies import PROPERTIES, STUDY_PROPERTIES, read_esco, read_rome, read_study
from metiers_kg.vocabulary import BASE, ONTOLOGY, PREFIXES

SKOS, ESCO = PREFIXES["skos"], PREFIXES["esco"]
JOB, COMPETENCE, REQUIREMENT = BASE + "job/", BASE + "competence/", BASE + "requirement/"


def relations(properties: tuple[str, ...], *triples: tuple[str, str, str]) -> Relations:
    """Relations of triples; what is in quotation marks is a literal."""
    lines = [f"<{s}> <{p}> {o if o.startswith(chr(34)) else f'<{o}>'} ." for s, p, o in triples]
    return relations_of_lines(lines, properties)


def esco(*triples: tuple[str, str, str]) -> Relations:
    """ESCO's relations, by their last names."""
    full = {"essential": "relatedEssentialSkill", "optional": "relatedOptionalSkill", "group": "memberOfISCOGroup"}
    return relations(
        PROPERTIES["esco"], *((s, SKOS + p if p == "broader" else ESCO + full[p], o) for s, p, o in triples)
    )


def test_an_occupation_is_one_that_has_a_group() -> None:
    """Occupations are in a group of ISCO; skills that need other skills, and occupations only named, are not."""
    found = read_esco(
        esco(
            ("o", "group", "C1"),
            ("p", "group", "C1"),
            ("o", "essential", "s"),
            ("o", "optional", "t"),
            ("s", "essential", "t"),
            ("named", "optional", "s"),
        )
    )

    assert {"o", "p"} == found.jobs
    assert {"essential": [("o", "s")], "optional": [("o", "t")]} == found.by_kind


def test_tops_of_esco_are_left_out() -> None:
    """What has nothing broader has everything below it and tells nothing."""
    found = read_esco(esco(("s", "broader", "k"), ("k", "broader", "skills")))

    assert [("s", "k")] == found.hierarchy


def rome(*triples: tuple[str, str, str]) -> Relations:
    """ROME's relations, by their last names."""
    full = {"has": "hasRomeCompetence", "core": "hasCoreCompetence", "emerging": "hasEmergingCompetence"}
    return relations(
        PROPERTIES["rome"], *((s, SKOS + p if p == "broader" else ONTOLOGY + full[p], o) for s, p, o in triples)
    )


def test_the_core_of_a_fiche_is_essential() -> None:
    """What is at the core is essential, what emerges emerging, and the rest optional; core and emerging can be one."""
    found = read_rome(
        rome(
            *(("F", "has", c) for c in "1234"),
            ("F", "core", "1"),
            ("F", "core", "2"),
            ("F", "emerging", "2"),
            ("F", "emerging", "3"),
            ("1", "broader", "k"),
        )
    )

    assert {
        "essential": [("F", "1"), ("F", "2")],
        "optional": [("F", "4")],
        "emerging": [("F", "2"), ("F", "3")],
    } == found.by_kind
    assert ({"F"}, [("1", "k")]) == (found.jobs, found.hierarchy)


def requirement(kind: str, job: str, competence: str) -> list[tuple[str, str, str]]:
    """A job or group with a requirement."""
    node = f"{REQUIREMENT}{kind}--{job.rsplit('/', 1)[-1]}--{competence}"
    return [
        (job, f"{ONTOLOGY}has{kind}Requirement", node),
        (node, ONTOLOGY + "concernsCompetence", COMPETENCE + competence),
    ]


def link(
    subject: str, relation: str, concept: str, confidence: str, status: str = "accepted"
) -> list[tuple[str, str, str]]:
    """A record of a link."""
    record = f"{BASE}mapping/{subject.rsplit('/', 1)[-1]}--{relation}--{concept}"
    return [
        (record, PREFIXES["owl"] + "annotatedSource", subject),
        (record, PREFIXES["owl"] + "annotatedProperty", SKOS + relation),
        (record, PREFIXES["owl"] + "annotatedTarget", concept),
        (record, PREFIXES["sssom"] + "confidence", f'"{confidence}"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
        (record, ONTOLOGY + "linkStatus", f'"{status}"'),
    ]


def test_requirements_of_jobs_are_read_by_kind() -> None:
    """A requirement leads from a job to a competence, in its kind; a group's is not asked of its members."""
    found = read_study(
        relations(
            STUDY_PROPERTIES,
            *requirement("Essential", JOB + "chimiste", "chimie"),
            *requirement("Optional", JOB + "chimiste", "anglais"),
            *requirement("Emerging", JOB + "chimiste", "chimie"),
            *requirement("Essential", BASE + "job-group/metiers-de-base", "securite"),
        )
    ).asked

    assert {
        "essential": [(JOB + "chimiste", COMPETENCE + "chimie")],
        "optional": [(JOB + "chimiste", COMPETENCE + "anglais")],
        "emerging": [(JOB + "chimiste", COMPETENCE + "chimie")],
    } == found.by_kind
    assert {JOB + "chimiste"} == found.jobs


def test_the_hierarchy_is_that_of_competences() -> None:
    """Factors and sub-sectors have broader ones too: these are left out."""
    triples = [
        (BASE + kind + "/a", SKOS + "broader", BASE + kind + "/b") for kind in ("competence", "factor", "sub-sector")
    ]

    assert [(COMPETENCE + "a", COMPETENCE + "b")] == read_study(relations(STUDY_PROPERTIES, *triples)).asked.hierarchy


def test_links_are_the_closest_and_surest_first() -> None:
    """Exact links come before close, broad and narrow ones, and of the same relation the surest first."""
    subject = COMPETENCE + "chimie"
    found = read_study(
        relations(
            STUDY_PROPERTIES,
            *link(subject, "narrowMatch", "n", "1.0"),
            *link(subject, "broadMatch", "b", "0.9"),
            *link(subject, "closeMatch", "c", "0.95"),
            *link(subject, "exactMatch", "less", "0.8"),
            *link(subject, "exactMatch", "more", "0.9"),
        )
    )

    assert {
        subject: (
            ("exactMatch", "more"),
            ("exactMatch", "less"),
            ("closeMatch", "c"),
            ("broadMatch", "b"),
            ("narrowMatch", "n"),
        )
    } == found.links


def test_links_that_do_not_count_are_left_out() -> None:
    """Links that are proposed or refused, of jobs, or of another relation are not read."""
    found = read_study(
        relations(
            STUDY_PROPERTIES,
            *link(COMPETENCE + "chimie", "exactMatch", "a", "0.9", "proposed"),
            *link(COMPETENCE + "chimie", "closeMatch", "b", "0.9", "rejected"),
            *link(COMPETENCE + "chimie", "relatedMatch", "c", "0.9"),
            *link(JOB + "chimiste", "exactMatch", "d", "0.9"),
        )
    )

    assert {} == found.links


TYPE, LABEL = PREFIXES["rdf"] + "type", SKOS + "prefLabel"


def test_sorts_and_labels_of_esco() -> None:
    """ESCO tells skills from knowledge; its labels are read in English."""
    types = "http://data.europa.eu/esco/skill-type/"
    found = read_esco(
        relations(
            PROPERTIES["esco"],
            ("s", ESCO + "skillType", types + "skill"),
            ("k", ESCO + "skillType", types + "knowledge"),
            ("s", LABEL, '"wash cells"@en'),
            ("s", LABEL, '"laver des cellules"@fr'),
        )
    )

    assert ({"s": "skill", "k": "knowledge"}, {"en": {"s": "wash cells"}}) == (found.sorts, found.labels)


def test_sorts_and_labels_of_rome() -> None:
    """ROME has skills, knowledge, attitudes and headings; its labels are read in French."""
    sorts = {
        "RomeSkill": "skill",
        "RomeKnowledge": "knowledge",
        "RomeAttitude": "attitude",
        "RomeMacroCompetence": "heading",
    }
    triples = [(name, TYPE, ONTOLOGY + name) for name in sorts] + [("RomeSkill", LABEL, '"laver"@fr')]
    found = read_rome(relations(PROPERTIES["rome"], *triples))

    assert (sorts, {"fr": {"RomeSkill": "laver"}}) == (found.sorts, found.labels)


def test_sorts_and_labels_of_this_graph() -> None:
    """Of a competence with a finer type that counts, that is its sort; labels are read in French and English."""
    sorts = {
        "Skill": "skill",
        "LanguageSkill": "skill",
        "Knowledge": "knowledge",
        "Qualification": "knowledge",
        "Attitude": "attitude",
    }
    triples = [(COMPETENCE + name, TYPE, ONTOLOGY + type_) for name in sorts for type_ in (name, "Competence")]
    labels = [(COMPETENCE + "Skill", LABEL, f'"laver"@{language}') for language in ("fr", "en", "nl")]
    found = read_study(relations(STUDY_PROPERTIES, *triples, *labels)).asked

    assert {COMPETENCE + name: sort for name, sort in sorts.items()} == found.sorts
    assert {language: {COMPETENCE + "Skill": "laver"} for language in ("fr", "en")} == found.labels


def test_an_empty_graph_has_no_jobs() -> None:
    """Where the properties link nothing, nobody asks for anything."""
    empty = [read_esco(esco()), read_rome(rome()), read_study(relations(STUDY_PROPERTIES)).asked]

    assert [(0, 0)] * 3 == [(len(asked.jobs), sum(map(len, asked.by_kind.values()))) for asked in empty]
