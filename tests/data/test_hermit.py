"""HermiT, a reasoner of another kind (hypertableau, OWL 2 DL), draws the same conclusions as the rules of OWL 2 RL.

HermiT is the Java program that the package owlready2 ships. It gets the ontology and every fact that an axiom can use: all
types of declared classes, all values of declared object and data properties. Left out are labels and other annotations,
properties and classes that the ontology does not declare (they have no axiom), what `rdf:subject`, `rdf:predicate` and
`rdf:object` tell (OWL 2 DL has no place for them), and dates, since xsd:date is no datatype of OWL 2.

HermiT lists no conclusions of property chains by itself. So each entailment is asked as a class, "what there would be if
it did not hold": HermiT finds that class unsatisfiable exactly where the entailment holds. One run answers all.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest
import yaml

from metiers_kg.build.gates.owl_dl import facts
from metiers_kg.store import Rows, Store, read_turtle
from metiers_kg.vocabulary import BASE, KINDS, PREFIXES, graph_iri
from tests.conftest import ROOT

ONTOLOGY = ROOT / "ontology" / "metiers.ttl"
EXPECTED = yaml.safe_load((ROOT / "tests" / "data" / "entailments.yaml").read_text(encoding="utf-8"))
ENTAILED = [entry["triple"] for entry in EXPECTED["entailed"]]
NOT_ENTAILED = [entry["triple"] for entry in EXPECTED["not-entailed"]]
IMPOSSIBLE = [entry["triple"] for entry in EXPECTED["impossible"]]
QUESTION = "https://example.org/question/"

TYPE = f"<{PREFIXES['rdf']}type>"
OWL = PREFIXES["owl"]


def _turtle_prefixes() -> str:
    every = PREFIXES | {kind: f"{BASE}{kind}/" for kind in KINDS}
    return "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in every.items())


def _and(expressions: Iterable[str]) -> str:
    return f"[ a owl:Class ; owl:intersectionOf ( owl:Thing {' '.join(expressions)} ) ]"


def _not(expression: str) -> str:
    return f"[ a owl:Class ; owl:complementOf {expression} ]"


def _only(individual: str) -> str:
    return f"[ a owl:Class ; owl:oneOf ( {individual} ) ]"


def _those_with(predicate: str, value: str) -> str:
    """The class of what has *predicate* with *value*, both as in a pattern."""
    if predicate == "a":
        return value
    if predicate == "owl:sameAs":
        return _only(value)
    return f"[ a owl:Restriction ; owl:onProperty {predicate} ; owl:hasValue {value} ]"


def _unless(pattern: str) -> str:
    """The class of what there would be if nothing matched *pattern*, a triple whose subject may be a variable."""
    subject, predicate, value = pattern.split()
    if subject.startswith("?"):
        related = f"[ a owl:Restriction ; owl:onProperty [ owl:inverseOf {predicate} ] ; owl:someValuesFrom owl:Thing ]"
        return _and([_only(value), _not(related)])
    return _and([_only(subject), _not(_those_with(predicate, value))])


def _matching(pattern: str) -> str:
    """The class of what matches *pattern*, triples with one variable as their subject."""
    return _and(_those_with(*triple.split()[1:]) for triple in pattern.split(" . "))


def _facts(ontology: list[str]) -> list[str]:
    """Return the data that HermiT can use, as N-Triples lines."""
    return facts(ontology, (line for path in sorted((ROOT / "data").glob("*.ttl")) for line in read_turtle(path)))


def _hermit(arguments: list[str], ontology: Path) -> str:
    """Run HermiT once and return what it prints."""
    java = shutil.which("java")
    if java is None:
        reason = "needs Java to run HermiT: no `java` on the PATH (on Debian: apt-get install default-jre-headless)"
        assert os.environ.get("CI") != "true", reason
        pytest.skip(reason)
    owlready2 = importlib.util.find_spec("owlready2")
    assert owlready2 is not None
    assert owlready2.origin is not None
    folder = Path(owlready2.origin).parent / "hermit"
    classpath = os.pathsep.join([str(folder), str(folder / "HermiT.jar")])
    command = [java, "-Xmx2g", "-cp", classpath, "org.semanticweb.HermiT.cli.CommandLine", *arguments]
    done = subprocess.run([*command, ontology.as_uri()], capture_output=True, text=True, timeout=900, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def satisfiable(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bool]:
    """What HermiT says: for owl:Thing and for the class of each pattern, whether there can be such a thing."""
    classes = {pattern: _unless(pattern) for pattern in ENTAILED + NOT_ENTAILED}
    classes |= {pattern: _matching(pattern) for pattern in IMPOSSIBLE}
    names = {f"<{QUESTION}{number}>": pattern for number, pattern in enumerate(classes)}
    questions = "".join(f"{name} a owl:Class ; owl:equivalentClass {classes[names[name]]} .\n" for name in names)
    folder = tmp_path_factory.mktemp("hermit")
    asking = folder / "asking.ttl"
    asking.write_text(ONTOLOGY.read_text(encoding="utf-8") + _turtle_prefixes() + questions, encoding="utf-8")
    graph = folder / "graph.nt"
    graph.write_text("\n".join(read_turtle(asking) + _facts(read_turtle(ONTOLOGY))) + "\n", encoding="utf-8")

    said = _hermit(["--consistency", *(f"--consistency={name}" for name in names)], graph)

    verdicts = re.findall(r"^(\S+) is (not )?satisfiable\.$", said, re.MULTILINE)
    return {names.get(name, name): not negation for name, negation in verdicts}


def test_hermit_finds_the_graph_consistent(satisfiable: dict[str, bool]) -> None:
    """Ontology and data contradict each other nowhere, by the full semantics of OWL 2 DL."""
    assert satisfiable[f"{OWL}Thing"]


@pytest.mark.parametrize("pattern", ENTAILED)
def test_hermit_entails(pattern: str, satisfiable: dict[str, bool]) -> None:
    """There can be no world in which the triple does not hold."""
    assert not satisfiable[pattern]


@pytest.mark.parametrize("pattern", NOT_ENTAILED)
def test_hermit_does_not_entail(pattern: str, satisfiable: dict[str, bool]) -> None:
    """There can be a world in which nothing matches the pattern."""
    assert satisfiable[pattern]


@pytest.mark.parametrize("pattern", IMPOSSIBLE)
def test_hermit_finds_impossible(pattern: str, satisfiable: dict[str, bool]) -> None:
    """There can be no world in which something matches the pattern."""
    assert not satisfiable[pattern]


_AXIOM = re.compile(r"^(Type|SubClassOf|(?:Sub|Equivalent)ObjectProper(?:tyOf|ties))\( (.+) \)$", re.MULTILINE)
_EXPRESSION = re.compile(r"(ObjectInverseOf\( )?(<[^>]+>)")
_VALUES = re.compile(r"^(<[^>]+>) \(known instances: (.*?) \| possible instances: (.*?)\)", re.MULTILINE)
_PAIR = re.compile(r"\((<[^>]+>), (<[^>]+>)\)")

Fact = tuple[str, str, str]


def _conclusions(said: str) -> set[Fact]:
    """Return the facts in HermiT's classification; it tells of each only the narrowest class or property."""
    facts: set[Fact] = set()
    # From a class or property to each that is broader, and whether subject and object change places on the way.
    broader: dict[str, set[tuple[str, bool]]] = {}
    for kind, arguments in _AXIOM.findall(said):
        (inverse, narrow), (other_inverse, broad) = _EXPRESSION.findall(arguments)
        if kind == "Type":
            facts.add((narrow, TYPE, broad))
            continue
        swapped = bool(inverse) != bool(other_inverse)
        broader.setdefault(narrow, set()).add((broad, swapped))
        if kind.startswith("Equivalent"):
            broader.setdefault(broad, set()).add((narrow, swapped))
    for predicate, known, possible in _VALUES.findall(said):
        assert not possible.strip()
        facts.update((s, predicate, o) for s, o in _PAIR.findall(known))
    new = list(facts)
    while new:
        s, p, o = new.pop()
        if p == TYPE:
            more: set[Fact] = {(s, p, name) for name, _ in broader.get(o, ())}
        else:
            more = {(o, name, s) if swapped else (s, name, o) for name, swapped in broader.get(p, ())}
        new.extend(more - facts)
        facts |= more
    return facts


def _is_ours(variable: str) -> str:
    """The condition that a resource is the project's own, not a concept of ROME."""
    return f'STRSTARTS(STR({variable}), "{BASE}") && !STRSTARTS(STR({variable}), "{BASE}rome/")'


@pytest.mark.long
@pytest.mark.timeout(1800)  # a busy machine, and the graph may have to be built first
def test_hermit_and_the_rules_agree_on_every_fact(store: Store, tmp_path: Path) -> None:
    """Every type and every value of an object property that one concludes, the other does: all classes and properties.

    Left out on both sides: what relates a thing to itself, which the graph does not keep, and that each thing is an
    owl:Thing. What the build tells of its own runs, what it measures, and the links to other vocabularies are not for
    HermiT.
    """
    ontology = read_turtle(ONTOLOGY)
    graph, told = tmp_path / "graph.nt", tmp_path / "told.txt"
    graph.write_text("\n".join(ontology + _facts(ontology)) + "\n", encoding="utf-8")
    _hermit(["--classify", "--classifyOPs", "--classifyIs", "--classifyPVs", f"--output={told}"], graph)
    conclusions = _conclusions(told.read_text(encoding="utf-8"))
    hermit = {(s, p, o) for s, p, o in conclusions if s != o and o != f"<{OWL}Thing>"}

    rows = store.query(f"""
        SELECT ?s ?p ?o {{
          {{ ?p a owl:ObjectProperty . ?s ?p ?o }} UNION {{ BIND(rdf:type AS ?p) ?o a owl:Class . ?s ?p ?o }}
          FILTER(isIRI(?s) && isIRI(?o) && ?s != ?o && ?o != owl:Thing)
          FILTER NOT EXISTS {{ GRAPH <{graph_iri("provenance")}> {{ ?s ?p ?o }} }}
          FILTER NOT EXISTS {{ GRAPH <{graph_iri("overlap")}> {{ ?s ?p ?o }} }}
          FILTER NOT EXISTS {{ GRAPH <{graph_iri("links")}> {{ ?s ?p ?o }} }}
          FILTER NOT EXISTS {{ GRAPH <{graph_iri("candidates")}> {{ ?s ?p ?o }} }}
          FILTER(!STRSTARTS(STR(?s), "{BASE}mapping/"))
          FILTER(!STRENDS(STR(?p), "Match") || ({_is_ours("?s")} && {_is_ours("?o")})) }}""")
    assert isinstance(rows, Rows)
    rules = {tuple(str(term) for term in row) for row in rows}

    assert (set(), set()) == (hermit - rules, rules - hermit)
