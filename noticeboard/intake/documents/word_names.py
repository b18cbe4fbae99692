"""The names of WordprocessingML, and what several readers of its parts ask of an element."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def value(element: etree._Element, path: str) -> str | None:
    """The ``w:val`` of what is found below an element, at a path of names without their prefix: ``numPr/numId``."""
    found = element.find("/".join(W + name for name in path.split("/")))
    return None if found is None else found.get(W + "val")


def whole(text: str | None) -> int | None:
    """A whole number, if it is one."""
    try:
        return None if text is None else int(text)
    except ValueError:
        return None


def is_on(element: etree._Element | None, name: str) -> bool | None:
    """Whether a property is switched on or off below an element, or ``None`` where nothing is said."""
    found = None if element is None else element.find(W + name)
    return None if found is None else found.get(W + "val") not in ("0", "false", "off")


def chosen(alternatives: etree._Element) -> Iterable[etree._Element]:
    """What one sees of ``mc:AlternateContent``: what is in the first choice; the fallback is the same once more."""
    found = (alternatives.find(MC + name) for name in ("Choice", "Fallback"))
    return next((choice for choice in found if choice is not None), ())
