from __future__ import annotations

import shutil

import pytest

from metiers_kg.build.assembly import read_data
from metiers_kg.errors import DataError
from metiers_kg.project import Project


def test_folder_of_a_sector_may_say_what_another_says(small: Project) -> None:
    """A triple that two folders of data have is one triple: each folder is whole without the other."""
    before = read_data(small)
    (small.data / "lab").mkdir()
    shutil.copy(small.data / "all.ttl", small.data / "lab" / "all.ttl")

    assert before == read_data(small)


def test_fault_in_the_folder_of_a_sector_names_the_folder(small: Project) -> None:
    """A file in a folder of data is told by folder and name."""
    (small.data / "lab").mkdir()
    (small.data / "lab" / "more.ttl").write_text("job:chimiste a\n", encoding="utf-8")

    with pytest.raises(DataError) as raised:
        read_data(small)

    assert str(raised.value.findings[0]).startswith("lab/more.ttl:1: ")
