"""The gates in the order they are told: what each asks, which tool asks it, and what it needs to be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from metiers_kg.build.gates.duplicates import check_duplicates
from metiers_kg.build.gates.link_targets import check_link_targets
from metiers_kg.build.gates.material import Material
from metiers_kg.build.gates.owl_dl import check_owl_dl
from metiers_kg.build.gates.shape_files import check_every_class_has_a_shape, check_shapes_are_shacl
from metiers_kg.build.gates.unused_terms import check_unused_terms
from metiers_kg.build.passages import check_texts, has_texts, texts_not_at_hand
from metiers_kg.build.profile import check_profile
from metiers_kg.build.reasoning import contradictions
from metiers_kg.build.validation import run_checks, run_shapes
from metiers_kg.build.vocabularies import imported_graphs
from metiers_kg.errors import Finding

__all__ = ["CHECK_FOLDERS", "FILES", "GATES", "OWL_DL", "Gate"]

FILES = "files"
"""The gate that reading is: what is malformed is told by it."""

OWL_DL = "owl-dl"
"""The gate that needs Java, and runs where it is asked for."""

CHECK_FOLDERS: Mapping[str, str] = {
    "checks": "the data say each thing once, and where it is looked for; `metiers-kg build` asks these too",
    "ontology": "terms are described, declared, connected and consistent among themselves (pitfalls as OOPS! has them)",
    "style": "labels, definitions and names are written as this project writes them",
    "skos": "labels, hierarchies and links keep the integrity conditions of SKOS",
    "cube": "figures are well-formed as RDF Data Cube asks",
    "references": "statements have their passage, passages their place, and nothing points nowhere",
    "silence": "the graph does not say what the texts do not say",
}
"""The folders of checks, `queries/checks/` and those within, and what the checks of each ask."""


@dataclass(frozen=True, slots=True)
class Gate:
    """A group of rules that one tool asks.

    Attributes:
        name: As in reports and `--gate`.
        asks: What it asks of ontology and data.
        tool: What looks.
        severity: What its findings are.
        needs: The parts of a project that must have been read whole.
        run: Gives the findings.
        why_not: Says why it cannot run here; empty where it can.
        left_out: Says what it leaves out, where it runs; empty where that is nothing.
    """

    name: str
    asks: str
    tool: str
    severity: str
    needs: frozenset[str]
    run: Callable[[Material], Iterable[Finding]]
    why_not: Callable[[Material], str] = lambda material: ""
    left_out: Callable[[Material], str] = lambda material: ""


def _checks(name: str) -> Callable[[Material], Iterable[Finding]]:
    def run(material: Material) -> Iterable[Finding]:
        return run_checks(material.store, _folder(material, name), material.where)

    return run


def _folder(material: Material, name: str) -> Path:
    return material.project.checks if name == "checks" else material.project.checks / name


def _no_texts(material: Material) -> str:
    there = has_texts(material.project.data)
    return "" if there else "METIERS_KG_TEXTS does not name the folder of the source texts"


def _texts_left_out(material: Material) -> str:
    files = texts_not_at_hand(material.store, material.project.data)
    return f"of {', '.join(files)}: METIERS_KG_TEXTS does not name their folder" if files else ""


def _no_imports(material: Material) -> str:
    return "" if imported_graphs(material.project) else "neither ESCO nor ROME is imported"


_ONTOLOGY, _DATA, _LINKS = (
    frozenset({"ontology"}),
    frozenset({"ontology", "data"}),
    frozenset({"ontology", "data", "links"}),
)
_STORE = "SPARQL"

GATES: tuple[Gate, ...] = (
    Gate(
        "profile",
        "the ontology lies within OWL 2 RL, so that the rules read all of it",
        "own reader of the profile's grammar",
        "warning",
        _ONTOLOGY,
        lambda made: check_profile(made.ontology, made.where),
    ),
    Gate(
        OWL_DL,
        "ontology and data lie within OWL 2 RL and DL, are consistent, and no class is empty by force",
        "OWL API and HermiT (Java), with `--owl-dl`",
        "violation",
        _ONTOLOGY,
        check_owl_dl,
    ),
    Gate(
        "shapes-are-shacl",
        "the shapes are SHACL: an engine passes over what is not",
        "SHACL-SHACL by pySHACL",
        "violation",
        frozenset({"shapes"}),
        check_shapes_are_shacl,
    ),
    Gate(
        "every-class-has-a-shape",
        "a shape looks at every class that has an instance",
        "rdflib",
        "violation",
        _DATA | {"shapes"},
        check_every_class_has_a_shape,
    ),
    Gate(
        "shapes",
        "things and statements have what their class asks for, closed world; `metiers-kg build` asks these too",
        "pySHACL",
        "violation",
        _DATA | {"shapes"},
        lambda made: run_shapes(made.asserted, made.project.ontology / "shapes.ttl", made.where),
    ),
    Gate(
        "contradictions",
        "nothing that follows by OWL 2 RL contradicts anything; `metiers-kg build` asks this too",
        "own reasoner",
        "violation",
        _DATA,
        lambda made: contradictions(made.closure, made.asserted, made.where),
    ),
    *(
        Gate(name, asks, _STORE, "as each says", _ONTOLOGY if name == "ontology" else _DATA, _checks(name))
        for name, asks in CHECK_FOLDERS.items()
    ),
    Gate(
        "duplicates",
        "no two things of one class have one name in a language, accents, case and punctuation aside",
        "own",
        "violation",
        _DATA,
        check_duplicates,
    ),
    Gate(
        "link-targets",
        "the concepts that links lead to are in the imported release, and not withdrawn",
        "own",
        "violation; warning where the file names another release",
        _LINKS,
        check_link_targets,
        _no_imports,
    ),
    Gate(
        "unused-terms",
        "every class and property serves data, a link, a shape, a rule, a saved query or an import",
        "own",
        "warning",
        _LINKS,
        check_unused_terms,
    ),
    Gate(
        "passages",
        "every quote stands in its source text, at its offsets and lines; `metiers-kg build` asks this too",
        "own",
        "violation",
        _DATA,
        lambda made: check_texts(made.store, made.project.data, made.where),
        _no_texts,
        _texts_left_out,
    ),
)
"""Every gate but that of files."""
