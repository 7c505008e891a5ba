"""Links as HTML, made in one call each: a page of a thing has a thousand."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from markupsafe import Markup, escape

from metiers_kg.web.addresses import link_address

__all__ = ["Anchor", "anchor_maker"]

Anchor = Callable[[str, str, str], Markup]
"""Returns the link for a text, where it leads, and the language the text is in ("" where that is not known)."""

_MOST_KEPT = 4096


def anchor_maker(lang: str, other_site: str) -> Anchor:
    """Return what makes links for readers of *lang*; *other_site* is said to those who cannot see the arrow.

    Where the address must not be a link, the text stands alone.

    >>> anchor = anchor_maker("en", "other site")
    >>> print(anchor("Job", "/ontology#Job", "en"))
    <a href="/ontology?lang=en#Job">Job</a>
    >>> print(anchor("Métier <b>", "javascript:alert(1)", "fr"))
    <span lang="fr">Métier &lt;b&gt;</span>
    """
    return lru_cache(maxsize=_MOST_KEPT)(lambda text, href, spoken="": _anchor(text, href, spoken, lang, other_site))


def _anchor(text: str, href: str, spoken: str, lang: str, other_site: str) -> Markup:
    said = Markup(' lang="%s"') % spoken if spoken and spoken != lang else Markup()
    address = link_address(href, lang)
    if not address:
        return Markup("<span%s>%s</span>") % (said, text) if said else escape(text)
    if address.startswith("/"):
        return Markup('<a href="%s"%s>%s</a>') % (address, said, text)
    return Markup('<a class="away" href="%s"%s rel="external noopener">%s<span class="hidden"> (%s)</span></a>') % (
        address,
        said,
        text,
        other_site,
    )
