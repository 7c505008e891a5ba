"""A caller that leaves."""

from __future__ import annotations

from metiers_kg.store.cancellation import Cancellation


def test_work_begun_too_late_is_stopped_at_once() -> None:
    """What is begun after the caller has left is stopped as it begins."""
    stopped: list[str] = []
    cancellation = Cancellation()
    cancellation.cancel()

    with cancellation.stops(lambda: stopped.append("work")):
        assert stopped == ["work"]


def test_work_that_has_ended_is_left_alone() -> None:
    """Who leaves after its answer stops nobody else's work."""
    stopped: list[str] = []
    cancellation = Cancellation()
    with cancellation.stops(lambda: stopped.append("work")):
        pass
    cancellation.cancel()

    assert stopped == []
