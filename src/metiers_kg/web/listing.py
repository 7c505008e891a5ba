"""Lists of values and links as HTML: a page of a thing has hundreds, and a template would take its time over them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from markupsafe import Markup, escape

from metiers_kg.api.pages import Link, Reference, Value
from metiers_kg.web.anchors import Anchor
from metiers_kg.web.tables import badge
from metiers_kg.web.texts import Texts

__all__ = ["Listing"]


class Listing:
    """Tells values and links in the language of the reader.

    *anchor* makes a link; *to* the address of a page of ours; *label_lang* gives the language that a thing's label is
    in. A list longer than *most* is shown so far, and opens on demand.
    """

    def __init__(
        self, texts: Texts, anchor: Anchor, to: Callable[[str], str | None], label_lang: Callable[[str], str], most: int
    ) -> None:
        self._texts, self._anchor, self._to, self._label_lang, self._most = texts, anchor, to, label_lang, most
        self._inferred = Markup(' <span class="badge care">%s</span>') % texts("inferred")

    def value(self, value: Value, predicate: str) -> Markup:
        """Return one value of a property, with how it was found."""
        return self._plain(value, predicate) + self._found(value.inferred, value.why)

    def values(self, values: Iterable[Value], predicate: str) -> Markup:
        """Return a list of the values of a property."""
        return self._folded([self.value(value, predicate) for value in values])

    def links(self, links: Iterable[Link]) -> Markup:
        """Return a list of what points here."""
        return self._folded([self.refer(link.reference) + self._found(link.inferred, link.why) for link in links])

    def references(self, references: Iterable[Reference]) -> Markup:
        """Return a list of things."""
        return self._folded([self.refer(reference) for reference in references])

    def refer(self, reference: Reference) -> Markup:
        """Return a link to something by its label."""
        return self._anchor(reference.label, reference.href, self._label_lang(reference.iri))

    def _plain(self, value: Value, predicate: str) -> Markup:
        if value.reference is not None:
            return self.refer(value.reference)
        found = badge(predicate, value.text, self._texts)
        if found is not None:
            return Markup('<span class="badge %s">%s</span>') % (found.tone, found.text)
        if value.datatype == "xsd:boolean":
            return escape(self._texts("yes") if value.text in ("true", "1") else self._texts("no"))
        if value.language and value.language != self._texts.lang:
            told = (value.language, value.text, value.language)
            return Markup('<span lang="%s">%s</span> <span class="code">%s</span>') % told
        return escape(value.text)

    def _found(self, inferred: bool, why: str) -> Markup:
        mark = self._inferred if inferred else Markup()
        address = self._to(why) if why else None
        return mark + Markup(' <a class="why" href="%s">%s</a>') % (address, self._texts("why")) if address else mark

    def _folded(self, items: Sequence[Markup]) -> Markup:
        shown = len(items) if len(items) <= self._most + 3 else self._most
        told = _list(items[:shown])
        if len(items) == shown:
            return told
        more = self._texts("more-values", count=self._texts.number(len(items) - shown))
        rest = _list(items[shown:])
        return told + Markup('<details class="more"><summary>%s</summary>%s</details>') % (more, rest)


def _list(items: Iterable[Markup]) -> Markup:
    return Markup('<ul class="plain"><li>%s</li></ul>') % Markup("</li><li>").join(items)
