from __future__ import annotations

from pathlib import Path

from metiers_kg.build.locations import Locations


def test_subject_is_found_by_prefixed_name_and_by_iri(tmp_path: Path) -> None:
    """File and line of a subject are found however the file spells it."""
    file = tmp_path / "jobs.ttl"
    file.write_text(
        "@prefix job: <http://e.org/job/> .\n\njob:a a job:X .\n<http://e.org/b>\n  a job:X .\n", encoding="utf-8"
    )
    where = Locations([file])

    assert [("jobs.ttl", 3), ("jobs.ttl", 4)] == [where.find("http://e.org/job/a"), where.find("http://e.org/b")]


def test_fragment_is_found_with_its_resource(tmp_path: Path) -> None:
    """A part named by a fragment is found at its resource."""
    file = tmp_path / "passages.ttl"
    file.write_text("<http://e.org/p>\n  a <http://e.org/X> .\n", encoding="utf-8")

    assert ("passages.ttl", 1) == Locations([file]).find("http://e.org/p#1-2")


def test_description_comes_before_additions(tmp_path: Path) -> None:
    """A resource stands where its type is told, not where another file, though earlier, adds to it."""
    files = [tmp_path / "activities.ttl", tmp_path / "jobs.ttl"]
    files[0].write_text("<http://e.org/a>\n  <http://e.org/does> <http://e.org/x> .\n", encoding="utf-8")
    files[1].write_text("\n<http://e.org/a>\n  a <http://e.org/Job> .\n", encoding="utf-8")

    assert ("jobs.ttl", 2) == Locations(files).find("http://e.org/a")


def test_undeclared_name_is_found_where_it_is_used(tmp_path: Path) -> None:
    """A term that nothing describes is found where it first stands, and not in the header of its ontology."""
    head = "@prefix job: <http://x/job/> .\n@prefix mkg: <http://x/ontology#> .\n"
    (tmp_path / "metiers.ttl").write_text(f"{head}<http://x/ontology> a mkg:Ontology .\n", encoding="utf-8")
    (tmp_path / "jobs.ttl").write_text(f"{head}job:a a mkg:JobGroup .\njob:b\n    a mkg:Job , mkg:New .\n", "utf-8")

    found = Locations(sorted(tmp_path.glob("*.ttl")))

    assert ("jobs.ttl", 5) == found.find("http://x/ontology#New")
    assert ("metiers.ttl", 3) == found.find("http://x/ontology#Absent")
