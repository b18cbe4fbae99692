"""The tree of headings → 方面, 问题, 意见建议 and 其他部分 of the record.

What a heading is follows from its words and from what stands under it; the numbering alone does not tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from noticeboard.intake.drafting import statuses, totals
from noticeboard.intake.drafting.bodies import body
from noticeboard.intake.drafting.draft import Draft, Leaf, Tree, copied, meant, without_blanks
from noticeboard.intake.drafting.headings import name_text
from noticeboard.intake.drafting.lines import Span
from noticeboard.intake.drafting.outline import Node, is_container, is_issue
from noticeboard.intake.drafting.patterns.names import FAULT
from noticeboard.intake.drafting.patterns.parts import CONTAINER, NEXT_STEPS, STATUS_HEADING, part_of
from noticeboard.intake.drafting.totals import Total

_MOST_LEVELS = 4
#: From how many stated issues for each heading on the headings cannot be the issues themselves.
_MANY = 2
#: So much of a text quoted as totals leaves only marks and 个.
_NEARLY_ALL = 0.75


@dataclass
class Gathered:
    """What the headings of a notice came to."""

    sections: list[dict[str, Tree]] = field(default_factory=list)
    issues: list[dict[str, Tree]] = field(default_factory=list)
    suggestions: list[dict[str, Tree]] = field(default_factory=list)
    parts: list[dict[str, Tree]] = field(default_factory=list)
    #: Text of headings that only hold others: (heading, paragraph).
    loose: list[tuple[Node, Span]] = field(default_factory=list)
    #: Series of the numbers of the sections.
    section_series: set[str] = field(default_factory=set)

    def leaves(self) -> Iterator[dict[str, Tree]]:
        """All issues that have none below themselves."""
        top = [*self.issues, *(issue for section in self.sections for issue in _below(section, "问题"))]
        for issue in top:
            yield from _leaves(issue)


def _below(entry: dict[str, Tree], key: str) -> list[dict[str, Tree]]:
    listed = entry.get(key, [])
    assert isinstance(listed, list)
    return [inner for inner in listed if isinstance(inner, dict)]


def _leaves(issue: dict[str, Tree]) -> Iterator[dict[str, Tree]]:
    inner = _below(issue, "子问题")
    if not inner:
        yield issue
    for one in inner:
        yield from _leaves(one)


def gather(draft: Draft, root: Node, stated: Sequence[Total]) -> Gathered:
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

    def take(self, nodes: Sequence[Node], status: Tree | None, *, inside: bool = False) -> None:
        """Headings of one level; ``inside`` those of a heading that holds issues."""
        carry_measures = status is None and self._carry_measures(nodes)
        for node in nodes:
            title = name_text(self.lines, node.name)
            if self._are_suggestions(node, title):
                self._open(node)
                self._suggestions(node)
            elif (grouped := self._status_of_group(node)) is not None:
                self._open(node)
                self.found.loose += [(node, span) for span in node.text]
                self.take(node.children, grouped, inside=True)
            elif not self._holds_issues(node, inside=inside):
                self._part(node)
            elif node.children and self._only_holds(node, title) and not self._stands_beside_sections(node):
                self._open(node)
                self.found.loose += [(node, span) for span in node.text]
                self.take(node.children, status, inside=True)
            elif (node.children and not self._is_parent_issue(node)) or carry_measures:
                self._section(node, status)
            else:
                anchor = f"i-{len(self.found.issues) + 1}"
                self.found.issues.append(self._issue(node, anchor, status, 1))

    def _stands_beside_sections(self, node: Node) -> bool:
        """选人用人专项检查反馈问题整改情况 with its issues, behind 方面 with theirs: a 方面 too."""
        return bool(self.found.sections) and not any(child.children for child in node.children)

    def _raw(self, node: Node) -> str:
        """The heading as printed, with its formula."""
        assert node.heading is not None
        return self.lines.text[node.heading.line.start : node.name.rest[0]]

    def _open(self, node: Node) -> None:
        """A heading that only sorts others is formula as a whole."""
        assert node.heading is not None
        self.draft.formulas.append(("归类的标题", (node.heading.line.start, node.name.rest[0])))
        self._note_irregular(node)

    def _note_irregular(self, node: Node) -> None:
        if node.irregular and node.heading:
            self.draft.remarks.append(f"{node.heading.line.place}：{node.irregular}，照录")

    def _are_suggestions(self, node: Node, title: str) -> bool:
        return bool(node.children) and part_of(title) == "意见建议" and not node.name.is_issue

    def _status_of_group(self, node: Node) -> Tree | None:
        """已完成整改的问题（24个）: what it says of the issues below."""
        if node.name.announced or not node.children:
            return None
        raw_start = node.heading.number.whole[1] if node.heading and node.heading.number else node.name.pieces[0][0]
        heading = self.lines.trimmed(raw_start, node.name.rest[0], "。：: ")
        if STATUS_HEADING.match(self.lines.text, *heading) is None:
            return None
        words = statuses.of_heading(self.lines, heading)
        assert node.heading is not None
        quote = self.lines.trimmed(node.heading.line.start, node.name.rest[0])
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

    def _named(self, node: Node) -> dict[str, Tree | None]:
        """编号, 标题 and, where the quotation marks are not whole, 原题."""
        heading = node.heading
        assert heading is not None
        name = node.name
        printed = None
        if name.damaged:
            printed = copied(self.lines, (heading.line.start, name.rest[0]))
        formula = [*name.formula, *heading.formula]
        self.draft.formulas += [("标题的套语", span) for span in formula]
        self._note_irregular(node)
        number = copied(self.lines, heading.number.printed) if heading.number else None
        title = Leaf(name_text(self.lines, name), name.pieces, copied(self.lines, *name.pieces).kind)  # type: ignore[union-attr]
        return {"编号": number, "标题": title, "原题": printed}

    def _section(self, node: Node, status: Tree | None) -> None:
        nth = len(self.found.sections) + 1
        named = self._named(node)
        stated = totals.in_heading(self.lines, node.name.count) if node.name.count else []
        told = totals.totals(self.lines, node.text) if node.children else []
        stated += told
        # A text that only states totals is quoted as a whole; anything more is told in full.
        read = body(self.draft, [] if told and totals.covered(node.text, told) > _NEARLY_ALL else node.text)
        inner = [self._issue(child, f"i-{nth}-{at}", status, 1) for at, child in enumerate(node.children, 1)]
        leaves = [leaf for issue in inner for leaf in _leaves(issue)]
        total = totals.covering(stated, len(leaves), "问题")
        if total and not any("状态" in leaf for leaf in leaves):
            for leaf in leaves:
                statuses.give(leaf, statuses.same_for_all(self.lines, total.subject, total.quote))
        fields = read.fields(self.lines)
        self.found.sections.append(
            without_blanks(
                {
                    "标识": Leaf(f"f-{nth}"),
                    **named,
                    "通报所述": [total.record(self.lines) for total in stated] or None,
                    "措施": fields["措施"],
                    "进展": fields["进展"],
                    "成效": fields["成效"],
                    "问题": list(inner) or None,
                }
            )
        )
        if node.number:
            self.found.section_series.add(node.number.series.name)

    def _issue(self, node: Node, anchor: str, status: Tree | None, level: int) -> dict[str, Tree]:
        own, name_without = self._status_of_name(node)
        named = self._named(node)
        if name_without is not None:
            named["标题"] = name_without
        text = list(node.text)
        children = node.children
        if level == _MOST_LEVELS and children:
            text += [span for child in children for span in self._flat(child)]
            children = []
        read = body(self.draft, text)
        fields = read.fields(self.lines)
        own = own or fields["状态"] or statuses.sentence(self.lines, text)
        stated = totals.in_heading(self.lines, node.name.count) if node.name.count else []
        inner = [self._issue(child, f"{anchor}-{at}", status, level + 1) for at, child in enumerate(children, 1)]
        return without_blanks(
            {
                "标识": Leaf(anchor),
                **named,
                "状态": own or (None if inner else status),
                **{key: fields[key] for key in ("责任", "时限", "销号日期", "措施", "进展", "成效")},
                "通报所述": [total.record(self.lines) for total in stated] or None,
                "子问题": list(inner) or None,
            }
        )

    def _status_of_name(self, node: Node) -> tuple[Tree | None, Leaf | None]:
        """关于“…”的问题（已完成整改）: the status, and the name without it where it stood in it."""
        assert node.heading is not None
        stop = self.lines.trimmed(node.heading.line.start, node.name.rest[0], "。：: ")[1]
        found = statuses.in_brackets(self.lines, (node.heading.line.start, stop))
        if found is None:
            return None, None
        status, (start, _) = found
        begin, end = node.name.pieces[-1]
        if start >= end:
            return status, None
        pieces = (*node.name.pieces[:-1], self.lines.trimmed(begin, start))
        leaf = copied(self.lines, *pieces)
        return status, leaf

    def _flat(self, node: Node) -> Iterator[Span]:
        """A heading and all below as paragraphs."""
        assert node.heading is not None
        yield node.heading.line.start, node.name.rest[0]
        yield from node.text
        for child in node.children:
            yield from self._flat(child)

    def _suggestions(self, node: Node) -> None:
        self.found.loose += [(node, span) for span in node.text]
        for child in node.children:
            nth = len(self.found.suggestions) + 1
            entry = self._issue(child, f"s-{nth}", None, _MOST_LEVELS)
            self.found.suggestions.append(entry)

    def _part(self, node: Node) -> None:
        """组织落实, 下一步 …: a heading with its text; the headings below it are parts of their own."""
        title = name_text(self.lines, node.name)
        kind = part_of(title)
        kind = kind if kind not in (None, "意见建议") else "其他"
        assert kind is not None
        if node.children and all(child.text or child.children for child in node.children):
            if node.text:
                self._one_part(node, kind, node.text)
            else:
                self._open(node)
            for child in node.children:
                inside = [*child.text, *(span for inner in child.children for span in self._flat(inner))]
                self._one_part(child, kind, inside)
            return
        self._one_part(node, kind, [*node.text, *(span for child in node.children for span in self._flat(child))])

    def _one_part(self, node: Node, kind: str, text: Sequence[Span]) -> None:
        said = [leaf for span in text if (leaf := copied(self.lines, span))]
        if not said:
            return
        named = self._named(node)
        heading = node.heading
        assert heading is not None
        self.found.parts.append(
            without_blanks(
                {
                    "类别": meant(kind, *node.name.pieces),
                    "编号": named["编号"],
                    "标题": named["标题"],
                    "内容": list(said),
                }
            )
        )
