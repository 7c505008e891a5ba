"""What the OWL API and HermiT say of documents, as JSON on standard output: `python -m … FILE.rdf …`.

Run in a process of its own: a Java machine that jpype starts stays in the process that started it, with its memory and
its handlers of signals, and cannot be started twice.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

__all__ = ["hermit_jar", "look_at"]


def hermit_jar() -> Path | None:
    """Return HermiT, with the OWL API within, as the package owlready2 ships it; None where it is not installed."""
    package = importlib.util.find_spec("owlready2")
    jar = Path(package.origin).parent / "hermit" / "HermiT.jar" if package and package.origin else None
    return jar if jar and jar.is_file() else None


def look_at(documents: Sequence[str]) -> list[dict[str, Any]]:
    """Return, for each RDF/XML file, what is outside OWL 2 RL and DL, whether it is consistent, and its empty classes.

    Needs Java, jpype1 and owlready2.
    """
    jpype = importlib.import_module("jpype")
    jpype.startJVM("-Xmx2g", "-Djava.awt.headless=true", classpath=[str(hermit_jar())], convertStrings=True)
    return [_Document(jpype, path).said() for path in documents]


class _Document:
    def __init__(self, jpype: Any, path: str) -> None:
        self._java, self._fault = jpype.JClass, jpype.JException
        manager = self._java("org.semanticweb.owlapi.apibinding.OWLManager").createOWLOntologyManager()
        self._ontology = manager.loadOntologyFromOntologyDocument(self._java("java.io.File")(path))

    def said(self) -> dict[str, Any]:
        outside = {"rl": self._outside("OWL2RLProfile"), "dl": self._outside("OWL2DLProfile")}
        return outside | self._reasoned()

    def _reasoned(self) -> dict[str, Any]:
        try:
            reasoner = self._java("org.semanticweb.HermiT.Reasoner")(self._ontology)
            is_consistent = bool(reasoner.isConsistent())
            empty = reasoner.getUnsatisfiableClasses().getEntitiesMinusBottom() if is_consistent else ()
        except self._fault as error:  # such as an axiom that OWL 2 DL does not allow
            return {"consistent": None, "unsatisfiable": [], "refused": str(error.getMessage())}
        return {"consistent": is_consistent, "unsatisfiable": sorted(str(one.getIRI()) for one in empty), "refused": ""}

    def _outside(self, profile: str) -> list[dict[str, Any]]:
        report = self._java(f"org.semanticweb.owlapi.profiles.{profile}")().checkOntology(self._ontology)
        found = {
            (str(violation.getClass().getSimpleName()), str(violation), self._names(violation.getAxiom()))
            for violation in report.getViolations()
        }
        return [{"construct": construct, "text": text, "names": names} for construct, text, names in sorted(found)]

    def _names(self, axiom: Any) -> tuple[str, ...]:
        if axiom is None:
            return ()
        return tuple(sorted(str(entity.getIRI()) for entity in axiom.getSignature()))


if __name__ == "__main__":
    json.dump(look_at(sys.argv[1:]), sys.stdout)
