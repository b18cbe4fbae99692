"""What stands in notices/ and docs/ under a name of ours and is no plain file of the project: said, never opened."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from noticeboard.board import folders
from noticeboard.checking.check import check
from noticeboard.commands import main
from noticeboard.problems import CannotRun
from noticeboard.reading import opening
from noticeboard.reading.opening import LARGEST, documents
from noticeboard.record.model import Notice
from noticeboard.serve.memory import Memory
from noticeboard.serve.watch import snapshot
from noticeboard.site.pages.tree import by_hand, write_tree
from tests.records import MASTHEAD, NOTICE, UNIT, write
from tests.test_revisions import commit, git

FILES = {"shili/unit.yml": UNIT, "shili/2023-12-14.yml": NOTICE}


@pytest.fixture
def notices(tmp_path: Path) -> Path:
    """Notices in a project, beside which other things stand."""
    (tmp_path / "project/.git").mkdir(parents=True)
    write(tmp_path / "outside", {"wai/unit.yml": UNIT, "wai/2023.yml": NOTICE})
    return write(tmp_path / "project/notices", FILES)


def found(folder: Path) -> list[tuple[str, str]]:
    return [(problem.file.name, problem.code) for problem in check(folder).problems]


def test_a_pipe_is_not_waited_for(notices: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(notices / "shili/2024.yml")
    assert main(["check", "--fix", "--notices", str(notices)]) == 1
    said = capsys.readouterr().out
    assert "2024.yml:1:1: 错误 not-a-file 2024.yml 不是普通的文件，没有打开 — " in said
    assert Memory().read(notices / "shili/2024.yml", Notice).problems[0].code == "not-a-file"


def test_a_pipe_in_place_of_a_units_file_is_not_waited_for(notices: Path) -> None:
    (notices / "shili/unit.yml").unlink()
    os.mkfifo(notices / "shili/unit.yml")
    assert found(notices) == [("unit.yml", "not-a-file")]


@pytest.mark.parametrize("target", ["/dev/zero", "../../../outside/wai/2023.yml", "../../../outside/not-there.yml"])
def test_a_link_out_of_the_project_is_refused_by_its_name(notices: Path, target: str) -> None:
    (notices / "shili/2024.yml").symlink_to(target)
    assert found(notices) == [("2024.yml", "link-outside")]
    assert [problem.code for problem in check(paths=[notices / "shili"]).problems] == ["link-outside"]


def test_a_folder_out_of_the_project_is_not_looked_into(notices: Path) -> None:
    (notices / "wai").symlink_to("../../outside/wai")
    assert found(notices) == [("wai", "link-outside")]
    assert [problem.code for problem in check(paths=[notices / "wai"]).problems] == ["link-outside"]
    assert sorted(map(str, folders.standing(notices))) == ["notices/shili/2023-12-14/", "units/shili/"]


def test_what_lies_outside_is_neither_mended_nor_shown(notices: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outside = notices.parent.parent / "outside/wai/2023.yml"
    outside.write_text("标题：机密\n", encoding="utf-8")
    (notices / "shili/2024.yml").symlink_to(outside)
    main(["check", "--fix", "--notices", str(notices)])
    assert outside.read_text(encoding="utf-8") == "标题：机密\n"
    assert "机密" not in "".join(capsys.readouterr())


def test_a_file_outside_that_somebody_names_is_read(notices: Path) -> None:
    outside = notices.parent.parent / "outside/wai"
    assert [problem.code for problem in check(paths=[outside / "2023.yml"]).problems] == []


def test_a_link_within_the_project_is_followed(notices: Path) -> None:
    write(notices.parent / "archive", {"2022.yml": NOTICE.replace("2023-12-14", "2022-01-02")})
    (notices / "shili/2022-01-02.yml").symlink_to("../../archive/2022.yml")
    checked = check(notices)
    assert (len(checked.board.by_address), checked.problems) == (2, ())


@pytest.mark.parametrize(("target", "words"), [("2024.yml", "绕成了圈"), ("2025.yml", "通到一个没有的文件")])
def test_a_link_that_leads_nowhere_is_said_to(notices: Path, target: str, words: str) -> None:
    (notices / "shili/2024.yml").symlink_to(target)
    (problem,) = check(notices).problems
    assert (problem.code, words in problem.what) == ("not-a-file", True)


@pytest.mark.parametrize("target", [None, "2024.yml", "2025.yml"], ids=["pipe", "loop", "nowhere"])
def test_what_is_no_file_is_said_where_it_is_named_too(notices: Path, target: str | None) -> None:
    file = notices / "shili/2024.yml"
    if target is None:
        os.mkfifo(file)
    else:
        file.symlink_to(target)
    assert [problem.code for problem in check(paths=[file]).problems] == ["not-a-file"]
    assert main(["check", "--fix", str(file)]) == 1


def test_a_folder_that_is_a_link_in_a_loop_is_said_to_be_stray(notices: Path) -> None:
    (notices / "quan").symlink_to("quan")
    assert found(notices) == [("quan", "stray-file")]


def test_a_file_that_may_not_be_read_ends_the_run_with_one_sentence(
    notices: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def denied(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(opening.os, "open", denied)
    assert main(["check", "--notices", str(notices)]) == 2
    assert capsys.readouterr().err.endswith("shili/unit.yml：没有读它的权限\n")


def test_a_file_too_large_for_a_record_is_not_read_whole(notices: Path) -> None:
    with (notices / "shili/2024.yml").open("wb") as file:
        # As long as a film, and empty on the disk.
        file.truncate(5_000_000_000)
    assert found(notices) == [("2024.yml", "too-large")]


def test_a_file_with_too_many_values_is_said_to_be_too_large(notices: Path) -> None:
    (notices / "shili/2024.yml").write_text(NOTICE + "署名:\n" + "- 甲\n" * (LARGEST // 10), encoding="utf-8")
    assert found(notices) == [("2024.yml", "too-large")]


def test_documents_are_those_below_the_folder_and_behind_links_of_the_project(tmp_path: Path) -> None:
    write(tmp_path, {"docs/a.md": "a", "docs/.hidden": "b", "docs/one/b.md": "c", "more/c.md": "d", "mkdocs.yml": ""})
    (tmp_path / "docs/more").symlink_to("../more")
    assert [path for path, _ in documents(tmp_path / "docs")] == ["a.md", "more/c.md", "one/b.md"]


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("../../outside.md", "通到项目以外"),
        ("../..", "通到项目以外"),
        (".", "通到它自己所在的文件夹"),
        ("b.md", "不是普通的文件，或者是断了的链接"),
        ("a.md", "不是普通的文件，或者是断了的链接"),
        (None, "不是普通的文件"),
    ],
)
def test_no_other_document_is_published_or_passed_over(tmp_path: Path, target: str | None, words: str) -> None:
    write(tmp_path, {"outside.md": "a", "project/mkdocs.yml": "", "project/docs/index.md": "b"})
    document = tmp_path / "project/docs/a.md"
    if target is None:
        os.mkfifo(document)
    else:
        document.symlink_to(target)
    with pytest.raises(CannotRun, match=words):
        list(documents(tmp_path / "project/docs"))


def test_the_tree_of_pages_takes_no_document_from_outside(tmp_path: Path) -> None:
    write(tmp_path, {"outside.md": "机密", "project/mkdocs.yml": "", "project/docs/index.md": "b"})
    (tmp_path / "project/docs/more.md").symlink_to("../../outside.md")
    with pytest.raises(CannotRun, match="more"):
        write_tree([], [], by_hand(tmp_path / "project/docs", MASTHEAD), tmp_path / "tree", is_ours=True)
    assert not (tmp_path / "tree/more.md").exists()


def test_what_is_watched_ends_where_links_go_round_or_out(notices: Path) -> None:
    (notices / "shili/again").symlink_to("..")
    (notices / "shili/too").symlink_to("../..")
    (notices / "wai").symlink_to("../../outside")
    assert {Path(path).name for path in snapshot([notices])} == {"unit.yml", "2023-12-14.yml"}


def test_what_changed_is_told_beside_a_link_in_a_loop(notices: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(notices.parent, "init", "--quiet")
    commit(notices.parent)
    (notices / "shili/2023-12-14.yml").unlink()
    (notices / "shili/2023-12-14.yml").symlink_to("2023-12-14.yml")
    assert main(["diff", "HEAD", "--notices", str(notices)]) in (0, 1)
    assert "2023-12-14" in "".join(capsys.readouterr())
