"""The last lines of a notice → 联系方式, each detail as printed; what leads to them is formula."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import TypeAlias

from noticeboard.intake.drafting.draft import ContactDraft, Draft
from noticeboard.intake.drafting.leaf import Kind, Leaf, copied
from noticeboard.intake.drafting.lines import Lines, Span
from noticeboard.intake.drafting.patterns.ends import CONTACT_KEY_OF_WORDS, CONTACT_LABEL, EMAIL, HOURS, PHONE, POSTCODE
from noticeboard.intake.drafting.patterns.parts import INVITATION

#: Details by the keys of the record.
_Found: TypeAlias = dict[str, list[Leaf]]
_STOPS = "；;。\n"
_EDGES = "：:，,；;。、[]【】 　"
_PLACE = re.compile(r"[省市区县镇乡路街道号楼村巷院室厦座层]")
_SHORTEST_PLACE = 4


def contact(draft: Draft, spans: Sequence[Span]) -> ContactDraft:
    """All details that stand in some lines; the rest of the lines is noted as formula."""
    found: _Found = {}
    for span in spans:
        _in_line(draft, span, found)
    address, postcode, hours = (next(iter(found.get(key, ())), None) for key in ("地址", "邮编", "受理时间"))
    return ContactDraft(
        phones=found.get("电话", []),
        faxes=found.get("传真", []),
        emails=found.get("电子邮箱", []),
        address=address,
        postcode=postcode,
        hours=hours,
    )


def _in_line(draft: Draft, span: Span, found: _Found) -> None:
    text = draft.lines.text
    labels = list(CONTACT_LABEL.finditer(text, *span))
    lead, *stops = [*(label.start() for label in labels), span[1]]
    _lead(draft, (span[0], lead), found)
    for label, stop in zip(labels, stops, strict=True):
        draft.formulas.append(("联系方式的标签", label.span()))
        _detail(draft, CONTACT_KEY_OF_WORDS[label["label"]], (label.end(), stop), found)


def _lead(draft: Draft, span: Span, found: _Found) -> None:
    """The invitation and what leads to the details; details may stand here without a label."""
    text = draft.lines.text
    used = _take(draft, span, found, EMAIL, "电子邮箱") + _take(draft, span, found, PHONE, "电话")
    for match in INVITATION.finditer(text, *span):
        if not any(start < match.end() and match.start() < end for start, end in used):
            draft.formulas.append(("欢迎监督", match.span()))


def _take(draft: Draft, span: Span, found: _Found, regex: re.Pattern[str], key: str) -> list[Span]:
    """Every piece that looks like a detail of this kind; where they stand."""
    taken = []
    for match in regex.finditer(draft.lines.half, *span):
        found.setdefault(key, []).append(_half(draft.lines, match.span()))
        taken.append(match.span())
    return taken


def _half(lines: Lines, span: Span) -> Leaf:
    """A number or an address of mail in ordinary characters, which are those that can be dialled and written to."""
    start, end = lines.trimmed(*span)
    value = re.sub(r"-{2,}", "-", lines.half[start:end])
    return Leaf(value, ((start, end),), Kind.COPIED if value == lines.text[start:end] else Kind.MEANT)


def _detail(draft: Draft, key: str, span: Span, found: _Found) -> None:
    """What stands behind a label, up to the next one."""
    text = draft.lines.text
    taken = _take(draft, span, found, EMAIL, "电子邮箱")
    free = _outside(span, taken)
    if key in ("电话", "传真"):
        for piece in free:
            taken += _take(draft, piece, found, PHONE, key)
    hours = HOURS.search(text, *span)
    if hours and key != "受理时间" and "受理时间" not in found:
        taken += _text(draft, hours.span(), found, "受理时间")
    elif key == "受理时间" and "受理时间" not in found:
        taken += _text(draft, span, found, key)
    elif key == "邮编":
        match = POSTCODE.search(draft.lines.half, *span)
        if match and key not in found:
            found[key] = [_half(draft.lines, match.span())]
            taken.append(match.span())
    elif key == "地址" and key not in found and not taken:
        taken += _address(draft, span, found)
    if key == "电话" and not taken and _is_place(text, span) and "地址" not in found:
        _text(draft, span, found, "地址")


def _address(draft: Draft, span: Span, found: _Found) -> list[Span]:
    """A street address; a post code may stand behind it in brackets."""
    postcode = POSTCODE.search(draft.lines.half, *span)
    stop = span[1]
    if postcode and "邮编" not in found:
        found["邮编"] = [_half(draft.lines, postcode.span())]
        if postcode.start() > span[0] + _SHORTEST_PLACE:
            stop = postcode.start()
    return _text(draft, (span[0], stop), found, "地址")


def _text(draft: Draft, span: Span, found: _Found, key: str) -> list[Span]:
    text = draft.lines.text
    where = draft.lines.trimmed(span[0], draft.lines.first(_STOPS, *span), _EDGES)
    if text[where[1] - 1 : where[1]] in ("（", "(") or (
        text[where[1] - 1 : where[1]] in ("）", ")") and not any(sign in text[slice(*where)] for sign in "（(")
    ):
        where = draft.lines.trimmed(where[0], where[1] - 1, "，,；;：: ")
    leaf = copied(draft.lines, where)
    if leaf is None:
        return []
    found[key] = [leaf]
    return [where]


def _is_place(text: str, span: Span) -> bool:
    piece = text[slice(*span)]
    return len(piece) >= _SHORTEST_PLACE and _PLACE.search(piece) is not None


def _outside(span: Span, taken: Sequence[Span]) -> list[Span]:
    edges = [span[0], *itertools.chain.from_iterable(sorted(taken)), span[1]]
    return [(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if end > start]
