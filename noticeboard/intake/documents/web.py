"""A web page as it was saved (.html, .mhtml) → ``Document``: the notice, and beside it what the portal puts around."""

from __future__ import annotations

import email
import re
from collections import Counter
from collections.abc import Iterator
from email.message import Message

from bs4 import BeautifulSoup, Tag

from noticeboard.intake.documents import limits
from noticeboard.intake.documents.document import Block, Document, Unreadable
from noticeboard.intake.documents.plain import decoded, without_controls
from noticeboard.intake.documents.web_pieces import Piece, parsed, pieces

_AROUND = "网页菜单、页脚"
_NO_PAGE = "保存的网页里没有正文：请在浏览器里打开原来的网页，另存为“网页，全部”，或者把文字复制到 Word 里再交来"

_MHTML = re.compile(rb"\s*[\w-]+:[^\n]*\n")
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
#: What pages say of their encoding → what it is; the others are found out by their bytes.
_CHARSETS = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5", "big5-hkscs": "big5hkscs"}
_HEAD = 4096

_TAG = re.compile("<[^<>]*")
_TOO_MANY_PARTS = f"保存的网页里有 {limits.WEB_PARTS} 个以上的文件：请在浏览器里打开它，把文字复制到 Word 里再交来"
_TOO_MANY_TAGS = "网页里的内容太多：请在浏览器里打开它，把通报的文字复制到 Word 里再交来"

_CHINESE = re.compile("[\u4e00-\u9fff]")
_SENTENCE = re.compile("[，。；！？]")
#: Less than so many characters of running text are no article.
_LEAST = 20
#: The main text holds so much of the running text of the page; what stands beside it and holds so much, is of it.
_MOST = 0.6
_MORE = 0.1
_HEADINGS = ("h1", "h2", "h3")
#: Names that the makers of portals give to what is not the article.
_NAMED_AROUND = re.compile(
    r"\b(nav|navbar|navigation|menu|footer|foot|copyright|breadcrumbs?|crumbs?|position|location|sidebar|share|related|"
    r"toolbar|pagination|prevnext)\b",
    re.IGNORECASE,
)
_NAMED_TITLE = re.compile(
    r"(^|[-_\s])(?:article|arti|news|con|content|main|detail|xl)?[-_]?(title|bt|biaoti)\b", re.IGNORECASE
)
_SOURCE = re.compile(
    r"(来源|发布(时间|日期|单位|机构)|日期|时间|作者|编辑|文号|索引号)\s*[:：]|\d{4}\s*[-年/.]\s*\d{1,2}\s*[-月/.]"
)
_TOOL = re.compile(
    r"[【\[（(]?(分享|字号|字体|打印|关闭|上一[篇条]|下一[篇条]|扫一扫|扫码|浏览(次数|量)|阅读(次数|量)|点击(数|量|率)|"
    r"收藏|返回|相关(链接|阅读|文章|新闻|附件下载)|大\s*中\s*小).{0,60}"
)
#: The source and the time of a page stand within so many paragraphs of its text.
_NEAR = 8
_SHORTEST_TITLE = 6


def read(name: str, content: bytes) -> Document:
    """The document in a saved web page: first what is before the text, then its title, its source, and the text."""
    text, remarks = _source(content)
    _must_be_of_a_size(text)
    page = parsed(without_controls(text))
    found = pieces(page)
    if not found:
        raise Unreadable(_NO_PAGE)
    return Document(name, tuple(_blocks(_sorted(found, page))), remarks)


def _must_be_of_a_size(text: str) -> None:
    """Raises ``Unreadable`` where a page has more elements or attributes than a portal makes."""
    tags = limits.Budget(limits.WEB_TAGS, _TOO_MANY_TAGS)
    attributes = limits.Budget(limits.WEB_ATTRIBUTES, _TOO_MANY_TAGS)
    for tag in _TAG.finditer(text):
        tags.spend()
        attributes.spend(sum(map(tag[0].count, " \t\n\r\f=/")))


def _source(content: bytes) -> tuple[str, tuple[str, ...]]:
    """The HTML; of the parts of a web archive the one that holds the most."""
    if content.lstrip()[:1] != b"<" and _MHTML.match(content):
        # Every part has a line of its own before it.
        if content.count(b"\n--") > limits.WEB_PARTS:
            raise Unreadable(_TOO_MANY_PARTS)
        parts = [_payload(part) for part in email.message_from_bytes(content.lstrip()).walk() if _is_page(part)]
        content = max(parts, key=len, default=b"")
        if not content:
            raise Unreadable(_NO_PAGE)
    declared = _CHARSET.search(content[:_HEAD])
    said = declared[1].decode("ascii").lower() if declared else ""
    return decoded(content, _CHARSETS.get(said))


def _is_page(part: Message) -> bool:
    return part.get_content_type() in ("text/html", "application/xhtml+xml")


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _sorted(found: list[Piece], page: BeautifulSoup) -> list[tuple[Piece, bool]]:
    """All pieces, each with whether it is of the notice, whose title and source come right before its text."""
    main = _main(found)
    if main is None:
        return [(piece, True) for piece in found]
    # The very element: two that are alike count as equal.
    inside = [any(element is main for element in (piece.element, *piece.element.parents)) for piece in found]
    first, last = inside.index(True), len(inside) - inside[::-1].index(True)
    head = _head(found, first, page)
    before = [(piece, False) for number, piece in enumerate(found[:first]) if number not in head]
    title = [(found[number], True) for number in head]
    text = [(piece, not _is_around(piece, main)) for piece in found[first:last]]
    return [*before, *title, *text, *((piece, False) for piece in found[last:])]


def _main(found: list[Piece]) -> Tag | None:
    """The smallest element that holds most of the running text; ``None`` where there is none to speak of."""
    running: Counter[int] = Counter()
    linked: Counter[int] = Counter()
    count: Counter[int] = Counter()
    elements: dict[int, Tag] = {}
    for piece in found:
        for element in (piece.element, *piece.element.parents):
            elements[id(element)] = element
            running[id(element)] += _running(piece)
            linked[id(element)] += piece.linked
            count[id(element)] += 1
    total = max(running.values(), default=0)
    if total < _LEAST:
        return None
    # Elements were met from the inside to the outside: the first that is large enough is the smallest.
    main = min(
        (element for key, element in elements.items() if running[key] >= _MOST * total),
        key=lambda element: (count[id(element)], -len(list(element.parents))),
    )
    while isinstance(main.parent, Tag) and main.parent.name not in ("html", "[document]"):
        parent = main.parent
        more = running[id(parent)] - running[id(main)]
        others = linked[id(parent)] - linked[id(main)]
        is_of_text = others == 0 and parent.name != "body" and not _names(parent, _NAMED_AROUND)
        if not (is_of_text or more >= _MORE * running[id(main)] or count[id(main)] == 1):
            break
        main = parent
    return main


def _running(piece: Piece) -> int:
    """How much running text a piece is: sentences, not names of links."""
    length = len(_CHINESE.findall(piece.text))
    if piece.linked * 2 > len(piece.text):
        return 0
    return length if piece.cell is not None or _SENTENCE.search(piece.text) else 0


def _names(element: Tag, pattern: re.Pattern[str]) -> bool:
    """Whether the class or the id of an element says what the pattern looks for."""
    # A class is a list of words, an id one word.
    names = [str(name) for key in ("class", "id") for name in element.get_attribute_list(key) if name]
    return any(pattern.search(name) for name in names)


def _is_around(piece: Piece, main: Tag) -> bool:
    """Whether a piece inside the main element is of the portal nevertheless."""
    if piece.cell is None and _TOOL.fullmatch(piece.text.strip()) and not _SOURCE.search(piece.text):
        return True
    for element in (piece.element, *piece.element.parents):
        if element is main:
            break
        if element.name in ("nav", "footer", "aside") or (_names(element, _NAMED_AROUND) and not _running(piece)):
            return True
    return False


def _head(found: list[Piece], first: int, page: BeautifulSoup) -> list[int]:
    """The numbers of the pieces before the text that are its title or tell its source."""
    title = _title(found, first, page)
    begin = title[-1] + 1 if title else max(0, first - _NEAR)
    sources = [number for number in range(begin, first) if _is_source(found[number])]
    return [*title, *sources[-_NEAR:]]


def _is_source(piece: Piece) -> bool:
    return bool(_SOURCE.search(piece.text)) and not _running(piece) and piece.linked * 2 <= len(piece.text)


def _title(found: list[Piece], first: int, page: BeautifulSoup) -> list[int]:
    """The title, which can be of several lines; empty where it is in the text.

    It is what the page is named after, else the last heading before the text.
    """
    name = "".join(page.title.get_text().split()) if page.title else ""
    best = (False, -1, -1)
    for number, piece in enumerate(found[: first + _NEAR]):
        text = "".join(piece.text.split())
        if len(text) >= _SHORTEST_TITLE and text in name:
            # Names of the portal and of its sections are in the name of the page too, but shorter.
            best = max(best, (True, len(text), number))
        elif (heading := _heading(piece)) is not None and (number < first or heading.name == "h1"):
            best = max(best, (False, number, number))
    number = best[2]
    if not 0 <= number < first:
        return []
    heading = _heading(found[number])
    return [other for other in range(first) if other == number or (heading and _heading(found[other]) is heading)]


def _heading(piece: Piece) -> Tag | None:
    for element in (piece.element, *piece.element.parents):
        if element.name in _HEADINGS or (element is piece.element and _names(element, _NAMED_TITLE)):
            return element
    return None


def _blocks(found: list[tuple[Piece, bool]]) -> Iterator[Block]:
    paragraphs = 0
    tables: dict[int, int] = {}
    for piece, is_text in found:
        cell, aside = piece.cell, "" if is_text else _AROUND
        if cell is None:
            paragraphs += 1
            yield Block(piece.text, f"第 {paragraphs} 段", aside)
        else:
            number = tables.setdefault(cell.table, len(tables) + 1)
            place = f"表 {number} 第 {cell.row + 1} 行第 {cell.column + 1} 格"
            yield Block(piece.text, place, aside, cell)
