"""Competences that a job asks for, and who asks for one."""

from __future__ import annotations

from tests.web.portraits.conftest import Portray
from tests.web.portraits.telling import chips, groups, section, told


def test_competences_stand_by_kind_the_essential_first(portray: Portray) -> None:
    """A job's competences are told by kind, each once, the essential first, with level and what it was read from."""
    rows = groups(portray("job/chimiste"), "competences")["Savoir-faire"]

    assert ["Analyse", "Calcul"] == told(rows)
    assert ["demandée", "émergente"] == chips(rows[0])
    assert ["un atout", "déduit à la lecture", "au conditionnel"] == chips(rows[1])


def test_a_statement_plainly_made_carries_no_mark(portray: Portray) -> None:
    """Where one of two statements is plainly made, the row has no mark; each basis keeps its own."""
    row = groups(portray("job/chimiste"), "competences")["Savoir-faire"][0]

    assert [(), ("déduit à la lecture", "au conditionnel")] == [tuple(m.text for m in b.marks) for b in row.basis]
    assert ["Texte, l. 1", "Texte, l. 9"] == [excerpt.passage.label for excerpt in row.excerpts]
    assert ["Chaque jour."] == [note.text for note in row.notes]


def test_what_the_reasoner_concludes_says_why(portray: Portray) -> None:
    """Beside a competence stands the link to why the job requires it; not where only what texts say is shown."""
    row = groups(portray("job/chimiste"), "competences")["Savoir-faire"][1]
    bare = groups(portray("job/chimiste", asserted=True), "competences")["Savoir-faire"][1]

    assert "/explain?s=job/chimiste&p=mkg:requiresCompetence&o=competence/calcul" == row.why
    assert "" == bare.why


def test_jobs_that_ask_for_a_narrower_competence_are_told_apart(portray: Portray) -> None:
    """Who asks for a competence comes first, who asks for a narrower one after, by way of it."""
    found = groups(portray("competence/analyse"), "jobs")

    assert ["Chimiste"] == told(found["Métiers"])
    narrower = found["Métiers qui demandent une compétence plus étroite"]
    assert [("Chimiste", ("Calcul",))] == [
        (r.thing.label, tuple(t.label for t in r.through)) for r in narrower if r.thing
    ]
    assert 1 == section(portray("competence/analyse"), "jobs").count
