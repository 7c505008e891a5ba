"""Semantic versions: which number a change asks for, and whether the project's texts agree on theirs.

One version is that of ontology, data and code together (https://semver.org). What raises which number is told in
``docs/reference/versioning.md``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from metiers_kg import __version__
from metiers_kg.build.assembly import read_ontology
from metiers_kg.errors import Finding, InputError
from metiers_kg.project import Project
from metiers_kg.reasoner.terms import split
from metiers_kg.release.described import Described, term_of
from metiers_kg.release.terms import read_text
from metiers_kg.store import read_turtle
from metiers_kg.store.description import DATASET
from metiers_kg.vocabulary import ONTOLOGY

__all__ = ["LEVELS", "Level", "Version", "check_versions", "ontology_version", "released_versions"]

Level = Literal["none", "patch", "minor", "major"]

LEVELS: tuple[Level, ...] = ("none", "patch", "minor", "major")
"""The kinds of change, the least first."""

_VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")
_HEADING = re.compile(r"^## \[?(\d+\.\d+\.\d+)\]?(?:[ (–-]+(\d{4}-\d\d-\d\d)\)?)?", re.MULTILINE)
_IRI = ONTOLOGY.rstrip("#")


class Version(NamedTuple):
    """A version of three numbers.

    >>> Version.parse("0.9.2") < Version.parse("0.10.0")
    True
    """

    major: int
    minor: int
    patch: int

    @classmethod
    def parse(cls, text: str) -> Version:
        """Read a version. Raises InputError where the text is none."""
        match = _VERSION.fullmatch(text)
        if match is None:
            raise InputError(f"found {text!r}, expected a version of three numbers, such as 0.2.0 (https://semver.org)")
        return cls(*map(int, match.groups()))

    def raised(self, level: Level) -> Version:
        """Return the least version that a change of that level asks for.

        Before 1.0.0 what breaks raises the minor number, as additions do.

        >>> str(Version(0, 1, 0).raised("major")), str(Version(1, 4, 2).raised("major"))
        ('0.2.0', '2.0.0')
        >>> str(Version(1, 4, 2).raised("minor")), str(Version(1, 4, 2).raised("patch"))
        ('1.5.0', '1.4.3')
        """
        if level == "major" and self.major:
            return Version(self.major + 1, 0, 0)
        if level in ("major", "minor"):
            return Version(self.major, self.minor + 1, 0)
        return Version(self.major, self.minor, self.patch + (level == "patch"))

    def __str__(self) -> str:
        return ".".join(map(str, self))


def ontology_version(described: Described) -> str:
    """Return the version that the ontology tells of itself; "" where it tells none."""
    return next((read_text(value).text for value in described.values(f"<{_IRI}>", term_of("owl:versionInfo"))), "")


def released_versions(changelog: str) -> dict[str, str]:
    """Return the date of each version that has a section in a changelog, the first section first; "" without a date.

    >>> released_versions("## Unreleased" + chr(10) + "## 0.2.0 - 2027-01-31" + chr(10) + "## 0.1.0 (2026-12-01)")
    {'0.2.0': '2027-01-31', '0.1.0': '2026-12-01'}
    """
    return {match[1]: match[2] or "" for match in _HEADING.finditer(changelog)}


def check_versions(project: Project) -> list[Finding]:
    """Return where ontology, data, code and changelog disagree on the version.

    A project without a changelog, such as an installed one, is asked for the rest.
    """
    ontology = Described(map(split, read_ontology(project)))
    data = Described(map(split, _dataset(project)))
    file = project.root / "CHANGELOG.md"
    changelog = file.read_text(encoding="utf-8") if file.is_file() else None
    return list(_findings(ontology, data, changelog))


def _dataset(project: Project) -> list[str]:
    path = project.data / "dataset.ttl"
    return read_turtle(path) if path.is_file() else []


def _findings(ontology: Described, data: Described, changelog: str | None) -> Iterator[Finding]:
    told = ontology_version(ontology)
    try:
        version = Version.parse(told)
    except InputError as error:
        yield _finding("owl:versionInfo", str(error), "write the version of the release", "metiers.ttl")
        return
    expected = f"<{_IRI}/{version}>"
    iris = ontology.values(f"<{_IRI}>", term_of("owl:versionIRI"))
    if iris != [expected]:
        yield _finding("owl:versionIRI", f"found {' '.join(iris) or 'none'}", f"write {expected}", "metiers.ttl")
    for text in [read_text(value).text for value in data.values(f"<{DATASET}>", term_of("dcat:version"))]:
        if text != told:
            yield _finding("dcat:version", f"found {text!r}", f"write {told!r}, as the ontology", "dataset.ttl")
    if __version__ != told:
        yield _finding(
            "version of the code", f"found {__version__!r}", f"write {told!r}, as the ontology", "pyproject.toml"
        )
    if changelog is not None:
        yield from _changelog_findings(version, ontology, data, changelog)


def _changelog_findings(version: Version, ontology: Described, data: Described, changelog: str) -> Iterator[Finding]:
    released = released_versions(changelog)
    last = max(map(Version.parse, released), default=None)
    earlier = max((other for other in map(Version.parse, released) if other < version), default=None)
    if last is not None and last > version:
        yield _finding("version", f"found {version}, and {last} is released", f"raise it to {last}", "metiers.ttl")
    if str(version) not in released and "## Unreleased" not in changelog:
        yield _finding("version", f"{version} has no section", f"write ## {version} (DATE)", "CHANGELOG.md")
    prior = ontology.values(f"<{_IRI}>", term_of("owl:priorVersion"))
    wanted = [f"<{_IRI}/{earlier}>"] if earlier else []
    if prior != wanted:
        remedy = f"write {wanted[0]}" if wanted else "remove it: nothing was released before"
        yield _finding("owl:priorVersion", f"found {' '.join(prior) or 'none'}", remedy, "metiers.ttl")
    date = released.get(str(version))
    modified = [read_text(value).text for value in data.values(f"<{DATASET}>", term_of("dcterms:modified"))]
    if date and modified != [date]:
        found = " ".join(modified) or "none"
        yield _finding("dcterms:modified", f"found {found}", f"write {date}, as CHANGELOG.md", "dataset.ttl")


def _finding(rule: str, message: str, remedy: str, file: str) -> Finding:
    return Finding(rule=rule, resource=_IRI, message=message, remedy=remedy, file=file)
