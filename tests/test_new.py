"""``new``: a file to be filled in, which says everything that one must know; nothing that is there is touched."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noticeboard.paths import ROOT
from noticeboard.reading.blank import blank_file
from noticeboard.reading.read import read_bytes
from noticeboard.record.keys import keys_of
from noticeboard.record.model import Notice, Unit
from tests.program import run
from tests.records import FILE, NOTICE, UNIT, write

SHILI = {"shili/unit.yml": UNIT, "shili/2023.yml": NOTICE}


def new(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run("new", *arguments, "--no-input", "--notices", folder)


def uncommented(text: str) -> str:
    """The file as if somebody took away the ``# `` from every group that is shut."""
    lines = text.splitlines()
    shut = [re.sub(r"^( *)# ((?:  )*(?:- )?\S+:$|(?:  )+# .*)", r"\1\2", line) for line in lines]
    return "\n".join(shut)


@pytest.mark.parametrize(("kind", "text"), [(Notice, blank_file(Notice, {}, [])), (Unit, blank_file(Unit, {}, []))])
def test_every_key_is_there_with_its_meaning_and_whether_it_must_be(kind: type[Notice | Unit], text: str) -> None:
    for sheet in keys_of(kind).values():
        for key in sheet.keys:
            # Suggestions are written as issues are, a status in detail as its line says.
            if sheet.type_name in ("Suggestion", "Status"):
                continue
            assert re.search(rf"{key.name}\b", text), (sheet.title, key.name)
            assert f"{'必填' if key.is_required else '选填'}。{key.description}" in text


def test_a_fresh_file_lacks_only_what_must_be_filled_in(tmp_path: Path) -> None:
    write(tmp_path, SHILI)
    assert new(tmp_path, "shili", "2024-03-01").returncode == 0
    done = run("check", tmp_path / "shili/2024-03-01.yml", "--format", "github")
    lines = done.stdout.splitlines()
    assert len(lines) == 2
    assert all("title=missing-key::“标题”空着" in line for line in lines)


def test_a_new_unit_gets_its_file_too_and_a_name_in_letters(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    folder = tmp_path / "x"
    done = new(folder, "示例县示例局", "2024")
    assert done.returncode == 0
    assert f"写好了 {folder}/shili-shiliju/unit.yml\n写好了 {folder}/shili-shiliju/2024.yml\n" in done.stderr
    assert "全称: 示例县示例局\n" in (folder / "shili-shiliju/unit.yml").read_text("utf-8")
    assert "标题: 示例县示例局关于巡察整改进展情况的通报\n" in (folder / "shili-shiliju/2024.yml").read_text("utf-8")


@pytest.mark.parametrize("name", ["shili", "示例局", "示例县示例局"])
def test_a_unit_that_is_there_is_known_by_folder_or_name(tmp_path: Path, name: str) -> None:
    assert new(write(tmp_path, SHILI), name, "2024").returncode == 0
    assert (tmp_path / "shili/2024.yml").is_file()


#: 示例市文联 has the folder that 示例县文联 would be given.
OF_THE_CITY = {
    "shili-wenlian/unit.yml": UNIT.replace("示例县示例局", "示例市文联").replace("示例局", "市文联")
    .replace(", 县: 示例县, 代码: 439999", ", 代码: 439900"),
    "shili-wenlian/2023.yml": NOTICE,
}  # fmt: skip


def written(folder: Path, before: dict[str, str]) -> list[str]:
    """The files that came to those that were there, which are as they were."""
    assert all((folder / path).read_text("utf-8") == text for path, text in before.items())
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*.yml")}
    return sorted(files - before.keys())


def test_a_new_unit_never_gets_the_folder_of_another_that_is_spelt_alike(tmp_path: Path) -> None:
    done = new(write(tmp_path, OF_THE_CITY), "示例县文联", "2024")
    assert done.returncode == 0
    assert written(tmp_path, OF_THE_CITY) == ["shilixian-wenlian/2024.yml", "shilixian-wenlian/unit.yml"]
    assert "单位：示例县文联（shilixian-wenlian，新单位，文件夹名定了就不再改）\n" in done.stderr
    assert "文件夹 shili-wenlian 已经是“示例市文联”的，这个单位用 shilixian-wenlian\n" in done.stderr


def test_the_known_unit_keeps_its_folder_by_either_name_and_it_is_said(tmp_path: Path) -> None:
    write(tmp_path, OF_THE_CITY)
    for name, date in (("shili-wenlian", "2024"), ("湖南省示例市文学艺术界联合会", "2025"), ("市文联", "2022")):
        assert "单位：示例市文联（shili-wenlian，本站已有）\n" in new(tmp_path, name, date).stderr
        assert (tmp_path / f"shili-wenlian/{date}.yml").is_file()


@pytest.mark.parametrize(
    "files",
    [
        {"shili-wenlian/unit.yml": "全称：示例市文联\n"},
        {"shili-wenlian/unit.yml": ""},
        {"shili-wenlian/2023.yml": NOTICE},
        {"Shili-Wenlian/unit.yml": "全称: 示例市文联\n"},
        {"qita/unit.yml": UNIT + "旧址: [shili-wenlian]\n"},
        {"qita/unit.yml": UNIT + "并入: shili-wenlian\n"},
        {"qita/unit.yml": "全称:: 别的\n旧址:\n  - shili-wenlian\n"},
        {"qita/unit.yml": UNIT, "qita/2020.yml": NOTICE + "旧址: shili-wenlian/2020\n"},
    ],
)
def test_a_folder_that_cannot_be_read_and_a_former_name_are_taken_too(tmp_path: Path, files: dict[str, str]) -> None:
    assert new(write(tmp_path, files), "示例县文联", "2024").returncode == 0
    assert written(tmp_path, files) == ["shilixian-wenlian/2024.yml", "shilixian-wenlian/unit.yml"]


def test_a_unit_whose_file_is_not_filled_in_yet_keeps_its_folder(tmp_path: Path) -> None:
    assert new(write(tmp_path, OF_THE_CITY), "示例县文联", "2024").returncode == 0
    assert new(tmp_path, "示例县文联", "2025").returncode == 0
    assert new(tmp_path, "湖南省示例市示例县文学艺术界联合会", "2026").returncode == 0
    names = ["shilixian-wenlian/2024.yml", "shilixian-wenlian/2025.yml", "shilixian-wenlian/2026.yml"]
    assert written(tmp_path, OF_THE_CITY) == [*names, "shilixian-wenlian/unit.yml"]


@pytest.mark.parametrize("folder", ["示例县文联", "Shili-Wenlian"])
def test_a_folder_that_can_be_no_unit_is_not_written_into(tmp_path: Path, folder: str) -> None:
    files = {f"{folder}/unit.yml": "全称: 示例县文联\n"}
    assert new(write(tmp_path, files), "示例县文联", "2024").returncode == 0
    assert not any(path.startswith(folder) for path in written(tmp_path, files))


def test_a_former_folder_name_leads_to_the_unit_as_it_is_now(tmp_path: Path) -> None:
    done = new(write(tmp_path, {**SHILI, "shili/unit.yml": UNIT + "旧址: jiu-ju\n"}), "jiu-ju", "2024")
    assert "jiu-ju 是“示例县示例局”以前的文件夹名，现在用 shili\n" in done.stderr
    assert (tmp_path / "shili/2024.yml").is_file()


def test_a_name_of_several_units_is_none_of_them_by_chance(tmp_path: Path) -> None:
    two = {**SHILI, "er/unit.yml": UNIT.replace("示例县示例局", "示例区示例局").replace("县: 示例县", "县: 示例区")}
    done = new(write(tmp_path, two), "示例局", "2024")
    assert "叫“示例局”的单位本站有几个：er（湖南省示例市示例区）、shili（湖南省示例市示例县）" in done.stderr
    assert written(tmp_path, two) == ["shiliju/2024.yml", "shiliju/unit.yml"]


def test_what_is_there_stays_and_the_way_to_a_second_is_told(tmp_path: Path) -> None:
    write(tmp_path, SHILI)
    done = new(tmp_path, "shili", "2023")
    assert (done.returncode, (tmp_path / "shili/2023.yml").read_text("utf-8")) == (2, NOTICE)
    assert "已经有了，没有改动；确是同一天的另一份，日期写成 2023_2" in done.stderr
    assert new(tmp_path, "shili", "2023_2").returncode == 0
    assert "日期写成 2023_3" in new(tmp_path, "shili", "2023_2").stderr


@pytest.mark.parametrize("unit", ["../x", "/etc/x", "X Y", "局/../x", "index", "a..b", "", "."])
def test_a_name_that_cannot_be_a_folder_is_refused(tmp_path: Path, unit: str) -> None:
    write(tmp_path / "notices", SHILI)
    done = new(tmp_path / "notices", unit, "2024")
    assert done.returncode == 2
    assert sorted(path.name for path in tmp_path.rglob("*.yml")) == ["2023.yml", "unit.yml"]


@pytest.mark.parametrize("date", ["2023-13", "2023-02-30", "去年", "２０２３", "2023_1", "2023-1"])
def test_a_date_that_is_none_is_explained(tmp_path: Path, date: str) -> None:
    done = new(write(tmp_path, SHILI), "shili", date)
    assert (done.returncode, len(list(tmp_path.rglob("*.yml")))) == (2, 2)
    assert "：" in done.stderr


def test_without_a_date_and_a_terminal_one_is_told_what_is_missing(tmp_path: Path) -> None:
    done = new(write(tmp_path, SHILI), "shili")
    assert (done.returncode, "没有写日期" in done.stderr) == (2, True)


@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=40))
def test_any_answer_stands_in_the_file_as_it_was_given(answer: str) -> None:
    text = blank_file(Notice, {"标题": answer, "文种": "巡察整改进展", "发布.内容": "摘要", "方面.标题": "甲"}, [])
    text = text.replace("        标题:", "        标题: 乙")
    record = read_bytes(FILE, text.encode("utf-8"), Notice).record
    assert record is not None
    assert record.title == answer.strip()


def test_groups_that_are_shut_become_sound_when_their_signs_are_taken_away() -> None:
    text = uncommented(blank_file(Notice, {"标题": "甲", "文种": "巡察整改进展", "发布.内容": "摘要"}, []))
    problems = read_bytes(FILE, text.encode("utf-8"), Notice).problems
    assert "已知差异:\n" in text
    assert {problem.code for problem in problems} == {"missing-key"}


class Terminal:
    """The command at a pseudo-terminal: answers go in, what is said comes out."""

    def __init__(self, *arguments: str) -> None:
        self.master, slave = pty.openpty()
        program = [sys.executable, str(ROOT / "build_site.py"), "new", *arguments]
        self.process = subprocess.Popen(program, stdin=slave, stdout=slave, stderr=slave, cwd=ROOT)
        os.close(slave)
        self.said = ""

    def until(self, words: str) -> None:
        while words not in self.said:
            ready, _, _ = select.select([self.master], [], [], 20)
            assert ready, self.said
            try:
                self.said += os.read(self.master, 65536).decode("utf-8", "replace").replace("\r\n", "\n")
            except OSError:
                break
        assert words in self.said, self.said

    def answer(self, prompt: str, answer: str) -> None:
        self.until(prompt)
        self.said = ""
        os.write(self.master, f"{answer}\n".encode())

    def close(self) -> int:
        code = self.process.wait(20)
        os.close(self.master)
        return code


def test_at_a_terminal_one_is_asked_and_a_wrong_answer_is_explained(tmp_path: Path) -> None:
    write(tmp_path, SHILI)
    terminal = Terminal("shili", "--notices", str(tmp_path))
    terminal.answer("日期（落款、发布或数据截至）> ", "2024.3.1")
    terminal.until("写成 2024-03-01")
    terminal.answer("日期（落款、发布或数据截至）> ", "2024-03-01")
    terminal.answer("标题（回车：示例县示例局关于巡察整改进展情况的通报）> ", "")
    terminal.answer("文种（回车：巡察整改进展）> ", "9")
    terminal.until("不在可用的值之中")
    terminal.answer("文种（回车：巡察整改进展）> ", "2")
    for prompt in ("署名（", "来源（", "网址（没有就按回车）> "):
        terminal.answer(prompt, "")
    terminal.answer("发布日期（没有就按回车）> ", "2024-03-02")
    for prompt in ("落款日期（回车：2024-03-01）> ", "内容（回车：摘要）> ", "数据截至（", "电话（"):
        terminal.answer(prompt, "")
    terminal.until("写好了")
    assert terminal.close() == 0
    text = (tmp_path / "shili/2024-03-01.yml").read_text("utf-8")
    assert "文种: 巡视整改进展\n" in text
    assert "  发布日期: 2024-03-02\n" in text


def test_who_stops_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    write(tmp_path, SHILI)
    terminal = Terminal("xin-danwei", "2024", "--notices", str(tmp_path))
    terminal.answer("全称（必填）> ", "")
    terminal.until("这一项必须填")
    terminal.answer("全称（必填）> ", "示例新局")
    terminal.until("简称（必填）> ")
    # Ctrl+D at the beginning of a line: the input ends.
    os.write(terminal.master, b"\x04")
    assert terminal.close() == 2
    assert not (tmp_path / "xin-danwei").exists()
