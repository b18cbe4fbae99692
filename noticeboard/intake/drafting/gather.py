"""The tree of headings → 方面, 问题, 意见建议 and 其他部分 of the record.

What a heading is follows from its words and from what stands under it; the numbering alone does not tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from noticeboard.intake.drafting import statuses, totals
from noticeboard.intake.drafting.bodies import body
from noticeboard.intake.drafting.draft import (
    Draft,
    IssueDraft,
    MatterDraft,
    PartDraft,
    SectionDraft,
    StatusOrWords,
    SuggestionDraft,
)
from noticeboard.intake.drafting.headings import name_text, title_of
from noticeboard.intake.drafting.leaf import Leaf, copied, meant, paragraphs
from noticeboard.intake.drafting.lines import Span
from noticeboard.intake.drafting.outline import Node, Outline, is_container, is_issue
from noticeboard.intake.drafting.patterns.names import FAULT
from noticeboard.intake.drafting.patterns.parts import CONTAINER, NEXT_STEPS, STATUS_HEADING, part_of
from noticeboard.intake.drafting.status_by_total import give_to_all
from noticeboard.intake.drafting.totals import Total

_MOST_LEVELS = 4
#: From how many stated issues for each heading on the headings cannot be the issues themselves.
_MANY = 2
#: So much of a text quoted as totals leaves only marks and 个.
_NEARLY_ALL = 0.75

M = TypeVar("M", bound=MatterDraft)


@dataclass
class Gathered:
    """What the headings of a notice came to."""

    sections: list[SectionDraft] = field(default_factory=list)
    issues: list[IssueDraft] = field(default_factory=list)
    suggestions: list[SuggestionDraft] = field(default_factory=list)
    parts: list[PartDraft] = field(default_factory=list)
    #: Text of headings that only hold others: (heading, paragraph).
    loose: list[tuple[Node, Span]] = field(default_factory=list)
    #: Series of the numbers of the sections.
    section_series: set[str] = field(default_factory=set)

    def leaves(self) -> Iterator[IssueDraft]:
        """All issues that have none below themselves."""
        for issue in (*self.issues, *(issue for section in self.sections for issue in section.issues)):
            yield from issue.leaves()


def gather(draft: Draft, root: Outline, stated: Sequence[Total]) -> Gathered:
    """Sort all headings of a notice."""
    gatherer = _Gatherer(draft, stated)
    gatherer.take(root.children, None)
    return gatherer.found


class _Gatherer:
    def __init__(self, draft: Draft, stated: Sequence[Total]) -> None:
        self.draft = draft
        self.lines = draft.lines
        self.found = Gathered()
        self.stated_issues = max((total.count or 0 for total in stated if total.counted == "问题"), default=0)

    def take(self, nodes: Sequence[Node], status: StatusOrWords | None, *, inside: bool = False) -> None:
        """Headings of one level; ``inside`` those of a heading that holds issues."""
        carry_measures = status is None and self._carry_measures(nodes)
        for node in nodes:
            title = name_text(self.lines, node.name)
            if self._are_suggestions(node, title):
                self._open(node)
                self._suggestions(node)
            elif (grouped := self._status_of_group(node)) is not None:
                self._open(node)
                self.take(node.children, grouped, inside=True)
            elif not self._holds_issues(node, inside=inside):
                self._part(node)
            elif node.children and self._only_holds(node, title) and not self._stands_beside_sections(node):
                self._open(node)
                self.take(node.children, status, inside=True)
            elif (node.children and not self._is_parent_issue(node)) or carry_measures:
                self._section(node, status)
            else:
                self.found.issues.append(self._issue(node, f"i-{len(self.found.issues) + 1}", status, 1))

    def _stands_beside_sections(self, node: Node) -> bool:
        """选人用人专项检查反馈问题整改情况 with its issues, behind 方面 with theirs: a 方面 too."""
        return bool(self.found.sections) and not any(child.children for child in node.children)

    def _raw(self, node: Node) -> str:
        """The heading as printed, with its formula."""
        return self.lines.text[slice(*node.span)]

    def _open(self, node: Node) -> None:
        """A heading that only sorts others is formula as a whole; its text belongs to no part yet."""
        self.draft.formulas.append(("归类的标题", node.span))
        self.found.loose += [(node, span) for span in node.text]
        self._note_irregular(node)

    def _note_irregular(self, node: Node) -> None:
        if node.irregular:
            self.draft.remarks.append(f"{node.heading.line.place}：{node.irregular}，照录")

    def _are_suggestions(self, node: Node, title: str) -> bool:
        return bool(node.children) and part_of(title) == "意见建议" and not node.name.is_issue

    def _status_of_group(self, node: Node) -> StatusOrWords | None:
        """已完成整改的问题（24个）: what it says of the issues below."""
        if node.name.announced or not node.children:
            return None
        raw_start = node.number.whole[1] if node.number else node.name.pieces[0][0]
        heading = self.lines.trimmed(raw_start, node.name.rest[0], "。：: ")
        if STATUS_HEADING.match(self.lines.text, *heading) is None:
            return None
        words = statuses.of_heading(self.lines, heading)
        quote = self.lines.trimmed(*node.span)
        return statuses.status(self.lines, words, "所在标题", quote) if words else None

    def _holds_issues(self, node: Node, *, inside: bool) -> bool:
        return any(self._issue_like(leaf, inside=inside) for leaf in node.leaves())

    def _issue_like(self, leaf: Node, *, inside: bool) -> bool:
        if leaf.name.announced:
            return True
        if leaf.number and leaf.number.series.names_issues:
            return True
        title = name_text(self.lines, leaf.name)
        if NEXT_STEPS.search(title) and not leaf.labelled:
            return False
        if is_issue(self.lines, leaf.name) or (leaf.labelled and not is_container(title)):
            return True
        return inside and part_of(title) in (None, "组织落实") and not is_container(title)

    def _only_holds(self, node: Node, title: str) -> bool:
        """Whether a heading with issues below is neither a 方面 nor an issue: 二、巡察整改情况."""
        if node.name.announced or node.name.is_issue or "方面" in self._raw(node):
            return False
        if title.startswith("聚焦") and "整改" not in title:
            return False
        if FAULT.search(title):
            return False
        return CONTAINER.search(title) is not None or part_of(title) is not None

    def _is_parent_issue(self, node: Node) -> bool:
        if "方面" in self._raw(node) or name_text(self.lines, node.name).startswith("聚焦"):
            return False
        return node.name.is_issue or bool(node.number and node.number.series.names_issues)

    def _carry_measures(self, nodes: Sequence[Node]) -> bool:
        """Headings without issues below, far fewer than the issues stated: 方面 whose measures stand under them."""
        holders = [node for node in nodes if self._issue_like(node, inside=False)]
        if len(holders) < _MANY or any(node.children or node.name.announced for node in holders):
            return False
        if self.stated_issues < _MANY * len(holders) or self.found.sections:
            return False
        # What has a status of its own is an issue, however many others are not listed.
        return not any(body(Draft(self.lines), node.text).status for node in holders)

    def _named(self, node: Node) -> tuple[Leaf | None, Leaf, Leaf | None]:
        """编号, 标题 and, where the quotation marks are not whole, 原题."""
        name = node.name
        self.draft.formulas += [("标题的套语", span) for span in (*name.formula, *node.heading.formula)]
        self._note_irregular(node)
        number = copied(self.lines, node.number.printed) if node.number else None
        return number, title_of(self.lines, name), copied(self.lines, node.span) if name.damaged else None

    def _section(self, node: Node, status: StatusOrWords | None) -> None:
        nth = len(self.found.sections) + 1
        number, title, printed_title = self._named(node)
        stated = totals.in_heading(self.lines, node.name.count) if node.name.count else []
        told = totals.totals(self.lines, node.text) if node.children else []
        stated += told
        # A text that only states totals is quoted as a whole; anything more is told in full.
        read = body(self.draft, [] if told and totals.covered(node.text, told) > _NEARLY_ALL else node.text)
        section = SectionDraft(
            id=Leaf(f"f-{nth}"),
            number=number,
            title=title,
            printed_title=printed_title,
            stated=[total.record(self.lines) for total in stated],
            issues=[self._issue(child, f"i-{nth}-{at}", status, 1) for at, child in enumerate(node.children, 1)],
        )
        read.fill(self.lines, section)
        give_to_all(self.lines, [leaf for issue in section.issues for leaf in issue.leaves()], stated, "问题")
        self.found.sections.append(section)
        if node.number:
            self.found.section_series.add(node.number.series.name)

    def _issue(self, node: Node, anchor: str, status: StatusOrWords | None, level: int) -> IssueDraft:
        """``status`` is what the heading above says of all below it."""
        children, text = node.children, node.text
        if level == _MOST_LEVELS:
            text = [*text, *node.below()]
            children = []
        issue = self._matter(IssueDraft, node, anchor, text)
        stated = totals.in_heading(self.lines, node.name.count) if node.name.count else []
        issue.stated = [total.record(self.lines) for total in stated]
        issue.issues = [self._issue(child, f"{anchor}-{at}", status, level + 1) for at, child in enumerate(children, 1)]
        if not issue.status and not issue.issues:
            issue.status = status
        return issue

    def _matter(self, kind: type[M], node: Node, anchor: str, text: Sequence[Span]) -> M:
        status, name_without = self._status_of_name(node)
        number, title, printed_title = self._named(node)
        matter = kind(id=Leaf(anchor), number=number, title=name_without or title, printed_title=printed_title)
        body(self.draft, text).fill(self.lines, matter)
        matter.status = status or matter.status or statuses.sentence(self.lines, text)
        return matter

    def _status_of_name(self, node: Node) -> tuple[StatusOrWords | None, Leaf | None]:
        """关于“…”的问题（已完成整改）: the status, and the name without it where it stood in it."""
        stop = self.lines.trimmed(*node.span, "。：: ")[1]
        found = statuses.in_brackets(self.lines, (node.span[0], stop))
        if found is None:
            return None, None
        status, (start, _) = found
        begin, end = node.name.pieces[-1]
        if start >= end:
            return status, None
        pieces = (*node.name.pieces[:-1], self.lines.trimmed(begin, start))
        return status, copied(self.lines, *pieces)

    def _suggestions(self, node: Node) -> None:
        for nth, child in enumerate(node.children, len(self.found.suggestions) + 1):
            if child.name.count:
                printed = self.lines.text[slice(*child.name.count)]
                self.draft.remarks.append(
                    f"{child.heading.line.place}：意见建议的名称后面写着“{printed}”，记录里没有地方写"
                )
            self.found.suggestions.append(
                self._matter(SuggestionDraft, child, f"s-{nth}", [*child.text, *child.below()])
            )

    def _part(self, node: Node) -> None:
        """组织落实, 下一步 …: a heading with its text; the headings below it are parts of their own."""
        kind = part_of(name_text(self.lines, node.name))
        kind = kind if kind and kind != "意见建议" else "其他"
        if not node.children or not all(child.text or child.children for child in node.children):
            self._add_part(node, kind, [*node.text, *node.below()])
            return
        if node.text:
            self._add_part(node, kind, node.text)
        else:
            self._open(node)
        for child in node.children:
            self._add_part(child, kind, [*child.text, *child.below()])

    def _add_part(self, node: Node, kind: str, text: Sequence[Span]) -> None:
        said = paragraphs(self.lines, text)
        if not said:
            return
        number, title, _ = self._named(node)
        self.found.parts.append(PartDraft(kind=meant(kind, *node.name.pieces), number=number, title=title, text=said))
