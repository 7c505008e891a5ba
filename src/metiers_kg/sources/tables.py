"""Tables of a release, their columns addressed by name; a fault is told with file, line and what was expected."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter

from metiers_kg.errors import InputError
from metiers_kg.sources.archive import SourceFile

__all__ = ["Row", "column_position", "decode", "read_rows"]

Row = tuple[int, tuple[str, ...]]
"""The line where a record starts, from 1, and the values of the columns asked for."""

_FIELD_LIMIT = 16 * 1024 * 1024  # ESCO's list of the top concepts of a scheme is one field of 140 kB
_SHOWN = 12


def decode(file: SourceFile, encoding: str = "utf-8-sig") -> str:
    """Return the text of a file. Raises InputError with the line of what is not text in that encoding."""
    data = file.read()
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"{file.where}, line {line}: expected {encoding.removesuffix('-sig').upper()} text; "
            f"found the byte 0x{data[error.start]:02X}, which is none; download the file again"
        ) from error


def read_rows(
    file: SourceFile,
    columns: Sequence[str],
    *,
    optional: Sequence[str] = (),
    encoding: str = "utf-8-sig",
    ragged: bool = False,
) -> Iterator[Row]:
    """Yield the records of a CSV file: line, and the values of *columns*, then of *optional* (empty where it has none).

    Empty lines between records are passed over. *ragged* allows records that leave out empty columns at their end.

    Raises:
        InputError: A column is missing, a record has another number of fields than the header, or the file is cut.
    """
    text = decode(file, encoding)
    csv.field_size_limit(_FIELD_LIMIT)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        header = next(reader, [])
        positions = [column_position(file, header, name) for name in columns]
        width = len(header)
        positions += [header.index(name) if name in header else width for name in optional]
        pick = itemgetter(*positions) if len(positions) > 1 else _pick_one(positions[0])
        line = reader.line_num + 1
        for fields in reader:
            if len(fields) != width:
                if not fields:
                    line = reader.line_num + 1
                    continue
                if not ragged or len(fields) > width:
                    raise InputError(
                        f"{file.where}, line {line}: found {len(fields)} fields, "
                        f"expected the {width} of the header; download the file again"
                    )
                fields.extend([""] * (width - len(fields)))
            fields.append("")
            yield line, pick(fields)
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputError(
            f"{file.where}, line {line}: not a CSV record ({error}); expected commas and double quotes; "
            "the file may be cut: download it again"
        ) from error


def _pick_one(position: int) -> Callable[[Sequence[str]], tuple[str, ...]]:
    return lambda fields: (fields[position],)


def column_position(file: SourceFile, header: Sequence[str], name: str, line: int = 1) -> int:
    """Return where the header has a column. Raises InputError that tells the columns found."""
    if name in header:
        return list(header).index(name)
    if not header:
        raise InputError(f"{file.where}: empty; expected a table with the column {name!r}")
    found = ", ".join(repr(column[:40]) for column in header[:_SHOWN]) + (" …" if len(header) > _SHOWN else "")
    raise InputError(f"{file.where}, line {line}: expected a column {name!r}; found {found}")
