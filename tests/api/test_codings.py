"""Content codings."""

from __future__ import annotations

import gzip

import brotli
import pytest
import zstandard

from metiers_kg.api.codings import CODINGS, accepted_codings, encode, is_compressible

DECODERS = {"gzip": gzip.decompress, "br": brotli.decompress, "zstd": zstandard.decompress}


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, ()),
        ("", ()),
        ("gzip", ("gzip",)),
        ("x-gzip", ("gzip",)),
        ("GZIP;Q=0.5, br;q=1.0", ("br", "gzip")),
        ("gzip, deflate, br, zstd", ("zstd", "br", "gzip")),
        ("*", CODINGS),
        ("*;q=0", ()),
        ("identity", ()),
        ("gzip;q=0, *;q=0.1", ("zstd", "br")),
        ("gzip;q=0.5, identity", ()),
        ("compress, exi", ()),
        ("gzip;q=nonsense", ()),
        ("gzip;level=9", ("gzip",)),
    ],
)
def test_accepted(header: str | None, expected: tuple[str, ...]) -> None:
    """What a client takes is ranked by its weights, then by what costs least (RFC 9110, section 12.5.3)."""
    assert accepted_codings(header) == expected


@pytest.mark.parametrize("coding", CODINGS)
def test_bodies_come_back(coding: str) -> None:
    """A coded body is the same body, and the same bytes each time."""
    body = "métier,compétence\r\n".encode() * 100

    assert DECODERS[coding](encode(body, coding)) == body
    assert encode(body, coding) == encode(body, coding)


def test_packed_forms_are_left_alone() -> None:
    """Text becomes smaller; what is packed already does not."""
    types = (
        "text/csv; charset=utf-8",
        "application/sparql-results+xml",
        "application/ld+json",
        "application/n-triples",
    )
    packed = ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "image/png", "font/woff2")

    assert all(map(is_compressible, types))
    assert not any(map(is_compressible, packed))
