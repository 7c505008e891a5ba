"""The settings of the service: each with its default, its unit and its reason, checked before anything is started.

Each is an option of ``metiers-kg serve`` and an environment variable: ``query_timeout`` is ``--query-timeout`` and
``METIERS_KG_QUERY_TIMEOUT``.
"""

from __future__ import annotations

import ipaddress
import math
import os
import re
import sys
from dataclasses import dataclass, field, fields, replace
from typing import Any
from urllib.parse import urlsplit

from metiers_kg.errors import InputError

__all__ = ["ENVIRONMENT_PREFIX", "LOG_FORMATS", "Settings", "environment_name", "option_name"]

ENVIRONMENT_PREFIX = "METIERS_KG_"

LOG_FORMATS: tuple[str, ...] = ("text", "json")

_RATE = re.compile(r"[1-9]\d{0,8}/([1-9]\d{0,3} )?(second|minute|hour|day)")
_ROOT_PATH = re.compile(r"(/[A-Za-z0-9._~-]+)+")


def _setting(default: object, told: str, *, metavar: str = "", group: str = "Server") -> Any:
    return field(default=default, metadata={"told": told, "metavar": metavar, "group": group})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How the service listens, what it allows, and what it tells of itself.

    Raises:
        InputError: A value is not allowed; the message names the option and what would be right.

    >>> Settings(query_timeout=0)
    Traceback (most recent call last):
    ...
    metiers_kg.errors.InputError: --query-timeout: found 0, expected seconds above 0, up to 86400
    """

    host: str = _setting("127.0.0.1", "Address to listen on.", metavar="ADDRESS")
    port: int = _setting(8000, "Port to listen on; 0 takes a free one.", metavar="PORT")
    root_path: str = _setting("", "Path below which a proxy shows the service, such as /kg.", metavar="PATH")
    forwarded_allow_ips: str = _setting(
        "",
        "Addresses or networks of proxies whose X-Forwarded-For and X-Forwarded-Proto are believed, by commas; * for "
        "all. Without it, none is.",
        metavar="ADDRESSES",
    )
    shutdown_timeout: float = _setting(
        15.0, "How long requests under way may take once the server is told to stop.", metavar="SECONDS"
    )

    client_timeout: float = _setting(
        30.0,
        "How long a client may take to send a request, and how long an answer waits of which it reads nothing.",
        metavar="SECONDS",
    )
    max_connections: int = _setting(
        4096, "How many connections each process takes at once; those beyond are 503.", metavar="N"
    )
    processes: int = _setting(
        0,
        "How many processes answer; they share --query-workers and --answer-cache. 0: one for each processor, up to "
        "four; one where --rate-limit is set, or elsewhere than on Linux.",
        metavar="N",
    )
    answer_cache: int = _setting(
        64, "The memory for answers that are kept for who asks next; 0 keeps none.", metavar="MIB"
    )

    sparql: bool = _setting(True, "Whether /sparql takes queries of the client's own.", group="Queries of the client")
    query_timeout: float = _setting(
        10.0, "How long a query sent to /sparql may run.", metavar="SECONDS", group="Queries of the client"
    )
    query_workers: int = _setting(
        2, "How many of them run at once, each in a process.", metavar="N", group="Queries of the client"
    )
    query_memory: int = _setting(1024, "The memory that each may take.", metavar="MIB", group="Queries of the client")
    query_answer: int = _setting(64, "The largest answer to one.", metavar="MIB", group="Queries of the client")

    max_url: int = _setting(
        16_384,
        "The longest address of a request; longer ones are 413.",
        metavar="BYTES",
        group="Access",
    )
    max_body: int = _setting(
        1_048_576, "The largest body of a request; larger ones are 413.", metavar="BYTES", group="Access"
    )
    rate_limit: str = _setting(
        "",
        "How often one client may ask, such as 600/minute or 20/10 second; more is 429. Without it, as often as it "
        "likes.",
        metavar="RATE",
        group="Access",
    )
    tokens: str = _setting(
        "",
        "Who may ask, as `NAME SCOPES SHA256`, several by semicolons. With a token set here or in --tokens-file, "
        "requests without one are 401.",
        metavar="TOKENS",
        group="Access",
    )
    tokens_file: str = _setting("", "File with one such line for each token.", metavar="FILE", group="Access")
    cors_origins: str = _setting(
        "",
        "Origins whose pages may read answers, by commas, such as https://example.org; * for all. Without it, none.",
        metavar="ORIGINS",
        group="Access",
    )

    log_format: str = _setting("text", "How the log is written: text or json.", metavar="FORMAT", group="Telling")
    access_log: bool | None = _setting(
        None, "Whether each request is logged. Without it: with --log-format json only.", group="Telling"
    )
    log_queries: bool = _setting(
        False, "Whether the log holds the parameters of requests, the text of queries among them.", group="Telling"
    )
    metrics: bool = _setting(True, "Whether /metrics tells Prometheus how the service fares.", group="Telling")

    def __post_init__(self) -> None:
        for name, least, most in _BOUNDS:
            value = getattr(self, name)
            if not least <= value <= most:
                raise _fault(name, value, f"a number from {least} to {most}")
        for name in ("query_timeout", "shutdown_timeout", "client_timeout"):
            value = getattr(self, name)
            if not 0 < value <= _DAY:
                raise _fault(name, value, f"seconds above 0, up to {_DAY}")
        if self.processes > 1 and sys.platform != "linux":
            raise _fault("processes", self.processes, "1, since only Linux shares connections out among processes")
        if self.root_path and not _ROOT_PATH.fullmatch(self.root_path):
            raise _fault("root_path", self.root_path, "a path such as /kg, without a slash at its end")
        if self.rate_limit and not _RATE.fullmatch(self.rate_limit):
            raise _fault("rate_limit", self.rate_limit, "a rate such as 600/minute or 20/10 second")
        if self.log_format not in LOG_FORMATS:
            raise _fault("log_format", self.log_format, "one of " + ", ".join(LOG_FORMATS))
        for origin in self.origins:
            if origin != "*" and not _is_origin(origin):
                raise _fault("cors_origins", origin, "an origin such as https://example.org, or *")
        for proxy in self.proxies:
            if proxy != "*" and not _is_network(proxy):
                raise _fault("forwarded_allow_ips", proxy, "an address, a network such as 10.0.0.0/8, or *")

    @property
    def origins(self) -> tuple[str, ...]:
        """The origins whose pages may read answers."""
        return _listed(self.cors_origins)

    @property
    def proxies(self) -> tuple[str, ...]:
        """The addresses and networks of the proxies that are believed."""
        return _listed(self.forwarded_allow_ips)

    @property
    def process_count(self) -> int:
        """How many processes answer."""
        if self.processes:
            return self.processes
        # Each process counts the requests of a client for itself.
        if sys.platform != "linux" or self.rate_limit:
            return 1
        return min(_MOST_UNASKED, len(os.sched_getaffinity(0)))

    @property
    def share(self) -> Settings:
        """The settings of each process, which has its part of what they share."""
        return replace(
            self,
            query_workers=math.ceil(self.query_workers / self.process_count),
            answer_cache=math.ceil(self.answer_cache / self.process_count),
        )

    @property
    def logs_requests(self) -> bool:
        """Whether each request is logged."""
        return self.log_format == "json" if self.access_log is None else self.access_log

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Return the names of all settings, in the order in which they are told."""
        return tuple(one.name for one in fields(cls))


_DAY = 86_400

_MOST_UNASKED = 4
"""Processes beyond which memory is taken only when asked for; each takes about 100 MiB."""

_BOUNDS: tuple[tuple[str, int, int], ...] = (
    ("port", 0, 65_535),
    ("max_connections", 1, 60_000),
    ("processes", 0, 64),
    ("query_workers", 1, 64),
    ("query_memory", 64, 1_048_576),
    ("query_answer", 1, 2_047),
    ("answer_cache", 0, 1_048_576),
    # The server reads no longer head of a request than 64 KiB.
    ("max_url", 256, 60_000),
    ("max_body", 1_024, 2**30),
)
"""The numbers with the least and the most that is allowed."""


def option_name(setting: str) -> str:
    """Return the option of ``metiers-kg serve`` for a setting.

    >>> option_name("query_timeout")
    '--query-timeout'
    """
    return "--" + setting.replace("_", "-")


def environment_name(setting: str) -> str:
    """Return the environment variable for a setting.

    >>> environment_name("query_timeout")
    'METIERS_KG_QUERY_TIMEOUT'
    """
    return ENVIRONMENT_PREFIX + setting.upper()


def _fault(name: str, value: object, expected: str) -> InputError:
    return InputError(f"{option_name(name)}: found {value!r}, expected {expected}")


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _is_origin(text: str) -> bool:
    try:
        parts = urlsplit(text)
        _ = parts.port  # raises where it is no number
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and f"{parts.scheme}://{parts.netloc}" == text


def _is_network(text: str) -> bool:
    try:
        ipaddress.ip_network(text, strict=False)
    except ValueError:
        return False
    return True
