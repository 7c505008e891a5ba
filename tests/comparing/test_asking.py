"""Names of jobs, as they are read."""

from __future__ import annotations

import pytest

from metiers_kg.comparing import JobComparer
from metiers_kg.comparing.asking import find_job
from metiers_kg.errors import UnknownResourceError

CHEMIST = "http://data.europa.eu/esco/occupation/chemist"
A = "https://w3id.org/metiers-kg/job/a"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Aaa", (A, "study")),
        ("job/a", (A, "study")),
        (f"<{A}>", (A, "study")),
        ("chimiste", (CHEMIST, "esco")),
        (CHEMIST, (CHEMIST, "esco")),
    ],
)
def test_names(beside_esco: JobComparer, text: str, expected: tuple[str, str]) -> None:
    """A job goes by label, kind/slug or IRI; an occupation of ESCO too, where it is imported."""
    assert expected == find_job(text, beside_esco._spaces, beside_esco._names)


def test_what_is_no_job_is_refused(beside_esco: JobComparer) -> None:
    """A competence is no job, though it has that name."""
    with pytest.raises(UnknownResourceError):
        find_job("Statistique", beside_esco._spaces, beside_esco._names)
