"""On any small world, measures and lists are what plain sets and trying everything give."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import Field, fields, is_dataclass, replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metiers_kg.overlap import incidence, transitions
from metiers_kg.overlap.comparison import compare
from metiers_kg.overlap.measures import MEASURES, STEPS, Measure
from metiers_kg.overlap.profiles import ALL_KINDS, KINDS, Profiles
from metiers_kg.overlap.relations import Pairs
from metiers_kg.overlap.scoring import NO_SCORE, find_neighbours, score_pair, score_rows
from metiers_kg.overlap.space import Space
from metiers_kg.overlap.spaces import study_space, vocabulary_space
from metiers_kg.overlap.state import load_spaces, save_spaces
from metiers_kg.overlap.terms import SORTS
from metiers_kg.overlap.transitions import (
    COVERAGES,
    find_feeders,
    find_openings,
    find_reachable,
    find_recurring,
    plan_training,
)
from metiers_kg.overlap.vocabularies import Asked, Study
from metiers_kg.overlap.words import label_words

EXAMPLES = settings(max_examples=40, deadline=None)
MASKS = range(ALL_KINDS + 1)
EXACT = 1e-7
"""How far sums of the same weights in another order may be apart; likenesses have seven digits."""

JOBS = [f"job/{number}" for number in range(5)]
CONCEPTS = [f"skill/{number}" for number in range(7)]
KINDS_ABOVE = [f"kind/{number}" for number in range(3)]
OWN_JOBS = [f"own/{number}" for number in range(3)]
OWN_COMPETENCES = [f"competence/{number}" for number in range(5)]
OWN_KINDS = [f"theme/{number}" for number in range(2)]
WORDS = ("cells", "glass", "quality", "washing")
RELATIONS = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch")
THRESHOLDS = st.sampled_from([0.0, 0.25, 1 / 3, 0.5, 2 / 3, 0.75, 1.0])


def worlds(
    jobs: list[str], competences: list[str], kinds_above: list[str], sorts: tuple[str, ...] = SORTS
) -> st.SearchStrategy[Asked]:
    """Jobs that ask for anything in any kinds, and any hierarchy: circles, several parents, links to itself."""
    pairs = st.lists(st.tuples(st.sampled_from(jobs), st.sampled_from(competences)), max_size=10)
    ends = st.sampled_from([*competences, *kinds_above])
    labels = st.dictionaries(ends, st.lists(st.sampled_from(WORDS), max_size=3).map(" ".join))
    return st.builds(
        Asked,
        st.fixed_dictionaries(dict.fromkeys(KINDS, pairs)),
        st.lists(st.tuples(ends, ends), max_size=10),
        st.frozensets(st.sampled_from(jobs)),
        st.dictionaries(ends, st.sampled_from(sorts)),
        labels.map(lambda found: {"en": found, "fr": found}),
    ).map(lambda asked: replace(asked, jobs=asked.jobs | _askers(asked)))


def _askers(asked: Asked) -> frozenset[str]:
    return frozenset(job for pairs in asked.by_kind.values() for job, _ in pairs)


VOCABULARIES = worlds(JOBS, CONCEPTS, KINDS_ABOVE)
LINKS = st.lists(
    st.tuples(st.sampled_from(RELATIONS), st.sampled_from([*CONCEPTS, *KINDS_ABOVE, "skill/unknown"])), max_size=3
)
STUDIES = st.builds(
    Study,
    worlds(OWN_JOBS, OWN_COMPETENCES, OWN_KINDS, tuple(sort for sort in SORTS if sort != "heading")),
    st.dictionaries(
        st.sampled_from([*OWN_COMPETENCES, *OWN_KINDS]),
        LINKS.map(lambda links: tuple(sorted(links, key=lambda link: RELATIONS.index(link[0])))),
    ),
)
SPACES = VOCABULARIES.map(lambda asked: study_space(Study(asked, {})))
CROWDS = SPACES.filter(lambda space: len(space.profiles.jobs) > 1)
"""Spaces with two jobs or more."""


@contextmanager
def computed(dense_gain: int, cells: int) -> Iterator[None]:
    """Have dense columns from another share on, and blocks of another size."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(incidence, "_DENSE_GAIN", dense_gain)
        patch.setattr(incidence, "_BLOCK_CELLS", cells)
        patch.setattr(incidence, "_MARKED_CELLS", cells)
        yield


WAYS = {
    "as it is": (incidence._DENSE_GAIN, incidence._BLOCK_CELLS),
    "dense, row by row": (10**9, 1),
    "counted, row by row": (0, 1),
    "dense, at once": (10**9, 1 << 18),
    "counted, at once": (0, 1 << 18),
}


def _rareness(found: list[set[str]]) -> dict[str, float]:
    """ln(n / df) of what is in some sets."""
    return {word: math.log(len(found) / sum(word in own for own in found)) for word in set().union(*found)}


class PlainSets:
    """A world as sets and dictionaries, weighed on itself."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._above: dict[str, set[str]] = {}
        for low, high in asked.hierarchy:
            self._above.setdefault(low, set()).add(high)
        jobs = sorted(asked.jobs)
        everything = {job: self.asks(job, ALL_KINDS) for job in jobs}
        closed = {job: self.closed(own) for job, own in everything.items()}
        total = sum(1 for own in everything.values() if own)
        concepts = set().union(*closed.values())
        wanted = set().union(*everything.values())
        self.label_idf = _rareness([self.words(c) for c in wanted])
        self.job_idf = _rareness([self._words_of(own) for own in everything.values() if own])
        self.ic = {c: math.log(total / sum(1 for own in closed.values() if c in own)) for c in concepts}
        self.idf = dict(self.ic)
        for c in set().union(*everything.values()):
            self.idf[c] = math.log(total / sum(1 for own in everything.values() if c in own))

    def asks(self, job: str, mask: int) -> set[str]:
        """What a job asks for in some kinds."""
        kinds = [kind for bit, kind in enumerate(KINDS) if mask >> bit & 1]
        return {c for kind in kinds for asker, c in self._asked.by_kind[kind] if asker == job}

    def closed(self, own: set[str]) -> set[str]:
        """What is in a set, and all that is broader."""
        while (grown := own.union(*(self._above.get(c, set()) for c in own))) != own:
            own = grown
        return own

    def steps_to(self, wanted: str, closed: set[str]) -> int | None:
        """The least number of steps up from *wanted* to something in *closed*, if there is any."""
        level, seen, steps = {wanted}, {wanted}, 0
        while level:
            if level & closed:
                return steps
            level = set().union(*(self._above.get(c, set()) for c in level)) - seen
            seen |= level
            steps += 1
        return None

    def is_sort(self, competence: str, sort: str) -> bool:
        """Whether a competence is of a sort."""
        return self._asked.sorts.get(competence, "other") == sort

    def told(self, own: set[str]) -> set[str]:
        """What is in a set, but for attitudes."""
        return {c for c in own if not self.is_sort(c, "attitude")}

    def words(self, competence: str) -> set[str]:
        """The words of the label of a competence."""
        return set(label_words(self._asked.labels["fr"].get(competence, "")))

    def _words_of(self, own: set[str]) -> set[str]:
        return set().union(*(self.words(c) for c in self.told(own)))

    def headings(self, competence: str) -> set[str]:
        """What a competence stands under: its heading, itself where it is one; without headings, what is broader."""
        above = self._above.get(competence, set()) - {competence}
        if not any(self.is_sort(c, "heading") for c in self.ic):
            return above
        if self.is_sort(competence, "heading"):
            return {competence}
        return {c for c in above if self.is_sort(c, "heading") and not self.is_sort(competence, "knowledge")}


Formula = Callable[[PlainSets, set[str], set[str]], tuple[float, float]]
"""What is above and what is below the line, of what origin and destination ask for."""


def weigh(weights: Mapping[str, float], competences: set[str]) -> float:
    """The sum of weights."""
    return math.fsum(weights[c] for c in competences)


def earned(world: PlainSets, own: set[str], wanted: set[str]) -> float:
    """The sum over what is wanted of 1, 1/2 or 1/4 by the steps up to what the origin has something of."""
    closed = world.closed(own)
    steps = [world.steps_to(c, closed) for c in wanted]
    return sum(0.5**found for found in steps if found is not None and found <= STEPS)


Vector = dict[str, float]


def cosine(one: Vector, two: Vector) -> float:
    """The cosine of two vectors, 0 for one that is nothing."""
    inner = math.fsum(value * two[c] for c, value in one.items() if c in two)
    lengths = [math.sqrt(math.fsum(value**2 for value in vector.values())) for vector in (one, two)]
    return inner / (lengths[0] * lengths[1]) if all(lengths) else 0.0


def counted(weights: Mapping[str, float], found: list[str]) -> Vector:
    """ln(1 + n) times the weight of what is named n times."""
    return {c: math.log(1 + found.count(c)) * weights[c] for c in set(found)}


def held(world: PlainSets, own: set[str], wanted: set[str]) -> float:
    """How much of what is wanted is there in like words."""

    def likeness(one: str, two: str) -> float:
        vectors = [{word: world.label_idf[word] for word in world.words(c)} for c in (one, two)]
        return 1.0 if one == two else cosine(*vectors)

    total = weigh(world.idf, wanted)
    return math.fsum(world.idf[b] * max(likeness(a, b) for a in own) for b in wanted) / total if total else 0.0


def combined(world: PlainSets, a: set[str], b: set[str]) -> tuple[float, float]:
    """Two parts of what each holds of the other, and cosines over skills, knowledge, headings (half) and words."""
    if not a or not b:
        return 0.0, 0.0
    both = [world.told(own) for own in (a, b)]
    skills, knowledge = (
        [{c: world.idf[c] for c in own if world.is_sort(c, "knowledge") == wanted} for own in both]
        for wanted in (False, True)
    )
    headings = [counted(world.ic, [high for c in own for high in world.headings(c)]) for own in both]
    words = [counted(world.job_idf, [word for c in own for word in world.words(c)]) for own in both]
    cosines = cosine(*skills) + cosine(*knowledge) + cosine(*headings) / 2 + cosine(*words)
    return held(world, a, b) + held(world, b, a) + cosines, 5.5


FORMULAS: Mapping[str, Formula] = {
    "jaccard": lambda w, a, b: (len(a & b), len(a | b)),
    "idf-jaccard": lambda w, a, b: (weigh(w.idf, a & b), weigh(w.idf, a | b)),
    "cosine": lambda w, a, b: (
        math.fsum(w.idf[c] ** 2 for c in a & b),
        math.sqrt(math.fsum(w.idf[c] ** 2 for c in a) * math.fsum(w.idf[c] ** 2 for c in b)),
    ),
    "simgic": lambda w, a, b: (weigh(w.ic, w.closed(a) & w.closed(b)), weigh(w.ic, w.closed(a) | w.closed(b))),
    "coverage": lambda w, a, b: (len(a & b), len(b)),
    "idf-coverage": lambda w, a, b: (weigh(w.idf, a & b), weigh(w.idf, b)),
    "graded-coverage": lambda w, a, b: (earned(w, a, b), len(b)),
    "combined": combined,
}
"""The formulas of measures, by name, written once more over sets."""


def all_scores(space: Space, measure: Measure, mask: int | None = None) -> np.ndarray:
    """The scores of all pairs, a row for each origin."""
    found = np.full((len(space.profiles.jobs), len(space.profiles.jobs)), np.nan)
    for block, scores in score_rows(space, measure, mask):
        found[block] = scores
    return found


def plain_scores(asked: Asked, measure: Measure, mask: int) -> np.ndarray:
    """The same, from sets."""
    world, jobs = PlainSets(asked), sorted(asked.jobs)
    found = np.full((len(jobs), len(jobs)), NO_SCORE)
    for row, origin in enumerate(jobs):
        own = world.asks(origin, mask if measure.is_symmetric else ALL_KINDS)
        for column, destination in enumerate(jobs):
            above, below = FORMULAS[measure.name](world, own, world.asks(destination, mask))
            if row != column and below > 0:
                found[row, column] = above / below
    return found


@pytest.mark.parametrize("name", FORMULAS)
@EXAMPLES
@given(asked=VOCABULARIES, way=st.sampled_from(sorted(WAYS)))
def test_a_measure_is_its_formula(name: str, asked: Asked, way: str) -> None:
    """For all pairs and kinds, a measure gives what its formula gives over plain sets, however it is computed."""
    measure = MEASURES[name]
    expected = [plain_scores(asked, measure, mask) for mask in MASKS]
    with computed(*WAYS[way]):
        space = study_space(Study(asked, {}))
        found = [all_scores(space, measure, mask) for mask in MASKS]

    np.testing.assert_allclose(found, expected, rtol=0, atol=EXACT)


@pytest.mark.parametrize("name", MEASURES)
@EXAMPLES
@given(space=SPACES, mask=st.sampled_from([None, *MASKS]))
def test_a_score_is_a_share(name: str, space: Space, mask: int | None) -> None:
    """Every score is from 0 to 1, or stands for none."""
    scores = all_scores(space, MEASURES[name], mask)

    assert ((scores == NO_SCORE) | ((scores >= 0) & (scores <= 1))).all()


@pytest.mark.parametrize("name", [name for name, measure in MEASURES.items() if measure.is_symmetric])
@EXAMPLES
@given(space=SPACES, mask=st.sampled_from([None, *MASKS]))
def test_a_symmetric_measure_is_the_same_both_ways(name: str, space: Space, mask: int | None) -> None:
    """A measure that says that it is symmetric gives a pair one score."""
    scores = all_scores(space, MEASURES[name], mask)

    np.testing.assert_allclose(scores, scores.T, rtol=0, atol=EXACT)


@pytest.mark.parametrize("name", MEASURES)
@EXAMPLES
@given(space=SPACES, mask=st.sampled_from([None, *MASKS]))
def test_single_rows_and_pairs_are_those_of_all(name: str, space: Space, mask: int | None) -> None:
    """The scores of one job, and of one pair, are those that all jobs together give."""
    measure, jobs = MEASURES[name], range(len(space.profiles.jobs))
    expected = all_scores(space, measure, mask)
    pairs = [[score_pair(space, measure, one, two, mask) for two in jobs] for one in jobs]
    rows = [next(score_rows(space, measure, mask, np.array([job])))[1][0] for job in jobs]

    for found in (rows, [[NO_SCORE if score is None else score for score in row] for row in pairs]):
        np.testing.assert_allclose(np.reshape(found, expected.shape), expected, rtol=0, atol=EXACT)


@pytest.mark.parametrize("name", MEASURES)
@EXAMPLES
@given(space=SPACES, mask=st.sampled_from([None, *MASKS]), most=st.integers(0, 7))
def test_neighbours_are_the_scores_sorted(name: str, space: Space, mask: int | None, most: int) -> None:
    """The neighbours of a job are the highest scores, of equal ones the lower number first.

    By `combined` only those with something that is not all missing: like words alone make no neighbour.
    """
    scores = all_scores(space, MEASURES[name], mask)
    if name == "combined":
        graded = all_scores(space, MEASURES["graded-coverage"], MEASURES[name].default_mask() if mask is None else mask)
        scores[graded <= 0] = NO_SCORE
    order = [sorted(range(len(row)), key=lambda job, row=row: (-round(row[job], 6), job)) for row in scores]
    expected = {job: [n for n in order[job] if scores[job, n] > 0][:most] for job in range(len(scores))}

    found = find_neighbours(space, MEASURES[name], most, mask=mask)

    assert expected == {job: [one.job for one in neighbours] for job, neighbours in found.items()}


@EXAMPLES
@given(asked=VOCABULARIES, study=STUDIES)
def test_a_study_changes_nothing_in_a_vocabulary(asked: Asked, study: Study) -> None:
    """Whatever this graph says, with whatever links, two jobs of the vocabulary keep their scores."""
    alone, together = vocabulary_space("esco", "1", asked), vocabulary_space("esco", "1", asked, study)
    native = np.flatnonzero(together.is_native)

    for measure in MEASURES.values():
        found = all_scores(together, measure)[np.ix_(native, native)]
        np.testing.assert_allclose(found, all_scores(alone, measure), rtol=0, atol=EXACT)


@EXAMPLES
@given(asked=VOCABULARIES, study=STUDIES, most=st.integers(1, 7))
def test_only_native_jobs_are_found_among_native_ones(asked: Asked, study: Study, most: int) -> None:
    """Neighbours, reachable and opened jobs of the vocabulary alone are its own."""
    space = vocabulary_space("esco", "1", asked, study)
    found = [
        job
        for measure in MEASURES.values()
        for neighbours in find_neighbours(space, measure, most, native_only=True).values()
        for job, _ in neighbours
    ]
    for origin in range(len(space.profiles.jobs)):
        found += [job for job, _ in find_reachable(space, origin, 0.0, native_only=True)]
        found += [job for one in find_openings(space, origin, 0.5, native_only=True) for job, _ in one.opened]

    assert space.is_native[np.array(found, int)].all()


@EXAMPLES
@given(asked=VOCABULARIES, study=STUDIES)
def test_links_are_told_as_promised(asked: Asked, study: Study) -> None:
    """A competence is the concept, has it above, stands beside it, or stands under what its own broader one is."""
    space = vocabulary_space("esco", "1", asked, study)
    known = {c for pairs in asked.by_kind.values() for _, c in pairs} | {
        end for pair in asked.hierarchy for end in pair
    }
    links = {c: [link for link in study.links.get(c, ()) if link[1] in known] for c in [*OWN_COMPETENCES, *OWN_KINDS]}
    same = {c: found[0][1] for c, found in links.items() if found and found[0][0] in RELATIONS[:2]}
    names, parents = space.profiles.competences, space.profiles.parents
    above: dict[str, set[str]] = {}
    for competence, found in links.items():
        relation = found[0][0] if found else ""
        targets = {concept for name, concept in found if name == relation}
        broader = {
            "broadMatch": targets,
            "narrowMatch": {high for low, high in asked.hierarchy if low in targets},
            "": {same.get(high, high) for low, high in study.asked.hierarchy if low == competence},
        }
        above[competence] = broader.get(relation, set()) - {competence}

    for job, competence in [pair for pairs in study.asked.by_kind.values() for pair in pairs]:
        number = space.profiles.competence_numbers[same.get(competence, competence)]
        assert number in space.profiles.asked(space.profiles.job_numbers[job])
    told = {c: {names[high] for high in parents.get(n, ())} for n, c in enumerate(names) if c in links}
    assert {c: above[c] for c in told} == told
    assert not told.keys() & same.keys()


@EXAMPLES
@given(space=CROWDS, mask=st.sampled_from(MASKS), data=st.data())
def test_a_comparison_adds_up_to_graded_coverage(space: Space, mask: int, data: st.DataObject) -> None:
    """The lists of a comparison hold each competence once; what is shared and partly so is graded coverage."""
    origin, destination = data.draw(st.permutations(range(len(space.profiles.jobs))))[:2]
    found = compare(space, origin, destination, other_mask=mask)
    asks = space.profiles.asked(destination, mask)
    listed = [one.competence for one in (*found.shared, *(part.held for part in found.partly), *found.missing)]
    score = score_pair(space, MEASURES["graded-coverage"], origin, destination, mask)
    credit = len(found.shared) + sum(part.credit for part in found.partly)

    assert sorted(asks) == sorted(listed)
    assert {c for c in space.profiles.asked(origin) if c not in asks} == {one.competence for one in found.beyond}
    assert (score is None and not asks) or score == pytest.approx(credit / len(asks))


def learnt(space: Space, job: int, competences: set[int]) -> Space:
    """The space in which a job has some more competences, weighed as before."""
    profiles = space.profiles
    entries = {
        (int(j), int(c)): int(kinds)
        for j, c, kinds in zip(profiles.entry_job, profiles.entry_competence, profiles.entry_kinds, strict=True)
    }
    entries |= {(job, c): entries.get((job, c), 0) | 0b100 for c in competences}
    rows = sorted(entries)
    more = replace(
        profiles,
        entry_job=np.array([j for j, _ in rows], np.int32),
        entry_competence=np.array([c for _, c in rows], np.int32),
        entry_kinds=np.array([entries[row] for row in rows], np.uint8),
    )
    return Space(**{field.name: getattr(space, field.name) for field in _told(space)} | {"profiles": more})


def _told(value: object) -> list[Field[object]]:
    """The fields of a dataclass, those left out that hold what was worked out."""
    return [field for field in fields(value) if not field.name.startswith("_")]


def is_reached(score: float | None, threshold: float) -> bool:
    """Whether a score is as high as a threshold, to six decimals."""
    return score is not None and round(score, 6) >= round(threshold, 6)


@pytest.mark.parametrize("name", COVERAGES)
@EXAMPLES
@given(space=CROWDS, threshold=THRESHOLDS, data=st.data())
def test_openings_are_what_learning_gives(name: str, space: Space, threshold: float, data: st.DataObject) -> None:
    """The jobs that a competence opens are those that come within reach when the origin has it."""
    origin = data.draw(st.sampled_from(range(len(space.profiles.jobs))))
    measure, jobs = MEASURES[name], range(len(space.profiles.jobs))
    now = [score_pair(space, measure, origin, job) for job in jobs]
    expected = {}
    for competence in set(range(len(space.profiles.competences))) - space.profiles.asked(origin).keys():
        other = learnt(space, origin, {competence})
        then = {job: score_pair(other, measure, origin, job) for job in jobs if not is_reached(now[job], threshold)}
        opened = {job: score for job, score in then.items() if is_reached(score, threshold)}
        if opened:
            expected[competence] = pytest.approx(opened)

    found = find_openings(space, origin, threshold, measure=measure)

    assert expected == {one.competence: dict(one.opened) for one in found}
    assert found == sorted(
        found, key=lambda one: (-len(one.opened), -space.weights.idf[one.competence], one.competence)
    )


@pytest.mark.parametrize("name", COVERAGES)
@EXAMPLES
@given(space=CROWDS, threshold=THRESHOLDS, most=st.integers(0, 4), data=st.data())
def test_a_training_list_is_the_shortest(
    name: str, space: Space, threshold: float, most: int, data: st.DataObject
) -> None:
    """No shorter list brings every feeder to the threshold, and none as short brings them further in all."""
    destination = data.draw(st.sampled_from(range(len(space.profiles.jobs))))
    measure, feeders, own = MEASURES[name], [], space.profiles
    feeders = find_feeders(space, destination, most, measure=measure)

    def reached(choice: tuple[int, ...]) -> list[float]:
        return [
            score_pair(learnt(space, feeder.job, set(choice)), measure, feeder.job, destination) or 0.0
            for feeder in feeders
        ]

    lacked = {c for f in feeders for c in own.asked(destination, 1) if c not in own.asked(f.job)}
    lists = [choice for size in range(len(lacked) + 1) for choice in combinations(sorted(lacked), size)]
    enough = [choice for choice in lists if all(is_reached(score, threshold) for score in reached(choice))]
    shortest = [choice for choice in enough if len(choice) == len(enough[0])]

    found = plan_training(space, destination, feeders, threshold, measure=measure)

    assert tuple(sorted(found.competences)) in enough
    assert len(enough[0]) == len(found.competences)
    assert list(found.reached) == pytest.approx(reached(found.competences))
    assert sum(found.reached) == pytest.approx(max(sum(reached(choice)) for choice in shortest))


@pytest.mark.parametrize("name", COVERAGES)
@EXAMPLES
@given(space=CROWDS, threshold=THRESHOLDS, data=st.data())
def test_a_list_made_step_by_step_reaches_too(name: str, space: Space, threshold: float, data: st.DataObject) -> None:
    """A list that grows by what helps most brings every feeder to the threshold, and says how it was made."""
    destination = data.draw(st.sampled_from(range(len(space.profiles.jobs))))
    feeders = find_feeders(space, destination, 4, measure=MEASURES[name])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(transitions, "_EXACT_AT_MOST", -1)
        found = plan_training(space, destination, feeders, threshold, measure=MEASURES[name])

    assert not found.is_shortest
    assert all(is_reached(score, threshold) for score in found.reached)


@EXAMPLES
@given(space=CROWDS, mask=st.sampled_from(MASKS), data=st.data())
def test_what_recurs_is_counted(space: Space, mask: int, data: st.DataObject) -> None:
    """A competence recurs on as many ways as there are whose destination asks for it and whose origin does not."""
    jobs = st.sampled_from(range(len(space.profiles.jobs)))
    ways = data.draw(st.lists(st.tuples(jobs, jobs), max_size=6))
    gaps = [space.profiles.asked(two, mask).keys() - space.profiles.asked(one).keys() for one, two in ways]
    expected = {c: sum(c in gap for gap in gaps) for c in set().union(*gaps)}

    found = find_recurring(space, ways, mask=mask)

    assert expected == {one.competence: one.transitions for one in found}
    assert all(one.prevalence == one.transitions / len(ways) for one in found)


def as_plain(value: object) -> object:
    """Everything that something is made of, as what can be compared."""
    if isinstance(value, np.ndarray):
        return [str(value.dtype), value.tolist()]
    if is_dataclass(value):
        return {field.name: as_plain(getattr(value, field.name)) for field in _told(value)}
    return {name: as_plain(found) for name, found in value.items()} if isinstance(value, dict) else value


@EXAMPLES
@given(asked=VOCABULARIES, study=STUDIES)
def test_spaces_come_back_as_they_were(tmp_path_factory: pytest.TempPathFactory, asked: Asked, study: Study) -> None:
    """Spaces that are written and read again are the same, to the last bit of their weights."""
    space = vocabulary_space("esco", "1.1.1", asked, study)
    spaces = {"esco": space, "study": study_space(study, space)}
    path = tmp_path_factory.getbasetemp() / "overlap.npz"
    save_spaces(spaces, path)

    assert as_plain(spaces) == as_plain(load_spaces(path))


@EXAMPLES
@given(asked=VOCABULARIES, study=STUDIES)
def test_every_competence_weighs(asked: Asked, study: Study) -> None:
    """No competence weighs less than nothing or what is no number, whatever it is linked to or not."""
    space = vocabulary_space("esco", "1.1.1", asked, study)
    own = study_space(study, space)

    for weights in (space.weights, own.weights):
        assert (np.concatenate([weights.idf, weights.ic]) >= 0).all()


@EXAMPLES
@given(pairs=st.lists(st.tuples(st.sampled_from(JOBS), st.sampled_from(CONCEPTS)), max_size=8))
def test_links_to_itself_and_twice_do_no_harm(pairs: Pairs) -> None:
    """A hierarchy in which everything is said twice, each link in a circle with itself, is that without."""
    hierarchy: Pairs = [(CONCEPTS[0], CONCEPTS[1]), (CONCEPTS[1], CONCEPTS[2])]
    plain = Profiles.of({"essential": pairs}, hierarchy)
    noisy = Profiles.of({"essential": [*pairs, *pairs]}, [*hierarchy, *hierarchy, *((c, c) for c in CONCEPTS)])

    assert [plain.parents, plain.entry_competence.tolist()] == [noisy.parents, noisy.entry_competence.tolist()]
