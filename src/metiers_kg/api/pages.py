"""What the pages are given to show, and what they must offer. How they look is left to ``metiers_kg.web``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeAlias

from metiers_kg.errors import MissingVocabulary, ParameterFault

if TYPE_CHECKING:
    from metiers_kg.comparing import Document
    from metiers_kg.explanation import Account
    from metiers_kg.queries import Result, SavedQuery

__all__ = [
    "Asked",
    "Link",
    "Pages",
    "PassageExcerpt",
    "Problem",
    "Property",
    "Reference",
    "ResourceDescription",
    "SearchHit",
    "Segment",
    "Value",
]

Asked: TypeAlias = Sequence[tuple[str, str]]
"""The names and values in the address asked for, in their order."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Something with an IRI, ready to be linked.

    Attributes:
        iri: Its IRI.
        label: Its label in the language asked for, or its short name where it has none.
        href: Where to read about it: a path of this service for the project's own, else the IRI.
    """

    iri: str
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Value:
    """The object of one triple.

    Attributes:
        text: The literal's lexical form, or the label of what it refers to.
        reference: What it refers to, where it is not a literal.
        language: The literal's language tag, or "".
        datatype: The literal's datatype as a prefixed name, or "" for plain and tagged text.
        inferred: Whether the triple was inferred, suggested or measured, not taken from a text.
        why: The path of the explanation, where the reasoner inferred it; else "".
    """

    text: str
    reference: Reference | None = None
    language: str = ""
    datatype: str = ""
    inferred: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """The subject of one triple that points here.

    Attributes:
        reference: The subject.
        inferred: Whether the triple was inferred, suggested or measured.
        why: The path of the explanation, where the reasoner inferred it; else "".
    """

    reference: Reference
    inferred: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Property:
    """A predicate with the values, or the links, that it gives a resource.

    Attributes:
        predicate: The predicate.
        values: The objects of the triples that leave the resource.
        links: The subjects of the triples that point to it.
    """

    predicate: Reference
    values: tuple[Value, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a source's text.

    Attributes:
        quote: The words by which to find it.
        start_line: Its first line, from 1.
        end_line: Its last line.
    """

    quote: str
    start_line: int | None = None
    end_line: int | None = None


@dataclass(frozen=True, slots=True)
class PassageExcerpt:
    """A passage that a resource, or a statement about it, rests on.

    Attributes:
        passage: The passage.
        source: The document it stands in.
        section: The section of the document, where known.
        segments: Its pieces, in the order of the text.
        supports: The statements about the resource that rest on it; empty where the resource itself does.
    """

    passage: Reference
    source: Reference | None = None
    section: Reference | None = None
    segments: tuple[Segment, ...] = ()
    supports: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class ResourceDescription:
    """All that the graph says about one resource.

    Attributes:
        iri: Its IRI.
        kind: Its kind, the first part of its path.
        label: Its label in the language asked for.
        labels: Its preferred labels by language.
        types: Its classes.
        outgoing: The triples that leave it, by predicate.
        incoming: The triples that point to it, by predicate.
        passages: What it, or a statement about it, rests on.
        truncated: Whether there is more that points to it than is shown.
        formats: The paths of this document in other forms, by short name.
        deprecated: Whether it is deprecated.
        successors: What replaces it then.
    """

    iri: str
    kind: str
    label: str
    labels: Mapping[str, str]
    types: tuple[Reference, ...]
    outgoing: tuple[Property, ...]
    incoming: tuple[Property, ...]
    passages: tuple[PassageExcerpt, ...]
    truncated: bool = False
    formats: Mapping[str, str] = field(default_factory=dict)
    deprecated: bool = False
    successors: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One resource found by a text.

    Attributes:
        reference: The resource.
        kind: Its kind, or "" where it is not one of the project's.
        matched: The label that the text was found in.
        score: How near the label is to the text, from 0 to 100.
    """

    reference: Reference
    kind: str
    matched: str
    score: float


@dataclass(frozen=True, slots=True)
class Problem:
    """An error as a client is told of it (RFC 9457).

    Attributes:
        status: The HTTP status.
        type: The path of the page that explains this type of problem.
        title: What type of problem it is.
        detail: What happened this time.
        errors: What is wrong with which parameter.
        suggestions: The nearest names that exist.
        available: What there is instead: media types, methods.
        missing: The vocabularies that are not imported.
        headers: Headers of the answer.
    """

    status: int
    type: str
    title: str
    detail: str
    errors: tuple[ParameterFault, ...] = ()
    suggestions: tuple[str, ...] = ()
    available: tuple[str, ...] = ()
    missing: tuple[MissingVocabulary, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)


class Pages(Protocol):
    """The web pages of the service, in the language asked for. Without them it answers JSON and RDF only.

    Each takes *asked*, the names and values in the address asked for, so that its links keep them.
    """

    def home(self, lang: str, *, asked: Asked = ()) -> str:
        """Show what the graph is and where to start."""
        ...

    def catalogue(self, lang: str, tag: str | None, *, asked: Asked = ()) -> str:
        """List the saved queries, all or those with a tag; of these, those with all words of ``q`` in *asked*."""
        ...

    def query(
        self,
        query: SavedQuery,
        values: Mapping[str, Sequence[str]],
        faults: Sequence[ParameterFault],
        lang: str,
        *,
        asked: Asked = (),
    ) -> str:
        """Show a saved query with the form for its parameters, filled in with *values*, told of *faults*."""
        ...

    def results(self, result: Result, values: Mapping[str, Sequence[str]], lang: str, *, asked: Asked = ()) -> str:
        """Show the form of a saved query and its answer."""
        ...

    def embedded(self, result: Result, values: Mapping[str, Sequence[str]], lang: str, *, asked: Asked = ()) -> str:
        """Show the answer of a saved query alone, for a frame in a page of somebody else's."""
        ...

    def resource(self, description: ResourceDescription, lang: str, *, asked: Asked = ()) -> str:
        """Show what is known of a resource."""
        ...

    def ontology(self, terms: Sequence[ResourceDescription], lang: str, *, asked: Asked = ()) -> str:
        """List the classes and properties of the ontology."""
        ...

    def search(self, text: str, hits: Sequence[SearchHit], lang: str, *, asked: Asked = ()) -> str:
        """Show what a text finds."""
        ...

    def sparql(self, text: str, lang: str, *, asked: Asked = ()) -> str:
        """Show the form for a query of the reader's own."""
        ...

    def explanation(self, account: Account | None, lang: str, *, asked: Asked = ()) -> str:
        """Show why a triple holds, or the form that asks for one."""
        ...

    def comparison(
        self,
        view: str,
        document: Document | None,
        lang: str,
        *,
        faults: Sequence[ParameterFault] = (),
        asked: Asked = (),
    ) -> str:
        """Show jobs compared, or without *document* the forms at that address, told of *faults*.

        *view* is the name of one of ``metiers_kg.api.comparing.VIEWS``: what is shown, or was meant.
        """
        ...

    def network(
        self,
        document: Document | None,
        lang: str,
        *,
        faults: Sequence[ParameterFault] = (),
        asked: Asked = (),
    ) -> str:
        """Show a part of the network of jobs and competences, or without *document* the form, told of *faults*."""
        ...

    def problem(self, problem: Problem, lang: str, *, asked: Asked = ()) -> str:
        """Show an error and the way out."""
        ...

    def static(self, name: str) -> tuple[bytes, str] | None:
        """Return a file that the pages use, with its media type, or None where there is none of that name."""
        ...
