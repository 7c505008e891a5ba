"""Comparing jobs: answers as documents, plain dictionaries that JSON, text and pages are made from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from metiers_kg.comparing.asking import (
    ANOTHER_JOB,
    COMMON_TERMS,
    KNOWN_JOB,
    MOST,
    SPACES,
    Lens,
    find_job,
    read_lens,
)
from metiers_kg.comparing.evidence import add_explanations, read_requirements
from metiers_kg.comparing.matrix import Scores
from metiers_kg.comparing.telling import Document, Teller, rounded
from metiers_kg.errors import NotBuiltError, ParameterError, ParameterFault
from metiers_kg.explanation import explain_address
from metiers_kg.overlap import transitions
from metiers_kg.overlap.clusters import find_clusters
from metiers_kg.overlap.comparison import compare
from metiers_kg.overlap.measures import HEADLINE, MEASURES
from metiers_kg.overlap.profiles import KINDS, kinds_mask
from metiers_kg.overlap.scoring import Neighbour, find_neighbours, score_pair
from metiers_kg.overlap.space import Space
from metiers_kg.overlap.state import STATE, load_spaces
from metiers_kg.queries import Names
from metiers_kg.store import Iri, Store, Truth
from metiers_kg.vocabulary import ONTOLOGY

__all__ = ["JobComparer"]


class JobComparer:
    """What compares jobs, by name.

    Every answer says in ``about`` how it was measured, and every score stands beside the competences that are shared,
    shared in part, and missing.
    """

    def __init__(self, spaces: Mapping[str, Space], store: Store, names: Names) -> None:
        self._spaces = spaces
        self._store = store
        self._names = names
        self._tell = Teller(names)
        self._scores = Scores()

    @classmethod
    def open(cls, build: Path, store: Store, names: Names) -> JobComparer:
        """Return what compares the jobs of a built graph. Raises NotBuiltError where the build has no file of them."""
        spaces = load_spaces(build / STATE)
        if spaces is None:
            raise NotBuiltError(f"{build / STATE}: no jobs to compare; `metiers-kg build` writes them")
        return cls(spaces, store, names)

    @property
    def vocabularies(self) -> tuple[str, ...]:
        """The names of the spaces at hand: ``study`` and what is imported."""
        return tuple(name for name in SPACES if name in self._spaces)

    def neighbours(
        self,
        job: str,
        *,
        within: str | None = None,
        measure: str = HEADLINE.name,
        kinds: Sequence[str] = (),
        most: int = 10,
        lang: str = "fr",
    ) -> Document:
        """Return the jobs nearest to *job*.

        Args:
            job: Its name, code or IRI.
            within: Where neighbours are looked for: ``study``, ``esco`` or ``rome``; by default where the job is of.
            measure: The name of the measure that ranks them.
            kinds: The kinds of competences it looks at.
            most: How many neighbours, from 1 to 100.
            lang: The language of labels.

        Raises:
            InputError: A name or value is not right; tells what would be.
        """
        _check_number("limit", most, 1, MOST)
        origin, home = find_job(job, self._spaces, self._names, within)
        lens = read_lens(self._spaces, within=within or home, measure=measure, kinds=kinds)
        number = self._number(lens.space, origin, job)
        found = find_neighbours(lens.space, lens.measure, most, mask=lens.mask, rows=[number], native_only=True)[number]
        return {
            "about": self._tell.about(lens),
            "job": self._tell.job(origin, lang),
            "asked": len(lens.space.profiles.asked(number)),
            "neighbours": self._near(lens, number, found, lang),
        }

    def compare(
        self, job: str, other: str, *, kinds: Sequence[str] = (), within: str | None = None, lang: str = "fr"
    ) -> Document:
        """Return two jobs compared: every measure both ways, what is shared, shared in part, missing and beyond.

        Competences of jobs of this graph come with the passages that tell of them. Parameters are those of
        ``neighbours``; *other* is the destination.
        """
        (origin, home), (destination, there) = (
            find_job(text, self._spaces, self._names, within) for text in (job, other)
        )
        if origin == destination:
            raise ParameterError([ParameterFault("other", other, ANOTHER_JOB)])
        common = _common(home, there, within, other)
        lens = read_lens(self._spaces, within=common, measure="jaccard", kinds=kinds)
        space, one = lens.space, self._number(lens.space, origin, job)
        two = self._number(space, destination, other, "other")
        found = compare(space, one, two, mask=lens.mask, other_mask=lens.mask)
        said = [read_requirements(self._store, self._names, iri, lang) for iri in (origin, destination)]
        has = space.profiles.asked(one)
        mask = lens.mask if kinds else None
        document: Document = {
            "about": self._tell.about(lens, values=True),
            "job": self._tell.job(origin, lang),
            "other": self._tell.job(destination, lang),
            "values": {
                name: {
                    "value": rounded(score_pair(space, measure, one, two, mask)),
                    "back": rounded(score_pair(space, measure, two, one, mask)),
                    "formula": measure.formula,
                    "symmetric": measure.is_symmetric,
                    "kinds": _kinds(measure.default_mask() if mask is None else mask),
                }
                for name, measure in MEASURES.items()
            },
            "shared": [self._tell.held(space, held, lang, *said) for held in found.shared],
            "partly": [self._tell.partly(space, part, has, lang, *said) for part in found.partly],
            "missing": [self._tell.held(space, held, lang, *said) for held in found.missing],
            "beyond": [self._tell.held(space, held, lang, *said) for held in found.beyond],
            "why": self._why(origin, destination),
        }
        add_explanations(document, self._store, (origin, destination))
        return document

    def reachable(
        self,
        job: str,
        *,
        threshold: float = 0.5,
        within: str | None = None,
        measure: str = "idf-coverage",
        kinds: Sequence[str] = (),
        least: int = 3,
        most: int = 20,
        lang: str = "fr",
    ) -> Document:
        """Return the jobs that *job* covers at least *threshold* of, and the competences that bring most others there.

        *least* is how many competences a job must ask for to be considered: of a job of which one is known, all is
        easily covered. Other parameters are those of ``neighbours``.
        """
        _check_number("limit", most, 1, MOST)
        _check_number("least", least, 1, 1000)
        _check_share("threshold", threshold)
        origin, home = find_job(job, self._spaces, self._names, within)
        lens = read_lens(self._spaces, within=within or home, measure=measure, kinds=kinds, coverage_only=True)
        space, number = lens.space, self._number(lens.space, origin, job)
        options = {"measure": lens.measure, "mask": lens.mask, "least": least, "native_only": True}
        found = transitions.find_reachable(space, number, threshold, **options)  # type: ignore[arg-type]
        openings = transitions.find_openings(space, number, threshold, **options)  # type: ignore[arg-type]
        return {
            "about": {**self._tell.about(lens), "threshold": threshold, "least": least},
            "job": self._tell.job(origin, lang),
            "asked": len(space.profiles.asked(number)),
            "total": len(found),
            "reachable": self._near(lens, number, found[:most], lang),
            "openings": [
                {
                    **self._tell.competence(space, opening.competence, lang),
                    "opens": len(opening.opened),
                    "jobs": [
                        {**self._tell.job(space.profiles.jobs[near.job], lang), "score": rounded(near.score)}
                        for near in opening.opened[:most]
                    ],
                }
                for opening in openings[:most]
            ],
        }

    def feeders(
        self,
        job: str,
        *,
        threshold: float = 0.5,
        within: str | None = None,
        measure: str = "idf-coverage",
        kinds: Sequence[str] = (),
        most: int = 5,
        lang: str = "fr",
    ) -> Document:
        """Return the jobs that cover most of *job*, and the shortest list with which all of them cover *threshold*.

        The feeders are looked for among the jobs of *within*; in this graph, those that the table does not call
        emerging come alone. Other parameters are those of ``reachable``.
        """
        _check_number("limit", most, 1, MOST)
        _check_share("threshold", threshold)
        destination, home = find_job(job, self._spaces, self._names, within)
        lens = read_lens(self._spaces, within=within or home, measure=measure, kinds=kinds, coverage_only=True)
        space, number = lens.space, self._number(lens.space, destination, job)
        emerging = self._members("?job a mkg:EmergingJob")
        among = [
            n
            for n, iri in enumerate(space.profiles.jobs)
            if space.is_native[n] and space.asking[n] and n != number and iri not in emerging
        ]
        feeders = transitions.find_feeders(space, number, most, measure=lens.measure, mask=lens.mask, among=among)
        plan = transitions.plan_training(space, number, feeders, threshold, measure=lens.measure, mask=lens.mask)
        ways = self._tell.ways(
            lens, [(near.job, number) for near in feeders], [near.score for near in feeders], lang, told="origin"
        )
        return {
            "about": {**self._tell.about(lens), "threshold": threshold},
            "job": self._tell.job(destination, lang),
            "asked": len(space.profiles.asked(number, lens.mask)),
            "feeders": [
                {**told, "reached": rounded(reached)} for told, reached in zip(ways, plan.reached, strict=True)
            ],
            "training": [self._tell.competence(space, competence, lang) for competence in plan.competences],
            "shortest": plan.is_shortest,
            "reaches": all(round(reached, 6) >= threshold for reached in plan.reached),
        }

    def missing(
        self,
        sub_sector: str,
        *,
        category: str | None = None,
        kinds: Sequence[str] = (),
        most: int = 20,
        lang: str = "fr",
    ) -> Document:
        """Return what is missing most often on the ways from all jobs of this graph into those of a sub-sector.

        Args:
            sub_sector: Its name or IRI; jobs that the table has in it or in a narrower one are the destinations.
            category: Only those of this category of evolution, such as "category/emergence".
            kinds: The kinds of the destinations' competences that count; all by default.
            most: How many competences.
            lang: The language of labels.
        """
        _check_number("limit", most, 1, MOST)
        lens = read_lens(self._spaces, within="study", measure="jaccard", kinds=kinds)
        sector = self._names.resolve(sub_sector, ONTOLOGY + "SubSector")
        chosen = self._names.resolve(category, ONTOLOGY + "EvolutionCategory") if category else None
        members = self._members_of(sector, chosen)
        space = lens.space
        into = [n for n, iri in enumerate(space.profiles.jobs) if iri in members and space.profiles.asked(n, lens.mask)]
        ways = [
            (one, two) for two in into for one in range(len(space.profiles.jobs)) if one != two and space.asking[one]
        ]
        found = transitions.find_recurring(space, ways, mask=lens.mask)
        return {
            "about": {**self._tell.about(lens), "measure": "prevalence", "formula": "|{t∈T: c∈B\\A}| / |T|"},
            "subSector": self._tell.job(sector, lang),
            "category": self._tell.job(chosen, lang) if chosen else None,
            "jobs": [self._tell.job(space.profiles.jobs[n], lang) for n in into],
            "unknown": sorted(
                (self._tell.job(iri, lang) for iri in members if iri not in {space.profiles.jobs[n] for n in into}),
                key=lambda told: told["label"],
            ),
            "transitions": len(ways),
            "total": len(found),
            "missing": [
                {
                    **self._tell.competence(space, one.competence, lang),
                    "transitions": one.transitions,
                    "prevalence": rounded(one.prevalence),
                    "askedBy": [
                        self._tell.job(space.profiles.jobs[n], lang)
                        for n in into
                        if one.competence in space.profiles.asked(n, lens.mask)
                    ],
                }
                for one in found[:most]
            ],
        }

    def clusters(
        self,
        *,
        threshold: float = 0.3,
        measure: str = HEADLINE.name,
        kinds: Sequence[str] = (),
        lang: str = "fr",
        most: int = 10,
    ) -> Document:
        """Return the groups of jobs of this graph that hang together at a threshold, and what holds them together."""
        _check_number("limit", most, 1, MOST)
        _check_share("threshold", threshold)
        lens = read_lens(self._spaces, within="study", measure=measure, kinds=kinds)
        space = lens.space
        found = find_clusters(space, lens.measure, threshold, mask=lens.mask)
        inside = {job for cluster in found for job in cluster.jobs}
        return {
            "about": {**self._tell.about(lens), "threshold": threshold},
            "clusters": [
                {
                    "jobs": [self._tell.job(space.profiles.jobs[n], lang) for n in cluster.jobs],
                    "pairs": [
                        {
                            "job": self._tell.job(space.profiles.jobs[one], lang),
                            "other": self._tell.job(space.profiles.jobs[two], lang),
                            "score": rounded(score),
                        }
                        for one, two, score in cluster.pairs
                    ],
                    "ties": [
                        {
                            **self._tell.competence(space, tie.competence, lang),
                            "jobs": [self._tell.job(space.profiles.jobs[n], lang) for n in tie.jobs],
                            "elsewhere": tie.elsewhere,
                        }
                        for tie in cluster.ties[:most]
                    ],
                }
                for cluster in found
            ],
            "alone": [
                self._tell.job(job, lang)
                for n, job in enumerate(space.profiles.jobs)
                if n not in inside and space.asking[n]
            ],
        }

    def matrix(
        self,
        *,
        sub_sector: str | None = None,
        within: str = "study",
        measure: str = HEADLINE.name,
        kinds: Sequence[str] = (),
        most: int = 20,
        lang: str = "fr",
    ) -> Document:
        """Return how near all jobs of this graph, or of one sub-sector, are to each other.

        The jobs come in an order in which those that are alike stand together; ``values`` has a row for each, from it
        to each of the others, None where there is no score. With *within*, they are told in the terms of ESCO or ROME.
        *most* is how many of the nearest pairs are told beside. Other parameters are those of ``neighbours``.
        """
        _check_number("limit", most, 1, MOST)
        lens = read_lens(self._spaces, within=within, measure=measure, kinds=kinds)
        sector = self._names.resolve(sub_sector, ONTOLOGY + "SubSector") if sub_sector else None
        members = self._members_of(sector) if sector else frozenset(self._names.instances(ONTOLOGY + "Job"))
        found = self._scores.matrix(lens, members)
        jobs = [lens.space.profiles.jobs[job] for job in found.jobs]
        told = [self._tell.job(iri, lang) for iri in jobs]
        return {
            "about": {**self._tell.about(lens), "symmetric": lens.measure.is_symmetric},
            "subSector": self._tell.job(sector, lang) if sector else None,
            "jobs": told,
            "values": [[rounded(value) if value >= 0 else None for value in row] for row in found.values.tolist()],
            "pairs": [
                {"job": told[one], "other": told[two], "score": rounded(score)}
                for one, two, score in found.nearest(most, symmetric=lens.measure.is_symmetric)
            ],
            "unknown": sorted(
                (self._tell.job(iri, lang) for iri in members.difference(jobs)), key=lambda told: told["label"]
            ),
        }

    def near_pairs(self, measure: str, threshold: float) -> list[tuple[str, str, float]]:
        """Return the pairs of jobs of this graph that are at least *threshold* near by a measure, either way.

        Raises ParameterError where there is no measure of that name.
        """
        lens = read_lens(self._spaces, within="study", measure=measure)
        return [
            (lens.space.profiles.jobs[one], lens.space.profiles.jobs[two], score)
            for one, two, score in self._scores.near(lens, threshold)
        ]

    @property
    def jobs(self) -> tuple[str, ...]:
        """The IRIs of the jobs of this graph of which a competence is known."""
        space = self._spaces["study"]
        return tuple(job for n, job in enumerate(space.profiles.jobs) if space.asking[n])

    @property
    def sub_sectors(self) -> tuple[str, ...]:
        """The IRIs of the sub-sectors in which the table has a job, or which are broader than one of those."""
        pattern = "?evolution mkg:evolutionOf ?one ; mkg:inSubSector/skos:broaderTransitive? ?job"
        return tuple(sorted(self._members(pattern)))

    # Parts

    def _number(self, space: Space, job: str, text: str, parameter: str = "job") -> int:
        """Return the number of a job in a space. Raises ParameterError where it asks for nothing there."""
        number = space.profiles.job_numbers.get(job)
        if number is None or not space.asking[number]:
            raise ParameterError([ParameterFault(parameter, text, KNOWN_JOB)])
        return number

    def _near(self, lens: Lens, number: int, found: Sequence[Neighbour], lang: str) -> list[Document]:
        pairs, scores = [(number, near.job) for near in found], [near.score for near in found]
        return self._tell.ways(lens, pairs, scores, lang, told="destination")

    def _why(self, origin: str, destination: str) -> list[Document]:
        """Return what the reasoner concludes of the two jobs, each with the address of its explanation."""
        told = []
        for name in ("sharesCompetenceWith", "sharesKindOfCompetenceWith"):
            triple = (f"<{origin}>", f"<{ONTOLOGY}{name}>", f"<{destination}>")
            answer = self._store.query(f"ASK {{ {' '.join(triple)} }}")
            if isinstance(answer, Truth) and answer.value:
                told.append({"property": f"mkg:{name}", "explain": explain_address(triple)})
        return told

    def _members_of(self, sector: str, category: str | None = None) -> frozenset[str]:
        """Return the jobs that the table has in a sub-sector or in a narrower one, or those in one category."""
        return self._members(
            f"?evolution mkg:evolutionOf ?job ; mkg:inSubSector ?sector . {{ BIND({Iri(sector)} AS ?wanted) }} "
            "FILTER(?sector = ?wanted || EXISTS { ?sector skos:broaderTransitive ?wanted })"
            + (f" ?evolution mkg:hasCategory {Iri(category)} ." if category else "")
        )

    def _members(self, pattern: str) -> frozenset[str]:
        rows: Iterable[tuple[object, ...]] = self._store.rows(f"SELECT DISTINCT ?job WHERE {{ {pattern} }}")
        return frozenset(job.value for (job,) in rows if isinstance(job, Iri))


def _kinds(mask: int) -> list[str]:
    return [kind for kind in KINDS if kinds_mask([kind]) & mask]


def _common(home: str, there: str, within: str | None, other: str) -> str:
    """Return the space that has two jobs. Raises ParameterError where none has both."""
    needed = {home, there} - {"study"}
    if len(needed) > 1:
        raise ParameterError([ParameterFault("other", other, COMMON_TERMS)])
    return within or next(iter(needed), "study")


def _check_number(parameter: str, value: int, least: int, most: int) -> None:
    if not least <= value <= most:
        raise ParameterError([ParameterFault(parameter, str(value), f"a whole number from {least} to {most}")])


def _check_share(parameter: str, value: float) -> None:
    if not 0 <= value <= 1:
        raise ParameterError([ParameterFault(parameter, f"{value:g}", "a number from 0 to 1")])
