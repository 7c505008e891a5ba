"""What changed between two releases, told: as text for a person, summary first, and as a document for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import shorten
from typing import Any

from metiers_kg.release.answers import AnswerDifference, Row
from metiers_kg.release.comparing import Detail, Difference, Thing, Value
from metiers_kg.release.levels import Verdict

__all__ = ["Account", "plural", "to_document", "to_text"]

_LONGEST = 160
"""Characters of a text that a terminal shows; the document has them all."""

_NAMES = {
    "term": "ontology terms",
    "axiom": "axioms",
    "category": "categories",
    "mapping": "links",
    "activity": "activities",
    "strategy": "strategies",
    "recruitment": "recruitment practices",
    "query": "queries",
    "overlap": "overlaps",
    "rome": "ROME",
    "other": "others",
}


@dataclass(frozen=True, slots=True)
class Account:
    """All that there is to tell.

    Attributes:
        old: What the release before is called, with its version.
        new: The release after.
        difference: What changed in the graph.
        verdict: What that asks of the version.
        answers: What changed in the answers; None where nobody was asked.
    """

    old: Mapping[str, str]
    new: Mapping[str, str]
    difference: Difference
    verdict: Verdict
    answers: Sequence[AnswerDifference] | None


def plural(kind: str) -> str:
    """Return what several things of a kind are called.

    >>> plural("sub-sector"), plural("activity")
    ('sub-sectors', 'activities')
    """
    return _NAMES.get(kind, f"{kind}s")


def to_text(account: Account, *, most: int = 20) -> str:
    """Return the account for a terminal; of each list *most* are told, and how many more there are."""
    return "\n".join([*_summary(account), *_things(account.difference, most), *_answers(account, most)]) + "\n"


def _summary(account: Account) -> Iterator[str]:
    for sign, side in (("-", account.old), ("+", account.new)):
        told = [f"ontology {side['ontology']}"] if side["ontology"] else []
        told += [f"data {side['version']}"] if side["version"] else []
        yield f"{sign} {side['name']}" + (f" ({', '.join(told)})" if told else "")
    yield ""
    difference = account.difference
    if difference.is_empty:
        yield "The graphs are the same."
    rows: list[tuple[str, ...]] = [("", "added", "removed", "changed", "deprecated")]
    for kind, group in difference.groups.items():
        counts = (group.added, group.removed, group.changed, group.deprecated)
        rows.append((plural(kind), *(str(len(some) or "") for some in counts)))
    if len(rows) > 1:
        width = max(len(row[0]) for row in rows)
        yield from (f"{row[0]:<{width}}  " + "  ".join(f"{cell:>10}" for cell in row[1:]).rstrip() for row in rows)
    told = [f"{name or 'all'} -{lost} +{got}" for name, (lost, got) in difference.graphs.items() if lost or got]
    if told:
        yield f"statements: {', '.join(told)}"
    yield from (f"note: {note}" for note in difference.notes)
    yield from _verdict(account.verdict)
    if account.answers is not None:
        yield _answer_summary(account.answers)


def _verdict(verdict: Verdict) -> Iterator[str]:
    if verdict.level == "none":
        yield "version: nothing asks for another"
        return
    first = shorten(verdict.reasons[0], 90, placeholder=" …") + (
        f", and {len(verdict.reasons) - 1} more" if len(verdict.reasons) > 1 else ""
    )
    yield f"version: a {verdict.level} change ({first})"
    if verdict.needed:
        words = "which is enough" if verdict.is_enough else "which is too low" if verdict.is_now else "none is told"
        now = verdict.is_now or "unknown"
        yield f"         from {verdict.was} to {verdict.needed} at least; the new one is {now}, {words}"


def _answer_summary(answers: Sequence[AnswerDifference]) -> str:
    by_status: dict[str, set[str]] = {}
    for answer in answers:
        by_status.setdefault(answer.status, set()).add(answer.query)
    differing = by_status.get("differs", set())
    counts = {
        "differ": len(differing),
        "have other labels": len(by_status.get("renamed", set()) - differing),
        "are the same": len(by_status.get("same", set()) - by_status.get("renamed", set()) - differing),
        "left out": len(by_status.get("left-out", set()) - differing),
        "new": len(by_status.get("added", ())),
        "removed": len(by_status.get("removed", ())),
    }
    return "saved queries: " + (", ".join(f"{count} {words}" for words, count in counts.items() if count) or "none")


def _things(difference: Difference, most: int) -> Iterator[str]:
    for kind, group in difference.groups.items():
        yield ""
        yield f"{plural(kind).upper()}"
        for sign, things in (("+", group.added), ("-", group.removed), ("~", group.changed)):
            for thing in things[:most]:
                yield f"  {sign} {thing.label}{_short(kind, thing)}"
                yield from _deprecation(thing)
                yield from (f"      {line}" for detail in thing.details for line in _detail(detail))
            if len(things) > most:
                yield f"  {sign} … and {len(things) - most} more (--most {len(things)} tells them)"


def _short(kind: str, thing: Thing) -> str:
    """Return the end of the IRI, by which the command takes it, where the label does not have it."""
    return "" if kind in ("term", "axiom", "passage") else f"  <{thing.iri.rpartition('metiers-kg/')[2]}>"


def _deprecation(thing: Thing) -> Iterator[str]:
    if thing.is_deprecated:
        successors = ", ".join(f"{value.label} <{value.term}>" for value in thing.successors)
        yield f"      deprecated{'' if not thing.was_deprecated else ' already'}: " + (
            f"replaced by {successors}" if successors else "without a successor"
        )


def _detail(detail: Detail) -> Iterator[str]:
    if detail.property in ("owl:deprecated", "dcterms:isReplacedBy") and not detail.removed:
        return
    name = f"{detail.label}{f' ({detail.language})' if detail.language else ''}"
    was, now = _join(detail.removed), _join(detail.added)
    if detail.removed and detail.added:
        yield f"{name}: {was} → {now}"
    elif detail.added:
        yield f"{name}: + {now}"
    else:
        yield f"{name}: - {was}"


def _join(values: Sequence[Value]) -> str:
    return ", ".join(f"“{shorten(value.label, _LONGEST, placeholder=' …')}”" for value in values)


def _answers(account: Account, most: int) -> Iterator[str]:
    answers = account.answers or ()
    # A query without its vocabulary, or with the same rows in other words, is one of many: they are told together.
    by_note: dict[str, dict[str, None]] = {}
    for answer in answers:
        note = "the same rows, with other labels" if answer.status == "renamed" else answer.note
        if note and answer.status in ("left-out", "same", "renamed"):
            by_note.setdefault(note, {})[answer.query] = None
    if by_note:
        yield ""
        yield "QUERIES"
    for note, names in by_note.items():
        yield f"  {note}: {', '.join(names)}"
    for answer in answers:
        if answer.status in ("same", "renamed", "left-out"):
            continue
        asked = ", ".join(f"{name}={' '.join(values)}" for name, values in answer.parameters.items())
        yield ""
        yield f"QUERY {answer.query}{f' ({asked})' if asked else ''}: {answer.title}"
        if answer.status in ("added", "removed"):
            yield f"  the query is {'new' if answer.status == 'added' else 'removed'}"
            continue
        if answer.note:
            yield f"  note: {answer.note}"
        yield f"  {answer.rows[0]} rows before, {answer.rows[1]} after"
        for sign, rows in (("+", answer.added), ("-", answer.removed)):
            yield from (f"  {sign} {_row(row)}" for row in rows[:most])
            if len(rows) > most:
                yield f"  {sign} … and {len(rows) - most} more"
        for changed in answer.changed[:most]:
            same = {column: changed.after[column] for column in changed.about}
            cells = "; ".join(
                f"{column}: {was or '(empty)'} → {now or '(empty)'}" for column, (was, now) in changed.cells.items()
            )
            yield f"  ~ {_row(same)}: {cells}"
        if len(answer.changed) > most:
            yield f"  ~ … and {len(answer.changed) - most} more"


def _row(row: Row) -> str:
    return " | ".join(text for text in row.values() if text)


def to_document(account: Account) -> dict[str, Any]:
    """Return the account for programs; nothing is left out, and names stay as they are."""
    difference, verdict = account.difference, account.verdict
    return {
        "old": dict(account.old),
        "new": dict(account.new),
        "isEmpty": difference.is_empty,
        "notes": list(difference.notes),
        "version": {
            "change": verdict.level,
            "reasons": list(verdict.reasons),
            "from": verdict.was,
            "to": verdict.is_now,
            "needed": verdict.needed,
            "isEnough": verdict.is_enough,
        },
        "statements": {
            name or "all": {"removed": lost, "added": got} for name, (lost, got) in difference.graphs.items()
        },
        "things": {
            kind: {
                "added": [_thing(thing) for thing in group.added],
                "removed": [_thing(thing) for thing in group.removed],
                "changed": [_thing(thing) for thing in group.changed],
            }
            for kind, group in difference.groups.items()
        },
        "queries": None if account.answers is None else [_answer(answer) for answer in account.answers],
    }


def _thing(thing: Thing) -> dict[str, Any]:
    document: dict[str, Any] = {"iri": thing.iri, "label": thing.label}
    if thing.is_deprecated or thing.was_deprecated:
        document["deprecated"] = {
            "before": thing.was_deprecated,
            "after": thing.is_deprecated,
            "successors": [_value(value) for value in thing.successors],
        }
    if thing.details:
        document["changes"] = [
            {
                "property": detail.property,
                "label": detail.label,
                **({"language": detail.language} if detail.language else {}),
                "removed": [_value(value) for value in detail.removed],
                "added": [_value(value) for value in detail.added],
            }
            for detail in thing.details
        ]
    return document


def _value(value: Value) -> dict[str, str]:
    return {"value": value.term, "label": value.label}


def _answer(answer: AnswerDifference) -> dict[str, Any]:
    return {
        "query": answer.query,
        "title": answer.title,
        "status": answer.status,
        "note": answer.note,
        "parameters": {name: list(values) for name, values in answer.parameters.items()},
        "rows": {"before": answer.rows[0], "after": answer.rows[1], "renamed": answer.renamed},
        "removed": [dict(row) for row in answer.removed],
        "added": [dict(row) for row in answer.added],
        "changed": [{"before": dict(row.before), "after": dict(row.after)} for row in answer.changed],
    }
