from __future__ import annotations

from pathlib import Path

from metiers_kg.build.locations import Locations
from metiers_kg.build.profile import check_profile
from metiers_kg.errors import Finding
from metiers_kg.store import read_turtle


def test_what_is_outside_the_profile_is_a_warning_with_its_line(tmp_path: Path) -> None:
    """A construct outside OWL 2 RL does not stop the build; it is told with file, line and what would be right."""
    file = tmp_path / "ontology.ttl"
    file.write_text(
        "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n@prefix e: <http://e.org/> .\n\n"
        "e:knows a owl:ObjectProperty , owl:ReflexiveProperty .\n",
        encoding="utf-8",
    )

    assert [
        Finding(
            rule="OWL 2 RL profile: ReflexiveObjectProperty",
            resource="http://e.org/knows",
            message="has owl:ReflexiveProperty, which OWL 2 RL does not have",
            remedy="leave it out, or state the triples that are meant",
            file="ontology.ttl",
            line=4,
            severity="warning",
        )
    ] == check_profile(read_turtle(file), Locations([file]))
