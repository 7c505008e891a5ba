"""Whether a query says itself which graphs it is about (https://www.w3.org/TR/sparql11-query/#specifyingDataset)."""

from __future__ import annotations

import re

__all__ = ["has_dataset_clause"]

_QUOTED = re.compile(
    "|".join(
        (
            r'"""(?:[^"\\]|\\.|"(?!""))*"""',
            r"'''(?:[^'\\]|\\.|'(?!''))*'''",
            r'"(?:[^"\\\n\r]|\\.)*"',
            r"'(?:[^'\\\n\r]|\\.)*'",
            r'<[^<>"{}|^`\\\s]*>',
            r"#[^\n\r]*",
        )
    ),
    re.DOTALL,
)
_FROM = re.compile(r"(?<![\w:?$.-])FROM(?![\w:.-])", re.IGNORECASE)


def has_dataset_clause(text: str) -> bool:
    """Tell whether a query has FROM or FROM NAMED; what stands in strings, IRIs and comments does not count.

    >>> has_dataset_clause("SELECT * FROM <https://e.org/g> { ?s ?p ?o }")
    True
    >>> has_dataset_clause("SELECT ?from { ?from ?p 'from' } # from <https://e.org/from>")
    False
    """
    if "from" not in text.lower():
        return False
    return _FROM.search(_QUOTED.sub(lambda quoted: "<>" if quoted[0][0] != "#" else " ", text)) is not None
