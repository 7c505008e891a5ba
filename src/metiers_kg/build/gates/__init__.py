"""The gates of `metiers-kg validate`: what ontology and data must keep to before anyone relies on them."""

from metiers_kg.build.gates.catalogue import GATES, Gate
from metiers_kg.build.gates.owl_dl import missing_tools
from metiers_kg.build.gates.report import SEVERITIES, NotRun, Ran, Report
from metiers_kg.build.gates.running import run_gates

__all__ = ["GATES", "SEVERITIES", "Gate", "NotRun", "Ran", "Report", "missing_tools", "run_gates"]
