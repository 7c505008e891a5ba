"""The header of a saved query file: YAML in ``#+`` comments, as grlc has it, with parameters beside.

Keys that are not ours are left alone, as grlc leaves them; those of a parameter are all ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import yaml
from rapidfuzz import process

from metiers_kg.queries.names import read_iri
from metiers_kg.queries.parameters import TYPES, Ordered, Parameter, read_ordered_value, read_values
from metiers_kg.queries.requirements import VOCABULARIES
from metiers_kg.queries.why import WhyPattern
from metiers_kg.vocabulary import PREFIXES

__all__ = ["Fault", "Header", "read_header"]

_NAME = re.compile(r"[a-zA-Z0-9]+")
_QUERY_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LANGUAGES = ("fr", "en", "nl", "de")
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
    "choices",
    "choices-query",
    "default",
    "example",
    "lang",
)
_ORDERED = ("integer", "decimal", "date")

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast where libyaml is there

_Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a query file.

    Attributes:
        message: What was found and what was expected.
        line: The line of the file, from 1, where known.
    """

    message: str
    line: int | None = None


@dataclass(slots=True)
class Header:
    """What a header says, and what is wrong with it.

    Attributes:
        title: The query's title, by language.
        summary: One plain line.
        description: What it answers, how to read it, the limits of the data; by language.
        tags: Themes.
        requires: The vocabularies it needs.
        parameters: Its parameters.
        view: How a page may draw the rows.
        expect: What a right answer has at least: ``min-rows``, ``columns``.
        why: The triples that a row rests on.
        lines: The line of each key, by its path.
        faults: Everything wrong.
    """

    title: Mapping[str, str] = field(default_factory=dict)
    summary: str = ""
    description: Mapping[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    view: Mapping[str, object] = field(default_factory=dict)
    expect: Mapping[str, object] = field(default_factory=dict)
    why: tuple[WhyPattern, ...] = ()
    lines: Mapping[_Path, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def read_header(text: str) -> Header:
    r"""Read the header of a query file; what is wrong is in its ``faults``.

    >>> header = read_header("#+ summary: All jobs\nSELECT …")
    >>> header.summary, header.faults[0].message
    ('All jobs', "expected 'title' with a text in fr and one in en; found nothing")
    """
    marked = [(number, line[2:]) for number, line in enumerate(text.split("\n"), 1) if line.startswith("#+")]
    numbers = [number for number, _ in marked]
    source = "\n".join(line.rstrip("\r") for _, line in marked)
    if not numbers:
        return Header(faults=[Fault("expected a header in lines that begin with '#+'; found none", 1)])
    try:
        loader = _LOADER(source)
        root = loader.get_single_node()
        content = None if root is None else loader.construct_document(root)
    except yaml.MarkedYAMLError as error:
        line = None if error.problem_mark is None else numbers[min(error.problem_mark.line, len(numbers) - 1)]
        hint = "; a text that holds ': ' needs quotes" if "mapping values" in (error.problem or "") else ""
        return Header(faults=[Fault(f"expected a header in YAML; found a fault: {error.problem}{hint}", line)])
    except (yaml.YAMLError, ValueError) as error:
        return Header(faults=[Fault(f"expected a header in YAML; found a fault: {error}", numbers[0])])
    if not isinstance(content, dict):
        return Header(faults=[Fault("expected a header of keys and values; found none", numbers[0])])
    lines: dict[_Path, int] = {}
    reader = _Reader(lines)
    for path, line, repeated in _places(root, ()):
        lines[path] = numbers[line]
        if repeated:
            reader.faults.append(Fault(f"found the key {path[-1]!r} twice; expected it once", numbers[line]))
    return Header(
        summary=reader.text(content, "summary"),
        title=reader.texts(content, ("title",)),
        description=reader.texts(content, ("description",)),
        tags=reader.words(content, "tags"),
        requires=reader.vocabularies(content),
        view=reader.mapping(content, "view"),
        expect=reader.mapping(content, "expect"),
        why=tuple(reader.why(content)),
        parameters=tuple(reader.parameters(content)),
        lines=lines,
        faults=reader.faults,
    )


def _places(node: yaml.Node | None, path: _Path) -> Iterator[tuple[_Path, int, bool]]:
    """Yield the path of every key with its line, and whether the key was there before."""
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            here = (*path, str(key.value))
            yield here, key.start_mark.line, key.value in seen
            seen.add(key.value)
            yield from _places(value, here)
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield (*path, number), value.start_mark.line, False


class _Reader:
    """Takes values out of a header and notes what is wrong with them."""

    def __init__(self, lines: Mapping[_Path, int]) -> None:
        self.lines = lines
        self.faults: list[Fault] = []

    def note(self, message: str, path: _Path) -> None:
        while path and path not in self.lines:
            path = path[:-1]
        self.faults.append(Fault(message, self.lines.get(path)))

    def text(self, content: Mapping[object, object], key: str) -> str:
        value = content.get(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
        self.note(f"expected {key!r} with a line of text; found {_shown(value)}", (key,))
        return ""

    def texts(self, content: Mapping[object, object], path: _Path, *, optional: bool = False) -> dict[str, str]:
        value = content.get(path[-1])
        if value is None and optional:
            return {}
        if isinstance(value, dict) and all(isinstance(text, str) and text.strip() for text in value.values()):
            missing = [lang for lang in ("fr", "en") if lang not in value]
            unknown = [str(lang) for lang in value if lang not in _LANGUAGES]
            if not missing and not unknown:
                return {str(lang): text.strip() for lang, text in value.items()}
            found = f"no {missing[0]}" if missing else f"the language {unknown[0]!r}"
        else:
            found = _shown(value)
        self.note(f"expected {str(path[-1])!r} with a text in fr and one in en; found {found}", path)
        return {}

    def words(self, content: Mapping[object, object], key: str) -> tuple[str, ...]:
        value = content.get(key, [])
        if isinstance(value, list) and all(isinstance(word, str) for word in value):
            return tuple(value)
        self.note(f"expected {key!r} with a list of words; found {_shown(value)}", (key,))
        return ()

    def vocabularies(self, content: Mapping[object, object]) -> tuple[str, ...]:
        known = []
        for place, word in enumerate(self.words(content, "requires")):
            if word in VOCABULARIES:
                known.append(word)
            else:
                expected = ", ".join(VOCABULARIES)
                self.note(f"found {word!r} in 'requires'; expected one of {expected}", ("requires", place))
        return tuple(known)

    def mapping(self, content: Mapping[object, object], key: str) -> dict[str, object]:
        value = content.get(key, {})
        if isinstance(value, dict) and all(isinstance(name, str) for name in value):
            return value
        self.note(f"expected {key!r} with keys and values; found {_shown(value)}", (key,))
        return {}

    def why(self, content: Mapping[object, object]) -> Iterator[WhyPattern]:
        value = content.get("why", [])
        if not isinstance(value, list):
            self.note(f"expected 'why' with a list of triples; found {_shown(value)}", ("why",))
            return
        for number, declared in enumerate(value):
            path: _Path = ("why", number)
            if not isinstance(declared, dict) or not {"s", "p", "o"} <= set(declared) <= {"s", "p", "o", "when"}:
                self.note(f"expected a triple with s, p, o and perhaps when; found {_shown(declared)}", path)
                continue
            parts = [_why_part(declared["s"]), _why_property(declared["p"]), _why_part(declared["o"])]
            when = declared.get("when", {})
            for key, part in zip("spo", parts, strict=True):
                if part is None:
                    expected = "a prefixed name or an IRI" if key == "p" else "a column, $parameter or prefixed name"
                    self.note(f"found {key!r} {_shown(declared[key])} in 'why'; expected {expected}", path)
            if not isinstance(when, dict) or not all(isinstance(column, str) for column in when):
                self.note(f"expected 'when' with texts by column; found {_shown(when)}", path)
            elif all(part is not None for part in parts):
                s, p, o = (part or "" for part in parts)
                yield WhyPattern(s, p, o, {column: _lexical(text) for column, text in when.items()})

    def parameters(self, content: Mapping[object, object]) -> Iterator[Parameter]:
        value = content.get("params", {})
        if not isinstance(value, dict):
            self.note(f"expected 'params' with parameters by name; found {_shown(value)}", ("params",))
            return
        for name, declared in value.items():
            path: _Path = ("params", str(name))
            if not _NAME.fullmatch(str(name)):
                self.note(f"found the parameter {str(name)!r}; expected a name of letters and digits", path)
            elif not isinstance(declared, dict):
                self.note(f"expected {name!r} with 'label' and 'type'; found {_shown(declared)}", path)
            else:
                parameter = self.parameter(str(name), declared, path)
                if parameter is not None:
                    yield parameter

    def parameter(self, name: str, declared: Mapping[object, object], path: _Path) -> Parameter | None:
        before = len(self.faults)
        for key in declared:
            if key not in _KEYS:
                near = process.extractOne(str(key), _KEYS, score_cutoff=60)
                hint = f"; did you mean {near[0]!r}?" if near else ""
                self.note(
                    f"found {str(key)!r} in {name!r}; expected one of {', '.join(_KEYS)}{hint}", (*path, str(key))
                )
        kind = declared.get("type")
        if kind not in TYPES:
            self.note(
                f"expected 'type' of {name!r} to be one of {', '.join(TYPES)}; found {_shown(kind)}", (*path, "type")
            )
            return None
        parameter = Parameter(
            name=name,
            type=str(kind),
            label=self.texts(declared, (*path, "label")),
            description=self.texts(declared, (*path, "description"), optional=True),
            class_iri=self.iri(declared, (*path, "class"), str(kind)),
            required=self.flag(declared, (*path, "required")),
            multiple=self.flag(declared, (*path, "multiple")),
            min_items=self.count(declared, (*path, "min-items")),
            max_items=self.count(declared, (*path, "max-items")),
            minimum=self.limit(declared, (*path, "minimum"), str(kind)),
            maximum=self.limit(declared, (*path, "maximum"), str(kind)),
            choices=self.values(declared, (*path, "choices"), str(kind)),
            choices_query=self.query_name(declared, (*path, "choices-query")),
            default=self.values(declared, (*path, "default"), str(kind)),
            example=self.example(declared, path),
            language=self.language(declared, (*path, "lang"), str(kind)),
        )
        if len(self.faults) == before:
            self.agree(parameter, path)
        return parameter if len(self.faults) == before else None

    def agree(self, parameter: Parameter, path: _Path) -> None:
        """Note where the keys of one parameter contradict each other."""
        low, high = parameter.minimum, parameter.maximum
        if low is not None and high is not None and low > high:  # type: ignore[operator]  # both of one type
            self.note(f"found minimum {low} above maximum {high}", (*path, "minimum"))
        if not parameter.multiple:
            for key, count in (("min-items", parameter.min_items), ("max-items", parameter.max_items)):
                if count is not None:
                    self.note(f"found {key!r} on {parameter.name!r}; expected it beside 'multiple: true'", (*path, key))
        if parameter.type == "enum" and not (parameter.choices or parameter.choices_query):
            self.note(f"expected 'choices' or 'choices-query' for {parameter.name!r}, an enum; found neither", path)
        if parameter.choices and parameter.choices_query:
            self.note("found both 'choices' and 'choices-query'; expected one of them", (*path, "choices-query"))
        given = {"default": parameter.default, "choices": parameter.choices}
        for key, values in given.items():
            one_by_one = [(value,) for value in values] if key == "choices" else [values]
            for texts in one_by_one:
                checked = _without_class(parameter)
                for fault in read_values([checked], {checked.name: texts}, None, {})[1] if texts else ():
                    self.note(
                        f"found {key} {fault.value!r} of {parameter.name!r}; expected {fault.expected}", (*path, key)
                    )

    def flag(self, declared: Mapping[object, object], path: _Path) -> bool:
        value = declared.get(path[-1], False)
        if isinstance(value, bool):
            return value
        self.note(f"expected {str(path[-1])!r} to be true or false; found {_shown(value)}", path)
        return False

    def count(self, declared: Mapping[object, object], path: _Path) -> int | None:
        value = declared.get(path[-1])
        if value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= 1):
            return value
        self.note(f"expected {str(path[-1])!r} to be a whole number from 1; found {_shown(value)}", path)
        return None

    def limit(self, declared: Mapping[object, object], path: _Path, kind: str) -> Ordered | None:
        value = declared.get(path[-1])
        if value is None:
            return None
        if kind in _ORDERED:
            try:
                return read_ordered_value(kind, _lexical(value))
            except ValueError:
                self.note(f"expected {str(path[-1])!r} to be of type {kind}; found {_shown(value)}", path)
        else:
            self.note(f"found {str(path[-1])!r} on the type {kind}; expected it on {', '.join(_ORDERED)}", path)
        return None

    def iri(self, declared: Mapping[object, object], path: _Path, kind: str) -> str | None:
        value = declared.get(path[-1])
        if value is None:
            return None
        found = read_iri(value) if isinstance(value, str) and kind == "iri" else None
        if found is None:
            expected = "an IRI or a prefixed name" if kind == "iri" else "'type: iri' beside it"
            self.note(f"found {str(path[-1])!r} {_shown(value)}; expected {expected}", path)
        return found

    def values(self, declared: Mapping[object, object], path: _Path, kind: str) -> tuple[str, ...]:
        value = declared.get(path[-1])
        items: Sequence[object] = value if isinstance(value, list) else () if value is None else (value,)
        texts = []
        for item in items:
            text = _lexical(item)
            iri = read_iri(text) if kind == "iri" else text
            if isinstance(item, (dict, list)) or item is None or iri is None:
                expected = "an IRI, a prefixed name or kind/slug" if kind == "iri" else "a plain value"
                self.note(f"found {str(path[-1])!r} {_shown(item)}; expected {expected}", path)
            else:
                texts.append(iri)
        return tuple(texts)

    def query_name(self, declared: Mapping[object, object], path: _Path) -> str | None:
        value = declared.get(path[-1])
        if value is None or (isinstance(value, str) and _QUERY_NAME.fullmatch(value)):
            return value
        self.note(f"expected {str(path[-1])!r} to be the name of a saved query; found {_shown(value)}", path)
        return None

    def example(self, declared: Mapping[object, object], path: _Path) -> str | None:
        value = declared.get("example")
        if isinstance(value, (dict, list)):
            self.note(f"expected 'example' to be one value; found {_shown(value)}", (*path, "example"))
            return None
        return None if value is None else _lexical(value)

    def language(self, declared: Mapping[object, object], path: _Path, kind: str) -> str | None:
        value = declared.get(path[-1])
        if kind == "lang-string" and value in (None, *_LANGUAGES):
            return "fr" if value is None else str(value)
        if value is not None:
            self.note(f"found 'lang' {_shown(value)}; expected one of {', '.join(_LANGUAGES)} on a lang-string", path)
        return None


def _without_class(parameter: Parameter) -> Parameter:
    """The parameter as its own values are checked: of any class, since no graph is at hand."""
    return Parameter(
        name=parameter.name,
        type=parameter.type,
        multiple=parameter.multiple,
        min_items=parameter.min_items,
        max_items=parameter.max_items,
        minimum=parameter.minimum,
        maximum=parameter.maximum,
        choices=parameter.choices,
        language=parameter.language,
    )


def _why_part(value: object) -> str | None:
    """Return a column as ``?x``, a parameter as ``$x``, an IRI in full; None for anything else."""
    if not isinstance(value, str):
        return None
    if _NAME.fullmatch(value):
        return f"?{value}"
    if _NAME.fullmatch(value.removeprefix("$")):
        return value
    return read_iri(value)


def _why_property(value: object) -> str | None:
    if value == "a":
        return PREFIXES["rdf"] + "type"
    return read_iri(value) if isinstance(value, str) else None


def _lexical(value: object) -> str:
    """A YAML value as it would be typed in a form."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)


def _shown(value: object) -> str:
    return "nothing" if value is None else repr(value)
