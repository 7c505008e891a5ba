"""The bill of materials (SBOM) of an installed metiers-kg, as CycloneDX 1.6: what it needs, and what its pages bring.

``python -m tools.supply.bill_of_materials OUT.json`` writes it. Python's packages are as `cyclonedx-py` finds them in
the environment, less those that only developers need; those of the pages as ``assets/package-lock.json`` locks them.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name

from tools.supply.dependencies import ROOT, parts_by_dependency
from tools.supply.pages import page_components, page_lock

__all__ = ["bill_of_materials"]


def bill_of_materials() -> dict[str, Any]:
    """Return the bill: the same for the same environment and locks."""
    command = [
        sys.executable,
        "-m",
        "cyclonedx_py",
        "environment",
        "--output-reproducible",
        "--no-validate",
        "--sv",
        "1.6",
    ]
    command += ["--pyproject", str(ROOT / "pyproject.toml"), sys.executable]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 our own words
    bill: dict[str, Any] = json.loads(done.stdout)
    root = bill["metadata"]["component"]["bom-ref"]
    needed = set(parts_by_dependency())
    python = [one for one in bill["components"] if canonicalize_name(one["name"]) in needed]
    bill["components"] = [*python, *page_components(page_lock())]
    kept = {one["bom-ref"] for one in bill["components"]} | {root}
    bill["dependencies"] = [
        {**one, "dependsOn": [ref for ref in one.get("dependsOn", ()) if ref in kept]}
        for one in bill["dependencies"]
        if one["ref"] in kept
    ]
    return bill


if __name__ == "__main__":
    text = json.dumps(bill_of_materials(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    Path(sys.argv[1]).write_text(text, encoding="utf-8")
