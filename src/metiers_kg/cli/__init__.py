"""The command line: parse, call, print."""

from metiers_kg.cli.main import main

__all__ = ["main"]
