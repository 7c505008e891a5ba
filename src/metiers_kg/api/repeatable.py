"""What makes an answer repeatable: the versions that it rests on, and its permanent address."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from metiers_kg import __version__
from metiers_kg.queries import SavedQuery
from metiers_kg.store import ENGINE

__all__ = ["ENGINE_NAME", "permanent_link", "relative_link", "version_headers"]

ENGINE_NAME = f"metiers-kg/{__version__} {ENGINE}"
"""The software that answers, as headers name it."""

_SHORT = 12


def version_headers(data_version: str, query: SavedQuery | None = None) -> dict[str, str]:
    """Return the headers that name what an answer rests on: data, query and engine.

    The data version is that of graph and catalogue together; the query version is a hash of the one file.

    >>> sorted(version_headers("0123456789ab"))
    ['X-Data-Version', 'X-Engine']
    """
    headers = {"X-Data-Version": data_version, "X-Engine": ENGINE_NAME}
    return headers if query is None else headers | {"X-Query-Version": query.version[:_SHORT]}


def permanent_link(path: str, asked: Sequence[tuple[str, str]], data_version: str) -> str:
    """Return the link to where the same answer is given as long as its release is kept, and to the releases there are.

    ``bookmark`` and ``version-history`` are relations of the IANA registry.

    >>> permanent_link("/queries/jobs/results.csv", [("limit", "5")], "0123456789ab")
    '</queries/jobs/results.csv?limit=5&version=0123456789ab>; rel="bookmark", </releases>; rel="version-history"'
    """
    given = [(name, value) for name, value in asked if name != "version"]
    address = f"{path}?{urlencode([*given, ('version', data_version)])}"
    return f'<{address}>; rel="bookmark", </releases>; rel="version-history"'


def relative_link(asked: Sequence[tuple[str, str]], **changed: str) -> str:
    """Return the address of another answer of the same resource, as a reference that any proxy leaves right.

    Its parameters are sorted, so that the same request in another order gives the same bytes.

    >>> relative_link([("page", "1"), ("job", "chimiste")], page="2")
    '?job=chimiste&page=2'
    """
    given = [(name, value) for name, value in asked if name not in changed and value]
    return "?" + urlencode(sorted([*given, *changed.items()], key=lambda pair: pair[0]))
