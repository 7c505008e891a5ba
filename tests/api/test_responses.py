"""Headers of answers."""

from __future__ import annotations

from starlette.requests import Request

from metiers_kg.api.negotiation import REPRESENTATIONS
from metiers_kg.api.responses import entity_tag, is_unchanged, page_links, respond


def request(query: str = "", **headers: str) -> Request:
    """Make a request for /x."""
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "path": "/x", "query_string": query.encode(), "headers": raw, "server": ("h", 80)})


def test_entity_tag() -> None:
    """A tag depends on every part, and on which part it is."""
    assert len({entity_tag("a", "b"), entity_tag("ab", ""), entity_tag("b", "a"), entity_tag("a", ["b"])}) == 4


def test_is_unchanged() -> None:
    """Tags are compared one by one, weak ones as strong ones."""
    assert is_unchanged(request(if_none_match='"a", W/"b"'), '"b"')
    assert not is_unchanged(request(if_none_match='"a"'), '"b"')
    assert not is_unchanged(request(), '"b"')


def test_page_links() -> None:
    """Links keep the other parameters, repeated ones too, and escape them."""
    assert page_links(request("a=1&a=%26&page=2"), 2, has_next=True) == {
        "Link": '</x?a=1&a=%26&page=1>; rel="first", </x?a=1&a=%26&page=1>; rel="prev", '
        '</x?a=1&a=%26&page=3>; rel="next", </source/dataset>; rel="describedby"'
    }
    assert page_links(request(), 1, has_next=False) == {"Link": '</source/dataset>; rel="describedby"'}


def test_not_modified_has_no_body() -> None:
    """304 keeps the headers that caches need."""
    response = respond(request(if_none_match='"a"'), b"body", REPRESENTATIONS["csv"], tag='"a"', lang="fr")

    assert (response.status_code, response.body, response.headers["etag"]) == (304, b"", '"a"')
    assert response.headers["vary"] == "Accept, Accept-Language, Accept-Encoding"
