"""The metadata of CSV answers over HTTP."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

CSV = "/queries/jobs/results.csv"


def metadata_address(link: str) -> str:
    """Return where a Link header leads to the metadata."""
    return next(part.split("<")[1].split(">")[0] for part in link.split(", ") if "csvm+json" in part)


@pytest.mark.parametrize("query", ["", "?limit=1&sep=%3B", "?lang=en&minimum=1"])
@pytest.mark.parametrize("path", [CSV, "/queries/jobs/results"])
def test_csv_links_to_metadata_that_name_it(client: TestClient, path: str, query: str) -> None:
    """The metadata that a CSV links to have the address it was asked at."""
    answer = client.get(path + query, headers={"accept": "text/csv"})
    found = client.get(metadata_address(answer.headers["link"]))

    assert (200, "application/csvm+json") == (found.status_code, found.headers["content-type"])
    assert (path + query).rpartition("/")[2] == found.json()["url"]


def test_dialect_is_told(client: TestClient) -> None:
    """The separator is told, and readers are led past a head that begins with a byte order mark."""
    dialect = client.get(f"{CSV}-metadata.json", params={"sep": ";", "bom": "1"}).json()["dialect"]

    assert (";", False, 1) == (dialect["delimiter"], dialect["header"], dialect["skipRows"])


def test_rows_that_follow_are_told(client: TestClient) -> None:
    """Metadata of rows that are not all say so, and where the next are."""
    note = client.get(f"{CSV}-metadata.json?limit=1").json()["notes"]

    assert [{"truncated": True, "rows": 1, "next": "results.csv?limit=1&page=2"}] == note
    assert "notes" not in client.get(f"{CSV}-metadata.json").json()


def test_what_gives_no_table_has_none(client: TestClient) -> None:
    """A graph and a truth value have no metadata of tables, and a CSV of a truth value links to none."""
    for name in ("job-graph", "has-neighbours"):
        assert 404 == client.get(f"/queries/{name}/results.csv-metadata.json").status_code
    assert "csvm+json" not in client.get("/queries/has-neighbours/results.csv").headers["link"]


def test_metadata_take_what_the_csv_takes(client: TestClient) -> None:
    """An unknown parameter is refused as it is for the CSV, and unchanged metadata are not sent again."""
    first = client.get(f"{CSV}-metadata.json")

    assert 422 == client.get(f"{CSV}-metadata.json?nonsense=1").status_code
    assert 304 == client.get(f"{CSV}-metadata.json", headers={"if-none-match": first.headers["etag"]}).status_code
