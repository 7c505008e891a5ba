"""The run-time dependencies as locked: those of the base install and of each extra, all that they bring included."""

from __future__ import annotations

import subprocess
import tomllib
from collections.abc import Mapping
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

__all__ = ["BASE_INSTALL", "ROOT", "locked_dependencies", "parts_by_dependency"]

ROOT = Path(__file__).resolve().parents[2]

BASE_INSTALL = "base"
"""The name of what is installed without an extra."""


def parts_by_dependency() -> Mapping[str, list[str]]:
    """Return the names of the dependencies that this platform installs, each with the parts that need it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    parts: dict[str, list[str]] = {}
    base = _names("--no-default-groups")
    for name in base:
        parts[name] = [BASE_INSTALL]
    for extra in project["optional-dependencies"]:
        for name in _names("--no-default-groups", "--extra", extra):
            if name not in base:
                parts.setdefault(name, []).append(extra)
    return dict(sorted(parts.items()))


def locked_dependencies(*options: str) -> str:
    """Return all run-time dependencies as a requirements file, each with its version, as ``uv export`` writes it."""
    command = ["uv", "export", "--quiet", "--locked", "--offline", "--no-emit-project", "--no-header", "--no-annotate"]
    uv = ROOT / ".venv" / "bin" / "uv"
    command[0] = str(uv) if uv.is_file() else "uv"
    done = subprocess.run([*command, *options], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 our own words
    if done.returncode:
        raise SystemExit(f"uv export: {done.stderr.strip()}")
    return done.stdout


def _names(*options: str) -> set[str]:
    lines = locked_dependencies("--no-hashes", *options).splitlines()
    needed = [Requirement(line) for line in lines if line.strip()]
    return {canonicalize_name(one.name) for one in needed if one.marker is None or one.marker.evaluate()}
