"""``python -m bench.fuzz_import --minutes N [--seed S] [--keep DIR] [--texts DIR]``: bent documents through ``import``.

Each case is a notice as a text, a web page, a Word file, a sheet or a PDF with bytes, XML, lines, figures or signs in
it changed. Counted are the drafts and the refusals; a traceback, more than 5 seconds of a processor or more than 500 MB
of memory is a fault: it is printed, kept under ``--keep``, and makes the exit code 1.
"""

from __future__ import annotations

import copy
import html
import io
import math
import random
import re
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import openpyxl
from lxml import etree
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from bench import watched
from bench.bending import Random, happens, lines_of
from noticeboard.board.board import Board
from noticeboard.intake.documents import read_document
from noticeboard.intake.documents.document import Unreadable
from noticeboard.intake.drafting.importing import import_read
from noticeboard.paths import NOTICES, ROOT
from noticeboard.record.dates import PartialDate

SAMPLES = ROOT / "tests/samples/documents"

_SIGNS = [*"“”‘’《》（）()【】〔〕：:；;。，、！？·…—-－~％%#@|*\\/<>&=\"'", "\u3000", "\t", "\x0b", "\u2028", "\ufeff"]
_ODD = [
    *"\x00\x07\x85\u200b\u202e\ufffd\ufffe\u2ed3\u2f00\uf0b7①㈠⒈❶Ⅻ",
    "\U00020000",
    "\U0001f468\u200d\U0001f469",
    "é",
]
_FIGURES: list[str] = [
    "0", "00", "-1", "13", "29", "30", "32", "100", "1900", "2023", "2100", "9999", "1.5", "1,000", "１２", "一", "十",
    "二十一", "百", "两", "〇", "二〇二三", "零", "廿", "9" * 25, "9" * 5000, "一" * 30,
]  # fmt: skip
_PHRASES: list[str] = [
    "2023年2月29日", "2月30日", "2023年13月1日", "12月底", "2023年4月上旬", "截至12月底", "发布时间：12月14日",
    "日期：2月29日", "2023年2月1日至30日", "25:61", "发布日期：2023-02-30 24:00", "关于“", "关于”", "一是",
    "（一）", "1.", "问题一：", "第一部分", "已完成整改", "正在整改", "反馈的0个问题", "反馈的999999999999个问题",
    "整改措施：", "联系电话：", "电子邮箱：@", "邮编：", "附件：", "索引号：", "文号：", "目录", "（以下简称“",
    "[bookmark: _GoBack]", "责任人：",
    "张示例同志", "下一步，", "来源：",
]  # fmt: skip


# Texts


def _drop(chance: Random, lines: list[str]) -> None:
    begin = chance.randrange(len(lines))
    del lines[begin : begin + chance.choice([1, 1, 3, 20])]
    lines[:] = lines or [""]


def _twice(chance: Random, lines: list[str]) -> None:
    lines.insert(chance.randrange(len(lines)), chance.choice(lines))


def _shuffle(chance: Random, lines: list[str]) -> None:
    begin = chance.randrange(len(lines))
    some = lines[begin : begin + chance.choice([3, 10, 100])]
    chance.shuffle(some)
    lines[begin : begin + len(some)] = some


def _join(chance: Random, lines: list[str]) -> None:
    begin = chance.randrange(len(lines))
    end = begin + chance.choice([2, 2, 10, 100])
    lines[begin:end] = ["".join(lines[begin:end])]


def _cut(chance: Random, lines: list[str]) -> None:
    at = chance.randrange(len(lines))
    where = chance.randrange(len(lines[at]) + 1)
    lines[at : at + 1] = [lines[at][:where], lines[at][where:]]


def _figure(chance: Random, text: str) -> str:
    found = list(re.finditer(r"\d+|[一二三四五六七八九十]+", text))
    if not found:
        return text
    one = chance.choice(found)
    return text[: one.start()] + chance.choice(_FIGURES) + text[one.end() :]


def _without_years(_: Random, text: str) -> str:
    return re.sub(r"(19|20)\d\d\s*[-年./]|二〇[一-九〇]{2}年", "", text)


def _inserted(words: Sequence[str]) -> Callable[[Random, str], str]:
    def changed(chance: Random, text: str) -> str:
        at = chance.randrange(len(text) + 1)
        return text[:at] + chance.choice(words) + text[at + chance.choice([0, 0, 1, 8]) :]

    return changed


def _flooded(chance: Random, text: str) -> str:
    at = chance.randrange(len(text) + 1)
    what: str = chance.choice(
        [*_SIGNS, *_FIGURES[:10], *_PHRASES, "\n", "甲", "甲\n", "1.甲\n", "关于“甲”的问题。", "①甲"]
    )
    return text[:at] + what * int(math.pow(10, chance.uniform(1, 4))) + text[at:]


_TEXT_CHANGES: tuple[Callable[[Random, str], str], ...] = (
    *map(lines_of, (_drop, _twice, _shuffle, _join, _cut)),
    _figure, _figure, _figure, _without_years,
    _inserted(_SIGNS), _inserted(_SIGNS), _inserted(_ODD), _inserted(_PHRASES), _inserted(_PHRASES),
    lambda chance, text: text[: chance.randrange(len(text) + 1)],
    lambda chance, text: text[chance.randrange(len(text) + 1) :],
)  # fmt: skip


# Files


def _plain(chance: Random, text: str) -> tuple[str, bytes]:
    encoding = chance.choice([*["utf-8"] * 8, "gb18030", "utf-16", "utf-16-be", "utf-8-sig", "big5"])
    return "txt", text.encode(encoding, "replace")


def _table(text: str) -> list[list[str]]:
    """Lines as rows, as a ledger has them."""
    return [re.split(r"[：。，]", line, maxsplit=4) for line in text.split("\n") if line.strip()][:400]


def _web(chance: Random, text: str) -> tuple[str, bytes]:
    if happens(chance, 0.5):
        body = "".join(f"<p>{html.escape(line)}</p>\n" for line in text.split("\n"))
    else:
        rows = "".join(
            f"<tr>{''.join(f'<td rowspan=1 colspan=1>{html.escape(cell)}</td>' for cell in row)}</tr>"
            for row in _table(text)
        )
        body = f"<table><tbody>{rows}</tbody></table>"
    head = '<head><meta charset="utf-8"><title>通报</title></head>'
    page = f"<!DOCTYPE html><html>{head}<body><div>{body}</div></body></html>"
    return "html", _xml_changed(chance, page).encode("utf-8", "replace")


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _of_xml(text: str) -> str:
    """What of a text XML can hold."""
    return re.sub("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)


def _run(text: str) -> str:
    number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    words = f'<w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{html.escape(_of_xml(text))}</w:t>'
    return f"<w:p><w:pPr>{number}</w:pPr><w:r>{words}</w:r></w:p>"


def _cell(text: str) -> str:
    return f'<w:tc><w:tcPr><w:gridSpan w:val="1"/><w:vMerge w:val="restart"/></w:tcPr>{_run(text)}</w:tc>'


def _related(kind: str, target: str) -> str:
    relation = f'<Relationship Id="a" Type="{_KIND}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{_RELATIONS}">{relation}</Relationships>'


def _word(chance: Random, text: str) -> tuple[str, bytes]:
    if happens(chance, 0.5):
        body = "".join(map(_run, text.split("\n")))
    else:
        rows = ("".join(map(_cell, row)) for row in _table(text))
        body = f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"
    numbering = (
        f'<w:numbering {_W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": _related("officeDocument", "word/document.xml"),
        "word/_rels/document.xml.rels": _related("numbering", "numbering.xml"),
        "word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>",
        "word/numbering.xml": numbering,
    }
    return "docx", _packed(chance, {name: part.encode("utf-8", "replace") for name, part in parts.items()})


def _sheet(chance: Random, text: str) -> tuple[str, bytes]:
    workbook = openpyxl.Workbook()
    for row in _table(text):
        workbook.active.append(["'" + ILLEGAL_CHARACTERS_RE.sub("", _of_xml(cell))[:30_000] for cell in row])
    if happens(chance, 0.3):
        workbook.active.merge_cells("A1:C2")
        workbook.active["B9"] = chance.choice([0.5, 45000, -1, 1e300, "=1+1", True])
        workbook.active["B9"].number_format = chance.choice(
            ["yyyy年m月d日", "0.00%", "h:mm", "[$-804]0;0", "#,##0,,", "aaaa"]
        )
    file = io.BytesIO()
    workbook.save(file)
    with zipfile.ZipFile(file) as archive:
        return "xlsx", _packed(chance, {name: archive.read(name) for name in archive.namelist()})


def _pdf(chance: Random, text: str) -> tuple[str, bytes]:
    """Lines of 40 characters, 40 a page, in a font that every reader has: its characters are known by their codes."""
    lines = [line[at : at + 40] for line in text.split("\n") for at in range(0, len(line), 40)][:400]
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"",
        b"<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
        (
            b"<</Type/Font/Subtype/CIDFontType0/BaseFont/SimSun"
            b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>>"
        ),
    ]
    pages = []
    for begin in range(0, len(lines), 40):
        drawn = ""
        for number, line in enumerate(lines[begin : begin + 40]):
            height = 800 - number * 18
            drawn += f"BT /F1 12 Tf 60 {height} Td <{line.encode('utf-16-be', 'replace').hex()}> Tj ET\n"
            drawn += f"50 {height - 5} m 550 {height - 5} l S\n50 {height - 5} m 50 {height + 13} l S\n" * (
                begin % 80 == 0
            )
        drawn = _bytes_of_text(chance, drawn) if happens(chance, 0.3) else drawn
        stream = zlib.compress(drawn.encode("latin-1", "replace"))
        pages.append(len(objects) + 1)
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>"
            + f"/Contents {len(objects) + 2} 0 R>>".encode()
        )
        objects.append(f"<</Length {len(stream)}/Filter/FlateDecode>>stream\n".encode() + stream + b"\nendstream")
    objects[1] = f"<</Type/Pages/Count {len(pages)}/Kids[{' '.join(f'{page} 0 R' for page in pages)}]>>".encode()
    content = b"%PDF-1.4\n" + b"".join(
        f"{number} 0 obj\n".encode() + one + b"\nendobj\n" for number, one in enumerate(objects, 1)
    )
    # Readers find the objects without a table of them.
    return "pdf", content + b"trailer<</Root 1 0 R/Size 9>>\n%%EOF"


_DRAWN = [
    "q", "Q", "Do", "re", "-1e9", "1e308", "/F1", "[", "]", "<<", "BI", "ID", "EI", "Tm", "BX", "m", "l", "S", "f", "W",
    "n", "cm", "Tz",
]  # fmt: skip


def _bytes_of_text(chance: Random, drawn: str) -> str:
    words = drawn.split(" ")
    for _ in range(chance.randrange(1, 6)):
        words[chance.randrange(len(words))] = chance.choice(_DRAWN)
    return " ".join(words)


_TAG = re.compile(r"<[^<>]*>")


_VALUES = ["", "-1", "0", "9999999999", "x", "1e9", "0000-00-00", "甲", "%9", "A1:XFD1048576", "NaN"]
_BROKEN = ["&", "&#0;", "&x;", "<", "]]>", "<![CDATA[", "<!--", "<?x?>", "\x0b"]


def _xml_changed(chance: Random, xml: str) -> str:
    """Some elements dropped, doubled, nested into each other, or with another value."""
    for _ in range(chance.choice([0, 0, 1, 2, 5])):
        tags = list(_TAG.finditer(xml))
        if not tags:
            break
        one, other = chance.choice(tags), chance.choice(tags)
        begin = min(one.start(), other.start())
        end = min(max(one.end(), other.end()), begin + 5000)
        value = f'"{chance.choice(_VALUES)}"'
        xml = chance.choice(
            [
                xml[: one.start()] + xml[one.end() :],
                xml[:begin] + xml[end:],
                xml[:begin] + xml[begin:end] * chance.choice([2, 3, 50]) + xml[end:],
                xml[: one.end()] + other[0] * chance.choice([1, 10, 300]) + xml[one.end() :],
                xml[: one.start()] + re.sub(r'"[^"]*"', value, one[0], count=1) + xml[one.end() :],
                xml[: one.start()] + one[0].replace("restart", "continue").replace("=1", "=1000") + xml[one.end() :],
                xml[:begin] + chance.choice(_BROKEN) + xml[begin:],
            ]
        )
    return xml


def _elements_changed(chance: Random, content: bytes) -> bytes:
    """The same of XML that stays XML."""
    root = etree.fromstring(content)
    for _ in range(chance.choice([1, 1, 2, 5])):
        elements = list(root.iter(etree.Element))
        one, other = chance.choice(elements), chance.choice(elements)
        parent = one.getparent()
        if parent is None:
            continue
        kind = chance.choice(["drop", "twice", "into", "value", "text", "around"])
        if kind == "drop":
            parent.remove(one)
        elif kind == "twice":
            for _ in range(chance.choice([1, 2, 50])):
                parent.insert(parent.index(one), copy.deepcopy(one))
        elif kind == "into":
            other.append(copy.deepcopy(one))
        elif kind == "value" and one.attrib:
            one.set(chance.choice(list(one.attrib)), chance.choice(_VALUES))
        elif kind == "text":
            one.text = chance.choice([*_VALUES, *_FIGURES])
        else:
            outer = etree.Element(other.tag)
            parent.replace(one, outer)
            outer.append(one)
    return etree.tostring(root)


def _packed(chance: Random, parts: dict[str, bytes]) -> bytes:
    """A zip archive of parts, some of them changed, gone, or there twice."""
    names = list(parts)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            if happens(chance, 0.005):
                continue
            content = parts[name]
            is_main = name.endswith(("document.xml", "sheet1.xml", "numbering.xml"))
            if name.endswith((".xml", ".rels")) and happens(chance, 0.4 if is_main else 0.05):
                content = _elements_changed(chance, content)
            elif happens(chance, 0.02):
                content = _xml_changed(chance, content.decode("utf-8")).encode("utf-8", "replace")
            elif happens(chance, 0.01):
                content = parts[chance.choice(names)]
            archive.writestr(name, content)
    return file.getvalue()


def _flipped(chance: Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice([1, 3, 20])):
        at = chance.randrange(len(changed) + 1)
        changed[at : at + chance.randrange(4)] = chance.randbytes(chance.randrange(4))
    return bytes(changed[: chance.randrange(len(changed) + 1)] if happens(chance, 0.1) else changed)


_KINDS = (_plain, _plain, _web, _word, _sheet, _pdf)


def texts(folder: Path | None = None) -> list[str]:
    """What documents say: the samples of the tests, the records of the real notices, and the texts of a folder."""
    files = [
        *sorted(SAMPLES.rglob("*.txt")),
        *sorted(NOTICES.glob("*/2*.yml")),
        *(sorted(folder.rglob("*.txt")) if folder else ()),
    ]
    return [file.read_text(encoding="utf-8") for file in files]


def cases(chance: Random, folder: Path | None = None) -> Iterator[tuple[str, bytes]]:
    """Names of files and their bytes, without end."""
    said = texts(folder)
    number = 0
    while True:
        number += 1
        text = chance.choice(said)
        for _ in range(chance.choice([0, 1, 1, 2, 3, 6, 12])):
            text = chance.choice(_TEXT_CHANGES)(chance, text)
        if happens(chance, 0.05):
            text = _flooded(chance, text)
        suffix, content = chance.choice(_KINDS)(chance, text)
        if happens(chance, 0.15):
            content = _flipped(chance, content)
        yield f"{number}.{suffix}", content


#: Any day does.
_ENTERED = PartialDate(2024, 1, 5)


def run(name: str, content: bytes) -> str:
    """``drafted`` or ``refused``. Raises where the program fails."""
    try:
        import_read(name, read_document(name, content), Board(), _ENTERED)
    except Unreadable:
        return "refused"
    return "drafted"


def counted(name: str, content: bytes) -> dict[str, int]:
    """The same as ``watched`` counts it."""
    return {run(name, content): 1}


def main() -> int:
    """0 nothing was found, 1 something was."""
    parser = watched.parser(__doc__)
    parser.add_argument("--texts", type=Path, help="more texts to begin with")
    arguments = parser.parse_args()
    made = cases(random.Random(arguments.seed), arguments.texts)
    return watched.watch(counted, made, ["refused", "drafted"], arguments)


if __name__ == "__main__":
    sys.exit(main())
