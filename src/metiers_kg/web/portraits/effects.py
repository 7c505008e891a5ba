"""Factors and what they do: to a job, a group, a competence or a sub-sector, and from a factor's own side."""

from __future__ import annotations

from collections.abc import Iterable

from metiers_kg.vocabulary import kind_and_slug
from metiers_kg.web.portraits.model import Chip, Group, Row, Section, Thing
from metiers_kg.web.portraits.subject import DOMAINS, Subject, merged

__all__ = ["effects_of", "factors_on", "touched_by"]

_EFFECTS = (
    "raisesNeedFor",
    "opensGrowthFor",
    "creates",
    "changesContentOf",
    "constrains",
    "threatens",
    "affectsOtherwise",
)
_NO_EFFECT = "hasNoMajorEffectOn"


def factors_on(subject: Subject) -> Section | None:
    """Return the factors that act on a thing, by domain: directly, as broader ones, and through competences."""
    texts = subject.texts
    direct: list[Row] = []
    ruled_out: list[Row] = []
    whys = subject.out("mkg:isAffectedBy") or subject.out("mkg:isCalledForBy")
    for statement in subject.about("impact"):
        effect = next((name for name in (*_EFFECTS, _NO_EFFECT) if statement.says(f"mkg:{name}", subject.iri)), "")
        if effect:
            factor = statement.one("mkg:ofFactor")
            why = whys.get(factor, "")
            row = subject.row(statement, factor, Chip(subject.word("relation", effect)), why=why)
            (ruled_out if effect == _NO_EFFECT else direct).append(row)
    broader = _broader(subject) if subject.kind == "job" else ()
    indirect = _indirect(subject) if subject.kind == "job" else ()
    if not direct and not ruled_out and not broader and not indirect:
        return None
    groups: list[Group] = []
    direct_rows = merged(sorted(direct, key=_label))
    for domain in (*DOMAINS, ""):
        groups.append(Group(_domain(subject, domain), _within(subject, direct_rows, domain), domain))
        hint = texts("portrait-broader-hint")
        groups.append(
            Group(
                texts("portrait-broader-factors"),
                _within(subject, broader, domain),
                domain if not groups[-1].rows else "",
                hint,
                is_compact=True,
                level=4,
            )
        )
    groups.append(Group(texts("portrait-ruled-out"), merged(ruled_out), hint=texts("portrait-ruled-out-hint")))
    groups.append(Group(texts("portrait-indirect"), indirect, hint=texts("portrait-indirect-hint")))
    title = texts("portrait-called-for") if subject.kind == "competence" else texts("portrait-factors")
    return Section(
        "factors", title, tuple(_headed(subject, groups)), count=len(direct_rows), hint=texts("portrait-factors-hint")
    )


def effects_of(subject: Subject) -> Section | None:
    """Return what a factor does, by kind of effect; None where no text says."""
    found: dict[str, list[Row]] = {}
    whys = {**subject.out("mkg:affects"), **subject.out("mkg:callsForCompetence")}
    for statement in subject.about("impact", "mkg:ofFactor"):
        for effect in (*_EFFECTS, _NO_EFFECT):
            for target in statement.all(f"mkg:{effect}"):
                why = whys.get(target, "")
                found.setdefault(effect, []).append(
                    subject.row(statement, target, _kind_chip(subject, target), why=why)
                )
    # From the other side: what other factors do to this one.
    others = [
        subject.row(statement, statement.one("mkg:ofFactor"), Chip(subject.word("relation", effect)))
        for statement in subject.about("impact")
        for effect in (*_EFFECTS, _NO_EFFECT)
        if statement.says(f"mkg:{effect}", subject.iri)
    ]
    if not found and not others:
        return None
    groups = [
        Group(_capital(subject.word("relation", effect)), merged(sorted(found[effect], key=_kind_and_label)))
        for effect in (*_EFFECTS, _NO_EFFECT)
        if effect in found
    ]
    if others:
        groups.append(Group(subject.texts("portrait-effects-on-it"), merged(sorted(others, key=_label))))
    return Section(
        "effects",
        subject.texts("portrait-effects"),
        tuple(groups),
        count=sum(len(group.rows) for group in groups),
    )


def touched_by(subject: Subject) -> Section | None:
    """Return the jobs that a factor touches through a narrower one, or through a competence it calls for."""
    texts = subject.texts
    whys = subject.out("mkg:affects")
    found = subject.saved("jobs-touched-by-factor", "factor")
    direct = {row["job"] for row in found if row["through"] == subject.iri}
    narrower = merged(
        Row(
            thing=subject.thing(row["job"]),
            through=(subject.thing(row["through"]),),
            why=whys.get(row["job"], ""),
        )
        for row in found
        if row["job"] not in direct
    )
    exposed = subject.into("mkg:indirectlyExposedTo")
    through = merged(
        Row(
            thing=subject.thing(row["job"]),
            through=(subject.thing(row["competence"]),),
            why=exposed.get(row["job"], ""),
        )
        for row in (subject.saved("competences-called-for", "factor") if exposed else ())
        if row["job"] in exposed and row["factor"] == subject.iri
    )
    groups = (
        Group(texts("portrait-through-factors"), narrower, is_compact=True),
        Group(texts("portrait-through-competences"), through, is_compact=True),
    )
    if not narrower and not through:
        return None
    shown = tuple(group for group in groups if group.rows)
    return Section("touched", texts("portrait-touched"), shown, hint=texts("portrait-inferred-hint"))


def _broader(subject: Subject) -> tuple[Row, ...]:
    whys = subject.out("mkg:isAffectedBy")
    rows = subject.saved("job-factors", "job") if whys else []
    direct = {row["through"] for row in rows}
    return merged(
        Row(
            thing=subject.thing(row["factor"]),
            through=(subject.thing(row["through"]),),
            why=whys.get(row["factor"], ""),
        )
        for row in rows
        if row["factor"] not in direct
    )


def _indirect(subject: Subject) -> tuple[Row, ...]:
    """Return the factors that a job is exposed to through a competence, with what calls for the competence."""
    whys = subject.out("mkg:indirectlyExposedTo")
    if not whys:
        return ()
    impacts = {statement.iri: statement for statement in subject.others("exposures")}
    asked = subject.out("mkg:requiresCompetence")
    rows = [
        Row(
            thing=subject.thing(factor),
            chips=tuple(Chip(subject.word("domain", domain), domain) for domain in subject.domains(factor)),
            notes=impact.spoken("rdfs:comment", subject.lang),
            through=(subject.thing(competence),),
            basis=(subject.basis(impact),),
            why=whys.get(factor, ""),
        )
        for impact in impacts.values()
        for factor in impact.all("mkg:ofFactor")
        for competence in impact.all("mkg:raisesNeedForCompetence")
        if competence in asked
    ]
    return merged(sorted(rows, key=_label))


def _within(subject: Subject, rows: Iterable[Row], domain: str) -> tuple[Row, ...]:
    """Return the rows whose factor is of a domain; for "", of none."""
    return tuple(
        row
        for row in rows
        if row.thing and (domain in subject.domains(row.thing.iri) if domain else not subject.domains(row.thing.iri))
    )


def _headed(subject: Subject, groups: Iterable[Group]) -> Iterable[Group]:
    """Iterate over the groups that have rows; a domain with broader factors only keeps its title."""
    for group in groups:
        if group.rows:
            if group.tone and group.level == 4:
                yield Group(_domain(subject, group.tone), (), group.tone)
            yield group


def _domain(subject: Subject, domain: str) -> str:
    return _capital(subject.word("domain", domain)) if domain else subject.texts("portrait-other-domain")


def _kind_chip(subject: Subject, iri: str) -> Chip:
    kind = (kind_and_slug(iri) or ("",))[0]
    return Chip(subject.texts.name("kinds", kind) or kind)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _label(row: Row) -> str:
    return _named(row.thing).casefold()


def _kind_and_label(row: Row) -> tuple[str, str]:
    return (row.chips[0].text if row.chips else ""), _label(row)


def _named(thing: Thing | None) -> str:
    return thing.label if thing else ""
