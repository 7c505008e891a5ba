"""How often a client may ask: the weighted sliding window of the ``limits`` package, in this process's memory."""

from __future__ import annotations

import ipaddress
import math
import time
from dataclasses import dataclass

__all__ = ["Allowance", "Rates", "client_key"]


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a client may still ask.

    Attributes:
        is_granted: Whether this request is within the limit.
        limit: The requests that a window allows.
        window: The length of the window, in seconds.
        remaining: The requests that are left in it.
        reset: The seconds until more are given.
    """

    is_granted: bool
    limit: int
    window: int
    remaining: int
    reset: int

    @property
    def headers(self) -> dict[str, str]:
        """The header fields of draft-ietf-httpapi-ratelimit-headers-10; Retry-After too where it is not granted.

        >>> Allowance(False, limit=60, window=60, remaining=0, reset=12).headers
        {'RateLimit-Policy': '"client";q=60;w=60', 'RateLimit': '"client";r=0;t=12', 'Retry-After': '12'}
        """
        fields = {
            "RateLimit-Policy": f'"client";q={self.limit};w={self.window}',
            "RateLimit": f'"client";r={self.remaining};t={self.reset}',
        }
        return fields if self.is_granted else {**fields, "Retry-After": str(self.reset)}


class Rates:
    """Counts the requests of each client; a client that stays away is forgotten after two windows.

    Args:
        rate: How often one may ask, such as "600/minute".

    >>> rates = Rates("1/hour")
    >>> rates.ask("192.0.2.1").is_granted, rates.ask("192.0.2.1").is_granted, rates.ask("192.0.2.2").is_granted
    (True, False, True)
    """

    def __init__(self, rate: str) -> None:
        # Read here: most services set no limit, and would start later by a tenth of a second.
        from limits import parse
        from limits.storage import MemoryStorage
        from limits.strategies import SlidingWindowCounterRateLimiter

        self._rate = parse(rate)
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())

    def ask(self, client: str) -> Allowance:
        """Count one request of *client*, where it is granted."""
        is_granted = self._limiter.hit(self._rate, client)
        stats = self._limiter.get_window_stats(self._rate, client)
        return Allowance(
            is_granted=is_granted,
            limit=self._rate.amount,
            window=self._rate.get_expiry(),
            remaining=max(0, stats.remaining),
            reset=max(1, math.ceil(stats.reset_time - time.time())),
        )


def client_key(address: str) -> str:
    """Return what stands for a client: its address, of IPv6 the network, which is one subscriber's.

    >>> client_key("192.0.2.1"), client_key("2001:db8::1"), client_key("testclient")
    ('192.0.2.1', '2001:db8::/64', 'testclient')
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return address
