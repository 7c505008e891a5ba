"""The peer: rdflib with a graph in memory, in a process of its own, so that a query without end can be ended.

Run as a script it answers queries, one JSON object a line: ``{"query": …}`` gives ``{"seconds": …, "rows": …}``.
"""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
import time
from pathlib import Path


class RdflibPeer:
    """Asks rdflib and stops waiting after a limit."""

    def __init__(self, path: Path, limit_seconds: float) -> None:
        self._path = path
        self._limit_seconds = limit_seconds
        self._start()

    def seconds(self, text: str) -> tuple[float, int] | None:
        """Return seconds and rows, or None where it takes longer than the limit."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"query": text}) + "\n")
        self._process.stdin.flush()
        try:
            answer = json.loads(self._lines.get(timeout=self._limit_seconds))
        except queue.Empty:
            self.close()
            self._start()
            return None
        return float(answer["seconds"]), int(answer["rows"])

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def _start(self) -> None:
        self._lines: queue.Queue[str] = queue.Queue()
        self._process = subprocess.Popen(
            [sys.executable, __file__, str(self._path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        threading.Thread(target=self._read, args=(self._process, self._lines), daemon=True).start()
        self._lines.get(timeout=120)

    @staticmethod
    def _read(process: subprocess.Popen[str], lines: queue.Queue[str]) -> None:
        assert process.stdout is not None
        try:
            for line in process.stdout:
                lines.put(line)
        except ValueError:  # closed meanwhile
            return


def _serve(path: str) -> None:
    import rdflib

    graph = rdflib.Graph().parse(path, format="nt")
    print(json.dumps({"triples": len(graph)}), flush=True)
    for line in sys.stdin:
        text = json.loads(line)["query"]
        began = time.perf_counter()
        rows = len(list(graph.query(text)))
        print(json.dumps({"seconds": time.perf_counter() - began, "rows": rows}), flush=True)


if __name__ == "__main__":
    _serve(sys.argv[1])
