"""``check --base REV``: what git tells of the past, whatever the work tree holds, and what is said where it cannot."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from noticeboard.board.board import Board
from noticeboard.board.folders import load
from noticeboard.board.revisions import published
from noticeboard.problems import CannotRun
from tests.program import run
from tests.records import NOTICE, UNIT, write

ISSUE = "问题:\n  - {标识: i-1, 标题: 账目不清, 主题: 财务管理}\n"
FILES = {"notices/shili/unit.yml": UNIT, "notices/shili/2023.yml": NOTICE + ISSUE}


def git(folder: Path, *arguments: str) -> str:
    settings = ("user.name=甲", "user.email=jia@example.org", "commit.gpgSign=false", "init.defaultBranch=main")
    options = [option for setting in settings for option in ("-c", setting)]
    done = subprocess.run(
        ["git", *options, *arguments], cwd=folder, check=True, capture_output=True, encoding="utf-8", env=environment()
    )
    return done.stdout.strip()


def environment(**more: str) -> dict[str, str]:
    """Without what this machine's git is told."""
    plain = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    return {**plain, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, **more}


def commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "x")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository whose only commit has one unit with one notice."""
    folder = write(tmp_path / "repository", FILES)
    git(folder, "init", "--quiet")
    commit(folder)
    return folder


def located(done: subprocess.CompletedProcess[str]) -> list[str]:
    """The line of each problem, without the place in its file that is shown below."""
    return [line for line in done.stdout.splitlines() if line and not line.startswith(" ")]


def check(folder: Path, *arguments: object, base: str = "HEAD", **more: str) -> subprocess.CompletedProcess[str]:
    return run("check", "--notices", folder / "notices", f"--base={base}", *arguments, **more)


def test_nothing_changed_is_nothing_to_say(repository: Path) -> None:
    done = check(repository)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("检查了 1 个单位、1 份通报：0 个错误")


def test_a_loss_is_an_error_in_every_format(repository: Path) -> None:
    file = write(repository, {"notices/shili/2023.yml": NOTICE}) / "notices/shili/2023.yml"
    done = check(repository)
    assert done.returncode == 1
    assert done.stdout.startswith(f"{file}:1:1: 错误 anchor-gone i-1“账目不清”没有了 — 恢复“账目不清”（标识: i-1）")
    (problem,) = json.loads(check(repository, "--format", "json").stdout)
    assert (problem["code"], problem["severity"]) == ("anchor-gone", "error")
    assert check(repository, "--format", "github").stdout.startswith("::error file=")


def test_other_text_is_a_warning_that_blocks_only_under_strict(repository: Path) -> None:
    write(repository, {"notices/shili/2023.yml": NOTICE + ISSUE.replace("账目不清", "账目不明")})
    assert check(repository).returncode == 0
    assert check(repository, "--strict").returncode == 1


def test_without_a_base_nothing_is_compared(repository: Path) -> None:
    write(repository, {"notices/shili/2023.yml": NOTICE})
    done = run("check", "--notices", repository / "notices")
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("revision", ["HEAD~1", "v1", "origin/main", "sha", "v1^{}", "HEAD^{/x}~1"])
def test_any_way_to_name_a_commit_will_do(repository: Path, revision: str) -> None:
    git(repository, "tag", "-a", "v1", "--message", "x")
    git(repository, "update-ref", "refs/remotes/origin/main", "HEAD")
    first = git(repository, "rev-parse", "HEAD")
    write(repository, {"notices/shili/2023.yml": NOTICE})
    commit(repository)
    assert "anchor-gone" in check(repository, base=first if revision == "sha" else revision).stdout
    assert check(repository).returncode == 0


def test_neither_the_index_nor_the_work_tree_is_taken_for_the_past(repository: Path) -> None:
    changed = NOTICE + ISSUE.replace("i-1", "i-2")
    write(repository, {"notices/shili/2023.yml": changed})
    git(repository, "add", "--all")
    write(repository, {"notices/shili/2023.yml": NOTICE + ISSUE})
    assert check(repository).stdout == ""
    git(repository, "reset", "--quiet")
    write(repository, {"notices/shili/2023.yml": changed})
    assert "anchor-gone" in check(repository).stdout
    assert git(repository, "status", "--porcelain") == "M notices/shili/2023.yml"


def test_the_repository_is_left_as_it_was(repository: Path) -> None:
    write(repository, {"notices/shili/2023.yml": NOTICE})
    before = {path: path.read_bytes() for path in repository.rglob("*") if path.is_file()}
    check(repository)
    assert {path: path.read_bytes() for path in repository.rglob("*") if path.is_file()} == before


def test_a_deleted_notice_and_a_deleted_unit_are_gone(repository: Path) -> None:
    write(repository, {"notices/bie/unit.yml": UNIT, "notices/bie/2023.yml": NOTICE.replace("示例通报", "别的通报")})
    commit(repository)
    (repository / "notices/shili/2023.yml").unlink()
    shutil.rmtree(repository / "notices/bie")
    lines = located(check(repository))
    notices = repository / "notices"
    assert [line.partition(" 错误")[0] for line in lines] == [
        f"{notices}/bie/2023.yml:1:1:", f"{notices}/bie/unit.yml:1:1:", f"{notices}/shili/unit.yml:1:1:"
    ]  # fmt: skip


def test_a_unit_without_its_file_is_gone_with_its_notices(repository: Path) -> None:
    write(repository, {"notices/bie/unit.yml": UNIT})
    (repository / "notices/shili/unit.yml").unlink()
    lines = located(check(repository))
    assert [line.split(" ")[2:4] for line in lines if " address-gone " in line] == [
        ["address-gone", "网址"], ["address-gone", "网址"]
    ]  # fmt: skip


def test_a_link_in_the_place_of_a_folder_answers_for_nothing(repository: Path) -> None:
    (repository / "notices/shili").rename(repository / "notices/xin")
    (repository / "notices/shili").symlink_to("xin")
    lines = [line for line in located(check(repository)) if " address-gone " in line]
    assert [line.partition(" — ")[2].endswith("/unit.yml 里写“旧址: shili”") for line in lines] == [True, True]


def test_a_notice_that_moved_is_told_the_line_to_write(repository: Path) -> None:
    old, new = repository / "notices/shili/2023.yml", repository / "notices/shili/2024.yml"
    old.rename(new)
    assert f"在 {new} 里写“旧址: shili/2023”" in check(repository).stdout
    new.write_text(new.read_text("utf-8") + "旧址: shili/2023\n", "utf-8")
    assert check(repository).stdout == ""


def test_a_notice_that_cannot_be_read_now_has_only_its_own_problem(repository: Path) -> None:
    write(repository, {"notices/shili/2023.yml": "标题：甲\n"})
    (line,) = located(check(repository))
    assert "fullwidth-colon" in line
    write(repository, {"notices/shili/unit.yml": "全称：甲\n"})
    assert "address-gone" not in check(repository).stdout


def test_what_could_not_be_read_then_is_one_warning_a_file(repository: Path) -> None:
    write(repository, {"notices/shili/2022.yml": "标题：甲\n", "notices/shili/2021.yml": "标题：甲\n"})
    commit(repository)
    (repository / "notices/shili/2021.yml").unlink()
    write(repository, {"notices/shili/2022.yml": NOTICE})
    lines = located(check(repository))
    assert [line.split(": ")[1].rpartition(" ")[0].split(" ")[:2] for line in lines] == [
        ["错误", "address-gone"], ["警告", "base-unreadable"], ["警告", "base-unreadable"]
    ]  # fmt: skip


def test_a_unit_that_could_not_be_read_then_counts_with_all_its_notices(repository: Path) -> None:
    write(repository, {"notices/shili/unit.yml": "全称：甲\n"})
    commit(repository)
    write(repository, {"notices/shili/unit.yml": UNIT})
    (repository / "notices/shili/2023.yml").unlink()
    done = check(repository)
    assert [line.partition(" 网址")[0] for line in located(done)] == [
        f"{repository}/notices/shili/unit.yml:1:1: 错误 address-gone",
        f"{repository}/notices/shili/unit.yml:1:1: 警告 base-unreadable 这个文件以前的内容读不懂，没有与它比较 — "
        "自己对照以前的内容，看有没有不该改的",
    ]


def test_what_was_no_notice_then_had_no_address(repository: Path) -> None:
    stray = ("shili/说明.txt", "shili/2023-13.yml", "2022.yml", "shili/sub/2020.yml", "Upper/unit.yml", "none/2020.yml")
    write(repository, {f"notices/{path}": NOTICE for path in stray})
    commit(repository)
    shutil.rmtree(repository / "notices")
    write(repository, FILES)
    assert check(repository).stdout == ""


def test_links_and_submodules_are_passed_over(repository: Path) -> None:
    (repository / "notices/shili/2022.yml").symlink_to("2023.yml")
    (repository / "notices/link").symlink_to("shili")
    git(repository, "add", "--all")
    git(
        repository, "update-index", "--add", "--cacheinfo", f"160000,{git(repository, 'rev-parse', 'HEAD')},notices/sub"
    )
    git(repository, "commit", "--quiet", "--message", "x")
    for path in ("shili/2022.yml", "link"):
        (repository / "notices" / path).unlink()
    assert check(repository).stdout == ""


@pytest.mark.parametrize("path", ["notices", "a b/通报", ":(top)x", "-x", "deep/er/notices"])
def test_the_folder_may_have_any_name_and_stand_anywhere(tmp_path: Path, path: str) -> None:
    files = {f"{path}/{file.removeprefix('notices/')}": text for file, text in FILES.items()}
    repository = write(tmp_path, {**files, "notices-2/other/unit.yml": UNIT})
    git(repository, "init", "--quiet")
    commit(repository)
    write(repository, {f"{path}/shili/2023.yml": NOTICE})
    done = run("check", "--notices", repository / path, "--base", "HEAD")
    assert done.stdout.startswith(f"{repository / path / 'shili/2023.yml'}:1:1: 错误 anchor-gone ")
    assert len(located(done)) == 1


def test_the_folder_may_be_the_whole_repository(tmp_path: Path) -> None:
    write(tmp_path, {file.removeprefix("notices/"): text for file, text in FILES.items()})
    git(tmp_path, "init", "--quiet")
    commit(tmp_path)
    (tmp_path / "shili/2023.yml").unlink()
    assert "address-gone" in run("check", "--notices", tmp_path, "--base", "HEAD").stdout


def test_a_repository_with_names_by_sha256_is_read_as_well(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    git(tmp_path, "init", "--quiet", "--object-format=sha256")
    commit(tmp_path)
    now, _ = load(tmp_path / "notices")
    assert published(tmp_path / "notices", "HEAD", now).board.notices[0].notice is now.notices[0].notice
    write(tmp_path, {"notices/shili/2023.yml": NOTICE})
    assert "anchor-gone" in check(tmp_path).stdout


def test_a_file_with_the_same_content_is_not_read_twice(repository: Path) -> None:
    now, _ = load(repository / "notices")
    again = published(repository / "notices", "HEAD", now).board
    assert again.notices[0].notice is now.notices[0].notice
    assert published(repository / "notices", "HEAD", Board()).board.notices[0].notice == now.notices[0].notice


# -- PATH


def test_only_what_concerns_the_named_files_is_reported(repository: Path) -> None:
    more = {
        f"notices/{unit}/{name}": text
        for unit in ("jia", "yi")
        for name, text in (("unit.yml", UNIT), ("2023.yml", NOTICE + ISSUE), ("2022.yml", NOTICE))
    }
    write(repository, more)
    commit(repository)
    for unit in ("jia", "yi"):
        write(repository, {f"notices/{unit}/2023.yml": NOTICE})
        (repository / f"notices/{unit}/2022.yml").unlink()
    notices = repository / "notices"
    of_file = check(repository, notices / "jia/2023.yml")
    assert [line.split(" ")[:3] for line in located(of_file)] == [
        [f"{notices}/jia/2023.yml:1:1:", "错误", "anchor-gone"]
    ]
    of_unit = run("check", notices / "jia", "--base", "HEAD")
    assert [line.split(" ")[:3] for line in located(of_unit)] == [
        [f"{notices}/jia/2023.yml:1:1:", "错误", "anchor-gone"],
        [f"{notices}/jia/unit.yml:1:1:", "错误", "address-gone"],
    ]
    assert len(located(run("check", notices, "--base", "HEAD"))) == 4
    assert check(repository, notices / "shili").returncode == 0


def test_a_notice_may_have_moved_to_where_nobody_pointed(repository: Path) -> None:
    write(repository, {"notices/jia/unit.yml": UNIT, "notices/jia/2023.yml": NOTICE + ISSUE + "旧址: shili/2023\n"})
    (repository / "notices/shili/2023.yml").unlink()
    assert run("check", repository / "notices/shili", "--base", "HEAD").stdout == ""


# -- what prevents it


def refusal(done: subprocess.CompletedProcess[str]) -> str:
    """The one sentence of a run that could not be."""
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    return line


def test_a_revision_without_the_folder_is_all_new(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    commit(tmp_path)
    write(tmp_path, FILES)
    done = check(tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith(
        f"版本“HEAD”里没有文件夹 {tmp_path / 'notices'} 的通报：全部是新的，没有可以比较的。\n"
    )


@pytest.mark.parametrize("zeros", ["0" * 40, "0" * 64])
def test_before_the_first_push_which_git_writes_as_zeros_there_was_nothing(repository: Path, zeros: str) -> None:
    (repository / "notices/shili/2023.yml").unlink()
    done = check(repository, base=zeros)
    assert (done.returncode, done.stdout) == (0, "")
    assert "全部是新的" in done.stderr


def test_a_file_that_had_the_folders_name_held_no_notices(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    write(tmp_path, {"notices": NOTICE})
    commit(tmp_path)
    (tmp_path / "notices").unlink()
    write(tmp_path, FILES)
    assert "全部是新的" in check(tmp_path).stderr


@pytest.mark.parametrize("revision", ["nowhere", "origin/main", "f" * 40, "", "HEAD~9", "a..b", "HEAD:notices", "中文"])
def test_an_unknown_revision_is_told_so(repository: Path, revision: str) -> None:
    words = refusal(check(repository, base=revision))
    assert words.startswith(f"无法运行：git 不认识版本“{revision}”；写提交号、标签或分支")


@pytest.mark.parametrize("revision", ["--help", "-h", "--git-dir", "--output=stolen", "--all", "-"])
def test_a_revision_never_becomes_an_option(repository: Path, revision: str) -> None:
    assert "不认识版本" in refusal(check(repository, base=revision))
    assert not list(repository.rglob("stolen"))


def test_a_shallow_clone_is_told_how_to_deepen(repository: Path, tmp_path: Path) -> None:
    commit(repository)
    git(tmp_path, "clone", "--quiet", "--depth", "1", repository.as_uri(), "clone")
    assert check(tmp_path / "clone").returncode == 0
    words = refusal(check(tmp_path / "clone", base="HEAD~1"))
    assert "浅克隆" in words
    assert "git fetch --unshallow" in words
    assert "fetch-depth: 0" in words
    git(tmp_path / "clone", "fetch", "--quiet", "--unshallow")
    assert check(tmp_path / "clone", base="HEAD~1").returncode == 0


def test_a_clone_without_contents_is_told_so(repository: Path, tmp_path: Path) -> None:
    write(repository, {"notices/shili/2023.yml": NOTICE})
    commit(repository)
    git(repository, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "--quiet", "--filter=blob:none", repository.as_uri(), "clone")
    # Where git would fetch what is missing, there is nothing to fetch from any more.
    shutil.rmtree(repository)
    assert "这个克隆不完整" in refusal(check(tmp_path / "clone", base="HEAD~1"))


def test_a_folder_outside_any_repository_is_told_so(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    words = refusal(check(tmp_path, GIT_CEILING_DIRECTORIES=str(tmp_path.parent)))
    assert words.startswith(f"无法运行：文件夹 {tmp_path / 'notices'} 不在 git 仓库里")


def test_a_repository_without_a_commit_is_told_so(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    git(tmp_path, "init", "--quiet")
    assert "git 不认识版本“HEAD”" in refusal(check(tmp_path))


def test_a_repository_of_somebody_else_is_told_how_to_be_trusted(repository: Path) -> None:
    words = refusal(check(repository, **environment(GIT_TEST_ASSUME_DIFFERENT_OWNER="1")))
    assert words.endswith(f"git config --global --add safe.directory {repository}")


def test_without_git_it_is_told_so(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(CannotRun, match="没有安装 git"):
        published(repository / "notices", "HEAD", Board())


def test_inside_a_hook_the_repository_of_the_folder_counts(repository: Path, tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "other")
    write(repository, {"notices/shili/2023.yml": NOTICE})
    done = check(repository, GIT_DIR=str(tmp_path / "other/.git"), GIT_INDEX_FILE=".git/index", GIT_PREFIX="x/")
    assert "anchor-gone" in done.stdout
