"""The catalogue."""

from __future__ import annotations
from collections.abc import Iterator, Mapping
from pathlib import Path
from metiers_kg.queries.saved_query import SavedQuery


class Catalogue(Mapping[str, SavedQuery]):
    @classmethod
    def read(cls, folder: Path) -> Catalogue:
        """Raises QueryFileError."""
        raise NotImplementedError

    def get_query(self, name: str) -> SavedQuery:
        """Raises UnknownQueryError."""
        raise NotImplementedError

    def __getitem__(self, name: str) -> SavedQuery:
        raise NotImplementedError

    def __iter__(self) -> Iterator[str]:
        raise NotImplementedError

    def __len__(self) -> int:
        raise NotImplementedError
