"""Small releases, written by the tests: zips, folders and workbooks."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

HERE = Path(__file__).parent
EN = "ESCO dataset - v1.1.1 - classification - en - csv"
RELATIONS = "ESCO dataset - v1.1.1 - classification -  - csv"

MakeZip = Callable[[str, Mapping[str, str | bytes]], Path]
MakeWorkbook = Callable[[str, Mapping[str, Sequence[Sequence[object]]]], Path]


@pytest.fixture
def make_zip(tmp_path: Path) -> MakeZip:
    """What writes a zip: its name and its files."""

    def make(name: str, files: Mapping[str, str | bytes]) -> Path:
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for entry, content in files.items():
                archive.writestr(entry, content)
        return path

    return make


@pytest.fixture
def make_workbook(tmp_path: Path) -> MakeWorkbook:
    """What writes the least workbook there can be: its name, and rows by sheet."""

    def make(name: str, sheets: Mapping[str, Sequence[Sequence[object]]]) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        package = "http://schemas.openxmlformats.org/package/2006"
        office = "application/vnd.openxmlformats-officedocument.spreadsheetml"
        numbered = list(enumerate(sheets, start=1))
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(
                "[Content_Types].xml",
                f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                f'<Override PartName="/xl/workbook.xml" ContentType="{office}.sheet.main+xml"/>'
                + "".join(
                    f'<Override PartName="/xl/sheet{n}.xml" ContentType="{office}.worksheet+xml"/>' for n, _ in numbered
                )
                + "</Types>",
            )
            archive.writestr(
                "_rels/.rels",
                f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            )
            archive.writestr(
                "xl/workbook.xml",
                f'<workbook xmlns="{main}" xmlns:r="{rel}"><sheets>'
                + "".join(f'<sheet name="{escape(sheet)}" sheetId="{n}" r:id="s{n}"/>' for n, sheet in numbered)
                + "</sheets></workbook>",
            )
            archive.writestr(
                "xl/_rels/workbook.xml.rels",
                f'<Relationships xmlns="{package}/relationships">'
                + "".join(
                    f'<Relationship Id="s{n}" Type="{rel}/worksheet" Target="sheet{n}.xml"/>' for n, _ in numbered
                )
                + "</Relationships>",
            )
            for n, sheet in numbered:
                rows = "".join(
                    f'<row r="{r}">{"".join(_cell(r, c, value) for c, value in enumerate(row))}</row>'
                    for r, row in enumerate(sheets[sheet], start=1)
                )
                archive.writestr(
                    f"xl/sheet{n}.xml", f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'
                )
        return path

    return make


def _cell(row: int, column: int, value: object) -> str:
    place = f"{chr(ord('A') + column)}{row}"
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'


@pytest.fixture
def esco_files() -> dict[str, dict[str, str]]:
    """The files of the example release of ESCO, by folder, for tests to break."""
    return _texts(HERE / "esco" / "two-versions")


@pytest.fixture
def rome_files() -> dict[str, str]:
    """The files of the example release of ROME, for tests to break."""
    return _texts(HERE / "rome" / "one-fiche")["RefRomeCsv"]


def _texts(folder: Path) -> dict[str, dict[str, str]]:
    return {
        part.name: {path.name: path.read_bytes().decode() for path in sorted(part.glob("*.csv"))}
        for part in sorted(folder.iterdir())
        if part.is_dir()
    }


@pytest.fixture
def make_esco(make_zip: MakeZip, esco_files: dict[str, dict[str, str]]) -> Callable[[], list[Path]]:
    """What writes the two zips of the example release, as the test has changed its files."""
    return lambda: [make_zip(f"{name}.zip", esco_files[name]) for name in (EN, RELATIONS)]
