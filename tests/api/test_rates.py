"""How often a client may ask."""

from __future__ import annotations

import pytest

from metiers_kg.api.rates import Rates, client_key


def test_limit() -> None:
    """After the limit a client is refused and told when to come again, and others are not."""
    rates = Rates("2/day")
    allowances = [rates.ask("a") for _ in range(3)]

    assert [True, True, False] == [allowance.is_granted for allowance in allowances]
    assert [1, 0, 0] == [allowance.remaining for allowance in allowances]
    assert "Retry-After" in allowances[-1].headers
    assert "Retry-After" not in allowances[0].headers
    assert rates.ask("b").is_granted


def test_headers_have_the_form_of_the_draft() -> None:
    """The header fields name the policy, its quota and window, what remains and until when."""
    headers = Rates("20/10 second").ask("a").headers

    assert headers["RateLimit-Policy"] == '"client";q=20;w=10'
    assert headers["RateLimit"].startswith('"client";r=19;t=')


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::3", "2001:db8:1:2:ffff::", True),
        ("2001:db8:1:2::3", "2001:db8:1:3::3", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
    ],
)
def test_who_is_one_client(one: str, other: str, same: bool) -> None:
    """A client is an IPv4 address, or an IPv6 network of one subscriber."""
    assert (client_key(one) == client_key(other)) is same
