"""The OpenAPI document, and the page ``/docs`` that shows it by Swagger UI, without any other host.

Everything it loads is served here: the strict Content-Security-Policy allows neither scripts of a CDN nor scripts,
styles or images within a page. The images that Swagger UI's style sheet holds in itself become files of their own.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import re
from collections.abc import Mapping
from importlib.resources import files
from urllib.parse import unquote_to_bytes

from fastapi import APIRouter, FastAPI, Request
from starlette.responses import Response

from metiers_kg.api.negotiation import REPRESENTATIONS
from metiers_kg.api.options import read_options
from metiers_kg.api.problems import RequestError
from metiers_kg.api.responses import entity_tag, is_unchanged, respond, to_json_bytes

__all__ = ["reference_router"]

_PAGE = """<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <title>metiers_kg — API</title>
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <link rel="icon" href="docs/icon.png" type="image/png">
  <link rel="stylesheet" href="docs/swagger-ui.css">
  <link rel="stylesheet" href="docs/page.css">
</head>
<body>
  <nav aria-label="metiers_kg">
    <a href=".">metiers_kg</a> · <a href="queries">queries</a> · <a href="openapi.json">openapi.json</a>
  </nav>
  <main id="reference"><noscript><p>This page needs JavaScript; <a href="openapi.json">openapi.json</a> and the
    <a href="queries">list of queries</a> do without.</p></noscript></main>
  <script src="docs/swagger-ui-bundle.js"></script>
  <script src="docs/page.js"></script>
</body>
</html>
"""

# Without a validator, which would be another host.
_SCRIPT = """SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#reference",
  deepLinking: true,
  docExpansion: "none",
  defaultModelsExpandDepth: -1,
  filter: true,
  validatorUrl: null,
});
"""

_STYLE = """body { margin: 0; }
body > nav { max-width: 1460px; margin: 0 auto; padding: 1rem 20px 0; font: 1rem/1.5 system-ui, sans-serif; }
"""

_TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "svg": "image/svg+xml",
}
_INNER_IMAGE = re.compile(
    rb"""url\((?P<mark>["']?)
    data:image/(?P<kind>[a-z]+)[^,"')]*?(?P<coded>;base64)?,
    (?P<body>(?:[^"'\\)] | \\. | (?!(?P=mark)\))["')])*)  # escapes, and marks that do not end the address
    (?P=mark)\)""",
    re.VERBOSE,
)


def reference_router() -> APIRouter:
    """Return the routes of the document, of its page, and of the files that the page loads."""
    router = APIRouter(tags=["documents"])

    @functools.lru_cache(maxsize=8)  # one for each path that proxies show the service at
    def write_document(app: FastAPI, root_path: str) -> tuple[bytes, str]:
        servers = {"servers": [{"url": root_path}]} if root_path else {}
        body = to_json_bytes({**app.openapi(), **servers}, indented=False)
        return body, entity_tag(hashlib.sha256(body).hexdigest())

    @router.get("/openapi.json", include_in_schema=False, response_class=Response)
    def document(request: Request) -> Response:
        """Give the OpenAPI document, compressed, and only to who has not got it."""
        read_options(request.query_params, None, taken=())
        body, tag = write_document(request.app, request.scope.get("root_path", "").rstrip("/"))
        return respond(request, body, REPRESENTATIONS["json"], tag=tag)

    @router.get("/docs", operation_id="docs", summary="This contract as a page", response_class=Response)
    def page(request: Request) -> Response:
        """Show every operation, with forms to try it."""
        read_options(request.query_params, None, taken=())
        return _give(request, _PAGE.encode(), "text/html; charset=utf-8")

    @router.get("/docs/{name}", include_in_schema=False, response_class=Response)
    def part(request: Request, name: str) -> Response:
        """Give a file that the page loads."""
        body = _parts().get(name)
        if body is None:
            raise RequestError("not-found", f"no file {name!r} belongs to this page", available=sorted(_parts()))
        return _give(request, body, _TYPES[name.rpartition(".")[2]])

    return router


def _give(request: Request, body: bytes, content_type: str) -> Response:
    tag = entity_tag(hashlib.sha256(body).hexdigest())
    headers = {"ETag": tag, "Cache-Control": "public, max-age=3600", "Content-Type": content_type}
    return Response(status_code=304, headers=headers) if is_unchanged(request, tag) else Response(body, headers=headers)


@functools.cache
def _parts() -> Mapping[str, bytes]:
    """Return the files of the page by name: our own, and those of Swagger UI."""
    ui = files("fastapi_swagger.resources")
    style, images = _take_out_images(ui.joinpath("swagger-ui.css").read_bytes())
    return {
        "page.css": _STYLE.encode(),
        "page.js": _SCRIPT.encode(),
        "swagger-ui.css": style,
        "swagger-ui-bundle.js": ui.joinpath("swagger-ui-bundle.js").read_bytes(),
        "icon.png": ui.joinpath("favicon-32x32.png").read_bytes(),
        **images,
    }


def _take_out_images(style: bytes) -> tuple[bytes, dict[str, bytes]]:
    r"""Return a style sheet that names its images, and the images that it held.

    >>> _take_out_images(b'a { background: url("data:image/svg+xml,<svg a=\\"%20b\\"/>") }')
    (b'a { background: url(image-1.svg) }', {'image-1.svg': b'<svg a=" b"/>'})
    """
    images: dict[str, bytes] = {}

    def name(match: re.Match[bytes]) -> bytes:
        body = unquote_to_bytes(re.sub(rb"\\(.)", rb"\1", match["body"]))
        file = f"image-{len(images) + 1}.{match['kind'].decode()}"
        images[file] = base64.b64decode(body) if match["coded"] else body
        return f"url({file})".encode()

    return _INNER_IMAGE.sub(name, style), images
