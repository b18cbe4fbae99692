"""Files of every kind that a notice comes in → ``Document``.

What a file is, its content says; its name is asked only where the content can be several things.

Nothing here knows of notices, units or records, so that this folder can be lifted out. Of the ground it takes what must
be one thing for the whole program: how a fault of our own is told (``faults``), the folder that a killed run does not
leave behind (``temporary``), what characters are (``text``, ``radicals``).
"""

from __future__ import annotations

import importlib
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePath
from typing import ParamSpec, TypeVar, cast

from noticeboard.faults import is_ours
from noticeboard.intake.documents import limits
from noticeboard.intake.documents.document import Document, Unreadable
from noticeboard.radicals import ORDINARY, RADICAL, unified

__all__ = ["DAMAGED", "kind_of", "read_document"]

#: So many kinds of radicals are named in a remark.
_NAMED_RADICALS = 5

_SAVE_AS_WORD = "请用 Word 或 WPS 打开它，“另存为”.docx 再交来"
DAMAGED = "文件已经损坏或者没有下载完整：请重新取一份；如果 Word 或 WPS 打得开，“另存为”.docx 再交来"

#: The first bytes of a file → the reader that takes it, or why none does.
_BEGINNINGS = (
    (b"{\\rtf", "legacy"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"RIFF", "picture"),
    (b"BM", "picture"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
)
_REFUSALS = {
    "picture": "这是图片，读不出文字：请先用文字识别（WPS、微信都有）转成文字，或者找来 Word 文件",
    "archive": "这是压缩文件：请先解压，把里面的文件一个一个交来",
    "slides": "这是演示文稿：请把文字复制到 Word 或 WPS 文字里，存成 .docx 再交来",
    "ofd": "这是 OFD 版式文件：请用 OFD 阅读器把它“另存为”或“导出”成 PDF，或者找来 Word 文件",
    "ole": f"这不是 Word、WPS 或 Excel 的文件：{_SAVE_AS_WORD}",
    "password": "文件有打开密码：请用 Word 或 WPS 打开它，取消密码（文件→信息→保护文档），保存后再交来",
}
#: A file inside a zip archive → what the archive is.
_ARCHIVES = (
    ("word/document.xml", "word"),
    ("xl/workbook.xml", "sheet"),
    ("ppt/presentation.xml", "slides"),
    ("OFD.xml", "ofd"),
)
#: Nothing that was passed over is looked at again: many comments would take for ever.
_HTML = re.compile(
    r"\s*+(?:<\?xml[^>]*+>\s*+)?(?:<!--(?:(?!-->)(?s:.))*+-->\s*+)*+"
    r"<(?:!doctype\s+html|html|head|body|meta|title|div|table|p)\b"
)
_WORD_XML = re.compile(r'<\?mso-application progid="(Word\.Document|Excel\.Sheet)"|<w:wordDocument|<pkg:package')
_MHTML = re.compile(rb"(from|subject|date|mime-version|content-type|snapshot-content-location):", re.IGNORECASE)

_HEAD = 8192

P = ParamSpec("P")
R = TypeVar("R")


def read_document(name: str, content: bytes) -> Document:
    """The document that the bytes of a file hold; ``Unreadable`` says in one sentence why there is none.

    An error that is raised in our own code is a fault of the program and goes through.
    """
    if len(content) > limits.FILE:
        raise Unreadable(f"文件超过 {limits.FILE // 1024 // 1024} MB：请删去图片，或者只把文字另存一份再交来")
    if not content.strip(b"\x00\t\r\n "):
        raise Unreadable("文件是空的：请看看是不是拿错了，或者没有下载完整")
    kind = kind_of(PurePath(name).suffix.lower(), content)
    if kind in _REFUSALS:
        raise Unreadable(_REFUSALS[kind])
    # Only the reader that is needed: a text file has no use for a parser of PDF.
    read = cast("Callable[[str, bytes], Document]", importlib.import_module(f"{__name__}.{kind}").read)
    document = _guarded(read, name, content)
    if sum(len(block.text) for block in document.blocks) > limits.TEXT:
        raise Unreadable(limits.TOO_LONG)
    if len(document.blocks) > limits.BLOCKS:
        raise Unreadable(limits.TOO_MANY_BLOCKS)
    if not any(block.text.strip() for block in document.blocks):
        raise Unreadable("里面没有文字：如果是图片，请先用文字识别转成文字，或者找来 Word 文件")
    return _with_ordinary_characters(document)


def _with_ordinary_characters(document: Document) -> Document:
    """The document without the radicals that copying puts in the place of characters; what was changed is remarked."""
    found = RADICAL.findall("".join(block.text for block in document.blocks))
    if not found:
        return document
    blocks = tuple(replace(block, text=unified(block.text)) for block in document.blocks)
    named = "、".join(f"{sign}→{ORDINARY[sign]}" for sign in list(dict.fromkeys(found))[:_NAMED_RADICALS])
    remark = f"有 {len(found)} 处部首字符（多半是从 PDF 复制来的），已换成平常的汉字：{named}"
    return replace(document, blocks=blocks, remarks=(*document.remarks, remark))


def _guarded(read: Callable[P, R], *arguments: P.args, **more: P.kwargs) -> R:
    """What a parser makes of a file. Raises ``Unreadable`` where it can make nothing of it."""
    try:
        return read(*arguments, **more)
    except Unreadable:
        raise
    except RecursionError as error:
        raise Unreadable(limits.TOO_DEEP) from error
    except MemoryError as error:
        raise Unreadable(limits.TOO_LARGE) from error
    except Exception as error:
        # On a damaged file the parsers raise whatever they stumble over.
        if is_ours(error):
            raise
        raise Unreadable(DAMAGED) from error


def kind_of(suffix: str, content: bytes) -> str:
    """The module that reads it, or the key of the reason why none does."""
    # A PDF may have a few stray bytes before its mark.
    if b"%PDF-" in content[:1024] and not content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return "pdf"
    for beginning, kind in _BEGINNINGS:
        if content.startswith(beginning):
            return kind
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_archive(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return _kind_of_container(content)
    if content[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1"):
        return "picture"
    return _kind_of_text(suffix, content)


def _kind_of_archive(content: bytes) -> str:
    # What its directory names is counted before it is read.
    if content.count(b"PK\x01\x02") > limits.MEMBERS:
        raise Unreadable(f"压缩在里面的文件超过 {limits.MEMBERS} 个：请只把文字另存一份再交来")
    names = _guarded(_names, content)
    for name, kind in _ARCHIVES:
        if name in names:
            return kind
    # What is in it has other names in files of some programs; the readers find it by its relations.
    if "[Content_Types].xml" in names:
        return "sheet" if any(name.startswith("xl/") for name in names) else "word"
    return "legacy" if "mimetype" in names and "content.xml" in names else "archive"


def _names(content: bytes) -> set[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return set(archive.namelist())


def _kind_of_container(content: bytes) -> str:
    """By the names of its streams: what is protected by a password is wrapped into such a container too."""
    if _stream("EncryptedPackage") in content:
        return "password"
    known = ("WordDocument", "Workbook", "Book")
    return "legacy" if any(_stream(name) in content for name in known) else "ole"


def _stream(name: str) -> bytes:
    # An entry of the directory: the name in UTF-16 and its end.
    return name.encode("utf-16-le") + b"\x00\x00"


def _kind_of_text(suffix: str, content: bytes) -> str:
    head = content[:_HEAD]
    if _MHTML.match(head.lstrip()) and b"multipart/related" in head:
        return "web"
    text = head.replace(b"\x00", b"").decode("ascii", "ignore")
    if _WORD_XML.search(text):
        return "legacy"
    if suffix in (".html", ".htm", ".shtml", ".xhtml", ".mht", ".mhtml") or _HTML.match(text.lower()):
        return "web"
    return "plain"
