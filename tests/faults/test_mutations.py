"""Bytes changed at random in all that is read: told in words, or read as what it then says; nothing else.

What is right is defined for each kind of input: Turtle that is accepted says what another parser reads in it; links
that are accepted are the same after writing and reading; a query that is accepted is one for the engine; a release
that is accepted gives N-Triples; a built folder gives the answers it gave, or none; an answer over HTTP is that to the
parameters that it says it was given.
"""

# ruff: noqa: PT017  a change may be told or taken: there is nothing to expect
from __future__ import annotations

import random
import shutil
import warnings
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote_from_bytes

import pyoxigraph
import pytest
from rdflib import Graph

from metiers_kg.api import Service, create_app
from metiers_kg.build.vocabularies import read_release
from metiers_kg.errors import DataError, InputError, MetiersError, QueryFileError
from metiers_kg.links.tsv import read_links, write_links
from metiers_kg.project import Project
from metiers_kg.queries import SavedQuery
from metiers_kg.store import read_turtle
from metiers_kg.store.held import HeldFolder
from tests.conftest import ROOT, TINY

with warnings.catch_warnings():
    # Starlette asks for httpx2, which is not among the project's packages; httpx does as well.
    warnings.simplefilter("ignore")
    from fastapi.testclient import TestClient

SOURCES = ROOT / "tests" / "sources"
TELLING = [
    b'"',
    b"'",
    b"\n",
    b"\t",
    b",",
    b";",
    b".",
    b"<",
    b">",
    b"@",
    b"^^",
    b"#",
    b"\\",
    b"\\u00",
    b"\0",
    b"\xff",
    b"{",
]
STATUSES = {200, 303, 304, 307, 400, 404, 405, 406, 409, 413, 415, 422, 503, 504}

Try = Callable[[random.Random], None]


def mutate(data: bytes, dice: random.Random) -> bytes:
    """Return *data* with one to four changes: bytes flipped, left out, doubled, or put in."""
    changed = bytearray(data)
    for _ in range(dice.randint(1, 4)):
        start = dice.randrange(len(changed) + 1)
        end = min(len(changed), start + dice.choice((1, 1, 2, 8, 60)))
        match dice.randrange(5):
            case 0 if changed:
                changed[min(start, len(changed) - 1)] ^= 1 << dice.randrange(8)
            case 1:
                del changed[start:end]
            case 2:
                changed[start:start] = changed[start:end]
            case 3:
                changed[start:start] = dice.choice(TELLING)
            case _:
                changed[start:end] = dice.randbytes(end - start)
    return bytes(changed)


def turtle(folder: Path) -> Try:
    """What another parser reads too is the same; every fault has its line."""
    path = folder / "data.ttl"

    def attempt(dice: random.Random) -> None:
        data = mutate(TINY.encode(), dice)
        path.write_bytes(data)
        try:
            found = read_turtle(path)
        except DataError as error:
            assert error.findings
            lines = data.count(b"\n") + 1
            assert all(finding.line and 1 <= finding.line <= lines for finding in error.findings)
            return
        other = _read_by_rdflib(data)
        if other is not None:
            assert other == _plain(found)

    return attempt


def _read_by_rdflib(data: bytes) -> set[tuple[str, ...]] | None:
    """Return the triples, or None where rdflib does not take the text, or what it takes is not written the same."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            graph = Graph().parse(data=data, format="turtle")
            return _plain(
                [line for line in graph.serialize(format="nt", encoding="utf-8").decode().splitlines() if line]
            )
        except Exception:  # noqa: BLE001  it raises what it likes
            return None


def _plain(lines: list[str]) -> set[tuple[str, ...]]:
    quads = pyoxigraph.parse("\n".join(lines).encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)
    nodes = [(quad.subject, quad.predicate, quad.object) for quad in quads]
    return {tuple("_:" if isinstance(n, pyoxigraph.BlankNode) else str(n) for n in terms) for terms in nodes}


def sssom(folder: Path) -> Try:
    """Links that are read are the same after writing and reading; every fault has its line."""
    path = folder / "jobs-esco.sssom.tsv"
    whole = (ROOT / "data" / "jobs-esco.sssom.tsv").read_bytes().splitlines(keepends=True)
    rows = next(number for number, line in enumerate(whole) if not line.startswith(b"#")) + 12
    base = b"".join(whole[:rows])

    def attempt(dice: random.Random) -> None:
        path.write_bytes(mutate(base, dice))
        try:
            links = read_links(path)
        except DataError as error:
            assert error.findings
            assert all(finding.file for finding in error.findings)
            return
        again = folder / "again" / path.name
        again.parent.mkdir(exist_ok=True)
        again.write_text(write_links(links.metadata, links.links), encoding="utf-8", newline="")
        assert [link.subject for link in read_links(again).links] == [link.subject for link in links.links]

    return attempt


def query_files(folder: Path) -> Try:
    """A query that is read is one that the engine runs; every fault names the file."""
    texts = [path.read_bytes() for path in sorted((ROOT / "queries").glob("*.rq"))]
    engine = pyoxigraph.Store()
    path = folder / "query.rq"

    def attempt(dice: random.Random) -> None:
        path.write_bytes(mutate(dice.choice(texts), dice))
        try:
            query = SavedQuery.read(path)
        except QueryFileError as error:
            assert str(path) in str(error)
            return
        engine.query(query.text)

    return attempt


def release(name: str, example: Path) -> Callable[[Path], Try]:
    """A release that is read gives N-Triples; a fault is told in words."""

    def make(folder: Path) -> Try:
        project = Project(folder, folder / "build")
        copy = folder / name
        shutil.copytree(example, copy)
        files = [path for path in sorted(copy.rglob("*")) if path.suffix in (".csv", ".xlsx")]
        whole = {path: path.read_bytes() for path in files}
        packed = folder / f"{name}.zip"

        def attempt(dice: random.Random) -> None:
            path = dice.choice(files)
            path.write_bytes(mutate(whole[path], dice))
            given = copy
            if dice.randrange(4) == 0:
                given = packed
                with zipfile.ZipFile(packed, "w") as archive:
                    for file in files:
                        archive.write(file, file.relative_to(copy))
                packed.write_bytes(mutate(packed.read_bytes(), dice))
            try:
                imported = read_release(project, name, [given])
                lines = "\n".join(imported.lines).encode()
                list(pyoxigraph.parse(lines, format=pyoxigraph.RdfFormat.N_TRIPLES))
            except InputError as error:
                assert str(error)
            finally:
                path.write_bytes(whole[path])

        return attempt

    return make


def built(prepared: Project) -> Callable[[Path], Try]:
    """A folder with a changed file is not answered from, whichever file it is."""

    def make(folder: Path) -> Try:
        copy = folder / "build"
        shutil.copytree(prepared.build, copy)
        files = [
            path
            for path in sorted(copy.rglob("*"))
            if path.is_file() and path.stat().st_size and path.parent.name != "queries" and path.name != "LOG"
        ]

        def attempt(dice: random.Random) -> None:
            path = dice.choice(files)
            whole = path.read_bytes()
            changed = mutate(whole, dice)
            path.write_bytes(changed)
            try:
                HeldFolder(copy).check()
                assert changed == whole
            except MetiersError as error:
                assert "damaged" in str(error)
            finally:
                path.write_bytes(whole)

        return attempt

    return make


def parameters(client: TestClient) -> Callable[[Path], Try]:
    """What is asked is refused in words, or answered as the parameters that the answer tells are."""
    bases = [
        ("/queries/competences/results", b"job=chimiste&least=1&format=json&shape=object&lang=fr&limit=5"),
        ("/sparql", b"query=SELECT ?j { ?j a mkg:Job } ORDER BY ?j&format=srj"),
        ("/search", b"q=chimiste&limit=3&format=json"),
        ("/explain", b"s=chimiste&p=mkg:requiresCompetence&o=chimie&format=json"),
        ("/queries/jobs/results.csv", b"sep=;&bom=1&page=1"),
    ]

    def make(_: Path) -> Try:
        def attempt(dice: random.Random) -> None:
            path, query = dice.choice(bases)
            changed = mutate(query, dice)
            if dice.randrange(3):
                asked = quote_from_bytes(changed, safe="=&")
            else:
                asked = quote_from_bytes(changed, safe="=&+;/?:@%")
            if dice.randrange(6) == 0:
                path = "/" + quote_from_bytes(mutate(path.encode(), dice), safe="/").lstrip("/")
            response = client.get(f"{path}?{asked}", follow_redirects=False)
            assert response.status_code in STATUSES, (path, asked, response.text)
            if response.status_code >= 400:
                assert response.headers["content-type"].startswith(("application/problem+json", "text/html"))
            elif path.endswith("/competences/results") and "json" in response.headers["content-type"]:
                told = response.json()
                if isinstance(told, dict) and told.get("query") == "competences":
                    given = {name: values for name, values in told["parameters"].items() if values}
                    again = client.get(path, params={**given, "format": "json", "limit": max(1, len(told["rows"]))})
                    assert again.json() == told["rows"]

        return attempt

    return make


@pytest.fixture(scope="module")
def client(prepared: Project) -> Iterator[TestClient]:
    """A client of the small project."""
    with TestClient(create_app(Service.open(prepared)), raise_server_exceptions=False) as opened:
        yield opened


@pytest.fixture
def tries(prepared: Project, client: TestClient) -> dict[str, Callable[[Path], Try]]:
    """What is tried, by what is changed."""
    return {
        "turtle": turtle,
        "sssom": sssom,
        "queries": query_files,
        "esco": release("esco", SOURCES / "esco" / "two-versions"),
        "rome": release("rome", SOURCES / "rome" / "one-fiche"),
        "crosswalk": release("crosswalk", SOURCES / "crosswalk" / "rome-to-esco"),
        "built": built(prepared),
        "http": parameters(client),
    }


NUMBERS = {
    "turtle": 2000,
    "sssom": 1500,
    "queries": 1500,
    "esco": 1200,
    "rome": 1200,
    "crosswalk": 600,
    "built": 600,
    "http": 1500,
}


def attempt_all(attempt: Try, kind: str, seeds: range) -> None:
    """Try so many changes; a failure names its seed."""
    for seed in seeds:
        try:
            attempt(random.Random(f"{kind} {seed}"))  # noqa: S311  which bytes change, no secret
        except Exception as error:
            raise AssertionError(f"{kind}, seed {seed}: {type(error).__name__}: {error}") from error


@pytest.mark.parametrize("kind", sorted(NUMBERS))
def test_changed_bytes(kind: str, tries: dict[str, Callable[[Path], Try]], tmp_path: Path) -> None:
    """Of each kind of input, a few changes: told in words, or read as what it then says."""
    attempt_all(tries[kind](tmp_path), kind, range(NUMBERS[kind] // 40))


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_ten_thousand_changes(
    tries: dict[str, Callable[[Path], Try]], tmp_path: Path, record: Callable[..., None]
) -> None:
    """Ten thousand changes: told in words, or read as what it then says."""
    for kind, number in NUMBERS.items():
        folder = tmp_path / kind
        folder.mkdir()
        attempt_all(tries[kind](folder), kind, range(number))
    record(**NUMBERS, all=sum(NUMBERS.values()), wrong=0)
