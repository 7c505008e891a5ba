"""What pages written by hand must name: errors, settings, variables, and files that tell languages apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from tools.docs.page import Page

__all__ = [
    "environment_variables",
    "error_gaps",
    "error_kinds",
    "files_with_languages",
    "setting_gaps",
    "variable_gaps",
    "written_pages",
]

_VARIABLE = re.compile(r"\b(?:METIERS_KG_[A-Z][A-Z_]*[A-Z]|PROMETHEUS_[A-Z_]+[A-Z])\b")
_GERMAN, _DUTCH = (re.compile(rf'"{lang}"|\b{lang} = ') for lang in ("de", "nl"))


def error_kinds(base: type[Exception]) -> Iterator[type[Exception]]:
    """Yield a kind of error with all below it, of this package."""
    if base.__module__.startswith("metiers_kg."):
        yield base
    for kind in base.__subclasses__():
        yield from error_kinds(kind)


def error_gaps(page: str, types: Mapping[str, tuple[int, str]], kinds: Iterable[type[Exception]]) -> list[str]:
    """Return what the page of errors lacks: problem types with status, title and what to do; kinds of errors.

    >>> error_gaps("", {"busy": (503, "All are busy")}, [KeyError])
    ['the problem type busy has no row with its status 503 and what to do', 'the error KeyError has no row']
    """
    gaps = []
    for name, (status, title) in types.items():
        row = rf"^\| `{re.escape(name)}`\{{: #{re.escape(name)} \}} \| {status} \| {re.escape(title)} \| \S.* \|$"
        if not re.search(row, page, re.MULTILINE):
            gaps.append(f"the problem type {name} has no row with its status {status} and what to do")
    named = dict.fromkeys(kind.__name__ for kind in kinds)
    return gaps + [
        f"the error {name} has no row" for name in named if not re.search(rf"^\| `{name}` \| \S", page, re.MULTILINE)
    ]


def setting_gaps(page: str, settings: Mapping[str, str]) -> list[str]:
    """Return the *settings*, variables by option, that have no row with both and what they are.

    >>> setting_gaps("| `--a` | `METIERS_KG_A` | `1` | What. |", {"--a": "METIERS_KG_A", "--b": "METIERS_KG_B"})
    ['the setting --b has no row with METIERS_KG_B']
    """
    rows = [line for line in page.splitlines() if line.startswith("| `--")]
    return [
        f"the setting {option} has no row with {variable}"
        for option, variable in settings.items()
        if not any(f"`{option}`" in row and f"`{variable}`" in row and row.rstrip(" |")[-1] in ".)" for row in rows)
    ]


def environment_variables(source: Path) -> set[str]:
    """Return the environment variables that the code below *source* names."""
    return {name for path in source.rglob("*.py") for name in _VARIABLE.findall(path.read_text(encoding="utf-8"))}


def variable_gaps(page: str, variables: Iterable[str]) -> list[str]:
    """Return the environment variables that the page does not name.

    >>> variable_gaps("`METIERS_KG_ROOT`", ["METIERS_KG_ROOT", "METIERS_KG_TEXTS"])
    ['the environment variable METIERS_KG_TEXTS is not named']
    """
    return [f"the environment variable {name} is not named" for name in sorted(variables) if f"`{name}`" not in page]


def files_with_languages(root: Path) -> list[str]:
    """Return the files of the code that tell languages apart, by their path from *root*."""
    files = [path for end in ("*.py", "*.toml") for path in (root / "src").rglob(end)]
    told = {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in files}
    return sorted(path for path, text in told.items() if _GERMAN.search(text) and _DUTCH.search(text))


def is_named(path: str, page: str) -> bool:
    """Tell whether a page names a file, or its folder as a whole.

    >>> is_named("texts/a.toml", "`texts/a.toml`"), is_named("texts/a.toml", "`texts/`"), is_named("a.py", "`texts/`")
    (True, True, False)
    """
    return f"`{path}`" in page or f"`{path.rpartition('/')[0]}/`" in page


def written_pages(root: Path) -> Iterator[Page]:
    """Yield the pages that are checked, with what they lack; their text is in ``docs/``."""
    from metiers_kg.api.problems import PROBLEM_TYPES
    from metiers_kg.api.settings import Settings, environment_name, option_name
    from metiers_kg.errors import MetiersError

    def read(path: str) -> str:
        return (root / "docs" / path).read_text(encoding="utf-8")

    page = read("reference/errors.md")
    yield Page("reference/errors.md", page, tuple(error_gaps(page, PROBLEM_TYPES, error_kinds(MetiersError))))
    page = read("reference/settings.md")
    gaps = setting_gaps(page, {option_name(name): environment_name(name) for name in Settings.names()})
    gaps += variable_gaps(page, environment_variables(root / "src"))
    yield Page("reference/settings.md", page, tuple(gaps))
    page = read("how-to/add-a-language.md")
    unnamed = [name for name in files_with_languages(root) if not is_named(name, page)]
    gaps = [f"{name} tells languages apart, and docs/how-to/add-a-language.md does not name it" for name in unnamed]
    yield Page("how-to/add-a-language.md", page, tuple(gaps))
