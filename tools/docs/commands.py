"""The reference of the command line, from the commands themselves."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import click

from tools.docs.page import Page, paragraph, slug, table

__all__ = ["command_page", "walk"]

_HEAD = """\
# Command line

Every command tells the same with `--help` or `-h`. In a copy of the repository the command is `.venv/bin/metiers-kg`.

"""


def walk(command: click.Command, path: tuple[str, ...] = ("metiers-kg",)) -> Iterator[tuple[str, click.Command]]:
    """Yield each command that is shown, with its full name, depth first.

    >>> [name for name, _ in walk(click.Group(commands=[click.Command("a"), click.Command("b", hidden=True)]))]
    ['metiers-kg', 'metiers-kg a']
    """
    yield " ".join(path), command
    if isinstance(command, click.Group):
        for name, sub in sorted(command.commands.items()):
            if not sub.hidden:
                yield from walk(sub, (*path, name))


def command_page(main: click.Command) -> Page:
    """Return the page of all commands; a command or an option without a help text is a gap."""
    parts, gaps = [_HEAD], []
    for name, command in walk(main):
        context = click.Context(command, info_name=name)
        if not command.help:
            gaps.append(f"the command `{name}` has no help text")
        parts.append(f"## {name} {{#{slug(name)}}}\n\n")
        usage = " ".join(command.collect_usage_pieces(context))
        parts.append(f"```text\n{name} {usage}\n```\n\n")
        for text in inspect.cleandoc(command.help or "").replace("\b", "").split("\n\n"):
            parts.append(paragraph(text) + "\n\n")
        rows = []
        for option in command.get_params(context):
            if isinstance(option, click.Option) and not option.hidden and "--help" not in option.opts:
                if not option.help:
                    gaps.append(f"the option {option.opts[0]} of `{name}` has no help text")
                rows.append(_row(option, context))
        parts.append(table(["option", "default", "what it is"], rows))
        if isinstance(command, click.Group):
            rows = [
                [f"[`{full}`](#{slug(full)})", paragraph(sub.get_short_help_str(limit=200))]
                for full, sub in walk(command, tuple(name.split()))
                if full.count(" ") == name.count(" ") + 1
            ]
            parts.append(table(["command", "does"], rows))
    return Page("reference/cli.md", "".join(parts), tuple(gaps))


def _row(option: click.Option, context: click.Context) -> list[str]:
    names = ", ".join(f"`{name}`" for name in sorted(option.opts, key=len, reverse=True))
    if option.secondary_opts:
        names += " / " + ", ".join(f"`{name}`" for name in option.secondary_opts)
    if not option.is_flag:
        names += f" `{option.make_metavar(context)}`"
    text = paragraph(option.help or "")
    if option.envvar:
        text += f" Also `{option.envvar}`."
    return [names, _default(option), text + _limits(option)]


def _default(option: click.Option) -> str:
    value = option.default
    if option.required:
        return "required"
    if option.multiple or value is None or callable(value) or value == "" or type(value).__name__ == "Sentinel":
        return ""
    if isinstance(value, bool):
        return ("on" if value else "off") if option.secondary_opts else ""
    return f"`{value}`"


def _limits(option: click.Option) -> str:
    if isinstance(option.type, click.IntRange | click.FloatRange):
        least, most = option.type.min, option.type.max
        if most is not None:
            return f" A number from {least or 0} to {most}."
        return f" A number of {least} or more."
    return " May be repeated." if option.multiple else ""
