"""The numbers that Word puts before paragraphs by itself: 一、（一）1. — they stand nowhere in the text of the file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from noticeboard.intake.documents.number_formats import formatted
from noticeboard.intake.documents.word_names import W, is_on, value, whole
from noticeboard.intake.documents.word_styles import Styles
from noticeboard.intake.documents.word_symbols import symbols

_PLACEHOLDER = re.compile("%([1-9])")
_AFTER = {"tab": "\t", "space": " ", "nothing": ""}


@dataclass(frozen=True)
class _Level:
    """One level of a list: how its number looks and counts."""

    start: int
    number_format: str
    text: str
    after: str
    #: The number of levels above whose next paragraph starts this one anew: all of them, or fewer, or none.
    restarts_after: int
    in_arabic: bool
    style: str | None


@dataclass
class _List:
    """One use of a list: its levels as this use changes them, and the counting that it shares with others."""

    abstract: str
    levels: dict[int, _Level]
    #: The levels that this use begins with a number of its own, until it has done so.
    starting: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts the numbered paragraphs of a document in their order."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        found = () if root is None else root.findall(W + "abstractNum")
        self._abstracts = {abstract.get(W + "abstractNumId") or "": abstract for abstract in found}
        found = () if root is None else root.findall(W + "num")
        self._numbers = {number.get(W + "numId") or "": number for number in found}
        self._lists: dict[str, _List | None] = {}
        #: Lists of the same abstract numbering go on counting where the other stopped.
        self._counters: dict[str, dict[int, int]] = {}

    def label(self, paragraph: etree._Element) -> str:
        """The number of the next paragraph with what separates it from the text; empty where there is none."""
        key, depth = self._numbered(paragraph)
        if key is None:
            return ""
        used = self._list(key)
        if used is None or depth not in used.levels:
            return ""
        counters = self._counters.setdefault(used.abstract, {})
        self._count(used, depth, counters)
        return _shown(used, depth, counters)

    def _numbered(self, paragraph: etree._Element) -> tuple[str | None, int]:
        """The list and the level of a paragraph: its own, else what its style says."""
        key = value(paragraph, "pPr/numPr/numId")
        depth = whole(value(paragraph, "pPr/numPr/ilvl"))
        if key is not None:
            return (None if key == "0" else key), depth or 0
        for style_key, style in self._styles.of_paragraph(paragraph):
            key = value(style, "pPr/numPr/numId")
            if key is None:
                continue
            if key == "0":
                break
            of_style = self._level_of_style(key, style_key)
            said = whole(value(style, "pPr/numPr/ilvl"))
            return key, next((level for level in (depth, of_style, said) if level is not None), 0)
        return None, 0

    def _level_of_style(self, key: str, style: str) -> int | None:
        used = self._list(key)
        levels = {} if used is None else used.levels
        return next((depth for depth, level in levels.items() if level.style == style), None)

    def _list(self, key: str) -> _List | None:
        if key not in self._lists:
            self._lists[key] = self._read(key)
        return self._lists[key]

    def _read(self, key: str) -> _List | None:
        number = self._numbers.get(key)
        abstract = None if number is None else self._abstract(number)
        if number is None or abstract is None:
            return None
        levels = {_depth(level): _level(level) for level in abstract.findall(W + "lvl")}
        starting = {}
        for override in number.findall(W + "lvlOverride"):
            depth = _depth(override)
            level = override.find(W + "lvl")
            if level is not None:
                levels[depth] = _level(level)
            start = whole(value(override, "startOverride"))
            if start is not None:
                starting[depth] = start
        return _List(abstract.get(W + "abstractNumId") or "", levels, starting)

    def _abstract(self, number: etree._Element) -> etree._Element | None:
        """The abstract numbering, also where it only names a style that has it."""
        abstract = self._abstracts.get(value(number, "abstractNumId") or "")
        link = None if abstract is None else value(abstract, "numStyleLink")
        linked = self._numbers.get(self._styles.number_of(link) or "") if link else None
        if linked is None or linked is number:
            return abstract
        return self._abstracts.get(value(linked, "abstractNumId") or "")

    @staticmethod
    def _count(used: _List, depth: int, counters: dict[int, int]) -> None:
        level = used.levels[depth]
        if depth in used.starting:
            counters[depth] = used.starting.pop(depth)
        else:
            counters[depth] = counters[depth] + 1 if depth in counters else level.start
        for lower in [lower for lower in counters if lower > depth]:
            if lower not in used.levels or depth < used.levels[lower].restarts_after:
                del counters[lower]


def _depth(element: etree._Element) -> int:
    return whole(element.get(W + "ilvl")) or 0


def _level(element: etree._Element) -> _Level:
    # A format of the user's own stands in an mc:Choice with a well-known one as its fallback, which comes last.
    formats = [found.get(W + "val") or "" for found in element.iter(W + "numFmt")]
    depth = _depth(element)
    restarts_after = whole(value(element, "lvlRestart"))
    fonts = element.find(f"{W}rPr/{W}rFonts")
    return _Level(
        whole(value(element, "start")) or 0,
        formats[-1] if formats else "decimal",
        symbols(value(element, "lvlText") or "", "" if fonts is None else fonts.get(W + "ascii") or ""),
        _AFTER.get(value(element, "suff") or "tab", "\t"),
        depth if restarts_after is None else restarts_after,
        is_on(element, "isLgl") or False,
        value(element, "pStyle"),
    )


def _shown(used: _List, depth: int, counters: dict[int, int]) -> str:
    level = used.levels[depth]

    def number(match: re.Match[str]) -> str:
        above = int(match[1]) - 1
        other = used.levels.get(above)
        if other is None:
            return ""
        count = counters.get(above, used.starting.get(above, other.start))
        return formatted(count, "decimal" if level.in_arabic and above != depth else other.number_format)

    text = _PLACEHOLDER.sub(number, level.text)
    return text + level.after if text else ""
