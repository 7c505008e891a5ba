"""The texts given for parameters: the terms that they stand for, and everything that is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal

from rapidfuzz import process

from metiers_kg.errors import ParameterFault, UnknownResourceError
from metiers_kg.queries.names import Names, fold, read_iri
from metiers_kg.queries.parameters import MOST_TOLD, Parameter, read_ordered_value
from metiers_kg.store import Iri, Literal, Term
from metiers_kg.vocabulary import PREFIXES

__all__ = ["read_values"]


def read_values(
    parameters: Sequence[Parameter],
    values: Mapping[str, Sequence[str]],
    names: Names | None,
    allowed: Mapping[str, Collection[str]],
) -> tuple[dict[str, tuple[Term, ...]], list[ParameterFault]]:
    """Return the terms of every parameter, and everything that is wrong with the values.

    A blank value counts as left out, as an empty field of a form is. A value given twice counts once.

    Args:
        parameters: All parameters of the query.
        values: The texts given, by parameter.
        names: Finds resources by name; without it, resources are named by IRI.
        allowed: The values of choices that come from other queries, by parameter.
    """
    known = [parameter.name for parameter in parameters]
    faults = [_unknown(name, texts, known) for name, texts in values.items() if name not in known]
    terms: dict[str, tuple[Term, ...]] = {}
    for parameter in parameters:
        given = values.get(parameter.name, ())
        texts = [text for text in ([given] if isinstance(given, str) else given) if text.strip()]
        found: dict[Term, None] = {}
        wrong: list[ParameterFault] = []
        for text in texts if texts else parameter.default:
            term = _read(parameter, text, names, allowed.get(parameter.name))
            if isinstance(term, ParameterFault):
                wrong.append(term)
            else:
                found[term] = None
        terms[parameter.name] = tuple(found)
        faults += wrong or _count_faults(parameter, texts, len(found))
    return terms, faults


def _unknown(name: str, texts: Sequence[str], known: Sequence[str]) -> ParameterFault:
    near = tuple(match for match, _, _ in process.extract(name, known, limit=3, score_cutoff=60))
    expected = "one of the query's parameters" if known else "no parameter: this query has none"
    value = texts if isinstance(texts, str) else ", ".join(texts)
    return ParameterFault(name, value, expected, allowed=tuple(known), suggestions=near)


def _count_faults(parameter: Parameter, texts: Sequence[str], count: int) -> list[ParameterFault]:
    shown = ", ".join(texts)
    if not texts:
        if parameter.required and not parameter.default:
            return [ParameterFault(parameter.name, None, parameter.expected, allowed=parameter.choices)]
        return []
    if not parameter.multiple and len(texts) > 1:
        return [ParameterFault(parameter.name, shown, f"a single value: {parameter.expected}")]
    if parameter.min_items is not None and count < parameter.min_items:
        return [ParameterFault(parameter.name, shown, f"at least {parameter.min_items} different values")]
    if parameter.max_items is not None and count > parameter.max_items:
        return [ParameterFault(parameter.name, shown, f"at most {parameter.max_items} values")]
    return []


def _read(
    parameter: Parameter, text: str, names: Names | None, allowed: Collection[str] | None
) -> Term | ParameterFault:
    """Return the term that a text stands for, or what is wrong with it."""
    try:
        term = _READERS[parameter.type](parameter, text, names)
    except UnknownResourceError as error:
        return ParameterFault(
            parameter.name, text, error.expected, _few_instances(parameter, names), tuple(error.suggestions)
        )
    except ValueError:
        term = None
    if term is not None and not parameter.choices and allowed is None:
        return term
    choices = tuple(allowed) if allowed is not None else parameter.choices
    if term is not None and term.value in choices:
        return term
    near = tuple(match for match, _, _ in process.extract(text, choices, processor=fold, limit=3, score_cutoff=60))
    return ParameterFault(parameter.name, text, parameter.expected, choices if len(choices) <= MOST_TOLD else (), near)


def _few_instances(parameter: Parameter, names: Names | None) -> tuple[str, ...]:
    if names is None or parameter.class_iri is None:
        return ()
    instances = names.instances(parameter.class_iri)
    return tuple(sorted(names.label(iri) for iri in instances)) if len(instances) <= MOST_TOLD else ()


def _read_iri(parameter: Parameter, text: str, names: Names | None) -> Iri:
    if names is not None and parameter.class_iri is not None:
        return Iri(names.resolve(text, parameter.class_iri))
    iri = read_iri(text)
    if iri is None and names is not None:
        iri = names.resolve(text)
    if iri is None:
        raise ValueError(text)
    return Iri(iri)


def _read_string(parameter: Parameter, text: str, _names: Names | None) -> Literal:
    _check_text(parameter, text)
    return Literal(text)


def _read_lang_string(parameter: Parameter, text: str, _names: Names | None) -> Literal:
    _check_text(parameter, text)
    return Literal(text, language=parameter.language or "fr")


def _check_text(parameter: Parameter, text: str) -> None:
    """Raise ValueError where a text is too short, too long or of another form."""
    least, most = parameter.min_length or 0, parameter.max_length
    if len(text) < least or (most is not None and len(text) > most):
        raise ValueError(text)
    if parameter.pattern is not None and not re.fullmatch(parameter.pattern, text):
        raise ValueError(text)


def _read_ordered(parameter: Parameter, text: str, _names: Names | None) -> Literal:
    value = read_ordered_value(parameter.type, text.strip())
    if parameter.minimum is not None and value < parameter.minimum:  # type: ignore[operator]  # both of one type
        raise ValueError(text)
    if parameter.maximum is not None and value > parameter.maximum:  # type: ignore[operator]  # both of one type
        raise ValueError(text)
    if parameter.type == "year":
        return _typed(f"{value:04}", "gYear")
    return _typed(f"{value:f}" if isinstance(value, Decimal) else str(value), parameter.type)


def _read_boolean(_parameter: Parameter, text: str, _names: Names | None) -> Literal:
    truth = {"true": "true", "1": "true", "false": "false", "0": "false"}.get(text.strip())
    if truth is None:
        raise ValueError(text)
    return _typed(truth, "boolean")


def _typed(lexical: str, datatype: str) -> Literal:
    return Literal(lexical, datatype=Iri(PREFIXES["xsd"] + datatype))


_READERS: dict[str, Callable[[Parameter, str, Names | None], Iri | Literal]] = {
    "iri": _read_iri,
    "string": _read_string,
    "lang-string": _read_lang_string,
    "integer": _read_ordered,
    "decimal": _read_ordered,
    "date": _read_ordered,
    "year": _read_ordered,
    "boolean": _read_boolean,
    "enum": _read_string,
}
