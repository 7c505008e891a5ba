"""What hatchling asks before it builds a wheel or sdist: whether the scripts of the pages were bundled."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BundledPages(BuildHookInterface[BuilderConfig]):
    """Refuses a wheel or sdist whose pages would lack their scripts; a checkout may be installed without."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Leave with what to do where the bundles are missing; *version* is `editable` for a checkout."""
        bundles = Path(self.root, "src", "metiers_kg", "web", "static", "built", "page.js")
        if version != "editable" and not bundles.is_file():
            self.app.abort(f"{bundles}: not found; `make assets` bundles the scripts of the pages, then build again")
