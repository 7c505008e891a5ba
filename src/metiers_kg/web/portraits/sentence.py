"""What a statement states, in one sentence of words and things."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from metiers_kg.store import Literal
from metiers_kg.vocabulary import compact
from metiers_kg.web.portraits.figures import figure_of
from metiers_kg.web.portraits.model import Chip, Row, Thing
from metiers_kg.web.portraits.statements import Statement
from metiers_kg.web.portraits.subject import Subject
from metiers_kg.web.texts import choose

__all__ = ["facets_of", "sentence_of"]

_Parts = tuple[Thing | str, ...]

_EFFECTS = (
    *("raisesNeedFor", "opensGrowthFor", "creates", "changesContentOf", "constrains", "threatens"),
    *("affectsOtherwise", "hasNoMajorEffectOn"),
)
_VERBS = ("worksWith", "directs", "isSupervisedBy")


def sentence_of(subject: Subject) -> _Parts:
    """Return what a statement states: things to link and words between them; nothing where it is no statement."""
    itself = subject.itself
    told = _SENTENCES.get(subject.kind)
    return told(subject, itself) if itself is not None and told is not None else ()


def facets_of(subject: Subject) -> tuple[Row, ...]:
    """Return how a statement is said: its level, trend or category, and whether it is read or conditional."""
    itself = subject.itself
    if itself is None:
        return ()
    chips = []
    level = subject.known.levels.get(itself.iri)
    if level:
        chips.append(Chip(subject.word("level", level), level))
    chips += [Chip(subject.word("trend", trend)) for trend in itself.all("mkg:outlookTrend")]
    chips += [Chip(subject.word("type", code)) for code in itself.all("mkg:practiceType")]
    if itself.one("mkg:statedAs"):
        inferred = itself.one("mkg:statedAs") == "inferred"
        chips.append(
            Chip(subject.texts("stated-inferred" if inferred else "stated-explicit"), "care" if inferred else "sure")
        )
    if itself.one("mkg:modality") == "conditional":
        chips.append(Chip(subject.texts("modality-conditional"), "care"))
    return (Row(chips=tuple(chips)),)


def _requirement(subject: Subject, it: Statement) -> _Parts:
    return _joined(
        subject, it.one("mkg:requirementOf"), subject.word("says", "requires"), it.one("mkg:concernsCompetence")
    )


def _impact(subject: Subject, it: Statement) -> _Parts:
    for effect in _EFFECTS:
        for target in it.all(f"mkg:{effect}"):
            return _joined(subject, it.one("mkg:ofFactor"), subject.word("relation", effect), target)
    return ()


def _relation(subject: Subject, it: Statement) -> _Parts:
    for verb in _VERBS:
        for other in it.all(f"mkg:{verb}"):
            return _joined(subject, it.one("mkg:relationOf"), subject.word("relation", verb), other)
    return ()


def _evolution(subject: Subject, it: Statement) -> _Parts:
    parts: list[Thing | str] = [
        subject.thing(it.one("mkg:evolutionOf", "mkg:classificationOf")),
        subject.texts("colon"),
    ]
    parts.append(subject.thing(it.one("mkg:hasCategory")))
    if it.one("mkg:inSubSector"):
        parts += [subject.word("says", "within"), subject.thing(it.one("mkg:inSubSector"))]
    if it.one("mkg:atHorizon"):
        parts += [",", subject.thing(it.one("mkg:atHorizon"))]
    return tuple(parts)


def _outlook(subject: Subject, it: Statement) -> _Parts:
    return subject.thing(it.one("mkg:outlookOf")), subject.texts("colon"), subject.description.label


def _activity(subject: Subject, _: Statement) -> _Parts:
    performers = subject.things(subject.into("mkg:performsActivity"))
    parts: list[Thing | str] = []
    for performer in performers:
        parts += [*([","] if parts else []), performer]
    return (*parts, subject.texts("colon"), subject.description.label) if parts else ()


def _assertion(subject: Subject, it: Statement) -> _Parts:
    predicate = compact(it.one("rdf:predicate"))
    objects = it.values.get("rdf:object", ())
    literals = {term.language or "": term.value for term in objects if isinstance(term, Literal)}
    told = (
        f"“{choose(literals, subject.lang).text}”"
        if subject.lang == "en"
        else f"« {choose(literals, subject.lang).text} »"
    )
    end: Thing | str = told if literals else subject.thing(it.one("rdf:object"))
    verb = subject.texts.name("values", f"says.{predicate}") or subject.texts.name("terms", predicate) or predicate
    return subject.thing(it.one("rdf:subject")), verb, end


def _observation(subject: Subject, it: Statement) -> _Parts:
    figure = figure_of(subject, it)
    parts: list[Thing | str] = [*([figure.indicator] if figure.indicator else []), subject.texts("colon")]
    parts.append(" ".join(word for word in (figure.value, figure.unit) if word))
    if figure.period:
        parts += [",", figure.period]
    for area in figure.areas:
        parts += [",", area]
    return tuple(parts)


def _joined(subject: Subject, one: str, verb: str, two: str) -> _Parts:
    return (subject.thing(one), verb, subject.thing(two)) if one and two else ()


_SENTENCES: Mapping[str, Callable[[Subject, Statement], _Parts]] = {
    "requirement": _requirement,
    "impact": _impact,
    "relation": _relation,
    "evolution": _evolution,
    "classification": _evolution,
    "outlook": _outlook,
    "activity": _activity,
    "assertion": _assertion,
    "observation": _observation,
}
