"""A reader that accepts only sound HTML."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = {"meta", "link", "input", "br", "hr", "img"}
_BLOCKS = {
    "p",
    "ul",
    "ol",
    "dl",
    "div",
    "section",
    "table",
    "form",
    "fieldset",
    "h1",
    "h2",
    "h3",
    "pre",
    "details",
    "blockquote",
}


@dataclass
class Page(HTMLParser):
    """A page as read: refuses what is not closed, not nested soundly, or named twice."""

    source: str
    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    text: str = ""
    _open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.feed(self.source)
        self.close()
        assert self._open == [], f"not closed: {self._open}"
        ids = self.ids
        assert len(ids) == len(set(ids)), f"named twice: {sorted(i for i in ids if ids.count(i) > 1)}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Check where an element stands."""
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> has an attribute twice: {names}"
        if tag in _BLOCKS:
            phrasing = {"p", "span", "a", "h1", "h2", "h3", "label", "summary", "q", "strong"} & set(self._open)
            assert not phrasing, f"<{tag}> in <{phrasing}>"
        assert not (tag == "a" and "a" in self._open), "a link in a link"
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Check that what is closed was the last opened."""
        assert self._open, f"</{tag}> closes nothing"
        assert self._open.pop() == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        """Gather the text."""
        self.text += data

    @property
    def ids(self) -> list[str]:
        """The names of the elements."""
        return [attributes["id"] for _, attributes in self.elements if "id" in attributes]

    def all(self, *tags: str) -> list[dict[str, str]]:
        """Return the attributes of all elements of these kinds."""
        return [attributes for tag, attributes in self.elements if tag in tags]

    def links(self) -> list[str]:
        """Return where the links lead."""
        return [attributes["href"] for attributes in self.all("a")]


def programs(page: Page) -> set[str]:
    """Return the scripts that a browser would run: by address, those within the page as "inline"."""
    found = [a for a in page.all("script") if a.get("type") != "application/json"]
    return {attributes.get("src", "inline") for attributes in found}
