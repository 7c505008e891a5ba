"""What machines look for at known places: the dataset, its dumps, its queries as examples, and its releases."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, Request
from starlette.responses import FileResponse, RedirectResponse, Response

from metiers_kg import __version__
from metiers_kg.api.negotiation import GRAPH_TYPES, REPRESENTATIONS, negotiate
from metiers_kg.api.options import Options, read_options
from metiers_kg.api.problems import RequestError
from metiers_kg.api.repeatable import ENGINE_NAME, version_headers
from metiers_kg.api.responses import endpoint_of, entity_tag, is_unchanged, respond, to_json_bytes
from metiers_kg.api.service import Service
from metiers_kg.api.sparql_examples import catalogue_graph
from metiers_kg.api.void import DATASET, Dump, describe_dataset
from metiers_kg.store import GRAPH_FORMATS
from metiers_kg.vocabulary import kind_and_slug

__all__ = ["DUMPS", "well_known_router"]

DUMPS = {"/metiers.nq": "application/n-quads", "/metiers.nt": "application/n-triples"}
"""The files of the build that hold the whole graph, with their media types."""

_HTML, _JSON = REPRESENTATIONS["html"], REPRESENTATIONS["json"]


def well_known_router(service: Service, *, has_sparql: bool = True) -> APIRouter:
    """Return the routes of the descriptions and of what they describe; ``/sparql`` is where it *has_sparql*."""
    router = APIRouter(tags=["documents"])
    offered = (*GRAPH_TYPES, _HTML)
    kind, slug = kind_and_slug(DATASET) or ("", "")

    @router.get(
        "/.well-known/void", operation_id="dataset", summary="The dataset: VoID and DCAT", response_class=Response
    )
    def void(request: Request) -> Response:
        """Describe the dataset with its counts, services and files; who reads pages is led to its page."""
        options = _options(request)
        chosen = negotiate(offered, request.headers.get("accept"), options.format)
        if chosen.name == "html":
            return RedirectResponse(_mounted(request, f"/{kind}/{slug}"), 303, {"Vary": "Accept"})
        base = endpoint_of(request).removesuffix("/sparql")
        release = service.at(options.version)
        tag = entity_tag(__version__, release.data_version, "void", base, chosen.name)
        headers = version_headers(release.data_version)
        if is_unchanged(request, tag):
            return respond(request, b"", chosen, tag=tag, headers=headers)
        graph = describe_dataset(
            release.store,
            release.statistics,
            base,
            release.data_version,
            _dumps(release) if release is service else (),
            has_sparql=has_sparql,
        )
        return respond(request, graph.write(GRAPH_FORMATS[chosen.name]), chosen, tag=tag, headers=headers)

    @router.get(
        "/.well-known/sparql-examples",
        operation_id="sparql-examples",
        summary="The saved queries as SPARQL examples",
        response_class=Response,
    )
    def examples(request: Request) -> Response:
        """Give the catalogue as RDF in the form of the SIB's examples; who reads pages is led to the catalogue."""
        options = _options(request)
        chosen = negotiate(offered, request.headers.get("accept"), options.format)
        if chosen.name == "html":
            return RedirectResponse(_mounted(request, "/queries"), 303, {"Vary": "Accept"})
        release, endpoint = service.at(options.version), endpoint_of(request)
        tag = entity_tag(__version__, release.data_version, "sparql-examples", endpoint, chosen.name)
        headers = version_headers(release.data_version)
        if is_unchanged(request, tag):
            return respond(request, b"", chosen, tag=tag, headers=headers)
        graph = catalogue_graph(release.catalogue.values(), endpoint, release.missing)
        return respond(request, graph.write(GRAPH_FORMATS[chosen.name]), chosen, tag=tag, headers=headers)

    @router.get("/releases", operation_id="releases", summary="The releases to answer from", response_class=Response)
    def releases(request: Request) -> Response:
        """List the release that is served and the earlier ones that are kept, the last kept first."""
        read_options(request.query_params, None, taken=())
        document = {
            "current": {
                "version": service.data_version,
                "triples": sum(service.graphs.values()),
                "queries": len(service.catalogue),
            },
            "kept": [
                {"version": one.version, "kept": one.kept, "triples": one.triples, "queries": one.queries}
                for one in service.kept.find().values()
            ],
            "engine": ENGINE_NAME,
        }
        return respond(request, to_json_bytes(document), _JSON, headers=version_headers(service.data_version))

    def give(path: str, media_type: str) -> None:
        @router.get(
            path,
            operation_id=path.strip("/").replace(".", "-"),
            summary="The whole graph",
            response_class=Response,
            responses={200: {"content": {media_type: {}}}},
        )
        def dump(request: Request) -> Response:
            """Give the file that the build wrote."""
            read_options(request.query_params, None, taken=())
            file = _file(service, path)
            if file is None:
                raise RequestError("not-found", f"the build has no file {path.strip('/')}")
            return FileResponse(
                file, media_type=media_type, filename=file.name, headers=version_headers(service.data_version)
            )

    for path, media_type in DUMPS.items():
        give(path, media_type)
    return router


def _options(request: Request) -> Options:
    return read_options(request.query_params, request.headers.get("accept-language"), taken=("format", "version"))[0]


def _mounted(request: Request, path: str) -> str:
    """Return a path of this service as the client sees it, below the path that a proxy shows it at."""
    return f"{request.scope.get('root_path', '')}{path}"


def _file(service: Service, path: str) -> Path | None:
    if service.unstated is None:
        return None
    file = service.unstated.parent / path.strip("/")
    return file if file.is_file() else None


def _dumps(service: Service) -> list[Dump]:
    outputs = service.manifest.get("outputs", {})
    return [
        Dump(path, media_type, file.stat().st_size, outputs.get(file.name, ""))
        for path, media_type in DUMPS.items()
        if (file := _file(service, path)) is not None
    ]
