"""Options that several commands have."""

from __future__ import annotations

import click

__all__ = ["lang_option", "text_or_json_option"]

lang_option = click.option(
    "--lang", type=click.Choice(["fr", "en", "nl", "de"]), default="fr", show_default=True, help="Language of labels."
)

text_or_json_option = click.option(
    "--format",
    "-f",
    "format_name",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="text to read, json for programs.",
)
