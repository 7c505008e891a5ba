"""The style sheet: colours that can be read, and nothing from elsewhere."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

SHEETS = {
    file.name: file.read_text(encoding="utf-8")
    for file in (files("metiers_kg.web") / "static").iterdir()
    if file.name.endswith(".css")
}
STYLE = SHEETS["style.css"]
LIGHT, DARK = (
    dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))
    for block in re.findall(r":root {([^}]*--ground: #[0-9a-f]{6}[^}]*)}", STYLE)[:2]
)

# WCAG 2.2: 4.5 for text (1.4.3), 3 for the edges of fields and for focus (1.4.11).
PAIRS = [
    *(
        (ink, ground, 4.5)
        for ink in ("ink", "soft", "link", "visited", "accent", "wrong")
        for ground in ("ground", "raised")
    ),
    ("on-accent", "accent", 4.5),
    *(
        (tone, ground, 4.5)
        for tone in (
            *("technological", "economic", "regulatory", "societal"),
            *("content-change", "growth", "emergence"),
        )
        for ground in ("ground", "raised", f"{tone}-ground")
    ),
    *((f"kind-{kind}", "ground", 4.5) for kind in ("job", "competence", "factor", "sub-sector")),
    ("sure", "sure-ground", 4.5),
    ("care", "care-ground", 4.5),
    ("ink", "wrong-ground", 4.5),
    ("link", "wrong-ground", 4.5),
    ("wrong", "wrong-ground", 4.5),
    ("ink", "sure-ground", 4.5),
    ("field", "ground", 3),
    ("field", "raised", 3),
]


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_colours_can_be_read(colours: dict[str, str], ink: str, ground: str, least: float) -> None:
    """Text stands out from its ground as much as WCAG AA asks, by day and by night."""
    high, low = sorted((luminance(colours[ink]), luminance(colours[ground])), reverse=True)

    assert (high + 0.05) / (low + 0.05) >= least


def test_day_and_night_have_the_same_colours() -> None:
    """Each colour has its counterpart."""
    assert LIGHT.keys() == DARK.keys()


MIXED = re.findall(
    r"\.(shade-\d) {(?P<rule>[^}]*)color-mix\(in srgb, var\(--scale-1\) (\d+)%, var\(--scale-0\)\)(.*?)}",
    SHEETS["compare.css"],
)


@pytest.mark.parametrize(("name", "share", "more"), [(name, share, more) for name, _, share, more in MIXED])
@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_numbers_can_be_read_on_every_shade(colours: dict[str, str], name: str, share: str, more: str) -> None:
    """The number in a cell of the heat map stands out from each shade, by day and by night."""
    low, high = ([int(colours[scale][i : i + 2], 16) for i in (1, 3, 5)] for scale in ("scale-0", "scale-1"))
    mixed = "#" + "".join(f"{round(a + (b - a) * int(share) / 100):02x}" for a, b in zip(low, high, strict=True))
    ink = colours["ground" if "--ground" in more else "ink"]
    bright, dim = sorted((luminance(mixed), luminance(ink)), reverse=True)

    assert (bright + 0.05) / (dim + 0.05) >= 4.5, name


def test_style_loads_nothing() -> None:
    """The sheets name no other file."""
    assert [] == [name for name, sheet in SHEETS.items() if "url(" in sheet or "@import" in sheet]
