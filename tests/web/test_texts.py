"""The words of the pages: there, in every language, and used."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from string import Formatter

import pytest

from metiers_kg.api.problems import PROBLEM_TYPES
from metiers_kg.queries import LANGUAGES
from metiers_kg.vocabulary import KINDS, expand
from metiers_kg.web.texts import LANGUAGE_NAMES, Texts, choose, read_texts

FOLDER = files("metiers_kg.web")
TEXTS = read_texts()
USERS = [
    file.read_text(encoding="utf-8")
    for pattern in ("*.py", "templates/*.html")
    for file in Path(str(FOLDER)).rglob(pattern)
]
SCRIPTS = [file.read_text(encoding="utf-8") for file in (Path(__file__).parents[2] / "assets" / "src").glob("*.js")]


def test_every_text_is_in_every_language() -> None:
    """Each text of the pages is there in each language that the service speaks."""
    assert set(LANGUAGES) == set(LANGUAGE_NAMES)
    lacking = [(s, k) for s, texts in TEXTS.items() for k, text in texts.items() if set(text) != set(LANGUAGES)]
    assert [] == lacking


def test_translations_are_filled_in_alike() -> None:
    """A text has the same places to fill in, whatever the language."""
    for section, texts in TEXTS.items():
        for key, text in texts.items():
            places = {tuple(sorted(n for _, n, _, _ in Formatter().parse(t) if n)) for t in text.values()}
            assert len(places) == 1, (section, key)


def test_every_text_is_used() -> None:
    """What no template and no module asks for is not kept."""
    asked = set(re.findall(r"[\"']([a-z][a-z-]+)[\"']", "\n".join(USERS)))
    prefixes = ("expected-", "figure-")  # put together from the type of a parameter, the domain of a factor
    unused = [
        k for k in TEXTS["interface"] if re.sub("-(one|many)$", "", k) not in asked and not k.startswith(prefixes)
    ]
    assert [] == unused


def test_scripts_and_texts_agree() -> None:
    """Scripts say what the texts have for them, and the texts have nothing else for them."""
    said = set(re.findall(r"say\(\s*[\"']([a-z][a-z-]+)[\"']", "\n".join(SCRIPTS)))
    assert said == set(TEXTS["script"])


def test_kinds_and_problems_have_names() -> None:
    """Each kind of resource and each type of problem is called something."""
    assert set(KINDS) <= set(TEXTS["kinds"])
    assert set(PROBLEM_TYPES) == set(TEXTS["problems"])


def test_terms_are_named_by_known_prefixes() -> None:
    """The properties that the pages have words for are written as the vocabularies are prefixed."""
    assert [] == [term for term in TEXTS["terms"] if expand(term) is None]


def test_an_unknown_text_is_an_error() -> None:
    """A key that is not there is a fault of the page, not an empty word."""
    with pytest.raises(KeyError):
        Texts("fr")("no-such-text")


def test_english_stands_in_for_dutch_and_german() -> None:
    """Where a text lacks in the reader's language, the English one is shown, with its language."""
    assert ("Job", "en") == choose({"fr": "Métier", "en": "Job"}, "de")
    assert ("Métier", "fr") == choose({"fr": "Métier"}, "de")
    assert ("", "") == choose({}, "de")


def test_numbers_are_written_as_the_language_has_them() -> None:
    """Thousands and decimals are marked as readers expect."""
    assert ["51\u202f619", "51,619", "51.619"] == [Texts(lang).number(51619) for lang in ("fr", "en", "nl")]
    assert ["0 fait", "0 facts"] == [Texts(lang).count("triples", 0) for lang in ("fr", "en")]
