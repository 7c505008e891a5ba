"""What the gates look at: the project as it was read, with what could not be read told as findings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TypeVar

from metiers_kg.build import assembly, reasoning
from metiers_kg.build.inputs import data_files
from metiers_kg.build.locations import Locations
from metiers_kg.build.reasoning import Closed
from metiers_kg.errors import DataError, Finding
from metiers_kg.links import Review, french_labels, link_files, read_links, read_review, read_subjects
from metiers_kg.project import Project
from metiers_kg.store import Store, read_turtle

__all__ = ["NOT_TURTLE", "Material", "read_material"]

NOT_TURTLE = "Turtle syntax"
"""The rule of a finding that says that a file is no Turtle."""

_Read = TypeVar("_Read")


@dataclass
class Material:
    """A project as read; what rests on it is made when a gate first asks.

    Attributes:
        project: Where it was read.
        ontology: The triples of the ontology, as N-Triples lines.
        terms: Those of the terms of imported vocabularies.
        data: Those of the data files.
        review: The links, as reviewed.
        faults: What could not be read.
        unread: Which of "ontology", "shapes", "data" and "links" could not, whole or in part; it is empty then.
    """

    project: Project
    ontology: Sequence[str] = ()
    terms: Sequence[str] = ()
    data: Sequence[str] = ()
    review: Review = field(default_factory=lambda: Review({}, {}))
    faults: list[Finding] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)

    @cached_property
    def links(self) -> Mapping[str, Sequence[str]]:
        """The graphs "links" and "candidates", those that have a triple."""
        graphs = {"links": self.review.link_lines(), "candidates": self.review.candidate_lines()}
        return {name: lines for name, lines in graphs.items() if lines}

    @cached_property
    def asserted(self) -> list[str]:
        """What the reasoning starts from: ontology, data and links."""
        return [*self.ontology, *self.data, *self.links.get("links", ())]

    @cached_property
    def closure(self) -> Closed:
        """What follows from it."""
        return reasoning.close(self.asserted, next(iter(reasoning.REASONERS)))

    @cached_property
    def store(self) -> Store:
        """The project's own graphs: ontology, data, links, candidates, inferred."""
        graphs: dict[str, Sequence[str]] = {
            "ontology": sorted({*self.ontology, *self.terms}),
            "data": self.data,
            **self.links,
            "inferred": list(self.closure.inferred),
        }
        return Store.memory("\n".join(assembly.nquads(graphs)), nquads=True)

    @cached_property
    def where(self) -> Locations:
        """Where each resource is described."""
        files = [] if "data" in self.unread else data_files(self.project)
        if not {"ontology", "shapes"} & self.unread:
            own = [self.project.ontology / f"{name}.ttl" for name in ("metiers", "vocabularies", "shapes")]
            files += [path for path in own if path.is_file()]
        return Locations(files, self.project.data)


def read_material(project: Project) -> Material:
    """Read a project; what is malformed becomes a finding, and the rest is read all the same.

    Raises:
        InputError: There is no data file at all.
    """
    made = Material(project)
    nothing: list[str] = []

    def read(part: str, reading: Callable[[], _Read], instead: _Read) -> _Read:
        try:
            return reading()
        except DataError as error:
            made.faults += error.findings
            made.unread.add(part)
            return instead

    made.ontology = read("ontology", lambda: assembly.read_ontology(project), nothing)
    made.terms = read("ontology", lambda: assembly.read_vocabulary_terms(project), nothing)
    read("shapes", lambda: read_turtle(project.ontology / "shapes.ttl"), nothing)
    made.data = read("data", lambda: assembly.read_data(project), nothing)
    if "data" in made.unread and all(finding.rule != NOT_TURTLE for finding in made.faults):
        made.unread.discard("data")
        made.data = _read_as_it_is(project)
    if "data" in made.unread:  # what can be linked is not known; whether the files can be read is
        for path in link_files(project.data):
            read("links", partial(read_links, path, path.relative_to(project.data).as_posix()), None)
    else:
        made.review = read("links", lambda: _review(made), made.review)
    return made


def _review(made: Material) -> Review:
    return read_review(made.project.data, french_labels(read_subjects(made.data)))


def _read_as_it_is(project: Project) -> list[str]:
    """Return the triples of data files that are Turtle, but not as they should be, which is told already."""
    lines = {line for path in data_files(project) for line in read_turtle(path)}
    return sorted(line for line in lines if "_:" not in line.partition('"')[0])
