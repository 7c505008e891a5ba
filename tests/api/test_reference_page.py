"""The page of the contract, and what it loads."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient


def test_the_page_loads_from_here_alone(client: TestClient) -> None:
    """Every script, style and image is served here, in files of their own, as the strict policy asks."""
    page = client.get("/docs")
    assert "default-src 'self'" in page.headers["content-security-policy"]
    assert not re.search(r"<script>|<style|style=|\son\w+=|//", page.text.partition(">")[2])
    parts = re.findall(r'(?:src|href)="(docs/[^"]+)"', page.text)
    assert len(parts) == 5
    for part in parts:
        assert client.get(f"/{part}").status_code == 200


def test_styles_name_their_images(client: TestClient) -> None:
    """No image is held in the style sheet; those that it names are there."""
    style = client.get("/docs/swagger-ui.css").text
    images = set(re.findall(r"url\((image-[^)]+)\)", style))
    assert "data:" not in style
    assert len(images) > 10
    for image in images:
        assert client.get(f"/docs/{image}").headers["content-type"].startswith("image/")


def test_no_other_host_is_asked(client: TestClient) -> None:
    """The document is read from here, and no validator elsewhere is sent it."""
    script = client.get("/docs/page.js").text
    assert 'url: "openapi.json"' in script
    assert "validatorUrl: null" in script


def test_parts_are_kept_by_browsers(client: TestClient) -> None:
    """A part that the browser has is not sent again."""
    first = client.get("/docs/swagger-ui-bundle.js")
    again = client.get("/docs/swagger-ui-bundle.js", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(("path", "status"), [("/docs/nothing.js", 404), ("/docs?theme=dark", 422)])
def test_what_is_not_there_is_refused(client: TestClient, path: str, status: int) -> None:
    """Files that do not belong to the page, and parameters, are refused."""
    assert status == client.get(path).status_code


def test_the_document_is_sent_small_and_once(client: TestClient) -> None:
    """The document is compressed, and who has it is not sent it again."""
    first = client.get("/openapi.json", headers={"accept-encoding": "gzip"})
    assert first.headers["content-encoding"] == "gzip"
    again = client.get("/openapi.json", headers={"accept-encoding": "gzip", "if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
