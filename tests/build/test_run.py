from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from metiers_kg.build.run import build_graph
from metiers_kg.errors import DataError, InputError
from metiers_kg.project import Project
from metiers_kg.store import Store


def _add(project: Project, turtle: str) -> None:
    file = project.data / "all.ttl"
    file.write_text(file.read_text(encoding="utf-8") + turtle, encoding="utf-8")


def _findings(project: Project) -> list[str]:
    with pytest.raises(DataError) as caught:
        build_graph(project)
    return [str(finding) for finding in caught.value.findings]


def test_inferred_triples_stand_in_their_own_graph(small: Project) -> None:
    """What follows from a requirement is found in graph/inferred and nowhere else."""
    build_graph(small)
    store = Store.open(small.build / "store")
    graphs = [
        str(graph) for (graph,) in store.rows("SELECT ?g { GRAPH ?g { ?job mkg:requiresCompetence ?competence } }")
    ]

    assert graphs == ["<https://w3id.org/metiers-kg/graph/inferred>"]


def test_same_inputs_give_the_same_bytes(small: Project) -> None:
    """Two builds of the same inputs write the same dump, merged set and manifest."""
    build_graph(small)
    first = {name: (small.build / name).read_bytes() for name in ("metiers.nq", "metiers.nt", "manifest.json")}
    build_graph(small, force=True)

    assert first == {name: (small.build / name).read_bytes() for name in first}


def test_dump_is_sorted(small: Project) -> None:
    """The lines of the dump are in order, each once."""
    build_graph(small)
    lines = (small.build / "metiers.nq").read_text(encoding="utf-8").splitlines()

    assert lines == sorted(set(lines))


def test_second_build_does_nothing(small: Project) -> None:
    """A build with unchanged inputs says that it is current and touches nothing."""
    build_graph(small)
    before = (small.build / "report.json").stat().st_mtime_ns

    assert build_graph(small).was_current
    assert before == (small.build / "report.json").stat().st_mtime_ns


def test_changed_data_are_built_again(small: Project) -> None:
    """A build after a change of the data is not the one before."""
    build_graph(small)
    _add(small, 'job:chimiste skos:altLabel "Chimiste industriel"@fr .\n')

    assert not build_graph(small).was_current


def test_broken_shape_stops_the_build(small: Project) -> None:
    """A job without an English label stops the build; the finding names file, line and what is missing."""
    _add(
        small,
        'job:x a mkg:Job ; mkg:hasProfile false ; skos:prefLabel "X"@fr ; prov:wasDerivedFrom passage:text--0-4 .\n',
    )
    line = len((small.data / "all.ttl").read_text(encoding="utf-8").splitlines())

    assert _findings(small) == [
        f"all.ttl:{line}: https://w3id.org/metiers-kg/job/x: needs exactly one English skos:prefLabel "
        "[shape labelEn] -> correct its skos:prefLabel"
    ]


def test_contradiction_stops_the_build(small: Project) -> None:
    """A competence of two kinds contradicts the ontology; the finding names it."""
    shapes = small.ontology / "shapes.ttl"
    shapes.write_text("", encoding="utf-8")  # so that the reasoner is the one to find it
    _add(small, "competence:chimie a mkg:Skill .\n")

    assert any("competence/chimie" in finding and "contradiction" in finding for finding in _findings(small))


def test_failed_build_keeps_the_previous_one(small: Project) -> None:
    """A build that fails leaves every byte of the previous one."""
    build_graph(small)
    before = (small.build / "metiers.nq").read_bytes()
    _add(small, "job:x a mkg:Job .\n")
    _findings(small)

    assert before == (small.build / "metiers.nq").read_bytes()
    assert [small.build.name] == [path.name for path in small.build.parent.iterdir() if "build" in path.name]


def test_killed_build_keeps_the_previous_one(small: Project) -> None:
    """A build that is killed leaves the previous one whole, and the next one removes what it left behind."""
    build_graph(small)
    before = (small.build / "metiers.nq").read_bytes()
    script = (
        "import time; from metiers_kg.build import output, run; from metiers_kg.project import Project\n"
        "output.write_json = lambda *_: (print('here', flush=True), time.sleep(60))\n"
        f"run.build_graph(Project.find({str(small.root)!r}), force=True)"
    )
    environment = {key: value for key, value in os.environ.items() if key != "METIERS_KG_TEXTS"}
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, env=environment)
    assert process.stdout is not None
    process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert before == (small.build / "metiers.nq").read_bytes()
    build_graph(small, force=True)

    assert not list(small.build.parent.glob(".build.*"))


def test_build_between_renames_is_recovered(small: Project) -> None:
    """Where a build was killed after moving the previous one away, that one is put back."""
    build_graph(small)
    small.build.rename(small.build.with_name(".build.previous"))

    assert build_graph(small).was_current


def test_foreign_folder_is_left_alone(small: Project) -> None:
    """A folder that no build wrote is not overwritten."""
    small.build.mkdir()
    (small.build / "thesis.txt").write_text("years of work")

    with pytest.raises(InputError, match="expected a build folder"):
        build_graph(small)
    assert (small.build / "thesis.txt").read_text() == "years of work"


def test_blank_node_in_data_is_refused(small: Project) -> None:
    """Data name everything they speak of."""
    _add(small, "job:chimiste mkg:hasRequirement [ a mkg:CompetenceRequirement ] .\n")

    assert all("no blank node" in finding and "all.ttl" in finding for finding in _findings(small))


def test_triple_in_two_files_is_refused(small: Project) -> None:
    """A triple stands in one data file."""
    text = (small.data / "all.ttl").read_text(encoding="utf-8")
    prefixes = "\n".join(line for line in text.splitlines() if line.startswith("@prefix"))
    (small.data / "more.ttl").write_text(prefixes + "\njob:chimiste a mkg:Job .\n", encoding="utf-8")

    assert [finding for finding in _findings(small) if "one file for a triple" in finding and "more.ttl" in finding]


def test_turtle_error_names_file_and_line(small: Project) -> None:
    """A syntax error is told with its file and line."""
    _add(small, "job:chimiste a mkg:Job ,, .\n")
    line = len((small.data / "all.ttl").read_text(encoding="utf-8").splitlines())

    assert _findings(small)[0].startswith(f"all.ttl:{line}: ")


def test_data_folder_without_files_is_told(small: Project) -> None:
    """A project without data is told so."""
    (small.data / "all.ttl").unlink()

    with pytest.raises(InputError, match="expected Turtle files"):
        build_graph(small)


def test_named_but_missing_texts_fail(small: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of texts that is named and not there is an error, not a silent pass."""
    monkeypatch.setenv("METIERS_KG_TEXTS", str(small.root / "nowhere"))

    with pytest.raises(InputError, match="METIERS_KG_TEXTS"):
        build_graph(small)


def test_passage_at_the_wrong_place_is_found(small: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A quote that does not stand at its offsets stops the build, and the finding says where it stands."""
    (tmp_path / "text.txt").write_text("Une phrase.\nAna'lyse\n", encoding="utf-8")
    monkeypatch.setenv("METIERS_KG_TEXTS", str(tmp_path))

    assert "it stands at 12-16 (line 2)" in _findings(small)[0]


def test_build_takes_no_longer_than_its_steps(small: Project) -> None:
    """The report gives the seconds of each step."""
    began = time.perf_counter()
    built = build_graph(small)

    assert 0 < built.seconds <= time.perf_counter() - began
