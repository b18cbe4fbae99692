"""The browser of the tests: found on PATH or Playwright's own, else installed (``python -m tests.browser``).

With it come the server and the copying program that other homes of the site are tested with, where they can be had;
without them only these tests are passed over.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright

#: Chromium without its windows: a visitor costs a third of the time (20 of them: 2.2 s instead of 7.3 s).
_SHELL = "chromium-headless-shell"
_NAMES = (
    _SHELL,
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
)
#: Program → its package in Debian.
_OF_OTHER_HOMES = {"nginx": "nginx-light", "rsync": "rsync"}
_FLAGS = (
    "--headless",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_NONE = "浏览器测试需要 Chromium：请安装 Chromium 或 Chrome（Debian、Ubuntu：apt install chromium fonts-noto-cjk）"


def find(playwright: Playwright) -> str | None:
    """The browser's program, or ``None``."""
    on_path = next(filter(None, map(shutil.which, _NAMES)), None)
    own = playwright.chromium.executable_path
    return on_path or (own if Path(own).is_file() else None)


def tool(name: str) -> str | None:
    """A program of the system; servers often stand where only root looks."""
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")


def launch(playwright: Playwright) -> Browser:
    """A headless browser that asks nobody for anything."""
    program = find(playwright)
    assert program, _NONE
    # Chromium refuses its sandbox to root.
    flags = [*_FLAGS, *(["--no-sandbox"] if _is_root() else [])]
    return playwright.chromium.launch(executable_path=program, args=flags)


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _is_debian() -> bool:
    """Others do not have each package."""
    try:
        return platform.freedesktop_os_release().get("ID") == "debian"
    except OSError:
        return False


def _has_chinese_font() -> bool:
    if not shutil.which("fc-list"):
        return False
    return bool(subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False).stdout)


def _install(packages: list[str]) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *packages]):
        subprocess.run(["apt-get", *words], check=False, stdout=subprocess.DEVNULL, env=environment)


def ensure() -> bool:
    """Install what is missing, as far as that is allowed here; whether a browser is there."""
    with sync_playwright() as playwright:
        program = find(playwright)
        missing = [] if program else ["chromium"]
        if _is_debian() and not shutil.which(_SHELL):
            missing = [_SHELL]
        if not _has_chinese_font():
            missing += ["fonts-noto-cjk", "fontconfig"]
        missing += [package for program_name, package in _OF_OTHER_HOMES.items() if not tool(program_name)]
        if missing and _is_root() and shutil.which("apt-get"):
            _install(missing)
        elif not program:
            subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
        return find(playwright) is not None


if __name__ == "__main__":
    if not ensure():
        print(_NONE, file=sys.stderr)
        sys.exit(2)
