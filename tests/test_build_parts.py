"""Parts of the work of a build, each by another machine: the build that has all their files makes next to nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noticeboard import paths
from noticeboard.commands.parts import Part
from noticeboard.paths import ROOT
from tests.kept_builds import FILES, Counts, Project, files_of
from tests.program import run
from tests.records import NOTICE, UNIT, write


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    made = Project(tmp_path, monkeypatch)
    monkeypatch.setenv("SITE_URL", "https://example.org/")
    made.write(FILES)
    monkeypatch.setattr(paths, "KEPT_ELSEWHERE", made.kept.parent / "kept")
    shutil.copytree(ROOT / "examples" / "notices", made.notices)
    return made


def build(project: Project, *arguments: object) -> str:
    done = run("build", "--notices", project.notices, "--site-dir", project.site, "--jobs", 1, *arguments)
    assert done.returncode == 0, done.stderr
    return done.stderr


def filled_elsewhere(project: Project, part: str) -> Path:
    """The file that another machine leaves, as it comes here."""
    build(project, "--part", part)
    there = paths.KEPT_ELSEWHERE / part.replace("/", "-") / "kept.db"
    there.parent.mkdir(parents=True)
    shutil.move(project.kept, there)
    return there


def _is_group(name: str) -> bool:
    """And not a page of the whole site, whose address has a stroke at its end."""
    return name.startswith("units/") and not name.endswith("/")


def units(names: list[str]) -> list[str]:
    return sorted(unit for name in names if _is_group(name) for unit in name[6:].split("+"))


def test_a_build_that_has_what_all_parts_made_makes_no_unit_and_the_same_site(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(project)
    plain = files_of(project.site)
    shutil.rmtree(project.site)
    project.kept.unlink()
    counts = Counts(monkeypatch)
    made = []
    for part in ("1/3", "2/3", "3/3"):
        filled_elsewhere(project, part)
        assert not project.site.exists()
        made.append(counts.taken())
    assert all(units(names) for names in made)
    assert set(units([name for names in made for name in names])) == {
        folder.name for folder in project.notices.iterdir() if folder.is_dir()
    }
    assert [("docs" in names) for names in made] == [True, False, False]
    build(project)
    rest = counts.taken()
    assert units(rest) == []
    assert "docs" not in rest
    assert files_of(project.site) == plain


def test_a_unit_of_another_part_that_is_spoken_of_is_read_too(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(project.notices)
    matter = "问题: [{标识: i-1, 标题: 甲, 状态: 已完成%s}]\n"
    for slug in "abc":
        carries_on = ", 承接: c/2020#i-1" if slug == "a" else ""
        notice = "2020.yml" if slug == "c" else "2021.yml"
        files = {"unit.yml": UNIT.replace("示例局", f"示例{slug}局"), notice: NOTICE + matter % carries_on}
        write(project.notices / slug, files)
    counts = Counts(monkeypatch)
    filled_elsewhere(project, "1/3")
    assert units(counts.taken()) == ["a", "c"]
    build(project)
    assert units(counts.taken()) == ["b"]


def test_no_file_is_read_again_that_a_part_has_read(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    for part in ("1/2", "2/2"):
        filled_elsewhere(project, part)
    monkeypatch.setattr("noticeboard.checking.readings.judged_alone", None)
    build(project)


def test_a_file_of_another_machine_that_is_damaged_is_done_without(project: Project) -> None:
    filled_elsewhere(project, "1/2").write_bytes(b"x" * 5000)
    (paths.KEPT_ELSEWHERE / "empty.db").touch()
    (paths.KEPT_ELSEWHERE / "folder.db").mkdir()
    before = files_of(paths.KEPT_ELSEWHERE)
    build(project)
    project.stands()
    assert files_of(paths.KEPT_ELSEWHERE) == before


@pytest.mark.parametrize("words", ["0/3", "4/3", "x", "1", "1/0", "-1/3", "1/2/3", "１/３"])
def test_what_is_no_part_is_said(words: str) -> None:
    done = run("build", f"--part={words}")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert f"--part 不能写“{words}”" in done.stderr


@given(st.lists(st.integers(1, 50), max_size=40), st.integers(1, 6))
def test_each_thing_is_in_one_part_and_each_part_has_about_as_much(sizes: list[int], number: int) -> None:
    known = dict(enumerate(sizes))
    shares = [Part(nth, number).share(known) for nth in range(1, number + 1)]
    assert [thing for share in shares for thing in share] == [*known]
    most = max(sizes, default=0)
    assert all(abs(sum(known[thing] for thing in share) - sum(sizes) / number) <= most for share in shares)
