"""The links as reviewed, and what the review remembers: candidates, what it refused, what it replaced.

=================================  =====================================================================================
``data/jobs-esco.sssom.tsv`` …     links that a person decided on; ``{jobs,competences}-{esco,rome,isco}``
``data/candidates.sssom.tsv``      proposals that wait for a decision
``data/rejected.sssom.tsv``        pairs that are not to be proposed again: ``predicate_modifier`` Not, and why
``data/superseded.sssom.tsv``      links that were right once: ``ext_superseded_on`` a day, ``ext_replaced_by`` what
=================================  =====================================================================================

The folder of a sector (``data/<sector>/``) has files of the same names for what it links.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from metiers_kg.errors import DataError, Finding
from metiers_kg.links.graph import link_triples, record_triples, set_triples
from metiers_kg.links.link import NO_TERM, PREDICATES, SCHEMES, Link, LinkSet, Scheme
from metiers_kg.links.rules import check_links
from metiers_kg.links.tsv import read_links

__all__ = ["Review", "link_files", "read_review"]

SUFFIX = ".sssom.tsv"
_SUBJECTS = {"jobs": "job", "competences": "competence"}
_MEMORY = ("candidates", "rejected", "superseded")
_STATUS = {"candidates": "proposed", "rejected": "rejected", "superseded": "superseded"}

_Found = Iterator[tuple[str, str, str, str]]
"""Rule, column, what was found, what would be right."""


@dataclass(frozen=True, slots=True)
class Review:
    """All files of links of a project.

    Attributes:
        accepted: The reviewed sets by (kind, scheme), as ("job", "esco"): one of each folder.
        memory: "candidates", "rejected" and "superseded", those there are: one of each folder.
    """

    accepted: Mapping[tuple[str, str], Sequence[LinkSet]]
    memory: Mapping[str, Sequence[LinkSet]]

    def links(self, scheme: str, kind: str | None = None) -> list[Link]:
        """Return the reviewed rows of a scheme, of one kind of subject or of all."""
        return [
            link
            for (of_kind, of_scheme), sets in self.accepted.items()
            if of_scheme == scheme and kind in (None, of_kind)
            for links in sets
            for link in links.links
        ]

    def remembered(self) -> set[tuple[str, str]]:
        """Return the pairs of subject and object that were refused or replaced, and are not to be proposed again."""
        return {
            (link.subject, link.object)
            for name in ("rejected", "superseded")
            for links in self.memory.get(name, ())
            for link in links.links
        }

    def link_lines(self) -> list[str]:
        """Return the sorted triples of ``graph/links``."""
        return sorted({line for sets in self.accepted.values() for links in sets for line in link_triples(links)})

    def candidate_lines(self) -> list[str]:
        """Return the sorted triples of ``graph/candidates``: records and the sets they are part of, no match."""
        lines: set[str] = set()
        for name, sets in self.memory.items():
            for links in sets:
                lines.update(set_triples(links))
                for link in links.links:
                    lines.update(record_triples(link, links.iri, _STATUS[name]))
        return sorted(lines)


def link_files(data: Path) -> list[Path]:
    """Return the files of links in a data folder and the folders of its sectors, sorted."""
    return sorted(data.rglob(f"*{SUFFIX}"))


def read_review(data: Path, subjects: Mapping[str, str]) -> Review:
    """Read and check all files of links of a data folder.

    Args:
        data: The folder.
        subjects: The French label of every job and competence, by IRI.

    Raises:
        DataError: A file is not SSSOM/TSV, or breaks a rule; every finding with file and line.
    """
    accepted: defaultdict[tuple[str, str], list[LinkSet]] = defaultdict(list)
    memory: defaultdict[str, list[LinkSet]] = defaultdict(list)
    findings: list[Finding] = []
    for path in link_files(data):
        name, told = path.name.removesuffix(SUFFIX), path.relative_to(data).as_posix()
        what, _, scheme = name.partition("-")
        try:
            if name in _MEMORY:
                memory[name].append(read_links(path, told))
            elif what in _SUBJECTS and scheme in SCHEMES:
                links = read_links(path, told)
                accepted[_SUBJECTS[what], scheme].append(links)
                of_kind = {iri: label for iri, label in subjects.items() if f"/{_SUBJECTS[what]}/" in iri}
                findings += check_links(links, SCHEMES[scheme], of_kind)
            else:
                names = [f"{what}-{scheme}" for what in _SUBJECTS for scheme in SCHEMES]
                remedy = f"name it {', '.join([*names, *_MEMORY])}"
                findings.append(Finding("SSSOM file", "-", f"{name}: not a name of a file of links", remedy, told))
        except DataError as error:
            findings += error.findings
    if not findings:
        findings += _check_between(accepted)
        findings += _check_memory(accepted, memory, subjects)
    if findings:
        raise DataError(f"the links break their rules: {len(findings)} found", findings)
    return Review(accepted, memory)


def _check_between(accepted: Mapping[tuple[str, str], Sequence[LinkSet]]) -> Iterator[Finding]:
    """Check that one file decides on a subject: what two sectors share is linked in one of them."""
    for sets in accepted.values():
        places: dict[str, str] = {}
        for links in sets:
            here = {link.subject: link for link in reversed(links.links)}
            for subject, link in sorted(here.items()):
                if place := places.get(subject):
                    text = f"column subject_id: {link.subject_label!r} is decided in {place}"
                    remedy = "keep the rows of one of the two files"
                    yield Finding("SSSOM one decision", subject, text, remedy, links.file, link.line)
            places |= {subject: f"{links.file}:{link.line}" for subject, link in here.items()}


def _check_memory(
    accepted: Mapping[tuple[str, str], Sequence[LinkSet]],
    memory: Mapping[str, Sequence[LinkSet]],
    subjects: Mapping[str, str],
) -> Iterator[Finding]:
    reviewed = [links for sets in accepted.values() for links in sets]
    decided = _pairs(reviewed)
    refused = _pairs(memory.get("rejected", ()))
    for name, links in ((name, links) for name, sets in memory.items() for links in sets):
        elsewhere = {"candidates": decided | refused, "rejected": decided, "superseded": {}}[name]
        for link in links.links:
            found = [
                *_check_row(link, subjects),
                *_check_kind(name, link),
                *_check_elsewhere(link, elsewhere),
                *_check_same_link(name, link, reviewed),
            ]
            for rule, column, message, remedy in found:
                text = f"column {column}: {message}"
                yield Finding(f"SSSOM {rule}", link.subject, text, remedy, links.file, link.line)


def _pairs(sets: Iterable[LinkSet]) -> dict[tuple[str, str], str]:
    return {(link.subject, link.object): f"{links.file}:{link.line}" for links in sets for link in links.links}


def _check_row(link: Link, subjects: Mapping[str, str]) -> _Found:
    if link.subject not in subjects:
        yield "subject", "subject_id", f"{link.subject} is no job or competence", "correct the name"
    if link.predicate not in PREDICATES:
        yield "predicate", "predicate_id", f"found {link.predicate!r}", f"use one of {', '.join(PREDICATES)}"
    if link.object == NO_TERM or not _scheme_of(link):
        schemes = ", ".join(prefix for scheme in SCHEMES.values() for prefix in scheme.prefixes)
        yield "object", "object_id", f"found {link.object}", f"name a concept: {schemes}"


def _scheme_of(link: Link) -> Scheme | None:
    return next((scheme for scheme in SCHEMES.values() if scheme.holds(link.object)), None)


def _check_kind(name: str, link: Link) -> _Found:
    if name == "rejected":
        if not link.negated:
            yield "modifier", "predicate_modifier", "missing", "write Not: the relation does not hold"
        if not link.comment:
            yield "comment", "comment", "missing beside a refused link", "say why it was refused"
    elif link.negated:
        yield "modifier", "predicate_modifier", "found Not", "move the row to rejected.sssom.tsv"
    if name == "superseded" and not link.slots.get("ext_superseded_on"):
        yield "date", "ext_superseded_on", "missing", "write the day it was replaced, as 2026-11-22"


def _check_elsewhere(link: Link, elsewhere: Mapping[tuple[str, str], str]) -> _Found:
    if place := elsewhere.get((link.subject, link.object)):
        yield "pair", "object_id", f"the pair is decided in {place}", "keep one of the two rows"


def _check_same_link(name: str, link: Link, accepted: Iterable[LinkSet]) -> _Found:
    if name != "superseded":
        return
    for links in accepted:
        for other in links.links:
            if (link.subject, link.predicate, link.object) == (other.subject, other.predicate, other.object):
                yield "pair", "object_id", f"still a link in {links.file}:{other.line}", "keep one of the two rows"
