"""Processes that work for another one."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from noticeboard.paths import ROOT
from noticeboard.workers import done, workers

PROGRAM = """
import os, time
from noticeboard.workers import workers
if __name__ == "__main__":
    with workers(2) as pool:
        running = [pool.submit(os.getpid), pool.submit(time.sleep, 60)]
        print(running[0].result(), flush=True)
        time.sleep(60)
"""


def test_jobs_are_done_by_others_and_come_with_their_places() -> None:
    with workers(2) as pool:
        assert dict(done(pool, abs, [-3, 2, -1])) == {0: 3, 1: 2, 2: 1}
    with workers(1) as nobody:
        assert nobody is None
        assert list(done(nobody, abs, [-3, 2])) == [(0, 3), (1, 2)]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows 没有 SIGKILL：在 Linux 或 macOS 上运行")
def test_processes_end_with_the_one_that_is_killed(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, program], env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        worker = int(process.stdout.readline())
        process.kill()
    for _ in range(200):
        if not is_running(worker):
            return
        time.sleep(0.05)
    raise AssertionError(f"{worker} is still there")


def is_running(number: int) -> bool:
    state = subprocess.run(["ps", "-o", "stat=", "-p", f"{number}"], check=False, capture_output=True, text=True).stdout
    # Z: it ended, and nobody has asked about it yet.
    return bool(state.strip()) and not state.startswith("Z")
