"""Addresses of pages: which may be linked, and how they keep the language and the parameters of the reader."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from urllib.parse import quote, urlencode

from metiers_kg.api.pages import Asked

__all__ = ["link_address", "query_address", "replaced", "rooted"]

_OWN_PATH = re.compile(r'(?<=\s)(href|action|src|data-from)="/(?!/)')
"""An attribute that names a path of ours. Text cannot look so: its quotes are escaped."""


@lru_cache(maxsize=8192)  # a page of many links names the same things again and again
def link_address(href: str, lang: str) -> str | None:
    """Return *href* ready to be a link, a page of ours in the reader's language; None where it must not be one.

    Data can name anything; only pages of ours and web addresses become links.

    >>> link_address("/ontology#Job", "en")
    '/ontology?lang=en#Job'
    >>> link_address("http://data.europa.eu/esco/isco/C2120", "en")
    'http://data.europa.eu/esco/isco/C2120'
    >>> link_address("javascript:alert(1)", "en") is link_address("//example.org", "en") is None
    True
    """
    if href.lower().startswith(("http://", "https://")):
        return href
    if not href.startswith("/") or href.startswith(("//", "/\\")):
        return None
    before, hash_, fragment = href.partition("#")
    path, _, query = before.partition("?")
    # Slugs may hold any letter; what urlencode has written stays as it is.
    path = quote(path, safe="/%:@!$&'()*+,;=~-._")
    parameters = f"{query}&lang={lang}" if query else f"lang={lang}"
    return f"{path}?{parameters}{hash_}{fragment}"


def query_address(name: str, values: Mapping[str, Sequence[str]] | None = None, *, suffix: str | None = "") -> str:
    """Return the address of a saved query's results, as *suffix* where one is given; of its page where that is None.

    >>> query_address("job-competences", {"job": ["bio-informaticien"]}, suffix="csv")
    '/queries/job-competences/results.csv?job=bio-informaticien'
    >>> query_address("job-competences", suffix=None)
    '/queries/job-competences'
    """
    path = f"/queries/{quote(name)}" + ("" if suffix is None else f"/results.{suffix}" if suffix else "/results")
    query = urlencode([(key, value) for key, given in (values or {}).items() for value in given])
    return f"{path}?{query}" if query else path


def replaced(asked: Asked, changes: Mapping[str, str | None]) -> str:
    """Return the address of this same page with some parameters changed, or left out where None.

    >>> replaced([("job", "bio"), ("lang", "fr"), ("page", "2")], {"lang": "en", "page": None})
    '?job=bio&lang=en'
    """
    kept = [(name, value) for name, value in asked if name not in changes and value]
    added = [(name, value) for name, value in changes.items() if value is not None]
    return "?" + urlencode([*kept, *added])


def rooted(page: str, root_path: str) -> str:
    """Return a page whose addresses of this service begin with the path below which a proxy shows it.

    >>> rooted('<a href="/queries">…</a> <a href="https://example.org/">…</a>', "/kg")
    '<a href="/kg/queries">…</a> <a href="https://example.org/">…</a>'
    """
    return _OWN_PATH.sub(rf'\1="{root_path}/', page)
