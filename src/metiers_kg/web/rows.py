"""The body of a table as HTML, written cell by cell: a page has thousands, and a template takes five times as long."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup, escape

from metiers_kg.web.addresses import link_address
from metiers_kg.web.anchors import Anchor
from metiers_kg.web.tables import Cell, Column, Grid, WhyLink
from metiers_kg.web.texts import Texts

__all__ = ["write_rows"]


def write_rows(grid: Grid, texts: Texts, anchor: Anchor) -> Markup:
    """Return the rows of a table. Numbers and codes stand in ``data-value``, for scripts to sort and filter by.

    >>> from metiers_kg.web.anchors import anchor_maker
    >>> grid = Grid((Column("n", "Nombre", is_number=True),), ((Cell("0,5", number=0.5),),))
    >>> print(write_rows(grid, Texts("fr"), anchor_maker("fr", "")))
    <tr role="row"><td role="cell" data-label="Nombre" data-value="0.5" class="number">0,5</td></tr>
    """
    # Every piece is escaped where it is put in; what is joined is HTML.
    heads = [f'<td role="cell" data-label="{escape(column.label)}"' for column in grid.columns]
    nothing = f'<span class="none" aria-hidden="true">–</span><span class="hidden">{escape(texts("no-value"))}</span>'
    lines = (
        "".join(
            _write_cell(cell, column, head, nothing, texts, anchor)
            for cell, column, head in zip(row, grid.columns, heads, strict=True)
        )
        for row in grid.rows
    )
    return Markup("\n".join(f'<tr role="row">{line}</tr>' for line in lines))  # noqa: S704  see above


def _write_cell(cell: Cell, column: Column, head: str, nothing: str, texts: Texts, anchor: Anchor) -> str:
    value = cell.code if cell.number is None else str(cell.number)
    stored = f' data-value="{escape(value)}"' if value else ""
    kind = ' class="number"' if column.is_number else ""
    return f"{head}{stored}{kind}>{''.join(_write_content(cell, column, nothing, texts, anchor))}</td>"


def _write_content(cell: Cell, column: Column, nothing: str, texts: Texts, anchor: Anchor) -> Iterator[str]:
    if cell.tone:
        yield f'<span class="badge {cell.tone}">{escape(cell.text)}</span>'
    elif not cell.text:
        yield nothing
    else:
        yield anchor(cell.text, cell.href, cell.lang)
    for link in cell.why:
        yield " " + _write_why(link, texts)
    if column.most and cell.number is not None:
        yield f'<meter min="0" max="{column.most}" value="{cell.number}" aria-hidden="true"></meter>'


def _write_why(link: WhyLink, texts: Texts) -> str:
    why, address = escape(texts("why")), escape(link_address(link.href, texts.lang) or "")
    title = escape(link.title)
    told = f' title="{title}" aria-label="{why} {title}"' if title else ""
    return f'<a class="why" href="{address}"{told}>{why}</a>'
