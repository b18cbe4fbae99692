"""Every problem code is explained, and the examples do what they say: the bad one has the problem, the good one not."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from noticeboard import continuity, folders, read
from noticeboard.explanations import STAND_INS, Explanation, explanation, explanations
from noticeboard.problems import Severity
from noticeboard.rules import all_rules
from tests.records import NOTICE, UNIT, write
from tests.test_revisions import command, commit, git

CODES = sorted({rule.code for rule in (*all_rules(), *continuity.RULES)} | read.CODES.keys() | folders.CODES.keys())
#: Another unit, which examples may refer to.
OTHER = {"zai/unit.yml": UNIT, "zai/2020.yml": NOTICE + "问题: [{标识: i-1, 标题: 账目不清, 主题: 财务管理}]\n"}


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
        names = example.splitlines()
        return {name: UNIT if name.endswith("unit.yml") else NOTICE for name in names}
    files = {"shili/unit.yml": UNIT, "shili/2023.yml": NOTICE, **OTHER}
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
        write(notices, OTHER)
    commit(folder)
    now = {"shili/unit.yml": UNIT, "shili/2023.yml": NOTICE} if one.place == "以前的文件" else files_of(one, example)
    for path in notices.glob("shili*/*"):
        path.unlink()
    write(notices, now)
    if encoding != "utf-8":
        file = notices / "shili/2023.yml"
        file.write_bytes(file.read_text(encoding="utf-8").encode(encoding))
    done = command("check", "--notices", notices, "--base", "HEAD", "--format", "json")
    assert done.returncode in (0, 1), done.stderr
    return [(problem["severity"], problem["code"]) for problem in json.loads(done.stdout)]


@pytest.mark.parametrize("code", CODES)
def test_the_bad_example_has_the_problem(code: str, tmp_path: Path) -> None:
    one = the_explanation(code)
    assert (one.severity.name.lower(), code) in problems(tmp_path, one, one.bad, one.encoding)


@pytest.mark.parametrize("code", CODES)
def test_the_good_example_has_neither_the_problem_nor_any_error(code: str, tmp_path: Path) -> None:
    one = the_explanation(code)
    found = problems(tmp_path, one, one.good)
    assert [problem for problem in found if problem[1] == code or problem[0] == "error"] == []


def test_all_codes_are_explained_and_no_others() -> None:
    assert sorted(one.code for one in explanations()) == CODES


def test_the_command_tells_meaning_remedy_and_both_examples() -> None:
    said = command("explain", "issues-total").stdout
    one = the_explanation("issues-total")
    assert said.startswith(f"issues-total　{one.title}（警告：要看一看，不拦公布）\n")
    for part in (one.meaning, f"怎样改：{one.remedy}", "不对：\n    通报所述: [{项目: 问题, 数: 2}]", "对：\n"):
        assert part in said
    assert "已知差异:\n      - 代码: issues-total\n" in said


def test_what_cannot_be_seen_is_shown_by_a_sign_and_said() -> None:
    said = command("explain", "tab").stdout
    assert "    ⇥内容: 摘要\n" in said
    assert "（⇥ 表示制表符（Tab））" in said
    assert "\t" not in said


def test_an_error_cannot_be_accepted() -> None:
    assert "已知差异" not in command("explain", "id-number").stdout


def test_without_a_code_all_are_listed_by_subject() -> None:
    said = command("explain").stdout
    assert said.startswith("文件和文件夹\n  错误 encoding")
    assert all(f" {code} " in said for code in CODES)


def test_a_code_that_is_none_is_exit_2_with_the_nearest() -> None:
    done = command("explain", "fullwith-colon")
    assert (done.returncode, done.stdout) == (2, "")
    assert "没有问题代码“fullwith-colon”；是不是 fullwidth-colon" in done.stderr


def test_an_example_stands_below_the_first_problem_of_its_code(tmp_path: Path) -> None:
    text = NOTICE.replace("标题: ", "标题：").replace("文种: ", "文种：")
    said = command("check", "--notices", write(tmp_path, {"shili/unit.yml": UNIT, "shili/2023.yml": text})).stdout
    assert said.count("    例 │ 标题: 示例通报\n") == 1


@pytest.mark.parametrize(
    "code", [one.code for one in explanations() if one.severity is Severity.WARNING and one.is_rule]
)
def test_a_warning_can_be_accepted_with_a_reason_or_says_that_it_cannot(code: str, tmp_path: Path) -> None:
    one = the_explanation(code)
    if one.before or one.place != "通报" or code == "acceptance-unused":
        pytest.skip("is about what was published before, or about the acceptance itself")
    accepted = f"{one.bad}\n已知差异: [{{代码: {code}, 原因: 示例}}]"
    assert ("warning", code) not in problems(tmp_path, one, accepted)
