"""What is read once for all portraits: passages, documents, kinds of things, levels of requirements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from metiers_kg.store import Literal, Store
from metiers_kg.vocabulary import compact
from metiers_kg.web.portraits.asking import ask, value_of
from metiers_kg.web.portraits.passages import PassageIndex

__all__ = ["Known"]


@dataclass(frozen=True, slots=True)
class Known:
    """What portraits look up.

    Attributes:
        passages: The passages of the sources.
        levels: How much each requirement asks: ``essential``, ``optional`` or ``emerging``.
        classes: The kinds of each competence and the domains of each factor, by their classes' short names.
        marks: How each statement is said that is not plainly made: ``inferred``, ``conditional``.
        documents: What is known of each source: texts and IRIs by the property's short name, then by language.
    """

    passages: PassageIndex
    levels: Mapping[str, str]
    classes: Mapping[str, tuple[str, ...]]
    marks: Mapping[str, tuple[str, ...]]
    documents: Mapping[str, Mapping[str, Mapping[str, str]]]

    @classmethod
    def read(cls, store: Store) -> Known:
        """Read all of it from a store."""
        classes: dict[str, tuple[str, ...]] = {}
        for thing, class_ in ask(store, "classes"):
            classes[value_of(thing)] = (*classes.get(value_of(thing), ()), compact(value_of(class_)))
        marks: dict[str, tuple[str, ...]] = {}
        for statement, mark in ask(store, "marks"):
            marks[value_of(statement)] = (*marks.get(value_of(statement), ()), value_of(mark))
        documents: dict[str, dict[str, dict[str, str]]] = {}
        for source, name, value in ask(store, "documents"):
            told = documents.setdefault(value_of(source), {}).setdefault(compact(value_of(name)), {})
            told[(value.language or "") if isinstance(value, Literal) else ""] = value_of(value)
        return cls(
            PassageIndex.read(store),
            {value_of(requirement): value_of(level) for requirement, level in ask(store, "levels")},
            classes,
            marks,
            documents,
        )
