from __future__ import annotations

import re

import pytest

from tools.supply.licences import PAGE, licences, not_allowed
from tools.supply.pages import page_licences, page_lock


@pytest.fixture(scope="module")
def found() -> dict[str, str]:
    """The licences of what is installed."""
    return dict(licences())


def test_every_licence_may_be_relied_on(found: dict[str, str]) -> None:
    """No run-time dependency has a licence outside the list."""
    assert {} == {name: licence for name, licence in found.items() if not_allowed(licence)}


def test_every_dependency_is_on_the_page(found: dict[str, str]) -> None:
    """The page has the licence of every run-time dependency; `make licences` renews it."""
    rows = re.findall(r"^\| (\S+) \| [a-z, ]+ \| (.+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)

    assert not found.items() - dict(rows).items()


def test_every_licence_of_the_pages_may_be_relied_on() -> None:
    """No package that the pages are bundled with has a licence outside the list."""
    assert {} == {name: licence for name, licence in page_licences(page_lock()).items() if not_allowed(licence)}


def test_every_package_of_the_pages_is_on_the_page() -> None:
    """The page has the licence of every package that the pages may load; `make licences` renews it."""
    rows = re.findall(r"^\| (\S+) \| ([^|]+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)

    assert not page_licences(page_lock()).items() - dict(rows).items()


def test_dependencies_of_developers_are_no_part(found: dict[str, str]) -> None:
    """What only tests and documentation need is not asked."""
    assert {"pyoxigraph", "fastapi", "rdflib", "mcp", "scikit-learn"} <= set(found)
    assert not {"pytest", "mkdocs", "hatchling"} & set(found)


@pytest.mark.parametrize("licence", ["GPL-3.0", "MIT AND GPL-2.0", "UNKNOWN", "not installed", "MIT; AGPL-3.0"])
def test_other_licences_are_refused(licence: str) -> None:
    """A licence that is not on the list, alone or beside another that is, is refused."""
    assert not_allowed(licence)
