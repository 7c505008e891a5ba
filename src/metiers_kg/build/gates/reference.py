"""The page `docs/reference/gates.md`, from the gates, the headers of the checks and the shapes.

`python -m metiers_kg.build.gates.reference > docs/reference/gates.md` writes it anew; a test says when that is due.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import rdflib
from rdflib import RDF, SH

from metiers_kg.build.gates.catalogue import CHECK_FOLDERS, GATES
from metiers_kg.build.validation import read_header
from metiers_kg.project import Project
from metiers_kg.vocabulary import compact

__all__ = ["render"]

_INTRODUCTION = """# Gates

What `metiers-kg validate` asks of ontology, data and links. This page is made from the gates themselves
(`python -m metiers_kg.build.gates.reference > docs/reference/gates.md`); [why these, and what none
of them asks](../explanation/gates.md).

```text
metiers-kg validate                                      all gates but the one that needs Java
metiers-kg validate --owl-dl                             all gates; needs Java, jpype1 and owlready2
metiers-kg validate --gate style --gate skos             these alone
metiers-kg validate --all                                every finding, not ten of each rule
metiers-kg validate --format json                        for programs
METIERS_KG_TEXTS=folder metiers-kg validate              quotes too, against the source texts
```

All gates are run, whatever the others find. Findings are told by severity, then by rule, with what to do, and with
file and line where these are known. A **violation** makes the exit status 1; a **warning** or **info** alone does not.
A gate that cannot run here is named with the reason: a part of the project that cannot be read, texts or vocabularies
that are not at hand. So is a text that is not at hand where `passages` compares others. Where a file is malformed, the
gates that would take what it lacks for a fault are left out until it is mended. `--owl-dl` without Java exits with 2
and says what to install.

`metiers-kg build` runs `profile`, `shapes`, `contradictions`, `checks` and `passages`, and writes nothing where one
finds a violation.
"""


def render(project: Project) -> str:
    """Return the page."""
    return (
        "\n".join([_INTRODUCTION, *_gates(), *_checks(project.checks), *_shapes(project.ontology / "shapes.ttl")])
        + "\n"
    )


def _gates() -> Iterator[str]:
    reads = ("files", "every file is Turtle or SSSOM, without blank nodes and repeated triples; links keep their rules")
    rows = [(gate.name, gate.asks, gate.tool, gate.severity) for gate in GATES]
    yield from _table(("gate", "asks that", "tool", "finds"), [(*reads, "own, pyoxigraph", "violation"), *rows])
    yield ""


def _checks(folder: Path) -> Iterator[str]:
    for name in CHECK_FOLDERS:
        place = folder if name == "checks" else folder / name
        headers = {
            path.stem: read_header(path.read_text(encoding="utf-8"), path.name) for path in sorted(place.glob("*.rq"))
        }
        yield f"## {name}\n"
        yield f"`queries/checks/{'' if name == 'checks' else name + '/'}*.rq`: each a query that must give no row.\n"
        columns = ["check", "asks", "finds", "what to do"] + (["because"] if name == "silence" else [])
        rows = [
            (stem, h["summary"], h.get("severity", "violation"), h["remedy"], h.get("reason", ""))[: len(columns)]
            for stem, h in headers.items()
        ]
        yield from _table(columns, rows)
        yield ""


def _shapes(path: Path) -> Iterator[str]:
    graph = rdflib.Graph().parse(path, format="turtle")
    yield "## shapes\n"
    yield "`ontology/shapes.ttl`: what a message says is what would be right. All find violations.\n"
    rows = []
    for shape in sorted(graph.subjects(RDF.type, SH.NodeShape), key=str):
        targets = [compact(str(o)) for o in graph.objects(shape, SH.targetClass)]
        targets += [f"what has {compact(str(o))}" for o in graph.objects(shape, SH.targetSubjectsOf)]
        rows.append((str(shape).rpartition("#")[2], ", ".join(sorted(targets)), "; ".join(_messages(graph, shape))))
    yield from _table(("shape", "looks at", "says"), rows)


def _messages(graph: rdflib.Graph, shape: rdflib.term.Node) -> list[str]:
    asked = [shape, *graph.objects(shape, SH.property)]
    return sorted({str(message) for one in asked for message in graph.objects(one, SH.message)})


def _table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    names = list(columns)
    yield f"| {' | '.join(names)} |"
    yield f"|{'---|' * len(names)}"
    for row in rows:
        first, *rest = (re.sub(r"\s+", " ", cell).replace("|", "\\|") for cell in row)
        yield f"| {' | '.join([f'`{first}`', *rest])} |"


if __name__ == "__main__":
    sys.stdout.write(render(Project.find()))
