"""The metadata of each CSV answer, where CSV on the Web looks for them: https://www.w3.org/TR/tabular-data-model/ .

They stand at the address of the CSV with ``-metadata.json`` after its path, and the CSV links to them, so that the
address that they name is the one that was asked.
"""

from __future__ import annotations

from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.responses import Response

from metiers_kg import __version__
from metiers_kg.api.negotiation import Representation
from metiers_kg.api.options import MAX_LIMIT, OPTIONS, read_options
from metiers_kg.api.problems import RequestError
from metiers_kg.api.repeatable import relative_link, version_headers
from metiers_kg.api.responses import asked, entity_tag, is_unchanged, respond, to_json_bytes
from metiers_kg.api.service import Service
from metiers_kg.queries import answer_bound, check_requirements, prepare
from metiers_kg.queries.csvw import describe_csv

__all__ = ["CSVW", "metadata_link", "tabular_metadata_router"]

CSVW = Representation("csvw", "application/csvm+json")
"""The form of the metadata; no address negotiates it."""

_SUFFIX = "-metadata.json"
_QUERY = "%!$&'()*+,;=:@/?"
"""What a query may hold unescaped (RFC 3986, section 3.4), and escapes."""


def metadata_link(path: str, query: str) -> str:
    """Return the link from a CSV answer to its metadata.

    >>> metadata_link("/queries/jobs/results.csv", "limit=5")
    '</queries/jobs/results.csv-metadata.json?limit=5>; rel="describedby"; type="application/csvm+json"'
    """
    # Whatever a client sent, nothing in it may end the reference.
    address = f"{path}{_SUFFIX}" + (f"?{quote(query, safe=_QUERY)}" if query else "")
    return f'<{address}>; rel="describedby"; type="{CSVW.media_type}"'


def tabular_metadata_router(service: Service) -> APIRouter:
    """Return the routes of the metadata."""
    router = APIRouter(tags=["saved queries"])

    @router.get(
        "/queries/{name}/results.csv-metadata.json",
        operation_id="results-metadata",
        summary="What the columns of a CSV answer are",
        response_class=Response,
    )
    @router.get("/queries/{name}/results-metadata.json", include_in_schema=False, response_class=Response)
    def metadata(request: Request, name: str) -> Response:
        """Describe the CSV that the same address without ``-metadata.json`` gives."""
        release = service.at(request.query_params.get("version"))
        query = release.catalogue.get_query(name)
        own = [parameter.name for parameter in query.parameters]
        options, values = read_options(request.query_params, request.headers.get("accept-language"), OPTIONS, own)
        if query.form != "select":
            raise RequestError("not-found", f"{name!r} gives no table; expected a SELECT query")
        check_requirements(release.store, query)
        bound = prepare(release.store, release.names, query, values)
        # The datatypes are those of the cells, so what decides these decides the metadata.
        tag = entity_tag(__version__, release.fingerprint, query.version, request.url.path, sorted(asked(request)))
        headers = version_headers(release.data_version, query)
        if is_unchanged(request, tag):
            return respond(request, b"", CSVW, tag=tag, headers=headers)
        result = answer_bound(
            release.store,
            release.names,
            query,
            bound,
            lang=options.lang,
            asserted=options.asserted,
            limit=options.limit or MAX_LIMIT,
            page=options.page,
        )
        if result.table is None:
            raise TypeError("expected a table")
        csv = request.url.path.rpartition("/")[2].removesuffix(_SUFFIX)
        following = csv + relative_link(asked(request), page=str(options.page + 1)) if result.has_next else ""
        document = describe_csv(
            query,
            result.table,
            f"{csv}?{quote(request.url.query, safe=_QUERY)}" if request.url.query else csv,
            options.dialect,
            data_version=release.data_version,
            following=following,
        )
        return respond(request, to_json_bytes(document), CSVW, tag=tag, headers=headers)

    return router
