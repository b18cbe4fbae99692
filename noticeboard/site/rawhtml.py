"""HTML that stands by itself in a Markdown page, taken out before Python-Markdown reads it tag by tag.

Most of a page are tables that are HTML already. Python-Markdown and MkDocs, which looks for anchors, each send all of
it through ``html.parser``, only for Python-Markdown to put whole blocks aside as they are. Blocks of which it is
certain what would be put aside are found here by a regular expression; from the first thing that is not certain (a
comment, a block that does not end before an empty line, a tag written in another way) all is left to Python-Markdown.
What comes out is the same to the byte.
"""

from __future__ import annotations

import re

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import HtmlBlockPreprocessor, Preprocessor

#: Any element but those whose content is no markup (HTML, 13.1.2).
_NAME = r"(?!(?:script|style|textarea|title|iframe|noembed|noframes|noscript|plaintext|xmp)\b)[a-z][a-z0-9]*+"
_ATTRIBUTES = r"""(?:[ \n]++[a-zA-Z][a-zA-Z0-9-]*+(?:="[^"<>`]*+")?+)*+[ \n]*+"""
_TAG = rf"<(?:/{_NAME}|{_NAME}{_ATTRIBUTES}/?)>"
#: Text and references, which Python-Markdown would mend where the semicolon is missing.
_TEXT = r"[^<&]++|&(?:(?:#[0-9]++|#[xX][0-9a-fA-F]++|[a-zA-Z][a-zA-Z0-9]*+);|(?=[^#a-zA-Z]))"

_PLAIN = re.compile(rf"(?:{_TEXT}|{_TAG})*+")
#: An element in which there is no other of its name ends with the first end tag of that name.
_BLOCK = re.compile(rf"<({_NAME}){_ATTRIBUTES}>(?:{_TEXT}|(?!</?\1[ \n/>]){_TAG})*+</\1>(?=\n\n)")
#: Where an element may begin that is a block by its place; white space is what ``str.strip`` takes off.
_FIRST_IN_LINE = re.compile(r"^[^\S\n]*<([a-zA-Z][^\s/>]*)", re.MULTILINE)


class RawHtml(Extension):  # type: ignore[misc]
    """The extension of Python-Markdown; it does nothing where another one reads HTML in its own way."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name that Python-Markdown calls
        """Before MkDocs (21) and Python-Markdown (20) look at HTML, after those that set code aside."""
        if type(md.preprocessors["html_block"]) is HtmlBlockPreprocessor:
            blocks = _Blocks(md)
            md.preprocessors.register(blocks, "noticeboard_raw_html", 22)
            md.preprocessors.register(_Rest(md, blocks), "html_block", 20)


class _Blocks(Preprocessor):  # type: ignore[misc]
    """Puts blocks of HTML aside as ``HtmlBlockPreprocessor`` does."""

    #: Whether nothing is left that ``HtmlBlockPreprocessor`` would change.
    is_all = False

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        done: list[str] = []
        at = 0
        self.is_all = False
        for found in _FIRST_IN_LINE.finditer(text):
            start = found.start()
            if start < at or not self.md.is_block_level(found[1]):
                continue
            block = _BLOCK.match(text, start)
            if not block or not _PLAIN.fullmatch(text, at, start):
                break
            # An empty line each before and behind, and one more in the block itself.
            done += text[at:start], "\n", self.md.htmlStash.store(f"{block[0]}\n"), "\n\n"
            at = block.end()
        else:
            self.is_all = bool(_PLAIN.fullmatch(text, at))
        return "".join([*done, text[at:]]).split("\n")


class _Rest(HtmlBlockPreprocessor):  # type: ignore[misc]
    """Reads what is left, if need be."""

    def __init__(self, md: Markdown, blocks: _Blocks) -> None:
        super().__init__(md)
        self._blocks = blocks

    def run(self, lines: list[str]) -> list[str]:
        return lines if self._blocks.is_all else super().run(lines)
