"""Names of resources."""
from __future__ import annotations
from dataclasses import dataclass
from metiers_kg.store import Store

@dataclass(frozen=True, slots=True)
class Hit:
    iri: str
    label: str  # in the first language asked for
    matched: str  # the label that matched
    lang: str  # language of the matched label, "" for codes
    kind: str  # "job", "competence" ...
    score: float  # 0 to 100

class Names:
    def __init__(self, store: Store) -> None:
        raise NotImplementedError
    def resolve(self, text: str, class_iri: str | None = None) -> str:
        """Raises UnknownResourceError."""
        raise NotImplementedError
    def label(self, iri: str, lang: str = "fr") -> str:
        raise NotImplementedError
    def search(self, text: str, *, limit: int = 20, class_iri: str | None = None, lang: str = "fr") -> list[Hit]:
        raise NotImplementedError
    def instances(self, class_iri: str) -> list[str]:
        raise NotImplementedError
    def has_class(self, iri: str, class_iri: str) -> bool:
        raise NotImplementedError
