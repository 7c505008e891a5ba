"""The log."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest

from metiers_kg.api.exchange import Exchange
from metiers_kg.api.request_log import RequestLog, configure_logging

EXCHANGE = Exchange(
    request_id="id-1",
    method="GET",
    path="/queries/jobs/results\nERROR forged",
    parameters="competence=secret",
    route="/queries/{name}/results",
    status=200,
    seconds=0.0123456,
    size=99,
    client="192.0.2.1",
    query="jobs",
    rows=3,
    token="dashboard",  # noqa: S106  a name
)


@pytest.fixture(autouse=True)
def _keep_logging() -> Iterator[None]:
    """Put the loggers back as they were."""
    root, own = logging.getLogger(), logging.getLogger("metiers_kg.requests")
    before = root.handlers[:], root.level, own.level
    yield
    root.handlers[:], level, own_level = before
    root.setLevel(level)
    own.setLevel(own_level)


def lines(format: str, *, with_parameters: bool = False) -> list[str]:
    """Return what is logged of one request."""
    stream = io.StringIO()
    configure_logging(format, stream=stream)
    RequestLog(with_parameters=with_parameters).observe(EXCHANGE)
    return stream.getvalue().splitlines()


def test_json() -> None:
    """A request is one line of JSON with what it was, how it fared and who asked, but not with its parameters."""
    (line,) = lines("json")
    document = json.loads(line)

    assert document.pop("time").endswith("+00:00")
    assert document == {
        "level": "info",
        "logger": "metiers_kg.requests",
        "request_id": "id-1",
        "method": "GET",
        "path": "/queries/jobs/results\nERROR forged",
        "route": "/queries/{name}/results",
        "status": 200,
        "seconds": 0.012346,
        "bytes": 99,
        "client": "192.0.2.1",
        "query": "jobs",
        "rows": 3,
        "token": "dashboard",
    }


def test_text() -> None:
    """As text a request is one line too, whatever its path holds."""
    (line,) = lines("text")

    assert line.startswith("INFO 192.0.2.1 GET /queries/jobs/results\\nERROR forged request_id=")
    assert "secret" not in line


@pytest.mark.parametrize("format", ["json", "text"])
def test_parameters_on_demand(format: str) -> None:
    """The parameters are written where that is asked for."""
    (line,) = lines(format, with_parameters=True)

    assert "competence=secret" in line


def test_errors_are_json_too() -> None:
    """What other parts log is written in the same form, with the traceback inside."""
    stream = io.StringIO()
    configure_logging("json", stream=stream)
    try:
        raise ValueError("bad")
    except ValueError:
        logging.getLogger("uvicorn.error").exception("failed")

    document = json.loads(stream.getvalue())
    assert (document["level"], document["message"]) == ("error", "failed")
    assert document["exception"].endswith("ValueError: bad")
