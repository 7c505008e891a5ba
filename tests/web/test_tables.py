"""The table of an answer: columns, links and words."""

from __future__ import annotations

import pytest

from metiers_kg.queries import Names, Table
from metiers_kg.store import BlankNode, Iri, Literal, Store
from metiers_kg.vocabulary import PREFIXES, mint
from metiers_kg.web.tables import Grid, read_grid
from metiers_kg.web.texts import Texts

JOB = Iri(mint("job", "chimiste"))


@pytest.fixture(scope="module")
def names() -> Names:
    """Give the names of a graph with one job."""
    return Names(Store.memory(f'{JOB} <{PREFIXES["skos"]}prefLabel> "Chimiste"@fr , "Chemist"@en .'))


def typed(text: str, datatype: str) -> Literal:
    """Return a literal of an XSD type."""
    return Literal(text, datatype=Iri(PREFIXES["xsd"] + datatype))


def read(names: Names, columns: tuple[str, ...], *rows: tuple, lang: str = "fr", **view: object) -> Grid:  # type: ignore[type-arg]
    """Return a table as shown."""
    return read_grid(Table(columns, list(rows)), names, Texts(lang), view)


def test_a_label_is_the_link_of_what_it_labels(names: Names) -> None:
    """The two columns of a thing and its label become one."""
    grid = read(names, ("job", "n", "jobLabel"), (JOB, Literal(1), Literal("Chimiste", language="fr")))

    assert ["job", "n"] == [column.name for column in grid.columns]
    assert ("Chimiste", "/job/chimiste") == (grid.rows[0][0].text, grid.rows[0][0].href)


def test_the_language_of_the_reader_wins(names: Names) -> None:
    """A thing with a name in the reader's language is shown by it, whatever the query selected."""
    row = (JOB, Literal("Chimiste", language="fr"))

    english = read(names, ("job", "jobLabel"), row, lang="en").rows[0][0]
    dutch = read(names, ("job", "jobLabel"), row, lang="nl").rows[0][0]

    assert ("Chemist", "en") == (english.text, english.lang)
    assert ("Chimiste", "fr") == (dutch.text, dutch.lang)


def test_a_label_of_nothing_stands_alone(names: Names) -> None:
    """A label without what it labels is a column of its own, or a text without a link."""
    alone = read(names, ("jobLabel",), (Literal("Chimiste"),))
    without = read(names, ("job", "jobLabel"), (None, Literal("inconnu")))

    assert ["jobLabel"] == [column.name for column in alone.columns]
    assert ("inconnu", "") == (without.rows[0][0].text, without.rows[0][0].href)


def test_an_empty_cell_is_empty(names: Names) -> None:
    """A row without a value has an empty cell."""
    assert "" == read(names, ("x",), (None,)).rows[0][0].text


def test_a_thing_without_name_is_shown(names: Names) -> None:
    """What has no label is shown by its identifier, a blank node by its own name."""
    grid = read(names, ("a", "b"), (Iri("https://example.org/x"), BlankNode("b0")))

    assert ["https://example.org/x", "_:b0"] == [cell.text for cell in grid.rows[0]]


@pytest.mark.parametrize(
    ("literal", "shown"),
    [
        (typed("2013", "integer"), "2013"),
        (typed("0.3333333", "decimal"), "0,333"),
        (typed("0.5", "decimal"), "0,5"),
        (typed("1.0E-1", "double"), "0,10"),
        (typed("NaN", "double"), "NaN"),
        (typed("INF", "double"), "INF"),
        (typed("1e400", "double"), "1e400"),
        (typed("9" * 400, "integer"), "9" * 400),
        (typed("many", "integer"), "many"),
        (typed("true", "boolean"), "oui"),
        (typed("2024-05-01", "date"), "2024-05-01"),
    ],
)
def test_values_are_written_for_readers(names: Names, literal: Literal, shown: str) -> None:
    """Numbers are written as the language has them; what is none is shown as it stands."""
    assert shown == read(names, ("x",), (literal,)).rows[0][0].text


def test_how_it_is_stated_is_a_badge(names: Names) -> None:
    """What tells how sure a fact is becomes words, also in columns about something else."""
    grid = read(
        names,
        ("otherStatedAs", "modality", "inferred"),
        *[(Literal("inferred"), Literal("stated"), typed("true", "boolean")), (Literal("unheard"), None, None)],
    )

    assert [("déduit à la lecture", "care"), ("affirmé", "sure"), ("inféré", "care")] == [
        (cell.text, cell.tone) for cell in grid.rows[0]
    ]
    assert ("unheard", "") == (grid.rows[1][0].text, grid.rows[1][0].tone)


def test_numbers_stand_to_the_right_and_may_be_bars(names: Names) -> None:
    """A column of numbers is one; it is drawn as bars where the query says so."""
    rows = [(JOB, Literal(3)), (JOB, Literal(7)), (JOB, None)]

    plain = read(names, ("job", "shared"), *rows).columns[1]
    drawn = read(names, ("job", "shared"), *rows, chart="bar", y="shared").columns[1]

    assert (True, None) == (plain.is_number, plain.most)
    assert (True, 7.0) == (drawn.is_number, drawn.most)
