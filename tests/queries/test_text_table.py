from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from metiers_kg.queries.text_table import render_text

WORDS = st.text(alphabet="abé1-", min_size=1, max_size=18)


@given(
    columns=st.integers(1, 8),
    width=st.integers(60, 120),
    data=st.data(),
)
def test_nothing_is_cut(columns: int, width: int, data: st.DataObject) -> None:
    """Whatever the width of the terminal, every letter of every cell is shown."""
    rows = data.draw(st.lists(st.lists(WORDS, min_size=columns, max_size=columns), min_size=1, max_size=3))
    titles = [f"t{number}" for number in range(columns)]
    text = render_text(titles, rows, [False] * columns, width)

    for letter in "abé":
        assert sum(cell.count(letter) for row in rows for cell in row) == text.count(letter)


def test_lines_fit_the_terminal() -> None:
    """No line of a table is wider than the terminal."""
    rows = [
        [
            "Biosafety (measures and regulations)",
            "regulatory",
            "raisesNeedFor",
            "true",
            "explicit",
            "Forem 2013, 4.1-rb",
        ]
    ]
    text = render_text(["factor", "domains", "relation", "direct", "statedAs", "passage"], rows, [False] * 6, 80)

    assert max(map(len, text.splitlines())) <= 80


def test_too_many_columns_become_records() -> None:
    """Columns too narrow to read are written one below the other, empty cells left out."""
    titles = [f"column{number}" for number in range(12)]
    text = render_text(titles, [["économiste"] * 11 + [""]], [False] * 12, 80)

    assert [f" column{number}: économiste" for number in range(11)] == text.splitlines()
