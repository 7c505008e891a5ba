"""Parts that many operations of the OpenAPI document share: the service's parameters, headers, and errors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from http import HTTPStatus

from metiers_kg.api.negotiation import REPRESENTATIONS, Representation
from metiers_kg.api.openapi_schemas import SCHEMAS, Schema
from metiers_kg.api.options import ENTAILMENTS, MAX_LIMIT, OPTIONS, SHAPES
from metiers_kg.api.problems import MEDIA_TYPE, PROBLEM_TYPES
from metiers_kg.queries import LANGUAGES
from metiers_kg.queries.dialect import SEPARATORS

__all__ = [
    "HEADERS",
    "Schema",
    "components",
    "content",
    "document_headers",
    "errors",
    "option",
    "path_parameter",
    "query_parameter",
    "query_values",
]

_TEXT: Schema = {"type": "string"}
_BLANK: Schema = {"allowEmptyValue": True}
"""A parameter without a value is left out: forms send their empty fields so."""
_TEXTS: Schema = {"type": "array", "items": _TEXT}

HEADERS: Mapping[str, str] = {
    "Cache-Control": "How long the answer may be kept (RFC 9111)",
    "Content-Disposition": "The name of the file to save",
    "Content-Encoding": "How the body is compressed",
    "Content-Language": "The language of labels and texts",
    "ETag": "Changes whenever the answer does; give it as If-None-Match to get 304 (RFC 9110)",
    "Last-Modified": "When the answer can have changed last",
    "Link": "The other pages of rows, and what describes the answer (RFC 8288)",
    "Link-Template": "Where a row is explained, its columns filled in (RFC 9652)",
    "Location": "Where the answer is",
    "RateLimit": "How many more requests there may be (draft-ietf-httpapi-ratelimit-headers)",
    "RateLimit-Policy": "How many requests there may be",
    "Retry-After": "The seconds after which to try again",
    "Vary": "The headers of the request that the answer depends on",
    "Server-Timing": "How long the answer took, in milliseconds",
    "WWW-Authenticate": "What a token must be (RFC 6750)",
    "X-Data-Version": "The version of graph and catalogue; give it as version to get this answer again",
    "X-Engine": "The software that answered",
    "X-Query-Version": "The version of the query's file",
    "X-Request-Id": "The number of the request, as the log has it",
    "X-Truncated": "true where there is more than the answer gives",
}
"""The headers of answers that a client may act on."""

_EVERY = (
    "Cache-Control",
    "Content-Encoding",
    "RateLimit",
    "RateLimit-Policy",
    "Server-Timing",
    "Vary",
    "X-Request-Id",
)
_DOCUMENT = (*_EVERY, "Content-Language", "ETag", "Last-Modified", "X-Data-Version", "X-Engine", "X-Query-Version")
_OF_STATUS: Mapping[int, tuple[str, ...]] = {
    HTTPStatus.UNAUTHORIZED: ("WWW-Authenticate",),
    HTTPStatus.FORBIDDEN: ("WWW-Authenticate",),
    HTTPStatus.TOO_MANY_REQUESTS: ("Retry-After",),
    HTTPStatus.SERVICE_UNAVAILABLE: ("Retry-After",),
}

# Where a type of problem can arise; those that are not named can arise everywhere.
_ONLY_AT: Mapping[str, tuple[str, ...]] = {
    "bad-query": ("/sparql",),
    "busy": ("/sparql", "/queries/{name}/results"),
    "does-not-hold": ("/explain",),
    "missing-vocabulary": ("/queries/{name}/results", "/overlap", "/transitions"),
    "not-ready": ("/health/ready",),
    "query-cost": ("/sparql", "/queries/{name}/results"),
    "sparql-off": ("/sparql",),
    "timeout": ("/sparql", "/queries/{name}/results"),
    "unknown-query": ("/queries/{name}",),
    "unknown-version": ("/queries/", "/.well-known/"),
    "unknown-resource": ("/{kind}/{slug}", "/explain"),
    "unsupported-media-type": ("/sparql",),
    "update-refused": ("/sparql",),
}

_OPTIONS: Mapping[str, tuple[str, Schema]] = {
    "lang": ("The language of labels and texts; else Accept-Language", {"type": "string", "enum": list(LANGUAGES)}),
    "entailment": (
        "What may be concluded: all that OWL 2 RL gives, or nothing but what was stated",
        {"type": "string", "enum": list(ENTAILMENTS), "default": ENTAILMENTS[0]},
    ),
    "limit": (
        "The most rows; where there are more, X-Truncated and Link say so",
        {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": MAX_LIMIT},
    ),
    "page": (
        "The page of rows, from 1, each of as many rows as the limit",
        {"type": "integer", "minimum": 1, "maximum": 1_000_000, "default": 1},
    ),
    "format": (
        "The short name of a form, which wins over Accept",
        {"type": "string", "enum": list(REPRESENTATIONS)},
    ),
    "version": (
        "The version of a kept release to answer from; else the one that is served. /releases lists them",
        {"type": "string", "pattern": "^[0-9a-f]{12}$"},
    ),
    "shape": (
        "Flat JSON: the rows alone, or an object that has them with what they are and whether there are more",
        {"type": "string", "enum": list(SHAPES), "default": SHAPES[0]},
    ),
    "bom": (
        "CSV: 1 begins it with a byte order mark, as Excel wants",
        {"type": "string", "enum": ["0", "1"]},
    ),
    "sep": (
        "CSV: what parts cells; a French Excel expects ;",
        {"type": "string", "enum": list(SEPARATORS)},
    ),
}


def components(paths: Iterable[str], *, has_pages: bool) -> Schema:
    """Return the components that the operations at *paths* refer to."""
    problems = {
        _error_name(status, names): (status, names) for path in paths for status, names in _problems_at(path).items()
    }
    return {
        "responses": {
            key: _error(status, names, has_pages=has_pages) for key, (status, names) in sorted(problems.items())
        },
        "parameters": {name: _option_parameter(name) for name in OPTIONS},
        "securitySchemes": {
            "token": {"type": "http", "scheme": "bearer", "description": "Where the service asks for one (RFC 6750)"}
        },
        "headers": {name: {"description": text, "schema": _TEXT} for name, text in HEADERS.items()},
        "schemas": dict(SCHEMAS),
    }


def option(name: str, forms: Iterable[Representation] | None = None) -> Schema:
    """Return one of the service's parameters; *forms* are those that ``format`` names at this address."""
    if name == "format" and forms is not None:
        return _option_parameter(name) | {"schema": {"type": "string", "enum": [form.name for form in forms]}}
    return {"$ref": f"#/components/parameters/{name}"}


def document_headers(*more: str) -> Schema:
    """Return the headers of a document, and *more*."""
    return {name: {"$ref": f"#/components/headers/{name}"} for name in sorted({*_DOCUMENT, *more})}


def content(forms: Iterable[Representation]) -> dict[str, Schema]:
    """Return the media types of an answer."""
    return {form.media_type: ({"schema": _TEXT} if form.is_text else {}) for form in forms}


def errors(path: str) -> Schema:
    """Return the errors that can arise at *path*, by status, as references to ``components``.

    >>> errors("/explain")["406"]
    {'$ref': '#/components/responses/406-not-acceptable'}
    """
    return {
        str(status): {"$ref": f"#/components/responses/{_error_name(status, names)}"}
        for status, names in _problems_at(path).items()
    }


def query_parameter(
    name: str,
    description: str,
    *,
    required: bool = False,
    multiple: bool = False,
    schema: Schema | None = None,
    example: str | None = None,
) -> Schema:
    """Return a parameter of the address's query; one that is *multiple* is given again for each value."""
    one = schema or _TEXT
    document: Schema = {
        "name": name,
        "in": "query",
        "required": required,
        "description": description,
        "schema": {"type": "array", "items": one} if multiple else one,
    }
    document |= {"style": "form", "explode": True} if multiple else {}
    document |= {} if required else _BLANK
    return document | ({"example": example} if example is not None else {})


def path_parameter(name: str, description: str, schema: Schema | None = None, example: str | None = None) -> Schema:
    """Return a part of the path."""
    document: Schema = {
        "name": name,
        "in": "path",
        "required": True,
        "description": description,
        "schema": schema or _TEXT,
    }
    return document | ({"example": example} if example is not None else {})


def query_values() -> Schema:
    """Return the parameter that stands for those of whatever query is named in the path."""
    return {
        "name": "values",
        "in": "query",
        "description": "The parameters of the query, each by its name",
        "style": "form",
        "explode": True,
        "schema": {"type": "object", "additionalProperties": _TEXT},
    }


def _problems_at(path: str) -> dict[int, tuple[str, ...]]:
    """Return the types of problems that can arise at *path*, by status."""
    found: dict[int, tuple[str, ...]] = {}
    for name, (status, _) in sorted(PROBLEM_TYPES.items(), key=lambda item: item[1][0]):
        if any(path.startswith(start) for start in _ONLY_AT.get(name, ("/",))):
            found[status] = (*found.get(status, ()), name)
    return found


def _error_name(status: int, names: Iterable[str]) -> str:
    return "-".join((str(status), *names))


def _error(status: int, names: Iterable[str], *, has_pages: bool) -> Schema:
    titles = {name: PROBLEM_TYPES[name][1] for name in names}
    types = {"type": "object", "properties": {"type": {"enum": [f"/problems/{name}" for name in titles]}}}
    document: Schema = {
        "description": "; ".join(titles.values()),
        "content": {MEDIA_TYPE: {"schema": {"allOf": [{"$ref": "#/components/schemas/Problem"}, types]}}},
    }
    if has_pages:
        document["content"]["text/html"] = {"schema": _TEXT}
    told = sorted((*_EVERY, "Content-Language", *_OF_STATUS.get(status, ())))
    return document | {"headers": {name: {"$ref": f"#/components/headers/{name}"} for name in told}}


def _option_parameter(name: str) -> Schema:
    description, schema = _OPTIONS[name]
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema} | _BLANK
