"""Jobs compared by name: how near, what is shared, missing, within reach; each with labels and passages."""

from metiers_kg.comparing.asking import MOST, SPACES
from metiers_kg.comparing.comparer import JobComparer
from metiers_kg.comparing.telling import Document

__all__ = ["MOST", "SPACES", "Document", "JobComparer"]
