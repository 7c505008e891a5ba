"""What in the ontology lies outside OWL 2 RL, as findings with their place in the file."""

from __future__ import annotations

from collections.abc import Iterable

from metiers_kg.build.locations import Locations
from metiers_kg.errors import Finding
from metiers_kg.reasoner.profile import outside_profile

__all__ = ["check_profile"]


def check_profile(ontology: Iterable[str], locations: Locations) -> list[Finding]:
    """Return a warning for each thing in an ontology (N-Triples lines) that the rules of OWL 2 RL say nothing about."""
    findings = []
    for outside in outside_profile(ontology):
        file, line = locations.find(outside.resource)
        findings.append(
            Finding(
                rule=f"OWL 2 RL profile: {outside.construct}",
                resource=outside.resource,
                message=outside.message,
                remedy=outside.remedy,
                file=file,
                line=line,
                severity="warning",
            )
        )
    return findings
