"""PDF → ``Document``: lines at their places made paragraphs again, ruled tables made cells; page numbers aside."""

from __future__ import annotations

import logging
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from noticeboard.intake.documents.document import Block, Document, Unreadable
from noticeboard.intake.documents.pdf_characters import UNKNOWN, ordinary
from noticeboard.intake.documents.pdf_lines import Glyph, Line, Margins, goes_on, joined, lines_of, margins_of
from noticeboard.intake.documents.pdf_pages import drawn_pages
from noticeboard.intake.documents.pdf_tables import RuledTable, ruled_tables

# It complains of every font that is not quite as the standard has it, to whoever runs the program.
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)

_SCANNED = "这个 PDF 是扫描的图片，里面没有文字：请先用文字识别（WPS、微信都有）转成文字，或者找来 Word 文件"
_LOCKED = "这个 PDF 有打开密码：请用密码打开它，另存为没有密码的文件再交来，或者找来 Word 文件"
_NO_CHARACTERS = "这个 PDF 只有字形，没有存下文字：请先用文字识别转成文字，或者找来 Word 文件"
_DAMAGED = "这个 PDF 已经损坏或者没有下载完整：请重新取一份，或者找来 Word 文件"
#: Of so many glyphs one may be unknown.
_PER_UNKNOWN = 5
#: A page with fewer characters and with a picture is a scan.
_FEWEST = 10

_PAGE_NUMBER = re.compile(
    r"[\s—–－―\-·.~|/]{0,20}(第\s{0,9})?\d{1,4}(\s{0,9}页)?([/|，,、共of总\s]{1,20}\d{1,4}(\s{0,9}页)?)?[\s—–－―\-·.~|/]{0,20}",
    re.IGNORECASE,
)
#: Of the height of a page: what stands above and below can be a header or a footer; nearer to the edge it is one.
_MARGIN = 0.12
_EDGE = 0.045


@dataclass
class _Page:
    """A page: its lines and tables, and what stands in its margins."""

    number: int
    width: float
    height: float
    lines: list[Line]
    tables: list[RuledTable]
    aside: dict[int, str] = field(default_factory=dict)


@dataclass
class _Paragraph:
    """A paragraph while its lines are still being found, or one that is beside the text."""

    place: str
    lines: list[Line]
    aside: str = ""


def read(name: str, content: bytes) -> Document:
    """The document in a .pdf file."""
    try:
        pages, remarks = _pages(content)
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise Unreadable(_LOCKED) from error
    except PdfminerException as error:
        for cause in error.args:
            # It wraps whatever comes up, what we say ourselves too.
            if isinstance(cause, (Unreadable, RecursionError, MemoryError)):
                raise cause from error
        is_locked = any(isinstance(cause, (PDFPasswordIncorrect, PDFEncryptionError)) for cause in error.args)
        raise Unreadable(_LOCKED if is_locked else _DAMAGED) from error
    _set_aside(pages)
    blocks: list[Block] = []
    tables = 0
    for part in _parts(pages):
        if isinstance(part, RuledTable):
            blocks += part.blocks(tables)
            tables += 1
        else:
            blocks.append(Block(joined(part.lines), part.place, part.aside))
    return Document(name, tuple(blocks), tuple(remarks))


def _pages(content: bytes) -> tuple[list[_Page], list[str]]:
    pages, pictures, count, unknown = [], [], 0, 0
    for number, page in enumerate(drawn_pages(content), 1):
        glyphs = _glyphs(page)
        count += len(glyphs)
        unknown += [glyph.text for glyph in glyphs].count(UNKNOWN)
        if len(glyphs) < _FEWEST and page.images:
            pictures.append(number)
        tables, outside = ruled_tables(page, number, glyphs)
        pages.append(_Page(number, float(page.width), float(page.height), lines_of(outside), tables))
    if count < _FEWEST:
        raise Unreadable(_SCANNED)
    if unknown * _PER_UNKNOWN > count:
        raise Unreadable(_NO_CHARACTERS)
    remarks = []
    if pictures:
        remarks.append(f"第 {'、'.join(map(str, pictures))} 页是图片，读不出文字：请对照原件，或者先用文字识别")
    if unknown:
        remarks.append(f"有 {unknown} 个字读不出来，写作“{UNKNOWN}”，请对照原件")
    return pages, remarks


def _glyphs(page: Any) -> list[Glyph]:
    """What stands upright on a page, once: bold type is sometimes the same printed twice, watermarks stand askew."""
    return [
        Glyph(ordinary(char["text"]), char["x0"], char["x1"], char["top"], char["bottom"], char["size"])
        for char in page.dedupe_chars(tolerance=1, extra_attrs=()).chars
        if char["upright"] and 0 <= char["x0"] <= page.width and 0 <= char["top"] <= page.height
    ]


def _set_aside(pages: list[_Page]) -> None:
    """Find the page numbers, and what is in the margins of several pages."""
    where: dict[tuple[bool, str], set[int]] = defaultdict(set)
    for page, index, line in _in_margins(pages):
        if _PAGE_NUMBER.fullmatch(line.text):
            page.aside[index] = "页码"
        else:
            where[line.top < page.height / 2, _without_digits(line.text)].add(page.number)
    for page, index, line in _in_margins(pages):
        is_at_edge = not _EDGE < line.middle / page.height < 1 - _EDGE
        is_running = len(where[line.top < page.height / 2, _without_digits(line.text)]) > 1
        if is_at_edge or is_running:
            page.aside.setdefault(index, "页眉页脚")


def _in_margins(pages: list[_Page]) -> Iterator[tuple[_Page, int, Line]]:
    for page in pages:
        for index, line in enumerate(page.lines):
            if not _MARGIN < line.middle / page.height < 1 - _MARGIN:
                yield page, index, line


def _without_digits(text: str) -> str:
    return re.sub(r"\d+", "0", text)


def _parts(pages: list[_Page]) -> list[_Paragraph | RuledTable]:
    """The paragraphs and tables of all pages; one that goes on on the next page is one."""
    margins = _margins(pages)
    parts: list[_Paragraph | RuledTable] = []
    # What the text so far ends with.
    last: _Paragraph | RuledTable | None = None
    for page in pages:
        found: list[tuple[float, int, Line | RuledTable]] = [(table.top, -1, table) for table in page.tables]
        found += [(line.top, index, line) for index, line in enumerate(page.lines)]
        is_first, count = True, 0
        for _, index, part in sorted(found, key=lambda placed: placed[:2]):
            if index in page.aside and isinstance(part, Line):
                parts.append(_Paragraph(f"第 {page.number} 页", [part], page.aside[index]))
                continue
            if isinstance(part, RuledTable):
                if is_first and isinstance(last, RuledTable) and last.goes_on_in(part):
                    last.add(part)
                else:
                    last = part
                    parts.append(last)
            elif isinstance(last, _Paragraph) and goes_on(
                last.lines[-1], part, margins[page.width, page.height], on_next_page=is_first
            ):
                last.lines.append(part)
            else:
                count += 1
                last = _Paragraph(f"第 {page.number} 页第 {count} 段", [part])
                parts.append(last)
            is_first = False
    return parts


def _margins(pages: list[_Page]) -> dict[tuple[float, float], Margins]:
    """The margins of the pages of each size."""
    lines: dict[tuple[float, float], list[Line]] = defaultdict(list)
    for page in pages:
        lines[page.width, page.height] += [line for index, line in enumerate(page.lines) if index not in page.aside]
    return {size: margins_of(found, size[0]) for size, found in lines.items()}
