"""Relations: lines and files of N-Triples read alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from metiers_kg.overlap.relations import relations_of_lines, scan_relations

P, Q = "https://e.org/p", "https://e.org/q"

LINES = [
    "<https://e.org/b> <https://e.org/p> <https://e.org/c> .",
    "<https://e.org/a> <https://e.org/p> <https://e.org/b> .",
    "<https://e.org/a> <https://e.org/p> <https://e.org/b> .",
    "<https://e.org/a> <https://e.org/q> <https://e.org/métier%20d'essai?x=1#y> .",
    "<https://e.org/a> <https://e.org/pq> <https://e.org/d> .",
    "<https://e.org/p> <https://e.org/r> <https://e.org/q> .",
    "_:node <https://e.org/p> <https://e.org/d> .",
    "<https://e.org/a> <https://e.org/p> _:node .",
]


def write(path: Path, lines: list[str]) -> Path:
    """A file of lines."""
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def test_pairs_are_sorted_and_told_once() -> None:
    """A property has its pairs in order, each once, and not those of a longer name or of blank nodes."""
    assert {P: [("https://e.org/a", "https://e.org/b"), ("https://e.org/b", "https://e.org/c")]} == relations_of_lines(
        LINES, [P]
    )


def test_lines_and_file_agree(tmp_path: Path) -> None:
    """Links between IRIs are the same, read from lines and from a file."""
    file = write(tmp_path / "graph.nt", LINES)

    assert relations_of_lines(LINES, [P, Q]) == scan_relations(file, [P, Q])


def test_a_literal_is_its_text() -> None:
    """From lines, a literal is its text, without its type or language."""
    lines = [
        '<https://e.org/a> <https://e.org/p> "0.9"^^<http://www.w3.org/2001/XMLSchema#decimal> .',
        '<https://e.org/b> <https://e.org/p> "un mot" .',
        '<https://e.org/c> <https://e.org/p> "mot"@fr .',
    ]

    assert ["0.9", "un mot", "mot"] == [value for _, value in relations_of_lines(lines, [P])[P]]


def test_a_file_gives_iris_alone(tmp_path: Path) -> None:
    """From a file, literals are left out, those too that look like a line."""
    file = write(
        tmp_path / "graph.nt", ['<https://e.org/a> <https://e.org/p> "<https://e.org/a> <https://e.org/p> <x> ." .']
    )

    assert {P: []} == scan_relations(file, [P])


def test_a_dot_in_a_property_is_a_dot(tmp_path: Path) -> None:
    """A property is its text, not a pattern."""
    file = write(tmp_path / "graph.nt", ["<https://e.org/a> <https://e-org/p> <https://e.org/b> ."])

    assert {P: []} == scan_relations(file, [P])


@pytest.mark.parametrize(("lines", "properties"), [([], [P]), (LINES, []), (LINES, ["https://e.org/none"])])
def test_what_is_not_there_is_empty(tmp_path: Path, lines: list[str], properties: list[str]) -> None:
    """Every property that is asked for has pairs, none where the file is empty or it links nothing."""
    file = write(tmp_path / "graph.nt", lines)

    assert (
        {name: [] for name in properties} == scan_relations(file, properties) == relations_of_lines(lines, properties)
    )


LABELS = [
    '<https://e.org/a> <https://e.org/p> "un"@fr .',
    '<https://e.org/a> <https://e.org/p> "one"@en .',
    '<https://e.org/a> <https://e.org/p> "sans langue" .',
    '<https://e.org/b> <https://e.org/p> "l\\u2019\\u00E9tat \\"sûr\\" :\\n\\ttout \\\\"@fr .',
    '<https://e.org/a> <https://e.org/q> "autre"@fr .',
]


def test_a_text_may_be_asked_for_by_language(tmp_path: Path) -> None:
    """With a language, a property has its texts in that language, unescaped, from lines and from a file alike."""
    names = [f"{P}@fr", f"{P}@en", f"{Q}@en"]
    expected = {
        f"{P}@fr": [("https://e.org/a", "un"), ("https://e.org/b", 'l’état "sûr" :\n\ttout \\')],
        f"{P}@en": [("https://e.org/a", "one")],
        f"{Q}@en": [],
    }

    assert expected == relations_of_lines(LABELS, names)
    assert expected == scan_relations(write(tmp_path / "graph.nt", LABELS), names)


def test_links_and_texts_are_read_together(tmp_path: Path) -> None:
    """A file is read once for links and texts."""
    file = write(tmp_path / "graph.nt", [*LINES, *LABELS])

    assert relations_of_lines(LINES, [P, Q]) | relations_of_lines(LABELS, [f"{P}@fr"]) == scan_relations(
        file, [P, Q, f"{P}@fr"]
    )
