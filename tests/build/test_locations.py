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
