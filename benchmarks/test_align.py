"""How good `metiers-kg align` is: ROME appellations against ESCO occupations, on the half of the table it never saw.

Needs the releases: METIERS_KG_VOCABULARIES names their folder.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from rapidfuzz import fuzz, process

from benchmarks.appellations import Quality, Task, quality, read_task
from metiers_kg.links.matching import KnownLink, Matcher
from metiers_kg.links.subjects import Subject
from metiers_kg.sources import crosswalk, esco, rome

LOOKED_AT = 100
SECONDS = 600


@pytest.fixture(scope="module")
def task() -> Task:
    """The task, made of the releases as downloaded."""
    named = os.environ.get("METIERS_KG_VOCABULARIES")
    if not named:
        pytest.skip("needs the releases of ESCO and ROME: set METIERS_KG_VOCABULARIES to the folder that holds them")
    folder = Path(named)
    return read_task(
        esco.read(sorted((folder / "esco").glob("*.zip"))).lines,
        rome.read([folder / "rome"]).lines,
        crosswalk.read([folder / "crosswalks"]).lines,
    )


def _measure(matcher: Matcher, links: Sequence[KnownLink], terms: Sequence[Subject]) -> Quality:
    answer = {link.subject.iri: link.object for link in links}
    ranks = []
    for term, found in matcher.propose(terms, limit=LOOKED_AT):
        objects = [one.object for one in found]
        ranks.append(objects.index(answer[term.iri]) + 1 if answer[term.iri] in objects else 0)
    return quality(ranks)


def _fuzzy(task: Task) -> Quality:
    """The peer: the occupation with the name that rapidfuzz finds nearest, all names as they stand."""
    names = [
        (name.text.lower(), iri)
        for iri, concept in task.concepts.items()
        for name in concept.names
        if name.language == "fr"
    ]
    choices = [name for name, _ in names]
    ranks = []
    for link in task.test:
        query = link.subject.label.lower()
        found = process.extract(query, choices, scorer=fuzz.ratio, limit=LOOKED_AT * 5)
        objects = list(dict.fromkeys(names[number][1] for _, _, number in found))
        ranks.append(objects.index(link.object) + 1 if link.object in objects[:LOOKED_AT] else 0)
    return quality(ranks)


@pytest.mark.timeout(SECONDS)
def test_alignment(task: Task, told: list[str]) -> None:
    """Names alone beat the best fuzzy match; headings of the list, and half of the official table, add to it."""
    terms = [link.subject for link in task.test]
    alone = [replace(term, groups=()) for term in terms]
    fuzzy = _fuzzy(task)
    names = _measure(Matcher(task.concepts), task.test, alone)
    chained = _measure(Matcher(task.concepts, task.fit), task.test, alone)
    grouped = _measure(Matcher(task.concepts), task.test, terms)
    known = _measure(Matcher(task.concepts, task.fit), task.test, terms)
    told.append(f"align, {len(task.test):,} ROME appellations to {len(task.concepts):,} ESCO occupations")
    for what, found in (
        ("best fuzzy match (rapidfuzz)", fuzzy),
        ("names and descriptions", names),
        ("  and the ROME fiche of each", grouped),
        ("  and the other half of the table", chained),
        ("  and both", known),
    ):
        told.append(f"  {what:34} {found}")

    assert names.hit1 > fuzzy.hit1 + 0.04
    assert names.hit10 > fuzzy.hit10 + 0.08
    assert grouped.mrr > names.mrr
    assert chained.mrr > names.mrr
    assert known.hit1 > 0.6
    assert known.hit10 > 0.9
