"""What no clerk hands in, or hands in by mistake: a sentence for each, nothing lost, and no other file harmed."""

from __future__ import annotations

import io
import time
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest

from noticeboard.board.board import Board
from noticeboard.board.folders import load
from noticeboard.commands import main
from noticeboard.faults import Fault
from noticeboard.intake.documents import apart, limits, plain, read_document
from noticeboard.intake.documents.apart import read_apart
from noticeboard.intake.documents.document import Block, Cell, Document, Unreadable
from noticeboard.problems import Severity
from noticeboard.reading import lines
from noticeboard.reading import yaml as yamltext
from noticeboard.record.dates import PartialDate
from tests import documents
from tests.drafts import LEAD, import_document, record
from tests.records import NOTICE, UNIT, board_of, write

WITHOUT_YEAR = (
    "中共示例县示例局党组关于巡察整改进展情况的通报\n县委第二巡察组反馈问题2个，已完成整改2个。\n"
    "一、关于管护不到位的问题。整改情况：落实管护员3名。\n二、关于账目不清的问题。整改情况：核对账目5本。\n"
)
LEDGER = [
    ["示例局巡察整改台账", "", "", ""],
    ["序号", "问题", "整改措施", "整改情况"],
    ["1", "账目不清", "核对账目", "已完成整改"],
]
LEDGER += [["2", "管护不到位", "落实管护员", "正在整改"]]


def known(folder: Path) -> Path:
    return write(folder / "notices", {"shili/unit.yml": UNIT, "shili/2020.yml": NOTICE})


def handed_in(folder: Path, **files: str | bytes) -> list[Path]:
    """Files by their names, with ``_`` for the dot."""
    paths = [folder / name.replace("_", ".") for name in files]
    for path, content in zip(paths, files.values(), strict=True):
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return paths


def run(*arguments: object) -> int:
    return main(["import", *map(str, arguments)])


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        read_document(name, content)
    return str(caught.value)


# No date, half a date, a date that the calendar has not


@pytest.mark.parametrize(
    ("name", "content"), [("通报_txt", WITHOUT_YEAR), ("台账_xlsx", documents.sheet(LEDGER))], ids=["text", "ledger"]
)
def test_a_document_without_a_year_is_a_draft_whose_name_is_provisional_and_says_so(
    tmp_path: Path, name: str, content: str | bytes
) -> None:
    notices = known(tmp_path)
    assert run(*handed_in(tmp_path, **{name: content}), "--notices", notices, "-o", notices) == 0
    (draft,) = notices.glob("*/1900.yml")
    marks = [line for line in draft.read_text(encoding="utf-8").splitlines() if line.startswith("# 请核对：")]
    assert any("文件名里的 1900 只是占位，不是原文说的" in mark for mark in marks)
    _, problems = load(notices)
    assert "draft-open" in {problem.code for problem in problems if problem.file == draft}
    assert "notice-name" not in {problem.code for problem in problems if problem.file == draft}


def test_a_provisional_name_is_not_published_even_where_its_mark_was_deleted(tmp_path: Path) -> None:
    def codes(date: str) -> set[str]:
        _, problems = board_of(tmp_path / date, {"shili/unit.yml": UNIT, f"shili/{date}.yml": NOTICE})
        return {problem.code for problem in problems if problem.severity is Severity.ERROR}

    assert codes("1900") == codes("1900_2") == {"provisional-date"}
    assert codes("1901") == set()


@pytest.mark.parametrize(
    ("line", "key", "written"),
    [
        ("发布时间：12月14日", "发布日期", {"原文": "12月14日"}),
        ("发布时间：2023年2月1日至30日", "发布日期", "2023-02-01"),
    ],
)
def test_a_date_without_a_year_keeps_its_words_and_claims_nothing(line: str, key: str, written: object) -> None:
    title, rest = WITHOUT_YEAR.split("\n", 1)
    assert record(f"{title}\n{line}\n{rest}")["发布"][key] == written


def test_a_day_that_the_inherited_year_does_not_have_is_kept_as_words() -> None:
    text = LEAD.replace("2023年2月9日", "2023年1月5日进驻，2月29日")
    (inspection,) = record(f"{text}1.关于“台账不全”的问题\n一是补。")["巡察"]
    assert inspection["反馈"] == {"原文": "2月29日", "可确定": "2023-02"}


def test_a_document_with_only_half_a_date_is_a_draft(tmp_path: Path) -> None:
    title, rest = WITHOUT_YEAR.split("\n", 1)
    files = handed_in(tmp_path, 通报_txt=f"{title}\n发布时间：12月14日\n{rest}")
    assert run(*files, "--notices", known(tmp_path), "-o", tmp_path / "out") == 0
    assert (tmp_path / "out/shili/1900.yml").is_file()


@pytest.mark.parametrize(
    ("name", "told"), [("示例\udcb9\udce6.txt", "示例□□.txt"), ("甲\n标题: 乙.txt", "甲 标题: 乙.txt")]
)
def test_a_file_name_of_another_encoding_or_of_several_lines_harms_no_draft(name: str, told: str) -> None:
    imported = import_document(name, WITHOUT_YEAR.encode("utf-8"), Board(), PartialDate(2024, 1, 5))
    assert f"# 由“{told}”转换的草稿" in imported.notice
    assert imported.notice.encode("utf-8")


# Several files


def test_each_of_several_files_is_written_or_refused_on_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = documents.word(WITHOUT_YEAR.splitlines())
    files = handed_in(tmp_path, 坏_docx=whole[: len(whole) // 2], 菜谱_txt="番茄炒蛋", 甲_txt=WITHOUT_YEAR)
    files.insert(1, tmp_path / "没有.docx")
    files += handed_in(tmp_path, 乙_txt=f"{WITHOUT_YEAR}中共示例县示例局党组\n2023年12月14日\n")
    assert run(*files, "--notices", known(tmp_path), "-o", tmp_path / "out") == 1
    assert sorted(path.name for path in (tmp_path / "out/shili").iterdir()) == ["1900.yml", "2023-12-14.yml"]
    told = capsys.readouterr().err
    assert "坏.docx: 没有转换：文件已经损坏" in told
    assert "没有.docx: 没有转换：找不到文件" in told
    assert "菜谱.txt: 没有转换：这不像" in told
    assert "共 5 个文件：写出 2 个，没有写 3 个" in told


def test_two_documents_of_one_unit_and_no_date_do_not_stand_in_each_others_way(tmp_path: Path) -> None:
    files = handed_in(tmp_path, 甲_txt=WITHOUT_YEAR, 乙_txt=WITHOUT_YEAR.replace("账目", "台账"))
    assert run(*files, "--notices", known(tmp_path), "-o", tmp_path / "out") == 0
    assert sorted(path.name for path in (tmp_path / "out/shili").iterdir()) == ["1900.yml", "1900_2.yml"]


def test_nor_where_the_first_of_that_day_is_published_already(tmp_path: Path) -> None:
    notices = known(tmp_path)
    write(notices, {"shili/1900.yml": NOTICE})
    files = handed_in(tmp_path, 甲_txt=WITHOUT_YEAR, 乙_txt=WITHOUT_YEAR.replace("账目", "台账"))
    assert run(*files, "--notices", notices, "-o", notices) == 0
    assert {"1900.yml", "1900_2.yml", "1900_3.yml"} <= {path.name for path in (notices / "shili").iterdir()}


# Whose fault it is


def test_an_error_in_our_own_code_is_said_to_be_ours_with_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plain, "_LINE_BREAKS", object())
    files = handed_in(tmp_path, 甲_txt=WITHOUT_YEAR)
    assert run(*files, "--notices", known(tmp_path)) == 2
    told = capsys.readouterr().err
    assert "程序出错（noticeboard/intake/documents/plain.py 第 " in told
    assert "TypeError）。这不是文件的问题" in told
    assert "Traceback" not in told
    assert "损坏" not in told


def test_our_error_with_one_file_costs_no_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plain, "_LINE_BREAKS", object())
    files = handed_in(tmp_path, 甲_txt=WITHOUT_YEAR, 乙_docx=documents.word(WITHOUT_YEAR.splitlines()))
    assert run(*files, "--notices", known(tmp_path), "-o", tmp_path / "out") == 1
    assert (tmp_path / "out/shili/1900.yml").is_file()
    assert "甲.txt：程序出错" in capsys.readouterr().err


def test_an_archive_of_a_version_to_come_is_damaged_not_our_fault() -> None:
    # The version that is needed to unpack a file stands in the directory at the end.
    content = bytearray(documents.word(["示例"]))
    content[content.index(b"PK\x01\x02") + 6] = 200
    assert "已经损坏" in refusal("a.docx", bytes(content))


def test_a_cell_without_words_in_the_head_of_a_table_of_a_pdf_is_empty_on_the_next_page_too() -> None:
    rows = "".join(f"<tr><td>{number}<td>示例问题<td>" for number in range(1, 41))
    content = documents.pdf_of(
        "<style>@page { size: A4; margin: 35mm } td, th { border: 1px solid black; height: 28pt }"
        "table { border-collapse: collapse; width: 100% }</style>"
        f"<table><thead><tr><th>序号<th>问题<th></thead>{rows}</table>"
    )
    found = [block.text for block in read_document("示例.pdf", content).blocks if block.cell]
    assert found == ["序号", "问题", *(text for number in range(1, 41) for text in (str(number), "示例问题"))]


# Too much of something


def word(xml: str) -> bytes:
    return documents.word_body(xml)


def sheet_xml(xml: str) -> bytes:
    names = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return documents.with_part(
        documents.sheet(LEDGER), "xl/worksheets/sheet1.xml", f"<worksheet {names}>{xml}</worksheet>"
    )


def page(table: str) -> bytes:
    return f"<html><body><p>示例</p><table>{table}</table></body></html>".encode()


def pdf(drawn: bytes, *forms: bytes) -> bytes:
    """One page of Helvetica; each form runs the next one by the name F."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[4 0 R]/Count 1/MediaBox[0 0 595 842]>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Type/Page/Parent 2 0 R/Resources<</Font<</T 3 0 R>>/XObject<</F 6 0 R>>>>/Contents 5 0 R>>",
    ]
    for number, stream in enumerate((drawn, *forms), 7):
        packed = zlib.compress(stream)
        of_form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F %d 0 R>>>>" % (number - 1)
        head = b"<<%s/Filter/FlateDecode/Length %d>>" % (of_form if number > 7 else b"", len(packed))
        objects.append(head + b"stream\n" + packed + b"\nendstream")
    numbered = (b"%d 0 obj\n%s\nendobj\n" % (number, one) for number, one in enumerate(objects, 1))
    return b"%PDF-1.4\n" + b"".join(numbered) + b"trailer<</Root 1 0 R>>\n%%EOF"


WORDS = b"BT /T 12 Tf 72 700 Td (zhenggai jinzhan) Tj ET\n"
RULES = b"".join(b"%d 0 m %d 99 l S 0 %d m 99 %d l S\n" % (at, at, at, at) for at in range(0, 99, 9))


def test_a_file_larger_than_memory_is_refused_without_being_read_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (tmp_path / "大.docx").open("wb") as file:
        # Holes take no room on the disk.
        file.truncate(50_000_000_000)
    assert run(tmp_path / "大.docx", "--notices", known(tmp_path)) == 1
    assert "文件超过 50 MB" in capsys.readouterr().err


EMPTY = "<c/>" * 9000
ARCHIVE = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n" + b"\n--b\n" * 99


@pytest.mark.parametrize(
    ("limit", "at_most", "name", "content", "words"),
    [
        ("XML_MARKS", 9000, "a.docx", word("<w:p/>" * 9000), "段落、单元格和格式太多"),
        ("XML_MARKS", 9000, "a.docx", word(f"<w:p>{'<w:r/>' * 9000}</w:p>"), "段落、单元格和格式太多"),
        ("XML_MARKS", 9000, "a.xlsx", sheet_xml(f"<sheetData><row>{EMPTY}</row></sheetData>"), "单元格和格式太多"),
        ("XML_MARKS", 9000, "a.xlsx", sheet_xml(f"<sheetData>{'<row/>' * 9000}</sheetData>"), "单元格和格式太多"),
        ("MEMBERS", 3, "a.docx", word(""), "压缩在里面的文件超过"),
        ("UNPACKED", 1000, "a.docx", word(""), "文件解开以后超过"),
        ("WEB_TAGS", 900, "a.html", page("<tr><td>甲<td>乙" * 900), "网页里的内容太多"),
        ("WEB_ATTRIBUTES", 900, "a.html", page(f"<tr {'a=1 ' * 900}><td>甲"), "网页里的内容太多"),
        ("WEB_PARTS", 90, "a.mht", ARCHIVE, "以上的文件"),
        ("TEXT_FILE", 900, "a.txt", b"zhenggai " * 900, "请拆成几个文件"),
        ("PDF_GLYPHS", 90, "a.pdf", pdf(WORDS * 9), "PDF 里的字超过"),
        ("PDF_POINTS", 900, "a.pdf", pdf(WORDS + b"1 1 m 9 9 l S\n" * 200), "PDF 里的线条和图形太多"),
        ("PDF_POINTS", 900, "a.pdf", pdf(WORDS + b"1 1 m " + b"9 9 l " * 900 + b"S"), "PDF 里的线条和图形太多"),
        ("PDF_DRAWING", 9000, "a.pdf", pdf(WORDS + b"q Q " * 3000), "PDF 的页面画得太复杂"),
        ("PDF_DRAWING", 9000, "a.pdf", pdf(WORDS + b"/F Do " * 10, b"/F Do " * 10, b"q Q"), "PDF 的页面画得太复杂"),
        ("PDF_CROSSINGS", 90, "a.pdf", pdf(WORDS + RULES), "PDF 第 1 页的表格线太多"),
        ("UNPACKED", 9000, "a.pdf", pdf(WORDS + b" " * 99_000), "文件解开以后超过"),
    ],
)  # fmt: skip
def test_what_holds_too_much_of_something_is_refused_and_named(  # noqa: PLR0913, PLR0917 - the columns of the table
    monkeypatch: pytest.MonkeyPatch, limit: str, at_most: int, name: str, content: bytes, words: str
) -> None:
    assert words not in what_is_said(name, content)
    monkeypatch.setattr(limits, limit, at_most)
    assert words in what_is_said(name, content)


def what_is_said(name: str, content: bytes) -> str:
    try:
        return " ".join(block.text for block in read_document(name, content).blocks)
    except Unreadable as reason:
        return str(reason)


@pytest.mark.parametrize("end", [b"", b"\x00\x00\x00\x00"], ids=["cut off", "wrong checksum"])
def test_a_page_of_a_pdf_whose_stream_is_damaged_at_its_end_is_read_in_time(end: bytes) -> None:
    whole = zlib.compress(WORDS * 2 + b"q Q " * 200_000)
    content = pdf(WORDS * 2 + b"q Q " * 200_000).replace(whole, whole[:-4] + end)
    begun = time.process_time()
    assert "zhenggai" in what_is_said("a.pdf", content)
    assert time.process_time() - begun < 20


@pytest.mark.parametrize("reference", ["A1:XFD1048576", "A1:A1048576", "A:A"])
def test_a_cell_merged_over_a_whole_sheet_or_column_is_refused_before_its_cells_are_made(reference: str) -> None:
    rows = "<sheetData><row r='1'><c r='A1' t='inlineStr'><is><t>甲</t></is></c></row></sheetData>"
    content = sheet_xml(f"{rows}<mergeCells><mergeCell ref='{reference}'/></mergeCells>")
    assert "表格里合并的单元格太大" in refusal("a.xlsx", content)


@pytest.mark.parametrize("reference", ["1:9", "甲1:乙2"])
def test_a_reference_that_no_spreadsheet_writes_is_a_damage_of_the_file(reference: str) -> None:
    rows = "<sheetData><row r='1'><c r='A1' t='inlineStr'><is><t>甲</t></is></c></row></sheetData>"
    assert "损坏" in refusal("a.xlsx", sheet_xml(f"{rows}<mergeCells><mergeCell ref='{reference}'/></mergeCells>"))


def test_a_document_whose_draft_would_be_no_record_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yamltext, "MAX_VALUES", 3)
    monkeypatch.setattr(lines, "_MOST_NUMBERS", 3)
    with pytest.raises(Unreadable, match="写成草稿太大了"):
        import_document("a.txt", WITHOUT_YEAR.encode(), Board(), PartialDate(2024, 1, 5))


def test_cells_of_a_web_page_that_each_span_a_thousand_are_refused() -> None:
    row = f"<tr>{'<td rowspan=1000 colspan=1000>甲' * 10}"
    assert "表格里合并的单元格太大" in refusal("a.html", page(row * 50))


def test_a_title_that_spans_more_columns_than_there_are_is_a_cell_as_others() -> None:
    document = read_document("a.html", page("<tr><td colspan=1000 rowspan=2>甲<tr><td>乙<tr><td>丙<td>丁"))
    assert [(block.text, block.cell and block.cell.row) for block in document.blocks if block.cell] == [
        ("甲", 0),
        ("乙", 1),
        ("丙", 2),
        ("丁", 2),
    ]


def test_tables_in_tables_without_end_are_refused_as_nested_too_deep() -> None:
    assert "套得太深" in refusal("a.html", page("<tr><td><table>" * 4000))


def test_a_page_that_begins_with_many_comments_is_known_at_once() -> None:
    begun = time.process_time()
    document = read_document("a.txt", b"<!-- a -->" * 800 + b"x<p>\xe7\x94\xb2")
    assert time.process_time() - begun < 10
    assert document.blocks


def test_many_lines_without_an_end_of_sentence_are_not_joined_without_end() -> None:
    text = f"{LEAD}1.关于“台账不全”的问题\n" + "整改情况包括以下各项工作内容和制度建设的情况，\n" * 4000
    begun = time.process_time()
    assert record(text)["问题"]
    assert time.process_time() - begun < 20


@pytest.mark.parametrize("line", ["2024年3月1日至4月30日\n", "1.甲乙\n"], ids=["dates", "contents"])
def test_a_text_of_one_line_many_times_takes_time_by_its_length(line: str) -> None:
    begun = time.process_time()
    record(f"{LEAD}目录\n{line * 40_000}1.关于“台账不全”的问题\n一是补。")
    assert time.process_time() - begun < 15


DTD = '<!DOCTYPE x [<!ENTITY a "甲">]>'


def parts_of(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]


@pytest.mark.parametrize("name", parts_of(documents.sheet(LEDGER)))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_dtd_is_refused_in_every_part_of_a_workbook(name: str, encoding: str) -> None:
    content = documents.sheet(LEDGER)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        part = archive.read(name).decode("utf-8")
    body = part.partition("?>")[2] if part.startswith("<?xml") else part
    changed = documents.with_part(
        content, name, f'<?xml version="1.0" encoding="{encoding}"?>{DTD}{body}'.encode(encoding)
    )
    assert "DTD" in refusal("a.xlsx", changed)


# The last resort


@pytest.mark.parametrize(
    ("name", "content"),
    [("示例.docx", documents.word([*WITHOUT_YEAR.splitlines(), LEDGER])), ("示例.xlsx", documents.sheet(LEDGER))],
    ids=["word", "sheet"],
)
def test_a_document_read_apart_is_the_same(name: str, content: bytes) -> None:
    assert read_apart(name, content) == read_document(name, content)


@pytest.mark.parametrize(("limit", "at_most"), [("_MEMORY", 1_000_000), ("_WAITING", 0.01)])
def test_a_reading_that_goes_too_far_is_ended_and_said(
    monkeypatch: pytest.MonkeyPatch, limit: str, at_most: float
) -> None:
    monkeypatch.setattr(apart, limit, at_most)
    with pytest.raises(Unreadable, match="时间或内存太多"):
        read_apart("示例.docx", documents.word(["示例"]))


def test_what_is_refused_apart_is_refused_in_the_same_words() -> None:
    with pytest.raises(Unreadable, match="没有文字"):
        read_apart("示例.docx", documents.word([]))


def test_a_process_that_cannot_even_begin_is_a_fault_of_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_MEMORY", "x")
    with pytest.raises(Fault, match="程序出错"):
        read_apart("示例.docx", documents.word(["示例"]))


def test_cells_keep_their_places_when_they_are_read_apart() -> None:
    document: Any = read_apart("示例.html", page("<tr><td>甲<td>乙<tr><td>丙<td>丁"))
    assert isinstance(document, Document)
    assert document.blocks[1] == Block("甲", "表 1 第 1 行第 1 格", "", Cell(0, 0, 0))
