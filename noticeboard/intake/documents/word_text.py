"""A paragraph of Word → its text as it is read once all changes are accepted: runs, fields, symbols, hidden text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from noticeboard.intake.documents.word_names import MC, M, W, chosen, is_on, value, whole
from noticeboard.intake.documents.word_styles import Styles
from noticeboard.intake.documents.word_symbols import symbols

#: Elements that only stand around text; w:ins and w:moveTo are changes that are taken as accepted.
AROUND = frozenset(W + name for name in ("ins", "moveTo", "smartTag", "customXml", "sdt", "sdtContent", "dir", "bdo"))
ACCEPTED = frozenset((W + "ins", W + "moveTo"))
REMOVED = frozenset((W + "del", W + "moveFrom"))

_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_PAGE_NUMBERS = frozenset(("PAGE", "NUMPAGES", "SECTIONPAGES"))
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
_OLD_PICTURE = "{urn:schemas-microsoft-com:vml}imagedata"


@dataclass
class Seen:
    """What was met in a document and is not, or not as it stands, in its text."""

    insertions: int = 0
    deletions: int = 0
    hidden: int = 0
    comments: int = 0
    pictures: int = 0

    def remarks(self) -> Iterator[str]:
        """What there is to say of it."""
        if self.insertions or self.deletions:
            yield f"有修订没有定稿：插入 {self.insertions} 处、删除 {self.deletions} 处，已按“接受全部修订”读入"
        if self.hidden:
            yield f"有 {self.hidden} 处隐藏文字，没有读入"
        if self.comments:
            yield f"有 {self.comments} 条批注，没有读入"
        if self.pictures:
            yield f"有 {self.pictures} 张图片，图片里的文字读不出来"


@dataclass
class _Field:
    """A field that is open: what it says before its result, and whether the result has begun."""

    instruction: str = ""
    shows: bool = False

    @property
    def is_page_number(self) -> bool:
        return not _PAGE_NUMBERS.isdisjoint(self.instruction.upper().split()[:1])


@dataclass
class Paragraph:
    """The text of a paragraph, the text boxes that hang on it, and the notes that it refers to."""

    text: str = ""
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    has_page_number: bool = False
    #: Its end was deleted: it goes on in the next paragraph.
    runs_on: bool = False


class TextReader:
    """Reads the paragraphs of a document in their order: a field can reach over several of them."""

    def __init__(self, styles: Styles, seen: Seen) -> None:
        self._styles = styles
        self._seen = seen
        self._fields: list[_Field] = []
        self._current = Paragraph()
        self._is_hidden = False

    def read(self, element: etree._Element) -> Paragraph:
        """One paragraph."""
        self._current = Paragraph()
        self._is_hidden = self._styles.hides(next((key for key, _ in self._styles.of_paragraph(element)), None))
        self._current.text = "".join(self._inline(element)).strip("\n")
        mark = element.find(f"{W}pPr/{W}rPr")
        self._current.runs_on = mark is not None and any(mark.find(name) is not None for name in REMOVED)
        if self._current.runs_on and not any(element.find(name) is not None for name in REMOVED):
            self._seen.deletions += 1
        # A field whose result never began would swallow the rest of the document.
        for unended in self._fields:
            unended.shows = True
        return self._current

    def end(self) -> None:
        """Nothing is open beyond the end of a part."""
        self._fields.clear()

    def _inline(self, parent: Iterable[etree._Element]) -> Iterator[str]:
        for element in parent:
            name = element.tag
            if name == W + "r":
                yield from self._run(element)
            elif name in REMOVED:
                self._seen.deletions += 1
            elif name in AROUND or name == W + "hyperlink":
                self._seen.insertions += name in ACCEPTED
                yield from self._inline(element)
            elif name == W + "fldSimple":
                yield from self._simple_field(element)
            elif name == MC + "AlternateContent":
                yield from self._inline(chosen(element))
            elif isinstance(name, str) and name.startswith(M):
                yield from (text.text or "" for text in element.iter(M + "t"))

    def _run(self, run: etree._Element) -> Iterator[str]:
        properties = run.find(W + "rPr")
        said = is_on(properties, "vanish")
        style = None if properties is None else value(properties, "rStyle")
        is_hidden = said if said is not None else self._is_hidden or self._styles.hides(style)
        text = "".join(self._parts(run))
        if is_hidden:
            self._seen.hidden += bool(text.strip())
        elif all(around.shows and not around.is_page_number for around in self._fields):
            yield text

    def _parts(self, run: Iterable[etree._Element]) -> Iterator[str]:
        for element in run:
            name = str(element.tag).rpartition("}")[2]
            read = self._BY_NAME.get(name)
            if read is not None:
                yield read(self, element)
            elif name in _SIGNS:
                yield _SIGNS[name]
            elif name == "AlternateContent":
                yield from self._parts(chosen(element))
            elif name in ("drawing", "pict", "object"):
                self._drawing(element)
            elif name == "ruby":
                yield from (text for base in element.findall(W + "rubyBase") for text in self._inline(base))

    def _text(self, element: etree._Element) -> str:
        text = element.text or ""
        kept = element.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"
        return text if kept else text.strip(" \t\r\n")

    def _symbol(self, element: etree._Element) -> str:
        try:
            code = int(element.get(W + "char") or "", 16)
        except ValueError:
            return ""
        return symbols(chr(code), element.get(W + "font") or "")

    def _field_sign(self, element: etree._Element) -> str:
        kind = element.get(W + "fldCharType")
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].shows = True
        elif kind == "end" and self._fields:
            self._current.has_page_number |= self._fields.pop().is_page_number
        return ""

    def _instruction(self, element: etree._Element) -> str:
        if self._fields:
            self._fields[-1].instruction += element.text or ""
        return ""

    def _note(self, element: etree._Element) -> str:
        kind = "footnotes" if element.tag == W + "footnoteReference" else "endnotes"
        self._current.notes.append((kind, element.get(W + "id") or ""))
        return ""

    def _comment(self, _: etree._Element) -> str:
        self._seen.comments += 1
        return ""

    #: What a run is made of → how it is read.
    _BY_NAME: dict[str, Callable[[TextReader, etree._Element], str]] = {  # noqa: RUF012 - a table, never changed
        "t": _text,
        "sym": _symbol,
        "fldChar": _field_sign,
        "instrText": _instruction,
        "footnoteReference": _note,
        "endnoteReference": _note,
        "commentReference": _comment,
    }

    def _simple_field(self, element: etree._Element) -> Iterator[str]:
        simple = _Field(element.get(W + "instr") or "", shows=True)
        self._current.has_page_number |= simple.is_page_number
        self._fields.append(simple)
        yield from self._inline(element)
        if simple in self._fields:
            self._fields.remove(simple)

    def _drawing(self, element: Iterable[etree._Element]) -> None:
        """Finds the text boxes in a drawing; those inside a box are found when the box is read."""
        for child in element:
            if child.tag == W + "txbxContent":
                self._current.boxes.append(child)
            elif child.tag == MC + "AlternateContent":
                self._drawing(chosen(child))
            else:
                self._seen.pictures += child.tag in (_PICTURE, _OLD_PICTURE)
                self._drawing(child)


def span(cell: etree._Element) -> int:
    """How many columns of the grid a cell spans."""
    return max(1, min(whole(value(cell, "tcPr/gridSpan")) or 1, 1000))
