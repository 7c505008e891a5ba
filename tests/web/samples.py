"""What the pages are tried with: a resource and faults that have everything, hostile words, and every page at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from metiers_kg.api import Service
from metiers_kg.api.pages import (
    Link,
    PassageExcerpt,
    Problem,
    Property,
    Reference,
    ResourceDescription,
    SearchHit,
    Value,
)
from metiers_kg.api.pages import Segment as ExcerptSegment
from metiers_kg.errors import ParameterFault
from metiers_kg.explanation import Account, Evidence, Explanation, Named, Node, Passage, RuleWords, Segment
from metiers_kg.explanation.account import Status
from metiers_kg.queries import answer
from metiers_kg.web import HtmlPages

HOSTILE = "\"'><script>alert(1)</script>&{{ 7 * 7 }}"
"""What breaks out of an attribute, of an element, and of a template."""


def description(label: str = "Bio-informaticien") -> ResourceDescription:
    """Return a resource that has everything a resource can have."""
    ours, theirs = "https://w3id.org/metiers-kg/", "http://www.w3.org/2004/02/skos/core#"
    job = Reference(f"{ours}job/bio-informaticien", label, "/job/bio-informaticien")
    kind = Reference(f"{ours}ontology#Job", label, "/ontology#Job")
    requires = Reference(f"{ours}ontology#requires", label, "/ontology#requires")
    competences = [Reference(f"{ours}competence/c{n}", f"{label} {n}", f"/competence/c{n}") for n in range(20)]
    script = Reference("javascript:alert(1)", label, "javascript:alert(1)")
    passage = Reference(f"{ours}passage/p1", label, "/passage/p1")
    return ResourceDescription(
        iri=job.iri,
        kind="job",
        label=label,
        labels={"fr": label, "en": label, "": label},
        types=(kind,),
        outgoing=(
            Property(
                Reference(f"{theirs}definition", "skos:definition", f"{theirs}definition"),
                values=(Value("Qui organise les données.", language="fr"), Value(label, language="en")),
            ),
            Property(
                Reference(f"{theirs}altLabel", "skos:altLabel", f"{theirs}altLabel"),
                values=(Value("Bio-informaticienne", language="fr"), Value("Data biologist", language="en")),
            ),
            Property(
                Reference(f"{ours}ontology#statedAs", "énoncé comme", "/ontology#statedAs"), values=(Value("inferred"),)
            ),
            Property(
                Reference(f"{ours}ontology#hasProfile", "a un profil", "/ontology#hasProfile"),
                values=(Value("true", datatype="xsd:boolean"),),
            ),
            Property(requires, values=tuple(Value(c.label, c, inferred=True, why=NEAR) for c in competences)),
            Property(script, values=(Value(label, script), Value("_:b0"))),
            Property(
                Reference(f"{theirs}exactMatch", "skos:exactMatch", f"{theirs}exactMatch"),
                values=(Value("C2120", Reference("http://example.org/C2120", "C2120", "http://example.org/C2120")),),
            ),
        ),
        incoming=(Property(requires, links=tuple(Link(c, inferred=n % 2 == 0) for n, c in enumerate(competences))),),
        passages=tuple(
            PassageExcerpt(
                passage,
                source=Reference(f"{ours}source/forem", label, "/source/forem"),
                section=Reference(f"{ours}source/forem--4", label, "/source/forem--4"),
                segments=(
                    ExcerptSegment(label, 12, 12),
                    ExcerptSegment("et la suite", 14, 16),
                    ExcerptSegment("sans ligne"),
                ),
                supports=(job,),
            )
            for _ in range(7)
        ),
        truncated=True,
        formats={"html": "/job/bio-informaticien.html", "ttl": "/job/bio-informaticien.ttl"},
    )


FACT = tuple(
    f"<https://w3id.org/metiers-kg/{name}>" for name in ("job/hostile", "ontology#requires", "competence/rigueur")
)
"""What the small graph says of the thing with the hostile name."""

NEAR = "/explain?s=job/hostile&p=mkg:requires&o=competence/rigueur"
"""The address of why it does."""


def account(word: str) -> Account:
    """Return why something holds, with everything that a tree can have and *word* wherever the data can put one."""
    ours = "https://w3id.org/metiers-kg/"
    names = tuple(
        Named(f"<{ours}{name}>", word, "fr") for name in ("job/bio-informaticien", "ontology#requires", "competence/x")
    )
    s, p, o = names
    rule = RuleWords("prp-spo2", 5, word, "https://www.w3.org/TR/owl2-profiles/#tab-rules-properties")
    passage = Passage(Named(f"<{ours}passage/p1>", word), None, None, (Segment(word, 1, 2), Segment("plus loin")))

    def node(status: Status, graph: str, **more: Any) -> Node:
        triple = more.pop("triple", (s.term, p.term, o.term))
        return Node(triple, (s, p, o), word, status, graph, **{"is_told": True, **more})

    def evidence(kind: Any, number: int) -> Evidence:
        return Evidence(kind, Named(f"<{ours}job/j{number}>", word), "inferred", "conditional", (passage,) * 5)

    axiom = node("asserted", "ontology", is_axiom=True)
    leaves = (
        *(
            node("asserted", "data", evidence=evidence(kind, n))
            for n, kind in enumerate(("thing", "statement", "statement"))
        ),
        node("asserted", "data", evidence=evidence("statement", 2)),
        *(node("asserted", graph) for graph in ("data", "links", "ontology")),
        node("axiomatic", "", rule=rule),
    )
    unnamed = node("inferred", "inferred", is_told=False, rule=rule, triple=(s.term, p.term, "_:c1"), premises=leaves)
    loop = node("inferred", "", is_told=False, rule=rule, triple=(s.term, p.term, s.term), axioms=(axiom, unnamed))
    tree = node("inferred", "inferred", rule=rule, axioms=(axiom,), premises=(unnamed, loop))
    explanations = (Explanation(tree, 2, leaves), Explanation(tree, 3, leaves, others=leaves[:1]))
    return Account((s.term, p.term, o.term), (s, p, o), word, "inferred", True, explanations, False, "fr")


def comparisons(word: str) -> dict[str, dict[str, Any]]:
    """Return an answer of each sort about jobs, with everything that one can have and *word* wherever data can put one."""
    ours, esco = "https://w3id.org/metiers-kg/", "http://data.europa.eu/esco/"
    here, there = ({"iri": f"{ours}job/{name}", "label": word} for name in ("hostile", "bio-informaticien"))
    own = {"iri": f"{ours}competence/rigueur", "label": word, "idf": 1.5}
    odd = {"iri": "javascript:alert(1)", "label": word, "idf": 1.5}
    told = {"iri": f"{esco}skill/x", "label": word, "idf": 1.5, "standsFor": [{**own, "relation": "broadMatch"}]}
    passages = [{"iri": f"{ours}passage/p1", "label": word, "quotes": [word], "lang": "fr"}] * 2
    said = [{"kind": "emerging", "statedAs": "inferred", "modality": "conditional", "passages": passages}] * 2
    side, source = (
        {"kinds": ["essential"], "requirements": said, "explain": NEAR},
        {"kinds": ["optional"], "source": word},
    )
    held = {**told, "of": side, "with": source}
    part = {**own, "of": None, "with": side, "through": told, "steps": 1, "credit": 0.5, "by": [{**told, "of": side}]}
    part["explain"] = NEAR
    way = {
        **there,
        "score": 0.25,
        "asked": 42,
        "shared": [told],
        "partly": [{**own, "through": told}],
        "missing": [odd] * 40,
    }
    about = {
        "measure": "idf-coverage",
        "formula": word,
        "kinds": ["essential", "emerging"],
        "in": "esco",
        "version": word,
        "reference": {"vocabulary": "esco", "version": word, "jobs": 3007, "unknown": 2},
        "parameters": {"lambda": 0.5, "steps": 2},
        "threshold": 0.5,
        "least": 3,
    }
    alone = {**about, "measure": word, "in": "study", "reference": {**about["reference"], "vocabulary": "study"}}  # type: ignore[dict-item]
    value = {"value": 0.5, "back": None, "formula": word, "symmetric": False, "kinds": ["essential"]}
    pair = {"job": here, "other": there, "score": 0.3}
    return {
        "neighbours": {
            "about": about,
            "job": here,
            "asked": 3,
            "neighbours": [way, {**way, "shared": [], "partly": []}],
        },
        "comparison": {
            "about": {key: told for key, told in about.items() if key not in ("measure", "formula")},
            "job": here,
            "other": there,
            "values": {"jaccard": value, "combined": value, "coverage": value, word: value},
            "shared": [held],
            "partly": [part],
            "missing": [{**held, "of": None}],
            "beyond": [{**own, "of": source, "with": None}],
            "why": [{"property": "mkg:requires", "explain": NEAR}],
        },
        "clusters": {
            "about": alone,
            "clusters": [
                {"jobs": [here, there], "pairs": [pair] * 20, "ties": [{**own, "jobs": [here, there], "elsewhere": 1}]},
                {"jobs": [here, there], "pairs": [pair], "ties": []},
            ],
            "alone": [here] * 20,
        },
        "matrix": {
            "about": {**alone, "symmetric": False},
            "subSector": there,
            "jobs": [here, there],
            "values": [[None, 0.3], [None, None]],
            "pairs": [pair],
            "unknown": [here],
        },
        "reachable": {
            "about": about,
            "job": here,
            "asked": 3,
            "total": 9,
            "reachable": [way],
            "openings": [{**told, "opens": 1, "jobs": [{**there, "score": 0.6}]}],
        },
        "feeders": {
            "about": about,
            "job": here,
            "asked": 3,
            "feeders": [{**way, "reached": 0.75}],
            "training": [told, own],
            "shortest": False,
            "reaches": True,
        },
        "missing": {
            "about": {**alone, "measure": "prevalence"},
            "subSector": here,
            "category": there,
            "jobs": [here],
            "unknown": [there],
            "transitions": 8,
            "total": 2,
            "missing": [{**own, "transitions": 2, "prevalence": 0.25, "askedBy": [here]}],
        },
    }


def empty_comparisons() -> dict[str, dict[str, Any]]:
    """Return the same answers where nothing was found."""
    listed = (
        "neighbours",
        "reachable",
        "openings",
        "feeders",
        "training",
        "clusters",
        "alone",
        "missing",
        "jobs",
        "why",
    )
    listed += ("shared", "partly", "beyond", "unknown")
    return {
        view: {
            **told,
            **{key: [] for key in told if key in listed},
            **({"category": None} if view == "missing" else {}),
            **({"subSector": None, "values": [], "pairs": []} if view == "matrix" else {}),
        }
        for view, told in comparisons("métier").items()
    }


def network(word: str) -> dict[str, Any]:
    """Return a part of the network that has everything, with *word* wherever data can put one."""
    node = {"iri": word, "label": word, "href": "/job/hostile", "sorts": [], "degree": 9, "shown": 2, "steps": 0}
    job = {**node, "id": "job/hostile", "kind": "job", "expanded": True}
    factor = {**node, "id": "factor/f", "kind": "factor", "sorts": ["economic"], "steps": 1, "expanded": False}
    opened = {**node, "id": "competence/c", "kind": "competence", "lang": "nl", "steps": 1, "expanded": True}
    said = {"level": "essential", "statedAs": "inferred", "modality": "conditional", "href": "/impact/x", "why": NEAR}
    tie = {"source": "job/hostile", "target": "competence/c", "relation": word}
    return {
        "about": {"kinds": ["job", "factor", "competence"], "limit": 60, "measure": "combined", "threshold": 0.2},
        "centres": ["job/hostile"],
        "nodes": [job, factor, opened],
        "edges": [
            {**tie, **said, "id": "e0", "kind": "requires"},
            {**tie, "id": "e1", "kind": "near", "relation": "", "score": 0.25, "href": "/overlap?job=a&other=b"},
        ],
        "leftOut": {"nodes": 3, "kinds": {"competence": 3}},
    }


def faults(value: str = "bioo") -> list[ParameterFault]:
    """Return what can be wrong with a query's parameters."""
    return [
        ParameterFault("job", value, "the name of a job", allowed=("a", "b"), suggestions=("Bio-informaticien", value)),
        ParameterFault("limit", value, "an integer from 1 to 10000"),
        ParameterFault(value, value, "one of the parameters job, lang", ("job", "lang"), ("job",)),
    ]


def render_all(pages: HtmlPages, service: Service, lang: str, word: str) -> dict[str, str]:
    """Return every page in a language, with *word* wherever the reader or the data can put one."""
    store, names, catalogue = service.store, service.names, service.catalogue

    def results(name: str, values: dict[str, list[str]], **options: object) -> str:
        result = answer(store, names, catalogue[name], values, lang=lang, **options)  # type: ignore[arg-type]
        return pages.results(result, values, lang)

    hit = SearchHit(Reference("https://w3id.org/metiers-kg/job/x", word, "/job/x"), "job", word, 91.0)
    problem = Problem(
        422,
        "/problems/parameters",
        word,
        word,
        errors=tuple(faults(word)),
        suggestions=(word, "/job/x"),
        available=(word,),
    )
    return {
        "home": pages.home(lang),
        "catalogue": pages.catalogue(lang, None),
        "catalogue by tag": pages.catalogue(lang, "jobs"),
        "catalogue by unknown tag": pages.catalogue(lang, word),
        **{f"query {name}": pages.query(query, {}, (), lang) for name, query in catalogue.items()},
        "query filled in": pages.query(catalogue["job-competences"], {"job": [word]}, faults(word), lang),
        "query filled in at length": pages.query(
            catalogue["filters"], {p.name: [word, "rising"] for p in catalogue["filters"].parameters}, (), lang
        ),
        "rows": results("job-competences", {"job": ["bio-informaticien"]}, limit=1),
        "no more rows": results("job-competences", {"job": ["bio-informaticien"]}, limit=9, page=2),
        "numbers": results("filters", {"word": [word]}),
        "truth": results("any-job", {}),
        "graph": results("job-graph", {}),
        "resource": pages.resource(description(word), lang),
        "resource without a portrait": pages.resource(replace(description(word), kind="graph"), lang),
        "bare resource": pages.resource(
            ResourceDescription("https://w3id.org/metiers-kg/job/x", "job", word, {}, (), (), (), ()), lang
        ),
        "ontology": pages.ontology([description(word)], lang),
        "search": pages.search(word, [hit], lang),
        "search without hits": pages.search(word, [], lang),
        "search without text": pages.search("", [], lang),
        "sparql": pages.sparql("", lang),
        "sparql filled in": pages.sparql(word, lang),
        "why": pages.explanation(account(word), lang),
        "why asked": pages.explanation(account(word), lang, asked=[("s", word), ("p", "a"), ("o", word)]),
        "why without explanation": pages.explanation(replace(account(word), explanations=()), lang),
        "why of a fact": pages.explanation(service.explainer.explain(FACT, lang=lang), lang),
        "why form": pages.explanation(None, lang),
        **{
            f"compared: {view}": pages.comparison(view, document, lang, asked=[("job", word), ("kinds", word)])
            for view, document in comparisons(word).items()
        },
        **{f"compared: no {v}": pages.comparison(v, document, lang) for v, document in empty_comparisons().items()},
        "network": pages.network(network(word), lang, asked=[("job", word), ("expand", word), ("kinds", "job")]),
        "bare network": pages.network(network(word) | {"nodes": [], "edges": [], "centres": []}, lang),
        "network at fault": pages.network(None, lang, faults=faults(word), asked=[("job", word), (word, word)]),
        "compare form": pages.comparison("neighbours", None, lang),
        "transitions form": pages.comparison("reachable", None, lang),
        "compare form at fault": pages.comparison(
            "neighbours", None, lang, faults=faults(word), asked=[("job", word), ("in", word), ("kinds", word)]
        ),
        "does not hold": pages.problem(Problem(404, "/problems/does-not-hold", word, word, suggestions=(NEAR,)), lang),
        "problem": pages.problem(problem, lang),
        "problem asked": pages.problem(problem, lang, asked=[("job", word), (word, word)]),
        "bare problem": pages.problem(Problem(404, "/problems/not-found", word, word), lang),
        "new problem": pages.problem(Problem(418, "/problems/teapot", word, word), lang),
    }
