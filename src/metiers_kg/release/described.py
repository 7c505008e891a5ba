"""What triples say of each resource, for tables and comparisons: values by property, and labels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from metiers_kg.reasoner.terms import Triple
from metiers_kg.release.terms import is_iri, read_text, shorten
from metiers_kg.vocabulary import PREFIXES, expand, kind_and_slug

__all__ = ["Described", "term_of"]

_LABELS = tuple(f"<{PREFIXES[prefix]}{name}>" for prefix, name in (("skos", "prefLabel"), ("rdfs", "label")))


def term_of(name: str) -> str:
    """Return a prefixed name, or a full IRI, as a term in N-Triples form.

    >>> term_of("skos:broader")
    '<http://www.w3.org/2004/02/skos/core#broader>'
    """
    return f"<{expand(name) or name}>"


class Described:
    """Triples by subject and by object; terms are in N-Triples form.

    >>> label = term_of("skos:prefLabel")
    >>> described = Described([("<https://e.org/a>", label, '"A"@fr'), ("<https://e.org/b>", "<p:p>", "<https://e.org/a>")])
    >>> described.label("<https://e.org/a>", "en"), described.pointing("<https://e.org/a>", "<p:p>")
    ('A', ['<https://e.org/b>'])
    """

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._of: dict[str, dict[str, list[str]]] = defaultdict(dict)
        self._to: dict[str, dict[str, list[str]]] = defaultdict(dict)
        for subject, predicate, value in triples:
            self._of[subject].setdefault(predicate, []).append(value)
            if not value.startswith('"'):
                self._to[value].setdefault(predicate, []).append(subject)

    @property
    def subjects(self) -> Sequence[str]:
        """What anything is said of, sorted."""
        return sorted(self._of)

    def of(self, subject: str) -> Mapping[str, Sequence[str]]:
        """Return the values of a subject by property."""
        return self._of.get(subject, {})

    def values(self, subject: str, predicate: str) -> list[str]:
        """Return the values of one property, sorted."""
        return sorted(self._of.get(subject, {}).get(predicate, ()))

    def incoming(self, value: str) -> Mapping[str, Sequence[str]]:
        """Return what points to a resource, by property."""
        return self._to.get(value, {})

    def pointing(self, value: str, predicate: str) -> list[str]:
        """Return what points to a resource by one property, sorted."""
        return sorted(self._to.get(value, {}).get(predicate, ()))

    def find_label(self, term: str, lang: str) -> str | None:
        """Return the label in *lang* alone; None where there is none."""
        for predicate in _LABELS:
            for text, language, _ in map(read_text, self.values(term, predicate)):
                if language == lang:
                    return text
        return None

    def label(self, term: str, lang: str = "fr") -> str:
        """Return the label in *lang*, or else in French, English or no language, or else the short form of the term."""
        for wanted in dict.fromkeys((lang, "fr", "en", "")):
            found = self.find_label(term, wanted)
            if found is not None:
                return found
        if not is_iri(term):
            return term
        minted = kind_and_slug(term[1:-1])
        return shorten(term[1:-1]) if minted is None or "#" in term else "/".join(minted)
