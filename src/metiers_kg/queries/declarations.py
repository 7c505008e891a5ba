"""The declarations of parameters in a header: each becomes a ``Parameter``, or what is wrong with it is noted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from rapidfuzz import process

from metiers_kg.queries.header_values import HEADER_LANGUAGES, HeaderValues, Path, lexical, shown
from metiers_kg.queries.names import read_iri
from metiers_kg.queries.parameters import ORDERED, TEXTS, TYPES, Ordered, Parameter, read_ordered_value
from metiers_kg.queries.values import read_values

__all__ = ["NAME", "RESERVED", "read_parameters"]

NAME = re.compile(r"[a-zA-Z0-9]+")
"""The names of parameters and columns, as grlc has them."""

RESERVED: tuple[str, ...] = ("bom", "entailment", "format", "lang", "limit", "page", "sep", "shape", "version")
"""The parameters that belong to the service."""

_KEYS = (
    "label",
    "description",
    "type",
    "class",
    "required",
    "multiple",
    "min-items",
    "max-items",
    "minimum",
    "maximum",
    "min-length",
    "max-length",
    "pattern",
    "choices",
    "choices-query",
    "default",
    "example",
    "lang",
)


def read_parameters(values: HeaderValues, content: Mapping[object, object]) -> Iterator[Parameter]:
    """Yield the parameters under ``params`` that are right; the faults of the others are noted in *values*.

    >>> values = HeaderValues({})
    >>> label = {"fr": "Année", "en": "Year"}
    >>> found, *_ = read_parameters(values, {"params": {"year": {"label": label, "type": "year", "minimum": 2000}}})
    >>> found.expected, found.variable
    ('a year such as 2025, at least 2000', '_year_xsd_gYear')
    """
    declared = content.get("params", {})
    if not isinstance(declared, dict):
        values.note(f"expected 'params' with parameters by name; found {shown(declared)}", ("params",))
        return
    for name, keys in declared.items():
        path: Path = ("params", str(name))
        if not NAME.fullmatch(str(name)):
            values.note(f"found the parameter {str(name)!r}; expected a name of letters and digits", path)
        elif str(name) in RESERVED:
            values.note(f"found the parameter {str(name)!r}, which belongs to the service; expected another name", path)
        elif not isinstance(keys, dict):
            values.note(f"expected {name!r} with 'label' and 'type'; found {shown(keys)}", path)
        else:
            parameter = _Declaration(values, str(name), keys, path).read()
            if parameter is not None:
                yield parameter


class _Declaration:
    """The keys of one parameter."""

    def __init__(self, values: HeaderValues, name: str, keys: Mapping[object, object], path: Path) -> None:
        self.values, self.name, self.keys, self.path = values, name, keys, path
        self.kind = str(keys.get("type"))

    def read(self) -> Parameter | None:
        before = len(self.values.faults)
        for key in self.keys:
            if key not in _KEYS:
                near = process.extractOne(str(key), _KEYS, score_cutoff=60)
                hint = f"; did you mean {near[0]!r}?" if near else ""
                self.note(f"found {str(key)!r} in {self.name!r}; expected one of {', '.join(_KEYS)}{hint}", str(key))
        if self.keys.get("type") not in TYPES:
            found = shown(self.keys.get("type"))
            self.note(f"expected 'type' of {self.name!r} to be one of {', '.join(TYPES)}; found {found}", "type")
            return None
        parameter = Parameter(
            name=self.name,
            type=self.kind,
            label=self.values.texts(self.keys, (*self.path, "label")),
            description=self.values.texts(self.keys, (*self.path, "description"), optional=True),
            class_iri=self.class_iri(),
            required=self.values.flag(self.keys, (*self.path, "required")),
            multiple=self.values.flag(self.keys, (*self.path, "multiple")),
            min_items=self.values.count(self.keys, (*self.path, "min-items")),
            max_items=self.values.count(self.keys, (*self.path, "max-items")),
            minimum=self.limit("minimum"),
            maximum=self.limit("maximum"),
            min_length=self.length("min-length"),
            max_length=self.length("max-length"),
            pattern=self.pattern(),
            choices=self.terms("choices"),
            choices_query=self.values.query_name(self.keys, (*self.path, "choices-query")),
            default=self.terms("default"),
            example=self.example(),
            language=self.language(),
        )
        if len(self.values.faults) == before:
            self.agree(parameter)
        return parameter if len(self.values.faults) == before else None

    def note(self, message: str, *keys: str) -> None:
        self.values.note(message, (*self.path, *keys))

    def agree(self, parameter: Parameter) -> None:
        """Note where the keys contradict each other."""
        pairs = (
            ("minimum", parameter.minimum, parameter.maximum),
            ("min-items", parameter.min_items, parameter.max_items),
            ("min-length", parameter.min_length, parameter.max_length),
        )
        for key, low, high in pairs:
            if low is not None and high is not None and low > high:  # type: ignore[operator]  # both of one type
                self.note(f"found {key} {low} above {key.replace('min', 'max', 1)} {high}", key)
        if not parameter.multiple:
            for key, count in (("min-items", parameter.min_items), ("max-items", parameter.max_items)):
                if count is not None:
                    self.note(f"found {key!r} on {self.name!r}; expected it beside 'multiple: true'", key)
        if parameter.type == "enum" and not (parameter.choices or parameter.choices_query):
            self.note(f"expected 'choices' or 'choices-query' for {self.name!r}, an enum; found neither")
        if parameter.choices and parameter.choices_query:
            self.note("found both 'choices' and 'choices-query'; expected one of them", "choices-query")
        self.agree_values(parameter)

    def agree_values(self, parameter: Parameter) -> None:
        """Note the defaults, choices and examples that the parameter itself refuses."""
        # Of any class, and with what another query lists: no graph is at hand.
        checked = replace(parameter, required=False, default=(), class_iri=None, choices_query=None)
        one = replace(checked, multiple=False, min_items=None, max_items=None)
        # A resource of an example may go by its label, which only the graph knows.
        is_named = parameter.type == "iri"
        examples = [] if parameter.example is None or is_named else [(parameter.example,)]
        for key, of, groups in (
            ("default", checked, [parameter.default] if parameter.default else []),
            ("choices", one, [(value,) for value in parameter.choices]),
            ("example", one, examples),
        ):
            for texts in groups:
                for fault in read_values([of], {of.name: texts}, None, {})[1]:
                    self.note(f"found {key} {fault.value!r} of {self.name!r}; expected {fault.expected}", key)

    def limit(self, key: str) -> Ordered | None:
        value = self.keys.get(key)
        if value is None:
            return None
        if self.kind in ORDERED:
            try:
                return read_ordered_value(self.kind, lexical(value))
            except ValueError:
                self.note(f"expected {key!r} to be of type {self.kind}; found {shown(value)}", key)
        else:
            self.note(f"found {key!r} on the type {self.kind}; expected it on {', '.join(ORDERED)}", key)
        return None

    def length(self, key: str) -> int | None:
        count = self.values.count(self.keys, (*self.path, key))
        if count is not None and self.kind not in TEXTS:
            self.note(f"found {key!r} on the type {self.kind}; expected it on {', '.join(TEXTS)}", key)
            return None
        return count

    def pattern(self) -> str | None:
        value = self.keys.get("pattern")
        if value is None:
            return None
        if self.kind not in TEXTS:
            self.note(f"found 'pattern' on the type {self.kind}; expected it on {', '.join(TEXTS)}", "pattern")
            return None
        why = ""
        try:
            if isinstance(value, str):
                return re.compile(value).pattern
        except re.error as error:
            why = f": {error}"
        self.note(f"expected 'pattern' with a regular expression; found {shown(value)}{why}", "pattern")
        return None

    def class_iri(self) -> str | None:
        value = self.keys.get("class")
        if value is None:
            return None
        found = read_iri(value) if isinstance(value, str) and self.kind == "iri" else None
        if found is None:
            expected = "an IRI or a prefixed name" if self.kind == "iri" else "'type: iri' beside it"
            self.note(f"found 'class' {shown(value)}; expected {expected}", "class")
        return found

    def terms(self, key: str) -> tuple[str, ...]:
        """Return the texts of one value or several, IRIs in full."""
        value = self.keys.get(key)
        items: Sequence[object] = value if isinstance(value, list) else () if value is None else (value,)
        texts = []
        for item in items:
            text = lexical(item)
            iri = read_iri(text) if self.kind == "iri" else text
            if isinstance(item, (dict, list)) or item is None or iri is None:
                expected = "an IRI, a prefixed name or kind/slug" if self.kind == "iri" else "a plain value"
                self.note(f"found {key!r} {shown(item)}; expected {expected}", key)
            else:
                texts.append(iri)
        return tuple(texts)

    def example(self) -> str | None:
        value = self.keys.get("example")
        if isinstance(value, (dict, list)):
            self.note(f"expected 'example' to be one value; found {shown(value)}", "example")
            return None
        return None if value is None else lexical(value)

    def language(self) -> str | None:
        value = self.keys.get("lang")
        if self.kind == "lang-string" and value in (None, *HEADER_LANGUAGES):
            return "fr" if value is None else str(value)
        if value is not None:
            languages = ", ".join(HEADER_LANGUAGES)
            self.note(f"found 'lang' {shown(value)}; expected one of {languages} on a lang-string", "lang")
        return None
