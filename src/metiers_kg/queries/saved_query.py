"""A saved query."""

from __future__ import annotations
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from metiers_kg.queries.parameters import Parameter
from metiers_kg.queries.syntax import Form


@dataclass(frozen=True, kw_only=True)
class SavedQuery:
    name: str
    path: Path
    text: str
    title: Mapping[str, str]
    summary: str
    description: Mapping[str, str]
    tags: tuple[str, ...]
    requires: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    view: Mapping[str, object]
    expect: Mapping[str, object]
    form: Form
    columns: tuple[str, ...]
    version: str
    choice_queries: Mapping[str, SavedQuery] = field(default_factory=dict)  # by parameter; set by the catalogue
