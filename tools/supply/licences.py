"""The licences that an installed metiers-kg rests on: a page of the reference, and the list of those it may rely on.

``python -m tools.supply.licences`` writes the page.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping

from packaging.utils import canonicalize_name

from tools.supply.dependencies import ROOT, parts_by_dependency
from tools.supply.pages import page_licences, page_lock

__all__ = ["ALLOWED", "CHOSEN", "PAGE", "licences", "not_allowed", "render"]

PAGE = ROOT / "docs" / "reference" / "licences.md"

ALLOWED = frozenset(
    {
        "0BSD",
        "Apache-2.0",
        "Artistic-1.0",
        "BSD",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "ISC",
        "MIT",
        "MIT-0",
        "MPL-2.0",
        "PSF-2.0",
        "Python-2.0",
        "Unlicense",
        "W3C",
        "W3C-20150513",
        "Zlib",
        "CC0-1.0",
        "CC-BY-4.0",
    }
)
"""Licences that a program under Apache-2.0 can rely on: permissive ones, and those that bind their own files alone."""

CHOSEN = {"text-unidecode": "Artistic-1.0"}
"""Of licences that a package offers to choose from, where its metadata lists them without saying so, the one taken."""

_NAMES = {
    "apache 2.0": "Apache-2.0",
    "apache license 2.0": "Apache-2.0",
    "apache license, version 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "apache software license 2.0": "Apache-2.0",
    "bsd license": "BSD",
    "bsd 3-clause": "BSD-3-Clause",
    "isc license (iscl)": "ISC",
    "isc license": "ISC",
    "mit license": "MIT",
    "the mit license (mit)": "MIT",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "python software foundation license": "PSF-2.0",
    "the unlicense (unlicense)": "Unlicense",
    "w3c software notice and license": "W3C",
}


def licences() -> Mapping[str, str]:
    """Return the licence of each run-time dependency that is installed, as its own metadata names it."""
    names = list(parts_by_dependency())
    command = [
        sys.executable,
        "-m",
        "piplicenses",
        "--from=mixed",
        "--format=json",
        "--with-system",
        "--packages",
        *names,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 our own words
    found: dict[str, str] = {canonicalize_name(one["Name"]): _short(one["License"]) for one in json.loads(done.stdout)}
    return {name: CHOSEN.get(name, found.get(name, "not installed")) for name in names}


def not_allowed(licence: str) -> bool:
    """Tell whether a licence is outside the list; of two that one may choose from, one is enough.

    >>> not_allowed("MIT OR GPL-3.0"), not_allowed("MIT AND GPL-3.0"), not_allowed("BSD-3-Clause; MIT")
    (False, True, False)
    """
    every = re.split(r"\s+AND\s+|;\s*", licence.replace("(", "").replace(")", ""))
    return not all(any(one.strip() in ALLOWED for one in part.split(" OR ")) for part in every)


def render(found: Mapping[str, str], pages: Mapping[str, str]) -> str:
    """Return the page of the licences of Python's packages and of those of the web pages."""
    parts = parts_by_dependency()
    rows = [f"| {name} | {', '.join(parts[name])} | {licence} |" for name, licence in found.items()]
    bundled = [f"| {name} | {licence} |" for name, licence in pages.items()]
    return _HEAD + "\n".join(rows) + _PAGES + "\n".join(bundled) + "\n"


def _short(licence: str) -> str:
    """Return an SPDX identifier where the name is known.

    >>> _short("MIT License; Apache Software License")
    'MIT; Apache-2.0'
    """
    return "; ".join(_NAMES.get(one.strip().lower(), one.strip()) for one in licence.split(";"))


_HEAD = """\
# Licences of the dependencies

What `pip install metiers-kg` and its extras bring along, on Linux, and under which licence, as each package says of
itself. Versions are in `uv.lock`. `make licences` writes this page, and a test fails where a dependency is missing here
or has a licence that is not on the list in `tools/supply/licences.py`: permissive ones, and some that bind their own
files alone.

| package | needed by | licence |
|---|---|---|
"""
_PAGES = """

text-unidecode may be taken under the Artistic License or under the GPL; it is taken under the former. The project's
own: code Apache-2.0, ontology and data CC BY 4.0 (the file NOTICE).

## What the pages load

The npm packages that `assets/package-lock.json` locks for the scripts of the pages. What is taken of them is bundled
into the package; their licences lie beside it, in `metiers_kg/web/static/built/LICENCES.txt`.

| package | licence |
|---|---|
"""


if __name__ == "__main__":
    PAGE.write_text(render(licences(), page_licences(page_lock())), encoding="utf-8")
