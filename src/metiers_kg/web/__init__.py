"""The web pages: templates and one style sheet; nothing is loaded from elsewhere, and no script is needed."""

from metiers_kg.web.pages import HtmlPages

__all__ = ["HtmlPages"]
