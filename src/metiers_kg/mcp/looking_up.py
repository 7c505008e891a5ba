"""The tools ``search`` and ``explain``: from words to resources, and from a triple to why it holds."""

from __future__ import annotations

from dataclasses import asdict

from metiers_kg.explanation import MOST_ALTERNATIVES, to_document, to_text
from metiers_kg.mcp.knowledge import Knowledge
from metiers_kg.mcp.tool import (
    Answer,
    Arguments,
    Tool,
    read_arguments,
    refuse_others,
    take_integer,
    take_one,
    take_text,
)
from metiers_kg.queries import LANGUAGES
from metiers_kg.queries.schemas import Schema

__all__ = ["explain_tool", "search_tool"]

_MOST_HITS = 50
_WIDTH = 120

_LANG: Schema = {"type": "string", "enum": list(LANGUAGES), "default": "en", "description": "The language of labels."}
_TEXT: Schema = {"type": "string"}
_PARTS = {
    "s": "The subject: a label, a code, kind/slug, a prefixed name or an IRI.",
    "p": "The property: a label, a local name, a prefixed name, an IRI, or a (rdf:type).",
    "o": "The object: as the subject, or a literal.",
}


def search_tool(knowledge: Knowledge) -> Tool:
    """Return the tool that finds resources by their names."""

    def ask(arguments: Arguments) -> Answer:
        texts = read_arguments(arguments)
        lang = take_one(texts, "lang", LANGUAGES, "en")
        limit = take_integer(texts, "limit", _MOST_HITS, 10)
        words = take_text(texts, "q", expected="one text to look for")
        refuse_others(texts, ("q", "lang", "limit"))
        hits = knowledge.names.search(words[:200], limit=limit, lang=lang)
        lines = [f"{hit.label} — {hit.kind} — {hit.iri}" for hit in hits]
        content = {"hits": [asdict(hit) for hit in hits], "dataVersion": knowledge.version}
        return Answer("\n".join(lines) or "Nothing has a name like that.", content)

    hit = {
        "type": "object",
        "properties": {
            **dict.fromkeys(("iri", "label", "matched", "lang", "kind"), _TEXT),
            "score": {"type": "number"},
        },
        "required": ["iri", "label", "matched", "kind", "score"],
    }
    return Tool(
        name="search",
        title="Find resources by name",
        description="Finds jobs, competences, evolution factors, sub-sectors, organisations … by their names in "
        "French, English, Dutch or German, without regard to accents and small slips; codes of ROME and ESCO are names "
        "too. Begin here where the exact name is not known, and give the IRI to the other tools.",
        takes={
            "type": "object",
            "properties": {
                "q": {
                    "type": "string",
                    "minLength": 1,
                    "description": "What to look for.",
                    "examples": ["data manager"],
                },
                "lang": _LANG,
                "limit": {"type": "integer", "minimum": 1, "maximum": _MOST_HITS, "default": 10},
            },
            "required": ["q"],
            "additionalProperties": False,
        },
        gives={
            "type": "object",
            "properties": {"hits": {"type": "array", "items": hit}, "dataVersion": _TEXT},
            "required": ["hits", "dataVersion"],
        },
        ask=ask,
        example={"q": "data manager"},
    )


def explain_tool(knowledge: Knowledge) -> Tool:
    """Return the tool that tells why a triple holds."""

    def ask(arguments: Arguments) -> Answer:
        texts = read_arguments(arguments)
        lang = take_one(texts, "lang", LANGUAGES, "en")
        alternatives = take_integer(texts, "alternatives", MOST_ALTERNATIVES, 0, least=0)
        s, p, o = (take_text(texts, name, expected=expected) for name, expected in _PARTS.items())
        refuse_others(texts, (*_PARTS, "alternatives", "lang"))
        explainer = knowledge.explainer()
        account = explainer.explain(explainer.read(s, p, o), lang=lang, alternatives=alternatives)
        return Answer(to_text(account, _WIDTH), {**to_document(account), "dataVersion": knowledge.version})

    examples = {"s": "job/datamanager", "p": "mkg:sharesCompetenceWith", "o": "job/biostatisticien"}
    parts: Schema = {
        name: {"type": "string", "description": text, "examples": [examples[name]]} for name, text in _PARTS.items()
    }
    return Tool(
        name="explain",
        title="Why a triple holds",
        description="Why a statement of the graph holds: the rules and axioms that it follows from, down to what the "
        "texts say, with the passages and whether a text says so or a reader concluded it. Use it before repeating "
        "what a query found by inference.",
        takes={
            "type": "object",
            "properties": {
                **parts,
                "alternatives": {
                    "type": "integer",
                    "minimum": 0,
                    "maximum": MOST_ALTERNATIVES,
                    "default": 0,
                    "description": "How many other explanations to give beside the shortest.",
                },
                "lang": _LANG,
            },
            "required": list(_PARTS),
            "additionalProperties": False,
        },
        gives={
            "type": "object",
            "properties": {
                "sentence": _TEXT,
                "status": _TEXT,
                "explanations": {"type": "array", "items": {"type": "object"}},
                "dataVersion": _TEXT,
            },
            "required": ["sentence", "status", "explanations", "dataVersion"],
        },
        ask=ask,
        example=examples,
    )
