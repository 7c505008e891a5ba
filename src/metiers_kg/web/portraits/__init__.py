"""Portraits: the pages of things, put together from what the graph says of them and the passages that say it.

A portrait is made of sections; each module here makes some of them, from the statements about the thing. What a section
looks like is left to the templates ``portrait-*.html``.
"""

from metiers_kg.web.portraits.model import Portrait
from metiers_kg.web.portraits.reading import PORTRAYED, Portraits

__all__ = ["PORTRAYED", "Portrait", "Portraits"]
