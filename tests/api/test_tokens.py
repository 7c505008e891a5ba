"""Bearer tokens."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from metiers_kg.api.tokens import Tokens, read_tokens
from metiers_kg.errors import InputError

DIGEST = hashlib.sha256(b"s3cret").hexdigest()


def test_lines() -> None:
    """A line gives name, scopes and digest; comments and empty lines are passed over."""
    (token,) = read_tokens(f"# ours\n\ndashboard catalogue,sparql {DIGEST.upper()}\n", "file")

    assert (token.name, token.scopes, token.digest.hex()) == ("dashboard", {"catalogue", "sparql"}, DIGEST)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("dashboard", "line 2: found 1 words, expected three"),
        (f"dashboard all {DIGEST}", "line 2: found the scope 'all', expected one of catalogue, sparql, metrics"),
        ("dashboard catalogue s3cret", "line 2: found 6 characters, expected the SHA-256 digest"),
        (f"dash/board catalogue {DIGEST}", "line 2: found a name of other characters"),
    ],
)
def test_wrong_lines(line: str, message: str) -> None:
    """A wrong line is told with its number, and what may be a secret is not repeated."""
    with pytest.raises(InputError, match=message) as told:
        read_tokens(f"# ours\n{line}", "tokens.txt")

    assert "s3cret" not in str(told.value)


def test_setting_and_file(tmp_path: Path) -> None:
    """Tokens of the setting and of the file are known together."""
    file = tmp_path / "tokens.txt"
    file.write_text(f"a catalogue {DIGEST}\n")
    tokens = Tokens.read(f"b sparql {hashlib.sha256(b'other').hexdigest()};", str(file))

    found = [tokens.find(text) for text in ("s3cret", "other", "neither", "")]

    assert [token and token.name for token in found] == ["a", "b", None, None]


def test_files_that_protect_nothing(tmp_path: Path) -> None:
    """A file that is named but gives no token is an error, not an open door."""
    (tmp_path / "empty").write_text("# none yet\n")

    with pytest.raises(InputError, match="found no token"):
        Tokens.read("", str(tmp_path / "empty"))
    with pytest.raises(InputError, match="cannot be read"):
        Tokens.read("", str(tmp_path / "missing"))


def test_names_are_told_apart() -> None:
    """Two tokens of one name could not be told apart in the log."""
    with pytest.raises(InputError, match="'a' twice"):
        Tokens.read(f"a catalogue {DIGEST}; a sparql {DIGEST}")
