"""收录: the day on which this site took a notice in. Who writes it, what git knows of it, where it is shown."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from noticeboard import paths
from noticeboard.board.board import Board
from noticeboard.changes.guard import broken_promises
from noticeboard.commands import clock, main
from noticeboard.record.dates import PartialDate
from noticeboard.site.model.site import Site
from noticeboard.site.pages.lists import HomeView
from noticeboard.site.pages.tree import pages
from noticeboard.site.views.sitepages import CONTACTS, HOME, ISSUES, SITE_MAP, STATISTICS, TOPICS, UNITS
from tests.drafts import LEAD, import_document
from tests.records import MASTHEAD, NOTICE, UNIT, board_of, write
from tests.test_webform import FILLED, body

UNDATED = NOTICE.replace("收录: 2024-01-05\n", "")
TODAY = PartialDate(2026, 11, 30)
LATE_IN_LONDON = "2024-01-05T20:00:00+00:00"


def git(folder: Path, *arguments: str, at: str = LATE_IN_LONDON, committed: str = "") -> None:
    days = {"GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": committed or at}
    who = ("-c", "user.name=示例", "-c", "user.email=shili@example.org", "-c", "core.autocrlf=false")
    done = subprocess.run(
        ["git", *who, *arguments], cwd=folder, capture_output=True, check=False, env=os.environ | days
    )
    assert done.returncode == 0, done.stderr


def committed(folder: Path, files: dict[str, str], **days: str) -> Path:
    """A repository with these files in ``notices/``; gives that folder."""
    notices = write(folder / "notices", {"shili/unit.yml": UNIT, **files})
    git(folder, "init", "--quiet")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "first", **days)
    return notices


def fix(notices: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """What ``check --fix`` says."""
    main(["check", "--fix", "--notices", str(notices)])
    return capsys.readouterr().err


def day_in(file: Path) -> str:
    """The line 收录 of a file, if it has one."""
    return next((line for line in file.read_text(encoding="utf-8").splitlines() if line.startswith("收录")), "")


class TestRules:
    def test_a_notice_without_it_is_warned_of(self, tmp_path: Path) -> None:
        _, problems = board_of(tmp_path, {"shili/unit.yml": UNIT, "shili/2023.yml": UNDATED})
        assert [(one.severity.value, one.code) for one in problems] == [("警告", "no-entry-day")]

    def test_a_retired_one_is_not(self, tmp_path: Path) -> None:
        gone = UNDATED + "状态: {词语: 撤下, 日期: 2024-05-06, 原因: 重复}\n"
        assert board_of(tmp_path, {"shili/unit.yml": UNIT, "shili/2023.yml": gone})[1] == []

    @pytest.mark.parametrize(
        ("entered", "own", "codes"),
        [
            ("2023-12-13", "落款日期: 2023-12-14", ["4:5 entered-early"]),
            ("2023-12-14", "落款日期: 2023-12-14", []),
            ("2023-12", "落款日期: 2023-12-14", []),
            ("2023", "落款日期: 2023-12-14", []),
            ("2022", "落款日期: 2023-12-14", ["4:5 entered-early"]),
            ("2023-12-15", "落款日期: 2023-12-14, 发布日期: 2023-12-20", ["4:5 entered-early"]),
            ("{原文: 某日}", "落款日期: 2023-12-14", ["4:5 change-undated"]),
        ],
    )
    def test_it_is_a_sure_day_and_not_before_the_notice(
        self, tmp_path: Path, entered: str, own: str, codes: list[str]
    ) -> None:
        text = NOTICE.replace("2024-01-05", entered).replace("落款日期: 2023-12-14", own)
        _, problems = board_of(tmp_path, {"shili/unit.yml": UNIT, "shili/2023.yml": text})
        assert [f"{one.place.line}:{one.place.column} {one.code}" for one in problems] == codes

    @pytest.mark.parametrize(
        ("before", "now", "codes"),
        [
            (UNDATED, NOTICE, []),
            (NOTICE, NOTICE.replace("2024-01-05", "2024-02-05"), ["entry-day-changed"]),
            (NOTICE, UNDATED, ["entry-day-changed"]),
            (
                NOTICE,
                NOTICE.replace("2024-01-05", "2024-02-05") + "变更: [{日期: 2024-03-01, 内容: 更正收录, 依据: 核对}]\n",
                [],
            ),
        ],
        ids=["written for the first time", "changed", "taken away", "changed and told"],
    )
    def test_against_what_was_published_a_change_of_it_is_a_warning(
        self, tmp_path: Path, before: str, now: str, codes: list[str]
    ) -> None:
        old, new = (
            board_of(tmp_path / name, {"shili/unit.yml": UNIT, "shili/2023.yml": text})[0]
            for name, text in (("old", before), ("new", now))
        )
        found = list(broken_promises(old, new))
        assert [one.code for one in found] == codes
        assert {one.severity.value for one in found} <= {"警告"}


class TestGit:
    def test_the_first_commit_tells_the_day_in_china_by_its_author(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        notices = committed(tmp_path, {"shili/2023.yml": UNDATED}, committed="2025-06-01T00:00:00+08:00")
        said = fix(notices, capsys)
        assert "  +收录: 2024-01-06\n" in said
        assert "0 个警告" in said
        assert (notices / "shili/2023.yml").read_text(encoding="utf-8") == NOTICE.replace("2024-01-05", "2024-01-06")

    def test_a_later_change_is_not_the_first(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        notices = committed(tmp_path, {"shili/2023.yml": UNDATED})
        (notices / "shili/2023.yml").write_text(UNDATED + "概述: 甲\n", encoding="utf-8")
        git(tmp_path, "commit", "--all", "--quiet", "--message", "second", at="2025-01-01T00:00:00+08:00")
        fix(notices, capsys)
        assert day_in(notices / "shili/2023.yml") == "收录: 2024-01-06"

    def test_a_renamed_file_keeps_its_day(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        notices = committed(tmp_path, {"草稿/2023.yml": UNDATED, "草稿/unit.yml": UNIT})
        git(tmp_path, "mv", "notices/草稿/2023.yml", "notices/shili/2023-12.yml")
        shutil.rmtree(notices / "草稿")
        git(tmp_path, "add", "--all")
        git(tmp_path, "commit", "--quiet", "--message", "move", at="2025-01-01T00:00:00+08:00")
        fix(notices, capsys)
        assert day_in(notices / "shili/2023-12.yml") == "收录: 2024-01-06"

    def test_a_copy_of_another_notice_is_a_new_one(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        notices = committed(tmp_path, {"shili/2023.yml": UNDATED})
        write(notices, {"shili/2024.yml": UNDATED.replace("2023-12-14", "2024-12-14")})
        git(tmp_path, "add", ".")
        git(tmp_path, "commit", "--quiet", "--message", "another", at="2025-01-01T00:00:00+08:00")
        fix(notices, capsys)
        assert [day_in(notices / f"shili/{year}.yml") for year in (2023, 2024)] == [
            "收录: 2024-01-06",
            "收录: 2025-01-01",
        ]

    def test_a_file_that_is_not_committed_is_left_to_its_writer(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        notices = committed(tmp_path, {})
        write(notices, {"shili/2023.yml": UNDATED})
        said = fix(notices, capsys)
        assert "没有替" in said
        assert "还没有提交；今天收进来的写今天的日期" in said
        assert (notices / "shili/2023.yml").read_text(encoding="utf-8") == UNDATED

    def test_a_repository_without_any_commit_knows_no_day(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        notices = write(tmp_path / "notices", {"shili/unit.yml": UNIT, "shili/2023.yml": UNDATED})
        git(tmp_path, "init", "--quiet")
        assert "还没有提交" in fix(notices, capsys)

    def test_without_a_repository_it_is_not_guessed(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        notices = write(tmp_path, {"shili/unit.yml": UNIT, "shili/2023.yml": UNDATED, "shili/2024.yml": UNDATED})
        said = fix(notices, capsys)
        assert "等 2 份 写“收录”：不在 git 仓库里" in said
        assert day_in(notices / "shili/2023.yml") == ""

    def test_a_shallow_clone_does_not_know_the_first_commit(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        committed(tmp_path / "whole", {"shili/2023.yml": UNDATED})
        git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{tmp_path / 'whole'}", "shallow")
        said = fix(tmp_path / "shallow/notices", capsys)
        assert "浅克隆" in said
        assert "git fetch --unshallow" in said
        assert day_in(tmp_path / "shallow/notices/shili/2023.yml") == ""

    def test_a_commit_older_than_the_notice_is_not_believed(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        notices = committed(tmp_path, {"shili/2023.yml": UNDATED}, at="2001-01-01T00:00:00+08:00")
        assert "早于它的落款或发布日期" in fix(notices, capsys)
        assert day_in(notices / "shili/2023.yml") == ""

    @pytest.mark.parametrize(
        ("publication", "behind"),
        [
            ("发布:\n  内容: 摘要\n", "\n# 谁来查\n数据截至: 2023\n"),
            ("发布: {\n  内容: 摘要,\n  }\n", ""),
            ("发布: {内容: 摘要}", ""),
            ("发布:\n  内容: 摘要\n  说明: |\n    甲\n\n    # 乙\n", "数据截至: 2023\n"),
        ],
        ids=["before the remark of the next key", "in braces", "at the end", "behind a text that keeps its lines"],
    )
    def test_it_is_put_behind_what_is_said_of_the_publication(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], publication: str, behind: str
    ) -> None:
        head = "标题: 示例通报\n文种: 巡察整改进展\n"
        notices = committed(tmp_path, {"shili/2023.yml": head + publication + behind})
        fix(notices, capsys)
        end = "\n" if publication.endswith("\n") else ""
        found = (notices / "shili/2023.yml").read_text(encoding="utf-8")
        assert found == f"{head}{publication.rstrip(chr(10))}\n收录: 2024-01-06{end}{behind}"

    def test_an_empty_one_is_filled_in(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        notices = committed(tmp_path, {"shili/2023.yml": NOTICE.replace("收录: 2024-01-05", "收录:   # 以后填")})
        fix(notices, capsys)
        assert day_in(notices / "shili/2023.yml") == "收录: 2024-01-06   # 以后填"

    def test_a_whole_file_in_braces_stays(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        text = "{标题: 示例通报, 文种: 巡察整改进展, 发布: {内容: 摘要}}\n"
        notices = committed(tmp_path, {"shili/2023.yml": text})
        fix(notices, capsys)
        assert (notices / "shili/2023.yml").read_text(encoding="utf-8") == text


class TestWritten:
    @pytest.fixture(autouse=True)
    def _on_a_day(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(clock, "today", lambda: TODAY)

    def test_new_writes_the_day_of_today(self, tmp_path: Path) -> None:
        write(tmp_path, {"shili/unit.yml": UNIT})
        assert main(["new", "shili", "2021-03-01", "--no-input", "--notices", str(tmp_path)]) == 0
        assert day_in(tmp_path / "shili/2021-03-01.yml") == "收录: 2026-11-30"

    def test_import_writes_it_and_the_same_document_gives_the_same_bytes_on_one_day(self, tmp_path: Path) -> None:
        document = tmp_path / "通报.txt"
        document.write_text(f"{LEAD}一、关于账目不清问题的整改情况。\n已完成整改。\n", encoding="utf-8")
        made = []
        for name in ("one", "two"):
            assert main(["import", str(document), "-o", str(tmp_path / name)]) == 0
            (file,) = (tmp_path / name).glob("*/2*.yml")
            made.append(file.read_bytes())
            assert day_in(file) == "收录: 2026-11-30"
        assert made[0] == made[1]

    @pytest.mark.parametrize(
        "text", ["", f"{LEAD}一、关于账目不清问题的整改情况。\n已完成整改。\n"], ids=["boxes", "text"]
    )
    def test_the_web_form_writes_it(self, tmp_path: Path, text: str) -> None:
        boxes = FILLED | ({"全文": text} if text else {})
        (tmp_path / "body.md").write_text(body(**boxes), encoding="utf-8")
        asked = ["form", tmp_path / "body.md", "-o", tmp_path / "made", "--answer", tmp_path / "answer.md"]
        assert main([*map(str, asked), "--notices", str(write(tmp_path / "known", {"a/unit.yml": UNIT}))]) == 0
        (file,) = (tmp_path / "made").glob("*/2*.yml")
        assert day_in(file) == "收录: 2026-11-30"

    def test_one_place_reads_the_clock_and_it_belongs_to_the_commands(self) -> None:
        reading = re.compile(r"\b(now|utcnow|today)\(\)|\bdatetime\.now\(|\btime\.time\(")
        program = paths.ROOT / "noticeboard"
        found = [
            path.relative_to(program).as_posix()
            for path in program.rglob("*.py")
            if reading.search(path.read_text("utf-8"))
        ]
        assert [path for path in found if not path.startswith("commands/")] == []

    def test_the_day_of_a_draft_is_the_only_thing_that_another_day_changes(self) -> None:
        text = f"{LEAD}一、关于账目不清问题的整改情况。\n已完成整改。\n".encode()
        drafts = {
            day: import_document("示例.txt", text, Board(), PartialDate.parse(day)).notice
            for day in ("2026-11-30", "2026-12-01")
        }
        assert drafts["2026-11-30"].replace("收录: 2026-11-30", "收录: 2026-12-01") == drafts["2026-12-01"]


def test_a_day_is_that_of_china_wherever_the_machine_stands() -> None:
    moment = dt.datetime(2026, 12, 31, 16, 0, tzinfo=dt.UTC)
    assert PartialDate.in_china(moment).iso == "2027-01-01"
    assert PartialDate.in_china(moment - dt.timedelta(seconds=1)).iso == "2026-12-31"


OLD_BUT_NEW = NOTICE.replace("收录: 2024-01-05", "收录: 2026-11-30").replace("2023-12-14", "2021-03-01")
CHANGED = NOTICE + "变更: [{日期: 2024-06-01, 内容: 更正电话, 依据: 来函}]\n"


class TestShown:
    @pytest.fixture
    def board(self, tmp_path: Path) -> Board:
        files = {"2021-03-01": OLD_BUT_NEW, "2022": UNDATED.replace("2023-12-14", "2022"), "2023-12-14": CHANGED}
        return board_of(
            tmp_path, {"shili/unit.yml": UNIT, **{f"shili/{name}.yml": text for name, text in files.items()}}
        )[0]

    def test_the_first_page_lists_what_came_last_with_both_dates(self, board: Board) -> None:
        latest = HomeView.of(Site(board, MASTHEAD)).latest
        assert [(one.dated, one.entered) for one in latest] == [
            ("2021年3月1日落款", "2026年11月30日收录"),
            ("2023年12月14日落款", "2024年1月5日收录"),
            ("2022年落款", ""),
        ]

    def test_the_page_of_a_notice_and_the_foot_of_the_columns_tell_the_days(self, board: Board) -> None:
        made = {page.file: page.text for page in pages(Site(board, MASTHEAD))}
        changed = made["notices/shili/2023-12-14.md"]
        assert "收录于\n:   2024年1月5日\n" in changed
        assert "最近变更\n:   2024年6月1日\n" in changed
        assert "2024年1月5日收录，变更 1 条，最近一条 2024年6月1日，见上面的变更记录" in changed
        assert "最近变更\n:   收录以来没有\n" in made["notices/shili/2021-03-01.md"]
        columns = (HOME, UNITS, ISSUES, TOPICS, STATISTICS, CONTACTS, SITE_MAP)
        told = {file for file, text in made.items() if '\nsite_changed: "2026年11月30日"\n' in text}
        # A page of one notice, or of one part of a list, would change with each new notice.
        assert told == {column.address.page_file for column in columns}

    def test_the_day_of_the_site_is_that_of_its_newest_record(self, board: Board) -> None:
        assert board.last_changed == PartialDate(2026, 11, 30)
        assert Board().last_changed is None

    def test_the_statistics_are_what_they_were(self, tmp_path: Path) -> None:
        def statistics(text: str, name: str) -> str:
            board, _ = board_of(tmp_path / name, {"shili/unit.yml": UNIT, "shili/2023.yml": text})
            return next(page.text for page in pages(Site(board, MASTHEAD)) if page.file == "statistics/index.md")

        dated = statistics(NOTICE, "dated")
        assert dated.replace('site_changed: "2024年1月5日"\n', "") == statistics(UNDATED, "undated")


def test_the_data_tell_it(site: Path) -> None:
    index = json.loads((site / "data/notices.json").read_text(encoding="utf-8"))
    assert {one["entered"] for one in index["notices"]} == {"2026-11-24"}
    manifest = json.loads((site / "data/manifest.json").read_text(encoding="utf-8"))
    assert manifest["last_changed"] == "2026-11-24"
    for table in ("issues", "notices"):
        head, first = (site / f"data/{table}.csv").read_text(encoding="utf-8-sig").splitlines()[:2]
        assert (head.split(",")[-1], first.split(",")[-1]) == ("entered", "2026-11-24")


def test_the_columns_of_the_site_tell_its_newest_day_at_their_foot(site: Path) -> None:
    told = {page: "本站内容最近更新：2026年11月24日" in text_of(site / page / "index.html") for page in (
        "", "units", "issues", "statistics", "data", "about", "notices/qiyang-wenlian/2023-12"
    )}  # fmt: skip
    assert [page for page, is_told in told.items() if not is_told] == ["about", "notices/qiyang-wenlian/2023-12"]


def text_of(file: Path) -> str:
    return file.read_text(encoding="utf-8")
