"""Every error that a person can cause, with what was found, where, and what would be right.

    MetiersError
    ├── InputError              the user's input or data is at fault (exit 1, HTTP 4xx)
    │   ├── ParameterError      a parameter of a saved query: unknown, missing or not allowed
    │   ├── UnknownQueryError   no saved query of that name
    │   ├── QuerySyntaxError    a text that is not SPARQL, or asks for what is not offered
    │   ├── QueryCostError      a query whose answer or working memory is larger than allowed
    │   ├── QueryFileError      a saved query file whose header or text is wrong
    │   ├── UnknownResourceError  no job, competence … of that name
    │   ├── DoesNotHoldError    a triple to explain that is neither asserted nor inferred
    │   ├── MissingVocabularyError  a saved query needs ESCO, ROME or their correspondences, which are not imported
    │   └── DataError           ontology or data break a rule: a list of findings
    ├── QueryTimeoutError       a query ran past its limit and was stopped
    ├── QueryAbandonedError     a query whose asker left before the answer
    ├── BusyError               all query workers are busy
    └── NotBuiltError           there is no built graph, or it is stale and cannot be rebuilt here

Each is turned into text, an exit code or an HTTP status in one place: ``cli.main`` and ``api.problems``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

__all__ = [
    "BusyError",
    "DataError",
    "DoesNotHoldError",
    "Finding",
    "InputError",
    "MetiersError",
    "MissingVocabulary",
    "MissingVocabularyError",
    "NotBuiltError",
    "ParameterError",
    "ParameterFault",
    "QueryAbandonedError",
    "QueryCostError",
    "QueryFileError",
    "QuerySyntaxError",
    "QueryTimeoutError",
    "UnknownQueryError",
    "UnknownResourceError",
]


class MetiersError(Exception):
    """An error that is told to the person, without a traceback."""


class InputError(MetiersError):
    """The input is at fault; the message says what was found, where, and what would be right."""


@dataclass(frozen=True, slots=True)
class ParameterFault:
    """One thing wrong with one parameter.

    Attributes:
        parameter: The parameter's name as given.
        value: The value as given, or None when it is missing.
        expected: What would be right, as a phrase ("an integer from 1 to 50").
        allowed: All allowed values, when they are few.
        suggestions: The nearest allowed values or names.
    """

    parameter: str
    value: str | None
    expected: str
    allowed: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()

    def __str__(self) -> str:
        found = "missing" if self.value is None else f"found {self.value!r}"
        text = f"parameter {self.parameter!r}: {found}, expected {self.expected}"
        if self.suggestions:
            text += "; did you mean " + " or ".join(repr(s) for s in self.suggestions) + "?"
        return text


class ParameterError(InputError):
    """One or more parameters of a query are unknown, missing or not allowed."""

    def __init__(self, faults: Sequence[ParameterFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(f) for f in self.faults))


class UnknownQueryError(InputError):
    """No saved query has that name."""

    def __init__(self, name: str, suggestions: Sequence[str] = ()) -> None:
        self.name = name
        self.suggestions = tuple(suggestions)
        hint = "; did you mean " + " or ".join(repr(s) for s in self.suggestions) + "?" if self.suggestions else ""
        super().__init__(f"no saved query is called {name!r}{hint}")


class UnknownResourceError(InputError):
    """Nothing in the graph has that name, code or IRI."""

    def __init__(self, text: str, expected: str, suggestions: Sequence[str] = ()) -> None:
        self.text = text
        self.expected = expected
        self.suggestions = tuple(suggestions)
        hint = "; did you mean " + " or ".join(repr(s) for s in self.suggestions) + "?" if self.suggestions else ""
        super().__init__(f"found {text!r}, expected {expected}{hint}")


class DoesNotHoldError(InputError):
    """A triple that is to be explained is neither asserted nor inferred.

    Attributes:
        triple: Its terms in N-Triples form.
        told: The triple in words.
        near: Triples that hold and differ in one term, each with its words.
    """

    def __init__(
        self,
        triple: tuple[str, str, str],
        told: str,
        near: Sequence[tuple[tuple[str, str, str], str]] = (),
    ) -> None:
        self.triple = triple
        self.told = told
        self.near = tuple(near)
        hint = "; what holds: " + "; ".join(words for _, words in self.near) if self.near else ""
        super().__init__(f"{told}: neither asserted nor inferred{hint}")


@dataclass(frozen=True, slots=True)
class MissingVocabulary:
    """A published vocabulary that is not imported.

    Attributes:
        vocabulary: Its name, that of its graph ("esco").
        title: What it is called ("ESCO").
        command: What imports it.
    """

    vocabulary: str
    title: str
    command: str


class MissingVocabularyError(InputError):
    """A saved query needs vocabularies that are not imported.

    Attributes:
        query: The name of the query.
        missing: What it lacks.
    """

    def __init__(self, query: str, missing: Sequence[MissingVocabulary]) -> None:
        self.query = query
        self.missing = tuple(missing)
        titles = " and ".join(one.title for one in self.missing)
        commands = "; ".join(f"`{one.command}`" for one in self.missing)
        super().__init__(f"{query!r} needs {titles}, not imported here; download the release and run {commands}")


class QuerySyntaxError(InputError):
    """A text that is not a SPARQL query, or one that asks for what is not offered (update, SERVICE)."""


class QueryCostError(InputError):
    """A query whose answer or working memory is larger than allowed."""


class QueryFileError(InputError):
    """A saved query file is wrong; the message names the file and, where known, the line."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One broken rule: where it is, on what, what was found, and what to do.

    Attributes:
        rule: The shape, check or inference rule that is broken.
        resource: The IRI that breaks it.
        message: What was found.
        remedy: What would be right.
        file: The data file the resource stands in, when known.
        line: Its line in that file, from 1, when known.
        severity: "violation" stops the build and fails a validation; "warning" and "info" do not.
    """

    rule: str
    resource: str
    message: str
    remedy: str = ""
    file: str = ""
    line: int | None = None
    severity: str = "violation"

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.file and self.line else self.file or "(no file)"
        remedy = f" -> {self.remedy}" if self.remedy else ""
        return f"{place}: {self.resource}: {self.message} [{self.rule}]{remedy}"


@dataclass(eq=False)
class DataError(InputError):
    """Ontology or data break rules; carries every finding."""

    summary: str
    findings: Sequence[Finding] = field(default_factory=tuple)

    def __str__(self) -> str:
        return "\n".join([self.summary, *(f"  {finding}" for finding in self.findings)])


class QueryTimeoutError(MetiersError):
    """A query ran past its limit and was stopped.

    Attributes:
        seconds: The limit it ran past.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(f"the query was stopped after {seconds:g} s; make it more selective, or raise --query-timeout")


class QueryAbandonedError(MetiersError):
    """A query whose asker left before the answer, and which was stopped."""

    def __init__(self) -> None:
        super().__init__("the query was stopped, since who asked it has left")


class BusyError(MetiersError):
    """All query workers are busy.

    Attributes:
        retry_after: Seconds after which to try again.
    """

    def __init__(self, retry_after: int = 1) -> None:
        self.retry_after = retry_after
        super().__init__(f"all query workers are busy; try again in {retry_after} s")


class NotBuiltError(MetiersError):
    """There is no built graph to ask, or it is stale and the build is not installed here."""
