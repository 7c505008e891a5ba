"""Readers of published vocabularies, one format each: a release in, sorted N-Triples lines and a report out."""

from metiers_kg.sources.report import FileRead, Imported, ImportReport, Progress, Remark

__all__ = ["FileRead", "ImportReport", "Imported", "Progress", "Remark"]
