"""Temporary folders: gone with the run, or with the next one where it was killed; a living run's are left alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from noticeboard import temporary
from noticeboard.paths import ROOT
from noticeboard.problems import CannotRun
from noticeboard.temporary import claimed, temporary_folder

_HOLDER = """
import sys
from noticeboard.temporary import temporary_folder
with temporary_folder() as folder:
    (folder / "half").write_bytes(b"x")
    print(folder, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_it_is_empty_and_goes_however_the_run_ends(place: Path) -> None:
    def interrupted() -> None:
        with temporary_folder() as folder:
            assert list(folder.iterdir()) == []
            (folder / "x").mkdir()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert list(place.iterdir()) == []


def test_what_a_killed_run_left_goes_with_the_next_one_and_a_living_ones_stays(place: Path) -> None:
    def hold() -> tuple[subprocess.Popen[str], Path]:
        environment = {**os.environ, "TMPDIR": str(place)}
        run = subprocess.Popen(
            [sys.executable, "-c", _HOLDER],
            cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert run.stdout is not None
        return run, Path(run.stdout.readline().strip())

    (killed, left), (living, held) = hold(), hold()
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    assert (left / "half").exists()
    with temporary_folder():
        assert not left.parent.exists()
        assert (held / "half").exists()
    living.communicate()
    assert list(place.iterdir()) == []


@pytest.mark.parametrize("make", [lambda folder: folder.mkdir(), lambda folder: folder.write_bytes(b"x")])
def test_what_is_not_known_to_be_a_runs_is_left_alone(place: Path, make: Callable[[Path], None]) -> None:
    make(place / "noticeboard-of-somebody")
    with temporary_folder():
        pass
    assert [path.name for path in place.iterdir()] == ["noticeboard-of-somebody"]


def test_what_a_link_leads_to_is_left_alone(place: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    for name in ("lock", "content"):
        (elsewhere / name).touch()
    (place / "noticeboard-link").symlink_to(elsewhere)
    with temporary_folder():
        pass
    assert sorted(path.name for path in elsewhere.iterdir()) == ["content", "lock"]
    with pytest.raises(PermissionError), claimed(place / "noticeboard-link", place):
        pass


def test_no_place_for_it_is_one_sentence(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(place / "nowhere"))
    with pytest.raises(CannotRun, match="建不了临时文件夹"), temporary_folder():
        pass


def test_a_claimed_folder_is_one_runs_alone_and_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(temporary, "_TRIES", 2)
    folder = tmp_path / "claimed"
    (folder / "content").mkdir(parents=True)
    (folder / "content" / "of a killed run").touch()
    with claimed(folder, tmp_path / "site") as held:
        assert list(held.iterdir()) == []
        with pytest.raises(CannotRun, match=r"另一个程序正在写 .*/site"), claimed(folder, tmp_path / "site"):
            pass
    assert not folder.exists()


def test_git_tells_nothing_of_it(tmp_path: Path) -> None:
    """A build in a repository would otherwise find that somebody changed something."""
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    with claimed(tmp_path / "claimed", tmp_path) as held:
        (held / "x").touch()
        done = subprocess.run(["git", "status", "--porcelain"], cwd=tmp_path, check=True, capture_output=True)
    assert done.stdout == b""


def test_where_a_file_system_knows_no_locks_one_goes_on_and_sweeps_nothing(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(temporary, "_try", lambda _: None)
    (place / "noticeboard-other" / "content").mkdir(parents=True)
    (place / "noticeboard-other" / "lock").touch()
    with temporary_folder(), claimed(place / "claimed", place):
        pass
    assert [path.name for path in place.iterdir()] == ["noticeboard-other"]
