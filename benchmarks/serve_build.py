"""Serve a build folder as ``metiers-kg serve`` does, with the queries of the benchmarks beside those of the project.

It takes the folder as it is, also one that another version of the code has built: ``folder port cache-mib``.
"""

from __future__ import annotations

import gc
import sys
from dataclasses import replace
from pathlib import Path

from fastapi import FastAPI

from metiers_kg.api import Service, Settings, create_app, serve_together
from metiers_kg.project import Project
from metiers_kg.queries import Catalogue
from metiers_kg.web import HtmlPages

ROOT = Path(__file__).resolve().parents[1]


def main(build: Path, port: int, cache_mib: int) -> None:
    """Serve until stopped, in the default number of processes."""
    settings = Settings(answer_cache=cache_mib)
    share = settings.share

    def make_app() -> FastAPI:
        service = Service.open(Project(root=ROOT, build=build), workers=share.query_workers)
        more = Catalogue.read(ROOT / "benchmarks" / "queries")
        service = replace(service, catalogue=Catalogue([*service.catalogue.values(), *more.values()]))
        app = create_app(service, HtmlPages(service), share)
        gc.freeze()
        gc.enable()
        return app

    gc.disable()
    serve_together(settings.process_count, make_app, port=port, announce=lambda _address: None)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
