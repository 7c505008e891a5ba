from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import yaml

from tests.conftest import ROOT

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
HOOKS = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]


def recipe(verb: str) -> list[str]:
    """Return what a verb of the Makefile runs."""
    found = re.search(rf"^{verb}:.*\n((?:\t.*\n?)*)", MAKEFILE, re.MULTILINE)
    assert found
    return [line.strip() for line in found[1].splitlines()]


def test_verbs_are_those_of_the_makefile() -> None:
    """Every verb of the Makefile is told in CONTRIBUTING.md, and no other is."""
    verbs = set(re.findall(r"^([a-z-]+):.*##", MAKEFILE, re.MULTILINE)) - {"help"}

    assert verbs == set(re.findall(r"`make ([a-z-]+)`", CONTRIBUTING))


def test_every_link_leads_somewhere() -> None:
    """The pages for who carries on name files that there are."""
    for page in ("CONTRIBUTING.md", "SECURITY.md"):
        text = (ROOT / page).read_text(encoding="utf-8")
        assert [] == [to for to in re.findall(r"\]\(([^)#:]+)\)", text) if not (ROOT / to).exists()]


def test_hooks_are_of_this_project() -> None:
    """Every hook runs what is installed here: nothing is fetched before a commit."""
    hooks = [hook for repository in HOOKS for hook in repository["hooks"]]
    run = {hook["entry"].split()[0] for hook in hooks}

    assert ["local"] == [repository["repo"] for repository in HOOKS]
    assert {"system"} == {hook["language"] for hook in hooks}
    assert {"make", ".venv/bin/metiers-kg"} == run


def test_hooks_are_part_of_make_test() -> None:
    """What the hooks ask by a verb, `make test` asks too."""
    verbs = [hook["entry"].split()[1] for hook in HOOKS[0]["hooks"] if hook["entry"].startswith("make ")]

    assert ["lint", "types", "layers"] == verbs
    assert not {line for verb in verbs for line in recipe(verb)} - set(recipe("test"))


def test_hooks_are_valid() -> None:
    """pre-commit reads its configuration."""
    command = [sys.executable, "-m", "pre_commit", "validate-config", str(ROOT / ".pre-commit-config.yaml")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert 0 == done.returncode, done.stdout


def test_fragments_have_a_type(tmp_path: Path) -> None:
    """Every file in changes/ is a fragment that towncrier will gather, or tells how to write one."""
    types = "|".join(one["directory"] for one in PROJECT["tool"]["towncrier"]["type"])
    names = [path.name for path in (ROOT / "changes").iterdir() if path.name != "README.md"]

    assert [] == [name for name in names if not re.fullmatch(rf"(\d+|\+[a-z0-9-]+)\.({types})(\.\d+)?\.md", name)]


def test_changelog_has_the_place_for_releases() -> None:
    """The mark under which towncrier writes a release stands in the changelog once."""
    mark = PROJECT["tool"]["towncrier"]["start_string"]

    assert 1 == (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").count(mark)


def test_citation_is_of_this_version() -> None:
    """CITATION.cff has what its format demands, and the version and licence of the project."""
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))

    assert {"cff-version", "message", "title", "authors"} <= set(citation)
    assert ("1.2.0", "software") == (citation["cff-version"], citation["type"])
    assert PROJECT["project"]["version"] == citation["version"]
    assert PROJECT["project"]["license"] in citation["license"]
    assert [one["name"] for one in PROJECT["project"]["authors"]] == [one["name"] for one in citation["authors"]]
