"""A saved query: one file, its header read, its text parsed, its house rules checked."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from metiers_kg.errors import QueryFileError, QuerySyntaxError
from metiers_kg.queries.header import Fault, read_header
from metiers_kg.queries.house_rules import check_house_rules
from metiers_kg.queries.parameters import Parameter
from metiers_kg.queries.syntax import Form, Syntax, parse
from metiers_kg.queries.why import WhyPattern

__all__ = ["SavedQuery"]


@dataclass(frozen=True, kw_only=True)
class SavedQuery:
    """A saved query, ready to bind.

    Attributes:
        name: The file's name, without ``.rq``.
        path: The file.
        text: All of it: header and query.
        title: Its title, by language.
        summary: One plain line in English.
        description: What it answers, how to read it, the limits of the data; by language.
        tags: Themes.
        requires: The vocabularies it needs, by the names of their graphs and imports.
        parameters: Its parameters, in the header's order.
        view: The chart that tells the rows, and the columns that it is drawn from (``metiers_kg.queries.view``).
        expect: What a right answer has at least (``min-rows``, ``columns``).
        why: The triples that a row rests on, which can be explained.
        form: What kind of query it is.
        columns: The projected names, in order; none for ASK, CONSTRUCT and DESCRIBE.
        version: The SHA-256 of the file.
        syntax: Its syntax tree.
        choice_queries: The queries that hold the choices of parameters, by parameter; the catalogue sets them.
    """

    name: str
    path: Path
    text: str
    title: Mapping[str, str]
    summary: str
    description: Mapping[str, str]
    tags: tuple[str, ...]
    requires: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    view: Mapping[str, str]
    expect: Mapping[str, object]
    form: Form
    columns: tuple[str, ...]
    version: str
    syntax: Syntax = field(repr=False, compare=False)
    why: tuple[WhyPattern, ...] = ()
    choice_queries: Mapping[str, SavedQuery] = field(default_factory=dict, repr=False, compare=False)

    @property
    def example_values(self) -> dict[str, list[str]]:
        """The example of each required parameter that has one: values to try the query with."""
        return {p.name: [p.example] for p in self.parameters if p.required and p.example}

    @classmethod
    def read(cls, path: Path) -> SavedQuery:
        """Read a file.

        Raises:
            QueryFileError: Everything wrong with the file, one fault a line, each with the file and, where known, the
                line, what was found and what was expected.
        """
        try:
            text = path.read_bytes().decode()
        except (OSError, UnicodeDecodeError) as error:
            raise QueryFileError(f"{path}: expected a file in UTF-8; found {error}") from error
        return cls.parse(path.stem, text, path)

    @classmethod
    def parse(cls, name: str, text: str, path: Path | None = None) -> SavedQuery:
        """Read a text as the file *path* has it.

        Raises:
            QueryFileError: As for ``read``.

        >>> SavedQuery.parse("jobs", "SELECT * { ?s ?p ?o }")
        Traceback (most recent call last):
        metiers_kg.errors.QueryFileError: jobs.rq:1: expected a header in lines that begin with '#+'; found none
        jobs.rq:1: found SELECT *; expected the columns by name
        jobs.rq: found no ORDER BY; expected rows in a stable order
        """
        path = path or Path(f"{name}.rq")
        header = read_header(text)
        faults = list(header.faults)
        try:
            syntax = parse(text)
        except QuerySyntaxError as error:
            raise _file_error(path, [*faults, Fault(str(error))]) from error
        faults += check_house_rules(name, syntax, header)
        if faults:
            raise _file_error(path, faults)
        return cls(
            name=name,
            path=path,
            text=text,
            title=header.title,
            summary=header.summary,
            description=header.description,
            tags=header.tags,
            requires=header.requires,
            parameters=header.parameters,
            view=header.view,
            expect=header.expect,
            why=header.why,
            form=syntax.form,
            columns=syntax.columns,
            version=hashlib.sha256(text.encode()).hexdigest(),
            syntax=syntax,
        )


def _file_error(path: Path, faults: list[Fault]) -> QueryFileError:
    return QueryFileError(
        "\n".join(f"{path}{'' if fault.line is None else f':{fault.line}'}: {fault.message}" for fault in faults)
    )
