"""The step of the build that measures overlap."""

from __future__ import annotations

import json
from pathlib import Path

from metiers_kg.build.overlapping import make_spaces
from metiers_kg.build.run import STATE, build_graph
from metiers_kg.comparing.comparer import STATE as READ
from metiers_kg.overlap.state import load_spaces
from metiers_kg.project import Project
from metiers_kg.store import Store

TWO_JOBS = """
job:physicien a mkg:Job ; mkg:hasProfile false ; skos:prefLabel "Physicien"@fr , "Physicist"@en ; prov:wasDerivedFrom passage:text--0-4 ;
    mkg:hasEssentialRequirement requirement:physicien--physique , requirement:physicien--chimie .
competence:physique a mkg:Competence , mkg:Knowledge ; prov:wasDerivedFrom passage:text--0-4 ;
    skos:prefLabel "Physique"@fr , "Physics"@en , "Fysica"@nl , "Physik"@de .
""" + "".join(
    f"""
requirement:physicien--{name} a mkg:CompetenceRequirement ; skos:prefLabel "Physicien — exige — {name}"@fr , "Physicist — requires — {name}"@en ;
    mkg:requirementOf job:physicien ; mkg:concernsCompetence competence:{name} ; mkg:statedAs "explicit" ; mkg:modality "stated" ;
    prov:wasDerivedFrom passage:text--0-4 .
"""
    for name in ("physique", "chimie")
)


def _add(project: Project, turtle: str) -> None:
    path = next(project.data.glob("*.ttl"))
    path.write_text(path.read_text(encoding="utf-8") + turtle, encoding="utf-8")


def test_file_is_the_one_that_is_read() -> None:
    """What the build writes is what comparisons are read from."""
    assert STATE == READ


def test_build_writes_the_jobs_to_compare(small: Project) -> None:
    """Beside the graph stands the file with the jobs and what they ask for."""
    _add(small, TWO_JOBS)
    spaces = load_spaces(build_graph(small).folder / STATE)

    assert spaces is not None
    assert ("https://w3id.org/metiers-kg/job/chimiste", "https://w3id.org/metiers-kg/job/physicien") == (
        spaces["study"].profiles.jobs
    )


def test_overlap_changes_with_the_data(small: Project) -> None:
    """Once a requirement is added, the next build measures anew."""
    before = load_spaces(build_graph(small).folder / STATE)
    _add(small, TWO_JOBS)
    after = load_spaces(build_graph(small).folder / STATE)

    assert before is not None
    assert after is not None
    assert (1, 3) == tuple(len(spaces["study"].profiles.entry_job) for spaces in (before, after))


def test_weights_are_counted_on_esco_first(tmp_path: Path) -> None:
    """With ESCO and ROME at hand, ESCO is the reference, and its release is told."""
    esco, rome = tmp_path / "esco.nt", tmp_path / "rome.nt"
    esco.write_text(
        "<http://data.europa.eu/esco/occupation/o> <http://data.europa.eu/esco/model#memberOfISCOGroup> <http://data.europa.eu/esco/isco/C1> .\n"
        "<http://data.europa.eu/esco/occupation/o> <http://data.europa.eu/esco/model#relatedEssentialSkill> <http://data.europa.eu/esco/skill/s> .\n"
    )
    rome.write_text("")
    spaces = make_spaces([], {"esco": esco, "rome": rome}, {"esco": "1.1.1", "rome": "460"})

    reference = spaces["study"].weights.reference
    assert ("esco", "1.1.1", 1) == (reference.vocabulary, reference.version, reference.jobs)


def test_manifest_counts_the_graph(project: Project) -> None:
    """The graph of overlaps is one of those that the manifest counts."""
    manifest = json.loads((project.build / "manifest.json").read_text(encoding="utf-8"))

    assert (
        manifest["graphs"]["https://w3id.org/metiers-kg/graph/overlap"]
        == (Store.open(project.build / "store").graphs()["https://w3id.org/metiers-kg/graph/overlap"])
    )
