"""What the tests need of a computer: told before anything is installed, and installed only where that is wanted."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from collections.abc import Callable

import pytest

from noticeboard.paths import ROOT
from tests import browser
from tests.browser import Machine, commands, lacks

ALL = frozenset(["chromium-headless-shell", "nginx", "rsync"])
COMPLETE = Machine("/usr/bin/chromium-headless-shell", has_chinese_letters=True, others=ALL, kind="debian", apt=())
BARE = Machine(None, has_chinese_letters=False, others=frozenset(), kind="debian", apt=())
OWN = [sys.executable, "-m", "playwright", "install"]
BROWSER = "浏览器（Chromium、Chrome 或 Edge）"
LETTERS = "中文字体（例如 Noto Sans CJK）"

Ready = Callable[..., tuple[bool, list[list[str]], str]]


def of(command: list[str]) -> str:
    """What it installs, and by what."""
    return " ".join(word for word in command if word not in {"env", "DEBIAN_FRONTEND=noninteractive", "-qq", "-y"})


def test_nothing_is_missing_and_nothing_to_install_where_all_is_there() -> None:
    assert (lacks(COMPLETE), commands(COMPLETE)) == ([], [])


def test_the_tests_cannot_do_without_a_browser_and_letters_but_without_the_programs_of_other_homes() -> None:
    assert lacks(BARE) == [BROWSER, LETTERS]
    assert lacks(dataclasses.replace(COMPLETE, others=frozenset())) == []


@pytest.mark.parametrize(
    ("machine", "installed"),
    [
        (
            BARE,
            [
                "apt-get update",
                "apt-get install --no-install-recommends chromium-headless-shell fonts-noto-cjk fontconfig "
                "nginx-light rsync",
            ],
        ),
        (
            dataclasses.replace(COMPLETE, browser="/usr/bin/chromium", others=ALL - {"chromium-headless-shell"}),
            ["apt-get update", "apt-get install --no-install-recommends chromium-headless-shell"],
        ),
        (
            dataclasses.replace(BARE, kind="ubuntu", apt=("sudo",)),
            [
                "sudo apt-get update",
                "sudo apt-get install --no-install-recommends fonts-noto-cjk fontconfig nginx-light rsync",
                " ".join([*OWN, "--with-deps", "chromium"]),
            ],
        ),
        (
            dataclasses.replace(BARE, kind="ubuntu", browser="/usr/bin/google-chrome", others=frozenset(["nginx"])),
            ["apt-get update", "apt-get install --no-install-recommends fonts-noto-cjk fontconfig rsync"],
        ),
        (dataclasses.replace(BARE, apt=None), [" ".join([*OWN, "chromium"])]),
        (dataclasses.replace(BARE, kind="", has_chinese_letters=True, apt=None), [" ".join([*OWN, "chromium"])]),
        (dataclasses.replace(BARE, kind="fedora", browser="/usr/bin/chromium", apt=None), []),
    ],
    ids=["Debian", "Debian with windows", "Ubuntu", "Ubuntu on CI", "no rights", "macOS or Windows", "Fedora"],
)
def test_each_system_gets_what_is_missing_in_its_own_way(machine: Machine, installed: list[str]) -> None:
    assert [of(command) for command in commands(machine)] == installed


@pytest.fixture
def ready(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ready:
    """Whether tests can be run on a machine, the commands that were run, and what was said until the first of them."""

    def tried(machine: Machine, after: Machine = COMPLETE, *, is_asked: bool = False) -> tuple[bool, list[str], str]:
        machines = iter([machine, after])
        ran: list[list[str]] = []
        before = ""

        def run(command: list[str], **_: object) -> None:
            nonlocal before
            before = before or capsys.readouterr().err
            ran.append(command)

        monkeypatch.setattr(browser, "this_machine", lambda: next(machines))
        monkeypatch.setattr(subprocess, "run", run)
        return browser.ready(is_asked=is_asked), ran, before or capsys.readouterr().err

    return tried


def test_at_a_desk_nothing_is_installed_and_one_sentence_says_what_is_missing_and_what_to_run(ready: Ready) -> None:
    said = f"没有运行：这台电脑没有{BROWSER}和{LETTERS}，请先运行 make browser 安装，或者自己装上\n"
    assert ready(BARE) == (False, [], said)


def test_where_only_what_can_be_done_without_is_missing_the_tests_run_and_nothing_is_said(ready: Ready) -> None:
    assert ready(dataclasses.replace(COMPLETE, others=frozenset())) == (True, [], "")


@pytest.mark.parametrize(("is_asked", "ci"), [(True, ""), (False, "true")], ids=["make browser", "on CI"])
def test_what_was_asked_for_and_what_ci_needs_is_told_and_then_installed(
    ready: Ready, monkeypatch: pytest.MonkeyPatch, ci: str, *, is_asked: bool
) -> None:
    monkeypatch.setenv("CI", ci)
    is_ready, ran, told = ready(BARE, is_asked=is_asked)
    assert (is_ready, ran) == (True, commands(BARE))
    assert [line.strip() for line in told.splitlines()[1:]] == [" ".join(command) for command in commands(BARE)]


def test_what_could_not_be_installed_is_said_and_is_a_failure(ready: Ready, capsys: pytest.CaptureFixture[str]) -> None:
    machine = dataclasses.replace(BARE, kind="fedora", apt=None)
    is_ready, ran, _ = ready(machine, dataclasses.replace(machine, browser="chrome"), is_asked=True)
    assert (is_ready, len(ran)) == (False, 1)
    assert capsys.readouterr().err == f"没有装上{LETTERS}：请用系统的办法自己装上，再运行一次\n"


@pytest.mark.parametrize(
    "target", ["test", "test-changed", "bench-search", ".venv/.audit"], ids=lambda target: target.removeprefix(".venv/")
)
def test_a_target_that_opens_a_browser_asks_for_it_first_and_installs_none(target: str) -> None:
    done = subprocess.run(
        ["make", "--dry-run", "--always-make", target], cwd=ROOT, check=True, capture_output=True, encoding="utf-8"
    )
    assert ".venv/bin/python -m tests.browser\n" in done.stdout
    assert "--install" not in done.stdout
