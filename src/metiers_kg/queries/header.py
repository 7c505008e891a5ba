"""The header of a saved query file: YAML in ``#+`` comments, as grlc has it, with parameters beside.

Keys that are not ours are left alone, as grlc leaves them; those of a parameter are all ours.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import yaml

from metiers_kg.queries.declarations import NAME, read_parameters
from metiers_kg.queries.header_values import Fault, HeaderValues, Path, lexical, shown
from metiers_kg.queries.names import read_iri
from metiers_kg.queries.parameters import Parameter
from metiers_kg.queries.requirements import VOCABULARIES
from metiers_kg.queries.view import read_view
from metiers_kg.queries.why import WhyPattern
from metiers_kg.vocabulary import PREFIXES

__all__ = ["Fault", "Header", "read_header"]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast where libyaml is there


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
        view: The chart that tells the rows, and the columns that it is drawn from.
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
    view: Mapping[str, str] = field(default_factory=dict)
    expect: Mapping[str, object] = field(default_factory=dict)
    why: tuple[WhyPattern, ...] = ()
    lines: Mapping[Path, int] = field(default_factory=dict)
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
    lines: dict[Path, int] = {}
    values = HeaderValues(lines)
    for path, line, repeated in _places(root, ()):
        lines[path] = numbers[line]
        if repeated:
            values.faults.append(Fault(f"found the key {path[-1]!r} twice; expected it once", numbers[line]))
    return Header(
        summary=values.text(content, "summary"),
        title=values.texts(content, ("title",)),
        description=values.texts(content, ("description",)),
        tags=values.words(content, "tags"),
        requires=_vocabularies(values, content),
        view=read_view(values, content),
        expect=values.mapping(content, "expect"),
        why=tuple(_why(values, content)),
        parameters=tuple(read_parameters(values, content)),
        lines=lines,
        faults=values.faults,
    )


def _places(node: yaml.Node | None, path: Path) -> Iterator[tuple[Path, int, bool]]:
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


def _vocabularies(values: HeaderValues, content: Mapping[object, object]) -> tuple[str, ...]:
    known = []
    for place, word in enumerate(values.words(content, "requires")):
        if word in VOCABULARIES:
            known.append(word)
        else:
            expected = ", ".join(VOCABULARIES)
            values.note(f"found {word!r} in 'requires'; expected one of {expected}", ("requires", place))
    return tuple(known)


def _why(values: HeaderValues, content: Mapping[object, object]) -> Iterator[WhyPattern]:
    value = content.get("why", [])
    if not isinstance(value, list):
        values.note(f"expected 'why' with a list of triples; found {shown(value)}", ("why",))
        return
    for number, declared in enumerate(value):
        path: Path = ("why", number)
        if not isinstance(declared, dict) or not {"s", "p", "o"} <= set(declared) <= {"s", "p", "o", "when"}:
            values.note(f"expected a triple with s, p, o and perhaps when; found {shown(declared)}", path)
            continue
        parts = [_why_part(declared["s"]), _why_property(declared["p"]), _why_part(declared["o"])]
        when = declared.get("when", {})
        for key, part in zip("spo", parts, strict=True):
            if part is None:
                expected = "a prefixed name or an IRI" if key == "p" else "a column, $parameter or prefixed name"
                values.note(f"found {key!r} {shown(declared[key])} in 'why'; expected {expected}", path)
        if not isinstance(when, dict) or not all(isinstance(column, str) for column in when):
            values.note(f"expected 'when' with texts by column; found {shown(when)}", path)
        elif all(part is not None for part in parts):
            s, p, o = (part or "" for part in parts)
            yield WhyPattern(s, p, o, {column: lexical(text) for column, text in when.items()})


def _why_part(value: object) -> str | None:
    """Return a column as ``?x``, a parameter as ``$x``, an IRI in full; None for anything else."""
    if not isinstance(value, str):
        return None
    if NAME.fullmatch(value):
        return f"?{value}"
    if NAME.fullmatch(value.removeprefix("$")):
        return value
    return read_iri(value)


def _why_property(value: object) -> str | None:
    if value == "a":
        return PREFIXES["rdf"] + "type"
    return read_iri(value) if isinstance(value, str) else None
