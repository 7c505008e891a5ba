"""What two releases are compared by: a resource with its parts, a statement with what it is about, an axiom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar

from metiers_kg.reasoner.terms import Triple
from metiers_kg.release.described import Described, term_of
from metiers_kg.release.terms import is_blank, is_iri, read_text, shorten
from metiers_kg.vocabulary import KINDS, ONTOLOGY, PREFIXES, kind_and_slug

__all__ = ["Entities"]

_RDF = PREFIXES["rdf"]
_FIRST, _REST, _NIL, _TYPE = (f"<{_RDF}{name}>" for name in ("first", "rest", "nil", "type"))
_SELECTOR = term_of("oa:hasSelector")
_MAPPED = tuple(term_of(f"owl:annotated{name}") for name in ("Source", "Property", "Target"))
LEVEL = "level"
"""How a competence is required: a property of the requirement, though it is the job that points to it."""

_LEVELS = tuple(term_of(f"mkg:has{name}Requirement") for name in ("Essential", "Optional", "Emerging", ""))
_WORDS = {
    "dcterms:isReplacedBy": "replaced by",
    "owl:deprecated": "deprecated",
    "prov:wasDerivedFrom": "passage",
    "rdf:type": "kind",
    "skos:altLabel": "other name",
    "skos:broader": "broader",
    "skos:definition": "definition",
    "skos:prefLabel": "label",
}
"""What properties of other vocabularies are called, which the ontology has no label for."""

_PERFORMS = term_of("mkg:performsActivity")


class Entities:
    """What is said of each thing, by property.

    A passage has its selectors' words, a requirement its level, an activity who performs it; a link is its record, and
    not also the triple that follows from it. A blank node is what it says, since its name means nothing.

    Attributes:
        KINDS: The kinds of things, in the order in which they are told.
    """

    KINDS: ClassVar[tuple[str, ...]] = (
        "term",
        "axiom",
        *[kind for kind in KINDS if kind not in ("mapping", "passage", "source", "query", "overlap", "graph", "rome")],
        *("mapping", "source", "passage", "rome", "query", "overlap", "graph", "other"),
    )

    def __init__(self, described: Described) -> None:
        self._described = described
        self._statements: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        blanks = _Blanks(described)
        linked = {tuple(next(iter(described.values(s, p)), "") for p in _MAPPED) for s in self._mappings()}
        for subject in described.subjects:
            if is_blank(subject):
                if not blanks.is_part(subject):
                    self._statements[blanks.text(subject)][_TYPE].add(blanks.text(subject))
                continue
            for predicate, values in described.of(subject).items():
                for value in values:
                    if (subject, predicate, value) not in linked:
                        self._add(subject, predicate, blanks.text(value) if is_blank(value) else value)
        self.names = frozenset(self._statements)
        """The things: IRIs in angle brackets, and axioms as texts."""

    def _mappings(self) -> Iterable[str]:
        return self._described.pointing(term_of("sssom:Mapping"), _TYPE)

    def _add(self, subject: str, predicate: str, value: str) -> None:
        whole, fragment, _ = subject[1:-1].partition("#")
        if predicate in _LEVELS:
            self._statements[value][LEVEL].add(predicate)
        elif predicate == _PERFORMS:
            self._statements[value]["^" + predicate].add(subject)
        elif predicate == _SELECTOR:
            pass  # its words are told as those of the passage
        elif fragment and kind_and_slug(whole) is not None:
            if predicate != _TYPE:
                self._statements[f"<{whole}>"][predicate].add(value)
        else:
            self._statements[subject][predicate].add(value)

    def statements(self, name: str) -> Mapping[str, set[str]]:
        """Return what is said of a thing, by property."""
        return self._statements.get(name, {})

    def kind(self, name: str) -> str:
        """Return the kind of a thing, one of ``KINDS``.

        >>> Entities(Described([])).kind("<https://w3id.org/metiers-kg/job/chimiste>")
        'job'
        """
        if not is_iri(name):
            return "axiom"
        iri = name[1:-1]
        if iri.startswith(ONTOLOGY.rstrip("#")):
            return "term"
        minted = kind_and_slug(iri)
        return minted[0] if minted else "other"

    def label(self, name: str, lang: str) -> str:
        """Return the label of a thing."""
        if not is_iri(name):
            return name
        if self.kind(name) == "term":
            label = self._described.find_label(name, lang) or self._described.find_label(name, "en")
            short = shorten(name[1:-1])
            return f"{short} ({label})" if label else short
        return self._described.label(name, lang)

    def value_label(self, term: str, lang: str) -> str:
        """Return what a value is called: the label of a resource, the text of a literal."""
        if is_iri(term):
            return self._described.label(term, lang)
        return read_text(term).text if term.startswith('"') else term

    def property_label(self, predicate: str, lang: str) -> str:
        """Return what a property is called."""
        if predicate == LEVEL:
            return LEVEL
        name = predicate.removeprefix("^")
        short = shorten(name[1:-1])
        return self._described.find_label(name, lang) or _WORDS.get(short, short)

    @staticmethod
    def canonical(triples: Iterable[Triple]) -> Iterator[Triple]:
        """Yield triples with blank nodes as what they say; their own statements are in that."""
        some = list(triples)
        blanks = _Blanks(Described(triple for triple in some if is_blank(triple[0]) or is_blank(triple[2])))
        for subject, predicate, value in some:
            if is_blank(subject) and blanks.is_part(subject):
                continue
            yield (
                blanks.text(subject) if is_blank(subject) else subject,
                predicate,
                blanks.text(value) if is_blank(value) else value,
            )


class _Blanks:
    """Blank nodes as texts, with what they say between brackets."""

    def __init__(self, described: Described) -> None:
        self._described = described
        self._texts: dict[str, str] = {}

    def is_part(self, blank: str) -> bool:
        """Tell whether something points to it, which then tells it too."""
        return bool(self._described.incoming(blank))

    def text(self, blank: str) -> str:
        """Return what a blank node says."""
        if blank not in self._texts:
            self._texts[blank] = "[…]"  # of one that leads back to itself
            self._texts[blank] = self._list(blank) or self._node(blank)
        return self._texts[blank]

    def _node(self, blank: str) -> str:
        said = (
            f"{'a' if predicate == _TYPE else self._term(predicate)} {self._term(value)}"
            for predicate, values in sorted(self._described.of(blank).items())
            for value in sorted(values, key=self._term)
        )
        return f"[{' ; '.join(said)}]"

    def _list(self, blank: str) -> str:
        items, at, seen = [], blank, set()
        while at != _NIL:
            firsts, rests = self._described.values(at, _FIRST), self._described.values(at, _REST)
            if len(firsts) != 1 or len(rests) != 1 or at in seen:
                return ""
            seen.add(at)
            items.append(self._term(firsts[0]))
            at = rests[0]
        return f"({' '.join(items)})"

    def _term(self, term: str) -> str:
        if is_blank(term):
            return self.text(term)
        return shorten(term[1:-1]) if is_iri(term) else term
