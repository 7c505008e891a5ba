"""The ``metiers-kg`` command."""

from __future__ import annotations

import click

__all__ = ["main"]


@click.group()
def main() -> None:
    """The graph of jobs of the future."""
