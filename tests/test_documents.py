"""What the documents say is so: examples are sound records, tables are complete, promised targets exist."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from bs4 import BeautifulSoup

from noticeboard.paths import DOCS, ROOT
from noticeboard.reading.read import read_bytes
from noticeboard.record.model import Notice, Unit
from noticeboard.record.vocabulary import StatusCode
from noticeboard.rules import review
from tests.records import board_of

GUIDE = (DOCS / "contributing.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


UNIT_EXAMPLE, NOTICE_EXAMPLE, ACCEPTED, CHANGE, CHANGED, CARRIED, WITHDRAWN, REPLACED, RENAMED, ABSORBED, MOVED = (
    EXAMPLES
)


def test_the_guides_unit_and_notice_are_sound_and_break_no_rule(tmp_path: Path) -> None:
    files = {"shili/unit.yml": UNIT_EXAMPLE, "shili/2023-12-14.yml": NOTICE_EXAMPLE + CHANGE}
    board, problems = board_of(tmp_path, files)
    assert [str(problem) for problem in problems] == []
    assert len(board.notices) == 1
    assert read_bytes(Path("2023.yml"), (NOTICE_EXAMPLE + ACCEPTED).encode(), Notice).problems == ()
    assert review(board).accepted == {"shili/2023-12-14": ()}


def test_the_guides_ways_of_changing_what_was_published_break_no_rule(tmp_path: Path) -> None:
    issue = NOTICE_EXAMPLE[NOTICE_EXAMPLE.index("      - 标识: i-1-2") : NOTICE_EXAMPLE.index("联系方式:")]
    totals = "通报所述:"
    earlier = NOTICE_EXAMPLE.replace(issue, CHANGED.rstrip() + "\n        主题: [资产管理]\n")
    own = NOTICE_EXAMPLE[: NOTICE_EXAMPLE.index(totals)] + "方面:\n  - 标识: f-1\n    标题: 后续\n    问题:\n"
    later = f"{own}{CARRIED.rstrip()}\n        主题: [资产管理]\n联系方式: {{电话: 0000-0000001}}\n"
    files = {
        "shili/unit.yml": UNIT_EXAMPLE + RENAMED + ABSORBED,
        "shili/2022-11.yml": NOTICE_EXAMPLE + MOVED,
        "shili/2023-12.yml": earlier,
        "shili/2023-12_2.yml": NOTICE_EXAMPLE,
        "shili/2023-12_3.yml": NOTICE_EXAMPLE + REPLACED,
        "shili/2024.yml": later,
        "shili/2024_2.yml": NOTICE_EXAMPLE + WITHDRAWN,
    }
    board, problems = board_of(tmp_path, files)
    assert [str(problem) for problem in problems] == []
    assert [filed.date_name for filed in board.units[0].retired] == ["2024_2", "2023-12_3"]


def test_the_guides_error_message_is_the_programs_own() -> None:
    notice = NOTICE_EXAMPLE.replace("发布:", "发布：")
    (problem,) = read_bytes(Path("notices/shili/2023.yml"), notice.encode(), Notice).problems
    assert f"\n    {problem}\n" in GUIDE
    assert f"\n    {problem}\n" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_status_class_and_every_status_word_is_explained_to_readers() -> None:
    page = BeautifulSoup((DOCS / "reading-status.md").read_text(encoding="utf-8"), "html.parser")
    rows = [[cell.text for cell in row.find_all(["th", "td"])] for row in page.select("tbody tr")]
    for code in StatusCode:
        (row,) = (row for row in rows if row[0] == f"{code.sign} {code.label}")
        assert row[1] == code.meaning
        assert row[2] == "、".join(code.words) or code is StatusCode.UNSTATED


def test_every_key_of_the_record_has_a_chinese_name() -> None:
    for model in (Notice, Unit):
        for name, field in model.model_fields.items():
            assert field.alias, name
            assert not field.alias.isascii()


def test_make_lists_its_targets() -> None:
    listed = subprocess.run(["make"], cwd=ROOT, capture_output=True, check=True, encoding="utf-8").stdout
    assert {"site", "serve", "check", "test", "lint", "clean"} <= {line.split()[0] for line in listed.splitlines()}
