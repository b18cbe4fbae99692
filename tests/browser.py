"""What the tests need of this computer beside Python: a browser and letters for Chinese (``python -m tests.browser``).

Installed is only what was asked for (``make browser``), or on CI; each command is told before it is run. With them come
the server and the copying program that other homes of the site are tested with; without these two, only their tests
are passed over.
"""

from __future__ import annotations

import os
import platform
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright

from noticeboard.commands.ci import on_ci

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
#: Where macOS and Windows have them, which is not on PATH.
_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
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
_BROWSER = "浏览器（Chromium、Chrome 或 Edge）"
_LETTERS = "中文字体（例如 Noto Sans CJK）"


def find(playwright: Playwright) -> str | None:
    """The browser's program, or ``None``."""
    on_path = next(filter(None, map(shutil.which, _NAMES)), None)
    return on_path or next(
        (place for place in (*_PLACES, playwright.chromium.executable_path) if _is_file(place)), None
    )


def _is_file(place: str) -> bool:
    return Path(place).is_file()


def tool(name: str) -> str | None:
    """A program of the system; servers often stand where only root looks."""
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")


def launch(playwright: Playwright) -> Browser:
    """A headless browser that asks nobody for anything."""
    program = find(playwright)
    assert program, _missing([_BROWSER])
    # Chromium refuses its sandbox to root.
    flags = [*_FLAGS, *(["--no-sandbox"] if _is_root() else [])]
    return playwright.chromium.launch(executable_path=program, args=flags)


@dataclass(frozen=True)
class Machine:
    """What a computer has of it, and how it gets the rest."""

    browser: str | None
    has_chinese_letters: bool
    #: Of the small browser and the programs of other homes, those that are there.
    others: frozenset[str]
    #: As Linux names its kind (``debian``); empty elsewhere.
    kind: str
    #: What stands before ``apt-get``; ``None`` where there is none, or nobody may install anything.
    apt: tuple[str, ...] | None


def this_machine() -> Machine:
    """This computer as it is now."""
    with sync_playwright() as playwright:
        browser = find(playwright)
    others = frozenset(name for name in (_SHELL, *_OF_OTHER_HOMES) if tool(name))
    return Machine(browser, _has_chinese_letters(), others, _kind(), _apt())


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _kind() -> str:
    try:
        return platform.freedesktop_os_release().get("ID", "")
    except OSError:
        return ""


def _apt() -> tuple[str, ...] | None:
    before = () if _is_root() else ("sudo",) if shutil.which("sudo") else None
    return before if shutil.which("apt-get") else None


def _has_chinese_letters() -> bool:
    """Other systems than Linux come with some."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(
        shutil.which("fc-list") and subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False).stdout
    )


def lacks(machine: Machine) -> list[str]:
    """What is missing without which the tests cannot be run."""
    return [*([] if machine.browser else [_BROWSER]), *([] if machine.has_chinese_letters else [_LETTERS])]


def commands(machine: Machine) -> list[list[str]]:
    """What would install all that is missing, as far as a program can; nothing where nothing is missing.

    Only Debian has Chromium itself as a package; elsewhere Playwright brings its own.
    """
    taken = []
    if machine.apt is not None:
        packages = [_SHELL] if machine.kind == "debian" and _SHELL not in machine.others else []
        packages += [] if machine.has_chinese_letters else ["fonts-noto-cjk", "fontconfig"]
        packages += [package for program, package in _OF_OTHER_HOMES.items() if program not in machine.others]
        if packages:
            apt = [*machine.apt, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
            taken = [[*apt, "update"], [*apt, "install", "-y", "--no-install-recommends", *packages]]
    if not machine.browser and (machine.apt is None or machine.kind != "debian"):
        with_libraries = ["--with-deps"] if machine.apt is not None else []
        taken.append([sys.executable, "-m", "playwright", "install", *with_libraries, "chromium"])
    return taken


def ready(*, is_asked: bool = False) -> bool:
    """Whether the tests can be run here; what is missing is told, or installed where that ``is_asked`` or on CI."""
    machine = this_machine()
    installs = is_asked or on_ci()
    if installs and (wanted := commands(machine)):
        print("要安装浏览器的测试用的（都装要下载 200 MB 上下），依次运行：", file=sys.stderr)
        for command in wanted:
            print(f"  {shlex.join(command)}", file=sys.stderr, flush=True)
        for command in wanted:
            subprocess.run(command, check=False, stdout=subprocess.DEVNULL)
        machine = this_machine()
    missing = lacks(machine)
    if missing:
        print(_not_installed(missing) if installs else _missing(missing), file=sys.stderr)
    elif is_asked:
        print(f"浏览器和中文字体都有了：{machine.browser}", file=sys.stderr)
    return not missing


def _missing(things: list[str]) -> str:
    return f"没有运行：这台电脑没有{'和'.join(things)}，请先运行 make browser 安装，或者自己装上"


def _not_installed(things: list[str]) -> str:
    return f"没有装上{'和'.join(things)}：请用系统的办法自己装上，再运行一次"


if __name__ == "__main__":
    sys.exit(0 if ready(is_asked="--install" in sys.argv) else 2)
