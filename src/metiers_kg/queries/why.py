"""Why-patterns: which triple stands behind a row of a saved query, so that an answer can lead to its explanation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from metiers_kg.store import Iri, Literal, Term

__all__ = ["WhyPattern"]


@dataclass(frozen=True, slots=True)
class WhyPattern:
    """A triple that a row rests on.

    A subject or object is a column (``?job``), a parameter (``$competence``) or an IRI.

    Attributes:
        s: The subject.
        p: The IRI of the property.
        o: The object.
        when: The texts that columns must hold for the row to rest on it.

    >>> job, chemistry = Iri("https://w3id.org/metiers-kg/job/chimiste"), Iri("https://w3id.org/metiers-kg/competence/chimie")
    >>> pattern = WhyPattern("?job", "https://w3id.org/metiers-kg/ontology#requiresCompetence", "$competence")
    >>> pattern.column, pattern.triples({"job": job}, {"competence": (chemistry,)})[0][2] == str(chemistry)
    ('job', True)
    """

    s: str
    p: str
    o: str
    when: Mapping[str, str] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it names as subject or object."""
        return tuple(part[1:] for part in (self.s, self.o) if part.startswith("?"))

    @property
    def parameters(self) -> tuple[str, ...]:
        """The parameters that it names."""
        return tuple(part[1:] for part in (self.s, self.o) if part.startswith("$"))

    @property
    def column(self) -> str:
        """The column that is explained: that of the object, or else that of the subject."""
        return self.columns[-1]

    def triples(
        self, row: Mapping[str, Term | None], values: Mapping[str, Sequence[Term]]
    ) -> list[tuple[str, str, str]]:
        """Return the triples, in N-Triples form, for a row and the values of parameters; none where one is missing."""
        for column, text in self.when.items():
            term = row.get(column)
            if not isinstance(term, Iri | Literal) or term.value != text:
                return []
        subjects, objects = (self._terms(part, row, values) for part in (self.s, self.o))
        return [(str(s), str(Iri(self.p)), str(o)) for s, o in product(subjects, objects) if isinstance(s, Iri)]

    def _terms(self, part: str, row: Mapping[str, Term | None], values: Mapping[str, Sequence[Term]]) -> list[Term]:
        if part.startswith("?"):
            term = row.get(part[1:])
            return [term] if isinstance(term, Iri | Literal) else []
        if part.startswith("$"):
            return list(values.get(part[1:], ()))
        return [Iri(part)]
