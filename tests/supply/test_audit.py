from __future__ import annotations

from tools.supply.audit import judge


def test_weakness_is_told_with_what_mends_it() -> None:
    """A known weakness is told with package, version, name and the version that mends it."""
    answer = '{"dependencies": [{"name": "a", "version": "1.0", "vulns": [{"id": "CVE-1", "fix_versions": ["1.1"]}]}]}'

    assert (1, ["a 1.0: CVE-1, mended in 1.1"]) == judge(answer, "")


def test_what_was_not_checked_is_no_success() -> None:
    """Where the service knows some dependencies and not others, the others are named and the audit does not pass."""
    answer = '{"dependencies": [{"name": "a", "version": "1", "vulns": []}, {"name": "b", "skip_reason": "not found"}]}'

    assert (2, ["not checked: b: not found"]) == judge(answer, "")
