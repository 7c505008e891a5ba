"""The graph of jobs of the future: built from texts, reasoned with OWL 2 RL, asked through saved SPARQL queries."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("metiers-kg")
except PackageNotFoundError:  # imported from a source tree that is not installed
    __version__ = "0+unknown"

__all__ = ["__version__"]
