"""The OpenAPI document: one operation for each saved query, with its parameters, beside the fixed routes.

It follows https://spec.openapis.org/oas/v3.1.0 and is made once, from the routes and the catalogue: a file that is
added to the catalogue is an operation, and needs no code.
"""

from __future__ import annotations

from fastapi import FastAPI

from metiers_kg.api.openapi_parts import Schema, components
from metiers_kg.api.openapi_queries import RESULTS, query_operation, query_tag, results_operation
from metiers_kg.api.openapi_routes import ROUTES, describe_route, move_to_body
from metiers_kg.queries import Catalogue

__all__ = ["build_openapi"]

_TAGS = {
    "documents": "What the graph holds, in forms for readers and for programs",
    "resources": "What the graph says of one job, competence, factor …",
    "sparql": "Queries of your own, by the SPARQL 1.1 Protocol",
    "overlap": "How near jobs are, what they share and miss, what is within reach",
    "saved queries": "The catalogue of questions; each is an operation of its own below",
}


def build_openapi(app: FastAPI, catalogue: Catalogue, *, has_pages: bool = False) -> Schema:
    """Return the document of *app*; *has_pages* tells whether answers and errors may be pages too."""
    document: Schema = app.openapi()
    paths = document["paths"]
    _add_suffixes(paths)
    _add_contract(paths)
    document["components"] = components((*paths, RESULTS), has_pages=has_pages)
    for path, operations in paths.items():
        for method, operation in operations.items():
            describe_route(operation, path, has_pages=has_pages)
            if method == "post":
                move_to_body(operation)
    taken = {operation["operationId"] for operations in paths.values() for operation in operations.values()}
    paths[RESULTS + ".{suffix}"] = {"get": results_operation(has_pages=has_pages)}
    _name_choices(paths, catalogue)
    for query in catalogue.values():
        operation_id = f"query-{query.name}" if query.name in taken else query.name
        paths[f"/queries/{query.name}/results"] = {"get": query_operation(query, operation_id, has_pages=has_pages)}
    groups = sorted({query_tag(query) for query in catalogue.values()} - _TAGS.keys())
    document["security"] = [{}, {"token": []}]
    document["tags"] = [{"name": name, "description": text} for name, text in _TAGS.items()]
    document["tags"] += [{"name": group} for group in groups]
    return document


def _add_suffixes(paths: Schema) -> None:
    """Add the addresses that name their form, which do what those without a suffix do."""
    for path in ROUTES:
        plain = path.removesuffix(".{suffix}")
        if plain != path and plain in paths:
            operation = paths[plain]["get"]
            paths[path] = {
                "get": {
                    **operation,
                    "operationId": f"{operation['operationId']}-as",
                    "summary": f"{operation['summary']}, in a form named by the address",
                }
            }


def _name_choices(paths: Schema, catalogue: Catalogue) -> None:
    """Tell the names and themes of the catalogue where one of them is asked for."""
    tags = sorted({tag for query in catalogue.values() for tag in query.tags})
    chosen = {"name": list(catalogue), "tag": tags}
    for path, operations in paths.items():
        if path.startswith("/queries"):
            for parameter in operations["get"]["parameters"]:
                if chosen.get(parameter.get("name", "")):
                    parameter["schema"] = {"type": "string", "enum": chosen[parameter["name"]]}


def _add_contract(paths: Schema) -> None:
    """Add this document itself."""
    paths["/openapi.json"] = {
        "get": {
            "operationId": "openapi",
            "summary": "This document",
            "tags": ["documents"],
            "responses": {},
        }
    }
