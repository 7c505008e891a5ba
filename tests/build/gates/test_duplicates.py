from __future__ import annotations

from metiers_kg.build.gates import run_gates
from metiers_kg.project import Project
from tests.conftest import TINY


def _found(small: Project, turtle: str) -> list[str]:
    (small.data / "all.ttl").write_text(TINY + turtle, encoding="utf-8")
    return [finding.message for finding in run_gates(small, only={"duplicates"}).findings]


def test_accents_and_case_do_not_tell_apart(small: Project) -> None:
    """Another name of one job that is the name of a second, accents and case aside, is found."""
    assert [
        "is called 'chímiste'@fr, as is https://w3id.org/metiers-kg/job/chimiste (Job)",
    ] == _found(small, 'job:technicien a mkg:Job ; skos:altLabel "chímiste"@fr .\n')


def test_other_class_or_language_may_have_the_name(small: Project) -> None:
    """A competence called like a job, and a job called so in another language, are no duplicates."""
    assert [] == _found(
        small,
        'competence:chimiste a mkg:Skill , mkg:Competence ; skos:prefLabel "Chimiste"@fr .\n'
        'job:technicien a mkg:Job ; skos:altLabel "Chimiste"@nl .\n',
    )
