"""Publishing: the folder is always one whole site, old or new, with nothing else of ours; nothing of others is lost."""

from __future__ import annotations

import errno
import itertools
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from noticeboard.board.source import Source
from noticeboard.paths import ROOT
from noticeboard.problems import CannotRun
from noticeboard.site import publish as publishing
from noticeboard.site.data.manifest import PATH, listed, verify, with_manifest
from noticeboard.site.publish import Published, publish
from noticeboard.site.settings.masthead import Masthead
from noticeboard.site.swap import exchange
from tests.faults import is_killed, with_full_disk

Files = dict[str, bytes]
MASTHEAD = Masthead("示例公开栏", "https://example.org/")
OLD = {"index.html": b"old", "a/index.html": b"same", "a/b.css": b"old", "gone/index.html": b"old", "x": b"a file"}
NEW = {"index.html": b"new", "a/index.html": b"same", "a/b.css": b"new", "more/index.html": b"new", "x/y": b"below x"}


def put(files: Files, folder: Path, *, is_ours: bool = False) -> Published:
    return publish(with_manifest(files.items(), MASTHEAD, Source()), folder, is_ours=is_ours)


def whole(files: Files) -> Files:
    """With the manifest that comes with them."""
    made = dict(with_manifest(files.items(), MASTHEAD, Source()))
    return {path: content for path, content in made.items() if isinstance(content, bytes)}


def content_of(folder: Path) -> Files:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def no_exchange(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Path) -> None:
        raise OSError(errno.EINVAL, "x")

    monkeypatch.setattr(publishing, "exchange", refuse)


#: How a folder can be replaced on this machine, and where it cannot be in one step.
ALL_WAYS = ("in one step", "file by file", "on another disk", "nothing beside it")
WAYS = pytest.mark.parametrize("way", ALL_WAYS)


def take(way: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if way != "in one step":
        no_exchange(monkeypatch)
    if way == "on another disk":
        replace = Path.replace

        def between_disks(file: Path, target: Path) -> Path:
            if file.is_relative_to(folder) != target.is_relative_to(folder):
                raise OSError(errno.EXDEV, "x")
            return replace(file, target)

        monkeypatch.setattr(Path, "replace", between_disks)
    if way == "nothing beside it":
        make = Path.mkdir

        def denied(made: Path, *arguments: int, **more: bool) -> None:
            if made.parent == folder.parent and made != folder:
                raise PermissionError(errno.EACCES, "x")
            make(made, *arguments, **more)

        monkeypatch.setattr(Path, "mkdir", denied)


@WAYS
def test_the_folder_holds_the_new_site_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    folder = tmp_path / "site"
    put(OLD, folder)
    take(way, folder, monkeypatch)
    published = put(NEW, folder)
    assert content_of(folder) == whole(NEW)
    changed = ["a/b.css", PATH, "gone/index.html", "index.html", "more/index.html", "x", "x/y"]
    assert sorted(published.changed) == sorted(changed)
    assert published.is_at_once == (way == "in one step")
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert not (folder / "gone").exists()
    # And back: a folder gives way to a file.
    put(OLD, folder)
    assert content_of(folder) == whole(OLD)


def test_exchanging_folders_is_what_this_system_can_do(tmp_path: Path) -> None:
    """The tests of one step prove nothing where it is never taken."""
    if sys.platform not in ("linux", "darwin"):
        pytest.skip("这个系统没有交换两个文件夹的调用，网站逐个换文件：要试就在 Linux 或 macOS 上运行")
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    exchange(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "a" / "b").exists()
    assert (tmp_path / "b" / "a").exists()


def test_file_by_file_what_pages_ask_for_comes_first_and_what_goes_goes_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "site"
    put({"index.html": b"old", "start.bin": b"old", "gone.html": b"old"}, folder)
    no_exchange(monkeypatch)
    touched: list[str] = []
    replace, unlink = Path.replace, os.unlink

    def renamed(file: Path, target: Path) -> Path:
        touched.append(target.relative_to(folder).as_posix())
        return replace(file, target)

    def removed(file: Path | str, **more: int) -> None:
        if Path(file).is_relative_to(folder):
            touched.append(Path(file).relative_to(folder).as_posix())
        unlink(file, **more)

    monkeypatch.setattr(Path, "replace", renamed)
    monkeypatch.setattr(os, "unlink", removed)
    put({"index.html": b"new", "start.bin": b"new", "new.html": b"", "block.bin": b""}, folder)
    # The manifest that names old and new, what is new before what leads to it, and the manifest of the new site.
    assert touched == [PATH, "block.bin", "start.bin", "new.html", "index.html", "gone.html", PATH]


# -- full disks, killed runs


@pytest.fixture
def quick(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory, where the system has such: hundreds of publications wait for a disk."""
    memory = Path("/dev/shm")  # noqa: S108
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else tmp_path) as made:
        yield Path(made)


@WAYS
def test_a_full_disk_leaves_the_old_site_or_says_that_it_is_mixed(
    quick: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    for at in itertools.count(1):
        home = quick / f"{at}"
        folder = home / "site"
        put(OLD, folder)
        with monkeypatch.context() as patch:
            take(way, folder, patch)
            is_full, raised = with_full_disk(lambda: put(NEW, folder), home, at)  # noqa: B023
        found = content_of(folder)
        if raised is None:
            assert found == whole(NEW)
        elif "只换了一部分" in str(raised):
            assert way != "in one step"
        else:
            assert isinstance(raised, CannotRun)
            assert "磁盘满了" in str(raised)
            assert {path: found.get(path) for path in whole(OLD)} == whole(OLD)
        put(NEW, folder)
        assert content_of(folder) == whole(NEW)
        assert [path.name for path in home.iterdir()] == ["site"]
        shutil.rmtree(home)
        if not is_full:
            assert at > 15
            break


@pytest.mark.parametrize(
    ("way", "before"), [*((way, "ours") for way in ALL_WAYS), ("in one step", "none"), ("in one step", "empty")]
)
def test_a_killed_run_leaves_a_whole_site_and_the_next_one_leaves_no_trace_of_it(
    quick: Path, monkeypatch: pytest.MonkeyPatch, way: str, before: str
) -> None:
    home = quick / "home"
    folder = home / "site"
    theirs = {"robots.txt": b"theirs"} if before == "ours" else {}
    old = whole(OLD) | theirs if before == "ours" else {}
    for at in itertools.count(1):
        if before == "ours":
            put(OLD, folder)
            (folder / "robots.txt").write_bytes(b"theirs")
        elif before == "empty":
            folder.mkdir(parents=True)
        with monkeypatch.context() as patch:
            take(way, folder, patch)
            killed = is_killed(lambda: put(NEW, folder), home, at)
            found = content_of(folder)
            put(OLD, folder)
        if not killed:
            assert found == whole(NEW) | theirs
            assert at > 20
            break
        if way == "in one step":
            assert found in (old, whole(NEW) | theirs)
        else:
            # Each file whole, and nothing of others lost.
            both = {*whole(OLD).items(), *whole(NEW).items(), *theirs.items()}
            own = {path: content for path, content in found.items() if not path.startswith(".noticeboard/")}
            assert {(path, content) for path, content in own.items() if path != PATH} <= both
            assert theirs.items() <= own.items()
        assert content_of(folder) == whole(OLD) | theirs
        assert [path.name for path in home.iterdir()] == ["site"]
        shutil.rmtree(home)


_PUBLISHER = """
import sys, time
from pathlib import Path
from tests.test_publish import put
print("ready", flush=True)
for version in range(int(sys.argv[2]), 100_000):
    put({"same": b"", **{f"{at}/index.html": b"%d" % version for at in range(20)}}, Path(sys.argv[1]))
    time.sleep(0.01)
"""


def test_readers_never_meet_a_mixed_site_and_a_real_kill_leaves_none(tmp_path: Path) -> None:
    folder, seen = tmp_path / "site", set()
    for start in (0, 10_000):
        command = [sys.executable, "-c", _PUBLISHER, str(folder), str(start)]
        publisher = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
        assert publisher.stdout is not None
        try:
            # Until it has read its libraries there is nothing new to meet.
            assert publisher.stdout.readline() == b"ready\n"
            until = time.monotonic() + 60
            fresh = 0
            while fresh < 12 and time.monotonic() < until:
                try:
                    before = (folder / PATH).read_bytes()
                    # By path, as a server opens them: a listing goes on in a folder that has been taken away meanwhile.
                    found = {path: (folder / path).read_bytes() for path in (*listed(before), PATH)}
                    is_quiet = before == (folder / PATH).read_bytes()
                except OSError:
                    # A file of the manifest: the site changed meanwhile, and there is nothing to compare.
                    assert not seen or folder.is_dir()
                    continue
                if is_quiet and before not in seen:
                    seen.add(before)
                    fresh += 1
                    assert found == whole(
                        {"same": b"", **{f"{at}/index.html": found["0/index.html"] for at in range(20)}}
                    )
        finally:
            publisher.send_signal(signal.SIGKILL)
            publisher.communicate()
        assert fresh == 12
        assert verify(folder).differences == ()
    put(NEW, folder)
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_run_waits_for_the_one_before_it(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    program = (
        "import sys, pathlib; from tests.test_publish import *; put({sys.argv[2]: b''}, pathlib.Path(sys.argv[1]))"
    )
    names = [f"{at}.html" for at in range(3)]
    runs = [subprocess.Popen([sys.executable, "-c", program, folder, name], cwd=ROOT) for name in names]
    assert [run.wait() for run in runs] == [0] * len(names)
    assert content_of(folder) in [whole({name: b""}) for name in names]
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_one_that_waits_in_vain_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from noticeboard import temporary

    monkeypatch.setattr(temporary, "_TRIES", 2)
    folder = tmp_path / "site"
    with publishing._place(folder), pytest.raises(CannotRun, match=f"另一个程序正在写 {folder}"):
        put(NEW, folder)
    put(NEW, folder)


# -- what stays as it is


@WAYS
def test_what_did_not_change_keeps_its_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    folder = tmp_path / "site"
    put(OLD, folder)
    before = (folder / "a/index.html").stat()
    take(way, folder, monkeypatch)
    put(NEW, folder)
    after = (folder / "a/index.html").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_nothing_is_touched_where_nothing_changed(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    put(OLD, folder)
    before = {path: path.stat().st_mtime_ns for path in [folder, *folder.rglob("*")]}
    assert put(OLD, folder) == Published([])
    assert {path: path.stat().st_mtime_ns for path in [folder, *folder.rglob("*")]} == before


def test_without_hard_links_files_are_copied_with_their_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Path) -> None:
        raise OSError(errno.EPERM, "x")

    folder = tmp_path / "site"
    put(OLD, folder)
    before = (folder / "a/index.html").stat().st_mtime_ns
    monkeypatch.setattr(Path, "hardlink_to", refuse)
    assert put(NEW, folder).is_at_once
    assert content_of(folder) == whole(NEW)
    assert (folder / "a/index.html").stat().st_mtime_ns == before


@WAYS
def test_who_works_in_the_folder_finds_the_new_site_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """A server that was started in it, or a container in which it is mounted, knows the folder and not its path."""
    folder = tmp_path / "site"
    put(OLD, folder)
    folder.chmod(0o750)
    take(way, folder, monkeypatch)
    monkeypatch.chdir(folder)
    put(NEW, folder)
    assert content_of(Path()) == whole(NEW)
    assert folder.stat().st_mode & 0o777 == 0o750


# -- files of others


@WAYS
def test_files_of_others_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    folder = tmp_path / "site"
    put(OLD, folder)
    (folder / ".well-known").mkdir()
    (folder / ".well-known/token").write_bytes(b"theirs")
    (folder / "gone/theirs").write_bytes(b"theirs")
    (folder / "link").symlink_to("nowhere")
    (folder / "empty").mkdir()
    take(way, folder, monkeypatch)
    put(NEW, folder)
    assert content_of(folder) == whole(NEW) | {".well-known/token": b"theirs", "gone/theirs": b"theirs"}
    assert (folder / "link").readlink() == Path("nowhere")
    assert (folder / "empty").is_dir()


def test_a_pipe_of_others_stays_too(tmp_path: Path) -> None:
    put(OLD, tmp_path / "site")
    os.mkfifo(tmp_path / "site/pipe")
    put(NEW, tmp_path / "site")
    assert (tmp_path / "site/pipe").is_fifo()
    assert content_of(tmp_path / "site") == whole(NEW)


@pytest.mark.parametrize("theirs", ["more/index.html", "more", "x/y/theirs"])
def test_nothing_of_others_is_written_over(tmp_path: Path, theirs: str) -> None:
    folder = tmp_path / "site"
    put({"index.html": b"old"}, folder)
    (folder / theirs).parent.mkdir(parents=True, exist_ok=True)
    (folder / theirs).write_bytes(b"theirs")
    with pytest.raises(CannotRun, match=f"不是本程序写的 {theirs}，与网站的文件同名"):
        put(NEW, folder)
    assert content_of(folder) == whole({"index.html": b"old"}) | {theirs: b"theirs"}


@pytest.mark.parametrize("is_ours", [False, True])
def test_a_link_to_another_folder_is_not_written_through(tmp_path: Path, *, is_ours: bool) -> None:
    folder, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    put({"index.html": b"old"}, folder)
    elsewhere.mkdir()
    (elsewhere / "index.html").write_bytes(b"theirs")
    (folder / "more").symlink_to(elsewhere)
    if is_ours:
        put(NEW, folder, is_ours=True)
        assert content_of(folder) == whole(NEW)
    else:
        with pytest.raises(CannotRun, match="不是本程序写的 more"):
            put(NEW, folder)
    assert content_of(elsewhere) == {"index.html": b"theirs"}


def test_a_folder_of_others_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_bytes(b"x")
    with pytest.raises(CannotRun, match="不是空的"):
        put(NEW, tmp_path)
    assert content_of(tmp_path) == {"letter.txt": b"x"}


@WAYS
def test_the_projects_own_folder_holds_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    folder = tmp_path / "site"
    (folder / "x").mkdir(parents=True)
    for path in ("sitemap.xml.gz", "x/y", "a"):
        (folder / path).write_bytes(b"of another program")
    take(way, folder, monkeypatch)
    put(NEW, folder, is_ours=True)
    assert content_of(folder) == whole(NEW)


@pytest.mark.parametrize("path", ["../letter.txt", "/etc/hosts", "data/../../letter.txt"])
def test_a_manifest_that_somebody_tampered_with_does_not_lead_out(tmp_path: Path, path: str) -> None:
    folder = tmp_path / "site"
    put(OLD, folder)
    (tmp_path / "letter.txt").write_bytes(b"x")
    manifest = (folder / PATH).read_text(encoding="utf-8").replace('"gone/index.html"', f'"{path}"')
    (folder / PATH).write_text(manifest, encoding="utf-8")
    with pytest.raises(CannotRun, match="不是本程序建的"):
        put(NEW, folder)
    put(NEW, folder, is_ours=True)
    assert (tmp_path / "letter.txt").read_bytes() == b"x"


# -- sites of earlier versions


def test_a_site_of_an_earlier_version_is_taken_over_and_cleaned(tmp_path: Path) -> None:
    from noticeboard.files import sync

    folder = tmp_path / "site"
    sync(whole(OLD).items(), folder)
    assert (folder / ".noticeboard.json").exists()
    # A run of it that was killed.
    (folder / ".noticeboard-adding").write_text("half/index.html\n", encoding="utf-8")
    (folder / "half").mkdir()
    for path in ("half/index.html", "half/index.html.noticeboard-tmp123", "theirs"):
        (folder / path).write_bytes(b"x")
    put(NEW, folder)
    assert content_of(folder) == whole(NEW) | {"theirs": b"x"}


# -- where the site is put


def test_a_folder_in_a_folder_that_is_not_there_is_made(tmp_path: Path) -> None:
    put(NEW, tmp_path / "a/b/site")
    assert content_of(tmp_path / "a/b/site") == whole(NEW)
    assert (tmp_path / "a/b/site").stat().st_mode == (tmp_path / "a").stat().st_mode


@pytest.mark.parametrize("is_there", [True, False])
def test_a_link_to_the_site_stays_a_link(tmp_path: Path, *, is_there: bool) -> None:
    if is_there:
        put(OLD, tmp_path / "disk/www")
    (tmp_path / "site").symlink_to("disk/www")
    put(NEW, tmp_path / "site")
    assert (tmp_path / "site").readlink() == Path("disk/www")
    assert content_of(tmp_path / "disk/www") == whole(NEW)
    assert [path.name for path in (tmp_path / "disk").iterdir()] == ["www"]


def _file(home: Path) -> str:
    (home / "site").write_bytes(b"x")
    return "是文件，不是文件夹"


def _below_a_file(home: Path) -> str:
    (home / "site").parent.rmdir()
    home.write_bytes(b"x")
    return "已经有同名的文件"


def _loop(home: Path) -> str:
    (home / "site").symlink_to("site")
    return "链接绕成了圈"


@pytest.mark.parametrize("make", [_file, _below_a_file, _loop])
def test_what_can_be_no_folder_is_one_sentence(tmp_path: Path, make: Callable[[Path], str]) -> None:
    home = tmp_path / "home"
    home.mkdir()
    words = make(home)
    with pytest.raises(CannotRun, match=words):
        put(NEW, home / "site")


@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() == 0, reason="root 什么都能写，写不了的情形试不出来：换普通用户运行"
)
def test_a_folder_that_is_read_only_is_one_sentence(tmp_path: Path) -> None:
    put(OLD, tmp_path / "site")
    (tmp_path / "site").chmod(0o500)
    with pytest.raises(CannotRun, match="没有权限；原有的网站没有改动"):
        put(NEW, tmp_path / "site")
    assert content_of(tmp_path / "site") == whole(OLD)
    (tmp_path / "site").chmod(0o700)
