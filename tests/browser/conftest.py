"""A real server of the project's own graph, and a real browser that may ask nobody else."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Route, sync_playwright

from metiers_kg.project import Project

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "assets" / "node_modules" / "axe-core" / "axe.min.js"

_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
"""What axe looks for: WCAG 2.2 A and AA, and what its makers hold for good practice."""


@dataclass
class Seen:
    """What a browser met: requests to elsewhere, and what it complained of."""

    strangers: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def served(built_here: Project, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of the project's graph, as ``metiers-kg serve`` starts it."""
    log = tmp_path_factory.mktemp("served") / "log"
    command = [sys.executable, "-m", "metiers_kg", "serve", "--port", "0", "--processes", "1"]
    environment = {**os.environ, "METIERS_KG_BUILD": str(built_here.build)}
    with log.open("w") as file:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=file)
    assert server.stdout is not None
    try:
        found = next((m for line in server.stdout if (m := re.search(r"http://127\.0\.0\.1:\d+", line))), None)
        assert found, log.read_text()
        yield found.group()
    finally:
        server.terminate()
        server.wait(30)
        server.stdout.close()


@pytest.fixture(scope="package")  # Playwright keeps an event loop running, which other tests must not meet
def browser() -> Iterator[Browser]:
    """Chromium, as the system has it."""
    names = (os.environ.get("METIERS_KG_CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    chromium = next((path for name in names if name and (path := shutil.which(name))), None)
    if chromium is None:
        assert not os.environ.get("CI"), "needs Chromium"
        pytest.skip("needs Chromium: install it, or set METIERS_KG_CHROMIUM to its path")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


@pytest.fixture
def open_context(browser: Browser, served: str) -> Iterator[Callable[..., BrowserContext]]:
    """Open fresh browsers with the options of `Browser.new_context`; what one asks elsewhere fails the test."""
    opened: list[BrowserContext] = []
    seen = Seen()

    def check(route: Route, request: Request) -> None:
        if request.url.startswith(served):
            route.continue_()
        else:
            seen.strangers.append(request.url)
            route.abort()

    def listen(message: ConsoleMessage) -> None:
        # A page that tells of an error is meant to have its status.
        if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
            seen.complaints.append(f"{message.text} ({message.location.get('url', '')})")

    def open_one(**options: Any) -> BrowserContext:
        context = browser.new_context(**{"base_url": served, "locale": "fr-BE", **options})
        context.set_default_timeout(15_000)
        context.route(re.compile("^(http|ws)s?:"), check)
        context.on("console", listen)
        context.on("weberror", lambda error: seen.complaints.append(str(error.error)))
        opened.append(context)
        return context

    yield open_one
    for context in opened:
        context.close()
    assert seen.strangers == []
    assert seen.complaints == []


@pytest.fixture
def page(open_context: Callable[..., BrowserContext]) -> Page:
    """A page of a fresh browser at 1280 px, in French."""
    return open_context(viewport={"width": 1280, "height": 900}).new_page()


@pytest.fixture
def plain_page(open_context: Callable[..., BrowserContext]) -> Page:
    """A page of a fresh browser that runs no scripts."""
    return open_context(java_script_enabled=False).new_page()


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """Return what axe finds against a page: rule, element and what to do; nothing where all is well."""
    source = AXE.read_text(encoding="utf-8")

    def look(page: Page) -> list[str]:
        page.evaluate(source)
        found = page.evaluate("rules => axe.run(document, {runOnly: rules})", _RULES)
        return [
            f"{violation['id']}: {node['html'][:160]} — {node['failureSummary']}"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]

    return look
