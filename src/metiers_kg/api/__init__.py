"""HTTP: the SPARQL protocol, saved queries, resources and problems. How pages look is left to ``metiers_kg.web``."""

from metiers_kg.api.app import create_app
from metiers_kg.api.pages import Pages
from metiers_kg.api.server import serve
from metiers_kg.api.service import Service

__all__ = ["Pages", "Service", "create_app", "serve"]
