from __future__ import annotations

from metiers_kg.vocabulary import PREFIXES, compact, expand


def test_every_prefix_expands_what_it_compacts() -> None:
    """A prefixed name stands for the IRI it was made from, for each prefix."""
    iris = [namespace + "Thing" for namespace in PREFIXES.values()]

    assert iris == [expand(compact(iri)) for iri in iris]


def test_web_addresses_are_no_prefixed_names() -> None:
    """A text that starts like an address is not taken for a prefixed name."""
    assert expand("mkg://example.org") is None
