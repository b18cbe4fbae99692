"""What somebody filled in → the files of a draft: by the importer where there is a text, else box by box."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from noticeboard.board.board import Board
from noticeboard.board.folders import UNIT_FILE
from noticeboard.intake.documents import read_document
from noticeboard.intake.documents.apart import read_apart
from noticeboard.intake.documents.document import Unreadable
from noticeboard.intake.drafting.account import Account, Unproven
from noticeboard.intake.drafting.draft import Draft, Leaf, Tree, without_blanks
from noticeboard.intake.drafting.headings import number_of
from noticeboard.intake.drafting.imported import Told, free_name, import_read, problems_of, unit_text, with_entry
from noticeboard.intake.drafting.issuer import Issuer, unit_named
from noticeboard.intake.drafting.lines import Lines, read_lines
from noticeboard.intake.drafting.writing import text_of
from noticeboard.intake.webform.body import Filled
from noticeboard.problems import ContentError, Problem
from noticeboard.reading.write import editor_line
from noticeboard.record.dates import PartialDate
from noticeboard.record.unitnames import core_of, parsed
from noticeboard.record.vocabulary import STATUS_OF_WORDS
from noticeboard.rules.privacy import sensitive_numbers

_TOTAL = re.compile(r"(?P<subject>[^\d：:]+?)[：:]? ?(?P<number>\d+(?:\.\d+)?) ?(?P<unit>\S*)")
#: A status that stands behind the title without a bar: 账目不清（已完成整改）.
_AT_END = re.compile(r"(?P<title>.+?)(?:[（(](?P<within>[^（）()]+)[）)]|[\s：:，,；;、—-]+(?P<words>\S+))")
_ONE_LINE = ("单位", "落款日期", "发布日期", "来源", "网址", "数据截至", "电话", "电子邮箱", "地址")
_LISTS = ("通报所述的总数", "问题")
_LONGEST_LINE = 300
#: In pinyin still a name that a file system takes (255 bytes).
_LONGEST_NAME = 40
#: More is no list that a person filled in.
_MOST_LINES = 500


@dataclass(frozen=True)
class Drafted:
    """The files of a draft by their paths in a folder of notices, and what ``check`` would say of the notice."""

    issuer: Issuer
    files: dict[PurePosixPath, str]
    problems: tuple[Problem, ...]


def drafted(form: Filled, board: Board, attachment: tuple[str, bytes] | None, entered: PartialDate) -> Drafted:
    """A draft of what was filled in, on the day ``entered``.

    Raises ``Unreadable`` where there can be none, with the reason for its writer.
    """
    _must_fit(form)
    # GitHub holds a sender to the boxes once; an edited body can be without them.
    if "[ ]" in form["提交以前"] or not re.search(r"\[[xX]\]", form["提交以前"]):
        raise Unreadable("“提交以前”的各条没有都勾上：审批、保密审查都完成了才能提交")
    whole = "\n".join(form.boxes.values())
    for _, what in sensitive_numbers(whole):
        raise Unreadable(f"表里有一个{what}：请编辑这个 issue，整个删去（不要用星号遮盖），并请维护者清除编辑的历史")
    whose = _unit(form, board)
    date = _date(form)
    if attachment is None and form["全文"]:
        attachment = "全文.txt", form["全文"].encode("utf-8")
    if attachment is not None and not attachment[1]:
        raise Unreadable("附件没能取来（太大、已经删去，或者是空的）：重新拖进来，或者把全文粘贴在“全文”里")
    if attachment is None:
        return _box_by_box(form, whose, date, board, entered)
    try:
        told = Told(whose, date, _beside(form), _unused(form))
        imported = import_read(attachment[0], read_apart(*attachment), board, entered, told)
    except Unproven as fault:
        raise Unreadable("程序没能可靠地转换这份文字，请改填“问题”“总数”各栏") from fault
    return _drafted(whose, imported.path, imported.notice, imported.unit, imported.problems)


def _must_fit(form: Filled) -> None:
    for label in _LISTS:
        if len(form.lines(label)) > _MOST_LINES:
            raise Unreadable(f"“{label}”超过 {_MOST_LINES} 行：请改为粘贴全文，或者把文件拖进“全文”一栏")
    for label in _ONE_LINE:
        longest = _LONGEST_NAME if label == "单位" else _LONGEST_LINE
        if len(form.line(label)) > longest:
            raise Unreadable(f"“{label}”太长（超过 {longest} 个字）：请只写这一项")


def _drafted(whose: Issuer, path: PurePosixPath, notice: str, unit: str | None, problems: Iterable[Problem]) -> Drafted:
    files = {path: notice} if unit is None else {path: notice, path.with_name(UNIT_FILE): unit}
    return Drafted(whose, files, tuple(problems))


def _unit(form: Filled, board: Board) -> Issuer:
    asked = form.line("单位")
    if not asked:
        raise Unreadable("没有写单位")
    found = unit_named(asked, board)
    if found is None:
        raise Unreadable("“单位”请写中文全称，例如：示例县示例局")
    if not found.name:
        raise Unreadable(f"本站还没有文件夹名是“{asked}”的单位：“单位”请写中文全称，例如：示例县示例局")
    is_only_short = core_of(asked) != core_of(found.name) and not parsed(asked).places
    if found.is_known and is_only_short and "\u4e00" <= asked[0] <= "\u9fff":
        # Whoever fills in a form from outside may mean the 文联 of another city.
        raise Unreadable(f"“单位”写的“{asked}”没有写是哪里的：请写中文全称，例如：{found.name}")
    return found


def _date(form: Filled) -> str:
    given = form.line("落款日期") or form.line("发布日期") or form.line("数据截至")
    if not given:
        raise Unreadable("没有写落款日期，也没有发布日期：写成 2023-12-14 或 2023-12")
    try:
        PartialDate.parse(given)
    except ContentError as error:
        raise Unreadable(f"{error.what}：{error.remedy}") from error
    return given


def _box_by_box(form: Filled, whose: Issuer, date: str, board: Board, entered: PartialDate) -> Drafted:
    issues = [_issue(nth, row) for nth, row in enumerate(form.rows("问题"), 1)]
    contact = without_blanks(
        {"电话": _leaf(form, "电话"), "电子邮箱": _leaf(form, "电子邮箱"), "地址": _leaf(form, "地址")}
    )
    record = without_blanks(
        {
            "标题": Leaf(f"{whose.name}关于巡察整改进展情况的通报", doubt="表里没有标题，这是拟写的"),
            "文种": Leaf("巡察整改进展", doubt="表里没有文种"),
            "署名": Leaf(whose.name),
            "发布": without_blanks(
                {
                    "来源": _leaf(form, "来源"),
                    "网址": _leaf(form, "网址"),
                    "发布日期": _leaf(form, "发布日期"),
                    "落款日期": _leaf(form, "落款日期"),
                    "内容": Leaf("摘要"),
                }
            ),
            "数据截至": _leaf(form, "数据截至"),
            "通报所述": [_total(line) for line in form.lines("通报所述的总数")] or None,
            "问题": issues or None,
            "联系方式": contact or None,
        }
    )
    record = with_entry(record, entered)
    draft = Draft(read_lines(read_document("form.txt", "网页表单".encode())), record)
    told = [editor_line("notice"), "由网页表单写的草稿。标有“请核对”的地方看过、改好以后，删去那一行。"]
    notice = text_of(draft, record, Account(0, 0, 0, 0, ()), told)
    unit = None if whose.is_known else unit_text(draft, whose.name, "由网页表单写")
    path = PurePosixPath(whose.slug, f"{free_name(board, whose.slug, date)}.yml")
    problems = problems_of(whose.slug, path.stem, notice, unit, board)
    return _drafted(whose, path, notice, unit, problems)


def _leaf(form: Filled, label: str) -> Leaf | None:
    text = form.line(label)
    return Leaf(text) if text else None


def _issue(nth: int, row: list[str]) -> Tree:
    """One line: perhaps a number, the title, perhaps the status."""
    number, row = _numbered(row)
    title, *rest = row or [""]
    # A row of a table may have columns that nobody filled in.
    words, doubt = " | ".join(filter(None, rest)), ""
    if words:
        doubt = "" if words in STATUS_OF_WORDS else "状态词不在对照表中，要写成 {词语: 原词, 归类: …}"
    elif (end := _AT_END.fullmatch(title)) and (end["within"] or end["words"]) in STATUS_OF_WORDS:
        title, words, doubt = end["title"], end["within"] or end["words"], "没有竖线，状态是从行末看出来的"
    leaves: dict[str, Tree | None] = {
        "标识": Leaf(f"i-{nth}"),
        "编号": Leaf(number) if number else None,
        "标题": Leaf(title or "没有写标题"),
        "状态": Leaf(words, doubt=doubt) if words else None,
    }
    return without_blanks(leaves)


def _numbered(row: list[str]) -> tuple[str, list[str]]:
    """The number of a line, in a cell of its own or before the title, and the cells without it."""
    first, *rest = row
    if first.isdecimal() and rest:
        return first, rest
    found = number_of(Lines(first, ()), 0, len(first))
    if found is None:
        return "", row
    behind = first[found.whole[1] :].strip()
    return first[slice(*found.printed)], [behind, *rest] if behind else rest


def _total(line: str) -> Tree:
    match = _TOTAL.fullmatch(line)
    if match is None:
        return {"项目": Leaf(line, doubt="没有看出这里的数：项目写数的是什么，数写阿拉伯数字")}
    unit = Leaf(match["unit"]) if match["unit"] else None
    leaves = {"项目": Leaf(match["subject"].strip()), "数": Leaf(match["number"]), "单位": unit}
    return without_blanks({**leaves, "原文": Leaf(line)})


def _unused(form: Filled) -> tuple[str, ...]:
    """What was filled in beside a whole text, which says it itself."""
    return tuple(label for label in _LISTS if form[label])


def _beside(form: Filled) -> dict[str, dict[str, str]]:
    """What the boxes say that a text may leave out."""
    places = {
        "发布": ("来源", "网址", "发布日期", "落款日期"),
        "联系方式": ("电话", "电子邮箱", "地址"),
    }
    told = {key: {label: form.line(label) for label in labels if form.line(label)} for key, labels in places.items()}
    return {key: inner for key, inner in told.items() if inner}
