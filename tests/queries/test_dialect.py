"""CSV in the dialects of spreadsheets."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from metiers_kg.queries import Table
from metiers_kg.queries.dialect import SEPARATORS, Dialect, write_csv
from metiers_kg.store import Literal


def test_plain_dialect_is_the_format_csv() -> None:
    """Without options the bytes are those of the format csv."""
    table = Table(("a", "b"), [(Literal("x;y"), None), (Literal('"q", r'), Literal(3))])

    assert table.write("csv") == write_csv(table, Dialect())


@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1), st.sampled_from(SEPARATORS), st.booleans()
)
def test_any_text_comes_back(texts: list[str], separator: str, bom: bool) -> None:
    """Any text, one that begins as a formula among them, is read back as it was."""
    data = write_csv(Table(("x", "y"), [(Literal(text), Literal(1)) for text in texts]), Dialect(bom, separator))
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig" if bom else "utf-8"), newline=""), delimiter=separator))

    assert [["x", "y"], *([text, "1"] for text in texts)] == rows
