"""A build whose work is done by a Dask cluster: the same site, and what cannot do the work is told of."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from bench.cluster import COPIED
from noticeboard import cluster
from noticeboard.paths import ROOT
from noticeboard.site import making
from noticeboard.site.making import Maker
from noticeboard.workers import chunks
from tests.program import run
from tests.records import NOTICE, UNIT, write

ADDRESS = "127.0.0.1"
#: More units than one process makes alone.
UNITS = 101


@pytest.fixture(scope="module")
def notices(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("notices")
    for at in range(UNITS):
        unit = UNIT.replace("示例局", f"示例{at:03}局")
        write(folder / f"shili-{at:03}", {"unit.yml": unit})
    write(folder / "shili-000", {"2023.yml": NOTICE})
    return folder


@contextmanager
def started(program: str, *arguments: str, at: Path, said: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A part of a cluster that runs in a copy of the program."""
    command = [sys.executable, "-m", f"distributed.cli.dask_{program}", *arguments, "--no-dashboard"]
    environment = {**os.environ, "PYTHONPATH": str(at), "SITE_URL": "https://example.org/"}
    with said.open("wb") as output:
        process = subprocess.Popen(command, cwd=at, env=environment, stdout=output, stderr=output)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


@contextmanager
def running(tmp_path: Path, workers: list[Path]) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of a scheduler with a worker in each of these folders."""
    file, said = tmp_path / "scheduler.json", tmp_path / "said"
    with ExitStack() as stack:
        at = ["--host", ADDRESS, "--port", "0", "--scheduler-file", str(file), "--no-show"]
        stack.enter_context(started("scheduler", *at, at=ROOT, said=said))
        until(file.exists)
        as_told = ["--scheduler-file", str(file), "--nthreads", "1", "--no-nanny"]
        processes = [
            stack.enter_context(started("worker", *as_told, at=folder, said=tmp_path / f"{nth}"))
            for nth, folder in enumerate(workers)
        ]
        until(lambda: said.read_text(encoding="utf-8").count("Register worker") == len(workers))
        (address,) = [word for word in file.read_text(encoding="utf-8").split('"') if word.startswith("tcp://")][:1]
        yield address, processes


def until(condition: Callable[[], bool]) -> None:
    for _ in range(600):
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError("not within half a minute")


def copy_of_the_program(folder: Path) -> Path:
    for name in COPIED:
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)  # type: ignore[operator]
    return folder


def build(notices: Path, site: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run("build", "--fresh", "--notices", notices, "--site-dir", site, *arguments)


@pytest.fixture(scope="module")
def manifest(notices: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Of the site that this process makes."""
    site = tmp_path_factory.mktemp("alone") / "site"
    assert build(notices, site, "--jobs", "1").returncode == 0
    return manifest_of(site)


def manifest_of(site: Path) -> bytes:
    return (site / "data" / "manifest.json").read_bytes()


def test_two_workers_one_of_them_elsewhere_make_the_same_site_as_this_process(
    notices: Path, manifest: bytes, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    with running(tmp_path, [ROOT, copy_of_the_program(elsewhere)]) as (address, _):
        done = build(notices, tmp_path / "site", "--cluster", address)
    assert done.returncode == 0, done.stderr
    assert manifest_of(tmp_path / "site") == manifest


def test_what_a_killed_worker_was_doing_is_done_by_another(
    notices: Path, manifest: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "_by_notices", lambda groups: chunks(groups, 10))
    keep = Maker._keep
    with running(tmp_path, [ROOT, ROOT]) as (address, (one, _)):

        def kept(*arguments: Any) -> Any:
            # At the first result: the others are being made, or waiting for their worker.
            one.kill()
            return keep(*arguments)

        monkeypatch.setattr(Maker, "_keep", kept)
        done = build(notices, tmp_path / "site", "--cluster", address)
        assert one.wait() == -signal.SIGKILL
    assert done.returncode == 0, done.stderr
    assert manifest_of(tmp_path / "site") == manifest


def test_a_cluster_whose_last_worker_is_killed_is_told_and_nothing_is_published(
    notices: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "_ALONE", 1)
    monkeypatch.setattr(cluster, "_PAUSE", 0.2)
    with running(tmp_path, [ROOT]) as (address, (one,)):
        monkeypatch.setattr(cluster._Cluster, "submit", killing(cluster._Cluster.submit, one))
        done = build(notices, tmp_path / "site", "--cluster", address)
    assert done.returncode == 2
    assert done.stderr.endswith("没有做完：调度程序或者做事的进程没有了（内存不够？）；原有的网站没有改动\n")
    assert not (tmp_path / "site").exists()


def killing(submit: Callable[..., Any], process: subprocess.Popen[bytes]) -> Callable[..., Any]:
    def submitted(*arguments: Any) -> Any:
        process.kill()
        process.wait()
        return submit(*arguments)

    return submitted


def test_a_worker_with_another_theme_is_refused_by_its_address(notices: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    copy_of_the_program(elsewhere)
    with (elsewhere / "theme" / "assets" / "base.css").open("a", encoding="utf-8") as file:
        file.write("p { margin: 0 }\n")
    with running(tmp_path, [elsewhere]) as (address, _):
        done = build(notices, tmp_path / "site", "--cluster", address)
    assert done.returncode == 2
    assert "无法运行：tcp://127.0.0.1:" in done.stderr
    assert "上的程序或设置与这里不同，没有让它做" in done.stderr
    assert not (tmp_path / "site").exists()


def test_a_scheduler_without_workers_and_an_address_without_a_scheduler_are_told(notices: Path, tmp_path: Path) -> None:
    with running(tmp_path, []) as (address, _):
        done = build(notices, tmp_path / "site", "--cluster", address)
        assert (done.returncode, done.stderr) == (2, f"无法运行：集群 {address} 没有做事的进程：先启动 dask worker\n")
    for wrong in ("nowhere", "tcp://"):
        done = build(notices, tmp_path / "site", "--cluster", wrong)
        assert done.returncode == 2
        assert done.stderr.startswith(f"无法运行：连不上集群 {wrong}：")
        assert done.stderr.count("\n") == 1


def test_a_cluster_and_processes_of_this_machine_exclude_each_other(notices: Path, tmp_path: Path) -> None:
    done = build(notices, tmp_path / "site", "--jobs", f"{os.cpu_count()}", "--cluster", "tcp://x:1")
    assert done.returncode == 2
    assert "--jobs" in done.stderr
