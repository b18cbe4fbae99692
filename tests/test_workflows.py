"""The workflows of GitHub: what they may do, what they run, and that what they run does what they are for."""

from __future__ import annotations

import compileall
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from noticeboard.paths import ROOT
from tests import five
from tests.conftest import OnceARun
from tests.records import NOTICE, UNIT, write
from tests.test_revisions import commit, environment, git
from tests.test_webform import FILLED, GitHub, body

FOLDER = ROOT / ".github" / "workflows"
FILES = sorted(file.name for file in FOLDER.glob("*.yml"))
#: Every job with all that it may do beside nothing.
PERMISSIONS = {
    ("check.yml", "check"): {"contents": "read"},
    ("check.yml", "test"): {"contents": "read"},
    ("comment.yml", "comment"): {"actions": "read", "contents": "read", "pull-requests": "write"},
    ("form.yml", "draft"): {"contents": "read", "issues": "read"},
    ("form.yml", "request"): {
        "actions": "read",
        "contents": "write",
        "issues": "write",
        "pull-requests": "write",
    },
    ("form.yml", "check"): {"contents": "read"},
    ("publish.yml", "test"): {"actions": "read", "contents": "read"},
    ("publish.yml", "build"): {"contents": "read", "pages": "read"},
    ("publish.yml", "deploy"): {"pages": "write", "id-token": "write"},
    ("upkeep.yml", "upkeep"): {"contents": "read", "issues": "write"},
    ("windows.yml", "windows"): {"contents": "read"},
}
#: How a line of a step may begin: what it does stands in the Makefile, the program or a script, not in the workflow.
TOOLS = (
    "make ",
    ".venv/bin/python build_site.py",
    "py build_site.py",
    "py -m venv .venv",
    ".venv/Scripts/python -m pip install",
    "cat ",
    ".github/comment.sh",
    ".github/form-read.sh ",
    ".github/form-request.sh",
    ".github/upkeep-issue.sh ",
)
_PINNED = re.compile(r"(?P<action>[\w-]+/[\w-]+(?:/[\w-]+)?)@(?P<commit>[0-9a-f]{40}) # (?P<version>v\d+\.\d+\.\d+)")


def workflow(name: str) -> dict[str, Any]:
    """Every value as text: to PyYAML the key ``on`` would be true."""
    loaded: dict[str, Any] = yaml.load((FOLDER / name).read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506
    return loaded


def jobs() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for name in FILES:
        for job, content in workflow(name)["jobs"].items():
            yield name, job, content


def steps() -> Iterator[tuple[str, dict[str, Any]]]:
    for name, job, content in jobs():
        for step in content.get("steps", ()):
            yield f"{name} {job}", step


def test_a_workflow_may_do_nothing_and_each_job_only_what_it_is_for() -> None:
    assert {name: workflow(name)["permissions"] for name in FILES} == {name: {} for name in FILES}
    assert {(name, job): content["permissions"] for name, job, content in jobs()} == PERMISSIONS


def test_no_job_runs_without_end_or_on_a_machine_that_changes_its_name() -> None:
    for name, job, content in jobs():
        # One that calls another workflow has that one's machine and time.
        if content.get("uses") == "./.github/workflows/check.yml":
            continue
        assert 0 < int(content["timeout-minutes"]) <= 60, (name, job)
        assert not content["runs-on"].endswith("latest"), (name, job)


def test_every_action_is_pinned_by_commit_with_its_version_and_one_commit_everywhere() -> None:
    commits: dict[str, set[tuple[str, str]]] = {}
    for name in FILES:
        lines = [line for line in (FOLDER / name).read_text(encoding="utf-8").splitlines() if "./.github/" not in line]
        for line in (line.partition("uses: ")[2] for line in lines if "uses:" in line):
            match = _PINNED.fullmatch(line)
            assert match, f"{name}: {line}"
            commits.setdefault(match["action"], set()).add((match["commit"], match["version"]))
    assert {action for action, found in commits.items() if len(found) > 1} == set()
    assert all(action.startswith("actions/") for action in commits)


def test_no_code_of_a_stranger_runs_with_rights_of_ours() -> None:
    assert not any("pull_request_target" in workflow(name)["on"] for name in FILES)
    for where, step in steps():
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] == "false", where


def test_nothing_that_others_wrote_becomes_part_of_a_command() -> None:
    for where, step in steps():
        assert "${{" not in step.get("run", ""), where


def test_what_a_step_does_stands_in_the_makefile_the_program_or_a_script() -> None:
    for where, step in steps():
        for line in step.get("run", "").splitlines():
            assert line.startswith(TOOLS), f"{where}: {line}"


def test_what_a_published_site_is_made_of_is_kept_by_publishing_alone_and_the_same_everywhere() -> None:
    caches = [
        (where, step["uses"].partition("@")[0], step["with"])
        for where, step in steps()
        if step.get("uses", "").startswith("actions/cache")
    ]
    assert [(where, action) for where, action, _ in caches] == [
        ("check.yml check", "actions/cache/restore"),
        ("publish.yml build", "actions/cache"),
    ]
    assert caches[0][2] == caches[1][2]
    assert set(caches[0][2]["path"].split()) == {"build/kept.db", "build/templates"}


def test_a_site_is_published_from_main_alone_and_one_at_a_time() -> None:
    published = workflow("publish.yml")
    assert published["on"] == {"push": {"branches": ["main"]}, "workflow_dispatch": ""}
    assert published["concurrency"] == {"group": "pages", "cancel-in-progress": "false"}
    assert [(job, content.get("needs")) for job, content in published["jobs"].items()] == [
        ("test", None),
        ("build", "test"),
        ("deploy", "build"),
    ]


def of_no_make(**more: str) -> dict[str, str]:
    """Variables as they are where these tests were not started by make."""
    return {key: value for key, value in environment(**more).items() if key not in {"MAKEFLAGS", "MAKELEVEL", "MFLAGS"}}


@dataclass
class Runner:
    """Runs the jobs of a workflow in a clone, one behind the other as ``needs`` wants, until a step fails."""

    clone: Path
    #: What expressions stand for.
    context: Mapping[str, str]
    #: Commands before those of the machine.
    bin: Path | None = None
    #: What the steps said.
    said: str = ""

    def run(self, name: str) -> list[str]:
        """The steps that were taken, actions by name and commands as they stand; ``失败`` behind one that failed."""
        done: list[str] = []
        for content in workflow(name)["jobs"].values():
            if "uses" in content:
                done.append(content["uses"])
            for step in content.get("steps", ()):
                if "失败" in done and step.get("if") != "always()":
                    continue
                what = step["uses"].partition("@")[0] if "uses" in step else step["run"]
                done.append(what)
                if "run" in step and not self.succeeds(what, step.get("env", {})):
                    done.append("失败")
            if "失败" in done:
                break
        return done

    def succeeds(self, command: str, variables: Mapping[str, str]) -> bool:
        """Run a command in the clone with these variables of its environment."""
        # The tests would run these tests: what the target would do must be known, no more.
        command = re.sub("^make (test$|lint$|test-[a-z]+ BASE=)", r"make --dry-run \1", command, flags=re.MULTILINE)
        path = os.environ["PATH"] if self.bin is None else f"{self.bin}{os.pathsep}{os.environ['PATH']}"
        known = {key: self._value(value) for key, value in variables.items()}
        told = {name: str(self.clone.parent / name) for name in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT")}
        # As the machines of GitHub and GitLab have it.
        inherited = of_no_make(PATH=path, CI="true", **told, **known)
        done = subprocess.run(
            ["bash", "-e", "-c", command],
            cwd=self.clone, env=inherited, check=False, stdout=subprocess.PIPE, encoding="utf-8",
        )  # fmt: skip
        self.said += done.stdout
        return done.returncode == 0

    def _value(self, value: str) -> str:
        return re.sub(r"\$\{\{ (.*?) \}\}", lambda match: self.context[match[1]], value)


def _cloned(folder: Path) -> None:
    ignored = {".git", *(line.strip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines())}
    folder.mkdir()
    for one in ROOT.iterdir():
        # In a work tree of git .git is a file, which would lead back here.
        if one.name in ignored or one.name == "notices":
            continue
        if one.is_dir():
            shutil.copytree(one, folder / one.name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(one, folder)
    # One short notice is enough for all that a workflow does: each site of it is built in half the time of the five.
    shutil.copytree(five.FOLDER / "qiyang-wenlian", folder / "notices" / "qiyang-wenlian")
    git(folder, "init", "--quiet")
    commit(folder)
    git(folder, "gc", "--quiet")
    (folder / ".git" / "info" / "exclude").write_text(".venv\n", encoding="utf-8")
    (folder / ".venv").symlink_to(sys.prefix)
    # What is run in it is compiled once: a copy keeps the time of a file, by which Python knows it again.
    compileall.compile_dir(folder / "noticeboard", quiet=2)


@pytest.fixture
def clone(once_a_run: OnceARun, tmp_path: Path) -> Path:
    """The repository as it stands here, with one notice, committed in another folder; the environment of the tests."""
    return Path(shutil.copytree(once_a_run("clone", _cloned), tmp_path / "clone", symlinks=True))


def publishing(clone: Path, before: str, published: str = "") -> Runner:
    """``before`` the push, and the last one that was ``published``, as GitHub tells."""
    write(clone.parent, {"bin/gh": f'#!/bin/sh\n[ "$1 $2" = "run list" ] && echo {published}\n'})
    (clone.parent / "bin/gh").chmod(0o755)
    told = dict.fromkeys(("github.token", "github.repository"), "1")
    address = {"steps.pages.outputs.base_url": "https://example.org/board"}
    return Runner(clone, {**told, **address, "github.event.before": before}, clone.parent / "bin")


CHECK = 'make check BASE="$(.github/published.sh)"'
LOOKED = 'make test-changed BASE="$(.github/published.sh)"'
PROGRAM = 'make test-program BASE="$(.github/published.sh)"'
TESTED = ["actions/checkout", "actions/setup-python", CHECK, LOOKED, PROGRAM]
BUILT = [
    "actions/checkout",
    "actions/setup-python",
    "actions/configure-pages",
    "actions/cache",
    "make site",
    "make verify",
]


def test_a_push_is_checked_tested_built_and_verified_before_it_is_deployed(clone: Path) -> None:
    before = git(clone, "rev-parse", "HEAD")
    write(clone / "notices", {"shili/unit.yml": UNIT, "shili/2023.yml": NOTICE})
    commit(clone)
    deployed = ["actions/upload-pages-artifact", "actions/deploy-pages"]
    assert publishing(clone, before).run("publish.yml") == [*TESTED, *BUILT, *deployed]
    site_map = (clone / "site" / "sitemap.xml").read_text(encoding="utf-8")
    assert "<loc>https://example.org/board/notices/shili/2023/</loc>" in site_map


@pytest.mark.parametrize("before", ["0" * 40, ""], ids=["first-push", "by-hand"])
def test_where_nothing_stood_before_there_is_nothing_to_compare(clone: Path, before: str) -> None:
    assert publishing(clone, before).run("publish.yml")[-1] == "actions/deploy-pages"


def test_a_broken_notice_stops_everything_before_a_site_is_built(clone: Path) -> None:
    write(clone / "notices", {"shili/unit.yml": UNIT, "shili/2023.yml": NOTICE + "标体: 甲\n"})
    commit(clone)
    assert publishing(clone, git(clone, "rev-parse", "HEAD~1")).run("publish.yml") == [*TESTED[:3], "失败"]


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        (NOTICE.replace("发布:", "# 请核对：原文没有写日期\n发布:"), [*TESTED[:3], "失败"]),
        (NOTICE.partition("联系方式")[0], [*TESTED, *BUILT[:5], "失败"]),
        (NOTICE.partition("联系方式")[0] + "已知差异: [{代码: no-contact, 原因: 原文没有}]\n", None),
    ],
    ids=["an open draft", "a warning", "a warning with its reason"],
)
def test_what_nobody_has_looked_into_is_not_published(clone: Path, text: str, taken: list[str] | None) -> None:
    write(clone / "notices", {"shili/unit.yml": UNIT, "shili/2023.yml": text})
    commit(clone)
    done = publishing(clone, git(clone, "rev-parse", "HEAD~1")).run("publish.yml")
    assert done == taken if taken else done[-1] == "actions/deploy-pages"


def test_a_pull_request_with_an_open_draft_does_not_pass_and_is_shown_even_so(clone: Path) -> None:
    base = git(clone, "rev-parse", "HEAD")
    draft = NOTICE.replace("发布:", "# 请核对：原文没有写日期\n发布:")
    write(clone / "notices", {"shili/unit.yml": UNIT, "shili/2023.yml": draft})
    commit(clone)
    assert requesting(clone, base).run("check.yml")[:7] == [*CHECKED, "失败", *PREVIEWED]
    summary = (clone.parent / "GITHUB_STEP_SUMMARY").read_text(encoding="utf-8")
    assert "**有 1 个错误，不能公布**" in summary
    assert (clone / "preview/shili-2023.html").is_file()


def test_a_published_notice_that_vanished_stops_everything_too(clone: Path) -> None:
    next((clone / "notices").glob("*/2*.yml")).unlink()
    commit(clone)
    assert publishing(clone, git(clone, "rev-parse", "HEAD~1")).run("publish.yml") == [*TESTED[:3], "失败"]


def test_what_vanished_in_a_push_that_was_not_published_stops_the_next_one(clone: Path) -> None:
    published = git(clone, "rev-parse", "HEAD")
    next((clone / "notices").glob("*/2*.yml")).unlink()
    commit(clone)
    before = git(clone, "rev-parse", "HEAD")
    write(clone / "notices", {"shili/unit.yml": UNIT, "shili/2023.yml": NOTICE})
    commit(clone)
    assert publishing(clone, before, published).run("publish.yml") == [*TESTED[:3], "失败"]


def test_where_the_published_history_was_rewritten_the_site_is_published_even_so(clone: Path) -> None:
    assert publishing(clone, "a" * 40, "b" * 40).run("publish.yml")[-1] == "actions/deploy-pages"


@pytest.mark.parametrize(
    ("change", "published", "is_tested"),
    [
        ("notices", "it", False),
        ("program", "it", True),
        ("program, then notices", "it", True),
        ("notices", "none", True),
        ("notices", "rewritten", True),
    ],
)
def test_the_program_is_tested_again_unless_only_notices_changed_since_what_is_published(
    clone: Path, change: str, published: str, *, is_tested: bool
) -> None:
    known = {"it": git(clone, "rev-parse", "HEAD"), "none": "", "rewritten": "b" * 40}
    if "program" in change:
        write(clone, {"noticeboard/site/build.py": "改坏了\n"})
        commit(clone)
    # What was pushed before may not have passed its tests: a push of notices behind it must not let it through.
    before = git(clone, "rev-parse", "HEAD")
    if "notices" in change:
        write(clone / "notices", {"shili/unit.yml": UNIT, "shili/2023.yml": NOTICE})
        commit(clone)
    runner = publishing(clone, before, known[published])
    (step,) = (step for _, step in steps() if step.get("run") == PROGRAM)
    assert runner.succeeds(step["run"], step["env"])
    assert ("-m pytest --numprocesses 4" in runner.said) == is_tested
    assert ("-m mypy" in runner.said) == is_tested
    assert ("只改了通报，程序的测试不用重跑。" in runner.said.splitlines()) != is_tested


def test_a_site_that_is_not_what_was_built_is_not_deployed(clone: Path, tmp_path: Path) -> None:
    # A make that spoils the site after it has made it.
    spoiling = f'#!/bin/sh\n{shutil.which("make")} "$@" || exit\n[ "$1" != site ] || echo x >> site/index.html\n'
    write(tmp_path, {"bin/make": spoiling})
    (tmp_path / "bin/make").chmod(0o755)
    runner = publishing(clone, "")
    assert runner.run("publish.yml") == [*TESTED, *BUILT, "失败"]


#: The environment is that of the tests: nothing is installed for this.
LINT = ["--old-file=.venv/.test", "--old-file=.venv/.lint", "lint-workflows"]


@pytest.mark.parametrize(("ci", "code"), [("", 0), ("true", 2)], ids=["at home", "on CI"])
def test_without_node_it_is_said_that_less_was_looked_at_and_on_ci_that_is_a_failure(
    clone: Path, tmp_path: Path, ci: str, code: int
) -> None:
    make = shutil.which("make")
    assert make
    inherited = of_no_make(PATH=str(tmp_path), CI=ci)
    done = subprocess.run([make, *LINT], cwd=clone, env=inherited, check=False, capture_output=True, encoding="utf-8")
    assert (done.returncode, "没有用 actionlint 查" in done.stderr) == (code, True), done.stdout + done.stderr


def test_a_workflow_that_would_put_words_of_others_into_a_command_does_not_pass(clone: Path) -> None:
    bad = (clone / ".github/workflows/publish.yml").read_text(encoding="utf-8")
    bad = bad.replace("run: make verify", "run: make verify ${{ github.event.head_commit.message }}")
    write(clone, {".github/workflows/publish.yml": bad})
    done = subprocess.run(
        ["make", *LINT], cwd=clone, env=of_no_make(), check=False, capture_output=True, encoding="utf-8"
    )
    assert done.returncode != 0
    assert "template-injection" in done.stdout


#: What Windows has as ``py``: any Python; an environment that it makes has its programs in Scripts.
PY = """#!/bin/sh
if [ "$1 $2" = "-m venv" ]; then
  mkdir "$3" && ln -s PREFIX/lib "$3" && ln -s PREFIX/bin "$3" && ln -s bin "$3/Scripts" && cp PREFIX/pyvenv.cfg "$3"
else
  PREFIX/bin/python "$@"
fi
"""


def test_the_commands_for_windows_do_without_make(clone: Path, tmp_path: Path) -> None:
    (clone / ".venv").unlink()
    write(tmp_path, {"bin/py": PY.replace("PREFIX", sys.prefix), "bin/make": "#!/bin/sh\nexit 1\n"})
    for command in (tmp_path / "bin").iterdir():
        command.chmod(0o755)
    done = Runner(clone, {}, tmp_path / "bin").run("windows.yml")
    assert done[-1] == "py build_site.py verify site"
    assert (clone / "build/import/shilizhen/2021-07-05.yml").is_file()
    assert (clone / "build/new/shili-ju/2026-01-05.yml").is_file()
    assert (clone / "site/index.html").is_file()


CHECKED = ["actions/checkout", "actions/setup-python", "actions/cache/restore", "make check"]
PREVIEWED = ["make preview", 'cat preview/summary.md >> "$GITHUB_STEP_SUMMARY"']


def requesting(clone: Path, base: str) -> Runner:
    expression = "github.event.pull_request.base.sha || 'origin/main'"
    return Runner(clone, {expression: base, "github.event.pull_request.number": "7"})


def test_a_pull_request_gets_a_summary_and_a_preview(clone: Path) -> None:
    base = git(clone, "rev-parse", "HEAD")
    write(clone / "notices", {"shili/unit.yml": UNIT, "shili/2023.yml": NOTICE})
    commit(clone)
    done = requesting(clone, base).run("check.yml")
    assert done[:9] == [*CHECKED, *PREVIEWED, "make site", "make verify", "actions/upload-artifact"]
    assert done[-2:] == ["make test-changed", "make test-program"]
    summary = (clone.parent / "GITHUB_STEP_SUMMARY").read_text(encoding="utf-8")
    assert "| 示例局 2023 | 新增 |" in summary
    assert (clone / "preview/shili-2023.html").is_file()
    assert (clone / "preview/number").read_text(encoding="ascii") == "7\n"


def test_only_a_change_of_the_program_needs_the_tests_of_the_program(clone: Path) -> None:
    base = git(clone, "rev-parse", "HEAD")

    def said() -> str:
        commit(clone)
        command = ["make", "--dry-run", "test-program"]
        return subprocess.check_output(command, cwd=clone, env=of_no_make(BASE=base), encoding="utf-8")

    write(clone / "notices", {"shili/unit.yml": UNIT, "shili/2023.yml": NOTICE})
    assert said().strip().endswith("只改了通报，程序的测试不用重跑。")
    write(clone, {"docs/about.md": "改了\n"})
    assert "-m mypy" in said()
    assert "-m pytest --numprocesses 4" in said()
    base = "no-such-revision"
    assert "-m pytest --numprocesses 4" in said()
    base = ""
    assert "-m pytest --numprocesses 4" in said()


def test_a_page_that_a_change_makes_is_looked_at_in_the_browser(clone: Path) -> None:
    base = git(clone, "rev-parse", "HEAD")
    write(clone / "notices", {"shili/unit.yml": UNIT, "shili/2023.yml": NOTICE})
    # A page too wide for a phone; none that is there already is opened.
    style = clone / "theme" / "assets" / "base.css"
    style.write_text(style.read_text(encoding="utf-8") + "article h1 { min-width: 2000px }\n", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "tests/test_changed_pages.py", "-k", "wider"]
    done = subprocess.run(
        command, cwd=clone, env=of_no_make(BASE=base), check=False, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 1
    assert "['notices/shili/2023/', 'units/shili/']" in done.stdout


def test_a_pull_request_with_an_error_fails_and_has_its_summary_even_so(clone: Path) -> None:
    base = git(clone, "rev-parse", "HEAD")
    write(clone / "notices", {"shili/unit.yml": UNIT, "shili/2023.yml": NOTICE + "标体: 甲\n"})
    commit(clone)
    done = requesting(clone, base).run("check.yml")
    assert done == [*CHECKED, "失败", PREVIEWED[0], "失败", PREVIEWED[1], "actions/upload-artifact"]
    assert "**有 1 个错误，不能公布**" in (clone.parent / "GITHUB_STEP_SUMMARY").read_text(encoding="utf-8")


#: GitHub as ``gh`` shows it: keeps what it is told in a folder, answers from files there.
GH = """#!/bin/sh
echo "$@" >> GITHUB/calls
case "$1 $2" in
  "run download") mkdir -p "$7/preview" && cp GITHUB/artifact/* "$7/preview" ;;
  "pr view") case "$5" in headRefOid) cat GITHUB/head ;; files) cat GITHUB/files ;; esac ;;
  "pr comment") cp "$5" GITHUB/comment.md ;;
esac
"""


def commented(clone: Path, tmp_path: Path, artifact: dict[str, str], head: str = "abc") -> Path:
    """What GitHub has been told after ``comment.yml`` ran on what a check left behind."""
    told = tmp_path / "github"
    write(told, {"head": f"{head}\n", "files": "notices/shili/2023.yml\nnoticeboard/model.py\n", "calls": ""})
    write(told / "artifact", artifact)
    write(tmp_path, {"bin/gh": GH.replace("GITHUB", str(told))})
    (tmp_path / "bin/gh").chmod(0o755)
    keys = ("github.token", "github.repository", "github.event.workflow_run.id")
    context = {
        **dict.fromkeys(keys, "1"),
        "github.event.workflow_run.html_url": "https://example.org/runs/1",
        "github.event.workflow_run.head_sha": "abc",
    }
    done = Runner(clone, context, tmp_path / "bin").run("comment.yml")
    assert done[:3] == ["actions/checkout", "actions/setup-python", ".github/comment.sh"]
    write(told, {"failed": str("失败" in done)})
    return told


ROW = '[{"subject": "示例局 2023", "what": "changed", "lines": ["电话 1 → 2"]}]'


def test_the_comment_tells_what_changes_and_labels_say_whose(clone: Path, tmp_path: Path) -> None:
    told = commented(clone, tmp_path, {"number": "7\n", "changed.json": ROW})
    comment = (told / "comment.md").read_text(encoding="utf-8")
    assert "| 示例局 2023 | 更正 | 电话 1 → 2 |" in comment
    assert "<https://example.org/runs/1>" in comment
    calls = (told / "calls").read_text(encoding="utf-8")
    assert "pr edit 7 --add-label 单位/shili" in calls
    assert "pr edit 7 --add-label 程序" in calls


def test_an_artifact_can_only_speak_of_its_own_pull_request(clone: Path, tmp_path: Path) -> None:
    told = commented(clone, tmp_path, {"number": "8; rm -rf x\n", "changed.json": ROW}, head="another")
    assert not (told / "comment.md").exists()
    assert (told / "failed").read_text(encoding="utf-8") == "False"


@pytest.mark.parametrize(
    "changed",
    [ROW.replace("示例局", "<img src=x> @all [x](http://x) `$(id)` ${{ x }}"), ROW.replace("电话", "|\\n\\n# 假的")],
)
def test_what_an_artifact_says_is_text(clone: Path, tmp_path: Path, changed: str) -> None:
    comment = (commented(clone, tmp_path, {"number": "7", "changed.json": changed}) / "comment.md").read_text("utf-8")
    assert comment.count("\n# ") == 0
    assert not {"<img", "@all", "](http", "$(", "${{"} & {
        word for word in ("<img", "@all", "](http", "$(", "${{") if word in comment
    }


@pytest.mark.parametrize("changed", ["", "{}", "[1]", '[{"what": "changed"}]', "[" * 100_000, "\x00"])
def test_an_artifact_of_another_form_is_not_posted(clone: Path, tmp_path: Path, changed: str) -> None:
    told = commented(clone, tmp_path, {"number": "7", "changed.json": changed})
    assert not (told / "comment.md").exists()
    assert (told / "failed").read_text(encoding="utf-8") == "True"


def sent(clone: Path, tmp_path: Path, text: str) -> tuple[GitHub, list[str]]:
    """What GitHub has been told after ``form.yml`` ran on an issue of this text, and the steps."""
    github = GitHub(tmp_path, clone)
    write(github.told, {"body.md": text})
    (github.told / "draft").symlink_to(clone / "form" / "draft")
    keys = ("github.token", "github.repository", "github.run_id")
    runner = Runner(clone, {**dict.fromkeys(keys, "1"), "github.event.issue.number": "5"}, tmp_path / "bin")
    return github, runner.run("form.yml")


def test_a_form_becomes_a_pull_request_that_is_checked(clone: Path, tmp_path: Path) -> None:
    base = git(clone, "rev-parse", "HEAD")
    github, done = sent(clone, tmp_path, body(**FILLED))
    assert done[-2:] == [".github/form-request.sh", "./.github/workflows/check.yml"]
    assert github.branch() == ["notices/shili-shiliju/2024-03-01.yml", "notices/shili-shiliju/unit.yml"]
    assert "https://example.org/pull/1" in (github.told / "comments.md").read_text("utf-8")
    git(clone, "switch", "--quiet", "notice/issue-5")
    assert requesting(clone, base).run("check.yml")[:5] == [*CHECKED, "失败"]
    summary = (clone.parent / "GITHUB_STEP_SUMMARY").read_text(encoding="utf-8")
    assert "没有比较 notices&#47;shili-shiliju&#47;unit&#46;yml：有错误" in summary
    assert "没有变化" not in summary


@pytest.mark.parametrize(
    "hostile",
    [
        "$(touch pwned)",
        "`touch pwned`",
        "${{ github.token }}",
        "'; touch pwned; '",
        "甲\n\n### 单位\n\n乙",
        "甲" * 1_000_000,
    ],
    ids=["command", "backticks", "expression", "quotes", "line breaks", "1 MB"],
)
def test_what_a_form_says_reaches_no_shell_on_its_whole_way(clone: Path, tmp_path: Path, hostile: str) -> None:
    github, done = sent(
        clone, tmp_path, body(**{**FILLED, "问题": hostile, "地址": hostile[:200], "来源": hostile[:200]})
    )
    assert "失败" not in done
    assert (github.told / "comments.md").read_text("utf-8").startswith(("写好了", "**没有写成草稿"))
    assert [path for path in clone.rglob("pwned") if ".venv" not in path.parts] == []
