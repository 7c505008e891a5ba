"""Releases as downloaded, and zips that are not what they seem."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from metiers_kg.errors import InputError
from metiers_kg.sources import archive
from metiers_kg.sources.archive import open_parts
from tests.sources.conftest import MakeZip


def test_folder_gives_its_files_and_its_zips(tmp_path: Path, make_zip: MakeZip) -> None:
    """A folder is searched for tables, zips and folders; other files are passed over."""
    make_zip("labels.zip", {"a.csv": "x"})
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.csv").write_text("x")
    (tmp_path / "readme.md").write_text("x")

    assert [("labels.zip", ["a.csv"]), ("sub", ["b.csv"])] == [(p.name, list(p.files)) for p in open_parts([tmp_path])]


def test_folders_in_a_zip_are_parts(make_zip: MakeZip) -> None:
    """Files of different folders of one zip are told apart; what macOS adds is passed over."""
    path = make_zip("all.zip", {"v1/a.csv": "1", "v2/a.csv": "2", "__MACOSX/v1/._a.csv": "", "v1/.DS_Store": ""})

    assert ["all.zip/v1", "all.zip/v2"] == [part.name for part in open_parts([path])]


def test_missing_path_is_told(tmp_path: Path) -> None:
    """A path that is not there is named."""
    with pytest.raises(InputError, match=r"none\.zip: no such file"):
        open_parts([tmp_path / "none.zip"])


def test_same_file_twice_is_told(make_zip: MakeZip) -> None:
    """A file that is given twice is named."""
    path = make_zip("a.zip", {"a.csv": "x"})

    with pytest.raises(InputError, match=r"a\.csv: given twice"):
        open_parts([path, path])


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04 cut"])
def test_what_is_no_zip_is_told(tmp_path: Path, content: bytes) -> None:
    """A file that is no zip is an error that says to download it again."""
    path = tmp_path / "release.zip"
    path.write_bytes(content)

    with pytest.raises(InputError, match=r"release\.zip: not a whole zip .* download it again"):
        open_parts([path])


def test_truncated_zip_is_told(make_zip: MakeZip) -> None:
    """A zip that was cut in the middle is no zip."""
    path = make_zip("release.zip", {"a.csv": "column\n" + "value\n" * 5000, "b.csv": "x"})
    path.write_bytes(path.read_bytes()[:-40])

    with pytest.raises(InputError, match="not a whole zip"):
        open_parts([path])


def test_damaged_entry_is_told_when_it_is_read(make_zip: MakeZip) -> None:
    """An entry whose bytes were changed does not pass for data."""
    path = make_zip("release.zip", {"a.csv": "column\n" + "".join(f"value {n}\n" for n in range(5000))})
    data = bytearray(path.read_bytes())
    data[200:220] = bytes(20)
    path.write_bytes(data)
    (part,) = open_parts([path])

    with pytest.raises(InputError, match=r"release\.zip: a\.csv: cannot be unpacked"):
        part.files["a.csv"].read()


@pytest.mark.parametrize("name", ["../../etc/passwd.csv", "/etc/a.csv", "..\\a.csv", "C:/a.csv", "a/../../b.csv"])
def test_name_that_leads_out_of_the_zip_is_refused(make_zip: MakeZip, name: str) -> None:
    """A zip with an entry that would lead out of it is not read at all."""
    with pytest.raises(InputError, match="leads out of the zip"):
        open_parts([make_zip("release.zip", {"a.csv": "x", name: "x"})])


def test_symbolic_link_in_a_zip_is_refused(tmp_path: Path) -> None:
    """An entry that is a symbolic link is not followed."""
    entry = zipfile.ZipInfo("a.csv")
    entry.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "release.zip", "w") as zipped:
        zipped.writestr(entry, "/etc/passwd")

    with pytest.raises(InputError, match="leads out of the zip"):
        open_parts([tmp_path / "release.zip"])


def test_zip_bomb_is_refused_unread(make_zip: MakeZip) -> None:
    """An entry that is a thousand times its compressed size is refused before it is read."""
    with pytest.raises(InputError, match="as a zip bomb has"):
        open_parts([make_zip("release.zip", {"a.csv": bytes(4_000_000)})])


def test_entry_larger_than_it_says_is_refused(make_zip: MakeZip) -> None:
    """What unpacks to more than the zip's index says is not read to its end."""
    path = make_zip("release.zip", {"a.csv": b"x" * 400_000})
    data = path.read_bytes()
    path.write_bytes(data.replace((400_000).to_bytes(4, "little"), (100).to_bytes(4, "little")))
    (part,) = open_parts([path])

    with pytest.raises(InputError, match=r"a\.csv: (unpacks to another size|cannot be unpacked)"):
        part.files["a.csv"].read()


def test_too_much_is_refused(make_zip: MakeZip, monkeypatch: pytest.MonkeyPatch) -> None:
    """Too many files, or too many bytes in all, are refused."""
    path = make_zip("release.zip", {f"{n}.csv": "xy" for n in range(3)})
    monkeypatch.setattr(archive, "MAX_ENTRIES", 2)
    with pytest.raises(InputError, match="3 files"):
        open_parts([path])
    monkeypatch.setattr(archive, "MAX_ENTRIES", 3)
    monkeypatch.setattr(archive, "MAX_TOTAL_BYTES", 5)
    with pytest.raises(InputError, match="unpacks to 6 bytes"):
        open_parts([path])
    monkeypatch.setattr(archive, "MAX_ENTRY_BYTES", 1)
    with pytest.raises(InputError, match="2 bytes; expected a file of a release, at most 1"):
        archive.SourceFile(path, "0.csv", 2).read()


def test_encrypted_entry_is_refused(make_zip: MakeZip) -> None:
    """A zip that asks for a password is not what the publisher gives."""
    path = make_zip("release.zip", {"a.csv": "x"})
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)

    with pytest.raises(InputError, match="encrypted"):
        open_parts([path])


def test_same_name_twice_in_a_zip_is_refused(tmp_path: Path) -> None:
    """Two entries of one name cannot both be meant."""
    with zipfile.ZipFile(tmp_path / "release.zip", "w") as zipped:
        zipped.writestr("a.csv", "1")
        with pytest.warns(UserWarning, match="Duplicate"):
            zipped.writestr("a.csv", "2")

    with pytest.raises(InputError, match="stands in the zip twice"):
        open_parts([tmp_path / "release.zip"])
