"""The reference of the HTTP interface, from the OpenAPI document and the routes of the application itself."""

from __future__ import annotations

import inspect
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from metiers_kg.api.problems import PROBLEM_TYPES
from tools.docs.page import Page, cell, paragraph, slug, table

if TYPE_CHECKING:
    from fastapi import FastAPI

    from metiers_kg.queries import Catalogue

__all__ = ["make_app", "open_routes", "operations", "routes_page"]

_HEAD = """\
# HTTP interface

What `metiers-kg serve` answers. The same for programs is `/openapi.json`, with each saved query as an operation of its
own, and `/docs` as a page with forms. [Forms](formats.md) tells in which forms answers come, [settings](settings.md)
what limits them, [errors](errors.md) what to do about a problem document, [saved queries](queries/index.md) what each
query takes.

What [most routes may answer](#statuses-of-most-routes) and the [headers](#headers-of-answers) are told once, at the
end. Parameters that a route does not know are refused (422). Every error is `application/problem+json` (RFC 9457), or
a page for who reads pages.

"""
_METHODS = ("get", "put", "post", "delete", "patch")


def make_app(catalogue: Catalogue) -> FastAPI:
    """Return the whole application over an empty graph: the same routes, and no build needed."""
    from metiers_kg.api import Service, Settings, create_app
    from metiers_kg.cli.assisting import mount_tools
    from metiers_kg.queries import Names
    from metiers_kg.store import Store
    from metiers_kg.store.pool import QueryPool
    from metiers_kg.web import HtmlPages

    store, settings = Store.memory(), Settings()
    pool = QueryPool(Path("build") / "store")  # starts with the server, which is never started here
    service = Service(store=store, catalogue=catalogue, names=Names(store), pool=pool, manifest={})
    app = create_app(service, HtmlPages(service, root_path="", has_sparql=True), settings)
    mount_tools(app, service, settings)
    return app


def operations(
    document: Mapping[str, Any], queries: Iterable[str] = ()
) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Yield method, path and description of each operation, but for the operations of the saved *queries*."""
    results = {f"/queries/{name}/results" for name in queries}
    for path, item in document["paths"].items():
        if path not in results:
            yield from ((method.upper(), path, item[method]) for method in _METHODS if method in item)


def open_routes(routes: Iterable[Any]) -> Iterator[tuple[str, str, Any]]:
    """Yield method, path and endpoint of each route, those of routers within too, in the document or not."""
    for route in routes:
        inner = getattr(route, "original_router", None)
        if inner is not None:
            yield from open_routes(inner.routes)
        elif hasattr(route, "path"):
            for method in sorted((getattr(route, "methods", None) or {"GET"}) - {"HEAD", "OPTIONS"}):
                yield method, route.path, getattr(route, "endpoint", None)


def routes_page(app: FastAPI, catalogue: Catalogue) -> Page:
    """Return the page of all routes; a route, parameter or status without a word is a gap."""
    document = app.openapi_schema or {}
    parts: list[str] = [_HEAD]
    gaps: list[str] = []
    told: set[tuple[str, str]] = set()
    headings = {tag["name"]: tag.get("description", "") for tag in document["tags"]}
    groups: dict[str, list[str]] = {}
    listed = list(operations(document, catalogue))
    everywhere = _common_statuses([operation for _, _, operation in listed])
    for method, path, operation in listed:
        told.add((method, path))
        tag = next(iter(operation.get("tags", ())), "documents")
        text = _operation(method, path, operation, document["components"], everywhere, gaps)
        groups.setdefault(tag, []).append(text)
    for tag, texts in groups.items():
        parts += [f"## {tag[:1].upper()}{tag[1:]}\n\n", paragraph(headings.get(tag, "")) + ".\n\n", *texts]
    parts += [
        "## Statuses of most routes\n\n",
        "Where a route answers one of these otherwise, it says so.\n\n",
        _statuses(everywhere, document["components"]),
    ]
    parts.append(_others(app, told, gaps))
    parts.append(_headers(document["components"].get("headers", {}), gaps))
    return Page("reference/http.md", "".join(parts), tuple(gaps))


def _common_statuses(described: list[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the answers beside 200 that most operations have in the same words; they are told once."""
    counts: Counter[tuple[str, str]] = Counter()
    for operation in described:
        counts.update((status, json.dumps(answer)) for status, answer in operation["responses"].items())
    return {
        status: json.loads(answer)
        for (status, answer), count in sorted(counts.items())
        if status != "200" and count > len(described) / 2
    }


def _operation(
    method: str,
    path: str,
    operation: Mapping[str, Any],
    components: Mapping[str, Any],
    everywhere: Mapping[str, Any],
    gaps: list[str],
) -> str:
    name = f"{method} {path}"
    if not operation.get("summary"):
        gaps.append(f"the route {name} has no summary")
    parts = [f"### {method} {_plain(path)} {{#{slug(name)}}}\n\n", f"{paragraph(operation.get('summary', ''))}.\n\n"]
    if operation.get("description"):
        parts.append(paragraph(operation["description"]) + "\n\n")
    rows = []
    for reference in operation.get("parameters", ()):
        parameter = _resolve(reference, components)
        if not parameter.get("description"):
            gaps.append(f"the parameter {parameter['name']} of {name} has no description")
        example = f"; for example `{parameter['example']}`" if "example" in parameter else ""
        told = paragraph(parameter.get("description", "")) + example
        value = _shape(parameter.get("schema", {})) + (", required" if parameter.get("required") else "")
        place = "" if parameter["in"] == "query" else f" ({parameter['in']})"
        rows.append([f"`{parameter['name']}`{place}", value, told])
    parts.append(table(["parameter", "value", "what it is"], rows))
    own = {status: answer for status, answer in operation["responses"].items() if everywhere.get(status) != answer}
    for status, reference in operation["responses"].items():
        if not _resolve(reference, components).get("description"):
            gaps.append(f"the status {status} of {name} has no description")
    return "".join(parts) + _statuses(own, components)


def _statuses(responses: Mapping[str, Any], components: Mapping[str, Any]) -> str:
    answers = [(status, _resolve(reference, components)) for status, reference in responses.items()]
    rows = [[status, paragraph(answer.get("description", "")), _forms(answer)] for status, answer in answers]
    return table(["status", "when", "form"], rows)


def _forms(response: Mapping[str, Any]) -> str:
    """Return the problem types of an error, or the media types of an answer."""
    names = []
    for media_type, body in response.get("content", {}).items():
        for part in body.get("schema", {}).get("allOf", ()):
            names += part.get("properties", {}).get("type", {}).get("enum", ())
        if not names:
            names.append(media_type)
    problems = [name.removeprefix("/problems/") for name in names if name.startswith("/problems/")]
    if problems:
        return ", ".join(f"[`{name}`](errors.md#{name})" for name in problems if name in PROBLEM_TYPES)
    return ", ".join(f"`{name}`" for name in names)


def _shape(schema: Mapping[str, Any]) -> str:
    """Return what a value may be.

    >>> _shape({"type": "integer", "minimum": 1, "maximum": 9, "default": 3})
    'integer from 1 to 9, `3` unless told'
    """
    if schema.get("type") == "array":
        return "list of " + _shape(schema.get("items", {}))
    allowed = schema.get("enum", ())
    text = " ".join(f"`{value}`" for value in allowed) if allowed else str(schema.get("type", "text"))
    least, most = (schema.get(f"{edge}imum", schema.get(f"{edge}Length")) for edge in ("min", "max"))
    unit = " characters" if "maxLength" in schema or "minLength" in schema else ""
    if least is not None or most is not None:
        text += f" from {least or 0}" + (f" to {most}" if most is not None else "") + unit
    return text + (f", `{schema['default']}` unless told" if "default" in schema else "")


def _others(app: FastAPI, told: set[tuple[str, str]], gaps: list[str]) -> str:
    """Return the routes that are in no OpenAPI document: pages' own files, the protocol of assistants."""
    rows = []
    for method, path, endpoint in open_routes(app.router.routes):
        if (method, path) in told:
            continue
        own = endpoint if inspect.isroutine(endpoint) else type(endpoint)
        text = (inspect.getdoc(own) or "").split("\n\n")[0]
        if not text:
            gaps.append(f"the route {method} {path} is in no OpenAPI document, and its function has no docstring")
        rows.append([f"`{method} {path}`{{: #{slug(f'{method} {path}')} }}", paragraph(text)])
    intro = "These are in no OpenAPI document: what pages are made of, and doors for other protocols.\n\n"
    return "## Beside these\n\n" + intro + table(["route", "does"], rows)


def _headers(headers: Mapping[str, Any], gaps: list[str]) -> str:
    gaps += [
        f"the header {name} has no description" for name, header in headers.items() if not header.get("description")
    ]
    rows = [[f"`{name}`", paragraph(header.get("description", ""))] for name, header in sorted(headers.items())]
    return "## Headers of answers\n\n" + table(["header", "what it is"], rows)


def _resolve(node: Mapping[str, Any], components: Mapping[str, Any]) -> Mapping[str, Any]:
    reference = node.get("$ref")
    if reference is None:
        return node
    _, _, kind, name = reference.split("/", 3)
    resolved: Mapping[str, Any] = components[kind][name]
    return resolved


def _plain(path: str) -> str:
    """Return a path as a heading: its braces would be taken for attributes."""
    return cell(path.replace("{", "&#123;").replace("}", "&#125;"))
