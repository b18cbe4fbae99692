"""How much of a file is read: counted in what it holds, so that the same file is refused on every machine.

The figures are many times what the longest notice has, and what a reader of ours takes in within 5 seconds and 500 MB.
What is larger was not written by a person, or is not a notice.
"""

from __future__ import annotations

from dataclasses import dataclass

from noticeboard.intake.documents.document import Unreadable

#: Bytes of a file as it is handed in, and of everything in it unpacked.
FILE = 50 * 1024 * 1024
UNPACKED = 100 * 1024 * 1024
#: Characters, and paragraphs and cells, of a document.
TEXT = 500_000
BLOCKS = 20_000
#: Bytes of a file that is text, with the pictures in a web page.
TEXT_FILE = 16 * 1024 * 1024
#: Elements and attributes of all XML that is read of a package.
XML_MARKS = 600_000
#: Elements of a web page, and its attributes (blanks, =, / inside of tags: an address has some of them too).
WEB_TAGS = 100_000
WEB_ATTRIBUTES = 1_000_000
#: Parts of a web archive.
WEB_PARTS = 2_000
#: Cells that merged cells of one table reach over.
SPANNED = 200_000
#: Files in a package.
MEMBERS = 10_000
#: Of a PDF: glyphs, points of its paths, bytes of what draws its pages, crossings of the rules on one page.
PDF_GLYPHS = 40_000
PDF_POINTS = 200_000
PDF_DRAWING = 4_000_000
PDF_CROSSINGS = 6_000

TOO_DEEP = "文件里的内容一层套一层，套得太深：请用 Word 或 WPS 打开它，把文字复制到新文档，“另存为”.docx 再交来"
TOO_LARGE = "文件读起来用的时间或内存太多：请删去图片、图形和用不着的表格，或者只把文字另存一份再交来"
TOO_LONG = f"文字超过 {TEXT // 10000} 万字：请拆成几个文件再交来"
TOO_MANY_BLOCKS = f"段落和单元格超过 {BLOCKS // 10000} 万个：请拆成几个文件，或者只把文字另存一份再交来"
BURSTS = f"文件解开以后超过 {UNPACKED // 1024 // 1024} MB：请删去图片，或者只把文字另存一份再交来"
TOO_MUCH_XML = "文件里的段落、单元格和格式太多：请删去用不着的行、列和空段落，或者只把文字另存一份再交来"
TOO_WIDELY_MERGED = "表格里合并的单元格太大：请取消占满整行整列的合并，保存后再交来"


@dataclass
class Budget:
    """So much of something may be met in a file; ``words`` are said where it is more."""

    left: int
    words: str

    def spend(self, amount: int = 1) -> None:
        """Count what was met. Raises ``Unreadable``."""
        self.left -= amount
        if self.left < 0:
            raise Unreadable(self.words)
