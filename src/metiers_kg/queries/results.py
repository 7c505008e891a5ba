"""Tables and their formats."""

from __future__ import annotations
from collections.abc import Sequence
from dataclasses import dataclass
from metiers_kg.queries.names import Names
from metiers_kg.store import Term


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[str, ...]
    rows: Sequence[tuple[Term | None, ...]]

    def write(self, format: str, *, names: Names | None = None, lang: str = "fr", width: int | None = None) -> bytes:
        """srj, srx, csv, tsv (ROW_FORMATS' names), json (flat) or text."""
        raise NotImplementedError

    def records(self, names: Names | None = None, lang: str = "fr") -> list[dict[str, object]]:
        """Flat rows with native values; what the flat JSON writes."""
        raise NotImplementedError
