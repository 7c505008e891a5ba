"""Ask the advisory service which locked run-time dependencies have known weaknesses; needs the network.

``python -m tools.supply.audit`` ends with 0 (none known), 1 (some, listed) or 2 (not all was checked, and why).
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tools.supply.dependencies import locked_dependencies

__all__ = ["judge"]


def judge(answer: str, complaint: str) -> tuple[int, list[str]]:
    """Return the exit status and what to tell, of the answer of `pip-audit` as JSON and of what it complained of.

    >>> judge('{"dependencies": [{"name": "a", "version": "1", "vulns": []}]}', "")
    (0, ['no known weakness in 1 locked run-time dependencies'])
    >>> judge("", "ConnectionError: no route to host")
    (2, ['nothing was checked: the advisory service could not be reached (ConnectionError: no route to host)'])
    >>> judge('{"dependencies": [{"name": "a", "skip_reason": "not found"}]}', "")
    (2, ['nothing was checked: the service has no answer for any of 1 dependencies (a: not found)'])
    """
    try:
        found = json.loads(answer)["dependencies"]
    except (ValueError, KeyError, TypeError):
        why = (complaint.strip().splitlines() or ["no reason given"])[-1]
        return 2, [f"nothing was checked: the advisory service could not be reached ({why})"]
    skipped = [f"{one['name']}: {one['skip_reason']}" for one in found if "skip_reason" in one]
    told = [line for one in found for line in _weaknesses(one)]
    if found and len(skipped) == len(found):
        told.append(
            f"nothing was checked: the service has no answer for any of {len(found)} dependencies ({skipped[0]})"
        )
        return 2, told
    told += [f"not checked: {one}" for one in skipped]
    if any("vulns" in one and one["vulns"] for one in found):
        return 1, told
    return (2, told) if skipped else (0, [f"no known weakness in {len(found)} locked run-time dependencies"])


def _weaknesses(dependency: dict[str, object]) -> Iterator[str]:
    vulns = dependency.get("vulns")
    for one in vulns if isinstance(vulns, list) else ():
        fixed = ", ".join(one.get("fix_versions", ())) or "no version yet"
        yield f"{dependency['name']} {dependency['version']}: {one['id']}, mended in {fixed}"


def main() -> int:
    """Run the audit; return the exit status."""
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "requirements.txt"
        listed.write_text(locked_dependencies("--no-default-groups", "--all-extras"), encoding="utf-8")
        command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "--progress-spinner=off"]
        command += ["--format=json", "--timeout=15", "-r", str(listed)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 our own words
    code, told = judge(done.stdout, done.stderr)
    sys.stderr.write("\n".join(told) + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
