"""Inline Markdown, looked for only where there is any.

Python-Markdown tries every pattern (emphasis, links, code, …) on every text of a page. A pattern finds nothing without
the signs that it begins with: those whose signs are nowhere on a page are not tried there, and a text that has none of
the others' is not looked at. What comes out is the same to the byte.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from xml.etree.ElementTree import Element

from markdown import Markdown, inlinepatterns
from markdown.extensions import Extension
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

#: By the regular expression of a pattern: texts one of which is in all that it matches, as they stood in the page. A
#: pattern puts a placeholder between control signs in the place of what it found, so no other can bring them together.
_SIGNS: dict[str, tuple[str, ...]] = {
    inlinepatterns.BACKTICK_RE: ("`",),
    inlinepatterns.ESCAPE_RE: ("\\",),
    inlinepatterns.LINK_RE: ("[",),
    inlinepatterns.IMAGE_LINK_RE: ("![",),
    inlinepatterns.AUTOLINK_RE: ("://",),
    inlinepatterns.AUTOMAIL_RE: ("@",),
    inlinepatterns.LINE_BREAK_RE: ("  \n",),
    inlinepatterns.HTML_RE: ("<",),
    inlinepatterns.ENTITY_RE: ("&",),
    # Emphasis.
    r"\*|_": ("*", "_"),
}

#: Patterns that change nothing on a page that defines no reference.
_REFERENCES = {
    inlinepatterns.ReferenceInlineProcessor,
    inlinepatterns.ShortReferenceInlineProcessor,
    inlinepatterns.ImageReferenceInlineProcessor,
    inlinepatterns.ShortImageReferenceInlineProcessor,
}


class Inline(Extension):  # type: ignore[misc]
    """The extension of Python-Markdown; it does nothing where another one reads inline Markdown in its own way."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name that Python-Markdown calls
        """In the place of the processor of inline Markdown."""
        if type(md.treeprocessors["inline"]) is InlineProcessor:
            md.treeprocessors.register(_Inline(md), "inline", 20)


class _Inline(InlineProcessor):  # type: ignore[misc]
    """``InlineProcessor`` with fewer patterns, on fewer texts."""

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        texts = "\n".join(text for element in tree.iter() for text in (element.text, element.tail) if text)
        tried = [(pattern, signs) for pattern, signs in self._useful() if any(sign in texts for sign in signs)]
        self.inlinePatterns = [pattern for pattern, _ in tried]
        signs = [re.escape(sign) for _, signs in tried for sign in signs]
        any_sign = re.compile("|".join(signs) if signs else "(?!)")
        with _left_alone(tree, any_sign):
            return super().run(tree, ancestors)  # type: ignore[no-any-return]

    def _useful(self) -> Iterator[tuple[inlinepatterns.Pattern, tuple[str, ...]]]:
        """The patterns that may change something, with their signs: nothing, which is everywhere, if not known."""
        for pattern in self.md.inlinePatterns:
            if self.md.references or type(pattern) not in _REFERENCES:
                yield pattern, _SIGNS.get(pattern.pattern, ("",))


@contextmanager
def _left_alone(tree: Element, any_sign: re.Pattern[str]) -> Iterator[None]:
    """Texts that have no sign are meanwhile of the type that Python-Markdown passes over."""
    left: list[tuple[Element, str, str]] = []
    for element in tree.iter():
        for place, text in (("text", element.text), ("tail", element.tail)):
            if text and type(text) is str and not any_sign.search(text):
                left.append((element, place, text))
                setattr(element, place, AtomicString(text))
    yield
    for element, place, text in left:
        setattr(element, place, text)
