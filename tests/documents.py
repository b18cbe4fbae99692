"""Files as people hand them in, made of a few paragraphs and tables."""

from __future__ import annotations

import functools
import html
import io
import zipfile
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

import docx
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl import Workbook
from playwright.sync_api import sync_playwright

from tests import browser as browsers

Table = list[list[str]]
Part = str | Table

#: The levels of a list as official documents have them: 一、（一）1. (1)
LEVELS = (
    ("chineseCountingThousand", "%1、"),
    ("chineseCountingThousand", "（%2）"),
    ("decimal", "%3."),
    ("decimal", "(%4)"),
)


def saved(document: WordDocument) -> bytes:
    """The bytes of a document of python-docx."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def word(blocks: Iterable[Part]) -> bytes:
    """A .docx; a list of lists is a table."""
    document = docx.Document()
    for part in blocks:
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(rows=len(part), cols=len(part[0]))
        for row, texts in zip(table.rows, part, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    return saved(document)


def word_body(xml: str, **parts: str) -> bytes:
    """A .docx with this XML in its body; ``parts`` put other XML in the place of a part: numbering, styles."""
    document = docx.Document()
    body = document.element.body
    for number, element in enumerate(parse_xml(f"<w:body {_NAMES}>{xml}</w:body>")):
        body.insert(number, element)
    content = saved(document)
    for name, part in parts.items():
        root = {"numbering": "numbering", "styles": "styles"}[name]
        content = with_part(content, f"word/{name}.xml", f"<w:{root} {_NAMES}>{part}</w:{root}>")
    return content


_NAMES = " ".join(
    (
        nsdecls("w", "r", "wp", "a", "m"),
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"',
        'xmlns:v="urn:schemas-microsoft-com:vml"',
    )
)


def with_part(content: bytes, name: str, part: str | bytes) -> bytes:
    """A zip archive with one of its files changed, or with one more."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        new.writestr(name, part)
    return changed.getvalue()


def numbering(levels: Iterable[tuple[str, str]] = LEVELS, suffix: str = "nothing") -> str:
    """The definition of list 1 with levels of a format and a text each."""
    found = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{name}"/>'
        f'<w:suff w:val="{suffix}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (name, text) in enumerate(levels)
    )
    abstract = f'<w:abstractNum w:abstractNumId="0">{found}</w:abstractNum>'
    return f'{abstract}<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'


def numbered(depth: int, text: str, number: int = 1) -> str:
    """The XML of a paragraph that Word numbers by itself; below level 0 it has no number."""
    properties = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
    properties = properties if depth >= 0 else ""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{html.escape(text)}</w:t></w:r></w:p>"


def word_numbered(items: Iterable[tuple[int, str]], levels: Iterable[tuple[str, str]] = LEVELS) -> bytes:
    """A .docx whose paragraphs are numbered by Word: their level (-1: none), their text without the number."""
    return word_body("".join(numbered(depth, text) for depth, text in items), numbering=numbering(levels))


def sheet(rows: Iterable[Sequence[object]], title: str = "Sheet1") -> bytes:
    """An .xlsx of one sheet."""
    workbook = Workbook()
    workbook.active.title = title
    for row in rows:
        workbook.active.append(list(row))
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def _html(part: Part) -> str:
    if isinstance(part, str):
        return f"<p>{html.escape(part)}</p>"
    rows = ("".join(f"<td>{html.escape(text)}</td>" for text in row) for row in part)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def web(paragraphs: Iterable[Part], title: str = "关于示例单位整改进展情况的通报") -> bytes:
    """A page as a portal has it: a menu, the title, the line with its source, the text, and a footer."""
    text = "\n".join(map(_html, paragraphs))
    return f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{title}_示例网</title><style>p {{ margin: 0 }}</style></head>
<body>
<div class="nav"><ul><li><a href="/">网站首页</a></li><li><a href="/xwzx/">新闻中心</a></li></ul></div>
<div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/xcxs/">巡视巡察</a> &gt; 正文</div>
<div class="article">
<h1>{title}</h1>
<div class="info"><span>来源：示例网</span> <span>发布时间：2023-12-14</span></div>
<div class="content">{text}</div>
</div>
<div class="related"><h3>相关文章</h3><ul><li><a href="1.html">示例相关文章</a></li></ul></div>
<div class="footer"><p>主办单位：示例单位 备案号：示例备0000号</p></div>
<script>var words = "不是正文，";</script>
</body></html>""".encode()


#: The measures of GB/T 9704: 三号 of 16 pt, 28 pt from line to line, first lines indented by two characters.
_PAPER = """
@page { size: A4; margin: 37mm 26mm 35mm 28mm; }
body { margin: 0; font: 16pt/28pt "Noto Serif CJK SC", "Noto Sans CJK SC", serif; text-align: justify; }
p { margin: 0; text-indent: 2em; }
table { border-collapse: collapse; width: 100%; }
td { border: 1px solid black; padding: 0 5pt; }
"""


def pdf(paragraphs: Iterable[Part], style: str = "") -> bytes:
    """A .pdf of A4 pages as Chromium prints them."""
    text = "".join(map(_html, paragraphs))
    return pdf_of(f"<!DOCTYPE html><html lang=zh-CN><meta charset=utf-8><style>{_PAPER}{style}</style>{text}</html>")


@functools.cache
def pdf_of(page: str, margins: tuple[str, str] | None = None) -> bytes:
    """A page of HTML as a .pdf; ``margins``: the HTML of its header and footer."""
    # In a thread of its own: a test may have Playwright running already, and a thread can have it once only.
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(_printed, page, margins).result()


def _printed(page: str, margins: tuple[str, str] | None) -> bytes:
    with sync_playwright() as playwright:
        browser = browsers.launch(playwright)
        tab = browser.new_page()
        tab.set_content(page)
        header, footer = margins or ("", "")
        printed = tab.pdf(
            prefer_css_page_size=True,
            display_header_footer=margins is not None,
            header_template=header,
            footer_template=footer,
        )
        browser.close()
        return printed
