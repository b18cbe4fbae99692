"""What somebody filled in → the files of a draft: by the importer where there is a text, else box by box."""

from __future__ import annotations

import re

from noticeboard.board.board import Board
from noticeboard.intake.documents.apart import read_apart
from noticeboard.intake.documents.document import Unreadable
from noticeboard.intake.drafting.account import Unproven
from noticeboard.intake.drafting.draft import (
    ContactDraft,
    Draft,
    IssueDraft,
    NoticeDraft,
    PublicationDraft,
    StatedDraft,
)
from noticeboard.intake.drafting.headings import number_of
from noticeboard.intake.drafting.importing import Imported, Told, import_read, notice_text, standing
from noticeboard.intake.drafting.issuer import Issuer, unit_named
from noticeboard.intake.drafting.leaf import Leaf
from noticeboard.intake.drafting.lines import Lines
from noticeboard.intake.webform.body import Filled
from noticeboard.problems import ContentError
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


def drafted(form: Filled, board: Board, attachment: tuple[str, bytes] | None, entered: PartialDate) -> Imported:
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
        # What a text says itself is not filled in beside it.
        unused = tuple(label for label in _LISTS if form[label])
        told = Told(whose, date, _publication(form), _contact(form), unused)
        return import_read(attachment[0], read_apart(*attachment), board, entered, told)
    except Unproven as fault:
        raise Unreadable("程序没能可靠地转换这份文字，请改填“问题”“总数”各栏") from fault


def _must_fit(form: Filled) -> None:
    for label in _LISTS:
        if len(form.lines(label)) > _MOST_LINES:
            raise Unreadable(f"“{label}”超过 {_MOST_LINES} 行：请改为粘贴全文，或者把文件拖进“全文”一栏")
    for label in _ONE_LINE:
        longest = _LONGEST_NAME if label == "单位" else _LONGEST_LINE
        if len(form.line(label)) > longest:
            raise Unreadable(f"“{label}”太长（超过 {longest} 个字）：请只写这一项")


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


def _box_by_box(form: Filled, whose: Issuer, date: str, board: Board, entered: PartialDate) -> Imported:
    publication = _publication(form)
    publication.content = Leaf("摘要")
    record = NoticeDraft(
        title=Leaf(f"{whose.name}关于巡察整改进展情况的通报", doubt="表里没有标题，这是拟写的"),
        kind=Leaf("巡察整改进展", doubt="表里没有文种"),
        signatories=Leaf(whose.name),
        publication=publication,
        as_of=_leaf(form, "数据截至"),
        stated=[_total(line) for line in form.lines("通报所述的总数")],
        issues=[_issue(nth, row) for nth, row in enumerate(form.rows("问题"), 1)],
        contact=_contact(form),
    )
    draft = Draft(Lines("", ()), "由网页表单写", record)
    told = f"{draft.made}的草稿。标有“请核对”的地方看过、改好以后，删去那一行。"
    return standing(draft, notice_text(draft, [told], entered), whose, date, board)


def _publication(form: Filled) -> PublicationDraft:
    return PublicationDraft(
        source=_leaf(form, "来源"),
        url=_leaf(form, "网址"),
        posted=_leaf(form, "发布日期"),
        signed=_leaf(form, "落款日期"),
    )


def _contact(form: Filled) -> ContactDraft:
    return ContactDraft(
        phones=_leaf(form, "电话") or [], emails=_leaf(form, "电子邮箱") or [], address=_leaf(form, "地址")
    )


def _leaf(form: Filled, label: str) -> Leaf | None:
    text = form.line(label)
    return Leaf(text) if text else None


def _issue(nth: int, row: list[str]) -> IssueDraft:
    """One line: perhaps a number, the title, perhaps the status."""
    number, row = _numbered(row)
    title, *rest = row or [""]
    # A row of a table may have columns that nobody filled in.
    words, doubt = " | ".join(filter(None, rest)), ""
    if words:
        doubt = "" if words in STATUS_OF_WORDS else "状态词不在对照表中，要写成 {词语: 原词, 归类: …}"
    elif (end := _AT_END.fullmatch(title)) and (end["within"] or end["words"]) in STATUS_OF_WORDS:
        title, words, doubt = end["title"], end["within"] or end["words"], "没有竖线，状态是从行末看出来的"
    return IssueDraft(
        id=Leaf(f"i-{nth}"),
        number=Leaf(number) if number else None,
        title=Leaf(title or "没有写标题"),
        status=Leaf(words, doubt=doubt) if words else None,
    )


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


def _total(line: str) -> StatedDraft:
    match = _TOTAL.fullmatch(line)
    if match is None:
        return StatedDraft(subject=Leaf(line, doubt="没有看出这里的数：项目写数的是什么，数写阿拉伯数字"))
    return StatedDraft(
        subject=Leaf(match["subject"].strip()),
        number=Leaf(match["number"]),
        unit=Leaf(match["unit"]) if match["unit"] else None,
        quote=Leaf(line),
    )
