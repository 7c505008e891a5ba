"""Figures: the observations of an indicator, a place or a sub-sector, as a table."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from metiers_kg.web.portraits.model import Basis, Section, Thing
from metiers_kg.web.portraits.statements import Statement
from metiers_kg.web.portraits.subject import Subject
from metiers_kg.web.texts import Spoken, Texts

__all__ = ["Figure", "figure_of", "figures_about", "told_value"]

_VALUE = "sdmx-measure:obsValue"
_UNIT = "sdmx-attribute:unitMeasure"
_AREA = "sdmx-dimension:refArea"


@dataclass(frozen=True, slots=True)
class Figure:
    """One observation as a row of a table.

    Attributes:
        observation: It.
        indicator: What it measures.
        value: Its value, with what is said of its exactness.
        unit: Its unit, or "".
        period: When, in the words of the text.
        areas: Where, and in which sub-sectors.
        baseline: What it is compared with, or "".
        notes: What is said of it besides.
        computed_from: The figures that it was computed from, where the project did.
        basis: What it rests on.
    """

    observation: Thing
    indicator: Thing | None
    value: str
    unit: str
    period: str
    areas: tuple[Thing, ...]
    baseline: str
    notes: tuple[Spoken, ...]
    computed_from: tuple[Thing, ...]
    basis: Basis


def figures_about(subject: Subject) -> Section | None:
    """Return the figures of an indicator, place or sub-sector; None where there are none."""
    found = sorted(
        subject.about("observation"), key=lambda s: (s.one("mkg:ofIndicator"), s.one("mkg:periodStart"), s.iri)
    )
    if not found:
        return None
    return Section(
        "figures",
        subject.texts("portrait-figures"),
        tuple(figure_of(subject, statement) for statement in found),
        "figures",
        count=len(found),
    )


def figure_of(subject: Subject, statement: Statement) -> Figure:
    """Return an observation as a row of a table."""
    indicator = statement.one("mkg:ofIndicator")
    unit = statement.one(_UNIT)
    return Figure(
        observation=subject.thing(statement.iri),
        indicator=subject.thing(indicator) if indicator and indicator != subject.iri else None,
        value=told_value(statement, subject.texts),
        unit=subject.word("unit", unit) if unit else "",
        period=statement.one("mkg:periodLabel"),
        areas=subject.things(iri for iri in statement.all(_AREA, "mkg:inSubSector") if iri != subject.iri),
        baseline=statement.one("mkg:baseline"),
        notes=statement.spoken("mkg:remark", subject.lang),
        computed_from=subject.things(statement.all("mkg:computedFrom")),
        basis=subject.basis(statement),
    )


def told_value(statement: Statement, texts: Texts) -> str:
    """Return the value of an observation with what is said of its exactness, or its bounds."""
    code = statement.one("mkg:valueQualifier")
    qualifier = (texts.name("values", f"qualifier.{code}") or code) + " " if code and code != "exact" else ""
    value, lower, upper = statement.one(_VALUE), statement.one("mkg:lowerBound"), statement.one("mkg:upperBound")
    if value:
        return qualifier + told_number(value, texts)
    if lower and upper:
        return qualifier + f"{told_number(lower, texts)} – {told_number(upper, texts)}"
    return qualifier + told_number(lower or upper, texts)


def told_number(text: str, texts: Texts) -> str:
    """Return a number as the language writes it; what is none, as it stands.

    >>> told_number("10500", Texts("en")), told_number("82.60", Texts("fr")), told_number("many", Texts("fr"))
    ('10,500', '82,6', 'many')
    """
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    whole = int(number)
    return texts.number(whole) if number == whole else texts.number(f"{number.normalize():f}")
