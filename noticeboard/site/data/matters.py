"""The table of issues and suggestions: one row for each issue that counts and for each suggestion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from noticeboard.board.board import NoticeFile
from noticeboard.board.words import shown_title
from noticeboard.record.model import Issue, Section, Suggestion
from noticeboard.record.vocabulary import StatusCode
from noticeboard.record.walk import Placed
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
from noticeboard.site.model.site import Site

#: Between the levels of a path, from the top down.
_BELOW = " > "


@dataclass(frozen=True)
class MatterEntry(NoticeEntry):
    """An issue with its place in the notice, or a suggestion, which has none."""

    matter: Issue | Suggestion
    placed: Placed | None

    @property
    def key(self) -> str:
        """``shili/2023#i-1``."""
        return f"{self.filed.address}#{self.matter.id}"

    @property
    def above(self) -> tuple[Section | Issue, ...]:
        """What it stands below, from the top down."""
        placed = self.placed
        return () if placed is None else (*((placed.section,) if placed.section else ()), *placed.parents)


def matter_entries(site: Site, filed: NoticeFile) -> Iterator[MatterEntry]:
    """The issues of a notice that count and its suggestions, as the source has them; none of one not in force."""
    if filed.notice.retirement is None:
        for placed in filed.countable:
            yield MatterEntry(site, filed, placed.issue, placed)
        for suggestion in filed.notice.suggestions:
            yield MatterEntry(site, filed, suggestion, None)


def _numbers(entry: MatterEntry) -> Cell:
    return _BELOW.join(bearer.number for bearer in (*entry.above, entry.matter) if bearer.number)


def _titles_above(entry: MatterEntry) -> Cell:
    return _BELOW.join(bearer.title for bearer in entry.above)


def _section(entry: MatterEntry) -> Cell:
    return entry.placed.section.title if entry.placed and entry.placed.section else ""


def _basis(entry: MatterEntry) -> Cell:
    status = entry.matter.status
    # Of what is not said there is no place where it is said.
    return "" if status.code is StatusCode.UNSTATED else status.basis


def _carried_on_by(entry: MatterEntry) -> Cell:
    return joined(stage.key for stage in entry.site.lives.latest(entry.filed, entry.matter))


_NOTICE: Column[NoticeEntry] = Column(
    "notice",
    "通报",
    "通报的标题；原文没有标题、由本站拟写的，放在方括号里",
    lambda entry: shown_title(entry.notice),
    width=36,
)
_NOTICE_ADDRESS: Column[NoticeEntry] = Column(
    "notice_address",
    "通报代号",
    "单位代号/日期：通报在本站的代号；通报表也有这一列，两张表靠它对应",
    lambda entry: entry.filed.address,
    width=26,
)

#: The columns that ask nothing of the matter: the same in every row of a notice.
OF_NOTICE: tuple[Column[NoticeEntry], ...] = (
    UNIT_NAME,
    _NOTICE,
    *OF_INSPECTION,
    *OF_PUBLICATION,
    CONTACT,
    *OF_UNIT,
    *OF_SOURCE,
    _NOTICE_ADDRESS,
    ENTERED,
)

MATTERS: Table[MatterEntry] = Table(
    "issues",
    "问题",
    (
        Column(
            "kind_name",
            "种类",
            "问题，或意见建议；意见建议不算问题",
            lambda entry: "问题" if isinstance(entry.matter, Issue) else "意见建议",
            width=10,
        ),
        UNIT_NAME,
        _NOTICE,
        Column("section", "方面", "所在方面的标题，照录；不分方面的空着", _section, width=36),
        Column("numbers", "编号", f"原文的编号，从方面往下，用“{_BELOW}”连接：一、 > （一） > 1.", _numbers, width=18),
        Column("title", "标题", "问题或意见建议的名称，与原文一字不差", lambda entry: entry.matter.title, width=60),
        Column("above", "上级标题", f"它上面各级的标题，从方面往下，用“{_BELOW}”连接", _titles_above, width=36),
        Column(
            "status",
            "状态",
            "现在的状态，用通报的原词；通报没有说的是“未标明”，本站不推断",
            lambda entry: entry.matter.status.words,
        ),
        Column(
            "status_class",
            "状态归类",
            "原词归入的一类：" + "、".join(code.label for code in StatusCode),
            lambda entry: entry.matter.status.code.label,
        ),
        Column(
            "as_of",
            "状态截至",
            "状态截至哪一天：本条自己写的，否则公布以后变化的日期，否则通报的数据截至；都没有的空着",
            lambda entry: entry.matter.status.as_of or entry.matter.status_changed or entry.notice.as_of,
            ColumnType.DATE,
        ),
        Column("status_basis", "状态依据", "状态写在哪里：本条、所在标题，或通报总数（该数覆盖或点名本条）", _basis),
        Column(
            "status_quote",
            "状态原文",
            "说明状态的那句原文；记录里没有抄的空着",
            lambda entry: entry.matter.status.quote,
            width=30,
        ),
        Column(
            "published_status",
            "公布时的状态",
            "通报公布时的状态；公布以后没有变化的，与“状态”相同",
            lambda entry: entry.matter.published_status.words,
        ),
        Column(
            "status_changed",
            "状态变化日期",
            "公布以后状态最近一次变化的日期；没有变化的空着",
            lambda entry: entry.matter.status_changed,
            ColumnType.DATE,
        ),
        Column("topics", "主题", "受控主题词，用“；”隔开", lambda entry: joined(entry.matter.topics), width=20),
        Column(
            "measures",
            "措施数",
            "原文编了号的整改措施有几条；文字见通报页和 JSON",
            lambda entry: len(entry.matter.measures),
            ColumnType.INTEGER,
            8,
        ),
        Column(
            "result",
            "成效",
            "整改成效，一句话；是摘要还是原文，见“摘要或全文”",
            lambda entry: entry.matter.result,
            width=60,
        ),
        *columns_of((Issue, Suggestion), lambda entry: (entry.matter,)),
        *OF_INSPECTION,
        *OF_PUBLICATION,
        CONTACT,
        *OF_UNIT,
        *OF_SOURCE,
        Column(
            "url",
            "网址",
            "本条在本站的网址，不会改变",
            lambda entry: entry.site.masthead.url(entry.filed.page.at(entry.matter.id)),
            ColumnType.LINK,
            30,
        ),
        Column("id", "本条代号", "单位代号/日期#标识：本条在本站的代号", lambda entry: entry.key, width=30),
        _NOTICE_ADDRESS,
        Column(
            "carries_on",
            "承接",
            "承接以前通报的哪一条（本条代号），几条的用“；”隔开",
            lambda entry: joined(entry.filed.named(reference) for reference in entry.matter.carries_on),
            width=26,
        ),
        Column("carried_on_by", "后续", "最近一份通报中承接本条的（本条代号），几条用；隔开", _carried_on_by, width=26),
        Column(
            "kind",
            "种类代码",
            "issue（问题）或 suggestion（意见建议）",
            lambda entry: "issue" if isinstance(entry.matter, Issue) else "suggestion",
        ),
        Column(
            "status_code",
            "状态代码",
            "状态归类的代码：" + "、".join(f"{code.value}（{code.label}）" for code in StatusCode),
            lambda entry: entry.matter.status.code.value,
            width=20,
        ),
        ENTERED,
    ),
)
