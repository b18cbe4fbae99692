"""Every problem code is explained, and the examples do what they say: the bad one has the problem, the good one not."""

from __future__ import annotations

import importlib
import itertools
import json
import pkgutil
import re
import unicodedata
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

import noticeboard
from noticeboard.changes import promises
from noticeboard.checking.explanations import STAND_INS, Explanation, explanation, explanations
from noticeboard.problems import RULES, Rule, Severity
from noticeboard.rules import checked
from tests.conftest import Visit
from tests.program import run
from tests.records import NOTICE, UNIT, write
from tests.test_revisions import commit, git

CODES = sorted(RULES)
#: Another unit, and an earlier and a later notice, to which examples may refer.
OTHER_UNIT = {"shili-erju/unit.yml": UNIT}
BESIDE = {
    "shili/2020.yml": NOTICE.replace("2023-12-14", "2020") + "问题: [{标识: i-1, 标题: 账目不清, 主题: 财务管理}]\n",
    "shili/2024.yml": NOTICE.replace("2023-12-14", "2024"),
}


def the_explanation(code: str) -> Explanation:
    found = explanation(code)
    assert found is not None
    return found


def with_fragment(record: str, fragment: str) -> str:
    """The record with the keys of a fragment in the place of its own, as text: the fragment may be no YAML."""
    for sign, (character, _) in STAND_INS.items():
        fragment = fragment.replace(sign, character)
    keys = re.findall(r"^([^\s#:：-]+)[:：]", fragment, re.MULTILINE)
    kept = [line for line in record.splitlines() if line.partition(":")[0] not in keys]
    return "\n".join([*kept, fragment, ""])


def files_of(one: Explanation, example: str) -> dict[str, str]:
    if one.place == "文件名":
        names = [line.partition(" ") for line in example.splitlines()]
        large = "# 示例\n" * 200_000
        return {
            name: UNIT if name.endswith("unit.yml") else NOTICE + large if "MB" in size else NOTICE
            for name, _, size in names
        }
    files = {"shili/unit.yml": UNIT, "shili/2023.yml": NOTICE, **BESIDE, **OTHER_UNIT}
    name = "shili/unit.yml" if one.place == "单位" else "shili/2023.yml"
    return {**files, name: with_fragment(files[name], example)}


def problems(folder: Path, one: Explanation, example: str, encoding: str = "utf-8") -> list[tuple[str, str]]:
    """Severity and code of everything that ``check`` says of an example, against what was published before it."""
    notices = folder / "notices"
    git(folder, "init", "--quiet")
    if one.place == "以前的文件":
        write(notices, files_of(one, example))
    elif one.before:
        write(notices, files_of(one, one.before))
    else:
        write(notices, OTHER_UNIT)
    commit(folder)
    now = {**files_of(one, ""), **OTHER_UNIT} if one.place == "以前的文件" else {**files_of(one, example), **OTHER_UNIT}
    for path in notices.glob("*/*"):
        path.unlink()
    write(notices, now)
    for name, target in re.findall(r"^(\S+) 链接到 (\S+)$", example, re.MULTILINE):
        (notices / name).unlink()
        (notices / name).symlink_to(target)
    if encoding != "utf-8":
        file = notices / "shili/2023.yml"
        file.write_bytes(file.read_text(encoding="utf-8").encode(encoding))
    done = run("check", "--notices", notices, "--base", "HEAD", "--format", "json")
    assert done.returncode in (0, 1), done.stderr
    return [(problem["severity"], problem["code"]) for problem in json.loads(done.stdout)]


@pytest.mark.parametrize("code", CODES)
def test_the_bad_example_has_the_problem(code: str, tmp_path: Path) -> None:
    one = the_explanation(code)
    assert (one.rule.severity.name.lower(), code) in problems(tmp_path, one, one.bad, one.encoding)


@pytest.mark.parametrize("code", CODES)
def test_the_good_example_has_neither_the_problem_nor_any_error(code: str, tmp_path: Path) -> None:
    one = the_explanation(code)
    found = problems(tmp_path, one, one.good)
    assert [problem for problem in found if problem[1] == code or problem[0] == "error"] == []


def test_all_codes_are_explained_and_no_others() -> None:
    assert sorted(one.code for one in explanations()) == CODES


def test_the_command_tells_meaning_remedy_and_both_examples() -> None:
    said = run("explain", "issues-total").stdout
    one = the_explanation("issues-total")
    assert said.startswith(f"issues-total　要求：{one.rule.title}\n警告：要看一看，改好或写明原因\n")
    for part in (one.meaning, f"怎样改：{one.rule.remedy}", "不对：\n    通报所述: [{项目: 问题, 数: 2}]", "对：\n"):
        assert part in said
    assert "已知差异:\n      - 代码: issues-total\n" in said


def test_what_cannot_be_seen_is_shown_by_a_sign_and_said() -> None:
    said = run("explain", "tab").stdout
    assert "不对（→ 表示制表符 Tab）：\n    发布:\n    →内容: 摘要\n" in said
    assert "\t" not in said


def test_an_error_cannot_be_accepted() -> None:
    assert "已知差异" not in run("explain", "id-number").stdout


def test_without_a_code_all_are_listed_by_subject() -> None:
    said = run("explain").stdout
    assert said.startswith("文件和文件夹\n  错误 encoding")
    assert all(f" {code} " in said for code in CODES)


def test_a_code_that_is_none_is_exit_2_with_the_nearest() -> None:
    done = run("explain", "fullwith-colon")
    assert (done.returncode, done.stdout) == (2, "")
    assert "没有问题代码“fullwith-colon”；是不是 fullwidth-colon" in done.stderr


def test_an_example_stands_below_the_first_problem_of_its_code(tmp_path: Path) -> None:
    text = NOTICE.replace("标题: ", "标题：").replace("文种: ", "文种：")
    said = run("check", "--notices", write(tmp_path, {"shili/unit.yml": UNIT, "shili/2023.yml": text})).stdout
    assert said.count("    例 │ 标题: 示例通报\n") == 1


#: No notice can accept what is about a file that is none.
WARNINGS = [
    found.code for found in explanations() if found.rule.severity is Severity.WARNING and found.place != "文件名"
]


@pytest.mark.parametrize("code", WARNINGS)
def test_a_warning_goes_by_the_lines_that_accept_it_and_stays_where_none_are_told(code: str, tmp_path: Path) -> None:
    one = the_explanation(code)
    lines = one.acceptance or f"已知差异:\n  - 代码: {code}\n    原因: 示例"
    bad = one.bad if code == "acceptance-unused" else f"{one.bad}\n{lines}"
    stays = ("warning", code) in problems(tmp_path, one, bad, one.encoding)
    assert stays == (one.acceptance is None)


def test_an_error_tells_of_no_acceptance() -> None:
    assert [one.code for one in explanations() if one.acceptance and one.rule.severity is Severity.ERROR] == []


def test_a_rule_anywhere_in_the_program_is_explained() -> None:
    modules = [
        importlib.import_module(found.name) for found in pkgutil.walk_packages(noticeboard.__path__, "noticeboard.")
    ]
    written = {value for module in modules for value in vars(module).values() if isinstance(value, Rule)}
    assert written > {value for value in vars(promises).values() if isinstance(value, Rule)}
    assert {rule.code for rule in written | checked() | {*RULES.values()}} <= {one.code for one in explanations()}


@pytest.mark.parametrize("code", CODES)
def test_an_explanation_is_short(code: str) -> None:
    one = the_explanation(code)
    assert len(one.meaning) <= 110
    assert 1 <= one.meaning.count("。") <= 4
    # 38 columns fit a phone of 360 px; a line may fold once.
    assert max(map(columns, f"{one.bad}\n{one.good}\n{one.before}".splitlines())) <= 72


def columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in line)


def shown(block: Tag) -> str:
    """The text of an example on the page."""
    assert block.code is not None
    return block.code.get_text().rstrip("\n")


@pytest.fixture(scope="module")
def page(site: Path) -> BeautifulSoup:
    return BeautifulSoup((site / "rules/index.html").read_text(encoding="utf-8"), "html.parser")


def test_the_page_has_the_same_at_the_anchor_of_each_code(page: BeautifulSoup) -> None:
    told = {}
    for heading in page.select("article h3[id]"):
        behind = list(itertools.takewhile(lambda one: one.name not in ("h2", "h3"), heading.find_next_siblings()))
        blocks = [one for one in behind if "nb-example" in one.get("class", [])]
        told[heading["id"]] = ([one.get_text() for one in behind], [(one.strong.text, shown(one)) for one in blocks])
    assert sorted(told) == CODES
    for code, (texts, blocks) in told.items():
        one = the_explanation(code)
        assert texts[0] == f"{one.rule.severity.value}　{code}"
        assert one.meaning in texts
        assert any(text.startswith(f"怎样改：{one.rule.remedy}") for text in texts) == (not one.rule.is_of_reading)
        before = [("以前公布的", one.before)] if one.before else []
        assert blocks == [*before, ("不对", one.bad), ("对", one.good)]


def test_the_page_says_which_example_is_bad_in_words_and_what_its_signs_stand_for(page: BeautifulSoup) -> None:
    block = page.select_one("#tab ~ .nb-wrong")
    assert block is not None
    assert block.get_text().strip().startswith("✗ 不对　→ 表示制表符 Tab\n")


def test_the_page_is_on_the_map_of_the_site_and_shows_how_a_warning_is_accepted(
    site: Path, page: BeautifulSoup
) -> None:
    map_of_site = BeautifulSoup((site / "sitemap/index.html").read_text(encoding="utf-8"), "html.parser")
    assert map_of_site.select_one("article a[href='../rules/']") is not None
    block = page.select_one("#accept ~ .nb-example")
    assert block is not None
    assert shown(block) == the_explanation("issues-total").acceptance


@pytest.mark.parametrize("visit", [{"viewport": {"width": 360, "height": 740}}], indirect=True)
def test_on_a_phone_no_example_reaches_beyond_the_window(visit: Visit) -> None:
    shown_page = visit.open("rules/")
    widths = shown_page.evaluate(
        """() => Array.from(document.querySelectorAll(".nb-example :is(pre, code, span)"))
            .map(one => one.getBoundingClientRect().right)"""
    )
    assert len(widths) > len(CODES)
    assert max(widths) <= 360
