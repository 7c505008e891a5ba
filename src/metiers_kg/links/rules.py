"""What a file of links must say beyond its format: terms that exist, one decision a row, in order, with its reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from metiers_kg.errors import Finding
from metiers_kg.links.link import JUSTIFICATIONS, NO_TERM, PREDICATES, SCHEMES, Link, LinkSet, Scheme, compact_id
from metiers_kg.vocabulary import compact

__all__ = ["DOUBTFUL", "check_links", "sort_key", "undecided"]

DOUBTFUL = 0.70
"""A confidence below this needs a comment."""

_PREFIXES = {prefix: namespace for scheme in SCHEMES.values() for prefix, namespace in scheme.prefixes.items()}
_BESIDE_NO_TERM = ("skos:broadMatch", "skos:relatedMatch")

_Found = Iterator[tuple[str, Link, str, str, str]]
"""Rule, row, column, what was found, what would be right."""


def check_links(links: LinkSet, scheme: Scheme, subjects: Mapping[str, str]) -> list[Finding]:
    """Return what breaks the rules in a file of reviewed links, in the order of its rows.

    Args:
        links: The file.
        scheme: The vocabulary that its objects belong to.
        subjects: The French label of every job and competence, by IRI.
    """
    rules: Sequence[Callable[[], _Found]] = (
        lambda: _check_subjects(links.links, subjects),
        lambda: _check_rows(links.links, scheme),
        lambda: _check_order(links.links),
        lambda: _check_decisions(links.links, scheme),
    )
    found = [
        (
            link.line,
            Finding(
                rule=f"SSSOM {rule}",
                resource=link.subject,
                message=f"column {column}: {message}",
                remedy=remedy,
                file=links.file,
                line=link.line,
            ),
        )
        for check in rules
        for rule, link, column, message, remedy in check()
    ]
    return [finding for _, finding in sorted(found, key=lambda pair: pair[0])]


def sort_key(link: Link) -> tuple[str, int, str]:
    """Return what rows are sorted by: subject, then predicate from exact to related, then object."""
    rank = PREDICATES.index(link.predicate) if link.predicate in PREDICATES else len(PREDICATES)
    return link.subject, rank, compact_id(link.object, _PREFIXES) or link.object


def undecided(subjects: Iterable[str], links: Iterable[Link]) -> list[str]:
    """Return the subjects for which no row decides, not even that there is no term; sorted."""
    decided = {link.subject for link in links if not link.negated}
    return sorted(set(subjects) - decided)


def _check_subjects(links: Sequence[Link], subjects: Mapping[str, str]) -> _Found:
    for link in links:
        label = subjects.get(link.subject)
        if label is None:
            yield "subject", link, "subject_id", f"{link.subject} is no job or competence", "correct the name"
        elif link.subject_label != label:
            yield "label", link, "subject_label", f"found {link.subject_label!r}", f"write {label!r}, as the data do"


def _check_rows(links: Sequence[Link], scheme: Scheme) -> _Found:
    for link in links:
        if link.predicate not in PREDICATES:
            yield "predicate", link, "predicate_id", f"found {link.predicate!r}", f"use one of {', '.join(PREDICATES)}"
        if link.justification not in JUSTIFICATIONS:
            remedy = f"use one of {', '.join(JUSTIFICATIONS)}"
            yield "justification", link, "mapping_justification", f"found {link.justification!r}", remedy
        if link.negated:
            remedy = "move the row to rejected.sssom.tsv"
            yield "modifier", link, "predicate_modifier", "found Not", remedy
        if link.confidence is None:
            yield "confidence", link, "confidence", "missing", "say how sure you are, from 0.00 to 1.00"
        if not link.author:
            yield "author", link, "author_label", "missing", "name who decided"
        if not link.date:
            yield "date", link, "mapping_date", "missing", "write the day of the decision, as 2026-11-22"
        for slot in ("subject_source", "subject_source_version", "object_source", "object_source_version"):
            if not link.slots.get(slot):
                yield "source", link, slot, "missing", "name it in the header, or in a column of that name"
        yield from _check_object(link, scheme)
        yield from _check_comment(link)


def _check_object(link: Link, scheme: Scheme) -> _Found:
    if link.object == NO_TERM:
        if link.predicate != "skos:exactMatch":
            found = f"{NO_TERM} with {link.predicate}"
            yield "no term", link, "predicate_id", found, "write skos:exactMatch: nothing means the same"
        if link.object_label:
            yield "no term", link, "object_label", f"found {link.object_label!r}", f"leave it empty for {NO_TERM}"
        return
    if not scheme.holds(link.object):
        prefixes = ", ".join(f"{prefix}:" for prefix in scheme.prefixes)
        yield "object", link, "object_id", f"{link.object} is not of {scheme.title}", f"use one of {prefixes}"
    if not link.object_label.strip():
        yield "label", link, "object_label", "missing", f"write the label that {scheme.title} gives it"


def _check_comment(link: Link) -> _Found:
    if link.comment:
        return
    if link.object == NO_TERM:
        yield "comment", link, "comment", f"missing beside {NO_TERM}", "say why nothing fits"
    elif link.confidence is not None and link.confidence < DOUBTFUL:
        found = f"missing beside a confidence of {link.confidence:.2f}"
        yield "comment", link, "comment", found, f"say why you doubt, or raise the confidence to {DOUBTFUL:.2f}"


def _check_order(links: Sequence[Link]) -> _Found:
    for previous, link in pairwise(links):
        if sort_key(link) < sort_key(previous):
            remedy = "sort the rows by subject_id, then predicate from exact to related, then object_id"
            yield "order", link, "subject_id", f"stands after {compact(previous.subject)}, line {previous.line}", remedy


def _check_decisions(links: Sequence[Link], scheme: Scheme) -> _Found:
    by_subject: defaultdict[str, list[Link]] = defaultdict(list)
    for link in links:
        by_subject[link.subject].append(link)
    for rows in by_subject.values():
        seen: dict[str, Link] = {}
        for link in rows:
            if link.object in seen:
                found = f"the same subject and object as line {seen[link.object].line}"
                yield "pair", link, "object_id", found, "keep the one relation that holds"
            seen.setdefault(link.object, link)
        exact = [link for link in rows if link.predicate == "skos:exactMatch" and link.object != NO_TERM]
        for link in exact[1:]:
            found = f"a second skos:exactMatch to {scheme.title}, after line {exact[0].line}"
            yield "one exact match", link, "predicate_id", found, "keep the best, make the other skos:closeMatch"
        if NO_TERM in seen:
            for link in rows:
                if link.object != NO_TERM and link.predicate not in _BESIDE_NO_TERM:
                    found = f"{link.predicate} beside {NO_TERM}, line {seen[NO_TERM].line}"
                    remedy = f"remove {NO_TERM}: this row decides; beside it stand {' and '.join(_BESIDE_NO_TERM)} only"
                    yield "no term", link, "predicate_id", found, remedy
