"""Run the gates over a project and tell all that they find together."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection

from metiers_kg.build.gates.catalogue import FILES, GATES, OWL_DL, Gate
from metiers_kg.build.gates.material import Material, read_material
from metiers_kg.build.gates.report import NotRun, Ran, Report
from metiers_kg.errors import Finding, InputError
from metiers_kg.project import Project

__all__ = ["run_gates"]

_READ = {"ontology": "the ontology", "shapes": "the file of shapes", "data": "a data file", "links": "a file of links"}


def run_gates(
    project: Project,
    *,
    only: Collection[str] = (),
    owl_dl: bool = False,
    progress: Callable[[str], None] = lambda step: None,
) -> Report:
    """Run every gate that can be run, whatever the others found, and return what all found. Writes nothing.

    Args:
        project: What to look at.
        only: The names of the gates to run; all where empty.
        owl_dl: Run the gate that needs Java too.
        progress: Is told what starts.

    Raises:
        InputError: A name is no gate, or there is no data file at all.
    """
    names = [FILES, *(gate.name for gate in GATES)]
    if unknown := sorted(set(only) - set(names)):
        raise InputError(f"--gate: found {unknown[0]!r}, expected one of {', '.join(names)}")
    progress("reading ontology, data and links")
    made = read_material(project)
    ran, not_run = [Ran(FILES, tuple(made.faults))], []
    for gate in GATES:
        if only and gate.name not in only:
            continue
        if reason := _why_not(gate, made, owl_dl=owl_dl or OWL_DL in only):
            not_run.append(NotRun(gate.name, reason))
            continue
        progress(f"gate {gate.name}")
        ran.append(_run(gate, made))
        if reason := gate.left_out(made):
            not_run.append(NotRun(gate.name, reason))
    return Report(tuple(ran), tuple(not_run))


def _why_not(gate: Gate, made: Material, *, owl_dl: bool) -> str:
    if gate.name == OWL_DL and not owl_dl:
        return "asked for by --owl-dl"
    if lacking := sorted(gate.needs & made.unread):
        return f"{' and '.join(_READ[part] for part in lacking)} could not be read"
    return gate.why_not(made)


def _run(gate: Gate, made: Material) -> Ran:
    began = time.perf_counter()
    findings: tuple[Finding, ...]
    try:
        findings = tuple(gate.run(made))
    except InputError as error:  # such as a check that is not SPARQL: the other gates are run all the same
        findings = (Finding("gate cannot run", gate.name, str(error), "correct what it says, and run it again"),)
    return Ran(gate.name, findings, round(time.perf_counter() - began, 3))
