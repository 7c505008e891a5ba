"""Parameters of saved queries."""
from __future__ import annotations
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from datetime import date

@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    name: str
    type: str  # iri, string, lang-string, integer, decimal, date, boolean, enum
    label: Mapping[str, str] = field(default_factory=dict)
    description: Mapping[str, str] = field(default_factory=dict)
    class_iri: str | None = None
    required: bool = False
    multiple: bool = False
    min_items: int | None = None
    max_items: int | None = None
    minimum: int | Decimal | date | None = None
    maximum: int | Decimal | date | None = None
    choices: tuple[str, ...] = ()
    choices_query: str | None = None
    default: tuple[str, ...] = ()
    example: str | None = None
    language: str | None = None  # of a lang-string

    @property
    def variable(self) -> str:
        """``?_category_multi_iri``"""
        raise NotImplementedError

    @property
    def expected(self) -> str:
        """What a value must be, as a phrase: "an integer from 1 to 50"."""
        raise NotImplementedError
