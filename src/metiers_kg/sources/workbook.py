"""Sheets of an XLSX workbook as rows of text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence

from metiers_kg.errors import InputError
from metiers_kg.sources.archive import UNREADABLE, SourceFile, check_entries
from metiers_kg.sources.tables import Row, column_position

__all__ = ["read_sheet"]

_MAX_RATIO = 600  # a pivot table of ROME's workbook of competences is 350 times its compressed size


def read_sheet(file: SourceFile, sheet: str, columns: Sequence[str]) -> Iterator[Row]:
    """Yield the rows of a sheet below its header: row number, and the values of *columns* as text.

    Whole numbers come without decimals, as they are shown ("8341").

    Raises:
        InputError: The file is no workbook, has no such sheet, or the sheet lacks a column.
    """
    import python_calamine

    data = file.read()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_entries(file.where, archive.infolist(), _MAX_RATIO)
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        if sheet not in workbook.sheet_names:
            found = ", ".join(repr(name) for name in workbook.sheet_names)
            raise InputError(f"{file.where}: expected a sheet {sheet!r}; found {found}")
        rows = workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, *UNREADABLE) as error:
        raise InputError(
            f"{file.where}: not a readable workbook ({error}); expected an XLSX file; download it again"
        ) from error
    header = [_text(value) for value in rows[0]] if rows else []
    positions = [column_position(file, header, name) for name in columns]
    for number, row in enumerate(rows[1:], start=2):
        yield number, tuple(_text(row[position]) for position in positions)


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
