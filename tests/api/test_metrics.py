"""The numbers of several processes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SCRIPT = """
from metiers_kg.api.exchange import Exchange
from metiers_kg.api.metrics import Metrics

metrics = Metrics(["jobs"])
metrics.observe(Exchange("id", "BREW", "/x", "", "unmatched", 404, 0.1, 0, ""))
metrics.observe(Exchange("id", "GET", "/q", "", "/queries/jobs/results", 200, 0.1, 9, "", query="jobs", rows=2))
metrics.observe_pool("queued")
print(metrics.write().decode())
input()
"""


def test_processes_answer_with_their_sum(tmp_path: Path) -> None:
    """Where PROMETHEUS_MULTIPROC_DIR is set, each process answers with the numbers of all."""
    environment = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    command = [sys.executable, "-c", SCRIPT]
    with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout is not None
        while "metiers_kg_saved_query_rows_total" not in first.stdout.readline():
            pass
        done = subprocess.run(command, env=environment, input="\n", stdout=subprocess.PIPE, text=True, check=True)
        first.communicate("\n")
    lines = done.stdout.splitlines()

    assert 'metiers_kg_saved_query_rows_total{query="jobs"} 4.0' in lines
    assert 'metiers_kg_http_requests_total{method="other",route="unmatched",status="404"} 2.0' in lines
    assert "metiers_kg_adhoc_queries_waiting 2.0" in lines
