"""Whole sites, built behind the preview one at a time: each by a process and in a folder of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from noticeboard import paths
from noticeboard.files import sync
from noticeboard.serve.state import State, Whole


@dataclass(frozen=True)
class Failed:
    """A build that ended without a site, and why."""

    why: str


class Behind:
    """Builds one whole site at a time; all that it writes is under ``folder``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._child: subprocess.Popen[bytes] | None = None
        self._building: Whole | None = None

    def start(self, state: State) -> None:
        """Begin, in place of a build that is under way."""
        self.stop()
        notices, temporary = self._folder / "notices", self._folder / "tmp"
        sync(state.readable, notices)
        temporary.mkdir(exist_ok=True)
        self._building = Whole(state, self._folder / f"site-{state.version}")
        with self._log.open("wb") as log:
            self._child = subprocess.Popen(  # noqa: S603 - our own module, with folders of our own
                [sys.executable, "-m", "noticeboard.serve.whole_site", notices, self._building.folder],
                cwd=paths.ROOT,
                stdout=subprocess.DEVNULL,
                stderr=log,
                env={**os.environ, "TMPDIR": str(temporary), "TMP": str(temporary), "TEMP": str(temporary)},
            )

    def ended(self) -> Whole | Failed | None:
        """What came of the build, told once; ``None`` while none ended."""
        if self._child is None or self._building is None or self._child.poll() is None:
            return None
        code, built = self._child.returncode, self._building
        if code == 0:
            self._child = self._building = None
            return built
        said = self._log.read_text(encoding="utf-8", errors="replace").strip()
        self.stop()
        return Failed(said or f"{code}")

    def stop(self) -> None:
        """End a build that is under way; what it left goes."""
        if self._child is not None:
            self._child.kill()
            self._child.wait()
        if self._building is not None:
            shutil.rmtree(self._building.folder, ignore_errors=True)
        self._child = self._building = None
        shutil.rmtree(self._folder / "tmp", ignore_errors=True)

    @property
    def _log(self) -> Path:
        return self._folder / "whole.log"
