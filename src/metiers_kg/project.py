"""Where the project's texts are: ontology, data, saved queries, and the folder that is built from them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from metiers_kg.errors import InputError

__all__ = ["Project"]

_HERE = Path(__file__).resolve().parent
_INSTALLED = _HERE / "_project"


@dataclass(frozen=True, slots=True)
class Project:
    """The folders of one project.

    Attributes:
        root: The folder that holds ``ontology/``, ``data/`` and ``queries/``.
        build: The folder that ``metiers-kg build`` writes.
    """

    root: Path
    build: Path

    @property
    def ontology(self) -> Path:
        """The folder of the ontology, its shapes and alignments."""
        return self.root / "ontology"

    @property
    def data(self) -> Path:
        """The folder of the data files."""
        return self.root / "data"

    @property
    def queries(self) -> Path:
        """The folder of the saved queries."""
        return self.root / "queries"

    @property
    def checks(self) -> Path:
        """The folder of the checks: queries that must give no row."""
        return self.queries / "checks"

    @property
    def imports(self) -> Path:
        """The folder of the imported vocabularies: a folder each, with ``graph.nt`` and ``manifest.json``.

        ``METIERS_KG_IMPORTS`` names it; else it is ``imports/`` in the project, or ``metiers-kg-imports/`` beside the
        build folder where the package is installed.
        """
        if named := os.environ.get("METIERS_KG_IMPORTS"):
            return Path(named).expanduser().resolve()
        return self.build.with_name("metiers-kg-imports") if self.root == _INSTALLED else self.root / "imports"

    @classmethod
    def find(cls, root: str | Path | None = None, build: str | Path | None = None) -> Project:
        """Find the project, and the folder it is built in.

        Looks at *root*, then ``METIERS_KG_ROOT``, then the repository this code stands in, then the package itself
        (installed from a wheel). The build folder is *build*, or ``METIERS_KG_BUILD``, or ``build/`` in a
        repository, or ``metiers-kg-build/`` in the working folder where the package is installed.

        Raises:
            InputError: A folder that was named holds no project.
        """
        named = root or os.environ.get("METIERS_KG_ROOT")
        if named:
            found = Path(named).expanduser().resolve()
            if not (found / "ontology").is_dir():
                raise InputError(f"{found}: expected a folder with ontology/, data/ and queries/; found none")
            default_build = found / "build"
        elif (_HERE.parents[1] / "ontology").is_dir():
            found = _HERE.parents[1]
            default_build = found / "build"
        else:
            found = _INSTALLED
            default_build = Path.cwd() / "metiers-kg-build"
        chosen = build or os.environ.get("METIERS_KG_BUILD")
        return cls(root=found, build=Path(chosen).expanduser().resolve() if chosen else default_build)
