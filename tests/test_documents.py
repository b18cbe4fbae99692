"""What the documents say is so: examples are sound records, tables are complete, promised targets exist."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup

from noticeboard.model import Notice, Unit
from noticeboard.read import read_bytes
from noticeboard.rules import all_rules, review
from noticeboard.site import DOCS, ROOT
from noticeboard.vocabulary import StatusCode
from tests.records import board_of

GUIDE = (DOCS / "contributing.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def test_the_guides_unit_and_notice_are_sound_and_break_no_rule(tmp_path: Path) -> None:
    unit, notice, accepted, change = EXAMPLES
    board, problems = board_of(tmp_path, {"shili/unit.yml": unit, "shili/2023-12-14.yml": notice + change})
    assert [str(problem) for problem in problems] == []
    assert len(board.notices) == 1
    assert read_bytes(Path("2023.yml"), (notice + accepted).encode(), Notice).problems == ()
    assert review(board).accepted == {"shili/2023-12-14": ()}


def test_the_guides_error_message_is_the_programs_own() -> None:
    notice = EXAMPLES[1].replace("发布:", "发布：")
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


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_have_least_permissions_pinned_actions_and_time_limits(path: Path) -> None:
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert workflow["permissions"] == {}
    for job in workflow["jobs"].values():
        assert "timeout-minutes" in job
        for step in job["steps"]:
            if "uses" in step:
                assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", step["uses"])


def test_rules_and_reading_share_no_code() -> None:
    from noticeboard import folders, read

    codes = [rule.code for rule in all_rules()]
    assert not set(codes) & {*read.CODES, *folders.CODES}
