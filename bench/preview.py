"""How soon a saved file shows in the preview: ``python -m bench.preview N…`` (0: the notices of the repository).

For each number of made-up notices: seconds from the start of ``serve`` to the first page of a notice; from saving that
notice to the page being served with the new words, median and worst of ten; and the largest memory of the process.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from bench import corpus
from noticeboard import paths

_PORT = 8643
_SAVES = 10
_PATIENCE = 120.0


def main(counts: list[int]) -> None:
    """Print a line a corpus."""
    for count in counts:
        with tempfile.TemporaryDirectory() as made:
            notices = Path(made) / "notices"
            if count:
                corpus.write(notices, count)
            else:
                shutil.copytree(paths.NOTICES, notices)
            print(f"{count or 5} notices: {measured(notices)}", flush=True)


def measured(notices: Path) -> str:
    """Start, ten saves, memory, in words."""
    file = next(path for path in sorted(notices.glob("*/*.yml")) if path.name != "unit.yml")
    address = f"http://127.0.0.1:{_PORT}/notices/{file.parent.name}/{file.stem}/"
    text = file.read_text(encoding="utf-8")
    begun = time.monotonic()
    command = [sys.executable, "build_site.py", "serve", "--notices", str(notices), "--port", str(_PORT)]
    with subprocess.Popen(command, cwd=paths.ROOT, stderr=subprocess.DEVNULL) as serve:  # noqa: S603
        try:
            _until(address, "</html>")
            start = time.monotonic() - begun
            saves = []
            for nth in range(_SAVES):
                # Every second save meets the build behind at work.
                time.sleep(0.7 + 1.6 * (nth % 2))
                word = f"示例改动{nth}"
                file.write_text(text.replace("标题: ", f"标题: {word}", 1), encoding="utf-8")
                saved = time.monotonic()
                _until(address, word)
                saves.append(time.monotonic() - saved)
            memory = _peak(serve.pid)
        finally:
            serve.terminate()
    return (
        f"first page {start:.1f} s; from save to served: median {statistics.median(saves):.2f} s, "
        f"worst {max(saves):.2f} s of {_SAVES}; peak {memory}"
    )


def _until(address: str, word: str) -> None:
    """Ask until the page has the word. Raises ``TimeoutError``."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address) as answer:  # noqa: S310 - this machine
                if word in answer.read().decode("utf-8"):
                    return
        except (urllib.error.URLError, ConnectionError):
            pass
        time.sleep(0.02)
    raise TimeoutError(address)


def _peak(pid: int) -> str:
    status = Path(f"/proc/{pid}/status")
    if os.name != "posix" or not status.exists():
        return "unknown"
    line = next(line for line in status.read_text(encoding="utf-8").splitlines() if line.startswith("VmHWM"))
    return f"{int(line.split()[1]) // 1024} MB"


if __name__ == "__main__":
    main([int(count) for count in sys.argv[1:]])
