"""A draft → the text of its file: plain YAML, what is doubtful marked, what is left over at the end as comments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from noticeboard.intake.drafting.account import Account
from noticeboard.intake.drafting.draft import Draft, Leaf, Tree, leaves
from noticeboard.intake.drafting.lines import Lines
from noticeboard.reading.write import scalar

#: What begins a comment that a person has to look into; ``check`` reminds of each that is still there.
DOUBT = "# 请核对："
#: Values that every reader of YAML may take for what they are: a number, a date.
_TYPED = frozenset(
    {"数", "开始", "结束", "反馈", "发布日期", "落款日期", "收录", "数据截至", "销号日期", "可确定", "代码"}
)
_FLOW = frozenset({"通报所述", "状态"})
_LONGEST_QUOTE = 60


def text_of(draft: Draft, record: dict[str, Tree], accounted: Account, heading: Iterable[str]) -> str:
    """The file: remarks, the record, left-over passages, names of persons."""
    lines = [f"# {line}" for line in heading]
    lines += _mapping(draft.lines, record, 0, "")
    lines += _left_over(draft.lines, accounted)
    if draft.persons:
        lines.append("")
        lines.append(f"{DOUBT}原文里有 {len(draft.persons)} 个人名，记录里只写职务，请逐个改写：")
        lines += [f"#   {name}（{draft.lines.place(at)}）" for name, at in draft.persons]
    return "\n".join(lines) + "\n"


def _left_over(source: Lines, accounted: Account) -> Iterator[str]:
    if not accounted.passages:
        return
    yield ""
    counted = f"{len(accounted.passages)} 处（{accounted.left} 字）"
    yield f"{DOUBT}原文里有 {counted}没有归入栏目，有用的请移到上面，其余删去："
    for start, end in accounted.passages:
        beside = source.at(start).aside
        where = f"{source.place(start)}，{beside}" if beside else source.place(start)
        yield f"#   {where}：{' '.join(source.text[start:end].split())}"


def _mapping(source: Lines, tree: dict[str, Tree], depth: int, first: str) -> Iterator[str]:
    """Lines of a mapping; ``first`` begins its first line (an item of a list)."""
    indent = "  " * depth
    lead = first or indent
    for key, value in tree.items():
        doubts = list(_doubts(source, value, own=isinstance(value, Leaf) or key in _FLOW))
        if doubts and lead != indent:
            # A comment cannot stand between the dash and its first key.
            doubts = [indent[:-2] + comment for comment in doubts]
        else:
            doubts = [indent + comment for comment in doubts]
        yield from doubts
        if isinstance(value, Leaf):
            # A key without a value is what a person has to fill in.
            yield f"{lead}{key}: {scalar(value.value, typed=key in _TYPED)}" if value.value else f"{lead}{key}:"
        elif isinstance(value, dict):
            if key in _FLOW or set(value) <= {"原文", "可确定"}:
                yield f"{lead}{key}: {_flow(value)}"
            else:
                yield f"{lead}{key}:"
                yield from _mapping(source, value, depth + 1, "")
        else:
            yield f"{lead}{key}:"
            yield from _sequence(source, value, depth + 1, flow=key in _FLOW)
        lead = indent


def _sequence(source: Lines, items: list[Tree], depth: int, *, flow: bool) -> Iterator[str]:
    indent = "  " * depth
    for item in items:
        if isinstance(item, Leaf):
            yield from (indent + comment for comment in _doubts(source, item, own=True))
            yield f"{indent}- {scalar(item.value)}"
        elif isinstance(item, dict) and flow:
            yield from (indent + comment for comment in _doubts(source, item, own=True))
            yield f"{indent}- {_flow(item)}"
        elif isinstance(item, dict):
            yield from _mapping(source, item, depth + 1, f"{indent}- ")


def _flow(tree: dict[str, Tree]) -> str:
    """A short mapping on one line."""
    parts = [
        f"{key}: {scalar(value.value, typed=key in _TYPED, flow=True)}"
        for key, value in tree.items()
        if isinstance(value, Leaf)
    ]
    return "{" + ", ".join(parts) + "}"


def _doubts(source: Lines, tree: Tree, *, own: bool) -> Iterator[str]:
    """The comments for the doubtful values of a line, each with the words that it rests on."""
    if not own:
        return
    for _, leaf in leaves(tree):
        if leaf.doubt:
            words = "……".join(source.text[slice(*span)] for span in leaf.words).replace("\n", " ")
            if len(words) > _LONGEST_QUOTE:
                words = words[:_LONGEST_QUOTE] + "……"
            told = f"（原文“{words}”，{source.place(leaf.words[0][0])}）" if leaf.words else ""
            yield f"{DOUBT}{leaf.doubt}{told}"
