"""ESCO: what comes in, what is left out, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from metiers_kg.errors import InputError
from metiers_kg.sources import Imported
from metiers_kg.sources.esco import read
from tests.sources.conftest import EN, HERE, RELATIONS, MakeZip

Files = dict[str, dict[str, str]]
FR = "ESCO dataset - v1.0.3 - classification - fr - csv"
ESCO = "http://data.europa.eu/esco/"
PREF = "<http://www.w3.org/2004/02/skos/core#prefLabel>"


def _labels(imported: Imported, concept: str, language: str) -> list[str]:
    start, end = f"<{ESCO}{concept}> {PREF} ", f"@{language} ."
    return [line[len(start) : -len(end)] for line in imported.lines if line.startswith(start) and line.endswith(end)]


def test_zips_and_folders_give_the_same(
    make_esco: Callable[[], list[Path]], make_zip: MakeZip, esco_files: Files
) -> None:
    """The zips as downloaded, their folders unpacked, and a folder of all of them are read alike."""
    zips = [*make_esco(), make_zip(f"{FR}.zip", esco_files[FR])]
    folders = [HERE / "esco" / "two-versions" / name for name in (FR, RELATIONS, EN)]

    assert read(zips).lines == read(folders).lines == read([zips[0].parent]).lines


def test_file_names_after_v1_2_have_a_language_everywhere(make_zip: MakeZip, esco_files: Files) -> None:
    """From v1.2.0 on relations bear a language too, and each language's zip repeats them: they are read once."""
    relations = {name.replace(".csv", "_en.csv"): text for name, text in esco_files[RELATIONS].items()}
    french = {"occupations_fr.csv": esco_files[FR]["occupations_fr.csv"]} | {
        name.replace("_en", "_fr"): text for name, text in relations.items()
    }
    imported = read(
        [make_zip("ESCO v1.2.0 en.zip", esco_files[EN] | relations), make_zip("ESCO v1.2.0 fr.zip", french)]
    )

    assert "1.2.0" == imported.report.version
    assert 3 == imported.report.counts["occupation-skill relations"]
    assert 4 == sum("same relations" in reason for reason in imported.report.not_read.values())


def test_newest_labels_win_in_a_language_that_the_release_lacks(
    make_zip: MakeZip, make_esco: Callable[[], list[Path]]
) -> None:
    """Of two older or newer versions that name a concept in French, the newest one does, whatever the order."""
    header = "conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,description\n"
    older = make_zip(
        "v1.0.3 fr.zip", {"occupations_fr.csv": f"{header}Occupation,{ESCO}occupation/kite-tester,9901,ancien,,\n"}
    )
    newer = make_zip(
        "v1.2.0 fr.zip", {"occupations_fr.csv": f"{header}Occupation,{ESCO}occupation/kite-tester,9901,nouveau,,\n"}
    )
    imported = read([older, *make_esco(), newer])

    assert ['"nouveau"'] == _labels(imported, "occupation/kite-tester", "fr")
    assert any("1 concepts have their fr labels" in note for note in imported.report.notes)


def test_concept_of_another_version_alone_is_not_invented(
    make_zip: MakeZip, esco_files: Files, make_esco: Callable[[], list[Path]]
) -> None:
    """A concept that only a label file of another version knows is dropped, and told with its line."""
    imported = read([*make_esco(), make_zip(f"{FR}.zip", esco_files[FR])])

    assert [(5, f"{ESCO}occupation/hoop-tester 'testeur de cerceaux/testeuse de cerceaux'")] == [
        (remark.line, remark.value) for remark in imported.report.dropped
    ]
    assert not any("hoop-tester" in line for line in imported.lines)


def test_concept_that_only_relations_name_keeps_them(make_esco: Callable[[], list[Path]]) -> None:
    """A relation to a concept that no file describes is kept and reported; the concept is no occupation."""
    imported = read(make_esco())

    assert [f"{ESCO}occupation/balloon-tester"] == [remark.value for remark in imported.report.unresolved]
    assert 2 == imported.report.counts["occupations"]
    assert any(
        f"<{ESCO}occupation/balloon-tester>" in line and "relatedEssentialSkill" in line for line in imported.lines
    )


def test_concept_twice_is_taken_as_modified_last(make_esco: Callable[[], list[Path]], esco_files: Files) -> None:
    """Of two rows of one concept, as v1.2.1 has them, the later modifiedDate counts, and the other is reported."""
    table = esco_files[EN]["skills_en.csv"]
    row = table[table.rindex("KnowledgeSkillCompetence") :].replace("sector-specific,winds", "sector-specific,breezes")
    esco_files[EN]["skills_en.csv"] = table + row.replace("2016-12-20", "2018-01-01")
    esco_files[EN]["skills_en.csv"] += (
        f"KnowledgeSkillCompetence,{ESCO}skill/winds,knowledge,,gales,,,released,2011-01-01T00:00:00Z,,,,\r\n"
    )
    imported = read(make_esco())

    assert ['"breezes"'] == _labels(imported, "skill/winds", "en")
    assert 2 == sum("stands here twice" in remark.reason for remark in imported.report.dropped)


def test_concept_twice_without_a_later_date_is_refused(make_esco: Callable[[], list[Path]], esco_files: Files) -> None:
    """Two different rows of one IRI, neither newer, are an error that names both lines."""
    table = esco_files[EN]["skills_en.csv"]
    row = table[table.rindex("KnowledgeSkillCompetence") :]
    esco_files[EN]["skills_en.csv"] = table + row.replace(",winds,", ",breezes,")

    with pytest.raises(InputError, match=r"skills_en\.csv, line \d+: .*skill/winds stands in line \d+ too"):
        read(make_esco())


def test_labels_without_relations_are_refused(make_esco: Callable[[], list[Path]]) -> None:
    """Labels alone would leave every occupation without skills: the error names the zip that is missing."""
    with pytest.raises(InputError, match=r"no occupationSkillRelations\.csv.*classification -  - csv"):
        read(make_esco()[:1])


def test_relations_without_labels_are_refused(
    make_zip: MakeZip, make_esco: Callable[[], list[Path]], esco_files: Files
) -> None:
    """Labels of another version do not tell what the release has."""
    with pytest.raises(InputError, match=r"relations of ESCO 1\.1\.1, but no occupations_….csv of 1\.1\.1"):
        read([make_esco()[1], make_zip(f"{FR}.zip", esco_files[FR])])


def test_relations_of_two_versions_are_refused(
    make_zip: MakeZip, make_esco: Callable[[], list[Path]], esco_files: Files
) -> None:
    """Two base releases at once are an error that names both."""
    with pytest.raises(InputError, match=r"relations of 2 versions at once \(.*1\.1\.1.*1\.0\.9"):
        read([*make_esco(), make_zip("ESCO dataset - v1.0.9.zip", esco_files[RELATIONS])])


def test_same_release_twice_is_refused(
    make_zip: MakeZip, make_esco: Callable[[], list[Path]], esco_files: Files
) -> None:
    """The same labels from two zips are an error that names both."""
    with pytest.raises(InputError, match=r"copy .*already given by ESCO dataset"):
        read([*make_esco(), make_zip("copy of v1.1.1.zip", esco_files[EN])])


def test_zip_without_esco_is_refused(make_zip: MakeZip) -> None:
    """A zip of something else is an error that says what was found and what is expected."""
    with pytest.raises(InputError, match=r"no file of ESCO .*photos\.zip: holidays\.csv.*expected the CSV zips"):
        read([make_zip("photos.zip", {"holidays.csv": "a\n1\n"})])


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("occupations_en.csv", "conceptUri", "uri", r"occupations_en\.csv, line 1: expected a column 'conceptUri'"),
        (
            "occupations_en.csv",
            f"{ESCO}occupation/box",
            "box",
            r"occupations_en\.csv, line 6: expected an IRI http://data\.europa\.eu/esco/",
        ),
        ("occupations_en.csv", "occupation/box-kite-tester,", "occupation/box kite,", r"line 6: expected an IRI"),
        ("occupations_en.csv", "concept-scheme/occupations,", "concept-scheme/<x>,", r"expected what makes an IRI"),
        ("skills_en.csv", "skill/hold-lines", "occupation/kite-tester", r"already stands among the occupations"),
        (
            "conceptSchemes_en.csv",
            f"{ESCO}concept-scheme/isco",
            "isco",
            r"conceptSchemes_en\.csv, line 2: expected an IRI in conceptSchemeUri",
        ),
    ],
)
def test_fault_in_labels_is_told(
    make_esco: Callable[[], list[Path]], esco_files: Files, file: str, old: str, new: str, expected: str
) -> None:
    """A fault in a label file is told with file, line, what was expected and what was found."""
    assert old in esco_files[EN][file]
    esco_files[EN][file] = esco_files[EN][file].replace(old, new)

    with pytest.raises(InputError, match=expected):
        read(make_esco())


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (
            "occupationSkillRelations.csv",
            "optional",
            "useful",
            r"Relations\.csv, line 3: expected essential or optional .* found 'useful'",
        ),
        ("occupationSkillRelations.csv", f"{ESCO}skill/winds", "winds", r"line 3: expected an IRI .* found 'winds'"),
        ("occupationSkillRelations.csv", "skillUri", "skill", r"line 1: expected a column 'skillUri'"),
        (
            "broaderRelationsOccPillar.csv",
            f"ISCOGroup,{ESCO}isco/C99\r",
            f"ISCOGroup,{ESCO}occupation/box-kite-tester\r",
            r"go in a circle",
        ),
    ],
)
def test_fault_in_relations_is_told(
    make_esco: Callable[[], list[Path]], esco_files: Files, file: str, old: str, new: str, expected: str
) -> None:
    """A fault in a relation file is told with file, line, what was expected and what was found."""
    assert old in esco_files[RELATIONS][file]
    esco_files[RELATIONS][file] = esco_files[RELATIONS][file].replace(old, new)

    with pytest.raises(InputError, match=expected):
        read(make_esco())


def test_values_that_are_not_understood_are_dropped_and_told(
    make_esco: Callable[[], list[Path]], esco_files: Files
) -> None:
    """A skill type, date or collection member that is not known leaves the rest of the concept."""
    skills = esco_files[EN]["skills_en.csv"]
    skills = skills.replace(f"{ESCO}skill/winds,knowledge,", f"{ESCO}skill/winds,hunch,").replace(
        "2016-12-20T17:43:43Z", "yesterday", 1
    )
    esco_files[EN]["skills_en.csv"] = skills
    esco_files[EN]["greenSkillsCollection_en.csv"] += f"KnowledgeSkillCompetence,{ESCO}skill/unknown,x,,,,,,,\r\n"
    esco_files[RELATIONS]["occupationSkillRelations.csv"] += (
        esco_files[RELATIONS]["occupationSkillRelations.csv"].splitlines()[1] + "\r\n"
    )
    report = read(make_esco()).report

    assert {
        "a type of skill that is not known",
        "a modifiedDate that is no date and time",
        "a member of green-skills that no file of 1.1.1 describes",
        "the relation stands here twice",
    } == {remark.reason for remark in report.dropped}
