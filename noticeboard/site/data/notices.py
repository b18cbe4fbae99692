"""The table of notices: what each states of its totals, as quoted, beside the counts of what it lists.

Those withdrawn or replaced stand at the end with the reason, without content: it is not published any more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from noticeboard.board.words import shown_title
from noticeboard.record.counting import Comparison
from noticeboard.record.dates import PartialDate
from noticeboard.record.model import Inspection, Notice
from noticeboard.record.vocabulary import StatedSubject, StatusCode
from noticeboard.site.data.columns import Cell, Column, ColumnType, Table, columns_of, joined
from noticeboard.site.data.entries import (
    CONTACT,
    ENTERED,
    OF_INSPECTION,
    OF_PUBLICATION,
    OF_SOURCE,
    OF_UNIT,
    UNIT_NAME,
    NoticeEntry,
)
from noticeboard.site.views.totals import TotalRow

IN_FORCE = "现行"

#: Classes of status of which notices state totals.
_STATED_CODES = tuple(code for code in StatusCode if code is not StatusCode.UNSTATED)
#: Subject of a stated total → English name and label of its column; all other totals share one.
_STATED: dict[StatedSubject | StatusCode, tuple[str, str]] = {
    StatedSubject.ISSUES: ("stated_issues", "通报称：问题"),
    **{code: (f"stated_{code.value}", f"通报称：{code.label}") for code in _STATED_CODES},
    StatedSubject.SUGGESTIONS: ("stated_suggestions", "通报称：意见建议"),
    StatedSubject.MEASURES: ("stated_measures", "通报称：措施"),
}


def _column_of(compared: Comparison) -> StatedSubject | StatusCode | None:
    """The subject whose column a stated total belongs to; ``None`` where it has none of its own."""
    if isinstance(compared.subject, StatusCode) and compared.stated.of != "问题":
        return None
    return compared.subject if compared.subject in _STATED else None


def _stated(subject: StatedSubject | StatusCode | None) -> Callable[[NoticeEntry], Cell]:
    """The totals of a subject, or with ``None`` those of all that have no column of their own."""

    def quotation(entry: NoticeEntry) -> Cell:
        found = [compared for compared in entry.filed.comparisons if _column_of(compared) is subject]
        if subject and len(found) == 1 and not found[0].stated.body and found[0].stated.figure:
            return found[0].stated.figure
        return joined(f"{TotalRow.of(compared).subject}{compared.stated.figure}" for compared in found)

    return quotation


def _listed_of(code: StatusCode) -> Callable[[NoticeEntry], Cell]:
    return lambda entry: entry.filed.listed.issue_statuses[code]


def _first_start(entry: NoticeEntry) -> PartialDate | None:
    return min((inspection.start for inspection in entry.notice.inspections if inspection.start), default=None)


def _last_end(entry: NoticeEntry) -> PartialDate | None:
    return max((inspection.end for inspection in entry.notice.inspections if inspection.end), default=None)


def _successor(entry: NoticeEntry) -> str | None:
    retirement = entry.notice.retirement
    return entry.filed.named(retirement.successor) if retirement and retirement.successor else None


#: What is left of a notice that was withdrawn or replaced.
_ALWAYS: tuple[Column[NoticeEntry], ...] = (
    UNIT_NAME,
    Column(
        "title",
        "标题",
        "通报的标题；原文没有标题、由本站拟写的，放在方括号里",
        lambda entry: shown_title(entry.notice),
        width=44,
    ),
    Column(
        "state",
        "是否现行",
        f"{IN_FORCE}、撤下或已更正并替换；后两种不再公布内容，各项数目空着",
        lambda entry: entry.notice.retirement.words if entry.notice.retirement else IN_FORCE,
        width=14,
    ),
    Column(
        "retired_on",
        "撤下日期",
        "撤下或替换的日期",
        lambda entry: entry.notice.retirement.date if entry.notice.retirement else None,
        ColumnType.DATE,
    ),
    Column(
        "retirement_reason",
        "撤下原因",
        "为什么撤下或替换",
        lambda entry: entry.notice.retirement.reason if entry.notice.retirement else None,
        width=24,
    ),
    Column("successor", "由哪一份代替", "代替它的通报，写作 单位代号/日期", _successor, width=22),
    Column(
        "url",
        "网址",
        "通报在本站的网址，不会改变",
        lambda entry: entry.site.masthead.url(entry.filed.page.path),
        ColumnType.LINK,
        30,
    ),
    Column(
        "notice_address",
        "通报代号",
        "单位代号/日期：通报在本站的代号；问题表也有这一列，两张表靠它对应",
        lambda entry: entry.filed.address,
        width=26,
    ),
    Column(
        "former_addresses",
        "旧代号",
        "通报以前的代号，最早的在前；旧网址仍然有效",
        lambda entry: joined(entry.filed.former_addresses),
        width=22,
    ),
    *OF_UNIT,
)

_IN_FORCE_ONLY: tuple[Column[NoticeEntry], ...] = (
    *OF_SOURCE,
    *columns_of((Notice,), lambda entry: (entry.notice,)),
    *OF_INSPECTION,
    Column(
        "inspected_bodies",
        "巡察对象",
        "被巡察的单位，照原文",
        lambda entry: joined(body for inspection in entry.notice.inspections for body in inspection.bodies),
        width=20,
    ),
    Column(
        "inspection_round",
        "届次和轮次",
        "例如：五届市委第一轮",
        lambda entry: joined(
            f"{inspection.term or ''}{inspection.round or ''}" for inspection in entry.notice.inspections
        ),
        width=18,
    ),
    *columns_of((Inspection,), lambda entry: entry.notice.inspections, ("inspection_", "")),
    Column("inspection_start", "巡察开始", "几次巡察的，是最早的开始日期", _first_start, ColumnType.DATE),
    Column("inspection_end", "巡察结束", "几次巡察的，是最晚的结束日期", _last_end, ColumnType.DATE),
    *OF_PUBLICATION,
    Column("as_of", "数据截至", "通报所述情况截至哪一天", lambda entry: entry.notice.as_of, ColumnType.DATE),
    *(
        Column(name, label, "引自通报，照录数字和量词；通报没有说的空着", _stated(subject), width=16)
        for subject, (name, label) in _STATED.items()
    ),
    Column(
        "stated_others", "通报称：其他", "通报所述的其他数：制度、问责、意见建议的状态等，照录", _stated(None), width=30
    ),
    Column(
        "listed_issues",
        "列出：问题",
        "逐条列出的问题：没有下级的算一个，有下级而原文把它本身也算一个的也算；意见建议不算问题",
        lambda entry: entry.filed.listed.issues,
        ColumnType.INTEGER,
    ),
    *(
        Column(
            f"listed_{code.value}",
            f"列出：{code.label}",
            f"逐条列出的问题中，公布时的状态属于“{code.label}”的。{code.meaning}",
            _listed_of(code),
            ColumnType.INTEGER,
        )
        for code in StatusCode
    ),
    Column(
        "listed_suggestions",
        "列出：意见建议",
        "逐条列出的意见建议",
        lambda entry: entry.filed.listed.suggestions,
        ColumnType.INTEGER,
    ),
    Column(
        "listed_measures",
        "列出：措施",
        "原文编了号的整改措施，连同直接写在方面之下的",
        lambda entry: entry.filed.listed.measures,
        ColumnType.INTEGER,
    ),
    Column(
        "source_defect",
        "原文缺损",
        "本站得到的文本不完整的，缺在哪里；这时列出的数目可能偏少",
        lambda entry: entry.notice.source_defect,
        width=24,
    ),
    CONTACT,
    Column(
        "contact_checked",
        "联系方式核对日期",
        "拨打或去信核实的日期；没有核实的空着",
        lambda entry: entry.contact.checked if entry.contact else None,
        ColumnType.DATE,
        16,
    ),
    ENTERED,
)


def _unless_retired(column: Column[NoticeEntry]) -> Column[NoticeEntry]:
    return replace(column, value=lambda entry: None if entry.notice.retirement else column.value(entry))


NOTICES: Table[NoticeEntry] = Table(
    "notices", "通报", (*_ALWAYS, *(_unless_retired(column) for column in _IN_FORCE_ONLY))
)
