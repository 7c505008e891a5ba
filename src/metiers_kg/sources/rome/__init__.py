"""ROME 4.x, the French directory of occupations of France Travail, from its CSV release and its competence tree."""

from metiers_kg.sources.rome.reader import read

__all__ = ["read"]
