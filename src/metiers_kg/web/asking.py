"""The forms that ask about jobs: a field for each parameter of a view, filled in with what was asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from metiers_kg.api import Service
from metiers_kg.api.comparing import EXAMPLES, View
from metiers_kg.api.pages import Asked
from metiers_kg.comparing import MOST
from metiers_kg.comparing.asking import ANOTHER_JOB, COMMON_TERMS, KNOWN_JOB
from metiers_kg.errors import ParameterFault
from metiers_kg.queries import Choice, Parameter
from metiers_kg.vocabulary import ONTOLOGY
from metiers_kg.web.forms import Field, Option, call, means, short_value
from metiers_kg.web.texts import Spoken, Texts

__all__ = ["Form", "parameters_of", "read_form"]

_Values: TypeAlias = Mapping[str, Sequence[str]]

_JOB, _SECTOR, _CATEGORY = (ONTOLOGY + name for name in ("Job", "SubSector", "EvolutionCategory"))
_CLASSES = {
    **dict.fromkeys(("job", "other", "from", "to"), _JOB),
    **dict.fromkeys(("into", "sub-sector"), _SECTOR),
    "category": _CATEGORY,
}
_TYPES = {"threshold": "decimal", "least": "integer", "limit": "integer", "in": "enum", "measure": "enum"}
_RANGES = {"threshold": (0, 1), "least": (1, 1000), "limit": (1, MOST)}
_EXAMPLES = {**EXAMPLES, "from": "job/datamanager", "to": "job/bio-informaticien"}
_OPTIONAL = ("category", "sub-sector")
_AT_ONCE = (*_CLASSES, "clusters.threshold", "in")
"""The fields that are seen at once; the others open on demand."""


@dataclass(frozen=True, slots=True)
class Form:
    """One question that can be asked about jobs.

    Attributes:
        name: The name of the view that answers it.
        path: Where it is asked.
        fields: The fields that are seen at once.
        more: The others.
        is_open: Whether the others are shown, since one of them is filled in or at fault.
        is_meant: Whether it is what was asked.
    """

    name: str
    path: str
    fields: tuple[Field, ...]
    more: tuple[Field, ...]
    is_open: bool
    is_meant: bool


def parameters_of(view: View) -> tuple[str, ...]:
    """Return the parameters of a view, in the order of its form: where one comes from, where one goes, the rest."""
    given = (*(name for name in ("job", view.subject) if name in (view.subject, *view.takes)), *view.takes)
    return tuple(dict.fromkeys(name for name in given if name))


def read_form(
    service: Service, view: View, is_meant: bool, faults: Sequence[ParameterFault], asked: Asked, texts: Texts
) -> Form:
    """Return the form of a view; where it is what was *asked*, filled in with that and told of *faults*."""
    given: dict[str, list[str]] = {}
    for name, value in asked if is_meant else ():
        if value.strip():
            given.setdefault(name, []).append(value)
    wrong = faults if is_meant else ()
    fields = [_read_field(service, view, name, given, wrong, texts) for name in parameters_of(view)]
    more = [field for field in fields if not {field.name, f"{view.name}.{field.name}"} & set(_AT_ONCE)]
    return Form(
        name=view.name,
        path=view.path,
        fields=tuple(field for field in fields if field not in more),
        more=tuple(more),
        is_open=any(field.chosen or field.faults for field in more),
        is_meant=is_meant,
    )


def _read_field(
    service: Service,
    view: View,
    name: str,
    values: _Values,
    faults: Sequence[ParameterFault],
    texts: Texts,
) -> Field:
    least, most = _RANGES.get(name, (None, None))
    parameter = Parameter(
        name=name,
        type="enum" if name == "kinds" else _TYPES.get(name, "iri"),
        required=name == view.subject or (name in _CLASSES and name not in _OPTIONAL),
        multiple=name == "kinds",
        minimum=least,
        maximum=most,
    )
    offered, given = _offered(service, view, name, texts), values.get(name, ())
    default = [str(view.defaults[name])] if name in view.defaults else [""] if name == "in" else []
    chosen = given or default
    options = [Option(short_value(c.value), c.label, any(means(c, value) for value in chosen)) for c in offered]
    control = _control(name)
    if control in ("select", "boxes"):  # what was given and is not on offer is shown as it was given
        options += [Option(value, value, chosen=True) for value in given if not any(means(c, value) for c in offered)]
    example = _EXAMPLES.get(name)
    return Field(
        parameter=parameter,
        label=Spoken(texts.name("asking", f"{view.name}.{name}") or texts.name("asking", name) or name, texts.lang),
        description=Spoken(_description(view, name, texts), texts.lang),
        control=control,
        input_type="number" if parameter.type == "integer" else "text",
        options=tuple(options),
        values=tuple(call(value, offered) for value in chosen),
        chosen=tuple(call(value, offered) for value in given),
        defaults=tuple(_told(value, parameter, texts) if not offered else call(value, offered) for value in default),
        example=call(example, offered) if example and any(means(choice, example) for choice in offered) else "",
        expected=_expected(service, name, texts),
        faults=tuple(fault for fault in faults if fault.parameter == name),
        form=view.name,
        expected_else={
            KNOWN_JOB: texts("expected-known-job"),
            ANOTHER_JOB: texts("expected-another-job"),
            COMMON_TERMS: texts("expected-common-terms"),
        },
    )


def _control(name: str) -> str:
    if name in ("job", "other", "from", "to"):
        return "list"
    if name in ("into", "sub-sector", "category", "in", "measure"):
        return "select"
    return "boxes" if name == "kinds" else "text"


def _offered(service: Service, view: View, name: str, texts: Texts) -> list[Choice]:
    """Return what a field offers: jobs and sub-sectors of which something is known, or all choices there are."""
    if name in _CLASSES:
        class_iri = _CLASSES[name]
        if class_iri == _JOB:
            iris: Sequence[str] = service.comparer.jobs
        elif class_iri == _SECTOR:
            iris = service.comparer.sub_sectors
        else:
            iris = service.names.instances(class_iri)
        found = [Choice(iri, service.names.label(iri, texts.lang)) for iri in iris]
        return sorted(found, key=lambda choice: (choice.label.casefold(), choice.value))
    if name == "in":
        here = service.comparer.vocabularies
        absent = f" ({texts('not-here')})"
        places = [
            Choice(place, _place(place, texts, view.name) + ("" if place in here else absent))
            for place in view.choices[name]
        ]
        return places if name in view.defaults else [Choice("", _place("", texts)), *places]
    if name == "measure":
        return [Choice(value, texts.name("measures", value) or value) for value in view.choices[name]]
    if name == "kinds":
        return [Choice(value, texts.name("values", f"kinds.{value}") or value) for value in view.choices[name]]
    return []


def _place(place: str, texts: Texts, view: str = "") -> str:
    return texts.name("places", f"{view}.{place}") or texts.name("places", place) or place


def _description(view: View, name: str, texts: Texts) -> str:
    if _CLASSES.get(name) == _JOB and name != "other":
        return texts("job-hint")
    if name == "kinds":
        return texts("kinds-hint" if "measure" in view.takes or view.name == "comparison" else "kinds-hint-all")
    return ""


def _told(value: str, parameter: Parameter, texts: Texts) -> str:
    return texts.number(value) if parameter.type == "decimal" else value


def _expected(service: Service, name: str, texts: Texts) -> str:
    if name in _RANGES:
        least, most = _RANGES[name]
        return texts("expected-between", what=texts(f"expected-{_TYPES[name]}"), least=least, most=most)
    if name in _CLASSES:
        return texts("expected-class", kind=service.names.label(_CLASSES[name], texts.lang))
    return texts("expected-choice")
