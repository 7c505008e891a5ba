"""The thing that a portrait is of: its description, its statements, and how what they name is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from metiers_kg.api import Service
from metiers_kg.api.pages import Property, ResourceDescription
from metiers_kg.api.resources import href
from metiers_kg.queries import answer
from metiers_kg.vocabulary import compact, expand, kind_and_slug
from metiers_kg.web.portraits.asking import ask, value_of
from metiers_kg.web.portraits.known import Known
from metiers_kg.web.portraits.model import Basis, Chip, Excerpt, Row, Thing
from metiers_kg.web.portraits.statements import Statement, read_statements
from metiers_kg.web.texts import Spoken, Texts

__all__ = ["DOMAINS", "Subject", "merged"]

DOMAINS = {
    "technological": "mkg:TechnologicalFactor",
    "economic": "mkg:EconomicFactor",
    "regulatory": "mkg:RegulatoryFactor",
    "societal": "mkg:SocietalFactor",
}
"""The domains of factors, with their classes."""

_MARKS = {("mkg:statedAs", "inferred"): "stated-inferred", ("mkg:modality", "conditional"): "modality-conditional"}


@dataclass(eq=False)
class Subject:
    """What a portrait is made from, in the language of the reader.

    Attributes:
        service: The data.
        known: What is read once for all portraits.
        description: All that the graph says of the thing.
        texts: The words of the pages.
        asserted: Whether what was inferred is left out.
    """

    service: Service
    known: Known
    description: ResourceDescription
    texts: Texts
    asserted: bool = False

    def __post_init__(self) -> None:
        self._things: dict[str, Thing] = {}
        self._excerpts: dict[str, Excerpt | None] = {}
        self.told: dict[str, Excerpt] = {}

    @property
    def iri(self) -> str:
        """The thing's IRI."""
        return self.description.iri

    @property
    def kind(self) -> str:
        """The thing's kind."""
        return self.description.kind

    @property
    def lang(self) -> str:
        """The language of the reader."""
        return self.texts.lang

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """The statements about the thing."""
        return read_statements(self.service.store, self.iri, asserted=self.asserted)

    @cached_property
    def itself(self) -> Statement | None:
        """The thing as a statement, where it is one."""
        return next((statement for statement in self.statements if statement.iri == self.iri), None)

    def about(self, kind: str, *properties: str) -> Iterator[Statement]:
        """Iterate over the statements of a kind that name the thing by one of these properties; by any without."""
        for statement in self.statements:
            is_of_kind = statement.kind == kind and statement.iri != self.iri
            if is_of_kind and (not properties or any(statement.says(name, self.iri) for name in properties)):
                yield statement

    def others(self, name: str) -> tuple[Statement, ...]:
        """Return the statements that another query finds for the thing."""
        return read_statements(self.service.store, self.iri, name, asserted=self.asserted)

    def thing(self, iri: str) -> Thing:
        """Return something named by its IRI, ready to be linked."""
        found = self._things.get(iri)
        if found is None:
            label, lang = self.service.names.find_label(iri, self.lang) or (compact(iri), "")
            found = self._things[iri] = Thing(iri, label, lang, href(iri))
        return found

    def things(self, iris: Iterable[str]) -> tuple[Thing, ...]:
        """Return things ready to be linked, each once, sorted by label."""
        return tuple(sorted((self.thing(iri) for iri in dict.fromkeys(iris)), key=lambda thing: thing.label.casefold()))

    def excerpt(self, iri: str) -> Excerpt | None:
        """Return a passage as the page tells it, and note that it does."""
        if iri not in self._excerpts:
            self._excerpts[iri] = self.known.passages.excerpt(iri, self.thing, self.texts)
        found = self._excerpts[iri]
        if found is not None:
            self.told[iri] = found
        return found

    def excerpts(self, iris: Iterable[str]) -> tuple[Excerpt, ...]:
        """Return passages as the page tells them, in the order of the texts."""
        found = [excerpt for iri in iris if (excerpt := self.excerpt(iri)) is not None]
        return tuple(sorted(found, key=lambda excerpt: (excerpt.position, excerpt.passage.iri)))

    def basis(self, statement: Statement) -> Basis:
        """Return what a statement rests on, and how it is said where that is not plainly."""
        marks = tuple(
            Chip(self.texts(words), "care") for (name, value), words in _MARKS.items() if statement.one(name) == value
        )
        return Basis(self.thing(statement.iri), marks, self.excerpts(statement.all("prov:wasDerivedFrom")))

    def row(
        self, statement: Statement, thing: str = "", *chips: Chip, note: str = "rdfs:comment", why: str = ""
    ) -> Row:
        """Return a statement as a row about *thing*; *note* names the property of what it says besides."""
        return Row(
            thing=self.thing(thing) if thing else None,
            chips=chips,
            notes=statement.spoken(note, self.lang),
            basis=(self.basis(statement),),
            why=why,
        )

    def spoken_row(self, statement: Statement, *chips: Chip) -> Row:
        """Return a statement as a row that reads as the statement is called."""
        named = self.thing(statement.iri)
        return Row(text=Spoken(named.label, named.lang), chips=chips, basis=(self.basis(statement),))

    def word(self, column: str, code: str) -> str:
        """Return the word for a code, or the code where there is none."""
        return self.texts.name("values", f"{column}.{code}") or code

    def kind_word(self, iri: str) -> str:
        """Return the word for the kind of something, or "" for what is not the project's."""
        return self.texts.name("kinds", (kind_and_slug(iri) or ("",))[0]) or ""

    def out(self, name: str) -> dict[str, str]:
        """Return what a property of the thing leads to, by IRI, with the path of the explanation or ""."""
        found = self._property(self.description.outgoing, name)
        return {value.reference.iri: value.why for value in found.values if value.reference} if found else {}

    def into(self, name: str) -> dict[str, str]:
        """Return what leads to the thing by a property, by IRI, with the path of the explanation or ""."""
        found = self._property(self.description.incoming, name)
        return {link.reference.iri: link.why for link in found.links} if found else {}

    def ask(self, name: str, **numbers: int) -> Iterator[tuple[str, ...]]:
        """Iterate over the rows of a query about the thing, as IRIs and texts; "" for what has no value."""
        for row in ask(self.service.store, name, self.iri, asserted=self.asserted, **numbers):
            yield tuple(value_of(term) for term in row)

    def saved(self, name: str, parameter: str) -> list[dict[str, str]]:
        """Return the rows of a saved query about the thing, as IRIs and texts; none where the catalogue lacks it."""
        service, query = self.service, self.service.catalogue.get(name)
        if query is None:
            return []
        given = {parameter: [self.iri]}
        table = answer(service.store, service.names, query, given, lang=self.lang, asserted=self.asserted).table
        if table is None:
            return []
        return [dict(zip(table.columns, map(value_of, row), strict=True)) for row in table.rows]

    def domains(self, factor: str) -> tuple[str, ...]:
        """Return the domains of a factor, in the order in which the project tells them."""
        return tuple(domain for domain, name in DOMAINS.items() if name in self.known.classes.get(factor, ()))

    @staticmethod
    def _property(properties: Iterable[Property], name: str) -> Property | None:
        iri = expand(name)
        return next((found for found in properties if found.predicate.iri == iri), None)


def merged(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return rows with those about the same thing made one, where the first of them stands."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.thing.iri if row.thing else str(id(row)), []).append(row)
    return tuple(_merge(same) if len(same) > 1 else same[0] for same in found.values())


def _merge(rows: list[Row]) -> Row:
    return replace(
        rows[0],
        chips=tuple(dict.fromkeys(chip for row in rows for chip in row.chips)),
        notes=tuple(dict.fromkeys(note for row in rows for note in row.notes)),
        through=tuple(dict.fromkeys(thing for row in rows for thing in row.through)),
        basis=tuple(dict.fromkeys(basis for row in rows for basis in row.basis)),
        why=next((row.why for row in rows if row.why), ""),
    )
