"""The command line: what is said, where, and with which exit code. Never a traceback."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from noticeboard.paths import ROOT
from tests import five
from tests.program import run, run_alone
from tests.records import NOTICE, UNIT, write


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the real notices to break."""
    return five.copied(tmp_path / "notices")


def test_the_real_notices_pass_even_strictly() -> None:
    done = run_alone("check", "--strict", "--notices", five.FOLDER)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("检查了 5 个单位、5 份通报：0 个错误，0 个警告")


def test_the_summary_counts_the_files_that_cannot_be_read(copy: Path) -> None:
    (copy / "qiyang-wenlian/2023-12.yml").write_text("标题: [\n", encoding="utf-8")
    done = run("check", "--notices", copy)
    assert done.stderr.startswith("检查了 5 个单位、4 份通报，1 个文件读不懂：1 个错误")


@pytest.mark.parametrize("path", [Path(path.parent.name, path.name) for path in five.NOTICES], ids=str)
@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("标题: ", "标题：", "fullwidth-colon"),
        ("  内容: 摘要", "\t内容: 摘要", "tab"),
        ("文种: ", "文钟: ", "unknown-key"),
        ("巡察整改进展\n", "巡察整改\n", "not-in-list"),
        ("反馈: 20", "反馈: 20.", "date-form"),
    ],
)
def test_a_broken_copy_of_each_notice_gives_located_messages_and_exit_1(
    copy: Path, path: Path, before: str, after: str, code: str
) -> None:
    text = (copy / path).read_text(encoding="utf-8")
    assert before in text
    (copy / path).write_text(text.replace(before, after, 1), encoding="utf-8")
    line = text[: text.index(before)].count("\n") + 1
    done = run("check", "--notices", copy)
    assert done.returncode == 1
    assert any(
        found.startswith(f"{copy / path}:{line}:") and f" {code} " in found for found in done.stdout.splitlines()
    )


def test_one_path_is_checked_alone(copy: Path) -> None:
    for unit in ("qiyang-wenlian", "fushun-wenlian"):
        (copy / unit / "2020.yml").write_text("标题：甲\n", encoding="utf-8")
    done = run("check", copy / "qiyang-wenlian" / "2020.yml")
    assert done.returncode == 1
    assert done.stdout.count(" 错误 ") == 1
    assert "qiyang-wenlian/2020.yml:1:1: 错误 fullwidth-colon" in done.stdout


def test_one_notice_is_not_blamed_for_its_unit(tmp_path: Path) -> None:
    folder = write(tmp_path, {"shili/unit.yml": UNIT + "联系方式: {电话: 0830-xxxxxx}\n", "shili/2023.yml": NOTICE})
    assert run("check", folder / "shili" / "2023.yml").returncode == 0
    assert run("check", folder / "shili").returncode == 1
    write(tmp_path, {"shili/unit.yml": "全称：甲\n"})
    assert "unit.yml:1:1: 错误 fullwidth-colon" in run("check", folder / "shili" / "2023.yml").stdout


def test_a_notice_outside_any_unit_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "2023.yml").write_text(NOTICE, encoding="utf-8")
    done = run("check", tmp_path / "2023.yml")
    assert done.returncode == 1
    assert "unit-missing" in done.stdout


def test_warnings_block_only_under_strict(tmp_path: Path) -> None:
    folder = write(tmp_path, {"shili/unit.yml": UNIT, "shili/2023.yml": NOTICE + "原文缺损: 缺结尾\n"})
    assert run("check", folder).returncode == 0
    assert run("check", folder, "--strict").returncode == 1


@pytest.mark.parametrize(
    "arguments", [["check", "没有这个文件夹"], ["check", "--notices", "没有"], ["--notices", "没有"]]
)
def test_a_missing_folder_is_exit_2(arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stderr.startswith("无法运行：找不到")


def test_errors_leave_the_old_site_alone(copy: Path, tmp_path: Path) -> None:
    site_dir = write(tmp_path / "site", {"index.html": "旧"})
    (copy / "qiyang-wenlian" / "unit.yml").unlink()
    done = run("--notices", copy, "--site-dir", site_dir)
    assert done.returncode == 1
    assert "没有生成网站：1 个错误" in done.stderr
    assert [path.name for path in site_dir.iterdir()] == ["index.html"]


@pytest.fixture
def one_notice(tmp_path: Path) -> Path:
    return write(tmp_path / "notices", {"shili/unit.yml": UNIT, "shili/2023.yml": NOTICE})


def test_a_build_with_an_address_of_this_computer_says_so_and_how_to_set_another(one_notice: Path) -> None:
    arguments = ("--notices", one_notice, "--site-dir", one_notice.parent / "site")
    done = run(*arguments, SITE_URL="http://localhost:8000/", CI="")
    assert done.returncode == 0
    (said,) = [line for line in done.stderr.splitlines() if "localhost" in line]
    assert said.startswith("注意：网址还是本机的（http://localhost:8000/）")
    assert said.endswith("例如 SITE_URL=https://example.org/")
    assert "本机" not in run(*arguments).stderr


def test_where_sites_are_published_none_is_built_with_an_address_of_this_computer(one_notice: Path) -> None:
    arguments = ("--notices", one_notice, "--site-dir", one_notice.parent / "site")
    done = run(*arguments, SITE_URL="http://127.0.0.1/", CI="true")
    assert done.returncode == 2
    assert done.stderr.startswith("无法运行：网址还是本机的（http://127.0.0.1/）")
    assert not (one_notice.parent / "site").exists()
    # What is only looked at is looked at here.
    assert run("pages", *arguments[:2], "--pages-dir", one_notice.parent / "pages", CI="true").returncode == 0


@pytest.mark.parametrize("url", ["https://[/", "example.org", "https://example.org/?a"])
def test_an_address_that_can_be_none_is_told_in_one_line(one_notice: Path, url: str) -> None:
    done = run("--notices", one_notice, "--site-dir", one_notice.parent / "site", SITE_URL=url)
    assert done.returncode == 2
    assert re.fullmatch(r"无法运行：.*site_url“.*\n", done.stderr)


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {"letter.txt": "x"})
    done = run("--site-dir", tmp_path)
    assert done.returncode == 2
    assert "不是空的" in done.stderr


def test_an_empty_folder_never_replaces_a_site(tmp_path: Path) -> None:
    (tmp_path / "notices").mkdir()
    done = run("--notices", tmp_path / "notices", "--site-dir", tmp_path / "site")
    assert done.returncode == 2
    assert "里没有单位文件夹" in done.stderr
    assert not (tmp_path / "site").exists()


def test_the_site_does_not_go_among_the_notices(copy: Path) -> None:
    done = run("--notices", copy, "--site-dir", copy / "out")
    assert done.returncode == 2
    assert "网站不能放在通报的文件夹里" in done.stderr
    assert not (copy / "out").exists()


def test_json_and_github_say_the_same(tmp_path: Path) -> None:
    folder = write(tmp_path, {"shili/unit.yml": UNIT, "shili/2023.yml": NOTICE + "标体: 甲\n"})
    (problem,) = json.loads(run("check", folder, "--format", "json").stdout)
    assert problem["line"] == 6
    assert (problem["severity"], problem["code"], problem["message"]) == ("error", "unknown-key", "不认识的键“标体”")
    annotation = run("check", folder, "--format", "github").stdout
    assert annotation.startswith("::error file=")
    assert annotation.endswith(",line=6,col=1,title=unknown-key::不认识的键“标体” — 是不是“标题”？\n")


def test_output_is_utf8_whatever_the_console(tmp_path: Path) -> None:
    folder = write(tmp_path, {"shili/unit.yml": UNIT, "shili/2023.yml": NOTICE + "标体: 甲\n"})
    assert "不认识的键" in run_alone("check", folder, PYTHONIOENCODING="ascii", LC_ALL="C", PYTHONUTF8="0").stdout


def test_rules_are_listed_with_code_wording_and_remedy() -> None:
    lines = run("check", "--rules").stdout.splitlines()
    wanted = "警告 no-contact　通报载有联系方式 — 补上；原文没有的，在“已知差异”中写明"
    assert wanted in lines
    assert any(line.startswith("读取 fullwidth-colon") for line in lines)


@pytest.mark.parametrize("command", [["check"], ["import", "甲.docx"], ["--strict"]])
def test_a_python_without_the_libraries_says_what_to_do_before_anything_is_read(command: list[str]) -> None:
    # As NOTICEBOARD_IN_ENVIRONMENT tells, the project's own environment is not there to help.
    bare = [sys.executable, "-S", str(ROOT / "build_site.py"), *command]
    known = {**os.environ, "NOTICEBOARD_IN_ENVIRONMENT": "1", "PYTHONPATH": ""}
    done = subprocess.run(bare, capture_output=True, check=False, encoding="utf-8", env=known, cwd=ROOT)
    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch(r"无法运行：没有安装 \w+。先运行 make site，或 pip install .*\n", done.stderr)


def test_help_needs_no_library_and_names_every_command() -> None:
    bare = [sys.executable, "-S", str(ROOT / "build_site.py"), "--help"]
    done = subprocess.run(bare, capture_output=True, check=False, encoding="utf-8", cwd=ROOT)
    files = (ROOT / "noticeboard" / "commands").glob("*.py")
    commands = {file.stem.rstrip("_") for file in files if "def register(" in file.read_text(encoding="utf-8")}
    assert done.returncode == 0
    assert {line.split()[0] for line in done.stdout.splitlines() if line.startswith("    ")} == commands
