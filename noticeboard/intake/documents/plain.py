"""Plain text, in whatever encoding the editor saved it → ``Document``."""

from __future__ import annotations

import re

from noticeboard.intake.documents import limits
from noticeboard.intake.documents.document import Block, Document, Unreadable
from noticeboard.text import CONTROLS, LINE_END

_BINARY = "这不是文字文件，读不出内容：请用原来的软件打开它，把文字“另存为”.docx 或 .txt 再交来"

#: What every Chinese text is full of: the encoding that brings most of it to light is the right one.
_FAMILIAR = re.compile(r"[的一是在不了和有为对中年月日、，。：；（）\n 0-9]")
#: Vertical tab and the Unicode separators are line breaks inside a paragraph; other controls show nothing.
_LINE_BREAKS = str.maketrans(dict.fromkeys("\x0b\x85\u2028\u2029", "\n"))
_CONTROLS = re.compile(f"[{CONTROLS}]")
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8", "UTF-8（带 BOM）"),
    (b"\xff\xfe", "utf-16-le", "UTF-16"),
    (b"\xfe\xff", "utf-16-be", "UTF-16（大端）"),
)
#: Of so many characters one may be damaged; with more, it is no text.
_PER_DAMAGED = 200
_LEAST_LIKENESS = 0.05
#: What a text is not full of. Vertical tabs and page breaks it may be, and C1 is what a damaged text looks like.
_BINARY_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
#: So many bytes from the beginning show the encoding.
_SAMPLE = 1_000_000


def read(name: str, content: bytes) -> Document:
    """Each line that holds anything is a block; how the text was encoded is said unless it is plain UTF-8."""
    text, remarks = decoded(content)
    # With as many blanks as characters.
    if len(text) > 2 * limits.TEXT:
        raise Unreadable(limits.TOO_LONG)
    blocks = []
    for number, line in enumerate(LINE_END.split(text), 1):
        words = without_controls(line)
        if words.strip():
            blocks.append(Block(words, f"第 {number} 行"))
    return Document(name, tuple(blocks), remarks)


def without_controls(text: str) -> str:
    """The text without characters that show nothing; line breaks of every kind are line ends."""
    return _CONTROLS.sub("", text.translate(_LINE_BREAKS))


def decoded(content: bytes, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The text of a file, and what there is to say about its encoding; ``declared`` is what it says of itself."""
    if len(content) > limits.TEXT_FILE:
        raise Unreadable(limits.TOO_LONG)
    for mark, encoding, said in _MARKS:
        if content.startswith(mark):
            return _with_damage(content[len(mark) :], encoding, said)
    if b"\x00" not in content:
        try:
            return content.decode("utf-8"), ()
        except UnicodeDecodeError:
            pass
    candidates = [("gb18030", "GB18030（GBK）"), ("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16（大端）")]
    if declared:
        candidates.insert(0, (declared, declared.upper()))
    encodings = [encoding for encoding, _ in (*candidates, ("utf-8", ""))]
    likeness = {encoding: _likeness(content[:_SAMPLE].decode(encoding, "replace")) for encoding in encodings}
    best = max(encodings, key=lambda encoding: likeness[encoding])
    # As UTF-16 any bytes are characters of some script.
    if best.startswith("utf-16") and likeness[best] < _LEAST_LIKENESS:
        raise Unreadable(_BINARY)
    return _with_damage(content, best, dict(candidates).get(best, "UTF-8"))


def _likeness(text: str) -> float:
    wrong = text.count("\ufffd") + len(_CONTROLS.findall(text))
    return (len(_FAMILIAR.findall(text)) - 3 * wrong) / (len(text) + 1)


def _with_damage(content: bytes, encoding: str, said: str) -> tuple[str, tuple[str, ...]]:
    text = content.decode(encoding, "replace")
    damaged = text.count("\ufffd")
    nothing = len(_BINARY_CONTROLS.findall(text))
    if (damaged + nothing) * _PER_DAMAGED > max(len(text), _PER_DAMAGED):
        raise Unreadable(_BINARY)
    remarks = [] if said == "UTF-8" else [f"文件的编码是 {said}"]
    if damaged:
        remarks.append(f"有 {damaged} 处字符已经损坏，读不出来，请对照原件")
    return text, tuple(remarks)
