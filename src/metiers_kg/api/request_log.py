"""The log: one line for each request, and the warnings and errors of all parts, as text or as JSON.

Neither tokens nor, unless it is asked for, the parameters of requests are written: they hold the text of queries.
"""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from typing import TextIO

from metiers_kg.api.exchange import Exchange

__all__ = ["RequestLog", "configure_logging"]

_log = logging.getLogger("metiers_kg.requests")


class RequestLog:
    """Writes a line for each request.

    Args:
        with_parameters: Whether the line holds the parameters of the address.
    """

    def __init__(self, *, with_parameters: bool = False) -> None:
        self._with_parameters = with_parameters

    def observe(self, exchange: Exchange) -> None:
        """Write the line of a request."""
        fields: dict[str, object] = {
            "request_id": exchange.request_id,
            "method": exchange.method,
            "path": exchange.path,
            "route": exchange.route,
            "status": exchange.status,
            "seconds": round(exchange.seconds, 6),
            "bytes": exchange.size,
            "client": exchange.client,
        }
        if exchange.query:
            fields["query"] = exchange.query
        if exchange.rows is not None:
            fields["rows"] = exchange.rows
        if exchange.token:
            fields["token"] = exchange.token
        if self._with_parameters and exchange.parameters:
            fields["parameters"] = exchange.parameters
        _log.info("%s", _Sentence(fields), extra={"fields": fields})


def configure_logging(format: str, *, stream: TextIO | None = None) -> None:
    """Have every part of the service write its log as *format*, "text" or "json", to *stream*, by default stderr."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_JsonFormatter() if format == "json" else logging.Formatter("%(levelname)s %(message)s"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for told in (_log, logging.getLogger("metiers_kg.api.moving")):
        told.setLevel(logging.INFO)


class _JsonFormatter(logging.Formatter):
    """One JSON object for each record, in one line."""

    def format(self, record: logging.LogRecord) -> str:
        fields = getattr(record, "fields", None)
        document: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            **(fields if fields is not None else {"message": record.getMessage()}),
        }
        if record.exc_info:
            document["exception"] = self.formatException(record.exc_info)
        return json.dumps(document, ensure_ascii=False, default=str)


class _Sentence:
    """A request in words, put together only where words are written."""

    def __init__(self, fields: dict[str, object]) -> None:
        self._fields = fields

    def __str__(self) -> str:
        # What a client has written is quoted, so that it cannot begin a line of its own.
        told = {name: json.dumps(value, ensure_ascii=True) for name, value in self._fields.items()}
        asked = f"{told['method']} {told['path']}".replace('"', "")
        return f"{self._fields['client'] or '-'} {asked} " + " ".join(
            f"{name}={value}" for name, value in told.items() if name not in ("method", "path", "client")
        )
