"""The parameters that belong to the service."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import QueryParams

from metiers_kg.api.options import OPTIONS, Options, read_options
from metiers_kg.errors import ParameterError
from metiers_kg.queries import LANGUAGES


def read(query: str, own: tuple[str, ...] = ("job",)) -> tuple[Options, dict[str, list[str]]]:
    """Read a query string of a client that prefers English."""
    return read_options(QueryParams(query), "en", OPTIONS, own)


def test_defaults() -> None:
    """Left out: the language preferred, all that is inferred, the first page."""
    assert read("") == (Options(lang="en"), {})
    assert read("lang=&limit=&page=&format=&entailment=&job=") == read("")


def test_values() -> None:
    """Each has its place, and the others are passed on with all their values."""
    assert read("lang=nl&entailment=asserted&limit=5&page=2&format=csv&job=a&job=b") == (
        Options(lang="nl", asserted=True, limit=5, page=2, format="csv"),
        {"job": ["a", "b"]},
    )
    assert read("entailment=owl-rl")[0].asserted is False


def test_every_fault_is_told() -> None:
    """All faults are told at once, each with what would be right."""
    with pytest.raises(ParameterError) as caught:
        read("lang=xx&limit=0&page=1&page=2&jbo=x&version=3")

    assert {fault.parameter: fault.suggestions for fault in caught.value.faults} == {
        "lang": (),
        "limit": (),
        "page": (),
        "jbo": ("job", "bom"),
        "version": (),
    }


def test_only_what_is_taken() -> None:
    """An address that takes no page refuses one."""
    with pytest.raises(ParameterError, match="page"):
        read_options(QueryParams("page=2"), None, ("lang",))


@given(st.dictionaries(st.sampled_from([*OPTIONS, "job", "x"]), st.text(max_size=8)))
def test_any_values(values: dict[str, str]) -> None:
    """No value gives anything but options or ParameterError."""
    try:
        options, others = read_options(QueryParams(values), None, OPTIONS, ("job",))
    except ParameterError:
        return
    assert options.lang in LANGUAGES
    assert set(others) <= {"job"}
