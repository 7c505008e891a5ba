"""Where the project's texts are: ontology, data, saved queries, and the folder that is built from them.

A project may have data alone: terms and questions are then those that come with the code.
"""

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
        root: The folder that holds ``data/`` and, where they are its own, ``ontology/`` and ``queries/``.
        build: The folder that ``metiers-kg build`` writes.
    """

    root: Path
    build: Path

    @property
    def ontology(self) -> Path:
        """The folder of the ontology, its shapes and alignments."""
        return self._own_or_shared("ontology")

    @property
    def data(self) -> Path:
        """The folder of the data files: at its top and, a folder for each sector, below it."""
        return self.root / "data"

    @property
    def queries(self) -> Path:
        """The folder of the saved queries."""
        return self._own_or_shared("queries")

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

    def _own_or_shared(self, name: str) -> Path:
        own = self.root / name
        return own if own.is_dir() else _shared_root() / name

    def name_of(self, path: Path) -> str:
        """Return what a file of the project is called in manifests and messages: its path in the project.

        >>> Project(Path("/p"), Path("/p/build")).name_of(Path("/p/data/building/jobs.ttl"))
        'data/building/jobs.ttl'
        """
        for root in (self.root, _shared_root()):
            if path.is_relative_to(root):
                return path.relative_to(root).as_posix()
        return path.as_posix()

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
            if not any((found / name).is_dir() for name in ("ontology", "data")):
                raise InputError(f"{found}: expected a folder with data/, ontology/ and queries/; found none")
            default_build = found / "build"
        else:
            found = _shared_root()
            default_build = Path.cwd() / "metiers-kg-build" if found == _INSTALLED else found / "build"
        chosen = build or os.environ.get("METIERS_KG_BUILD")
        return cls(root=found, build=Path(chosen).expanduser().resolve() if chosen else default_build)


def _shared_root() -> Path:
    """Return the project that comes with the code: the repository it stands in, or what the package carries."""
    repository = _HERE.parents[1]
    return repository if (repository / "ontology").is_dir() else _INSTALLED
