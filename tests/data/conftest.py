"""What questions to the graph of this repository need."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from metiers_kg.queries import Catalogue, Names, answer
from metiers_kg.store import Store

Ask = Callable[..., list[dict[str, object]]]


@pytest.fixture(scope="module")
def ask(store: Store, names: Names, catalogue: Catalogue) -> Ask:
    """Ask a saved query; give its rows as records. A value is a text or a list of texts."""

    def rows(name: str, *, lang: str = "fr", **values: str | list[str]) -> list[dict[str, object]]:
        given = {key: value if isinstance(value, list) else [value] for key, value in values.items()}
        result = answer(store, names, catalogue.get_query(name), given, lang=lang)
        assert result.table is not None
        return result.table.records()

    return rows
