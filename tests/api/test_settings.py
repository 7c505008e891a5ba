"""The settings of the service."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from metiers_kg.api.settings import Settings, environment_name, option_name
from metiers_kg.cli.main import main
from metiers_kg.cli.serving import serve
from metiers_kg.errors import InputError

REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "settings.md"


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("port", 70_000, "--port: found 70000, expected a number from 0 to 65535"),
        ("query_timeout", -1.0, "--query-timeout: found -1.0, expected seconds above 0"),
        ("query_workers", 0, "--query-workers: found 0"),
        ("query_memory", 1, "--query-memory: found 1, expected a number from 64"),
        ("max_url", 100_000, "--max-url"),
        ("root_path", "kg", "a path such as /kg"),
        ("root_path", "/kg/", "without a slash at its end"),
        ("root_path", '/"><script>', "a path such as /kg"),
        ("rate_limit", "many", "a rate such as 600/minute"),
        ("rate_limit", "0/minute", "a rate such as 600/minute"),
        ("log_format", "xml", "one of text, json"),
        ("cors_origins", "example.org", "an origin such as https://example.org"),
        ("cors_origins", "https://example.org/", "an origin such as https://example.org"),
        ("forwarded_allow_ips", "my-proxy", "an address, a network"),
    ],
)
def test_what_is_not_allowed_is_told(name: str, value: object, message: str) -> None:
    """A value that is not allowed is told with its option, what was found and what would be right."""
    with pytest.raises(InputError, match=re.escape(message)):
        Settings(**{name: value})  # type: ignore[arg-type]


def test_lists() -> None:
    """Origins and proxies are given by commas."""
    settings = Settings(cors_origins="https://a.example, http://localhost:3000", forwarded_allow_ips="10.0.0.0/8, ::1,")

    assert settings.origins == ("https://a.example", "http://localhost:3000")
    assert settings.proxies == ("10.0.0.0/8", "::1")


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (Settings(), False),
        (Settings(log_format="json"), True),
        (Settings(log_format="json", access_log=False), False),
        (Settings(access_log=True), True),
    ],
)
def test_requests_are_logged_as_json_unless_told_otherwise(settings: Settings, expected: bool) -> None:
    """Each request is logged where the log is JSON, and otherwise where it is asked for."""
    assert settings.logs_requests is expected


@pytest.mark.parametrize("name", Settings.names())
def test_each_is_an_option_and_a_variable(name: str) -> None:
    """Every setting is an option of the command and an environment variable."""
    option = next(one for one in serve.params if one.name == name)

    assert isinstance(option, click.Option)
    assert (option.opts[0], option.envvar) == (option_name(name), environment_name(name))
    assert option.help


@pytest.mark.parametrize("name", Settings.names())
def test_each_is_documented(name: str) -> None:
    """Every setting is in the reference, with its option, its variable and its default."""
    row = next(line for line in REFERENCE.read_text().splitlines() if line.startswith(f"| `{option_name(name)}"))
    default = getattr(Settings(), name)
    told = {"True": "on", "False": "off", "None": "with JSON", "": "none"}.get(str(default), f"`{default}`")

    assert f"`{environment_name(name)}`" in row
    assert f"| {told} |" in row


def test_nothing_else_is_documented() -> None:
    """The reference names no setting that does not exist."""
    options = re.findall(r"^\| `(--[a-z-]+)", REFERENCE.read_text(), re.MULTILINE)

    assert sorted(options) == sorted(option_name(name) for name in Settings.names())


def test_variables_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A setting in the environment counts where no option is given."""
    monkeypatch.setenv("METIERS_KG_RATE_LIMIT", "often")

    result = CliRunner().invoke(main, ["serve"])

    assert result.exit_code == 1
    assert "--rate-limit: found 'often'" in result.output


def test_help_is_grouped() -> None:
    """The help tells the options in groups, and that each is a variable."""
    text = CliRunner().invoke(main, ["serve", "--help"]).output

    for heading in ("Server:", "Queries of the client:", "Access:", "Telling:", "Other:"):
        assert f"\n{heading}\n" in text
    assert "METIERS_KG_QUERY_TIMEOUT" in text


def test_processes_unasked() -> None:
    """With a rate limit one process answers, since each counts for itself; a number that is asked for is kept."""
    assert Settings(rate_limit="5/second").process_count == 1
    assert 1 <= Settings().process_count <= 4
    if sys.platform == "linux":
        assert Settings(processes=3, rate_limit="5/second").process_count == 3


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere one process answers")
def test_processes_share() -> None:
    """What the processes share is parted among them, rounded up, so that each has some."""
    share = Settings(processes=2, query_workers=3, answer_cache=64).share

    assert (share.query_workers, share.answer_cache) == (2, 32)
    assert Settings(processes=2, query_workers=1, answer_cache=0).share.query_workers == 1
