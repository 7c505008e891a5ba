"""The reference of the saved queries: an index by theme, and a page for each."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from metiers_kg.queries import Catalogue, Parameter, SavedQuery
from tools.docs.page import Page, paragraph, table

__all__ = ["query_pages"]

_LANGUAGES = ("en", "fr")
_HEAD = """\
# Saved queries

{count} questions, by theme; one that has several themes stands under each. In a terminal `metiers-kg query NAME`, over
HTTP `/queries/NAME/results`, for assistants a tool of the same name. The files are in `queries/`; how to
[add one](../../how-to/add-a-query.md).

"""


def query_pages(catalogue: Catalogue) -> Iterator[Page]:
    """Yield the index, then the page of each query."""
    yield _index(catalogue)
    for query in catalogue.values():
        yield _page(query)


def _index(catalogue: Catalogue) -> Page:
    parts = [_HEAD.format(count=len(catalogue))]
    for tag in sorted({tag for query in catalogue.values() for tag in query.tags}):
        rows = [
            [
                f"[`{query.name}`]({query.name}.md)",
                paragraph(query.title.get("en", "")),
                paragraph(query.title.get("fr", "")),
            ]
            for query in catalogue.values()
            if tag in query.tags
        ]
        parts.append(f"## {tag}\n\n" + table(["query", "English", "French"], rows))
    return Page("reference/queries/index.md", "".join(parts))


def _page(query: SavedQuery) -> Page:
    gaps = []
    parts = [f"# {query.name}\n\n"]
    for lang in _LANGUAGES:
        for what, texts in (("title", query.title), ("description", query.description)):
            if not texts.get(lang):
                gaps.append(f"the saved query {query.name} has no {what} in {lang}")
        parts.append(f'**{paragraph(query.title.get(lang, ""))}**\n{{: lang="{lang}" }}\n\n')
        parts.append(f'{paragraph(query.description.get(lang, ""))}\n{{: lang="{lang}" }}\n\n')
    if query.requires:
        parts.append(
            f"Needs {', '.join(f'`{name}`' for name in query.requires)} "
            "[imported](../../how-to/import-esco-and-rome.md).\n\n"
        )
    for parameter in query.parameters:
        gaps += [
            f"the parameter {parameter.name} of the saved query {query.name} has no label in {lang}"
            for lang in _LANGUAGES
            if not parameter.label.get(lang)
        ]
    if query.parameters:
        rows = [_row(parameter) for parameter in query.parameters]
        parts.append("## Parameters\n\n" + table(["parameter", "label", "value", "left out"], rows))
    if query.columns:
        parts.append("## Columns\n\n" + ", ".join(f"`{column}`" for column in query.columns) + ".\n\n")
    else:
        parts.append(f"## Answer\n\nNo columns: it is of the form {query.form.upper()}.\n\n")
    parts.append("## Example\n\n" + _example(query))
    parts.append(f"## File\n\n```sparql\n{_body(query)}\n```\n\n")
    parts.append(f"Themes: {', '.join(query.tags)}. Back to [all saved queries](index.md).\n")
    return Page(f"reference/queries/{query.name}.md", "".join(parts), tuple(gaps))


def _row(parameter: Parameter) -> list[str]:
    label = paragraph(parameter.label.get("en", ""))
    if told := parameter.description.get("en"):
        label += ": " + paragraph(told)
    value = paragraph(parameter.expected)
    if parameter.choices and "allowed values" in value:
        value += ": " + ", ".join(f"`{choice}`" for choice in parameter.choices)
    if parameter.multiple:
        value = f"list, each {value}"
    default = ", ".join(f"`{value}`" for value in parameter.default) or "all"
    absent = "required" if parameter.required else default
    return [f"`{parameter.name}`", label, value, absent]


def _example(query: SavedQuery) -> str:
    values = [f"-p {name}={shlex.quote(value)}" for name, given in query.example_values.items() for value in given]
    asked = "&".join(f"{name}={value}" for name, given in query.example_values.items() for value in given)
    suffix = "csv" if query.columns else "ttl"
    address = f"http://127.0.0.1:8000/queries/{query.name}/results.{suffix}" + (f"?{asked}" if asked else "")
    command = " ".join(["metiers-kg query", query.name, *values])
    return f"```sh\n{command}\ncurl '{address}'\n```\n\n"


def _body(query: SavedQuery) -> str:
    """Return the file without its header, which the page tells."""
    return "\n".join(line for line in query.text.splitlines() if not line.startswith("#+")).strip()
