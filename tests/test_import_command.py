"""``import`` as a clerk runs it: what is written, what is said, what stops it."""

from __future__ import annotations

import io
import sys
import time
from pathlib import Path

import pytest

from noticeboard.board.board import Board, NoticeFile, unit_folder
from noticeboard.board.folders import load
from noticeboard.commands import main
from noticeboard.positions import Marks
from noticeboard.reading.read import R, read_bytes
from noticeboard.record.model import Notice, Unit
from tests.drafts import LEAD, imported
from tests.records import NOTICE, UNIT, write

TEXT = (
    f"{LEAD}反馈的2个问题，已完成整改2个。\n1.关于“台账不全”的问题\n一是补。二是查。\n"
    "2.关于“公章管理不严”的问题\n一是收。二是登。\n联系电话：0000-1234567。\n中共示例县示例局党组\n2023年12月14日\n"
)


def document(folder: Path, text: str = TEXT, name: str = "通报.txt") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def known(folder: Path) -> Path:
    """A folder of notices with one unit, 示例局."""
    return write(folder / "notices", {"shili/unit.yml": UNIT, "shili/2020.yml": NOTICE})


def run(*arguments: object) -> int:
    return main(["import", *map(str, arguments)])


def test_the_draft_is_shown_and_can_be_read_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(document(tmp_path), "--notices", known(tmp_path)) == 0
    shown = capsys.readouterr()
    assert "标题: 中共示例县示例局党组关于巡察整改进展情况的通报" in shown.out
    assert "在栏目" not in shown.out
    assert "0 字没有归入" in shown.err


def test_a_draft_of_a_known_unit_stands_at_its_address_and_passes_the_check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notices = known(tmp_path)
    assert run(document(tmp_path), "--notices", notices, "-o", notices) == 0
    board, problems = load(notices)
    assert board.by_address["shili/2023-12-14"].notice.title.startswith("中共示例县示例局党组")
    assert {problem.code for problem in problems} == {"draft-open"}
    assert "单位：示例县示例局（shili，本站已有）" in capsys.readouterr().err


def test_a_new_unit_gets_a_folder_by_its_pinyin_and_a_file_that_asks_for_what_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = TEXT.replace("示例", "样本")
    assert run(document(tmp_path, other), "--notices", known(tmp_path), "-o", tmp_path / "out") == 0
    assert "样本县样本局" in (tmp_path / "out/yangben-yangbenju/unit.yml").read_text(encoding="utf-8")
    told = capsys.readouterr().err
    assert "新单位" in told
    assert "missing-key" in told


def test_nothing_is_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "out.yml"
    target.write_text("我写的", encoding="utf-8")
    assert run(document(tmp_path), "--notices", known(tmp_path), "-o", target) == 1
    assert target.read_text(encoding="utf-8") == "我写的"
    assert "已经有了，没有改动" in capsys.readouterr().err


def test_several_files_go_into_a_folder_and_one_that_fails_stops_no_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = document(tmp_path), document(tmp_path, "番茄炒蛋：打三个鸡蛋。", "菜谱.txt")
    assert run(bad, good, "--notices", known(tmp_path), "-o", tmp_path / "out") == 1
    assert (tmp_path / "out/shili/2023-12-14.yml").is_file()
    assert "菜谱.txt: 没有转换：这不像整改情况的通报" in capsys.readouterr().err


def test_a_second_notice_of_the_same_day_takes_the_next_name(tmp_path: Path) -> None:
    notices = known(tmp_path)
    write(notices, {"shili/2023-12-14.yml": NOTICE})
    assert run(document(tmp_path), "--notices", notices, "-o", notices) == 0
    assert (notices / "shili/2023-12-14_2.yml").is_file()


def test_standard_input(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode("gb18030"))))
    assert run("-", "--notices", known(tmp_path)) == 0
    assert "台账不全" in capsys.readouterr().out


def test_every_value_is_explained_by_its_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(document(tmp_path), "--notices", known(tmp_path), "--explain") == 0
    explained = capsys.readouterr().out
    assert "巡察[1].开始: 2022-09-08　← 第 2 行“2022年9月8日”" in explained
    assert "问题[1].标题: 台账不全　← 第 4 行" in explained
    assert "套语（标题的套语）: 关于“　← 第 4 行" in explained


def test_a_record_and_a_document_are_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    notices = known(tmp_path)
    assert run(document(tmp_path), "--notices", notices, "-o", notices) == 0
    notice = notices / "shili/2023-12-14.yml"
    assert run("--compare", notice, document(tmp_path), "--notices", notices) == 0
    changed = (
        TEXT.replace("反馈的2个", "反馈的3个")
        .replace("公章管理不严", "公章管理不力")
        .replace("0000-1234567", "0000-7654321")
    )
    capsys.readouterr()
    assert run("--compare", notice, document(tmp_path, changed), "--notices", notices) == 1
    assert capsys.readouterr().out.splitlines() == [
        "通报所述（问题）：记录是“2个”，文件是“3个”",
        "状态（台账不全 / 通报总数）：记录有“已完成整改”，文件里没有找到",
        "问题.标题：记录是“公章管理不严”，文件是“公章管理不力”",
        "联系方式.电话：记录是“0000-1234567”，文件是“0000-7654321”",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "文件是空的"),
        ("番茄炒蛋\n1.打三个鸡蛋。\n2.切两个番茄。", "这不像整改情况的通报"),
        ("2023年度部门预算公开\n一、收支总表\n收入100万元，支出100万元。", "这不像整改情况的通报"),
        (TEXT + "经办人 11010519491231002X", "第 11 行有一个身份证号"),
    ],
)
def test_what_is_no_notice_or_must_not_be_taken_in_gets_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    assert run(document(tmp_path, text), "--notices", known(tmp_path)) == 1
    told = capsys.readouterr()
    assert said in told.err
    assert "11010519491231002X" not in told.err + told.out


def test_five_million_times_one_character_is_refused_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    begun = time.process_time()
    assert run(document(tmp_path, "整" * 5_000_000), "--notices", known(tmp_path)) == 1
    assert time.process_time() - begun < 10
    assert "没有转换" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["没有.docx"], "找不到文件"), (["a.txt", "b.txt"], "加上 -o 文件夹")],
)
def test_what_cannot_run_is_said_with_exit_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(*arguments, "--notices", known(tmp_path)) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("中共祁阳市文联党组", "qiyang-wenlian"),
        ("台州市椒江区文学艺术界联合会", "jiaojiang-wenlian"),
        ("中共示例省示例县委员会", "shili-"),
    ],
)
def test_a_folder_name_is_the_place_and_the_unit_in_pinyin(name: str, slug: str) -> None:
    text = TEXT.replace("中共示例县示例局党组", name)
    assert imported(text).issuer.slug.startswith(slug.rstrip("-"))


#: The unit of a city, beside which there is a county of the same name.
CITY = (
    UNIT.replace("示例县示例局", "示例市文联")
    .replace("示例局", "示例市文联")
    .replace(", 县: 示例县, 代码: 439999", ", 代码: 439900")
)
NUMBER = "0000-1234567"


def of(unit: str, name: str, signed: str, inspected: str = "示例局党组") -> str:
    """Folder of the unit to which a notice goes that is signed so, where ``unit`` is known with the same telephone."""
    notice = NOTICE.replace("0000-1234560", NUMBER)
    board = Board(
        (unit_folder(name, Path(name, "unit.yml"), record(unit, Unit), Marks(), [filed(name, record(notice, Notice))]),)
    )
    return imported(TEXT.replace("中共示例县示例局党组", signed).replace("示例局党组", inspected), board).issuer.slug


def record(text: str, kind: type[R]) -> R:
    found = read_bytes(Path("x.yml"), text.encode("utf-8"), kind).record
    assert found is not None
    return found


def filed(slug: str, notice: Notice) -> NoticeFile:
    return NoticeFile(slug, "2020", Path(slug, "2020.yml"), notice, Marks())


@pytest.mark.parametrize(
    ("signed", "inspected", "slug"),
    [
        ("中共示例市文联党组", "市文联", "shili-wenlian"),
        ("湖南省示例市文学艺术界联合会", "市文联", "shili-wenlian"),
        # The telephone confirms a name that gives no place.
        ("市文联党组", "市文联党组", "shili-wenlian"),
        ("文联党组", "文联党组", "shili-wenlian"),
        # The same name at another level, in another place, another office with the same telephone.
        ("中共示例县文联党组", "县文联", "shilixian-wenlian"),
        ("中共示例县文联党组", "示例市文联", "shilixian-wenlian"),
        ("北京市样本区文联", "区文联", "yangben-wenlian"),
        ("区文联", "区文联", "quwenlian"),
        ("市科协党组", "市科协党组", "shikexie"),
        ("示例市科协", "市科协", "shili-kexie"),
        # A town that reports for a village, and a village of the same telephone.
        ("示例镇党委", "示例市文联", "shilizhen"),
    ],
)
def test_a_notice_goes_to_a_known_unit_only_where_its_name_says_so(signed: str, inspected: str, slug: str) -> None:
    assert of(CITY, "shili-wenlian", signed, inspected) == slug


def test_a_name_without_a_place_and_without_the_telephone_is_no_known_unit() -> None:
    assert (
        of(CITY.replace("简称: 示例市文联", "简称: 文联").replace("示例市文联", "文联"), "shili-wenlian", "文联党组")
        != "x"
    )
    unit = CITY.replace("简称: 示例市文联", "简称: 文联")
    text = (
        TEXT.replace("中共示例县示例局党组", "文联党组")
        .replace("示例局党组", "文联党组")
        .replace(NUMBER, "0000-7654321")
    )
    board = Board((unit_folder("shili-wenlian", Path("u.yml"), record(unit, Unit), Marks(), []),))
    found = imported(text, board)
    assert found.issuer.slug == "wenlian"
    assert "没有写是哪里的，没有认作“示例市文联”；确是它的，把草稿移到 shili-wenlian 文件夹" in found.notice


def test_the_same_district_of_another_city_is_another_unit() -> None:
    district = (
        UNIT.replace("示例县示例局", "示例区文联").replace("示例局", "示例区文联").replace("县: 示例县", "县: 示例区")
    )
    text = TEXT.replace("中共示例县示例局党组", "示例区文联党组").replace("示例局党组", "区文联党组")
    board = Board((unit_folder("shili-wenlian", Path("u.yml"), record(district, Unit), Marks(), []),))
    assert imported(text, board).issuer.is_known
    assert not imported(text.replace("根据县委", "根据样例市示例区委"), board).issuer.is_known


def test_units_of_one_run_that_are_spelt_alike_get_folders_of_their_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = ["中共榆林市文联党组", "中共玉林市文联党组", "中共玉林市文学艺术界联合会党组"]
    texts = [TEXT.replace("中共示例县示例局党组", name).replace("示例局党组", "市文联") for name in names]
    files = [document(tmp_path, texts[0], "a.txt"), document(tmp_path, texts[1], "b.txt")]
    files.append(document(tmp_path, texts[2].replace("2023年12月14日", "2024年1月5日"), "c.txt"))
    assert run(*files, "--notices", known(tmp_path), "-o", tmp_path / "out") == 0
    written = sorted(path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.yml"))
    assert written == [
        "yulin-wenlian/2023-12-14.yml",
        "yulin-wenlian/unit.yml",
        "yulinshi-wenlian/2023-12-14.yml",
        "yulinshi-wenlian/2024-01-05.yml",
        "yulinshi-wenlian/unit.yml",
    ]
    assert "文件夹 yulin-wenlian 已经是“中共榆林市文联党组”的，这个单位用 yulinshi-wenlian" in capsys.readouterr().err


def test_what_an_earlier_run_wrote_is_not_written_into_by_a_later_one(tmp_path: Path) -> None:
    notices, out = known(tmp_path), tmp_path / "out"
    for name in ("示例市文联", "示例县文联"):
        text = TEXT.replace("中共示例县示例局党组", name).replace("示例局党组", "文联")
        assert run(document(tmp_path, text), "--notices", notices, "-o", out) == 0
    assert sorted(path.name for path in out.iterdir()) == ["shili-wenlian", "shilixian-wenlian"]
    assert "全称: 示例市文联\n" in (out / "shili-wenlian/unit.yml").read_text("utf-8")


def test_documents_that_name_no_unit_do_not_share_a_folder(tmp_path: Path) -> None:
    text = (
        TEXT.replace("中共示例县示例局党组", "")
        .replace("对示例局党组进行了巡察", "进行了巡察")
        .replace(NUMBER, "0000-1")
    )
    files = [document(tmp_path, text.replace("台账", kind), f"{kind}.txt") for kind in ("账目", "档案")]
    assert run(*files, "--notices", known(tmp_path), "-o", tmp_path / "out") == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["xin-danwei", "xin-danwei-2"]


def test_what_every_unit_calls_itself_is_no_name(tmp_path: Path) -> None:
    """Nor is the title that the program supplies where a ledger has none: 本单位关于整改进展情况的通报."""
    ledger = "反馈问题,整改措施,完成情况\n账目不清,核对账目,已完成\n台账不全,补齐台账,正在整改\n整改,整改,整改\n"
    titled = f"{TEXT.replace('中共示例县示例局党组', '我局').replace('示例局党组', '我局').replace(NUMBER, '0000-1')}"
    files = [
        document(tmp_path, ledger.replace(",", "\t"), "台账.txt"),
        document(tmp_path, titled, "通报.txt"),
    ]
    run(*files, "--notices", known(tmp_path), "-o", tmp_path / "out")
    assert {path.name for path in (tmp_path / "out").iterdir()} <= {"xin-danwei", "xin-danwei-2"}
    assert (tmp_path / "out/xin-danwei").is_dir()


def test_a_document_of_another_place_is_not_written_into_the_folder_of_a_unit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notices = known(tmp_path)
    text = TEXT.replace("示例县示例局", "样本县示例局")
    assert run(document(tmp_path, text), "--notices", notices, "-o", notices / "shili/2024.yml") == 1
    assert not (notices / "shili/2024.yml").exists()
    assert "是“示例县示例局”的文件夹，原文是“中共样本县示例局党组”的" in capsys.readouterr().err


def test_the_check_reminds_of_marks_that_nobody_has_looked_into(tmp_path: Path) -> None:
    _, problems = load(write(tmp_path, {"shili/unit.yml": UNIT, "shili/2023.yml": "# 请核对：单位\n" + NOTICE}))
    assert [(problem.code, problem.place.line) for problem in problems] == [("draft-open", 1)]
