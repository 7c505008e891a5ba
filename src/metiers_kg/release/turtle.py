"""Turtle for people: sorted, a subject's statements together, blank nodes and lists where they belong.

The engine's writer is as quick, but names blank nodes and puts all objects of a property on one line. rdflib's nest
them, and give other bytes in another run; the one that does not (``longturtle``, made canonical) takes 47 s for the
37,000 triples of the data, against a fifth of a second here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from metiers_kg.reasoner.terms import Triple, split
from metiers_kg.release.terms import is_blank, is_iri, prefixes_used, read_text, shorten
from metiers_kg.vocabulary import PREFIXES

__all__ = ["write_turtle"]

_RDF, _XSD = PREFIXES["rdf"], PREFIXES["xsd"]
_TYPE, _FIRST, _REST, _NIL = (f"<{_RDF}{name}>" for name in ("type", "first", "rest", "nil"))
_BARE = {  # what may stand without quotes: https://www.w3.org/TR/turtle/#abbrev
    f"{_XSD}boolean": re.compile("true|false"),
    f"{_XSD}integer": re.compile("[+-]?[0-9]+"),
    f"{_XSD}decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
}


def write_turtle(lines: Sequence[str], head: str = "") -> Iterator[str]:
    r"""Yield the lines of a Turtle file, without line ends.

    Args:
        lines: The triples as sorted lines of canonical N-Triples.
        head: A comment for the first line.

    >>> job = "<https://w3id.org/metiers-kg/job/chimiste>"
    >>> label = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
    >>> print("\n".join(write_turtle([f'{job} {label} "Chemist"@en .', f'{job} {label} "Chimiste"@fr .'])))
    @prefix job: <https://w3id.org/metiers-kg/job/> .
    @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    <BLANKLINE>
    job:chimiste
        skos:prefLabel "Chemist"@en ,
            "Chimiste"@fr .
    """
    writer = _Writer(lines)
    if head:
        yield f"# {head}"
    # The prefixes are those that are needed, which is known when all is written; a graph is never large as text.
    body = list(writer.blocks(lines))
    for prefix, namespace in prefixes_used(writer.used).items():
        yield f"@prefix {prefix}: <{namespace}> ."
    for block in body:
        yield ""
        yield block


class _Writer:
    """Writes subjects, and below them the blank nodes that they alone point to."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.used: set[str] = set()
        self._of_blank: dict[str, list[Triple]] = defaultdict(list)
        self._pointed: dict[str, int] = defaultdict(int)
        for line in lines:
            if "_:" not in line:
                continue
            triple = split(line)
            if is_blank(triple[0]):
                self._of_blank[triple[0]].append(triple)
            if is_blank(triple[2]):
                self._pointed[triple[2]] += 1
        self._nested = self._find_nested()

    def blocks(self, lines: Iterable[str]) -> Iterator[str]:
        """Yield the text of each subject that stands for itself."""
        for subject, group in groupby(map(split, lines), key=lambda triple: triple[0]):
            if self._is_nested(subject):
                continue
            name = self._term(subject, 0) if not is_blank(subject) else subject
            yield f"{name}\n{self._statements(list(group), 1)} ."

    def _is_nested(self, term: str) -> bool:
        return term in self._nested

    def _find_nested(self) -> frozenset[str]:
        """Return the blank nodes that one other thing points to, and which are not of a circle of blank nodes."""
        pointers: dict[str, list[str]] = defaultdict(list)
        for group in self._of_blank.values():
            for subject, _, value in group:
                if is_blank(value):
                    pointers[value].append(subject)
        found = set()
        for blank in self._pointed:
            at, seen = blank, {blank}
            while len(pointers.get(at, ())) == 1 and pointers[at][0] not in seen:
                at = pointers[at][0]
                seen.add(at)
            is_circle = len(pointers.get(at, ())) == 1
            if self._pointed[blank] == 1 and not is_circle:
                found.add(blank)
        return frozenset(found)

    def _statements(self, triples: Sequence[Triple], depth: int) -> str:
        by_predicate: Mapping[str, list[str]] = defaultdict(list)
        for _, predicate, value in triples:
            by_predicate[predicate].append(self._term(value, depth + 1))
        named = sorted(
            (predicate != _TYPE, self._verb(predicate), values) for predicate, values in by_predicate.items()
        )
        indent = "    " * depth
        between = f" ,\n{indent}    "
        return " ;\n".join(f"{indent}{verb} {between.join(sorted(values))}" for _, verb, values in named)

    def _verb(self, predicate: str) -> str:
        return "a" if predicate == _TYPE else self._term(predicate, 0)

    def _term(self, term: str, depth: int) -> str:
        if is_iri(term):
            return self._name(term[1:-1])
        if is_blank(term):
            return self._blank(term, depth)
        datatype = term.rpartition('"')[2]
        if not datatype.startswith("^^"):
            return term
        bare = _BARE.get(datatype[3:-1])
        if bare and bare.fullmatch(text := read_text(term).text):
            return text
        return term[: -len(datatype)] + "^^" + self._name(datatype[3:-1])

    def _name(self, iri: str) -> str:
        short = shorten(iri)
        if short == iri:
            return f"<{iri}>"
        self.used.add(short.partition(":")[0])
        return short

    def _blank(self, term: str, depth: int) -> str:
        if not self._is_nested(term):
            return term
        items = self._list(term)
        if items is not None:
            return f"( {' '.join(self._term(item, depth) for item in items)} )"
        triples = self._of_blank.get(term, ())
        return f"[\n{self._statements(triples, depth + 1)}\n{'    ' * depth}]" if triples else "[]"

    def _list(self, term: str) -> list[str] | None:
        """Return the items of a list whose cells nothing else points to, and which say nothing else."""
        items = []
        while term != _NIL:
            cell = {predicate: value for _, predicate, value in self._of_blank.get(term, ())}
            if set(cell) != {_FIRST, _REST} or len(self._of_blank[term]) != 2 or not self._is_nested(term):
                return None
            items.append(cell[_FIRST])
            term = cell[_REST]
        return items
