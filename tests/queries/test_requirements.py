"""What a query needs beside the project's own graph."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from metiers_kg.errors import InputError, MissingVocabularyError
from metiers_kg.queries import Names, SavedQuery, answer, choices, find_missing
from metiers_kg.queries.header import read_header
from metiers_kg.store import Store

Make = Callable[..., SavedQuery]

JOBS = "SELECT ?job { ?job a mkg:Job } ORDER BY ?job"
GRAPHS = """
<https://w3id.org/metiers-kg/job/verrier> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/metiers-kg/ontology#Job> <https://w3id.org/metiers-kg/graph/data> .
<http://data.europa.eu/esco/occupation/o1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://data.europa.eu/esco/model#Occupation> <https://w3id.org/metiers-kg/graph/esco> .
"""


@pytest.fixture(scope="module")
def with_esco() -> Store:
    """A graph of one job, with ESCO imported."""
    return Store.memory(GRAPHS, nquads=True)


def test_missing_vocabulary_is_an_error_of_its_own(store: Store, saved: Make) -> None:
    """A query that needs what is not imported gives no table: the error names the vocabularies and the commands."""
    query = saved(JOBS, extra="requires: [esco, rome]", name="needy")

    with pytest.raises(MissingVocabularyError) as told:
        answer(store, None, query, {})

    assert [one.vocabulary for one in told.value.missing] == ["esco", "rome"]
    assert str(told.value) == (
        "'needy' needs ESCO and ROME, not imported here; download the release and run "
        "`metiers-kg import esco PATH…`; `metiers-kg import rome PATH…`"
    )
    assert isinstance(told.value, InputError)


def test_missing_vocabulary_is_told_before_faulty_values(store: Store, saved: Make) -> None:
    """Right values would not help: what is missing comes first."""
    query = saved(JOBS, extra="requires: [rome]")

    with pytest.raises(MissingVocabularyError):
        answer(store, None, query, {"unknown": ["x"]}, lang="la")


def test_imported_vocabulary_is_enough(with_esco: Store, saved: Make) -> None:
    """What is imported is not missing, and the query answers."""
    query = saved(JOBS, extra="requires: [esco]")
    result = answer(with_esco, None, query, {})

    assert find_missing(with_esco, query) == ()
    assert result.table is not None
    assert len(result.table.rows) == 1


def test_only_what_lacks_is_told(with_esco: Store, saved: Make) -> None:
    """Of two vocabularies, of which one is imported, the other one is told."""
    query = saved(JOBS, extra="requires: [esco, crosswalk]")

    assert [one.title for one in find_missing(with_esco, query)] == ["the ROME-ESCO correspondences"]


def test_a_form_is_offered_all_the_same(store: Store, names: Names, saved: Make) -> None:
    """The choices of a form do not need the vocabulary."""
    params = "job: {label: {fr: Métier, en: Job}, type: iri, class: mkg:Job, required: true}"
    query = saved("SELECT ?c { ?_job_iri mkg:requiresCompetence ?c } ORDER BY ?c", params, "requires: [esco]")

    assert choices(store, names, query, "job")


def test_what_can_be_required_is_known() -> None:
    """A header that requires something else is told what there is, at its line."""
    faults = read_header("#+ summary: A\n#+ requires: [esco, onet]").faults

    assert ("found 'onet' in 'requires'; expected one of esco, rome, crosswalk", 2) in [
        (f.message, f.line) for f in faults
    ]
