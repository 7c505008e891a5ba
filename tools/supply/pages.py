"""The npm packages of the pages as locked: what is bundled into the package, and what only bundles it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from tools.supply.dependencies import ROOT

__all__ = ["page_components", "page_licences", "page_lock"]

_UNTOLD = {"jsuri": "MIT"}
"""The licences of packages whose description names none, as the file LICENSE in them says."""


def page_lock() -> Mapping[str, Any]:
    """Return what ``assets/package-lock.json`` locks."""
    lock: Mapping[str, Any] = json.loads((ROOT / "assets" / "package-lock.json").read_text(encoding="utf-8"))
    return lock


def page_components(lock: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the CycloneDX components of a package lock (version 3); what only builds the pages is marked as excluded.

    >>> lock = {"packages": {"": {}, "node_modules/d3": {"version": "7.9.0", "license": "ISC"}}}
    >>> [one["purl"] for one in page_components(lock)]
    ['pkg:npm/d3@7.9.0']
    """
    for path, told in sorted(lock.get("packages", {}).items()):
        if not path or told.get("link"):
            continue
        name = _name(path, told)
        licence = _licence(name, told)
        yield {
            "type": "library",
            "bom-ref": f"{path}@{told['version']}",
            "name": name,
            "version": told["version"],
            "purl": f"pkg:npm/{name.replace('@', '%40')}@{told['version']}",
            "scope": "excluded" if told.get("dev") else "required",
            **({"licenses": [{"expression": licence}]} if licence else {}),
        }


def page_licences(lock: Mapping[str, Any]) -> Mapping[str, str]:
    """Return the licence of each package that the pages may load, by name; those of several versions by ``;``.

    >>> page_licences({"packages": {"node_modules/d3": {"license": "ISC"}, "node_modules/esbuild": {"dev": True}}})
    {'d3': 'ISC'}
    """
    found: dict[str, set[str]] = {}
    for path, told in lock.get("packages", {}).items():
        if path and not told.get("link") and not told.get("dev"):
            name = _name(path, told)
            found.setdefault(name, set()).add(_licence(name, told) or "not named")
    return {name: "; ".join(sorted(each)) for name, each in sorted(found.items())}


def _name(path: str, told: Mapping[str, Any]) -> str:
    return str(told.get("name") or path.rpartition("node_modules/")[2])


def _licence(name: str, told: Mapping[str, Any]) -> str:
    return str(told.get("license") or _UNTOLD.get(name, "")).removeprefix("(").removesuffix(")")
