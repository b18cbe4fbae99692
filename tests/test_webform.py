"""The web form: whatever somebody fills in is data; a draft, a pull request and a plain answer come of it."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from noticeboard.intake.webform.body import LABELS, filled
from noticeboard.paths import ROOT
from tests.program import run
from tests.records import NOTICE, UNIT, write
from tests.test_revisions import commit, environment, git

TEMPLATE = ROOT / ".github/ISSUE_TEMPLATE/notice.yml"
NAMES = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*/(unit|\d{4}(-\d{2}){0,2}(_\d+)?)\.yml")


def body(**boxes: str) -> str:
    """What GitHub makes of the form: every box with its label, an empty one said to be so."""
    return "\n\n".join(f"### {label}\n\n{boxes.get(label, '_No response_')}" for label in LABELS) + "\n"


FILLED = {
    "单位": "示例县示例局",
    "落款日期": "2024-03-01",
    "网址": "https://example.org/a",
    "通报所述的总数": "问题 2 个\n已完成整改：1个\n正在整改 1 个",
    "问题": "账目不清 | 已完成整改\n报销不规范｜正在整改\n\n制度不健全",
    "电话": "0000-1234560",
    "提交以前": "- [x] 已按程序审批，同意公开",
}


def drafted(folder: Path, text: str | bytes, *more: object) -> tuple[int, dict[str, str], str]:
    """Exit code, files by their paths, and the answer."""
    known = write(folder / "known", {"zai/unit.yml": UNIT.replace("示例局", "在局"), "zai/2023.yml": NOTICE})
    (folder / "body.md").write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    out, answer = folder / "out", folder / "answer.md"
    done = run("form", folder / "body.md", "-o", out, "--answer", answer, "--notices", known, *more)
    assert done.stdout == ""
    files = {path.relative_to(out).as_posix(): path.read_text("utf-8") for path in out.rglob("*") if path.is_file()}
    return done.returncode, files, answer.read_text("utf-8")


def test_the_labels_are_those_of_the_form() -> None:
    form = yaml.safe_load(TEMPLATE.read_text(encoding="utf-8"))
    boxes = [box["attributes"] for box in form["body"] if box["type"] != "markdown"]
    assert tuple(box["label"] for box in boxes) == LABELS
    assert "只提交已批准公开的文本" in form["body"][0]["attributes"]["value"].partition("\n")[0]


def test_what_was_filled_in_stands_in_the_draft_and_the_answer_says_what_is_missing(tmp_path: Path) -> None:
    code, files, answer = drafted(tmp_path, body(**FILLED))
    assert (code, sorted(files)) == (0, ["shili-shiliju/2024-03-01.yml", "shili-shiliju/unit.yml"])
    notice = files["shili-shiliju/2024-03-01.yml"]
    for line in (
        "  落款日期: 2024-03-01\n",
        "  网址: https://example.org/a\n",
        "  - {项目: 已完成整改, 数: 1, 单位: 个, 原文: 已完成整改：1个}\n",
        "  - 标识: i-2\n    标题: 报销不规范\n    状态: 正在整改\n  - 标识: i-3\n    标题: 制度不健全\n",
        "  电话: 0000-1234560\n",
    ):
        assert line in notice
    assert "写好了 示例县示例局 的草稿" in answer
    assert "草稿里还有没核对的地方" in answer


def test_a_text_is_taken_in_as_import_does_it(tmp_path: Path) -> None:
    text = (ROOT / "tests/samples/documents/03-zhen.txt").read_text(encoding="utf-8")
    code, files, answer = drafted(tmp_path, body(**{**FILLED, "问题": "_No response_", "全文": text}))
    assert code == 0, answer
    draft = files["shili-shiliju/2024-03-01.yml"]
    assert "由“全文.txt”转换的草稿" in draft
    assert draft.count("标识: i-") > 3


def test_boxes_fill_in_what_a_text_does_not_say_and_ask_where_they_differ(tmp_path: Path) -> None:
    text = (ROOT / "tests/samples/documents/03-zhen.txt").read_text(encoding="utf-8")
    _, files, _ = drafted(tmp_path, body(**{**FILLED, "发布日期": "2024-03-05", "全文": text}))
    draft = files["shili-shiliju/2024-03-01.yml"]
    assert "  网址: https://example.org/a\n" in draft
    assert "  落款日期: 2024-03-01\n" in draft
    assert "# 请核对：另外填写的“发布日期”是 2024-03-05，与原文不同\n" in draft


def test_what_a_text_makes_superfluous_is_not_dropped_in_silence(tmp_path: Path) -> None:
    text = (ROOT / "tests/samples/documents/03-zhen.txt").read_text(encoding="utf-8")
    _, files, answer = drafted(tmp_path, body(**{**FILLED, "通报所述的总数": "_No response_", "全文": text}))
    asked = "另外填写的“问题”没有用，草稿按原文写；对一对两处是否一样"
    assert f"# 请核对：{asked}\n" in files["shili-shiliju/2024-03-01.yml"]
    assert asked in answer
    assert "“通报所述的总数”没有用" not in answer


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("账目不清 | 正在整改", "标题: 账目不清\n    状态: 正在整改"),
        ("账目不清", "标题: 账目不清"),
        ("1. 账目不清 ｜ 正在整改", '编号: "1."\n    标题: 账目不清\n    状态: 正在整改'),
        ("1\t账目不清\t正在整改", '编号: "1"\n    标题: 账目不清\n    状态: 正在整改'),
        ("1\t账目不清\t\t正在整改\t", '编号: "1"\n    标题: 账目不清\n    状态: 正在整改'),
        ("1\t账目不清\t\t", '编号: "1"\n    标题: 账目不清\n联系方式'),
        ("账目不清（正在整改）", "标题: 账目不清\n    # 请核对：没有竖线，状态是从行末看出来的\n    状态: 正在整改"),
        ("账目不清，正在整改", "标题: 账目不清\n    # 请核对：没有竖线，状态是从行末看出来的\n    状态: 正在整改"),
        ("2023年账目不清（见附件）", "标题: 2023年账目不清（见附件）"),
        ("1. 账目不清 | 甲 | 乙", "归类: …}\n    状态: 甲 | 乙"),
    ],
)
def test_an_issue_is_understood_as_people_write_and_paste_it(tmp_path: Path, line: str, written: str) -> None:
    _, files, _ = drafted(tmp_path, body(**{**FILLED, "问题": line}))
    assert written in files["shili-shiliju/2024-03-01.yml"]


def test_a_total_without_its_number_is_asked_about_once_and_where_it_stands(tmp_path: Path) -> None:
    files = drafted(tmp_path, body(**(FILLED | {"通报所述的总数": "问题 2 个\n多数已完成"})))[1]
    draft = files["shili-shiliju/2024-03-01.yml"]
    asked = "# 请核对：没有看出这里的数：项目写数的是什么，数写阿拉伯数字\n"
    assert f"原文: 问题 2 个}}\n  {asked}  - {{项目: 多数已完成}}\n" in draft
    assert draft.count(asked) == 1


def test_a_text_that_seems_to_be_of_another_unit_is_asked_about(tmp_path: Path) -> None:
    text = (ROOT / "tests/samples/documents/03-zhen.txt").read_text(encoding="utf-8")
    _, files, answer = drafted(tmp_path, body(**{**FILLED, "全文": text}))
    asked = "另外填写的单位是“示例县示例局”，原文像是“示例镇党委”的"
    assert f"# 请核对：{asked}\n" in files["shili-shiliju/2024-03-01.yml"]
    assert asked in answer
    assert "全称: 示例县示例局\n" in files["shili-shiliju/unit.yml"]
    same = text.replace("示例镇党委", "示例县示例局党组").replace("示例镇", "示例县示例局")
    assert "另外填写的单位" not in drafted(tmp_path / "same", body(**{**FILLED, "全文": same}))[2]


def test_the_answer_tells_what_the_rules_find_and_stays_short(tmp_path: Path) -> None:
    _, _, answer = drafted(tmp_path, body(**{**FILLED, "通报所述的总数": "问题 9 个"}))
    assert "通报称有9个问题，逐条列出的有3个" in answer
    many = "\n".join(f"{'甲' * 900}{nth} | {'<' * 900}" for nth in range(60))
    assert len(drafted(tmp_path / "long", body(**{**FILLED, "问题": many}))[2]) <= 60_000


def test_a_file_is_taken_in_too(tmp_path: Path) -> None:
    sample = ROOT / "tests/samples/documents/03-zhen.txt"
    code, files, _ = drafted(tmp_path, body(**FILLED), "--attachment", sample)
    assert code == 0
    assert "由“03-zhen.txt”转换的草稿" in files["shili-shiliju/2024-03-01.yml"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"单位": "_No response_"}, "没有写单位"),
        ({"单位": "../../etc"}, "请写中文全称"),
        ({"单位": "在局"}, "“单位”写的“在局”没有写是哪里的：请写中文全称，例如：示例县在局"),
        ({"单位": "no-such-unit"}, "没有文件夹名是“no-such-unit”的单位"),
        ({"落款日期": "去年"}, "不是日期"),
        ({"落款日期": "_No response_"}, "没有写落款日期"),
        ({"单位": "示例县" + "壮" * 60}, "“单位”太长"),
        ({"问题": "账目不清\n" * 501}, "“问题”超过 500 行"),
        ({"通报所述的总数": "问题 1 个\n" * 501}, "“通报所述的总数”超过 500 行"),
        ({"提交以前": "- [x] 已按程序审批\n- [ ] 已作保密审查"}, "没有都勾上"),
        ({"提交以前": "_No response_"}, "没有都勾上"),
        ({"全文": "买菜清单"}, "不像整改情况的通报"),
        ({"问题": "退款给11010519491231002X"}, "有一个身份证号"),
    ],
)
def test_where_there_can_be_no_draft_the_answer_says_why(tmp_path: Path, change: dict[str, str], reason: str) -> None:
    code, files, answer = drafted(tmp_path, body(**{**FILLED, **change}))
    assert (code, files) == (1, {})
    assert answer.startswith("**没有写成草稿。**")
    assert reason in answer


def test_a_unit_that_is_spelt_like_another_gets_a_folder_of_its_own_and_the_answer_says_why(tmp_path: Path) -> None:
    # The known one, 示例县在局, has the folder zai; a 示例县某局 the plain name of 示例市某局.
    write(tmp_path / "known", {"shili-mouju/unit.yml": UNIT.replace("示例县示例局", "示例市某局")})
    code, files, answer = drafted(tmp_path, body(**{**FILLED, "单位": "示例县某局"}))
    assert (code, sorted(files)) == (0, ["shilixian-mouju/2024-03-01.yml", "shilixian-mouju/unit.yml"])
    assert "单位：示例县某局（shilixian-mouju，新单位，文件夹名定了就不再改）。" in answer
    assert "文件夹 shili-mouju 已经是“示例市某局”的，这个单位用 shilixian-mouju。" in answer


def test_the_answer_says_which_known_unit_it_is(tmp_path: Path) -> None:
    _, files, answer = drafted(tmp_path, body(**{**FILLED, "单位": "湖南省示例县在局"}))
    assert list(files) == ["zai/2024-03-01.yml"]
    assert "写好了 示例县在局 的草稿" in answer
    assert "单位：示例县在局（zai，本站已有）。" in answer


HOSTILE = [
    "$(touch PWNED)",
    "`touch PWNED`",
    "${{ github.token }}",
    "; touch PWNED",
    "甲\r\n乙",
    "a\x00b",
    "'\"\\",
    "@all #1",
]


@pytest.mark.parametrize("text", [*HOSTILE, "长" * 1_000_000], ids=[*map(repr, HOSTILE), "1 MB"])
@pytest.mark.parametrize("label", ["单位", "落款日期", "问题", "全文", "电话", "通报所述的总数"])
def test_hostile_text_stays_text(tmp_path: Path, label: str, text: str) -> None:
    code, files, answer = drafted(tmp_path, body(**{**FILLED, label: text}))
    assert code in (0, 1)
    assert all(NAMES.fullmatch(name) for name in files)
    assert not {"$(", "${{", "@all", "`touch"} & {sign for sign in ("$(", "${{", "@all", "`touch") if sign in answer}
    assert not list(tmp_path.rglob("PWNED"))
    assert len(answer) < 60_000


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(st.dictionaries(st.sampled_from(LABELS), st.text(max_size=60)), st.text(max_size=40))
def test_any_body_is_answered_and_nothing_is_written_elsewhere(
    tmp_path_factory: pytest.TempPathFactory, boxes: dict[str, str], more: str
) -> None:
    folder = tmp_path_factory.mktemp("form")
    code, files, answer = drafted(folder, body(**{**FILLED, **boxes}) + more)
    assert code in (0, 1)
    assert all(NAMES.fullmatch(name) for name in files)
    assert answer


def test_headings_within_a_text_belong_to_it() -> None:
    form = filled(body(全文="一\n\n### 问题\n\n二\n\n### 提交以前\n\n三", 问题="甲"))
    assert form["问题"] == "甲"
    assert form["全文"] == "一\n\n### 问题\n\n二\n\n### 提交以前\n\n三"


def test_what_is_there_is_never_overwritten(tmp_path: Path) -> None:
    code, files, _ = drafted(tmp_path, body(**{**FILLED, "单位": "示例县在局", "落款日期": "2023"}))
    assert (code, list(files)) == (0, ["zai/2023_2.yml"])


#: GitHub as ``gh`` shows it, with the draft of an earlier job in a folder.
GH = """#!/bin/sh
echo "$@" >> GITHUB/calls
case "$1 $2" in
  "issue view") cat GITHUB/body.md ;;
  "run download") cp -r GITHUB/draft/. "$7" ;;
  "issue comment") cat "$5" >> GITHUB/comments.md ;;
  "pr create" | "pr edit") test ! -e GITHUB/forbids-requests ;;
  "pr list") ! grep -q "pr create" GITHUB/calls || echo "合并请求：https://example.org/pull/1" ;;
esac
"""


class GitHub:
    """A repository with a bare one as its origin, and a ``gh`` that writes down what it is told."""

    def __init__(self, folder: Path, work: Path | None = None) -> None:
        self.folder, self.told = work or folder / "work", folder / "github"
        if work is None:
            write(self.folder, {"notices/zai/unit.yml": UNIT, "notices/zai/2023.yml": NOTICE})
            git(self.folder, "init", "--quiet")
            commit(self.folder)
        git(folder, "clone", "--quiet", "--bare", str(self.folder), str(folder / "origin"))
        git(self.folder, "remote", "add", "origin", str(folder / "origin"))
        write(folder, {"bin/gh": GH.replace("GITHUB", str(self.told)), "bin/curl": '#!/bin/sh\necho "$@" > CURLED\n'})
        for program in (folder / "bin").iterdir():
            program.chmod(0o755)
        write(self.told, {"calls": "", "comments.md": "", "output": ""})

    def run(self, script: str, *arguments: str) -> int:
        path = f"{self.told.parent / 'bin'}:/usr/bin:/bin"
        variables = environment(PATH=path, NUMBER="5", RUN_ID="1", GITHUB_OUTPUT=str(self.told / "output"))
        command = [str(ROOT / ".github" / script), *arguments]
        return subprocess.run(command, cwd=self.folder, env=variables, check=False).returncode

    def branch(self) -> list[str]:
        """The files that a branch of the form adds, as the origin has it."""
        found = git(self.told.parent / "origin", "diff", "--name-only", "main", "notice/issue-5")
        return found.splitlines()


def test_the_draft_becomes_a_branch_a_pull_request_and_an_answer(tmp_path: Path) -> None:
    github = GitHub(tmp_path)
    draft = {"notices/shili/unit.yml": UNIT, "notices/shili/2024.yml": NOTICE, "answer.md": "写好了\n"}
    stray = {"notices/../evil.yml": "x", "notices/shili/run.sh": "x", ".github/workflows/x.yml": "x"}
    write(github.told / "draft", {**draft, **stray})
    assert github.run("form-request.sh") == 0
    assert github.branch() == ["notices/shili/2024.yml", "notices/shili/unit.yml"]
    calls = (github.told / "calls").read_text("utf-8")
    assert "pr create --head notice/issue-5" in calls
    assert "pr edit notice/issue-5 --add-label 单位/shili\n" in calls
    assert "--add-label 程序" not in calls
    assert (github.told / "comments.md").read_text("utf-8") == "写好了\n\n合并请求：https://example.org/pull/1\n"
    assert (github.told / "output").read_text("utf-8") == "branch=notice/issue-5\n"


def test_what_is_there_already_stays_and_what_somebody_mended_too(tmp_path: Path) -> None:
    github = GitHub(tmp_path)
    write(github.told / "draft", {"notices/zai/2023.yml": "x", "notices/zai/2024.yml": NOTICE, "answer.md": "甲\n"})
    assert github.run("form-request.sh") == 0
    assert github.branch() == ["notices/zai/2024.yml"]
    write(github.folder, {"notices/zai/2024.yml": NOTICE + "概述: 改过\n"})
    commit(github.folder)
    git(github.folder, "push", "--quiet", "origin", "HEAD:notice/issue-5")
    git(github.folder, "switch", "--quiet", "main")
    assert github.run("form-request.sh") == 0
    assert "概述: 改过" in git(tmp_path / "origin", "show", "notice/issue-5:notices/zai/2024.yml")
    assert "已经有人在合并请求里改过，没有再写" in (github.told / "comments.md").read_text("utf-8")


def test_a_form_that_is_sent_again_replaces_its_own_draft_while_main_moved_on(tmp_path: Path) -> None:
    github = GitHub(tmp_path)
    write(github.told / "draft", {"notices/zai/2024.yml": NOTICE, "answer.md": "甲\n"})
    assert github.run("form-request.sh") == 0
    git(github.folder, "switch", "--quiet", "main")
    write(github.folder, {"README.md": "别人的提交\n"})
    commit(github.folder)
    write(github.told / "draft", {"notices/zai/2024.yml": NOTICE + "概述: 新填的\n"})
    assert github.run("form-request.sh") == 0
    assert "概述: 新填的" in git(tmp_path / "origin", "show", "notice/issue-5:notices/zai/2024.yml")
    assert (github.told / "calls").read_text("utf-8").count("pr create") == 1


def test_a_draft_of_files_that_are_all_there_already_is_answered(tmp_path: Path) -> None:
    github = GitHub(tmp_path)
    write(github.told / "draft", {"notices/zai/2023.yml": "x", "answer.md": "甲\n"})
    assert github.run("form-request.sh") == 0
    assert "都已经有了，没有再写" in (github.told / "comments.md").read_text("utf-8")
    assert (github.told / "output").read_text("utf-8") == ""


def test_where_workflows_may_open_no_pull_request_the_answer_names_the_branch(tmp_path: Path) -> None:
    github = GitHub(tmp_path)
    write(github.told, {"forbids-requests": "", "draft/notices/zai/2024.yml": NOTICE, "draft/answer.md": "甲\n"})
    assert github.run("form-request.sh") == 0
    assert "草稿在分支 notice/issue-5 里" in (github.told / "comments.md").read_text("utf-8")
    assert (github.told / "output").read_text("utf-8") == "branch=notice/issue-5\n"
    assert github.branch() == ["notices/zai/2024.yml"]


def test_without_a_draft_there_is_only_an_answer(tmp_path: Path) -> None:
    github = GitHub(tmp_path)
    write(github.told / "draft", {"answer.md": "没有写成草稿\n"})
    assert github.run("form-request.sh") == 0
    assert (github.told / "comments.md").read_text("utf-8") == "没有写成草稿\n"
    assert (github.told / "output").read_text("utf-8") == ""


def test_an_attachment_that_cannot_be_fetched_is_answered(tmp_path: Path) -> None:
    github = GitHub(tmp_path)
    write(tmp_path, {"bin/curl": "#!/bin/sh\nexit 63\n"})
    write(github.told, {"body.md": body(**{**FILLED, "全文": "https://github.com/user-attachments/files/1/a.docx"})})
    assert github.run("form-read.sh", str(tmp_path / "form")) == 0
    text, attached = (tmp_path / "form/body.md").read_text("utf-8"), tmp_path / "form/attached.docx"
    code, files, answer = drafted(tmp_path, text, "--attachment", attached)
    assert (code, files) == (1, {})
    assert "没有写成草稿" in answer
    assert "附件没能取来" in answer


@pytest.mark.parametrize(
    ("text", "fetched"),
    [
        (
            "[通报.docx](https://github.com/user-attachments/files/123/a.docx)",
            "https://github.com/user-attachments/files/123/a.docx",
        ),
        ("https://example.org/user-attachments/files/1/a.docx", ""),
        ("https://github.com/user-attachments/files/1/a.exe", ""),
        ("https://github.com/user-attachments/files/1/../../../evil/raw/a.docx", ""),
        ("https://github.com/user-attachments/files/1/A.DOCX", "https://github.com/user-attachments/files/1/A.DOCX"),
        ("https://github.com/user-attachments/files/x/$(id).docx", ""),
        # curl would fetch each of these many times, or from elsewhere.
        ("https://github.com/user-attachments/files/1/{a,b}.docx", ""),
        ("https://github.com/user-attachments/files/1/a[1-99].docx", ""),
        ("https://github.com/shili/{a,b}/files/1/a.docx", ""),
        ("https://github.com/../shili/files/1/a.docx", ""),
    ],
)
def test_only_an_attachment_of_github_is_fetched(tmp_path: Path, text: str, fetched: str) -> None:
    github = GitHub(tmp_path)
    write(github.told, {"body.md": body(全文=text)})
    assert github.run("form-read.sh", str(tmp_path / "form")) == 0
    assert filled((tmp_path / "form/body.md").read_text("utf-8"))["全文"] == text
    curled = github.folder / "CURLED"
    assert (curled.read_text("utf-8").split()[-1] if curled.exists() else "") == fetched


def test_curl_expands_nothing_in_an_address_that_somebody_wrote(tmp_path: Path) -> None:
    github = GitHub(tmp_path)
    write(github.told, {"body.md": body(全文="https://github.com/user-attachments/files/1/a.docx")})
    assert github.run("form-read.sh", str(tmp_path / "form")) == 0
    assert {"--globoff", "--path-as-is"} <= set((github.folder / "CURLED").read_text("utf-8").split())
