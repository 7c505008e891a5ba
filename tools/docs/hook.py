"""What MkDocs calls: pages from the code, navigation by folder, links into the repository, what is undocumented."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [path for path in (str(ROOT), str(ROOT / "src")) if path not in sys.path]  # MkDocs loads this file alone

from tools.docs.decisions import decisions_page  # noqa: E402  after the path is known
from tools.docs.navigation import navigate  # noqa: E402
from tools.docs.reference import reference_pages, static_pages  # noqa: E402
from tools.docs.repository import FIRST_SCREEN, PUBLISHED, first_screen, rewrite_links  # noqa: E402
from tools.docs.written import written_pages  # noqa: E402

_log = logging.getLogger("mkdocs.hooks.docs")
_ICON = "src/metiers_kg/web/static/icon.svg"


def on_files(files: Files, config: MkDocsConfig, **_: Any) -> Files:
    """Add the pages that are made, and order all of them."""
    made = (*reference_pages(ROOT), decisions_page(ROOT / "docs" / "decisions"))
    for page in (*made, *written_pages(ROOT)):
        for gap in page.gaps:
            _log.warning("undocumented: %s", gap)  # with --strict, the site is not built
    for page in made:
        files.append(File.generated(config, page.path, content=page.markdown))
    for path, html in static_pages(ROOT).items():
        files.append(File.generated(config, path, content=html))
    for source, path in PUBLISHED.items():
        file = ROOT / source
        if path.startswith("project/") and file.is_file():
            files.append(File.generated(config, path, abs_src_path=str(file)))
    files.append(File.generated(config, "assets/icon.svg", abs_src_path=str(ROOT / _ICON)))
    config.nav = navigate(file.src_uri for file in files.documentation_pages())
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Put the first screen of the README in its place, and turn links into the repository into links of the site."""
    path = page.file.src_uri
    sources = {there: here for here, there in PUBLISHED.items() if there.startswith("project/")}
    folder = "" if path in sources else str(Path("docs", path).parent)
    markdown = rewrite_links(markdown, folder, path, _exists)
    if "```console" in markdown:
        page.meta.setdefault("hide", ["toc"])  # what a terminal prints is wide
    if FIRST_SCREEN in markdown:
        page.meta["hide"] = ["navigation", "toc"]
        readme = first_screen((ROOT / "README.md").read_text(encoding="utf-8"))
        markdown = markdown.replace(FIRST_SCREEN, rewrite_links(readme, "", path, _exists))
    return markdown


def _exists(path: str) -> bool:
    return (ROOT / path).exists()
