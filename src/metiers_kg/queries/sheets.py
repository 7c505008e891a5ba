"""What the second sheet of a workbook tells: query, parameters, versions, rows, and the columns in words."""

from __future__ import annotations

from collections.abc import Mapping

from metiers_kg.queries.answering import Result
from metiers_kg.queries.columns import column_titles
from metiers_kg.queries.names import Names
from metiers_kg.queries.results import Table
from metiers_kg.queries.workbook import Told
from metiers_kg.store import Iri, Term

__all__ = ["tell_result", "tell_table"]

_TEXTS: Mapping[str, Mapping[str, str]] = {
    "rows": {"fr": "Lignes", "en": "Rows", "nl": "Rijen", "de": "Zeilen"},
    "about": {"fr": "À propos", "en": "About", "nl": "Over", "de": "Über"},
    "query": {"fr": "Requête", "en": "Query", "nl": "Zoekvraag", "de": "Abfrage"},
    "description": {"fr": "Description", "en": "Description", "nl": "Beschrijving", "de": "Beschreibung"},
    "count": {"fr": "Nombre de lignes", "en": "Number of rows", "nl": "Aantal rijen", "de": "Zahl der Zeilen"},
    "page": {"fr": "Page", "en": "Page", "nl": "Pagina", "de": "Seite"},
    "truncated": {
        "fr": "Il y a d’autres lignes",
        "en": "There are more rows",
        "nl": "Er zijn meer rijen",
        "de": "Es gibt weitere Zeilen",
    },
    "next": {
        "fr": "elles sont à la page {page}",
        "en": "they are on page {page}",
        "nl": "ze staan op pagina {page}",
        "de": "sie stehen auf Seite {page}",
    },
    "lang": {"fr": "Langue des libellés", "en": "Language of labels", "nl": "Taal", "de": "Sprache der Bezeichnungen"},
    "data-version": {
        "fr": "Version des données",
        "en": "Data version",
        "nl": "Versie van de gegevens",
        "de": "Version der Daten",
    },
    "query-version": {
        "fr": "Version de la requête",
        "en": "Query version",
        "nl": "Versie van de zoekvraag",
        "de": "Version der Abfrage",
    },
    "engine": {"fr": "Logiciel", "en": "Engine", "nl": "Software", "de": "Software"},
    "licence": {"fr": "Licence", "en": "Licence", "nl": "Licentie", "de": "Lizenz"},
    "cut": {
        "fr": "Cellules coupées à 32 767 caractères, tout ce que contient Excel : {count}",
        "en": "Cells cut at 32,767 characters, the most that Excel holds: {count}",
        "nl": "Cellen afgekort op 32.767 tekens, het meeste dat Excel bevat: {count}",
        "de": "Zellen, die bei 32.767 Zeichen gekürzt sind, mehr fasst Excel nicht: {count}",
    },
}

_LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def tell_table(table: Table, lang: str, facts: Mapping[str, str]) -> Told:
    """Return what is told of a table that is of no saved query."""
    told = {"count": str(len(table.rows)), "lang": lang, **facts}
    return _told(table, lang, "metiers_kg", [(_text(name, lang), value) for name, value in told.items()])


def tell_result(
    result: Result, table: Table, facts: Mapping[str, str], lang: str, names: Names | None, *, page: int = 1
) -> Told:
    """Return what is told of the rows of a saved query, in the reader's language.

    Args:
        result: The answer.
        table: Its rows, which are the truth value of an ASK.
        facts: More to tell; ``data-version``, ``query-version`` and ``engine`` have names.
        lang: The language.
        names: Labels the values of parameters.
        page: The page of rows.
    """
    query = result.query
    facts_: list[tuple[str, str]] = [(_text("query", lang), query.name)]
    facts_.append((_text("description", lang), query.description.get(lang) or query.description["en"]))
    for parameter in query.parameters:
        terms = result.bound.values.get(parameter.name, ())
        label = parameter.label.get(lang) or parameter.label.get("en") or parameter.name
        if terms:
            facts_.append((f"{label} ({parameter.name})", "; ".join(_shown(term, names, lang) for term in terms)))
    told = {"count": str(len(table.rows)), "page": str(page)}
    if result.has_next:
        told["truncated"] = _text("next", lang).format(page=page + 1)
    told |= {"lang": lang, **facts, "licence": _LICENCE}
    facts_ += [(_text(name, lang), value) for name, value in told.items()]
    return _told(table, lang, query.title.get(lang) or query.title["en"], facts_)


def _told(table: Table, lang: str, title: str, facts: list[tuple[str, str]]) -> Told:
    return Told(
        sheet=_text("rows", lang),
        about=_text("about", lang),
        title=title,
        facts=facts,
        columns=tuple(column_titles(table.columns, lang).items()),
        cut=_text("cut", lang),
    )


def _shown(term: Term, names: Names | None, lang: str) -> str:
    if isinstance(term, Iri):
        label = names.label(term.value, lang) if names is not None else ""
        return f"{label} <{term.value}>" if label else term.value
    return str(getattr(term, "value", term))


def _text(key: str, lang: str) -> str:
    texts = _TEXTS.get(key)
    return key if texts is None else texts.get(lang) or texts["en"]
