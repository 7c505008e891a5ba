"""What of the network is shown: around what, as filtered, within the limit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from metiers_kg.network import Link, Network, Wish
from metiers_kg.network.asking import select
from metiers_kg.vocabulary import BASE

A, CHIMIE, SECTOR = (BASE + name for name in ("job/a", "competence/chimie", "sub-sector/s"))


def _select(network: Network, wish: Wish, near: tuple[Link, ...] = ()) -> set[str]:
    return {iri.removeprefix(BASE) for iri in select(network, wish, near, str).nodes}


def test_around_a_job(network: Network) -> None:
    """Around a job stand what it requires, what touches it, and where it evolves."""
    found = _select(network, Wish((A,)))

    assert {"job/a", "competence/chimie", "competence/rigueur", "factor/f", "sub-sector/t"} == found


def test_around_a_sub_sector(network: Network) -> None:
    """Around a sub-sector stand its jobs, those of narrower ones too, with what these require and are touched by."""
    assert {"sub-sector/s", "sub-sector/t", "job/a", "competence/chimie", "competence/rigueur", "factor/f"} == _select(
        network, Wish((SECTOR,))
    )


def test_without_a_centre(network: Network) -> None:
    """Without a centre there are the jobs and sub-sectors that are tied to anything."""
    assert {"job/a", "job/b", "sub-sector/s", "sub-sector/t"} == _select(network, Wish())


def test_expanding_adds_neighbours(network: Network) -> None:
    """An expanded node brings what it is tied to, and all stays that was there."""
    wish = Wish((A,))
    more = replace(wish, expanded=(CHIMIE,))

    assert {"job/b"} == _select(network, more) - _select(network, wish)


@pytest.mark.parametrize(
    ("options", "gone"),
    [
        ({"kinds": ("job", "competence")}, {"factor/f", "sub-sector/t"}),
        ({"levels": ("essential",)}, {"competence/rigueur"}),
        ({"stated": ("explicit",)}, {"competence/rigueur"}),
        ({"domains": ("economic",)}, {"factor/f"}),
        ({"sorts": ("attitude",)}, {"competence/chimie"}),
    ],
)
def test_filters(network: Network, options: dict[str, tuple[str, ...]], gone: set[str]) -> None:
    """Each filter leaves out what it does not name, and only of its kind."""
    wish = Wish((A,))

    assert gone == _select(network, wish) - _select(network, replace(wish, **options))  # type: ignore[arg-type]


def test_a_centre_is_never_filtered_out(network: Network) -> None:
    """What the network is about is there, whatever its kind."""
    assert "job/a" in _select(network, Wish((A,), kinds=("competence",)))


def test_near_jobs_are_neighbours(network: Network) -> None:
    """A job that is near comes with its link."""
    assert "job/c" in _select(network, Wish((A,)), (Link(A, BASE + "job/c", "near", score=0.5),))


def test_the_limit_tells_what_it_leaves_out(network: Network) -> None:
    """The centre stays, then what has most ties; the rest is counted by kind."""
    part = select(network, Wish((A,), most=2), (), str)

    assert (2, True, 3) == (len(part.nodes), A in part.nodes, sum(part.left_out.values()))
    assert {"competence", "factor", "sub-sector"} >= set(part.left_out)


def test_links_between_neighbours_come_too(network: Network) -> None:
    """Links are those between all nodes that are shown, each once."""
    links = select(network, Wish((A, CHIMIE)), (), str).links

    assert len(links) == len({id(link) for link in links})
    assert (BASE + "job/b", CHIMIE) in {(link.source, link.target) for link in links}
