"""Lines of a document → the draft of a notice: frame, lead, headings and what they hold, put together."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from noticeboard.intake.documents.document import Document
from noticeboard.intake.drafting import totals
from noticeboard.intake.drafting.contacts import contact
from noticeboard.intake.drafting.draft import Draft, Leaf, Tree, copied, leaves, meant, without_blanks
from noticeboard.intake.drafting.frame import Frame, frame_of
from noticeboard.intake.drafting.gather import Gathered, gather
from noticeboard.intake.drafting.headings import name_of, name_text, number_of
from noticeboard.intake.drafting.inspection import as_of, dated, inspections
from noticeboard.intake.drafting.ledger import ledger
from noticeboard.intake.drafting.lines import Line, Lines, Span, read_lines
from noticeboard.intake.drafting.outline import Node, is_issue, outline
from noticeboard.intake.drafting.patterns.lines import GOES_ON_TO, SENTENCE_END
from noticeboard.intake.drafting.patterns.parts import KIND_WORDS, TITLE_HEAD
from noticeboard.intake.drafting.persons import persons
from noticeboard.intake.drafting.status_by_total import shared_statuses
from noticeboard.intake.drafting.totals import Total

#: How much of a paragraph quotations of totals make up, from which on it only states them.
_MOSTLY = 0.5
#: Up to this many characters, text of the lead that states nothing is a remark and no part of its own.
_REMARK = 120


def draft_of(document: Document) -> Draft:
    """Everything that a document says, as a draft of the record. Same document, same draft."""
    lines = read_lines(document)
    draft = Draft(lines)
    draft.remarks += document.remarks
    if lines.joined:
        draft.remarks.append(f"原文有 {lines.joined} 处在句子中间换行，已接上")
    frame = frame_of(lines)
    draft.formulas += frame.formulas
    root = outline(lines, frame.body)
    closing = _closing(lines, root)
    speaking = _speaking(lines, root)
    stated = totals.totals(lines, speaking)
    found = gather(draft, root, stated)
    ledger(draft, found)
    _from_contents(draft, frame, found)
    shared_statuses(lines, found, stated)
    lead, parts, unsaid = _lead(lines, root, found, stated)
    found.parts[:0] = parts
    if closing:
        found.parts.append(_closing_part(lines, closing))
    draft.record = _record(draft, _Read(frame, root, found, stated, sorted([*lead, *unsaid])))
    draft.persons = persons(lines, _spans(draft))
    return draft


def _spans(draft: Draft) -> list[Span]:
    return [span for _, leaf in leaves(draft.record) for span in leaf.words]


@dataclass(frozen=True)
class _Read:
    """A document, read: its frame, its headings, what they came to, its totals, its summary."""

    frame: Frame
    root: Node
    found: Gathered
    stated: Sequence[Total]
    summary: list[Span]


def _record(draft: Draft, read: _Read) -> dict[str, Tree]:
    lines, frame, root, found, stated = draft.lines, read.frame, read.root, read.found, read.stated
    spoken = [*root.text, *(span for _, span in found.loose)] or [
        span for node in root.children[:2] for span in node.text
    ]
    kind = _kind(lines, [*frame.title, *spoken])
    signatories = _signatories(lines, frame)
    title: Leaf | None = copied(lines, *frame.title)
    supplied = None
    if title is None:
        who = signatories[0].value if isinstance(signatories, list) and isinstance(signatories[0], Leaf) else "本单位"
        about = next((word for word in ("巡察", "巡视") if kind and kind.value.startswith(word)), "")
        title = Leaf(f"{who}关于{about}整改进展情况的通报", doubt="原文没有标题，这是拟写的")
        supplied = Leaf("是")
    found.parts.sort(key=_beginning)
    facts = {key: copied(lines, span) for key, span in frame.facts}
    source_defect = _cut_off(lines, frame)
    told = inspections(lines, frame.title, spoken)
    return without_blanks(
        {
            "标题": title,
            "拟题": supplied,
            "文种": kind or Leaf("其他整改情况", doubt="没有找到文种的词"),
            "署名": signatories,
            "文号": facts.get("文号"),
            "索引号": facts.get("索引号"),
            "发布": without_blanks(
                {
                    "来源": facts.get("来源"),
                    "发布日期": dated(lines, frame.posted) if frame.posted else None,
                    "发布时间": _clock(lines, frame.posted_time),
                    "落款日期": dated(lines, frame.signed) if frame.signed else None,
                    "内容": Leaf(
                        "全文", doubt="由本单位公布的写全文；替别的单位整理的，把措施、进展和成效改写成摘要，写“摘要”"
                    ),
                }
            ),
            "巡察": list(told) or None,
            "数据截至": as_of(lines, [span for span in _speaking(lines, root) if _states(span, stated)]),
            "通报所述": [total.record(lines) for total in stated] or None,
            "概述": copied(lines, *read.summary),
            "方面": list(found.sections) or None,
            "问题": list(found.issues) or None,
            "意见建议": list(found.suggestions) or None,
            "其他部分": list(found.parts) or None,
            "附件": [{"名称": leaf} for span in frame.attachments if (leaf := copied(lines, span))] or None,
            "联系方式": contact(draft, frame.contact) or None,
            "原文缺损": source_defect,
        }
    )


def _kind(lines: Lines, spans: Sequence[Span]) -> Leaf | None:
    """文种, by words of the title or the lead."""
    for kind, regex in KIND_WORDS:
        for span in spans:
            match = regex.search(lines.text, *span)
            if match:
                return meant(kind, match.span())
    return None


def _clock(lines: Lines, span: Span | None) -> Leaf | None:
    """9:05:30 → 09:05, as the record keeps it."""
    if span is None:
        return None
    hour, minute = lines.text[slice(*span)].split(":")[:2]
    return meant(f"{int(hour):02d}:{minute}", span)


def _signatories(lines: Lines, frame: Frame) -> Tree | None:
    """Who signs below; where nobody does, who the title says."""
    signed = [leaf for span in frame.signatories if (leaf := copied(lines, span))]
    if signed:
        return list(signed)
    head: list[Span] = []
    for span in frame.title:
        match = TITLE_HEAD.search(lines.text, *span)
        head.append((span[0], match.start() if match else span[1]))
        if match:
            break
    leaf = copied(lines, *head)
    return [leaf] if leaf and leaf.value else None


def _speaking(lines: Lines, root: Node) -> list[Span]:
    """The paragraphs that may state totals of the whole notice: all but those under issues."""
    spans = list(root.text)
    for node in root.children:
        spans += node.text if not _has_issue_text(node) else []
        tell_issues = any(
            child.children or _has_issue_text(child) or is_issue(lines, child.name) for child in node.children
        )
        for child in node.children:
            if child.children or not tell_issues:
                spans += child.text if not _has_issue_text(child) else []
    return spans


def _has_issue_text(node: Node) -> bool:
    return node.labelled or (node.name.announced and node.name.is_issue)


def _lead(
    lines: Lines, root: Node, found: Gathered, stated: Sequence[Total]
) -> tuple[list[Span], list[dict[str, Tree]], list[Span]]:
    """The text above the first heading: what tells of the inspection and its totals is the summary, the rest a part.

    Text of headings that only hold others goes the same way: where it is all totals it joins the summary.
    """
    told = [words for one in inspections(lines, (), root.text) for _, leaf in leaves(one) for words in leaf.words]
    told += [total.quote for total in stated]
    said = [span for span in root.text if any(span[0] <= start < span[1] for start, _ in told)]
    rest = [span for span in root.text if span not in said]
    parts: list[dict[str, Tree]] = []
    if rest and said and sum(end - start for start, end in rest) > _REMARK:
        parts.append(_unnamed_part("组织落实", [leaf for span in rest if (leaf := copied(lines, span))]))
    else:
        said = sorted([*said, *rest])
    loose: list[Span] = []
    for node, group in itertools.groupby(found.loose, key=lambda one: one[0]):
        spans = [span for _, span in group]
        if (
            totals.covered(spans, stated) >= _MOSTLY
            or node.number is None
            or (len(spans) == 1 and _short(lines, spans[0]))
        ):
            loose += spans
        else:
            parts.append(_part_of_holder(lines, node, spans))
    return said, parts, loose


def _states(span: Span, stated: Sequence[Total]) -> bool:
    return any(span[0] <= total.quote[0] < span[1] for total in stated)


def _short(lines: Lines, span: Span) -> bool:
    return len(lines.text[slice(*span)]) < 60  # noqa: PLR2004 - a sentence


def _part_of_holder(lines: Lines, node: Node, spans: Sequence[Span]) -> dict[str, Tree]:
    assert node.heading is not None
    assert node.heading.number is not None
    name = node.name
    title = copied(lines, *name.pieces)
    return without_blanks(
        {
            "类别": Leaf("组织落实"),
            "编号": copied(lines, node.heading.number.printed),
            "标题": title and Leaf(name_text(lines, name), title.words, title.kind),
            "内容": [leaf for span in spans if (leaf := copied(lines, span))],
        }
    )


def _beginning(part: dict[str, Tree]) -> Span:
    return min(leaf.words[0] for _, leaf in leaves(part) if leaf.words)


def _unnamed_part(kind: str, text: Sequence[Leaf]) -> dict[str, Tree]:
    return {"类别": Leaf(kind), "标题": Leaf(kind, doubt="原文这一部分没有标题，标题是类别名"), "内容": list(text)}


def _closing(lines: Lines, root: Node) -> list[Span]:
    """下一步，… without a heading, behind the text of the last issue: no part of that issue."""
    if not root.children:
        return []
    last = root.children[-1]
    while last.children:
        last = last.children[-1]
    for at, span in enumerate(last.text):
        opens = GOES_ON_TO.match(lines.text, *span)
        if opens and at > 0 and re.search("整改|巡[察视]|从严治党|高质量", lines.text[slice(*span)]):
            closing = last.text[at:]
            del last.text[at:]
            return closing
    return []


def _closing_part(lines: Lines, spans: Sequence[Span]) -> dict[str, Tree]:
    return _unnamed_part("下一步", [leaf for span in spans if (leaf := copied(lines, span))])


def _from_contents(draft: Draft, frame: Frame, found: Gathered) -> None:
    """Headings that only the table of contents names: 方面 of a text that is not whole; others are told."""
    lines = draft.lines
    text = "".join(lines.of(line) for line in frame.body)
    for line in frame.contents:
        number = number_of(lines, line.start, line.end)
        name = name_of(lines, number.whole[1] if number else line.start, line.end)
        if name is None or number is None or name_text(lines, name)[:12] in text:
            draft.formulas.append(("目录", (line.start, line.end)))
            continue
        if number.series.name not in found.section_series:
            draft.formulas.append(("目录", (line.start, line.end)))
            draft.remarks.append(f"目录里的“{lines.of(line).strip()}”，正文里没有")
            continue
        nth = len(found.sections) + 1
        stated = totals.in_heading(lines, name.count) if name.count else []
        draft.formulas += [("目录", span) for span in name.formula]
        found.sections.append(
            without_blanks(
                {
                    "标识": Leaf(f"f-{nth}"),
                    "编号": copied(lines, number.printed),
                    "标题": copied(lines, *name.pieces),
                    "通报所述": [total.record(lines) for total in stated] or None,
                }
            )
        )


def _cut_off(lines: Lines, frame: Frame) -> Leaf | None:
    """A text whose last line stops in the middle of a sentence, with no signature and no contact behind it."""
    if not frame.body or frame.signatories or frame.signed or frame.contact:
        return None
    last: Line = frame.body[-1]
    text = lines.of(last).strip()
    if SENTENCE_END.search(text) or len(text) < 20:  # noqa: PLR2004 - a heading or a name
        return None
    return Leaf(f"所据文本到“{text[-16:]}”为止，后面的内容缺失。", doubt="文末没有说完；找到完整的原文后补全")
