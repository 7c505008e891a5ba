"""Two things of one class with one name: accents, case, and punctuation do not tell them apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from metiers_kg.build.gates.material import Material
from metiers_kg.errors import Finding
from metiers_kg.vocabulary import slugify

__all__ = ["check_duplicates"]

_NAMES = """
SELECT DISTINCT ?class ?thing ?label WHERE {
  VALUES ?class {
    mkg:Job mkg:JobGroup mkg:Competence mkg:EvolutionFactor mkg:SubSector mkg:EvolutionCategory mkg:Horizon
    mkg:Indicator mkg:Organisation mkg:Place mkg:Source mkg:Strategy mkg:RecruitmentPractice
  }
  ?thing a ?class ; skos:prefLabel|skos:altLabel|skos:hiddenLabel ?label .
} ORDER BY ?class ?thing ?label
"""


def check_duplicates(material: Material) -> Iterator[Finding]:
    """Yield a finding for each thing that has, in one language, a name of another thing of its class."""
    named: defaultdict[tuple[str, str, str], dict[str, str]] = defaultdict(dict)
    for row in material.store.rows(_NAMES):
        kind, thing, label = (getattr(term, "value", "") for term in row)
        if folded := slugify(label):
            named[kind, getattr(row[2], "language", None) or "", folded][thing] = label
    for (kind, language, _), things in sorted(named.items()):
        first, *others = things
        for other in others:
            file, line = material.where.find(other)
            message = f"is called {things[other]!r}@{language}, as is {first} ({kind.rpartition('#')[2]})"
            yield Finding("duplicates", other, message, "merge the two, or take the name from one", file, line)
