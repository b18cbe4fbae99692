"""The styles of a Word document, as far as they change what one reads: their numbering, and what they hide."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from noticeboard.intake.documents.word_names import W, is_on, value


class Styles:
    """The part ``styles.xml``; a document need not have one."""

    def __init__(self, root: etree._Element | None) -> None:
        styles = () if root is None else root.findall(W + "style")
        self._styles = {style.get(W + "styleId") or "": style for style in styles}
        self._default = next((key for key, style in self._styles.items() if _is_default(style)), None)
        self._hidden: dict[str | None, bool] = {}

    def of_paragraph(self, paragraph: etree._Element) -> Iterator[tuple[str, etree._Element]]:
        """The style of a paragraph and those that it is based on, nearest first, by their ids."""
        return self.chain(value(paragraph, "pPr/pStyle") or self._default)

    def chain(self, key: str | None) -> Iterator[tuple[str, etree._Element]]:
        """A style and those that it is based on, nearest first."""
        seen = set()
        while key is not None and key in self._styles and key not in seen:
            seen.add(key)
            yield key, self._styles[key]
            key = value(self._styles[key], "basedOn")

    def number_of(self, key: str | None) -> str | None:
        """The numbering that a style of the kind ``numbering`` stands for."""
        return next((number for _, style in self.chain(key) if (number := value(style, "pPr/numPr/numId"))), None)

    def hides(self, key: str | None) -> bool:
        """Whether text in a style is hidden."""
        if key not in self._hidden:
            said = (is_on(style.find(W + "rPr"), "vanish") for _, style in self.chain(key))
            self._hidden[key] = next((hidden for hidden in said if hidden is not None), False)
        return self._hidden[key]


def _is_default(style: etree._Element) -> bool:
    return style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true", "on")
