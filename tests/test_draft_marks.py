"""请核对: what is left of a draft is found however it is written; at a desk it reminds, in publishing it blocks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from noticeboard.intake.drafting.writing import DOUBT
from noticeboard.reading.read import DRAFT_MARK, read_bytes
from noticeboard.record.model import Notice
from tests.program import run
from tests.records import FILE, NOTICE, UNIT, board_of, problems_of, write

DRAFT = NOTICE + "# 请核对：原文写“截至12月底”\n数据截至: 2023-12\n"
WARNED = NOTICE.partition("联系方式")[0]


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("# 请核对：日期", "6:1"),
        ("  # 请核对", "6:3"),
        ("数据截至: 2023-12  # 请核对", "6:16"),
        ("数据截至: 2023-12 #请核对", "6:15"),
        ("#请核对", "6:1"),
        ("##  请核对", "6:1"),
        ("#\u3000请 核 对", "6:1"),
        ("# 【请核对】日期", "6:1"),
        ("# “请核对”", "6:1"),
        ("# 請核對", "6:1"),
        ("概述: 甲 ＃请核对", "6:7"),
        ("概述: 甲＃ 请核对：乙", "6:6"),
        ("概述: 甲# 请核对", "6:6"),
        ('概述: "甲 # 请核对"', "6:8"),
        ("概述: |\n  甲\n  ＃ 请核对", "8:3"),
    ],
)
def test_a_mark_is_found_where_it_stands_and_is_one_problem(line: str, place: str) -> None:
    assert problems_of(f"{NOTICE}{line}\n") == [f"{place} draft-open"]


@pytest.mark.parametrize(
    "line",
    ["概述: 请核对联系方式", "# 标有“请核对”的地方看过、改好以后，删去那一行。", "概述: 第#1号，请核对", "# 请对照"],
)
def test_words_that_only_speak_of_it_are_none(line: str) -> None:
    assert problems_of(f"{NOTICE}{line}\n") == []


def test_a_mark_in_the_file_of_a_unit_is_found_too(tmp_path: Path) -> None:
    unit = UNIT.replace("级别: 县", "级别: 县  # 请核对：按名称猜的")
    _, problems = board_of(tmp_path, {"shili/unit.yml": unit, "shili/2023.yml": NOTICE})
    assert [(one.file.name, one.place.line, one.code) for one in problems] == [("unit.yml", 5, "draft-open")]


def test_what_import_writes_is_a_mark() -> None:
    assert DRAFT_MARK.match(DOUBT)


def test_it_says_what_is_in_doubt_and_how_to_be_rid_of_the_mark() -> None:
    alone, behind = (
        read_bytes(FILE, (NOTICE + line).encode("utf-8"), Notice).problems[0]
        for line in ("# 请核对：日期\n", "数据截至: 2023-12  # 请核对：日期\n")
    )
    assert alone.what == behind.what == "草稿里还有没核对的地方：日期"
    assert "删去这一行注释" in alone.remedy
    assert "从“#”起删去，留下前面的值" in behind.remedy


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    return write(tmp_path / "notices", {"shili/unit.yml": UNIT, "shili/2023.yml": DRAFT})


def test_at_a_desk_it_is_a_warning_and_a_site_can_be_looked_at(draft: Path, tmp_path: Path) -> None:
    checked = run("check", "--notices", draft, CI="")
    assert (checked.returncode, "警告 draft-open" in checked.stdout) == (0, True)
    built = run("build", "--notices", draft, "--site-dir", tmp_path / "site")
    assert built.returncode == 0
    for done in (checked, built):
        assert "草稿里还有 1 处“请核对”：自己看可以，删完以前不能公布" in done.stderr
    manifest = json.loads((tmp_path / "site/data/manifest.json").read_text(encoding="utf-8"))
    assert manifest["open_drafts"] == 1


def test_on_ci_it_is_an_error_of_every_command_that_checks_or_publishes(draft: Path, tmp_path: Path) -> None:
    checked = run("check", "--notices", draft, "--format", "github", CI="true")
    assert (checked.returncode, checked.stdout.startswith("::error file=")) == (1, True)
    assert run("build", "--notices", draft, "--site-dir", tmp_path / "site", CI="true").returncode == 1
    assert run("pages", "--notices", draft, "--pages-dir", tmp_path / "pages", CI="true").returncode == 1
    assert not (tmp_path / "site").exists()
    assert not (tmp_path / "pages").exists()


@pytest.mark.parametrize(
    ("more", "ci", "code"), [("", "true", 1), ("已知差异: [{代码: no-contact, 原因: 原文没有}]\n", "true", 0)]
)
def test_on_ci_no_site_is_built_with_a_warning_that_nobody_accounts_for(
    tmp_path: Path, more: str, ci: str, code: int
) -> None:
    notices = write(tmp_path / "notices", {"shili/unit.yml": UNIT, "shili/2023.yml": WARNED + more})
    done = run("build", "--notices", notices, "--site-dir", tmp_path / "site", CI=ci)
    assert done.returncode == code
    assert ("--strict，CI 里总是这样" in done.stderr) == (code == 1)
    # A check is no publication: only what is left of a draft is graver there.
    assert run("check", "--notices", notices, CI=ci).returncode == 0
