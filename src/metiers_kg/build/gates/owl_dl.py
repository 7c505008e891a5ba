"""OWL 2 RL and DL by the OWL API, consistency and empty classes by HermiT: the judgement of tools of another kind.

The tools are Java. The ontology is looked at alone and with every fact that one of its axioms can use: all types of
declared classes, all values of declared object and data properties. Left out are labels and other annotations, terms
that the ontology does not declare (no axiom speaks of them), and dates, since xsd:date is no datatype of OWL 2.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import rdflib

from metiers_kg.build.gates import owl_api
from metiers_kg.build.gates.material import Material
from metiers_kg.build.locations import Locations
from metiers_kg.errors import Finding, InputError
from metiers_kg.vocabulary import PREFIXES

__all__ = ["check_owl_dl", "facts", "judge", "missing_tools"]

_TYPE = f"<{PREFIXES['rdf']}type>"
_DATE = f"^^<{PREFIXES['xsd']}date> ."
_SECONDS = 900
_FIRST_OF_AXIOM = re.compile(r"\[\w+\([^<]*<([^>]+)>")
_IN_ONTOLOGY = re.compile(r"\s*\[[^\[]* in OntologyID\(.*$", re.DOTALL)


def missing_tools() -> str:
    """Return what to install before these gates can run, as a sentence; empty where all is there."""
    lacking = []
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        lacking.append("Java (on Debian: apt-get install default-jre-headless)")
    packages = [name for name in ("jpype1", "owlready2") if importlib.util.find_spec(name.removesuffix("1")) is None]
    if packages:
        lacking.append(f"{' and '.join(packages)} (pip install {' '.join(packages)})")
    return f"needs {' and '.join(lacking)}" if lacking else ""


def check_owl_dl(material: Material) -> Iterator[Finding]:
    """Yield what the OWL API and HermiT find in ontology and data."""
    named = {"the ontology": material.ontology}
    if material.data:
        named["ontology and data"] = [*material.ontology, *facts(material.ontology, material.data)]
    told: set[tuple[str, str, str]] = set()
    for name, said in zip(named, judge(list(named.values())), strict=True):
        for finding in _findings(name, said, material.where):
            key = (finding.rule, finding.resource, finding.message)
            if key not in told:
                told.add(key)
                yield finding


def judge(graphs: Sequence[Iterable[str]]) -> list[Mapping[str, Any]]:
    """Return what `owl_api.look_at` says of graphs given as N-Triples lines.

    Raises:
        InputError: A tool is missing, or gave no answer.
    """
    if lacking := missing_tools():
        raise InputError(f"OWL 2 DL: {lacking}")
    with tempfile.TemporaryDirectory() as folder:
        files = [str(Path(folder) / f"{number}.rdf") for number in range(len(graphs))]
        for file, lines in zip(files, graphs, strict=True):
            # RDF/XML, the form that this OWL API reads best.
            rdflib.Graph().parse(data="\n".join(lines), format="nt").serialize(file, format="xml", encoding="utf-8")
        command = [sys.executable, "-m", owl_api.__name__, *files]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=True)  # noqa: S603  ours
        except subprocess.TimeoutExpired as error:
            raise InputError(f"OWL 2 DL: the OWL API and HermiT gave no answer in {_SECONDS} s") from error
        except subprocess.CalledProcessError as error:
            last = (error.stderr.strip().splitlines() or ["nothing said"])[-1]
            raise InputError(f"OWL 2 DL: the OWL API and HermiT failed: {last}") from error
    said: list[Mapping[str, Any]] = json.loads(done.stdout)
    return said


def facts(ontology: Iterable[str], data: Iterable[str]) -> list[str]:
    """Return the data that an axiom can use, as sorted N-Triples lines."""
    declared: dict[str, set[str]] = {"Class": set(), "ObjectProperty": set(), "DatatypeProperty": set()}
    for line in ontology:
        subject, predicate, rest = line.split(" ", 2)
        kind = rest.removesuffix("> .").removeprefix(f"<{PREFIXES['owl']}")
        if predicate == _TYPE and kind in declared:
            declared[kind].add(subject)
    found = set()
    for line in data:
        _, predicate, rest = line.split(" ", 2)
        if (
            predicate in declared["ObjectProperty"]
            or (predicate in declared["DatatypeProperty"] and not rest.endswith(_DATE))
            or (predicate == _TYPE and rest.removesuffix(" .") in declared["Class"])
        ):
            found.add(line)
    return sorted(found)


def _findings(name: str, said: Mapping[str, Any], where: Locations) -> Iterator[Finding]:
    for profile, title in (("rl", "OWL 2 RL"), ("dl", "OWL 2 DL")):
        for outside in said[profile]:
            resource = _subject(outside["text"], outside["names"])
            message = _IN_ONTOLOGY.sub("", outside["text"])
            remedy = f"say it within {title}, or leave it to a SHACL shape"
            yield _finding(f"{title} profile (OWL API): {outside['construct']}", resource, message, remedy, where)
    if said["refused"]:
        yield _finding(
            "HermiT", "", f"cannot reason over {name}: {said['refused']}", "bring it into OWL 2 DL first", where
        )
    elif not said["consistent"]:
        remedy = "see what the gate contradictions tells; where that is nothing, take back the last axiom added"
        yield _finding("HermiT: inconsistent", "", f"{name} cannot all hold", remedy, where)
    for iri in said["unsatisfiable"]:
        yield _finding(
            "HermiT: unsatisfiable class", iri, "can have no member", "take back one of its super-classes", where
        )


def _finding(rule: str, resource: str, message: str, remedy: str, where: Locations) -> Finding:
    file, line = where.find(resource)
    return Finding(rule, resource or "ontology", message, remedy, file or "metiers.ttl", line)


def _subject(text: str, names: Sequence[str]) -> str:
    first = _FIRST_OF_AXIOM.search(text)
    return first[1] if first else next(iter(names), "")
