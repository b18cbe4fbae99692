"""Files of every kind → a document: what a reader of the file would see, in its order."""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import io
import itertools
import shutil
import socket
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfWriter

from noticeboard.intake.documents import legacy, read_document
from noticeboard.intake.documents.document import Block, Cell, Document, Unreadable
from noticeboard.intake.documents.pdf_characters import ordinary
from tests import documents


def texts(document: Document, aside: str = "") -> list[str]:
    """The text itself, or what of a kind is beside it."""
    return [block.text for block in document.blocks if block.aside == aside]


def of_body(xml: str, **parts: str) -> list[str]:
    return texts(read_document("示例.docx", documents.word_body(xml, **parts)))


def cells(document: Document) -> list[tuple[str, int, int, int, int]]:
    return [
        (block.text, block.cell.row, block.cell.column, block.cell.rows, block.cell.columns)
        for block in document.blocks
        if block.cell
    ]


def refusal(content: bytes, name: str = "示例.docx") -> str:
    with pytest.raises(Unreadable) as caught:
        read_document(name, content)
    return str(caught.value)


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*parts: str) -> str:
    return f"<w:p>{''.join(parts)}</w:p>"


SENTENCES = "一、示例单位党支部高度重视，逐条整改。"


# plain text


def test_each_line_of_a_text_is_a_block_with_its_number() -> None:
    document = read_document("示例.txt", "通报\n\n　　一、总体情况\r\n二、结语".encode())
    assert document.blocks == (
        Block("通报", "第 1 行"),
        Block("　　一、总体情况", "第 3 行"),
        Block("二、结语", "第 4 行"),
    )
    assert document.remarks == ()


@pytest.mark.parametrize(
    ("encoding", "mark", "remark"),
    [
        ("utf-8", b"\xef\xbb\xbf", "文件的编码是 UTF-8（带 BOM）"),
        ("gb18030", b"", "文件的编码是 GB18030（GBK）"),
        ("utf-16-le", b"\xff\xfe", "文件的编码是 UTF-16"),
        ("utf-16-be", b"\xfe\xff", "文件的编码是 UTF-16（大端）"),
        ("utf-16-le", b"", "文件的编码是 UTF-16"),
        ("utf-16-be", b"", "文件的编码是 UTF-16（大端）"),
    ],
)
def test_the_encoding_of_a_text_is_found_and_said(encoding: str, mark: bytes, remark: str) -> None:
    document = read_document("示例.txt", mark + f"{SENTENCES}\n二、完成 21 项。".encode(encoding))
    assert texts(document) == [SENTENCES, "二、完成 21 项。"]
    assert document.remarks == (remark,)


def test_controls_are_dropped_from_a_text_and_a_form_feed_too() -> None:
    assert texts(read_document("示例.txt", "甲\x0c乙\x07\n\x0c\n丙\n".encode())) == ["甲乙", "丙"]


def test_a_damaged_character_is_told_not_refused() -> None:
    document = read_document("示例.txt", (SENTENCES * 30).encode("gb18030") + b"\xff\xff")
    assert document.remarks == ("文件的编码是 GB18030（GBK）", "有 2 处字符已经损坏，读不出来，请对照原件")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (bytes(range(256)) * 40, "不是文字文件"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "这是图片"),
        (b"", "文件是空的"),
        (b" \r\n\x00", "文件是空的"),
        (b"Rar!\x1a\x07\x00", "这是压缩文件"),
        (b"x" * (50 * 1024 * 1024 + 1), "文件超过 50 MB"),
        (("示例" * 250_001).encode(), "文字超过 50 万字"),
        ("示例\n".encode() * 20_001, "段落和单元格超过 2 万个"),
    ],
)
def test_what_is_no_text_is_refused(content: bytes, words: str) -> None:
    assert words in refusal(content, "示例.txt")


def test_a_file_is_what_it_holds_not_what_it_is_called() -> None:
    assert texts(read_document("示例.txt", documents.word(["甲"]))) == ["甲"]
    assert texts(read_document("示例.doc", "甲、乙".encode())) == ["甲、乙"]


def test_reading_a_text_loads_no_parser_of_other_kinds() -> None:
    program = (
        "import sys; from noticeboard.intake.documents import read_document; read_document('示例.txt', b'1');"
        "print([name for name in ('pdfplumber', 'bs4', 'openpyxl', 'docx', 'lxml') if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


# Word


def test_paragraphs_of_word_are_counted_and_empty_ones_are_no_blocks() -> None:
    document = read_document("示例.docx", documents.word(["通报", "", "一、总体情况"]))
    assert document.blocks == (Block("通报", "第 1 段"), Block("一、总体情况", "第 3 段"))
    assert document.remarks == ()


def test_word_numbers_its_paragraphs_as_it_shows_them() -> None:
    items = [(0, "甲"), (1, "乙"), (1, "丙"), (2, "丁"), (3, "戊"), (-1, "己"), (0, "庚"), (1, "辛"), (2, "壬")]
    document = read_document("示例.docx", documents.word_numbered(items))
    assert texts(document) == ["一、甲", "（一）乙", "（二）丙", "1.丁", "(1)戊", "己", "二、庚", "（一）辛", "1.壬"]


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("decimal", ["1", "2", "11", "20"]),
        ("chineseCounting", ["一", "二", "十一", "二十"]),
        ("chineseCountingThousand", ["一", "二", "十一", "二十"]),
        ("japaneseCounting", ["一", "二", "十一", "二十"]),
        ("ideographDigital", ["一", "二", "一一", "二〇"]),
        ("ideographTraditional", ["甲", "乙", "甲", "癸"]),
        ("decimalEnclosedCircle", ["①", "②", "⑪", "⑳"]),
        ("decimalEnclosedCircleChinese", ["①", "②", "⑪", "⑳"]),
        ("decimalFullWidth", ["１", "２", "１１", "２０"]),
        ("upperLetter", ["A", "B", "K", "T"]),
        ("lowerLetter", ["a", "b", "k", "t"]),
        ("upperRoman", ["I", "II", "XI", "XX"]),
        ("lowerRoman", ["i", "ii", "xi", "xx"]),
        ("none", ["", "", "", ""]),
    ],
)
def test_word_numbers_in_the_format_of_the_level(name: str, numbers: list[str]) -> None:
    document = read_document("示例.docx", documents.word_numbered([(0, "例")] * 20, [(name, "%1、")]))
    shown = texts(document)
    assert [shown[at - 1] for at in (1, 2, 11, 20)] == [f"{number}、例" for number in numbers]


def test_a_number_of_word_can_name_the_levels_above() -> None:
    document = read_document(
        "示例.docx",
        documents.word_numbered([(0, "甲"), (1, "乙"), (1, "丙")], [("decimal", "%1."), ("decimal", "%1.%2")]),
    )
    assert texts(document) == ["1.甲", "1.1乙", "1.2丙"]


@pytest.mark.parametrize(("suffix", "shown"), [("tab", "一、\t甲"), ("space", "一、 甲"), ("nothing", "一、甲")])
def test_what_separates_a_number_of_word_from_the_text_is_kept(suffix: str, shown: str) -> None:
    assert of_body(documents.numbered(0, "甲"), numbering=documents.numbering(suffix=suffix)) == [shown]


def test_a_second_use_of_a_list_goes_on_counting_unless_it_starts_anew() -> None:
    uses = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    xml = "".join(documents.numbered(0, "例", number) for number in (1, 2, 3, 3))
    assert of_body(xml, numbering=documents.numbering() + uses) == ["一、例", "二、例", "一、例", "二、例"]


def test_a_paragraph_has_the_numbering_of_its_style_and_of_the_style_below() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="a"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style>'
    )
    xml = paragraph('<w:pPr><w:pStyle w:val="a"/></w:pPr>', run("甲")) + paragraph(
        '<w:pPr><w:pStyle w:val="b"/></w:pPr>', run("乙")
    )
    assert of_body(xml, numbering=documents.numbering(), styles=styles) == ["一、甲", "二、乙"]


def test_a_paragraph_can_do_without_the_number_of_its_style() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="a"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    properties = '<w:pPr><w:pStyle w:val="a"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>'
    assert of_body(paragraph(properties, run("甲")), numbering=documents.numbering(), styles=styles) == ["甲"]


def test_a_table_of_word_is_cells_with_their_places() -> None:
    document = read_document("示例.docx", documents.word([[["序号", "问题"], ["1", "学习不够"]]]))
    assert document.blocks == (
        Block("序号", "表 1 第 1 行第 1 格", cell=Cell(0, 0, 0)),
        Block("问题", "表 1 第 1 行第 2 格", cell=Cell(0, 0, 1)),
        Block("1", "表 1 第 2 行第 1 格", cell=Cell(0, 1, 0)),
        Block("学习不够", "表 1 第 2 行第 2 格", cell=Cell(0, 1, 1)),
    )


def cell_xml(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(run(text))}</w:tc>"


def test_merged_cells_of_word_are_there_once() -> None:
    wide, begins = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>'
    xml = (
        "<w:tbl>"
        f"<w:tr>{cell_xml('甲', wide)}{cell_xml('乙')}</w:tr>"
        f"<w:tr>{cell_xml('丙', begins)}{cell_xml('丁')}{cell_xml('戊')}</w:tr>"
        f"<w:tr>{cell_xml('', '<w:vMerge/>')}{cell_xml('己')}{cell_xml('庚')}</w:tr>"
        "</w:tbl>"
    )
    assert cells(read_document("示例.docx", documents.word_body(xml + paragraph()))) == [
        ("甲", 0, 0, 1, 2),
        ("乙", 0, 2, 1, 1),
        ("丙", 1, 0, 2, 1),
        ("丁", 1, 1, 1, 1),
        ("戊", 1, 2, 1, 1),
        ("己", 2, 1, 1, 1),
        ("庚", 2, 2, 1, 1),
    ]


def test_a_table_in_a_cell_follows_the_cell_as_a_table_of_its_own() -> None:
    inner = f"<w:tbl><w:tr>{cell_xml('丙')}{cell_xml('丁')}</w:tr></w:tbl>"
    outer = f"<w:tbl><w:tr>{cell_xml('甲')}<w:tc>{paragraph(run('乙'))}{inner}{paragraph()}</w:tc></w:tr></w:tbl>"
    document = read_document("示例.docx", documents.word_body(outer + paragraph()))
    assert [(block.text, block.cell and block.cell.table) for block in document.blocks] == [
        ("甲", 0),
        ("乙", 0),
        ("丙", 1),
        ("丁", 1),
    ]


@pytest.mark.parametrize(
    "xml",
    [
        f"<w:sdt><w:sdtContent>{paragraph(run('甲乙'))}</w:sdtContent></w:sdt>",
        paragraph(run("甲"), f"<w:sdt><w:sdtContent>{run('乙')}</w:sdtContent></w:sdt>"),
        paragraph(run("甲"), f'<w:smartTag w:element="a">{run("乙")}</w:smartTag>'),
        paragraph(run("甲"), f'<w:hyperlink w:anchor="a">{run("乙")}</w:hyperlink>'),
        paragraph('<w:bookmarkStart w:id="0" w:name="a"/>', run("甲乙"), '<w:bookmarkEnd w:id="0"/>'),
        paragraph(run("甲"), "<w:r><w:softHyphen/></w:r>", run("乙")),
        paragraph(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF a</w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
            run("甲"),
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            f'<w:fldSimple w:instr="DATE">{run("乙")}</w:fldSimple>',
        ),
        paragraph("<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:t>甲乙</w:t></mc:Choice>"
                  "<mc:Fallback><w:t>甲乙</w:t></mc:Fallback></mc:AlternateContent></w:r>"),
    ],
)  # fmt: skip
def test_what_only_stands_around_text_of_word_changes_nothing(xml: str) -> None:
    assert of_body(xml) == ["甲乙"]


def test_tabs_and_line_breaks_of_word_are_kept() -> None:
    assert of_body(paragraph("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r>")) == ["甲\t乙\n丙"]


def test_a_symbol_of_word_is_the_character_that_looks_like_it() -> None:
    assert of_body(paragraph('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', run("完成"))) == ["✓完成"]


def test_changes_of_word_are_read_as_accepted_and_told() -> None:
    xml = paragraph(
        run("甲"),
        f'<w:ins w:id="1">{run("乙")}</w:ins>',
        '<w:del w:id="2"><w:r><w:delText>丙</w:delText></w:r></w:del>',
    ) + paragraph(
        f'<w:moveFrom w:id="3">{run("丁")}</w:moveFrom>',
        f'<w:moveTo w:id="4">{run("戊")}</w:moveTo>',
    )
    document = read_document("示例.docx", documents.word_body(xml))
    assert texts(document) == ["甲乙", "戊"]
    assert document.remarks == ("有修订没有定稿：插入 2 处、删除 2 处，已按“接受全部修订”读入",)


def test_hidden_text_of_word_is_dropped_and_told() -> None:
    document = read_document("示例.docx", documents.word_body(paragraph(run("甲"), run("乙", "<w:vanish/>"))))
    assert texts(document) == ["甲"]
    assert document.remarks == ("有 1 处隐藏文字，没有读入",)


def test_a_text_box_of_word_is_read_once() -> None:
    box = f"<w:txbxContent>{paragraph(run('乙'))}</w:txbxContent>"
    xml = paragraph(
        run("甲"),
        "<w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>",
    )
    assert read_document("示例.docx", documents.word_body(xml)).blocks == (
        Block("甲", "第 1 段"),
        Block("乙", "第 1 段的文本框"),
    )


def test_headers_and_footers_of_word_are_beside_the_text_without_page_numbers() -> None:
    document = documents.docx.Document()
    document.add_paragraph("甲")
    section = document.sections[0]
    section.header.paragraphs[0].text = "示例单位"
    field = documents.parse_xml(f'<w:fldSimple {documents.nsdecls("w")} w:instr="PAGE">{run("3")}</w:fldSimple>')
    section.footer.paragraphs[0].add_run("— ")
    section.footer.paragraphs[0]._p.append(field)
    section.footer.paragraphs[0].add_run(" —")
    found = read_document("示例.docx", documents.saved(document))
    assert texts(found) == ["甲"]
    assert texts(found, "页眉页脚") == ["示例单位"]


def test_a_damaged_or_foreign_zip_is_refused_in_words() -> None:
    content = documents.word(["甲"])
    assert "损坏" in refusal(content[: len(content) // 2])
    assert "损坏" in refusal(documents.with_part(content, "word/document.xml", b"<w:document"))
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as files:
        files.writestr("甲.txt", "甲")
    assert "压缩文件" in refusal(archive.getvalue())


def test_a_password_is_told() -> None:
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage\0".encode("utf-16-le") + bytes(512)
    assert "密码" in refusal(content)


def test_an_archive_that_would_burst_is_refused() -> None:
    content = documents.with_part(documents.word(["甲"]), "word/media/image1.png", bytes(101 * 1024 * 1024))
    assert "超过 100 MB" in refusal(content)


def test_entities_of_xml_are_never_replaced() -> None:
    xml = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
    assert "可能不安全" in refusal(documents.with_part(documents.word(["甲"]), "word/document.xml", xml))


# web pages


def page(body: str, title: str = "") -> bytes:
    return f"<html><head><meta charset=utf-8><title>{title}</title></head><body>{body}</body></html>".encode()


ARTICLE = [SENTENCES * 2, "（一）示例问题，已经完成整改。", "中共示例单位支部委员会", "2023年12月14日"]


def test_the_text_of_a_web_page_comes_with_its_title_and_source_and_without_the_portal() -> None:
    document = read_document("示例.html", documents.web(ARTICLE))
    assert texts(document) == ["关于示例单位整改进展情况的通报", "来源：示例网 发布时间：2023-12-14", *ARTICLE]
    assert texts(document, "网页菜单、页脚") == [
        "网站首页",
        "新闻中心",
        "当前位置：首页 > 巡视巡察 > 正文",
        "相关文章",
        "示例相关文章",
        "主办单位：示例单位 备案号：示例备0000号",
    ]


def test_title_and_source_come_right_before_the_text_wherever_they_stand() -> None:
    body = (
        "<h1>示例网</h1><div><p>关于示例单位整改情况的通报</p></div><ul><li><a href=a>打印</a></li></ul>"
        f"<div>发布日期：2023-12-14</div><ul><li><a href=b>收藏本页</a></li></ul>"
        f"<div><p>{SENTENCES * 3}</p><p>{SENTENCES}</p></div><ul><li><a href=c>示例链接</a></li></ul>"
    )
    document = read_document("示例.html", page(body, "关于示例单位整改情况的通报_示例网"))
    assert [(block.text, bool(block.aside)) for block in document.blocks] == [
        ("示例网", True),
        ("打印", True),
        ("收藏本页", True),
        ("关于示例单位整改情况的通报", False),
        ("发布日期：2023-12-14", False),
        (SENTENCES * 3, False),
        (SENTENCES, False),
        ("示例链接", True),
    ]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_the_encoding_of_a_web_page_is_found_even_if_it_says_another(encoding: str) -> None:
    content = documents.web(ARTICLE).decode().encode(encoding)
    assert texts(read_document("示例.htm", content))[-4:] == ARTICLE


def test_a_break_of_a_web_page_separates_paragraphs_and_a_line_end_in_its_source_does_not() -> None:
    document = read_document("示例.html", page("　　甲，<b>乙</b>\n  丙。<br>　　丁 a\nb"))
    assert texts(document) == ["　　甲，乙丙。", "　　丁 a b"]


def test_what_no_one_sees_of_a_web_page_is_dropped() -> None:
    body = (
        "甲<script>乙</script><style>丙</style><!-- 丁 --><p style='display: none'>戊</p><p hidden>己</p>"
        "<noscript>庚</noscript>"
    )
    assert texts(read_document("示例.html", page(body))) == ["甲"]


def test_a_table_of_a_web_page_is_cells_with_their_spans() -> None:
    body = "<table><tr><td colspan=2>甲<td>乙<tr><td rowspan=2>丙<td>丁<td>戊<tr><td>己<td><p>庚</p><p>辛</p></table>"
    assert cells(read_document("示例.html", page(body))) == [
        ("甲", 0, 0, 1, 2),
        ("乙", 0, 2, 1, 1),
        ("丙", 1, 0, 2, 1),
        ("丁", 1, 1, 1, 1),
        ("戊", 1, 2, 1, 1),
        ("己", 2, 1, 1, 1),
        ("庚\n辛", 2, 2, 1, 1),
    ]


def test_a_table_that_lays_out_a_web_page_is_none() -> None:
    inner = f"<table><tr><td><p>{SENTENCES * 4}</p><p>甲</p></td></tr></table>"
    body = f"<table><tr><td>菜单</td><td>{inner}</td></tr><tr><td>一</td><td>二</td></tr></table>"
    document = read_document("示例.html", page(body))
    assert cells(document) == []
    assert SENTENCES * 4 in texts(document)


def test_a_web_page_without_a_main_text_is_text_all_of_it() -> None:
    assert texts(read_document("示例.html", page("<ul><li><a href=a>甲</a></ul><p>乙。</p>"))) == ["甲", "乙。"]


def test_a_web_archive_is_read_as_the_page_in_it() -> None:
    content = (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="=_a"\r\n\r\n'
        b"--=_a\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        + documents.web(ARTICLE)
        + b"\r\n--=_a\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--=_a--\r\n"
    )
    assert texts(read_document("示例.mhtml", content))[-4:] == ARTICLE


def test_a_web_page_that_nests_without_end_is_no_traceback() -> None:
    with pytest.raises(Unreadable):
        read_document("示例.html", b"<html><body>" + b"<div>" * 100_000)


# Excel


def workbook(fill: Callable[[Any], None]) -> Document:
    """A workbook as a test fills its first sheet."""
    book = openpyxl.Workbook()
    fill(book.active)
    file = io.BytesIO()
    book.save(file)
    return read_document("示例.xlsx", file.getvalue())


def test_a_sheet_is_a_table_of_what_its_cells_show() -> None:
    document = read_document("示例.xlsx", documents.sheet([["序号", "问题"], [], [1, "学习不够"]]))
    assert document.blocks == (
        Block("序号", "工作表“Sheet1”的 A1 格", cell=Cell(0, 0, 0)),
        Block("问题", "工作表“Sheet1”的 B1 格", cell=Cell(0, 0, 1)),
        Block("1", "工作表“Sheet1”的 A3 格", cell=Cell(0, 1, 0)),
        Block("学习不够", "工作表“Sheet1”的 B3 格", cell=Cell(0, 1, 1)),
    )
    assert document.remarks == ()


def test_the_name_of_a_sheet_is_beside_the_text_if_someone_gave_it_one() -> None:
    assert texts(read_document("示例.xlsx", documents.sheet([["甲"]], "整改台账")), "工作表名") == ["整改台账"]
    assert texts(read_document("示例.xlsx", documents.sheet([["甲"]], "工作表1")), "工作表名") == []


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (21.0, "General", "21"),
        (0.1 + 0.2, "General", "0.3"),
        (21, "0.00", "21.00"),
        (0.955, "0.0%", "95.5%"),
        (12345.6, "#,##0.00", "12,345.60"),
        (-3, "0;(0)", "(3)"),
        (3, '0"个"', "3个"),
        (1e300, "0.00", "1e+300"),
        (dt.date(2023, 12, 14), "mm-dd-yy", "2023-12-14"),
        (dt.date(2023, 12, 14), "yyyy/m/d;@", "2023-12-14"),
        (dt.date(2023, 12, 14), 'yyyy"年"m"月"d"日"', "2023年12月14日"),
        (dt.datetime.fromisoformat("2023-12-14T15:04"), "yyyy-mm-dd h:mm", "2023-12-14 15:04"),
        (dt.time(15, 4), 'h"时"mm"分"', "15时04分"),
        (True, "General", "TRUE"),
        ("007", "@", "007"),
    ],
)
def test_a_cell_is_read_as_its_format_shows_it(value: object, number_format: str, shown: str) -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"].value = value
        sheet["A1"].number_format = number_format

    assert texts(workbook(fill)) == [shown]


def test_merged_cells_of_a_sheet_are_there_once_and_a_line_over_it_is_a_paragraph() -> None:
    def fill(sheet: Any) -> None:
        for row in (["台账标题"], ["类别", "问题", "状态"], ["甲", "乙", "完成"], [None, "丙"], ["填报人：示例"]):
            sheet.append(row)
        for area in ("A1:C1", "A3:A4", "C3:C4"):
            sheet.merge_cells(area)

    document = workbook(fill)
    assert [block.text for block in document.blocks if not block.cell] == ["台账标题", "填报人：示例"]
    assert cells(document) == [
        ("类别", 0, 0, 1, 1),
        ("问题", 0, 1, 1, 1),
        ("状态", 0, 2, 1, 1),
        ("甲", 1, 0, 2, 1),
        ("乙", 1, 1, 1, 1),
        ("完成", 1, 2, 2, 1),
        ("丙", 2, 1, 1, 1),
    ]


def test_a_cell_alone_in_the_middle_of_a_table_stays_in_its_column() -> None:
    rows = [["序号", "措施"], [1, "甲"], [None, "乙"], [2, "丙"]]
    assert ("乙", 2, 1, 1, 1) in cells(read_document("示例.xlsx", documents.sheet(rows)))


def test_what_is_hidden_in_a_workbook_is_told() -> None:
    def fill(sheet: Any) -> None:
        for row in (["甲", "乙"], ["丙", "丁"]):
            sheet.append(row)
        sheet.row_dimensions[2].hidden = True
        other = sheet.parent.create_sheet("底稿")
        other.append(["戊"])
        other.sheet_state = "hidden"

    document = workbook(fill)
    assert texts(document) == ["甲", "乙"]
    assert document.remarks == ("工作表“Sheet”里隐藏的行或列有 2 格，没有读入", "工作表“底稿”是隐藏的，没有读入")


def test_a_formula_that_was_never_computed_is_told() -> None:
    document = workbook(lambda sheet: sheet.append(["合计", "=1+2"]))
    assert texts(document) == ["合计"]
    assert document.remarks == (
        "工作表“Sheet”有 1 个公式没有存下结果（B1），没有读入：请用 Excel 或 WPS 打开，保存一次再交来",
    )


def test_a_formula_is_read_as_its_result() -> None:
    cells_xml = (
        '<c r="A1"><f>1+2</f><v>3</v></c><c r="B1" t="str"><f>"甲"</f><v>甲</v></c>'
        '<c r="C1" t="str"><f>""</f><v></v></c>'
    )
    xml = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f'<sheetData><row r="1">{cells_xml}</row></sheetData></worksheet>'
    )
    content = documents.with_part(documents.sheet([["例"]]), "xl/worksheets/sheet1.xml", xml)
    document = read_document("示例.xlsx", content)
    assert texts(document) == ["3", "甲"]
    assert document.remarks == ()


def test_a_damaged_workbook_is_refused_in_words() -> None:
    content = documents.sheet([["甲"]])
    assert "损坏" in refusal(documents.with_part(content, "xl/workbook.xml", b"<workbook"), "示例.xlsx")


# PDF

#: More than a line of 28 characters.
LONG = "（一）关于示例问题：示例单位党支部逐条对照、逐项落实，各项材料已经全部核对，整改完成。"


def test_the_lines_of_a_pdf_are_paragraphs_again() -> None:
    document = read_document("示例.pdf", documents.pdf(["一、总体情况", LONG, LONG * 3, "联系电话：0000-0000000"]))
    assert [(block.text, block.place) for block in document.blocks] == [
        ("一、总体情况", "第 1 页第 1 段"),
        (LONG, "第 1 页第 2 段"),
        (LONG * 3, "第 1 页第 3 段"),
        ("联系电话：0000-0000000", "第 1 页第 4 段"),
    ]
    assert document.remarks == ()


def test_a_paragraph_of_a_pdf_that_goes_on_on_the_next_page_is_one() -> None:
    assert texts(read_document("示例.pdf", documents.pdf([LONG * 30, LONG * 3]))) == [LONG * 30, LONG * 3]


def test_words_at_the_end_of_a_line_of_a_pdf_are_separated_by_a_blank() -> None:
    words = "the words of a made-up notice " * 8 + "end"
    assert texts(read_document("示例.pdf", documents.pdf([words]))) == [words]


def test_a_title_of_two_lines_in_a_pdf_is_one_and_signature_and_date_are_two() -> None:
    title = "中共示例县示例单位支部委员会关于巡察整改进展情况的通报"
    style = (
        "p:first-child { font-size: 22pt; line-height: 32pt; text-align: center; text-indent: 0; padding: 0 3em }"
        "p:nth-last-child(-n+2) { text-align: right; padding-right: 4em }"
    )
    content = documents.pdf([title, LONG * 2, "中共示例县示例单位支部委员会", "2023年12月14日"], style)
    assert texts(read_document("示例.pdf", content)) == [
        title,
        LONG * 2,
        "中共示例县示例单位支部委员会",
        "2023年12月14日",
    ]


def test_page_numbers_and_running_lines_of_a_pdf_are_beside_the_text() -> None:
    number = '<div style="font-size:12px;width:100%;text-align:center">— <span class=pageNumber></span> —</div>'
    name = '<div style="font-size:12px;width:100%;text-align:center">示例单位</div>'
    text = f"<style>@page {{ size: A4; margin: 30mm }} p {{ text-indent: 2em }}</style><p>{LONG * 50}</p>"
    document = read_document("示例.pdf", documents.pdf_of(text, (name, number)))
    assert texts(document) == [LONG * 50]
    pages = len(texts(document, "页码"))
    assert pages > 1
    assert texts(document, "页码") == [f"— {page} —" for page in range(1, pages + 1)]
    assert texts(document, "页眉页脚") == ["示例单位"] * pages


@pytest.mark.parametrize("text", ["— 3 —", "3", "第3页 共9页", "第 3 页", "3 / 9", "-3-", "3/9"])
def test_what_counts_the_pages_of_a_pdf_is_a_page_number(text: str) -> None:
    foot = f'<div style="font-size:12px;width:100%;text-align:center">{text}</div>'
    content = documents.pdf_of(f"<style>@page {{ size: A4; margin: 35mm }}</style><p>{SENTENCES}</p>", (" ", foot))
    document = read_document("示例.pdf", content)
    assert (texts(document), texts(document, "页码")) == ([SENTENCES], [text])


def test_a_ruled_table_of_a_pdf_is_cells() -> None:
    document = read_document("示例.pdf", documents.pdf(["甲", [["序号", "问题"], ["1", LONG]], "乙"]))
    assert [(block.text, bool(block.cell)) for block in document.blocks] == [
        ("甲", False),
        ("序号", True),
        ("问题", True),
        ("1", True),
        (LONG, True),
        ("乙", False),
    ]


def test_merged_cells_of_a_pdf_are_there_once() -> None:
    text = (
        "<style>table { border-collapse: collapse } td { border: 1px solid black; padding: 5px 20px }</style>"
        "<table><tr><td colspan=2>甲乙丙<td>丁戊己"
        "<tr><td rowspan=2>庚辛壬<td>癸子丑<td>寅卯辰<tr><td>巳午未<td>申酉戌</table>"
    )
    assert cells(read_document("示例.pdf", documents.pdf_of(text))) == [
        ("甲乙丙", 0, 0, 1, 2),
        ("丁戊己", 0, 2, 1, 1),
        ("庚辛壬", 1, 0, 2, 1),
        ("癸子丑", 1, 1, 1, 1),
        ("寅卯辰", 1, 2, 1, 1),
        ("巳午未", 2, 1, 1, 1),
        ("申酉戌", 2, 2, 1, 1),
    ]


def test_a_table_of_a_pdf_goes_on_on_the_next_page_and_its_repeated_head_is_beside_it() -> None:
    rows = [[str(number), "示例问题"] for number in range(1, 41)]
    table = "".join(f"<tr><td>{number}<td>{text}" for number, text in rows)
    content = documents.pdf_of(
        "<style>@page { size: A4; margin: 35mm } td, th { border: 1px solid black; height: 28pt }"
        "table { border-collapse: collapse; width: 100% }</style>"
        f"<table><thead><tr><th>序号<th>问题</thead>{table}</table>"
    )
    document = read_document("示例.pdf", content)
    assert [text for text, *_ in cells(document)] == ["序号", "问题", *itertools.chain(*rows)]
    assert {block.cell.table for block in document.blocks if block.cell} == {0}
    assert set(texts(document, "重复的表头")) == {"序号 问题"}


def test_radicals_of_a_pdf_are_ordinary_characters() -> None:
    assert texts(read_document("示例.pdf", documents.pdf(["一心为人民，高风长青；西门马龙见贝。"]))) == [
        "一心为人民，高风长青；西门马龙见贝。"
    ]
    assert ordinary("⼀") + ordinary("⺠") + ordinary("\uf9d1") == "一民六"


def test_a_pdf_of_pictures_is_refused_with_what_helps() -> None:
    picture = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAAAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw=="
    assert "文字识别" in refusal(documents.pdf_of(f"<img src='{picture}' width=300 height=300>"), "示例.pdf")


def test_a_locked_pdf_is_refused_with_what_helps() -> None:
    writer = PdfWriter(clone_from=io.BytesIO(documents.pdf(["甲"])))
    writer.encrypt("示例")
    file = io.BytesIO()
    writer.write(file)
    assert "密码" in refusal(file.getvalue(), "示例.pdf")


def test_a_damaged_pdf_is_refused_in_words() -> None:
    assert "损坏" in refusal(b"%PDF-1.7\n" + bytes(range(128)) * 9, "示例.pdf")


def test_reading_a_pdf_says_nothing_to_the_log(caplog: pytest.LogCaptureFixture) -> None:
    read_document("示例.pdf", documents.pdf(["示例单位党支部高度重视，逐条整改。"]))
    assert caplog.messages == []


# files of old and other programs


@functools.cache
def converts(content: bytes, suffix: str, target: str) -> bytes | None:
    """A file as LibreOffice saves it in another format; ``None`` where it cannot."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / f"示例{suffix}").write_bytes(content)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [
            str(program),
            profile,
            "--headless",
            "--convert-to",
            target,
            "--outdir",
            name,
            f"{folder}/示例{suffix}",
        ]
        if program:
            subprocess.run(command, check=False, capture_output=True)
        made = folder / f"示例.{target}"
        return made.read_bytes() if made.is_file() else None


@pytest.mark.parametrize("target", ["doc", "odt"])
def test_a_text_of_an_old_program_is_read_with_its_numbers_and_the_conversion_is_told(target: str) -> None:
    content = converts(documents.word_numbered([(0, "甲"), (1, "乙"), (-1, "丙")]), ".docx", target)
    if content is None:
        pytest.skip("没有安装 LibreOffice Writer：apt install libreoffice-writer")
    document = read_document(f"示例.{target}", content)
    assert texts(document) == ["一、甲", "（一）乙", "丙"]
    assert document.remarks == ("原件是旧格式，已由 LibreOffice 转换成 .docx 读入，编号和表格请对照原件",)


#: A list as Word writes it, in GBK; LibreOffice itself saves 、 in the number of an .rtf as a question mark.
NUMBERED_RTF = (
    rb"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fcharset134 SimSun;}}{\*\listtable{\list\listtemplateid1"
    rb"{\listlevel\levelnfc37\levelstartat1\levelfollow2{\leveltext\'02\'00\'a1\'a2;}{\levelnumbers\'01;}\f0}"
    rb"{\listlevel\levelnfc37\levelstartat1\levelfollow2{\leveltext\'03\'a3\'a8\'01\'a3\'a9;}{\levelnumbers\'02;}\f0}"
    rb"\listid1}}{\*\listoverridetable{\listoverride\listid1\listoverridecount0\ls1}}"
    rb"\pard\f0\ls1\ilvl0 \u30002?\par\pard\f0\ls1\ilvl1 \u20057?\par\pard\f0 \u19993?\par}"
)


def test_an_rtf_is_read_with_the_numbers_that_word_makes() -> None:
    if converts(documents.word(["甲"]), ".docx", "rtf") is None:
        pytest.skip("没有安装 LibreOffice Writer：apt install libreoffice-writer")
    assert texts(read_document("示例.rtf", NUMBERED_RTF)) == ["一、甲", "（一）乙", "丙"]


def odt_with_picture(address: str) -> bytes:
    """An .odt with a picture that is not in it but elsewhere."""
    office = "urn:oasis:names:tc:opendocument:xmlns"
    names = (
        f'xmlns:office="{office}:office:1.0" xmlns:text="{office}:text:1.0" xmlns:draw="{office}:drawing:1.0" '
        f'xmlns:svg="{office}:svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
    )
    picture = f'<draw:image xlink:href="{address}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/>'
    frame = f'<draw:frame text:anchor-type="as-char" svg:width="2cm" svg:height="2cm">{picture}</draw:frame>'
    body = f"<office:body><office:text><text:p>甲{frame}</text:p></office:text></office:body>"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml", f'<office:document-content {names} office:version="1.2">{body}</office:document-content>'
        )
        archive.writestr(
            "META-INF/manifest.xml",
            f'<m:manifest xmlns:m="{office}:manifest:1.0"><m:file-entry m:full-path="/" '
            'm:media-type="application/vnd.oasis.opendocument.text"/><m:file-entry m:full-path="content.xml" '
            'm:media-type="text/xml"/></m:manifest>',
        )
    return file.getvalue()


def test_nothing_that_a_document_names_is_fetched_when_it_is_converted() -> None:
    if converts(documents.word(["甲"]), ".docx", "odt") is None:
        pytest.skip("没有安装 LibreOffice Writer：apt install libreoffice-writer")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/picture.png"
        assert texts(read_document("示例.odt", odt_with_picture(address))) == ["甲"]
        with pytest.raises(BlockingIOError):
            server.accept()


@pytest.mark.parametrize("target", ["xls", "ods"])
def test_a_sheet_of_an_old_program_is_read_and_the_conversion_is_told(target: str) -> None:
    content = converts(documents.sheet([["序号", "问题"], [1, "学习不够"]]), ".xlsx", target)
    if content is None:
        pytest.skip("没有安装 LibreOffice Calc：apt install libreoffice-calc")
    document = read_document(f"示例.{target}", content)
    assert [text for text, *_ in cells(document)] == ["序号", "问题", "1", "学习不够"]
    assert document.remarks == ("原件是旧格式，已由 LibreOffice 转换成 .xlsx 读入，编号和表格请对照原件",)


RTF = b"{\\rtf1 \\u30002?}"


def test_without_libreoffice_an_old_file_is_refused_with_what_helps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    said = refusal(RTF, "示例.rtf")
    assert "没有安装 LibreOffice" in said
    assert "“文件→另存为”，类型选“Word 文档（.docx）”" in said
    assert "\n" not in said


def test_an_old_file_that_cannot_be_converted_is_refused_with_what_helps(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    assert "转换不了" in refusal(RTF, "示例.rtf")


def test_a_conversion_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nsleep 60 &\nwait\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    monkeypatch.setattr(legacy, "SECONDS", 0.2)
    assert "转换不了，它太大或者太复杂，LibreOffice 0.2 秒还没有转换完" in refusal(RTF, "示例.rtf")


# all kinds


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("示例.docx", documents.word(["甲", [["乙", "丙"]]])),
        ("示例.xlsx", documents.sheet([["甲", "乙"]])),
        ("示例.html", documents.web(ARTICLE)),
        ("示例.txt", "甲".encode("gb18030")),
    ],
)
def test_the_same_file_gives_the_same_document(name: str, content: bytes) -> None:
    assert read_document(name, content) == read_document(name, content)


@given(
    st.sampled_from(["示例.txt", "示例.html", "示例.docx", "示例.xlsx", "示例.pdf"]), st.binary(max_size=200), st.data()
)
def test_no_file_makes_a_traceback(name: str, noise: bytes, data: st.DataObject) -> None:
    beginning = data.draw(st.sampled_from([b"", b"PK\x03\x04", b"%PDF-1.4\n", b"<html>", b"\xff\xfe"]))
    with contextlib.suppress(Unreadable):
        read_document(name, beginning + noise)


def test_a_damaged_document_makes_no_traceback() -> None:
    content = documents.word_numbered([(0, "甲"), (1, "乙")])
    for at in range(0, len(content), 97):
        with contextlib.suppress(Unreadable):
            read_document("示例.docx", content[:at] + b"\xff" + content[at + 1 :])
