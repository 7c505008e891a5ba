"""Reasoning: the OWL 2 RL closure of the graph, the contradictions it finds, and why each inferred triple holds.

The closure needs numpy and is imported when first asked for; explanations need nothing but Python.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from metiers_kg.reasoner.closure import Closure, Contradiction, close

__all__ = ["Closure", "Contradiction", "close"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from metiers_kg.reasoner import closure

        return getattr(closure, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
