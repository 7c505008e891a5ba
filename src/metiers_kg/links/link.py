"""Links and sets of links: what SSSOM calls mappings and mapping sets, with the schemes they lead to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from metiers_kg.vocabulary import BASE, PREFIXES

__all__ = [
    "EXTENSIONS",
    "JUSTIFICATIONS",
    "LITERAL",
    "NO_TERM",
    "PREDICATES",
    "SCHEMES",
    "Link",
    "LinkSet",
    "Scheme",
    "compact_id",
    "expand_id",
]

PREDICATES: tuple[str, ...] = tuple(f"skos:{kind}Match" for kind in ("exact", "close", "broad", "narrow", "related"))
"""The relations of a link, in the order of the rows of one subject. ``broadMatch``: the object is the broader one."""

NO_TERM = "sssom:NoTermFound"
"""The object of a row that says that a scheme has nothing of the same meaning."""

LITERAL = "rdfs literal"
"""The ``subject_type`` of a row whose subject is a text without an IRI, such as a term of an analyst's list."""

JUSTIFICATIONS: tuple[str, ...] = tuple(
    f"semapv:{action}"
    for action in (
        "BackgroundKnowledgeBasedMatching",
        "CompositeMatching",
        "InstanceBasedMatching",
        "LexicalMatching",
        "LexicalSimilarityThresholdMatching",
        "LogicalReasoning",
        "ManualMappingCuration",
        "MappingChaining",
        "MappingInversion",
        "MappingReview",
        "SemanticSimilarityThresholdMatching",
        "StructuralMatching",
        "UnspecifiedMatching",
    )
)
"""What SSSOM allows as ``mapping_justification``."""

EXTENSIONS: Mapping[str, tuple[str, str]] = {
    "ext_replaced_by": ("dcterms:isReplacedBy", "linkml:Uriorcurie"),
    "ext_superseded_on": ("mkg:supersededOn", "xsd:date"),
}
"""Columns beyond SSSOM's own, with the property and type that ``extension_definitions`` gives them."""

BUILT_IN: Mapping[str, str] = {
    "linkml": "https://w3id.org/linkml/",
    **{prefix: PREFIXES[prefix] for prefix in ("owl", "rdf", "rdfs", "semapv", "skos", "sssom", "xsd")},
}
"""The prefixes that every SSSOM file has without declaring them."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """A vocabulary that links lead to.

    Attributes:
        name: "esco", "rome" or "isco".
        title: Its name in messages.
        prefixes: The namespaces of its concepts by the prefix that files use.
        imports: The imported graph that describes it.
    """

    name: str
    title: str
    prefixes: Mapping[str, str]
    imports: str

    def holds(self, iri: str) -> bool:
        """Tell whether *iri* can be one of its concepts."""
        return iri.startswith(tuple(self.prefixes.values()))


_ESCO = "http://data.europa.eu/esco/"
SCHEMES: Mapping[str, Scheme] = {
    scheme.name: scheme
    for scheme in (
        Scheme(
            "esco",
            "ESCO",
            {
                "esco_occupation": f"{_ESCO}occupation/",
                "esco_skill": f"{_ESCO}skill/",
                "isced": f"{_ESCO}isced-f/",
            },
            "esco",
        ),
        Scheme("rome", "ROME", {"rome": f"{BASE}rome/"}, "rome"),
        Scheme("isco", "ISCO-08", {"isco": f"{_ESCO}isco/"}, "esco"),
    )
}
"""The schemes by name."""


@dataclass(frozen=True, slots=True)
class Link:
    """One row: a subject, its relation to an object, who says so, why and how sure.

    Attributes:
        subject: The IRI of the job, competence or other term; empty where it is a text without one.
        predicate: One of ``PREDICATES``.
        object: The IRI of the concept, or ``NO_TERM``.
        justification: One of ``JUSTIFICATIONS``.
        subject_label: The subject's label.
        object_label: The concept's label in its own scheme; empty for ``NO_TERM``.
        confidence: How sure, from 0 to 1; None where the file does not say.
        author: Who decided.
        date: When, as "2026-11-22".
        comment: Why, where a reader would ask.
        negated: The row says that the relation does *not* hold.
        slots: The other columns by name, those of the header included.
        line: Its line in the file, from 1.
    """

    subject: str
    predicate: str
    object: str
    justification: str
    subject_label: str = ""
    object_label: str = ""
    confidence: float | None = None
    author: str = ""
    date: str = ""
    comment: str = ""
    negated: bool = False
    slots: Mapping[str, str] = field(default_factory=dict)
    line: int = 0

    @property
    def is_match(self) -> bool:
        """Whether it links to a concept: neither negated nor the statement that there is none."""
        return self.object != NO_TERM and not self.negated


@dataclass(frozen=True, slots=True)
class LinkSet:
    """One file of links.

    Attributes:
        file: The file's name.
        metadata: Its header: the slots of the mapping set.
        links: Its rows, in order.
    """

    file: str
    metadata: Mapping[str, object]
    links: Sequence[Link]

    @property
    def iri(self) -> str:
        """The IRI of the set."""
        return str(self.metadata.get("mapping_set_id", ""))


def expand_id(curie: str, prefixes: Mapping[str, str]) -> str | None:
    """Return the IRI of a CURIE, or None where its prefix is not declared.

    >>> expand_id("isco:C2120", {"isco": "http://data.europa.eu/esco/isco/"})
    'http://data.europa.eu/esco/isco/C2120'
    >>> expand_id("isco:C2120", {}) is None
    True
    """
    prefix, colon, local = curie.partition(":")
    namespace = prefixes.get(prefix) or BUILT_IN.get(prefix)
    return namespace + local if colon and local and namespace else None


def compact_id(iri: str, prefixes: Mapping[str, str]) -> str | None:
    """Return the CURIE of an IRI by the longest namespace that fits, or None.

    >>> compact_id("http://data.europa.eu/esco/isco/C2120", {"isco": "http://data.europa.eu/esco/isco/"})
    'isco:C2120'
    """
    fitting = [(len(ns), prefix) for prefix, ns in {**BUILT_IN, **prefixes}.items() if iri.startswith(ns)]
    if not fitting:
        return None
    length, prefix = max(fitting)
    return f"{prefix}:{iri[length:]}"
