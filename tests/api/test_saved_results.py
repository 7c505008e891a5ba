"""Results of saved queries: kept answers, codings and conditions."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import brotli
import pytest
import zstandard
from fastapi.testclient import TestClient

from metiers_kg.api import Service, create_app, saved_results
from metiers_kg.api.settings import Settings
from metiers_kg.project import Project
from metiers_kg.store.pool import PooledAnswer

if TYPE_CHECKING:
    from httpx import Response

DECODERS = {"gzip": gzip.decompress, "br": brotli.decompress, "zstd": zstandard.decompress}
URL = "/queries/job-competences/results.csv?job=bio-informaticien"
LARGE = "/queries/jobs/results.srx"
"""Of more than a kilobyte, below which nothing is compressed."""


def lasting(response: Response) -> dict[str, str]:
    """Return the header fields of an answer but for those of the one request."""
    return {k: v for k, v in response.headers.items() if k not in ("x-request-id", "server-timing")}


@pytest.fixture
def fresh(service: Service) -> TestClient:
    """Ask an application that has kept nothing yet."""
    own = Service(service.store, service.catalogue, service.names, Idle(), service.manifest)
    return TestClient(create_app(own), raise_server_exceptions=False)


class Idle:
    """Stands for the pool that other tests share: an application that stops closes its own."""

    def start(self) -> None:
        """Start nothing."""

    def run(self, text: str, **_: object) -> PooledAnswer:
        """Answer nothing."""
        raise AssertionError(text)

    def close(self) -> None:
        """Close nothing."""


@pytest.fixture(scope="module")
def forgetful(service: Service) -> TestClient:
    """Ask an application that keeps nothing."""
    return TestClient(create_app(service, settings=Settings(answer_cache=0)), raise_server_exceptions=False)


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note the name of each query that is run."""
    names: list[str] = []
    write = saved_results.SavedResults._write

    def noting(self, request, ready, *rest):  # type: ignore[no-untyped-def]
        names.append(ready.query.name)
        return write(self, request, ready, *rest)

    monkeypatch.setattr(saved_results.SavedResults, "_write", noting)
    return names


def test_an_answer_is_made_once(fresh: TestClient, written: list[str]) -> None:
    """The second who asks is given what the first was, also by another name of the same job and in another coding."""
    first = fresh.get(URL)
    second = fresh.get(URL)
    other = fresh.get(URL.replace("bio-informaticien", "Bio-informaticien"), headers={"accept-encoding": "identity"})

    assert written == ["job-competences"]
    assert first.content == second.content == other.content
    assert lasting(first) == lasting(second)


def test_a_burst_runs_the_query_once(fresh: TestClient, written: list[str]) -> None:
    """Many who ask at a time cost one query."""
    with fresh, ThreadPoolExecutor(8) as executor:
        bodies = set(executor.map(lambda _: fresh.get(LARGE).content, range(16)))

    assert (len(bodies), written) == (1, ["jobs"])


def test_nothing_is_kept_where_there_is_no_room(forgetful: TestClient, written: list[str]) -> None:
    """Without memory for answers, each is made anew."""
    forgetful.get(URL)
    forgetful.get(URL)

    assert len(written) == 2


@pytest.mark.parametrize("suffix", ["csv", "tsv", "srj", "srx", "json", "xlsx"])
@pytest.mark.parametrize("more", ["", "&limit=1", "&limit=1&page=2", "&lang=en", "&entailment=asserted"])
def test_kept_answers_are_those_that_are_made(fresh: TestClient, forgetful: TestClient, suffix: str, more: str) -> None:
    """An answer from memory is byte for byte that of an application without memory, whatever is asked."""
    url = URL.replace(".csv", f".{suffix}") + more
    made = forgetful.get(url)
    kept = [fresh.get(url) for _ in range(2)][-1]

    assert (kept.status_code, kept.content) == (200, made.content)
    assert lasting(kept) == lasting(made)


def test_errors_are_not_kept(fresh: TestClient) -> None:
    """A wrong value is told each time, and an answer is still given for a right one."""
    wrong = URL.replace("bio-informaticien", "nobody")

    assert [fresh.get(url).status_code for url in (wrong, wrong, URL, wrong)] == [422, 422, 200, 422]


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
def test_codings(fresh: TestClient, coding: str) -> None:
    """A large answer comes in the coding that the client takes, under a tag of its own."""
    plain = fresh.get(LARGE, headers={"accept-encoding": "identity"})
    for _ in range(2):  # made, then kept
        with fresh.stream("GET", LARGE, headers={"accept-encoding": coding}) as response:
            raw = b"".join(response.iter_raw())

        assert DECODERS[coding](raw) == plain.content
        assert (response.headers["content-encoding"], int(response.headers["content-length"])) == (coding, len(raw))
        assert response.headers["etag"] == plain.headers["etag"][:-1] + f'-{coding}"'
        assert "Accept-Encoding" in response.headers["vary"]
    assert "content-encoding" not in plain.headers


def test_small_answers_are_sent_as_they_are(fresh: TestClient) -> None:
    """What fits a packet is not compressed."""
    assert "content-encoding" not in fresh.get(URL, headers={"accept-encoding": "gzip"}).headers


@pytest.mark.parametrize("is_kept", [True, False])
def test_unchanged(fresh: TestClient, forgetful: TestClient, is_kept: bool) -> None:
    """Who has an answer in a coding it takes is told so, from memory as well as without; who has another is not."""
    client = fresh if is_kept else forgetful
    tag = client.get(LARGE, headers={"accept-encoding": "br"}).headers["etag"]

    def status(known: str, coding: str = "br") -> tuple[int, str]:
        response = client.get(LARGE, headers={"if-none-match": known, "accept-encoding": coding})
        return response.status_code, response.headers["etag"]

    assert status(tag) == status(f'"x", W/{tag}') == (304, tag)
    assert status("*")[0] == 304
    assert status('"x"') == (200, tag)
    assert status(tag, "gzip")[0] == 200
    assert status(tag.replace("-br", ""))[0] == 304


def test_no_body_with_304(fresh: TestClient) -> None:
    """304 has the headers that caches renew an answer with, and nothing of the body's."""
    fresh.get(LARGE)
    response = fresh.get(LARGE, headers={"if-none-match": "*"})

    assert (response.status_code, response.content) == (304, b"")
    assert {"etag", "vary", "cache-control", "content-language"} <= set(response.headers)
    assert {"content-type", "content-encoding", "content-disposition"}.isdisjoint(response.headers)


@pytest.fixture
def dated(project: Project, tmp_path: Path) -> Iterator[TestClient]:
    """Ask a service whose build says when it ended; its query files are older."""
    build = tmp_path / "build"
    shutil.copytree(project.build, build)
    (build / "report.json").write_text(json.dumps({"finished": "2099-11-22T20:30:43Z"}))
    service = Service.open(Project(root=project.root, build=build))
    yield TestClient(create_app(service))
    service.close()


def test_last_modified(dated: TestClient) -> None:
    """Answers tell when the graph was built; who has one of that time is told that it is unchanged."""
    date = "Sun, 22 Nov 2099 20:30:43 GMT"
    for _ in range(2):
        assert dated.get(URL).headers["last-modified"] == date
        assert dated.get(URL, headers={"if-modified-since": date}).status_code == 304
        assert dated.get(URL, headers={"if-modified-since": date.replace("43", "42")}).status_code == 200
        assert dated.get(URL, headers={"if-modified-since": date, "if-none-match": '"x"'}).status_code == 200


def test_answers_may_be_given_again_for_a_while(fresh: TestClient) -> None:
    """Shared caches may keep an answer, for a short time unasked, and then only by asking."""
    assert fresh.get(URL).headers["cache-control"] == "public, max-age=60, must-revalidate"


def test_other_methods(fresh: TestClient) -> None:
    """HEAD answers as GET does; POST is not allowed."""
    got, head = fresh.get(URL), fresh.head(URL)

    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", got.headers["etag"])
    assert head.headers["content-length"] == got.headers["content-length"]
    assert fresh.post(URL).status_code == 405


def test_large_answers_are_handed_on_in_pieces(fresh: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that is larger than a piece arrives whole."""
    expected = fresh.get(LARGE).content
    for size in (1, len(expected) - 1, len(expected), len(expected) + 1):
        monkeypatch.setattr("metiers_kg.api.stored._PIECE", size)
        assert fresh.get(LARGE).content == expected
