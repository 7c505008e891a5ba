"""The triples that a row rests on: the header's key, its rules, and what a row gives."""

from __future__ import annotations

import pytest

from metiers_kg.errors import QueryFileError
from metiers_kg.queries import SavedQuery, WhyPattern
from metiers_kg.store import Iri, Literal
from metiers_kg.vocabulary import ONTOLOGY, PREFIXES, mint

HEADER = """\
#+ summary: Jobs
#+ title: {{fr: M, en: J}}
#+ description: {{fr: M., en: J.}}
#+ params:
#+   competence: {{label: {{fr: C, en: C}}, type: iri, required: true}}
#+   word: {{label: {{fr: W, en: W}}, type: string, required: true}}
#+ why: {why}
PREFIX mkg: <https://w3id.org/metiers-kg/ontology#>
SELECT ?job ?through {{ ?job mkg:requiresCompetence ?_competence_iri ; mkg:x ?through ; mkg:y ?_word_literal }} ORDER BY ?job
"""

JOB, CHEMISTRY, PHYSICS = (
    Iri(mint("job", "chimiste")),
    Iri(mint("competence", "chimie")),
    Iri(mint("competence", "physique")),
)
REQUIRES = ONTOLOGY + "requiresCompetence"


def _read(why: str) -> tuple[WhyPattern, ...]:
    return SavedQuery.parse("jobs", HEADER.format(why=why)).why


@pytest.mark.parametrize(
    ("why", "pattern"),
    [
        ("[{s: job, p: mkg:requiresCompetence, o: $competence}]", WhyPattern("?job", REQUIRES, "$competence")),
        (
            "[{s: job, p: a, o: mkg:EmergingJob}]",
            WhyPattern("?job", PREFIXES["rdf"] + "type", ONTOLOGY + "EmergingJob"),
        ),
        (
            "[{s: job, p: skos:broader, o: category/growth, when: {through: 1}}]",
            WhyPattern("?job", PREFIXES["skos"] + "broader", mint("category", "growth"), {"through": "1"}),
        ),
    ],
)
def test_patterns_are_read(why: str, pattern: WhyPattern) -> None:
    """A part is a column, a parameter or a term; the property is a term, or ``a``."""
    assert (pattern,) == _read(why)


def test_query_without_why() -> None:
    """A query need not say what its rows rest on."""
    assert () == _read("[]")


@pytest.mark.parametrize(
    ("why", "message"),
    [
        ("always", "expected 'why' with a list of triples; found 'always'"),
        ("[{s: job, p: a}]", "expected a triple with s, p, o and perhaps when; found {'s': 'job', 'p': 'a'}"),
        ("[{s: job, p: a, o: through, q: 1}]", "expected a triple with s, p, o and perhaps when"),
        (
            "[{s: job, p: nobody:knows, o: through}]",
            "found 'p' 'nobody:knows' in 'why'; expected a prefixed name or an IRI",
        ),
        ("[{s: job, p: requires, o: through}]", "found 'p' 'requires' in 'why'; expected a prefixed name or an IRI"),
        ("[{s: 3, p: a, o: through}]", "found 's' 3 in 'why'; expected a column, $parameter or prefixed name"),
        ("[{s: jb, p: a, o: through}]", "found 'jb' in 'why'; expected one of job, through"),
        ("[{s: job, p: a, o: $factor}]", "found '$factor' in 'why'; expected one of $competence"),
        ("[{s: job, p: a, o: $word}]", "found '$word' in 'why'; expected one of $competence"),
        ("[{s: $competence, p: a, o: mkg:Job}]", "found no column in a triple of 'why'; expected one"),
        ("[{s: job, p: a, o: mkg:Job, when: [through]}]", "expected 'when' with texts by column; found ['through']"),
        ("[{s: job, p: a, o: mkg:Job, when: {kind: x}}]", "found 'kind' in 'why'; expected one of job, through"),
    ],
)
def test_faults_are_told_with_their_line(why: str, message: str) -> None:
    """What is wrong in a pattern is told with the line of the file."""
    with pytest.raises(QueryFileError) as caught:
        _read(why)

    assert f"jobs.rq:7: {message}" in str(caught.value)


def test_row_gives_its_triples() -> None:
    """A row gives one triple for each value of a parameter, and none where a part is missing."""
    pattern = WhyPattern("?job", REQUIRES, "$competence")

    assert [(str(JOB), f"<{REQUIRES}>", str(o)) for o in (CHEMISTRY, PHYSICS)] == pattern.triples(
        {"job": JOB}, {"competence": (CHEMISTRY, PHYSICS)}
    )
    assert [] == pattern.triples({"job": None}, {"competence": (CHEMISTRY,)})
    assert [] == pattern.triples({"job": JOB}, {"competence": ()})
    assert [] == pattern.triples({"job": Literal("Chimiste")}, {"competence": (CHEMISTRY,)})


def test_condition_on_a_column() -> None:
    """A row rests on a triple with a condition only where its columns hold these texts."""
    pattern = WhyPattern("?job", REQUIRES, str(CHEMISTRY.value), {"through": "competence"})

    assert 1 == len(pattern.triples({"job": JOB, "through": Literal("competence")}, {}))
    assert [] == pattern.triples({"job": JOB, "through": Literal("factor")}, {})
    assert [] == pattern.triples({"job": JOB, "through": None}, {})
