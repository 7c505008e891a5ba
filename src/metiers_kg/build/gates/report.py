"""What the gates found, by severity and rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from metiers_kg.errors import Finding

__all__ = ["SEVERITIES", "NotRun", "Ran", "Report"]

SEVERITIES = ("violation", "warning", "info")
"""From the one that makes `metiers-kg validate` fail to what is only told."""


@dataclass(frozen=True, slots=True)
class Ran:
    """A gate that was run.

    Attributes:
        gate: Its name.
        findings: What it found.
        seconds: How long it took.
    """

    gate: str
    findings: tuple[Finding, ...]
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class NotRun:
    """A gate that was not run, or not over everything, and why."""

    gate: str
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """What all gates found.

    Attributes:
        ran: Those that were run.
        not_run: Those that were not.
    """

    ran: tuple[Ran, ...]
    not_run: tuple[NotRun, ...] = ()

    @property
    def findings(self) -> list[Finding]:
        """Every finding, in the order of the gates."""
        return [finding for ran in self.ran for finding in ran.findings]

    @property
    def passes(self) -> bool:
        """Whether there is no violation."""
        return all(finding.severity != "violation" for finding in self.findings)

    def count(self, severity: str) -> int:
        """Return how many findings are of a severity."""
        return sum(finding.severity == severity for finding in self.findings)

    def by_rule(self, severity: str) -> Mapping[str, Sequence[Finding]]:
        """Return the findings of a severity by rule, in the order of the gates; of a rule, by file and line.

        >>> found = tuple(Finding("shape Job", "job/a", "needs a label", "", "jobs.ttl", line) for line in (7, 3))
        >>> [finding.line for finding in Report((Ran("shapes", found),)).by_rule("violation")["shape Job"]]
        [3, 7]
        """
        rules: dict[str, list[Finding]] = {}
        for finding in self.findings:
            if finding.severity == severity:
                rules.setdefault(finding.rule, []).append(finding)
        return {
            rule: sorted(found, key=lambda one: (one.file, one.line or 0, one.resource))
            for rule, found in rules.items()
        }

    def as_dict(self) -> dict[str, Any]:
        """Return the report as JSON has it."""
        return {
            "passes": self.passes,
            "counts": {severity: self.count(severity) for severity in SEVERITIES},
            "gates": [{"gate": r.gate, "findings": len(r.findings), "seconds": r.seconds} for r in self.ran],
            "notRun": [{"gate": one.gate, "reason": one.reason} for one in self.not_run],
            "findings": [
                {
                    "severity": finding.severity,
                    "gate": ran.gate,
                    "rule": finding.rule,
                    "resource": finding.resource,
                    "message": finding.message,
                    "remedy": finding.remedy,
                    "file": finding.file,
                    "line": finding.line,
                }
                for ran in self.ran
                for finding in ran.findings
            ],
        }
