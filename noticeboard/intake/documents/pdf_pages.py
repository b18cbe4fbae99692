"""A PDF opened, and its pages drawn for pdfplumber no farther than a page that a person made can go."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NoReturn

import pdfplumber
from pdfminer import pdftypes
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfplumber.page import Page, PDFPageAggregatorWithMarkedContent
from pdfplumber.table import TableFinder, TableSettings

from noticeboard.intake.documents import limits
from noticeboard.intake.documents.document import Unreadable

_TOO_LONG = f"PDF 里的字超过 {limits.PDF_GLYPHS // 10000} 万个：请拆成几个文件再交来，或者找来 Word 文件"
_TOO_MANY_PATHS = "PDF 里的线条和图形太多，读不完：请只把有文字的页另存一份再交来，或者找来 Word 文件"
_TOO_MUCH_DRAWN = "PDF 的页面画得太复杂，读不完：请只把有文字的页另存一份再交来，或者找来 Word 文件"
_TOO_MANY_RULES = "PDF 第 {} 页的表格线太多，读不完：请找来 Word 或 Excel 文件"
#: What running one form costs, in bytes, however little it draws: forms can run each other without end.
_FORM = 400
#: Bytes before the packed ones in a stream of zlib (RFC 1950).
_ZLIB_HEAD = 2
#: What painting one path costs, in points.
_PATH = 3


@dataclass
class _Drawing:
    """What all pages together may take."""

    glyphs: limits.Budget = field(default_factory=lambda: limits.Budget(limits.PDF_GLYPHS, _TOO_LONG))
    points: limits.Budget = field(default_factory=lambda: limits.Budget(limits.PDF_POINTS, _TOO_MANY_PATHS))
    drawn: limits.Budget = field(default_factory=lambda: limits.Budget(limits.PDF_DRAWING, _TOO_MUCH_DRAWN))


class _Device(PDFPageAggregatorWithMarkedContent):
    """What pdfplumber draws on, counting."""

    drawing: _Drawing

    def render_char(self, *args: Any, **kwargs: Any) -> float:
        self.drawing.glyphs.spend()
        return super().render_char(*args, **kwargs)

    def paint_path(self, gstate: Any, stroke: Any, fill: Any, evenodd: Any, path: Any) -> None:
        self.drawing.points.spend(_PATH + len(path))
        super().paint_path(gstate, stroke, fill, evenodd, path)


class _Interpreter(PDFPageInterpreter):
    """What runs the streams of pages and forms, counting."""

    device: _Device

    def execute(self, streams: Any) -> None:
        for stream in streams:
            self.device.drawing.drawn.spend(_FORM + len(pdftypes.stream_value(stream).get_data()))
        super().execute(streams)


class _Unpacking:
    """``zlib`` for pdfminer, which would unpack a stream whatever comes out of it."""

    error = zlib.error

    def __init__(self) -> None:
        self._unpacked = limits.Budget(limits.UNPACKED, limits.BURSTS)

    def decompress(self, content: bytes) -> bytes:
        """As ``zlib.decompress``, but what is cut off or has a wrong checksum at its end too. Raises ``Unreadable``."""
        try:
            return self._bounded(zlib.decompressobj(), content)
        except zlib.error:
            return self._bounded(zlib.decompressobj(-zlib.MAX_WBITS), content[_ZLIB_HEAD:])

    def decompressobj(self) -> NoReturn:
        """What pdfminer tries next, byte by byte, takes time by the square of the bytes and finds no more."""
        raise zlib.error("damaged stream")

    def _bounded(self, stream: Any, content: bytes) -> bytes:
        unpacked: bytes = stream.decompress(content, max(0, self._unpacked.left) + 1)
        self._unpacked.spend(len(unpacked))
        return unpacked


@contextmanager
def _bounded() -> Iterator[None]:
    pdftypes.zlib = _Unpacking()  # type: ignore[attr-defined,assignment]
    try:
        yield
    finally:
        pdftypes.zlib = zlib  # type: ignore[attr-defined]


def drawn_pages(content: bytes) -> Iterator[Page]:
    """The pages of a PDF one by one, drawn. Raises ``Unreadable`` where they go too far, and what pdfplumber raises."""
    with _bounded(), pdfplumber.open(io.BytesIO(content)) as file:
        drawing = _Drawing()
        for page in file.pages:
            device = _Device(file.rsrcmgr, pageno=page.page_number, laparams=file.laparams)
            device.drawing = drawing
            _Interpreter(file.rsrcmgr, device).process_page(page.page_obj)
            # Where pdfplumber keeps what it would draw itself, unbounded.
            page._layout = device.get_result()  # noqa: SLF001
            yield page
            # Its objects are many, and no one asks for them again.
            page.close()


class _Finder(TableFinder):
    """Finds tables where the rules of a page do not cross too often."""

    def get_edges(self) -> list[dict[str, Any]]:
        edges = super().get_edges()
        upright = sum(edge["orientation"] == "v" for edge in edges)
        if upright * (len(edges) - upright) > limits.PDF_CROSSINGS:
            raise Unreadable(_TOO_MANY_RULES.format(self.page.page_number))
        return edges


def tables_of(page: Any, rules: list[float]) -> list[Any]:
    """The tables of a page, ruled where it has lines and where ``rules`` go across it."""
    return _Finder(page, TableSettings.resolve({"explicit_horizontal_lines": rules})).tables
