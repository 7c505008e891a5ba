"""The pages of the service in HTML, each a template filled in with what the service has found."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined

from metiers_kg import __version__
from metiers_kg.api import Service
from metiers_kg.api.explaining import PARTS
from metiers_kg.api.negotiation import GRAPH_TYPES, ROW_TYPES
from metiers_kg.api.options import MAX_LIMIT, OPTIONS, PAGE_ROWS
from metiers_kg.api.pages import (
    Asked,
    Problem,
    ResourceDescription,
    SearchHit,
)
from metiers_kg.api.resources import href
from metiers_kg.api.saved_results import offered_results
from metiers_kg.comparing import Document
from metiers_kg.errors import ParameterFault
from metiers_kg.explanation import MOST_ALTERNATIVES, Account, Naming, explain_address
from metiers_kg.queries import Choice, Result, SavedQuery, choices, find_queries
from metiers_kg.queries.columns import column_title
from metiers_kg.queries.names import fold
from metiers_kg.vocabulary import BASE, ONTOLOGY, PREFIXES, compact, kind_and_slug, mint
from metiers_kg.web.addresses import link_address, query_address, replaced, rooted
from metiers_kg.web.anchors import anchor_maker
from metiers_kg.web.answers import answer_addresses, read_answer
from metiers_kg.web.comparison import compare_address, job_questions, read_comparison
from metiers_kg.web.describing import read_definitions, read_description, read_properties, told_places
from metiers_kg.web.editor import read_vocabulary, with_prefixes
from metiers_kg.web.forms import Field, read_fields, short_value
from metiers_kg.web.home import PICTURES, Figure, Matrix, read_figures, read_matrix
from metiers_kg.web.listing import Listing
from metiers_kg.web.network import NetworkDocument, read_network
from metiers_kg.web.portraits import Portraits
from metiers_kg.web.rome_groups import group_entry
from metiers_kg.web.rows import write_rows
from metiers_kg.web.searching import read_search
from metiers_kg.web.sectors import read_sectors
from metiers_kg.web.sparql_text import highlight
from metiers_kg.web.tables import badge
from metiers_kg.web.texts import LANGUAGE_NAMES, Spoken, Texts, choose, spaced

__all__ = ["HtmlPages"]

_SKOS = PREFIXES["skos"]
_FORMAT_NAMES = {
    "csv": "CSV",
    "tsv": "TSV",
    "xlsx": "Excel",
    "json": "JSON",
    "srj": "SPARQL JSON",
    "srx": "SPARQL XML",
    "ttl": "Turtle",
    "jsonld": "JSON-LD",
    "nt": "N-Triples",
    "rdf": "RDF/XML",
    "rq": "SPARQL",
}
"""What readers call the formats, those that most of them want first."""

_DEFINITION_FORMATS = ("rq", "json", "ttl")

_FEATURED: Mapping[str, Mapping[str, Sequence[str]]] = {
    "job-competences": {"job": ["bio-informaticien"]},
    "competence-gap": {"from": ["datamanager"], "to": ["biostatisticien"]},
    "jobs-by-evolution": {"category": ["growth"]},
    "jobs-requiring-competence": {"competence": ["rigueur"]},
}
"""The questions of the home page, whose words are in the texts; those that the catalogue lacks are passed over."""

_FEATURED_JOBS = (mint("job", "datamanager"), mint("job", "biostatisticien"))
"""Two jobs whose comparison answers the question of the gap with every passage."""

_COMPARED = {ONTOLOGY + "Job", ONTOLOGY + "RomeFiche"}
_ASKED = {
    *(ONTOLOGY + f"has{kind}Requirement" for kind in ("Essential", "Optional", "Emerging")),
    ONTOLOGY + "hasRomeCompetence",
}
"""What is compared, and what tells that there is something to compare of it."""

_MOST_FEATURED = 4
_MOST_THEMES = 12
_MOST_SHOWN = 12
"""The longest list that is shown whole; the rest of a longer one opens on demand."""

_MOST_PASSAGES = 5
"""The passages that are shown at once; the rest opens on demand."""

_SOME_ALTERNATIVES = 5
"""The explanations beside the shortest that a page looks for first."""

_LIMITS = (50, PAGE_ROWS, 1000, MAX_LIMIT)
"""The rows of a page that a form offers to ask for."""

_STATIC_TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
    "woff2": "font/woff2",
}

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=([A-ZÀ-Ý«“„])|(\w+))")

_EXAMPLE_QUERY = """\
SELECT ?job ?jobLabel (COUNT(DISTINCT ?competence) AS ?competences) WHERE {{
  ?job a mkg:Job ; mkg:requiresCompetence ?competence ; skos:prefLabel ?jobLabel .
  FILTER(LANG(?jobLabel) = "{lang}")
}}
GROUP BY ?job ?jobLabel
ORDER BY DESC(?competences) ?jobLabel
LIMIT 20
"""


@dataclass(frozen=True, slots=True)
class _Question:
    """A question with its values filled in, ready to be asked."""

    text: Spoken
    href: str


@dataclass(frozen=True, slots=True)
class _Theme:
    """A tag of the catalogue."""

    tag: str
    label: str
    queries: tuple[SavedQuery, ...]


class HtmlPages:
    """The web pages of a service.

    Every method takes *asked*, the parameters of the address asked for, so that its links keep them.
    """

    def __init__(self, service: Service, *, root_path: str = "", has_sparql: bool = True) -> None:
        self._service = service
        self._root_path = root_path
        self._matrices: dict[str, Matrix | None] = {}
        self._portraits = Portraits(service)
        self._has_sparql = has_sparql
        self._environment = Environment(
            loader=PackageLoader("metiers_kg.web"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals.update(
            choose=choose,
            badge=badge,
            spaced=spaced,
            column_title=column_title,
            write_rows=write_rows,
            group_entry=group_entry,
            most_shown=_MOST_SHOWN,
            most_passages=_MOST_PASSAGES,
            site=_footer(service),
            has_sparql=has_sparql,
            root_path=root_path,
            has_scripts="built/page.js" in _static_files(),
        )

    def home(self, lang: str, *, asked: Asked = ()) -> str:
        """Show what the graph is and where to start."""
        return self._render(
            "home.html",
            lang,
            asked,
            questions=self._questions(lang),
            themes=self._themes(lang)[:_MOST_THEMES],
            figures=self._figures,
            matrix=self._matrix(lang),
            pictures=[(key, href) for key, href in PICTURES if self._is_there(href)],
        )

    def _is_there(self, href: str) -> bool:
        """Tell whether an address is not that of a saved query which the catalogue lacks."""
        named = re.match(r"/queries/([\w-]+)", href)
        return named is None or named[1] in self._service.catalogue

    @cached_property
    def _figures(self) -> list[Figure]:
        return read_figures(self._service)

    def _matrix(self, lang: str) -> Matrix | None:
        if lang not in self._matrices:
            self._matrices[lang] = read_matrix(self._service, lang)
        return self._matrices[lang]

    def catalogue(self, lang: str, tag: str | None, *, asked: Asked = ()) -> str:
        """List the saved queries, all or those with a tag; of these, those with all words of ``q`` in *asked*."""
        asked = asked or ([("tag", tag)] if tag else [])
        text = " ".join(value for name, value in asked if name == "q").strip()
        themes = self._themes(lang)
        listed = self._listed(themes, tag, lang)
        found = [replace(theme, queries=tuple(find_queries(theme.queries, text))) for theme in listed]
        return self._render(
            "catalogue.html",
            lang,
            asked,
            tag=tag,
            text=text,
            themes=themes,
            shown=[theme for theme in found if theme.queries],
            words=lambda query: " ".join([query.name, *query.title.values(), choose(query.description, lang).text]),
        )

    def query(
        self,
        query: SavedQuery,
        values: Mapping[str, Sequence[str]],
        faults: Sequence[ParameterFault],
        lang: str,
        *,
        asked: Asked = (),
    ) -> str:
        """Show a saved query with the form for its parameters, filled in with *values*, told of *faults*."""
        asked = asked or _pairs(values)
        fields = self._fields(query, values, faults, lang)
        known = {field.name for field in fields}
        return self._render(
            "query.html",
            lang,
            asked,
            **self._form(query, fields, asked, lang),
            faults=faults,
            other_faults=[fault for fault in faults if fault.parameter not in known],
            service_options=OPTIONS,
            definitions=_definition_files(query),
            sparql=highlight(query.text),
            retry=lambda fault, value: query_address(query.name, _mended(values, fault, value)),
        )

    def results(self, result: Result, values: Mapping[str, Sequence[str]], lang: str, *, asked: Asked = ()) -> str:
        """Show the form of a saved query and its answer."""
        query, texts = result.query, Texts(lang)
        asked = asked or _pairs(values)
        return self._render(
            "results.html",
            lang,
            asked,
            **self._form(query, self._taken(result, values, lang), asked, lang),
            **self._answer(result, values, asked, texts),
            definitions=_definition_files(query),
        )

    def embedded(self, result: Result, values: Mapping[str, Sequence[str]], lang: str, *, asked: Asked = ()) -> str:
        """Show the answer of a saved query alone, for a frame in a page of somebody else's."""
        asked = asked or _pairs(values)
        return self._render(
            "embed.html",
            lang,
            asked,
            **self._form(result.query, self._taken(result, values, lang), asked, lang),
            **self._answer(result, values, asked, Texts(lang)),
        )

    def _taken(self, result: Result, values: Mapping[str, Sequence[str]], lang: str) -> list[Field]:
        """Return the fields of a form, each value as what it was taken for: label, code and IRI can mean the same."""
        bound = result.bound.values
        taken = {name: [_value_of(term) for term in bound.get(name, ())] or given for name, given in values.items()}
        return self._fields(result.query, taken, (), lang)

    def _answer(
        self, result: Result, values: Mapping[str, Sequence[str]], asked: Asked, texts: Texts
    ) -> dict[str, object]:
        forms = _sorted_formats(form.name for form in offered_results(result.query))
        return {
            **read_answer(self._service, result, texts, has_sparql=self._has_sparql),
            **answer_addresses(result, values, asked, texts.lang, forms),
        }

    def resource(self, description: ResourceDescription, lang: str, *, asked: Asked = ()) -> str:
        """Show what is known of a resource."""
        portrait = self._portraits.read(
            description, Texts(lang), asserted=("entailment", "asserted") in (tuple(pair) for pair in asked)
        )
        told = portrait.told if portrait else ()
        return self._render(
            "portrait.html" if portrait else "resource.html",
            lang,
            asked,
            item=description,
            portrait=portrait,
            kind=self._kind(description.kind, lang),
            **read_description(description, Texts(lang), told),
            questions=self._questions_about(description, lang),
            downloads={n: description.formats[n] for n in _sorted_formats(description.formats)},
        )

    def ontology(self, terms: Sequence[ResourceDescription], lang: str, *, asked: Asked = ()) -> str:
        """List the classes and properties of the ontology."""
        groups: dict[str, list[ResourceDescription]] = {"classes": [], "properties": [], "other-terms": []}
        for term in sorted(terms, key=lambda term: fold(term.label)):
            kinds = " ".join(type_.iri for type_ in term.types)
            groups["classes" if "Class" in kinds else "properties" if "Property" in kinds else "other-terms"].append(
                term
            )
        return self._render(
            "ontology.html",
            lang,
            asked,
            groups={
                name: [
                    (
                        term,
                        term.iri.removeprefix(ONTOLOGY),
                        read_definitions(term, lang),
                        read_properties(term, lang),
                    )
                    for term in group
                ]
                for name, group in groups.items()
                if group
            },
            downloads={f.name: f"/ontology.{f.name}" for f in GRAPH_TYPES},
        )

    def search(self, text: str, hits: Sequence[SearchHit], lang: str, *, asked: Asked = ()) -> str:
        """Show what a text finds."""
        asked = asked or [("q", text)]
        context = read_search(self._service, text, hits, asked, Texts(lang))
        return self._render("search.html", lang, asked, text=text, hits=hits, **context)

    def sparql(self, text: str, lang: str, *, asked: Asked = ()) -> str:
        """Show the form for a query of the reader's own."""
        return self._render(
            "sparql.html",
            lang,
            asked,
            text=with_prefixes(text or _EXAMPLE_QUERY.format(lang=lang)),
            is_example=not text,
            vocabulary=self._vocabulary,
            listed=self._listed(self._themes(lang), None, lang),
            row_formats=_sorted_formats(f.name for f in ROW_TYPES),
            graph_formats=_sorted_formats(f.name for f in GRAPH_TYPES),
        )

    @cached_property
    def _vocabulary(self) -> dict[str, object]:
        return read_vocabulary(self._service)

    def explanation(self, account: Account | None, lang: str, *, asked: Asked = ()) -> str:
        """Show why a triple holds, or the form that asks for one."""
        given = dict(asked)
        if account is not None and not given:
            given = dict(parse_qsl(explain_address(account.triple).partition("?")[2]))
        address = "/explain{}?" + urlencode([(key, given[key]) for key in (*PARTS, "alternatives") if key in given])
        return self._render(
            "explain.html",
            lang,
            asked,
            account=account,
            given=given,
            href=lambda named: href(named.iri) if named.iri else "",
            stated=lambda name, value: badge(name, value, Texts(lang)),
            places=lambda segments: told_places(segments, Texts(lang)),
            more=self._more_alternatives(account, asked) if account else "",
            downloads={name: address.format(f".{name}") for name in ("json", *(f.name for f in GRAPH_TYPES))},
        )

    def comparison(
        self,
        view: str,
        document: Document | None,
        lang: str,
        *,
        faults: Sequence[ParameterFault] = (),
        asked: Asked = (),
    ) -> str:
        """Show jobs compared, or the forms that ask for it, told of *faults*."""
        context = read_comparison(self._service, view, document, faults, asked, Texts(lang))
        return self._render("comparison.html", lang, asked, href=href, **context)

    def network(
        self,
        document: NetworkDocument | None,
        lang: str,
        *,
        faults: Sequence[ParameterFault] = (),
        asked: Asked = (),
    ) -> str:
        """Show a part of the network of jobs and competences, or the form that asks for it, told of *faults*."""
        context = read_network(self._service, document, faults, asked, Texts(lang))
        return self._render("network.html", lang, asked, href=href, **context)

    def problem(self, problem: Problem, lang: str, *, asked: Asked = ()) -> str:
        """Show an error and the way out."""
        name = problem.type.rpartition("/")[2]
        return self._render(
            "problem.html",
            lang,
            asked,
            problem=problem,
            heading=Texts(lang).name("problems", name) or problem.title,
            suggestions=[self._suggestion(name, suggestion, lang) for suggestion in problem.suggestions],
            retry=lambda fault, value: replaced(asked, {fault.parameter: value}) if asked else "",
        )

    def static(self, name: str) -> tuple[bytes, str] | None:
        """Return a file that the pages use, with its media type, or None where there is none of that name."""
        return _static_files().get(name)

    def _render(self, template: str, lang: str, asked: Asked, /, **context: object) -> str:
        texts = Texts(lang)
        anchor = anchor_maker(lang, texts("other-site"))

        def to(href: str) -> str | None:
            return link_address(href, lang)

        def label_lang(iri: str) -> str:
            return (self._service.names.find_label(iri, lang) or ("", ""))[1]

        page = self._environment.get_template(template).render(
            **context,
            lang=lang,
            t=texts,
            to=to,
            anchor=anchor,
            listing=Listing(texts, anchor, to, label_lang, _MOST_SHOWN),
            languages=[(code, name, replaced(asked, {"lang": code})) for code, name in LANGUAGE_NAMES.items()],
            named_term=lambda reference: texts.name("terms", compact(reference.iri)),
            label_lang=label_lang,
            summary=lambda query: _summary(query, lang),
            missing_of=self._service.missing,
            vocabulary_name=lambda name: texts.name("vocabularies", name) or name,
            total_queries=len(self._service.catalogue),
            format_names=_FORMAT_NAMES,
        )
        return rooted(page, self._root_path) if self._root_path else page

    def _fields(
        self, query: SavedQuery, values: Mapping[str, Sequence[str]], faults: Sequence[ParameterFault], lang: str
    ) -> list[Field]:
        def offer(query: SavedQuery, parameter: str) -> Sequence[Choice]:
            return choices(self._service.store, self._service.names, query, parameter, lang=lang)

        return read_fields(query, values, faults, offer, Texts(lang), lambda iri: self._service.names.label(iri, lang))

    def _form(self, query: SavedQuery, fields: Sequence[Field], asked: Asked, lang: str) -> dict[str, object]:
        """Return what the templates need to show a query and its form."""
        options = dict(asked)
        limit = options.get("limit", "")
        limits = sorted({*_LIMITS, *([int(limit)] if limit.isascii() and limit.isdecimal() else [])})
        return {
            "query": query,
            "title": choose(query.title, lang),
            "reading": _reading(query, lang),
            "themes": [theme for theme in self._themes(lang) if theme.tag in query.tags],
            "fields": fields,
            "limits": limits,
            "limit": int(limit) if limit.isascii() and limit.isdecimal() else PAGE_ROWS,
            "is_asserted": options.get("entailment") == "asserted",
            "result_formats": _sorted_formats(f.name for f in offered_results(query)),
        }

    def _themes(self, lang: str) -> list[_Theme]:
        """Return the tags of the catalogue with their queries, those with the most first."""
        tags: dict[str, list[SavedQuery]] = {}
        for query in self._service.catalogue.values():
            for tag in query.tags:
                tags.setdefault(tag, []).append(query)
        texts = Texts(lang)
        themes = [_Theme(t, texts.name("tags", t) or t.replace("-", " "), tuple(found)) for t, found in tags.items()]
        return sorted(themes, key=lambda theme: (-len(theme.queries), theme.label))

    def _listed(self, themes: Sequence[_Theme], tag: str | None, lang: str) -> list[_Theme]:
        """Return the themes to list: the one asked for, or all, each query under its own first tag."""
        if tag is not None:
            return [theme for theme in themes if theme.tag == tag]
        listed = [replace(theme, queries=tuple(q for q in theme.queries if q.tags[0] == theme.tag)) for theme in themes]
        untagged = tuple(query for query in self._service.catalogue.values() if not query.tags)
        return [theme for theme in (*listed, _Theme("", Texts(lang)("other-theme"), untagged)) if theme.queries]

    def _questions(self, lang: str) -> list[_Question]:
        """Return the questions that the home page begins with, filled up with the examples of other queries."""
        catalogue, texts = self._service.catalogue, Texts(lang)
        questions = {
            name: _Question(Spoken(texts.name("questions", name) or name, lang), query_address(name, values))
            for name, values in _FEATURED.items()
            if name in catalogue and {p.name for p in catalogue[name].parameters} >= set(values)
        }
        one, two = _FEATURED_JOBS
        if "competence-gap" in questions and all(self._service.names.find_label(job, lang) for job in _FEATURED_JOBS):
            questions["competence-gap"] = replace(questions["competence-gap"], href=compare_address(one, two))
        for name, query in catalogue.items():
            if len(questions) >= _MOST_FEATURED:
                break
            values = query.example_values
            if name not in questions and len(values) == sum(p.required for p in query.parameters):
                questions[name] = _Question(choose(query.title, lang), query_address(name, values))
        return list(questions.values())[:_MOST_FEATURED]

    def _questions_about(self, description: ResourceDescription, lang: str) -> list[_Question]:
        """Return what compares a job, and the saved queries that can be asked here about this resource, filled in."""
        classes = {type_.iri for type_ in description.types}
        is_comparable = any(found.predicate.iri in _ASKED for found in description.outgoing)
        compared = job_questions(description.iri, Texts(lang)) if is_comparable and classes & _COMPARED else ()
        questions = [_Question(text, address) for text, address in compared]
        for query in self._service.catalogue.values():
            fitting = [p for p in query.parameters if p.class_iri in classes]
            if not fitting or self._service.missing(query):
                continue
            chosen = max(fitting, key=lambda p: p.required)  # the first of the required, else the first
            is_complete = all(p is chosen or p.default or not p.required for p in query.parameters)
            values = {chosen.name: [short_value(description.iri)]}
            href = query_address(query.name, values, suffix="" if is_complete else None)
            questions.append(_Question(choose(query.title, lang), href))
        return questions

    def _suggestion(self, problem: str, suggestion: str, lang: str) -> tuple[Spoken, str, str]:
        """Return what a suggestion is called, its kind, and where it leads: a page, a saved query, or a search."""
        minted = kind_and_slug(BASE + suggestion.removeprefix("/")) if suggestion.startswith("/") else None
        if minted is not None:
            label = self._service.names.find_label(mint(*minted), lang)
            return Spoken(*label) if label else Spoken(suggestion, ""), self._kind(minted[0], lang), suggestion
        if problem == "does-not-hold":
            parts = dict(parse_qsl(suggestion.partition("?")[2]))
            triple = self._service.explainer.read(*(parts[part] for part in PARTS))
            return (
                Spoken(Naming(self._service.closure, self._service.names, lang).sentence(triple), lang),
                "",
                suggestion,
            )
        if suggestion.startswith("/"):
            return Spoken(suggestion, ""), "", suggestion
        if problem == "unknown-query" and suggestion in self._service.catalogue:
            title = choose(self._service.catalogue[suggestion].title, lang)
            return title, self._kind("query", lang), query_address(suggestion, suffix=None)
        return Spoken(suggestion, ""), "", "/search" + replaced([], {"q": suggestion})

    def _more_alternatives(self, account: Account, asked: Asked) -> str:
        """Return the address of this explanation with more beside it, or "" where there are no others."""
        if account.is_complete or account.alternatives >= MOST_ALTERNATIVES:
            return ""
        wanted = _SOME_ALTERNATIVES if account.alternatives < _SOME_ALTERNATIVES else MOST_ALTERNATIVES
        return replaced(asked, {"alternatives": str(wanted)})

    def _kind(self, kind: str, lang: str) -> str:
        return Texts(lang).name("kinds", kind) or ""


def _footer(service: Service) -> dict[str, object]:
    """Return what the foot of every page says of the data."""
    manifest = service.manifest
    version = manifest.get("version") or manifest.get("software", {}).get("metiers-kg") or __version__
    digest = manifest.get("outputs", {}).get("metiers.nt", "")
    return {
        "sectors": read_sectors(service),
        "version": version,
        "triples": len(service.store),
        "digest": digest[:12],
    }


@cache
def _static_files() -> dict[str, tuple[bytes, str]]:
    """Return the files below ``static``, by path; those in ``built`` are there once the assets have been bundled."""
    return {
        name: (file.read_bytes(), _STATIC_TYPES[file.suffix[1:]])
        for name, file in _walk(Path(str(files("metiers_kg.web") / "static")))
        if file.suffix[1:] in _STATIC_TYPES
    }


def _walk(folder: Path) -> Iterator[tuple[str, Path]]:
    return ((file.relative_to(folder).as_posix(), file) for file in sorted(folder.rglob("*")) if file.is_file())


def _sentences(text: str, names: Collection[str] = ()) -> tuple[str, str]:
    """Part a text after its first sentence; the next begins with a capital, or with one of the *names*.

    >>> _sentences("Les métiers (cf. 4.1). status : tenue ou non.", ["status"])
    ('Les métiers (cf. 4.1).', 'status : tenue ou non.')
    """
    for match in _SENTENCE.finditer(text):
        capital, word = match.groups()
        if capital or word in names:
            return text[: match.start()], text[match.end() :]
    return text, ""


def _summary(query: SavedQuery, lang: str) -> Spoken:
    """Return what a query answers in one sentence: the first of its description, or its summary where nearer."""
    description = choose(query.description, lang)
    if lang == "en" != description.lang:
        return Spoken(query.summary, "en")
    return description._replace(text=_sentences(description.text, query.columns)[0])


def _reading(query: SavedQuery, lang: str) -> Spoken:
    """Return how to read the answer: what the description says after its first sentence."""
    description = choose(query.description, lang)
    is_summed_up = _summary(query, lang).text == query.summary
    return description if is_summed_up else description._replace(text=_sentences(description.text, query.columns)[1])


def _pairs(values: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    return [(name, value) for name, given in values.items() for value in given]


def _mended(values: Mapping[str, Sequence[str]], fault: ParameterFault, value: str) -> dict[str, Sequence[str]]:
    """Return the values of a form with the faulty one exchanged."""
    given = values.get(fault.parameter, ())
    return {**values, fault.parameter: [value if v == fault.value else v for v in given] or [value]}


def _definition_files(query: SavedQuery) -> dict[str, str]:
    """Return the addresses of the query itself in its formats."""
    return {name: f"{query_address(query.name, suffix=None)}.{name}" for name in _DEFINITION_FORMATS}


def _sorted_formats(names: Iterable[str]) -> list[str]:
    """Return the formats that readers can be offered, in the order of what most of them want."""
    order = list(_FORMAT_NAMES)
    return sorted((name for name in names if name in order), key=order.index)


def _value_of(term: object) -> str:
    return str(getattr(term, "value", term))
