"""The manifest: every published file by its bytes, and what differs from it; the same bytes wherever a site is made."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from noticeboard.board.source import Source, source
from noticeboard.commands import main
from noticeboard.files import OURS
from noticeboard.paths import ROOT
from noticeboard.problems import CannotRun
from noticeboard.site.data.manifest import PATH, Difference, verify, with_manifest
from noticeboard.site.settings.masthead import Masthead
from tests import five


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A site of three files with its manifest."""
    masthead = Masthead("示例公开栏", "https://example.org/")
    content: list[tuple[str, bytes | Path]] = [("index.html", b"<p>"), ("a/b.txt", "甲".encode()), ("empty", b"")]
    for path, one in with_manifest(content, masthead, Source("0" * 40)):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        assert isinstance(one, bytes)
        (tmp_path / path).write_bytes(one)
    return tmp_path


def manifest_of(site: Path) -> dict[str, Any]:
    made: dict[str, Any] = json.loads((site / PATH).read_text(encoding="utf-8"))
    return made


def test_every_published_file_stands_in_it_with_its_size_and_hash(site: Path) -> None:
    listed = {file["path"]: file for file in manifest_of(site)["files"]}
    there = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert listed.keys() == there - {PATH}
    assert list(listed) == sorted(listed)
    for path in ("index.html", "data/issues.xlsx", "sitemap.xml", "assets/base.css"):
        content = (site / path).read_bytes()
        assert listed[path] == {"path": path, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def test_it_names_the_versions_and_the_source(site: Path, small: Path) -> None:
    made = manifest_of(site)
    assert (made["type"], made["format_version"], made["site_url"]) == ("manifest", "1", "http://localhost:8000/")
    assert made["program_version"] in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert manifest_of(small)["source_revision"] == "0" * 40


def test_a_site_as_it_was_built_has_no_difference(site: Path, small: Path) -> None:
    assert verify(site).differences == ()
    assert verify(site).files > 300
    assert verify(small / PATH).differences == ()


def test_it_says_what_is_missing_what_is_more_and_what_is_not_the_same(small: Path) -> None:
    (small / "index.html").unlink()
    (small / "a/b.txt").write_bytes("乙".encode())
    (small / "new.html").write_bytes(b"x")
    assert verify(small).differences == (
        Difference("a/b.txt", "内容不同：清单记 3 字节，实际 3 字节"),
        Difference("index.html", "缺少"),
        Difference("new.html", "多出，清单里没有"),
    )


def test_whatever_else_stands_there_is_more(small: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "x").write_bytes(b"x")
    (small / "folder").symlink_to(elsewhere)
    (small / "broken").symlink_to("nowhere")
    os.mkfifo(small / "pipe")
    for name in (".hidden", ".noticeboard-adding", ".noticeboard.json", "a/.noticeboard-tmp1"):
        (small / name).write_bytes(b"[]")
    assert {(one.path, one.what) for one in verify(small).differences} == {
        (path, "多出，清单里没有")
        for path in (
            "folder", "broken", "pipe", ".hidden", ".noticeboard-adding", ".noticeboard.json", "a/.noticeboard-tmp1",
        )
    }  # fmt: skip


def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(small: Path) -> None:
    (small / "empty").unlink()
    os.mkfifo(small / "empty")
    assert verify(small).differences == (Difference("empty", "不是文件"),)


def test_the_list_that_earlier_versions_kept_in_the_site_is_no_difference(small: Path) -> None:
    (small / OURS).write_text(json.dumps(sorted([PATH, "index.html", "a/b.txt", "empty"]), indent=0), encoding="utf-8")
    assert verify(small).differences == ()


def test_the_command_lists_differences_and_exits_with_1(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(small)]) == 0
    assert capsys.readouterr().err == "核对了 3 个文件：全部相同\n"
    (small / "empty").write_bytes(b"x")
    assert main(["verify", str(small / PATH)]) == 1
    said = capsys.readouterr()
    assert said.out == "empty: 内容不同：清单记 0 字节，实际 1 字节\n"
    assert said.err == "核对了 3 个文件：1 处不同\n"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "读不了清单"),
        (b"", "不是本站的清单"),
        (b"[]", "不是本站的清单"),
        (b'{"type": "notices"}', "notices 不是清单"),
        (b'{"type": "manifest", "files": [{"path": "x"}]}', "不是本站的清单"),
        (b'{"type": "manifest", "files": [{"path": "../x", "size": 1, "sha256": "%s"}]}' % (b"0" * 64), "网站以外"),
        (b'{"type": "manifest", "files": [{"path": "/etc/x", "size": 1, "sha256": "%s"}]}' % (b"0" * 64), "网站以外"),
        (b"\xff\xfe", "不是本站的清单"),
        (b"[" * 100_000, "不是本站的清单"),
    ],
)
def test_what_is_no_manifest_is_one_sentence(tmp_path: Path, content: bytes | None, words: str) -> None:
    if content is not None:
        (tmp_path / "data").mkdir()
        (tmp_path / PATH).write_bytes(content)
    with pytest.raises(CannotRun, match=words):
        verify(tmp_path)


def test_a_manifest_of_a_later_version_with_more_keys_is_still_read(small: Path) -> None:
    made = manifest_of(small)
    made["signature"] = "x"
    made["files"] = [file | {"type": "text/html"} for file in made["files"]]
    (small / PATH).write_text(json.dumps(made), encoding="utf-8")
    assert verify(small).differences == ()


# -- the source


def git(folder: Path, *arguments: str) -> str:
    who = {"GIT_AUTHOR_NAME": "x", "GIT_AUTHOR_EMAIL": "x", "GIT_COMMITTER_NAME": "x", "GIT_COMMITTER_EMAIL": "x"}
    done = subprocess.run(
        ["git", "-C", folder, *arguments], check=True, capture_output=True, text=True, env={**os.environ, **who}
    )
    return done.stdout.strip()


def test_the_source_is_the_commit_and_whether_there_is_more_than_it_holds(tmp_path: Path) -> None:
    assert source(tmp_path) == Source(None, is_modified=False)
    git(tmp_path, "init", "--quiet")
    assert source(tmp_path) == Source(None, is_modified=False)
    (tmp_path / "notices").mkdir()
    (tmp_path / "notices/x").write_bytes(b"1")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "x")
    head = git(tmp_path, "rev-parse", "HEAD")
    assert source(tmp_path / "notices") == Source(head, is_modified=False)
    (tmp_path / "notices/x").write_bytes(b"2")
    assert source(tmp_path / "notices") == Source(head, is_modified=True)


# -- the same bytes everywhere

#: Another clock for a Python that finds this module first: it is 2031, and time stands still.
_OTHER_CLOCK = """
import datetime, os, time
_then = 1_930_000_000.0
time.time = lambda: _then
time.time_ns = lambda: int(_then * 1e9)
_gmtime, _localtime = time.gmtime, time.localtime
time.gmtime = lambda seconds=None: _gmtime(_then if seconds is None else seconds)
time.localtime = lambda seconds=None: _localtime(_then if seconds is None else seconds)
class _DateTime(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(_then, tz)
    @classmethod
    def utcnow(cls):
        return cls.fromtimestamp(_then)
    today = now
class _Date(datetime.date):
    @classmethod
    def today(cls):
        return cls.fromtimestamp(_then)
datetime.datetime, datetime.date = _DateTime, _Date
os.cpu_count = lambda: 1
"""


def test_another_path_time_zone_locale_user_and_number_of_processors_give_the_same_manifest(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "elsewhere" / "另 处"
    for project in (here, there):
        project.mkdir(parents=True)
        for name in ("noticeboard", "theme", "docs"):
            shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
        five.copied(project / "notices")
        for name in ("mkdocs.yml", "build_site.py"):
            shutil.copyfile(ROOT / name, project / name)
        # A file's own time is no content.
        for at, file in enumerate(sorted(project.rglob("*.yml"))):
            os.utime(file, (at, at + (0 if project == here else 10**9)))
    clock = tmp_path / "clock"
    clock.mkdir()
    (clock / "sitecustomize.py").write_text(_OTHER_CLOCK, encoding="utf-8")
    elsewhere = {
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "tr_TR.UTF-8",
        "LANG": "tr_TR",
        "PYTHONPATH": str(clock),
        "PYTHONHASHSEED": "7",
        "HOME": str(tmp_path),
        "USER": "another",
        "LOGNAME": "another",
    }
    address = {"SITE_URL": "https://example.org/"}
    for project, environment in ((here, address), (there, address | elsewhere)):
        command = [sys.executable, project / "build_site.py", "build", "--site-dir", project / "out"]
        one_processor = ["taskset", "-c", "0"] if project == there and shutil.which("taskset") else []
        subprocess.run(
            [*one_processor, *command], check=True, capture_output=True, env={**os.environ, **environment}, cwd=project
        )
    assert (here / "out" / PATH).read_bytes() == (there / "out" / PATH).read_bytes()
    assert len(manifest_of(here / "out")["files"]) > 300


def test_the_other_clock_of_that_test_is_another_one(tmp_path: Path) -> None:
    """A test of reproducibility that changes nothing proves nothing."""
    (tmp_path / "sitecustomize.py").write_text(_OTHER_CLOCK, encoding="utf-8")
    program = "import datetime, time; print(datetime.datetime.now().year, datetime.date.today().year, time.time())"
    command = [sys.executable, "-c", program]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    said = subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout
    assert said == "2031 2031 1930000000.0\n"
