"""An export says the same in every form, and says what it is."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from csvw import CSVW
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat

from metiers_kg.build.inputs import read_manifest
from metiers_kg.errors import InputError, NotBuiltError
from metiers_kg.project import Project
from metiers_kg.release.exporting import export_release

GRAPHS = "https://w3id.org/metiers-kg/graph/"


def _canonical(quads: object) -> set[str]:
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad) for quad in dataset}


def _named(path: Path, name: str) -> set[str]:
    return _canonical(q for q in pyoxigraph.parse(path=str(path)) if q.graph_name.value == GRAPHS + name)


def test_all_forms_hold_the_same(export: Path, built_here: Project) -> None:
    """Of each graph Turtle, N-Quads and JSON-LD hold the same statements, as many as the build has."""
    manifest = read_manifest(built_here.build)
    assert manifest is not None
    for name in (iri.rpartition("/")[2] for iri in manifest["graphs"]):
        nquads = _named(export / "metiers.nq", name)
        turtle = _canonical(
            pyoxigraph.Quad(q.subject, q.predicate, q.object, pyoxigraph.NamedNode(GRAPHS + name))
            for q in pyoxigraph.parse(path=str(export / "turtle" / f"{name}.ttl"), format=RdfFormat.TURTLE)
        )
        json_ld = _canonical(pyoxigraph.parse(path=str(export / "jsonld" / f"{name}.jsonld"), format=RdfFormat.JSON_LD))

        assert len(nquads) == manifest["graphs"][GRAPHS + name]
        assert nquads == turtle, name
        assert nquads == json_ld, name


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # its reader calls what it deprecates
@pytest.mark.parametrize("name", ["ontology", "candidates"])
def test_other_readers_read_the_same(export: Path, name: str) -> None:
    """Another reader, rdflib, finds as many statements in the Turtle and in the JSON-LD."""
    turtle = rdflib.Graph().parse(export / "turtle" / f"{name}.ttl", format="turtle")
    json_ld = rdflib.Dataset()
    json_ld.parse(data=(export / "jsonld" / f"{name}.jsonld").read_text(encoding="utf-8"), format="json-ld")

    assert len(turtle) == len(json_ld.graph(rdflib.URIRef(GRAPHS + name))) > 10


def test_same_graph_gives_the_same_bytes(export: Path, built_here: Project, tmp_path: Path) -> None:
    """A second export has the same files with the same bytes."""
    again = export_release(built_here, tmp_path / "again").folder

    assert (export / "SHA256SUMS").read_text() == (again / "SHA256SUMS").read_text()


def test_checksums_are_those_of_sha256sum(export: Path) -> None:
    """SHA256SUMS names every other file, and its hashes are right."""
    lines = (export / "SHA256SUMS").read_text().splitlines()
    told = {name: sha256 for sha256, name in (line.split("  ") for line in lines)}
    there = {p.relative_to(export).as_posix(): p for p in export.rglob("*") if p.is_file() and p.name != "SHA256SUMS"}

    assert told == {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in there.items()}
    if shutil.which("sha256sum"):
        subprocess.run(["sha256sum", "--check", "--quiet", "--strict", "SHA256SUMS"], cwd=export, check=True)


def test_tables_are_csv_on_the_web(export: Path) -> None:
    """A reader of CSV on the Web finds the tables valid: datatypes, keys and references."""
    tables = CSVW(str(export / "csv" / "csv-metadata.json"), validate=True)

    assert (True, []) == (tables.is_valid, tables.warnings)
    assert {path.stem for path in (export / "csv").glob("*.csv")} == {Path(str(t.url)).stem for t in tables.tables}


def test_catalogue_describes_each_file(export: Path) -> None:
    """dcat.ttl has a distribution for each file of data, with its size and hash; version and makers are told."""
    catalogue = rdflib.Graph().parse(export / "dcat.ttl", publicID=f"file://{export}/")
    dcat, spdx = rdflib.Namespace("http://www.w3.org/ns/dcat#"), rdflib.Namespace("http://spdx.org/rdf/terms#")
    dataset = rdflib.URIRef("https://w3id.org/metiers-kg/source/dataset")
    told = {}
    for distribution in catalogue.objects(dataset, dcat.distribution):
        path = str(catalogue.value(distribution, dcat.downloadURL)).removeprefix(f"file://{export}/")
        size = int(str(catalogue.value(distribution, dcat.byteSize)))
        told[path] = (size, str(catalogue.value(catalogue.value(distribution, spdx.checksum), spdx.checksumValue)))

    assert {"metiers.nq", "turtle/data.ttl", "jsonld/data.jsonld", "csv/jobs.csv"} <= set(told)
    assert told == {
        path: ((export / path).stat().st_size, hashlib.sha256((export / path).read_bytes()).hexdigest())
        for path in told
    }
    for term in ("license", "publisher", "creator", "temporal", "spatial", "title"):
        assert catalogue.value(dataset, rdflib.DCTERMS[term], any=True) is not None, term
    assert catalogue.value(dataset, dcat.version) is not None


def test_licences_go_along(export: Path) -> None:
    """The licence of the data, that of the queries, and the notice on the sources are in the folder."""
    assert "Attribution 4.0 International" in (export / "LICENSE-CC-BY-4.0.txt").read_text()
    assert "Apache License" in (export / "LICENSE-Apache-2.0.txt").read_text()
    assert "France Travail" in (export / "NOTICE").read_text()


def test_only_what_is_asked_for_is_written(before: Project, tmp_path: Path) -> None:
    """An export of tables alone has neither Turtle nor JSON-LD nor N-Quads, and still its description."""
    folder = export_release(before, tmp_path / "export", ["csv"]).folder

    assert {"csv", "dcat.ttl", "void.ttl", "manifest.json", "SHA256SUMS", "queries"} < {
        p.name for p in folder.iterdir()
    }
    assert not [p for p in folder.iterdir() if p.name in ("turtle", "jsonld", "metiers.nq", "files.sha256")]


def test_addresses_are_those_of_the_publisher(before: Project, tmp_path: Path) -> None:
    """With a url, the catalogue names the files below it."""
    folder = export_release(before, tmp_path / "export", ["nquads"], url="https://e.org/kg").folder

    assert "dcat:downloadURL <https://e.org/kg/metiers.nq>" in (folder / "dcat.ttl").read_text()


def test_vocabulary_that_is_not_imported_cannot_go_along(before: Project, tmp_path: Path) -> None:
    """Asked for ESCO without an import of it, an export says which command imports it, and writes nothing."""
    with pytest.raises(InputError, match=r"metiers-kg import esco"):
        export_release(before, tmp_path / "export", include=["esco"])

    assert not (tmp_path / "export").exists()


def test_export_replaces_an_export(before: Project, tmp_path: Path) -> None:
    """Written again with fewer forms, the folder holds these alone."""
    export_release(before, tmp_path / "export")
    export_release(before, tmp_path / "export", ["nquads"])

    assert not (tmp_path / "export" / "turtle").exists()


@pytest.mark.parametrize("what", ["notes.txt", "build"])
def test_export_replaces_nothing_else(before: Project, tmp_path: Path, what: str) -> None:
    """A folder of somebody else's, and a build folder, are left alone."""
    target = tmp_path / "target"
    if what == "build":
        shutil.copytree(before.build, target)
    else:
        target.mkdir()
        (target / what).write_text("mine")
    there = sorted(path.name for path in target.iterdir())

    with pytest.raises(InputError, match="found something else, and left it alone"):
        export_release(before, target)
    assert there == sorted(path.name for path in target.iterdir())


def test_failed_export_leaves_the_one_before(before: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the disk is full half-way, the earlier export is whole, and nothing is left beside it."""
    folder = export_release(before, tmp_path / "export").folder
    there = (folder / "SHA256SUMS").read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("metiers_kg.release.exporting.write_json", full)
    with pytest.raises(InputError, match="the disk is full"):
        export_release(before, folder)

    assert there == (folder / "SHA256SUMS").read_bytes()
    assert ["export"] == [path.name for path in tmp_path.iterdir()]


def test_nothing_built_is_told(tmp_path: Path, before: Project) -> None:
    """Without a built graph an export says which command builds one."""
    with pytest.raises(NotBuiltError, match="metiers-kg build"):
        export_release(Project(before.root, tmp_path / "nowhere"), tmp_path / "export")


def test_damaged_build_is_not_exported(before: Project, tmp_path: Path) -> None:
    """A metiers.nq that is not the one that was built is told, and not passed on."""
    shutil.copytree(before.build, tmp_path / "build")
    with (tmp_path / "build" / "metiers.nq").open("a") as file:
        file.write("\n")

    with pytest.raises(InputError, match="not the file that was built"):
        export_release(Project(before.root, tmp_path / "build"), tmp_path / "export")
