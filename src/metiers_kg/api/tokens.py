"""Bearer tokens and what each may ask (RFC 6750). Only their SHA-256 digests are kept; the tokens themselves never are.

A token has a line: its name, its scopes by commas, and the digest in hexadecimal digits.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from metiers_kg.errors import InputError

__all__ = ["SCOPES", "Token", "Tokens", "read_tokens"]

SCOPES: tuple[str, ...] = ("catalogue", "sparql", "metrics")
"""What a token may ask: everything but what the other two name, ``/sparql``, ``/metrics``."""

_DIGEST = re.compile(r"[0-9a-f]{64}", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z0-9._-]{1,64}")


@dataclass(frozen=True, slots=True)
class Token:
    """What is known of a token.

    Attributes:
        name: Who has it, as the log tells.
        scopes: What it may ask, names in ``SCOPES``.
        digest: The SHA-256 digest of its text.
    """

    name: str
    scopes: frozenset[str]
    digest: bytes


class Tokens:
    """The tokens that are known; empty where everybody may ask everything.

    >>> digest = hashlib.sha256(b"s3cret").hexdigest()
    >>> tokens = Tokens(read_tokens(f"dashboard catalogue,sparql {digest}", "--tokens"))
    >>> tokens.find("s3cret").name, tokens.find("secret")
    ('dashboard', None)
    """

    def __init__(self, tokens: Iterable[Token] = ()) -> None:
        self._tokens = tuple(tokens)

    @classmethod
    def read(cls, text: str = "", file: str = "") -> Tokens:
        """Read the tokens of a setting and of a file; "" for none. Raises InputError with the line that is wrong."""
        found = list(read_tokens(text.replace(";", "\n"), "--tokens"))
        if file:
            try:
                lines = Path(file).read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError) as error:
                raise InputError(f"--tokens-file: {file}: cannot be read ({error})") from error
            found += read_tokens(lines, file)
            if not found:
                raise InputError(
                    f"--tokens-file: {file}: found no token, expected a line `NAME SCOPES SHA256` for each"
                )
        names = [token.name for token in found]
        for name in names:
            if names.count(name) > 1:
                raise InputError(f"tokens: found the name {name!r} twice, expected another for each token")
        return cls(found)

    def __bool__(self) -> bool:
        return bool(self._tokens)

    def find(self, text: str) -> Token | None:
        """Return the token of that text; how long it takes does not tell how near a guess is."""
        digest = hashlib.sha256(text.encode()).digest()
        found = None
        for token in self._tokens:  # all of them, whichever it is
            if hmac.compare_digest(token.digest, digest):
                found = token
        return found


def read_tokens(text: str, place: str) -> Sequence[Token]:
    """Read the lines that tell tokens; empty lines and those that begin with # are left out.

    Raises:
        InputError: A line is wrong; the message names *place* and line, and never repeats what may be a secret.
    """
    tokens = []
    for number, line in enumerate(text.splitlines(), start=1):
        parts = line.split()
        if not parts or parts[0].startswith("#"):
            continue
        where = f"{place}, line {number}"
        if len(parts) != 3:
            raise InputError(f"{where}: found {len(parts)} words, expected three: NAME SCOPES SHA256")
        name, scopes, digest = parts
        if not _NAME.fullmatch(name):
            raise InputError(f"{where}: found a name of other characters, expected letters, digits and . _ -")
        unknown = sorted(set(scopes.split(",")) - set(SCOPES))
        if unknown:
            raise InputError(f"{where}: found the scope {unknown[0]!r}, expected one of {', '.join(SCOPES)}")
        if not _DIGEST.fullmatch(digest):
            raise InputError(
                f"{where}: found {len(digest)} characters, expected the SHA-256 digest of the token, "
                "64 hexadecimal digits"
            )
        tokens.append(Token(name, frozenset(scopes.split(",")), bytes.fromhex(digest)))
    return tokens
