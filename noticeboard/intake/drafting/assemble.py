"""Lines of a document → the draft of a notice: frame, lead, headings and what they hold, put together."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from noticeboard.intake.documents.document import Document
from noticeboard.intake.drafting import totals
from noticeboard.intake.drafting.contacts import contact
from noticeboard.intake.drafting.draft import (
    AttachmentDraft,
    Draft,
    NoticeDraft,
    PartDraft,
    PublicationDraft,
    SectionDraft,
    leaves,
)
from noticeboard.intake.drafting.frame import Frame, frame_of
from noticeboard.intake.drafting.gather import Gathered, gather
from noticeboard.intake.drafting.headings import name_of, name_text, number_of, title_of
from noticeboard.intake.drafting.inspection import as_of, dated, inspections
from noticeboard.intake.drafting.leaf import Leaf, copied, meant, paragraphs, quoted
from noticeboard.intake.drafting.ledger import ledger
from noticeboard.intake.drafting.lines import Lines, Span, read_lines
from noticeboard.intake.drafting.outline import Node, Outline, is_issue, outline
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
    shared_statuses(lines, list(found.leaves()), found.suggestions, stated)
    lead, parts, unsaid = _lead(lines, root, found, stated)
    found.parts[:0] = parts
    if closing:
        found.parts.append(_unnamed_part("下一步", closing, lines))
    draft.record = _record(draft, _Read(frame, root, found, stated, sorted([*lead, *unsaid])))
    draft.persons = persons(lines, [span for _, leaf in leaves(draft.record) for span in leaf.words])
    return draft


@dataclass(frozen=True)
class _Read:
    """A document, read: its frame, its headings, what they came to, its totals, its summary."""

    frame: Frame
    root: Outline
    found: Gathered
    stated: Sequence[Total]
    summary: list[Span]


def _record(draft: Draft, read: _Read) -> NoticeDraft:
    lines, frame, root, found, stated = draft.lines, read.frame, read.root, read.found, read.stated
    spoken = [*root.text, *(span for _, span in found.loose)] or [
        span for node in root.children[:2] for span in node.text
    ]
    kind = _kind(lines, [*frame.title, *spoken])
    signatories = _signatories(lines, frame)
    title = copied(lines, *frame.title)
    supplied = None
    if title is None:
        who = signatories[0].value if signatories else "本单位"
        about = next((word for word in ("巡察", "巡视") if kind and kind.value.startswith(word)), "")
        title = Leaf(f"{who}关于{about}整改进展情况的通报", doubt="原文没有标题，这是拟写的")
        supplied = Leaf("是")
    facts = {key: copied(lines, span) for key, span in frame.facts}
    return NoticeDraft(
        title=title,
        title_supplied=supplied,
        kind=kind or Leaf("其他整改情况", doubt="没有找到文种的词"),
        signatories=signatories,
        document_number=facts.get("文号"),
        index_number=facts.get("索引号"),
        publication=_publication(lines, frame, facts.get("来源")),
        inspections=inspections(lines, frame.title, spoken),
        as_of=as_of(lines, [span for span in _speaking(lines, root) if _states(span, stated)]),
        stated=[total.record(lines) for total in stated],
        summary=copied(lines, *read.summary),
        sections=found.sections,
        issues=found.issues,
        suggestions=found.suggestions,
        parts=sorted(found.parts, key=_beginning),
        attachments=[AttachmentDraft(name=leaf) for leaf in paragraphs(lines, frame.attachments)],
        contact=contact(draft, frame.contact),
        source_defect=_cut_off(lines, frame),
    )


def _publication(lines: Lines, frame: Frame, source: Leaf | None) -> PublicationDraft:
    doubt = "由本单位公布的写全文；替别的单位整理的，把措施、进展和成效改写成摘要，写“摘要”"
    return PublicationDraft(
        source=source,
        posted=dated(lines, frame.posted) if frame.posted else None,
        posted_time=_clock(lines, frame.posted_time),
        signed=dated(lines, frame.signed) if frame.signed else None,
        content=Leaf("全文", doubt=doubt),
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


def _signatories(lines: Lines, frame: Frame) -> list[Leaf]:
    """Who signs below; where nobody does, who the title says."""
    if signed := paragraphs(lines, frame.signatories):
        return signed
    head: list[Span] = []
    for span in frame.title:
        match = TITLE_HEAD.search(lines.text, *span)
        head.append((span[0], match.start() if match else span[1]))
        if match:
            break
    leaf = copied(lines, *head)
    return [leaf] if leaf else []


def _speaking(lines: Lines, root: Outline) -> list[Span]:
    """The paragraphs that may state totals of the whole notice: all but those under issues."""
    speaking: list[Outline] = [root]
    for node in root.children:
        tell_issues = any(
            child.children or _has_issue_text(child) or is_issue(lines, child.name) for child in node.children
        )
        speaking += [node, *(child for child in node.children if child.children or not tell_issues)]
    return [span for node in speaking if not _has_issue_text(node) for span in node.text]


def _has_issue_text(node: Outline) -> bool:
    return isinstance(node, Node) and (node.labelled or (node.name.announced and node.name.is_issue))


def _lead(
    lines: Lines, root: Outline, found: Gathered, stated: Sequence[Total]
) -> tuple[list[Span], list[PartDraft], list[Span]]:
    """The text above the first heading: what tells of the inspection and its totals is the summary, the rest a part.

    Text of headings that only hold others goes the same way: where it is all totals it joins the summary.
    """
    told = [words for _, leaf in leaves(inspections(lines, (), root.text)) for words in leaf.words]
    told += [total.quote for total in stated]
    said = [span for span in root.text if any(span[0] <= start < span[1] for start, _ in told)]
    rest = [span for span in root.text if span not in said]
    parts: list[PartDraft] = []
    if rest and said and sum(end - start for start, end in rest) > _REMARK:
        parts.append(_unnamed_part("组织落实", rest, lines))
    else:
        said = sorted([*said, *rest])
    loose: list[Span] = []
    for node, group in itertools.groupby(found.loose, key=lambda paragraph: paragraph[0]):
        spans = [span for _, span in group]
        is_short = len(spans) == 1 and spans[0][1] - spans[0][0] < 60  # noqa: PLR2004 - a sentence
        if node.number is None or is_short or totals.covered(spans, stated) >= _MOSTLY:
            loose += spans
            continue
        kind, number = Leaf("组织落实"), copied(lines, node.number.printed)
        title = title_of(lines, node.name)
        parts.append(PartDraft(kind=kind, number=number, title=title, text=paragraphs(lines, spans)))
    return said, parts, loose


def _states(span: Span, stated: Sequence[Total]) -> bool:
    return any(span[0] <= total.quote[0] < span[1] for total in stated)


def _beginning(part: PartDraft) -> Span:
    return min(leaf.words[0] for _, leaf in leaves(part) if leaf.words)


def _unnamed_part(kind: str, text: Sequence[Span], lines: Lines) -> PartDraft:
    title = Leaf(kind, doubt="原文这一部分没有标题，标题是类别名")
    return PartDraft(kind=Leaf(kind), title=title, text=paragraphs(lines, text))


def _closing(lines: Lines, root: Outline) -> list[Span]:
    """下一步，… without a heading, behind the text of the last issue: no part of that issue."""
    if not root.children:
        return []
    *_, last = root.children[-1].leaves()
    for at, span in enumerate(last.text):
        opens = GOES_ON_TO.match(lines.text, *span)
        if opens and at > 0 and re.search("整改|巡[察视]|从严治党|高质量", lines.text[slice(*span)]):
            closing = last.text[at:]
            del last.text[at:]
            return closing
    return []


def _from_contents(draft: Draft, frame: Frame, found: Gathered) -> None:
    """Headings that only the table of contents names: 方面 of a text that is not whole; others are told."""
    lines = draft.lines
    text = "".join(lines.of(line) for line in frame.body)
    for line in frame.contents:
        number = number_of(lines, line.start, line.end)
        name = name_of(lines, number.whole[1] if number else line.start, line.end)
        is_told = name is None or number is None or name_text(lines, name)[:12] in text
        if name is None or number is None or is_told or number.series.name not in found.section_series:
            draft.formulas.append(("目录", (line.start, line.end)))
            if not is_told:
                draft.remarks.append(f"目录里的“{lines.of(line).strip()}”，正文里没有")
            continue
        nth = len(found.sections) + 1
        stated = totals.in_heading(lines, name.count) if name.count else []
        draft.formulas += [("目录", span) for span in name.formula]
        found.sections.append(
            SectionDraft(
                id=Leaf(f"f-{nth}"),
                number=copied(lines, number.printed),
                title=quoted(lines, *name.pieces),
                stated=[total.record(lines) for total in stated],
            )
        )


def _cut_off(lines: Lines, frame: Frame) -> Leaf | None:
    """A text whose last line stops in the middle of a sentence, with no signature and no contact behind it."""
    if not frame.body or frame.signatories or frame.signed or frame.contact:
        return None
    text = lines.of(frame.body[-1]).strip()
    if SENTENCE_END.search(text) or len(text) < 20:  # noqa: PLR2004 - a heading or a name
        return None
    return Leaf(f"所据文本到“{text[-16:]}”为止，后面的内容缺失。", doubt="文末没有说完；找到完整的原文后补全")
