from __future__ import annotations

import json
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tools.supply.bill_of_materials import bill_of_materials
from tools.supply.dependencies import parts_by_dependency
from tools.supply.pages import page_components, page_lock

LOCK = {
    "packages": {
        "": {"name": "pages"},
        "node_modules/d3": {"version": "7.9.0", "license": "ISC"},
        "node_modules/@types/d3": {"version": "7.4.3", "dev": True},
    }
}


@pytest.fixture(scope="module")
def bill() -> dict[str, Any]:
    """The bill of this environment."""
    return bill_of_materials()


def test_bill_is_cyclonedx(bill: dict[str, Any]) -> None:
    """The bill keeps to the schema of CycloneDX 1.6; a few components of each sort stand for all, which take long."""
    few = {**bill, "components": [*bill["components"][:3], *page_components(LOCK)], "dependencies": []}

    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(few)) is None


def test_bill_has_what_the_wheel_needs(bill: dict[str, Any]) -> None:
    """Every run-time dependency is in it with version and licence, and no developer's tool."""
    python = [one for one in bill["components"] if one["purl"].startswith("pkg:pypi/")]

    assert len(parts_by_dependency()) == len(python)
    assert all(one["version"] and one["licenses"] for one in python)
    assert "metiers-kg" == bill["metadata"]["component"]["name"]


def test_what_depends_on_what_stays_inside(bill: dict[str, Any]) -> None:
    """No dependency points to what is not in the bill."""
    known = {one["bom-ref"] for one in bill["components"]} | {bill["metadata"]["component"]["bom-ref"]}

    assert {ref for one in bill["dependencies"] for ref in one["dependsOn"]} <= known


def test_libraries_of_the_pages_are_in_it() -> None:
    """What a package lock of npm names is in the bill; what only builds the pages is marked so."""
    scopes = {one["purl"]: one["scope"] for one in page_components(LOCK)}

    assert {"pkg:npm/d3@7.9.0": "required", "pkg:npm/%40types/d3@7.4.3": "excluded"} == scopes


def test_locked_packages_of_the_pages_are_in_it(bill: dict[str, Any]) -> None:
    """Every package that the pages are bundled with is in the bill, with its licence."""
    pages = [one for one in bill["components"] if one["purl"].startswith("pkg:npm/")]

    assert len(page_lock()["packages"]) - 1 == len(pages)
    assert all(one["licenses"] for one in pages)
