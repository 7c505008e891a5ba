"""Importing this module loads the grammar of SPARQL, which takes a fifth of a second.

Query workers are split off from a process that has imported it, so that none of them loads it again.
"""

from __future__ import annotations

from metiers_kg.queries.syntax import check_read_only

__all__: list[str] = []

check_read_only("ASK {}")
