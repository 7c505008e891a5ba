from __future__ import annotations

import metiers_kg.queries


def test_public_names_are_sorted() -> None:
    """Everything the package offers is listed, in order."""
    names = metiers_kg.queries.__all__
    assert sorted(names, key=lambda name: (not name.isupper(), name.islower(), name)) == names


def test_everything_public_is_documented() -> None:
    """Each public name says what it is."""
    public = [getattr(metiers_kg.queries, name) for name in metiers_kg.queries.__all__]
    assert [] == [item for item in public if not isinstance(item, tuple) and not item.__doc__]
