"""ESCO, the European classification of skills, competences and occupations, from its CSV releases v1.0.3 to v1.2.x."""

from metiers_kg.sources.esco.reader import read

__all__ = ["read"]
