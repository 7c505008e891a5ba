"""Imported by the process that query workers are split off from, and by nothing else.

A service manager tells every process of a group to stop. This one is to last as long as the server, which may still be
finishing requests: where it ended, the server would take its workers for dead. It ends when the server has.
"""

from __future__ import annotations

import signal

__all__: list[str] = []

signal.signal(signal.SIGTERM, signal.SIG_IGN)
