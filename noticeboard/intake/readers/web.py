"""A web page as a browser saves it (.html, .mhtml) → ``Document``: the text of the article, and what is around it.

The text is the smallest element that holds most of the page's sentences; the title and the line with the source and
the day stand above it and belong to it. Menus, footers and lists of other articles are kept as asides.
"""

from __future__ import annotations

import codecs
import email
import email.policy
import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag

from noticeboard.intake.document import Block, Cell, Document
from noticeboard.intake.readers.plain import decoded, without_controls
from noticeboard.intake.readers.web_text import Piece, pieces

_AROUND = "网页菜单、页脚"
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:\-]+)""", re.IGNORECASE
)
#: GBK says of itself that it is GB 2312, whose characters are far too few.
_CHINESE = ("gb2312", "gbk", "gb_2312-80", "x-gbk", "chinese", "euc-cn", "cp936", "ms936", "windows-936")

_IDEOGRAPH = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_SENTENCE = re.compile("[，。；：]")
#: An element with this share of the sentences has the text; the rest is a footer or a list with summaries.
_MOST = 0.8
#: With fewer characters in sentences there is no article to be found.
_SHORTEST = 50
_CONTAINER = re.compile(
    "html|body|div|article|section|main|table|tbody|thead|tr|td|th|form|center|font|span|dl|dd|blockquote|ul"
)
_META = re.compile(
    r"(来源|发布(时间|日期|机构|单位|者)|时间|日期|作者|编辑|发文\w{2}|信息\w{2})\s*[:：]|[12]\d{3}\s*[-年/.]\s*\d{1,2}"
)
_SHORTEST_TITLE = 6
_HEADINGS = ("h1", "h2", "h3")


def read(name: str, content: bytes) -> Document:
    """The document in a saved page."""
    text, remarks = _text(content)
    soup = BeautifulSoup(without_controls(text), "lxml")
    title = _squeezed(soup.title.get_text() if soup.title else "")
    for meta in soup.find_all("meta", attrs={"name": re.compile("^ArticleTitle$", re.IGNORECASE)}):
        title = _squeezed(str(meta.get("content") or "")) or title
    main = _main(soup)
    found = list(pieces(soup, main or soup, has_cells=True))
    inside = {index for index, piece in enumerate(found) if piece.is_inside}
    heads = _heads(found, min(inside, default=0), title)
    return Document(name, tuple(_blocks(found, inside | heads)), remarks)


def _text(content: bytes) -> tuple[str, tuple[str, ...]]:
    """The HTML, taken out of its envelope where a browser saved it with its pictures."""
    if re.match(rb"\s*[A-Za-z-]+:", content[:200]):
        message = email.message_from_bytes(content.lstrip(), policy=email.policy.default)
        for part in message.walk():
            if part.get_content_type() == "text/html":
                page = part.get_payload(decode=True)
                assert isinstance(page, bytes)
                return decoded(page, _known(part.get_content_charset() or "") or _declared(page))
    return decoded(content, _declared(content))


def _declared(content: bytes) -> str | None:
    match = _DECLARED.search(content[:4096])
    return None if match is None else _known(match[1].decode("ascii"))


def _known(encoding: str) -> str | None:
    encoding = "gb18030" if encoding.lower() in _CHINESE else encoding
    try:
        name = codecs.lookup(encoding).name
    except LookupError:
        return None
    # decoded() itself finds out whether it is one of these.
    return None if name in ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "gb18030") else name


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def _weights(soup: BeautifulSoup) -> dict[int, int]:
    """How many characters stand in sentences that are no links, by the identity of the element that holds them."""
    weights: dict[int, int] = {}
    for piece in pieces(soup, None, has_cells=False):
        weight = len(_IDEOGRAPH.findall(piece.text)) - piece.linked
        if weight > 0 and _SENTENCE.search(piece.text):
            for holder in (piece.holder, *piece.holder.parents):
                weights[id(holder)] = weights.get(id(holder), 0) + weight
    return weights


def _main(soup: BeautifulSoup) -> Tag | None:
    """The smallest element with most of the sentences."""
    weights = _weights(soup)
    total = weights.get(id(soup), 0)
    if total < _SHORTEST:
        return None
    best: Tag = soup
    while True:
        children = [child for child in best.children if isinstance(child, Tag)]
        heavy = next((child for child in children if weights.get(id(child), 0) >= _MOST * total), None)
        if heavy is None or not _CONTAINER.fullmatch(heavy.name):
            break
        best = heavy
    # A container of one long paragraph is that paragraph; its neighbours belong to the text.
    while best.parent is not None and not best.find(["p", "div", "br", "li", "table", "section"]):
        best = best.parent
    while best.name in ("span", "font", "tr", "tbody", "thead") and best.parent is not None:
        best = best.parent
    return best


def _heads(found: list[Piece], first: int, title: str) -> set[int]:
    """The title above the text, and the line with the source and the day between them."""
    before = range(first)
    titles = [
        index for index, piece in enumerate(found) if _is_title(piece, title) and (index < first or piece.is_inside)
    ]
    headings = [index for name in _HEADINGS for index in before if found[index].heading == name]
    if titles:
        start = max(titles, key=lambda index: (len(_squeezed(found[index].text)), index))
        if found[start].is_inside:
            return set()
    elif headings:
        highest = found[headings[0]].heading
        start = max(index for index in headings if found[index].heading == highest)
    else:
        return set()
    # A title of several lines is several pieces.
    lines = {index for index in before if found[index].holder is found[start].holder}
    heads = {index for index in lines if found[index].heading or _is_title(found[index], title)}
    return heads | {start} | {index for index in range(start, first) if _META.search(found[index].text)}


def _is_title(piece: Piece, title: str) -> bool:
    text = _squeezed(piece.text)
    return len(text) >= _SHORTEST_TITLE and text in title


def _blocks(found: list[Piece], inside: set[int]) -> Iterator[Block]:
    tables: dict[int, int] = {}
    paragraphs = 0
    for index, piece in enumerate(found):
        at = piece.position
        if index not in inside:
            yield Block(piece.text, "正文以外", _AROUND)
        elif at is not None:
            number = tables.setdefault(id(at.table), len(tables))
            place = f"表 {number + 1} 第 {at.row + 1} 行第 {at.column + 1} 格"
            yield Block(piece.text, place, cell=Cell(number, at.row, at.column, at.rows, at.columns))
        else:
            paragraphs += 1
            yield Block(piece.text, f"第 {paragraphs} 段")
