"""A report of the gates as text: by severity, then by rule with its count; file and line first, then what to do."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from metiers_kg.errors import Finding
from metiers_kg.vocabulary import BASE, compact

if TYPE_CHECKING:
    from metiers_kg.build.gates import Report

__all__ = ["PER_RULE", "report_lines"]

PER_RULE = 10
"""Of one rule, this many findings are told unless all are asked for."""

_COLOURS = {"violation": "red", "warning": "yellow", "info": "cyan"}


def report_lines(report: Report, *, every: bool = False, width: int = 80) -> Iterator[str]:
    """Yield the lines of a report, none wider than *width* unless one word is; *every* leaves no finding out."""
    from metiers_kg.build.gates import SEVERITIES

    for severity in SEVERITIES:
        if rules := report.by_rule(severity):
            total = report.count(severity)
            yield click.style(_many(total, severity), fg=_COLOURS[severity], bold=True)
            for rule, findings in rules.items():
                yield ""
                yield from _rule(rule, findings, None if every else PER_RULE, width)
            yield ""
    for one in report.not_run:
        yield from _wrapped(f"not run: {one.gate}: {one.reason}", "", width)
    counts = ", ".join(_many(report.count(severity), severity) for severity in SEVERITIES)
    yield f"{_many(len(report.ran), 'gate')} run: {counts}"


def _rule(rule: str, findings: Sequence[Finding], limit: int | None, width: int) -> Iterator[str]:
    yield click.style(f"  {rule} ({len(findings)})", bold=True)
    remedies = Counter(finding.remedy for finding in findings)
    shared = next(iter(remedies)) if len(remedies) == 1 else ""
    if shared:
        yield from _wrapped(f"to do: {shared}", "    ", width)
    for finding in findings[:limit]:
        place = f"{finding.file}:{finding.line}" if finding.line else finding.file
        yield "    " + "  ".join(part for part in (place, _short(finding.resource)) if part)
        yield from _wrapped(finding.message, "        ", width)
        if finding.remedy and not shared:
            yield from _wrapped(f"to do: {finding.remedy}", "        ", width)
    if limit is not None and len(findings) > limit:
        yield f"    and {len(findings) - limit} more; --all tells them"


def _wrapped(text: str, indent: str, width: int) -> list[str]:
    one_line = " ".join(text.replace(BASE, "").split())
    return textwrap.wrap(
        one_line, width, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def _short(resource: str) -> str:
    """Return a resource as a person writes it: a prefixed name, or `kind/slug` for what is ours."""
    return compact(resource).removeprefix(BASE) if ":" in resource else resource


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
