"""``diff``: everything that a change changes, each in one line of words, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from noticeboard.changes.gfm import in_markdown
from tests.program import run
from tests.records import NOTICE, UNIT, write
from tests.test_revisions import commit, git

ISSUES = """方面:
  - 标识: f-1
    编号: 一、
    标题: 财经纪律方面
    问题:
      - {标识: i-1-1, 编号: (3), 标题: 账目不清, 状态: 正在整改, 措施: [清查账目, 补登账册]}
      - {标识: i-1-2, 标题: 报销不规范}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A committed unit with one notice."""
    folder = write(tmp_path / "notices", {"shili/unit.yml": UNIT, "shili/2023-12.yml": NOTICE + ISSUES})
    git(tmp_path, "init", "--quiet")
    commit(tmp_path)
    return folder


def said(folder: Path, *arguments: str) -> list[str]:
    done = run("diff", "--notices", folder, *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def change(folder: Path, *pairs: tuple[str, str], file: str = "shili/2023-12.yml") -> None:
    text = (folder / file).read_text(encoding="utf-8")
    for before, after in pairs:
        assert before in text
        text = text.replace(before, after, 1)
    (folder / file).write_text(text, encoding="utf-8")


def test_what_is_the_same_is_not_told(folder: Path) -> None:
    change(folder, ("标题: 示例通报\n文种: 巡察整改进展\n", "文种: 巡察整改进展\n\n# 注释\n标题: 示例通报\n"))
    assert said(folder) == []


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ("状态: 正在整改", "状态: 已完成整改", "问题 (3)“账目不清”：状态 正在整改 → 已完成整改"),
        ("标题: 报销不规范", "标题: 报销不规范, 状态: 正在整改", "问题“报销不规范”：状态 未标明 → 正在整改"),
        ("电话: 0000-1234560", "电话: 0000-1234561", "电话 0000-1234560 → 0000-1234561"),
        ("电话: 0000-1234560", "电话: [0000-1234560, 0000-7]", "新增电话：0000-7"),
        ("联系方式: {电话: 0000-1234560}\n", "", "删去电话：0000-1234560"),
        ("标题: 示例通报", "标题: 示例县通报", "标题 示例通报 → 示例县通报"),
        ("落款日期: 2023-12-14", "落款日期: 2023-12-15", "落款日期 2023-12-14 → 2023-12-15"),
        ("补登账册]", "补登账册, 公开账目]", "问题 (3)“账目不清”：新增措施：公开账目"),
        ("[清查账目, 补登账册]", "[补登账册]", "问题 (3)“账目不清”：删去措施：清查账目"),
        ("      - {标识: i-1-2, 标题: 报销不规范}\n", "", "删去问题“报销不规范”"),
        ("标题: 报销不规范", "标题: 报销不合规", "问题“报销不规范”：标题 报销不规范 → 报销不合规"),
        (
            "标题: 报销不规范",
            "标题: 报销不规范, 子问题: [{标识: i-9, 标题: 甲, 状态: 正在整改}]",
            "新增问题“甲”（正在整改）",
        ),
        ("题: 报销不规范", "题: 报销不规范, 销号日期: 2023-12", "问题“报销不规范”：新增销号日期：2023-12"),
        ("方面:", "通报所述: [{项目: 问题, 数: 2, 单位: 个}]\n方面:", "新增通报所述“问题”：2个"),
        ("方面:", "巡察: {巡察组: 示例组, 反馈: 2023-06-01}\n方面:", "新增巡察组：示例组"),
        ("方面:", "变更: [{日期: 2024-01-01, 内容: 改电话, 依据: 来函}]\n方面:", "新增变更：2024年1月1日 改电话"),
        ("方面:", "已知差异: [{代码: no-topic, 原因: 示例}]\n方面:", "新增已知差异“no-topic”：示例"),
    ],
)
def test_each_change_is_one_line(folder: Path, before: str, after: str, line: str) -> None:
    change(folder, (before, after))
    heading, *lines = said(folder)
    assert heading == f"更正 示例局 2023-12（{folder / 'shili/2023-12.yml'}）"
    assert f"  {line}" in lines


def test_an_issue_that_went_under_another_section_is_said_to_have_moved(folder: Path) -> None:
    issue = "      - {标识: i-1-2, 标题: 报销不规范}\n"
    change(folder, (issue, "  - 标识: f-2\n    标题: 作风方面\n    问题:\n" + issue))
    assert said(folder)[1:] == ["  新增方面“作风方面”", "  问题“报销不规范”：移到方面“作风方面”之下"]


def test_a_new_notice_is_told_in_short(folder: Path) -> None:
    write(folder, {"shili/2024.yml": NOTICE + ISSUES})
    assert said(folder) == [
        f"新增 示例局 2024（{folder / 'shili/2024.yml'}）",
        "  标题：示例通报",
        "  1 个方面，2 个问题（正在整改 1，未标明 1），2 条措施，0 条意见建议",
        "  新增电话：0000-1234560",
    ]


def test_units_removals_and_withdrawals_are_told(folder: Path) -> None:
    change(folder, ("简称: 示例局", "简称: 示例分局"), file="shili/unit.yml")
    change(folder, ("文种:", "状态: {词语: 撤下, 日期: 2024-05-06, 原因: 重复}\n文种:"))
    lines = said(folder)
    assert lines[:3] == [
        f"更正 示例分局（{folder / 'shili/unit.yml'}）",
        "  简称 示例局 → 示例分局",
        f"撤下 示例分局 2023-12（{folder / 'shili/2023-12.yml'}）",
    ]
    assert "  新增状态的词语：撤下" in lines
    (folder / "shili" / "2023-12.yml").unlink()
    assert f"删去 示例局 2023-12（{folder / 'shili/2023-12.yml'}）" in said(folder)


def test_a_notice_that_moved_is_one_change(folder: Path) -> None:
    text = (folder / "shili/2023-12.yml").read_text(encoding="utf-8")
    (folder / "shili/2023-12.yml").unlink()
    write(folder, {"shili/2023-11.yml": f"旧址: shili/2023-12\n{text}"})
    assert said(folder) == [
        f"更正 示例局 2023-11（{folder / 'shili/2023-11.yml'}）",
        "  从 shili/2023-12 移到 shili/2023-11",
        "  新增旧址：shili/2023-12",
    ]


@pytest.mark.parametrize("broken", ["shili/2023-12.yml", "shili/unit.yml"])
def test_a_file_that_cannot_be_read_is_not_taken_for_gone(folder: Path, broken: str) -> None:
    write(folder, {broken: "标题：甲\n", "zai/unit.yml": UNIT, "zai/2023.yml": NOTICE})
    done = run("diff", "--notices", folder)
    assert done.returncode == 1
    assert "删去" not in done.stdout
    assert f"没有比较 {folder / broken}：有错误，先用 check 改好" in done.stderr


def test_json_names_files_and_addresses(folder: Path) -> None:
    change(folder, ("0000-1234560", "0000-1"))
    assert json.loads("\n".join(said(folder, "--format", "json"))) == [
        {
            "subject": "示例局 2023-12",
            "what": "changed",
            "file": (folder / "shili/2023-12.yml").as_posix(),
            "address": "notices/shili/2023-12/",
            "lines": ["电话 0000-1234560 → 0000-1"],
        }
    ]


def test_in_markdown_the_text_of_a_record_is_text_only(folder: Path) -> None:
    change(folder, ("标题: 示例通报", '标题: "<b>|`x` @all [甲](http://x) ${{ y }} $(z)"'))
    table = "\n".join(said(folder, "--format", "markdown"))
    assert table.startswith("| 通报 | | 变化 |\n| --- | --- | --- |\n| 示例局 2023-12 | 更正 | ")
    assert not set("<`@[($") & set(table.replace("<br>", "").partition("更正")[2])


def test_lines_of_a_record_cannot_leave_their_cell() -> None:
    assert "\n" not in in_markdown("甲\n\n| 乙 |\r\n# 丙")
    assert "|" not in in_markdown("甲 | 乙")


def test_a_revision_that_git_does_not_know_is_exit_2(folder: Path) -> None:
    done = run("diff", "nowhere", "--notices", folder)
    assert (done.returncode, "git 不认识版本“nowhere”" in done.stderr) == (2, True)
