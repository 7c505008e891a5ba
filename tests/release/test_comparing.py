"""Two releases compared: what came, what went, what changed from what to what."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from metiers_kg.errors import DataError, InputError
from metiers_kg.project import Project
from metiers_kg.queries import Catalogue
from metiers_kg.release.answers import AnswerDifference, compare_answers
from metiers_kg.release.comparing import Difference, compare
from metiers_kg.release.exporting import export_release
from metiers_kg.release.levels import judge, reasons_of
from metiers_kg.release.opening import open_release


@pytest.fixture(scope="module")
def difference(before: Project, after: Project) -> Difference:
    """What changed between the two small projects, in English."""
    return compare(open_release(str(before.build), before), open_release(str(after.build), after), "en")


@pytest.fixture(scope="module")
def answers(before: Project, after: Project) -> dict[str, AnswerDifference]:
    """What changed in the answers of their saved queries."""
    old, new = (open_release(str(project.build), project) for project in (before, after))
    return {answer.query: answer for answer in compare_answers(old, new, Catalogue.read(after.queries), lang="en")}


def test_added_job_is_told(difference: Difference) -> None:
    """A job that is new is told with its label."""
    assert ["Biologist"] == [thing.label for thing in difference.groups["job"].added]


def test_changed_label_is_told_from_and_to(difference: Difference) -> None:
    """A label that changed is told in its language, as it was and as it is."""
    (chemist,) = difference.groups["job"].changed
    (detail,) = chemist.details

    assert ("label", "en", "Chemist", "Chemical scientist") == (
        detail.label,
        detail.language,
        detail.removed[0].label,
        detail.added[0].label,
    )


def test_level_of_a_requirement_is_told_of_the_requirement(difference: Difference) -> None:
    """A competence that is now optional is a change of its requirement, not of the job; so is another passage."""
    (requirement,) = difference.groups["requirement"].changed
    told = {d.label: ([v.label for v in d.removed], [v.label for v in d.added]) for d in requirement.details}

    assert told["level"] == (["has essential requirement"], ["has optional requirement"])
    assert told["passage"][1] == ["Text, l. 1"]


def test_deprecation_names_the_successor(difference: Difference) -> None:
    """What is deprecated is told as that, with what replaces it."""
    (biology,) = difference.groups["competence"].deprecated

    assert ("Biology", ["Chemistry"]) == (biology.label, [value.label for value in biology.successors])


def test_nothing_else_is_told(difference: Difference) -> None:
    """No group is told in which nothing changed."""
    assert {"job", "competence", "requirement"} == set(difference.groups)


def test_same_release_has_no_difference(before: Project) -> None:
    """A release compared with itself is the same, whatever its blank nodes are called."""
    release = open_release(str(before.build), before)

    assert compare(release, release).is_empty


def test_difference_asks_for_a_minor_version(difference: Difference) -> None:
    """A job more is a minor change: 0.1.0 is too low for what follows it."""
    verdict = judge(list(reasons_of(difference)), "0.1.0", "0.1.0")

    assert ("minor", "0.2.0", False) == (verdict.level, verdict.needed, verdict.is_enough)
    assert "job added: Biologist" in verdict.reasons


def test_removed_job_asks_for_a_major_version(before: Project, after: Project) -> None:
    """A job that goes without having been deprecated breaks what was promised."""
    backwards = compare(open_release(str(after.build), after), open_release(str(before.build), before), "en")
    verdict = judge(list(reasons_of(backwards)), "1.0.0", "1.1.0")

    assert ("major", "2.0.0") == (verdict.level, verdict.needed)
    assert "job removed, and was not deprecated: Biologist" in verdict.reasons


def test_rows_that_differ_are_told(answers: dict[str, AnswerDifference]) -> None:
    """The row of a requirement is told as one row whose level changed."""
    answer = answers["job-competences"]
    (changed,) = answer.changed

    assert ("differs", (), ()) == (answer.status, answer.added, answer.removed)
    assert changed.cells["level"] == ("essential", "optional")


def test_other_label_is_no_other_row(answers: dict[str, AnswerDifference]) -> None:
    """Names of a job that changed are rows of their own where names are what is asked for."""
    answer = answers["job-search-names"]

    assert ["Chemist"] == [row["name"] for row in answer.removed if row.get("name") == "Chemist"]


def test_all_forms_of_a_release_are_the_same(before: Project, tmp_path: Path) -> None:
    """Build folder, exports in three forms and an N-Quads file of one graph do not differ."""
    build = open_release(str(before.build), before)
    for form in ("nquads", "turtle", "jsonld"):
        folder = export_release(before, tmp_path / form, [form]).folder
        assert compare(build, open_release(str(folder), before)).is_empty, form
    assert compare(build, open_release(str(tmp_path / "nquads" / "metiers.nq"), before)).is_empty


def test_file_without_graphs_is_compared_as_a_whole(before: Project, after: Project) -> None:
    """A file that names no graphs is compared with all that the other says, and that is told."""
    old = open_release(str(before.build / "metiers.nt"), before)
    found = compare(old, open_release(str(after.build), after), "en")

    assert ["Biologist"] == [thing.label for thing in found.groups["job"].added]
    assert "no named graphs" in found.notes[0]


def test_queries_are_asked_of_a_file_too(before: Project, after: Project) -> None:
    """A file, which has no queries of its own, answers those of the other release."""
    old = open_release(str(before.build / "metiers.nq"), before)
    new = open_release(str(after.build), after)

    assert {"job-competences", "job-search-names"} == {
        a.query for a in compare_answers(old, new, Catalogue.read(after.queries))
    }


def test_query_whose_columns_changed_is_left_out(before: Project, after: Project, tmp_path: Path) -> None:
    """Rows of other columns are not compared; which columns came and went is told."""
    folder = export_release(after, tmp_path / "export", ["nquads"]).folder
    file = folder / "queries" / "job-search-names.rq"
    text = file.read_text(encoding="utf-8")
    assert "?origin" in text
    file.write_text(re.sub(r"\borigin\b", "whence", text), encoding="utf-8")
    old, new = open_release(str(before.build), before), open_release(str(folder), after)
    found = {a.query: a for a in compare_answers(old, new, Catalogue.read(after.queries))}["job-search-names"]

    assert ("left-out", True) == (found.status, "gone origin, new whence" in found.note)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("nothing", None, "expected a build folder"),
        ("notes.txt", "x", "expected an RDF file"),
        ("empty.ttl", "", "expected statements; found none"),
        ("folder/x", "x", "found a folder that is neither"),
    ],
)
def test_what_is_no_release_is_told(before: Project, tmp_path: Path, name: str, content: str | None, told: str) -> None:
    """What cannot be compared is told with what could be."""
    path = tmp_path / name
    if content is not None:
        path.parent.mkdir(exist_ok=True)
        path.write_text(content)

    with pytest.raises(InputError, match=told):
        open_release(str(tmp_path / name.partition("/")[0]), before)


def test_malformed_file_is_told_with_its_line(before: Project, tmp_path: Path) -> None:
    """A Turtle file with a fault is told with the line of the fault."""
    (tmp_path / "bad.ttl").write_text("<https://e.org/a>\n<https://e.org/b> .\n")

    with pytest.raises(DataError, match=r"bad\.ttl:2"):
        open_release(str(tmp_path / "bad.ttl"), before)


def test_changed_export_is_told(before: Project, tmp_path: Path) -> None:
    """An export whose file was changed since is not compared as if it were the release."""
    folder = export_release(before, tmp_path / "export", ["nquads"]).folder
    with (folder / "metiers.nq").open("a") as file:
        file.write("<https://e.org/a> <https://e.org/b> <https://e.org/c> .\n")

    with pytest.raises(InputError, match="not the file that was written"):
        open_release(str(folder), before)


def test_query_with_a_fault_is_left_out(before: Project, tmp_path: Path) -> None:
    """A query file that cannot be read is told with its fault; the others are asked."""
    folder = export_release(before, tmp_path / "export", ["nquads"]).folder
    (folder / "queries" / "job-competences.rq").write_text("SELECT", encoding="utf-8")
    old, new = open_release(str(before.build), before), open_release(str(folder), before)
    found = {a.query: a for a in compare_answers(old, new, Catalogue.read(before.queries))}

    assert ("left-out", True) == (found["job-competences"].status, "its file is not" in found["job-competences"].note)
    assert "same" == found["job-search-names"].status
