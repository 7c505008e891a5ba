"""Earlier releases that answers can still be had from, opened when one is first asked for."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

from metiers_kg.api.problems import RequestError
from metiers_kg.errors import ParameterError, ParameterFault
from metiers_kg.store.releases import VERSION, KeptRelease, find_kept

__all__ = ["KeptReleases"]

T = TypeVar("T")

_OPEN = 2
"""How many releases stay open at once: each has its graph in memory."""


class KeptReleases(Generic[T]):
    """The releases that are kept beside a build folder, each opened once.

    A release that a build keeps meanwhile is found too, and one that it drops is gone.

    >>> from tempfile import mkdtemp
    >>> KeptReleases(Path(mkdtemp()) / "build").find()
    {}
    """

    def __init__(self, build: Path | None) -> None:
        self._build = build
        self._opened: OrderedDict[str, T] = OrderedDict()
        self._lock = Lock()

    def find(self) -> dict[str, KeptRelease]:
        """Return what is kept, by version, the last kept first."""
        return {} if self._build is None else find_kept(self._build)

    def open(self, version: str, current: str, make: Callable[[KeptRelease], T]) -> T:
        """Return the release of a version.

        Args:
            version: The version as the client gives it.
            current: The version that is served, to be told where another is not kept.
            make: Opens a release.

        Raises:
            ParameterError: It is no version at all.
            RequestError: It is not kept; the error lists those that are.
        """
        if not VERSION.fullmatch(version):
            expected = "the version of a release, as X-Data-Version and /releases tell it"
            raise ParameterError([ParameterFault("version", version, expected, (current, *self.find()))])
        with self._lock:
            if version not in self._opened:
                self._opened[version] = make(self._kept(version, current))
            self._opened.move_to_end(version)
            while len(self._opened) > _OPEN:
                self._opened.popitem(last=False)
            return self._opened[version]

    def _kept(self, version: str, current: str) -> KeptRelease:
        kept = self.find()
        if version not in kept:
            raise RequestError(
                "unknown-version",
                f"version: found {version!r}, expected the release that is served ({current}) or one that is kept",
                available=[current, *kept],
            )
        return kept[version]
