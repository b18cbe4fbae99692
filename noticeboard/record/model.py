"""The record: what a unit and a notice are, as typed, frozen values.

The keys of the files (aliases) are Chinese, since clerks write them; the names in code and JSON are English.
No position and no Markdown here: a value knows neither the file it came from nor the page it will stand on.
Every field's description is written for the people who fill it in.
"""

from __future__ import annotations

import itertools
from typing import Annotated, Literal

from pydantic import BeforeValidator, StringConstraints

from noticeboard.record.base import Record
from noticeboard.record.dates import PartialDate
from noticeboard.record.fields import Date, Figure, InFiles, Many, OneOf, Text, Texts, Topic, Url, YesNo, or_number
from noticeboard.record.shown import Place, Shown, by_hand, key
from noticeboard.record.status import (
    UNSTATED,
    Change,
    FormerNotice,
    FormerUnit,
    MatterReference,
    Retirement,
    Status,
    StatusOrWords,
    in_words,
)
from noticeboard.record.vocabulary import KINDS, LEVELS, UNIT_KINDS

# What belongs to the record as much as the classes here.
__all__ = ["UNSTATED", "Change", "Record", "Retirement", "Status"]


def _anchor(letter: str) -> StringConstraints:
    return StringConstraints(pattern=rf"^{letter}(-[0-9a-z]+)+$")


class Stated(Record, title="通报所述"):
    """One total or claim as the notice states it: a quotation, never computed."""

    subject: Annotated[Text, key("项目", "数的是什么：问题、已完成整改、措施、制度、问责……", by_hand())]
    of: Annotated[
        Annotated[Text, OneOf(("问题", "意见建议", "措施"), "所属")],
        key("所属", "项目是状态词时，说的是哪一类的状态", by_hand()),
    ] = "问题"
    number: Annotated[Figure | None, key("数", "数字，原文写 0 就写 0；没有数就不写", by_hand())] = None
    unit: Annotated[Text | None, key("单位", "个、项、条、人、人次、元、万元……", by_hand())] = None
    quote: Annotated[Text | None, key("原文", "该数所在的原文词句", by_hand(Place.TABLES))] = None
    body: Annotated[Text | None, key("对象", "只说其中一个被巡察单位时，是哪一个", by_hand())] = None
    note: Annotated[Text | None, key("说明", "编者的说明", by_hand(Place.TABLES))] = None

    @property
    def count(self) -> int | None:
        """The number where it is a whole one."""
        return int(self.number) if self.number is not None and self.number.isdigit() else None

    @property
    def figure(self) -> str:
        """The number with its unit as typed: 21个, 0元; empty where no number is stated."""
        return f"{self.number or ''}{self.unit or ''}"


class Matter(Record, title="事项"):
    """What an issue and a suggestion share. Its title is its name: exactly as the source has it."""

    number: Annotated[Text | None, key("编号", "原文的编号，照录：1.、（一）、问题一", by_hand())] = None
    title: Annotated[Text, key("标题", "问题的名称，与原文一字不差，不含“关于……问题的整改情况”", by_hand())]
    printed_title: Annotated[
        Text | None, key("原题", "原文这一行有缺损（如缺引号）时照录原样", by_hand(Place.TABLES))
    ] = None
    status: Annotated[StatusOrWords, key("状态", "通报的原词；通报没有说就不写", by_hand())] = UNSTATED
    topics: Annotated[Many[Topic], key("主题", "受控主题词", by_hand())] = ()
    responsible: Annotated[
        Text | None,
        key(
            "责任",
            "责任领导、责任科室；只写职务，不写姓名",
            Shown("责任", column="责任领导、责任科室，只有职务", width=18),
        ),
    ] = None
    deadline: Annotated[Text | None, key("时限", "整改时限，照原文写", Shown("时限", column="整改时限，照原文"))] = None
    closed_date: Annotated[
        Date | None, key("销号日期", "本条销号的日期；原文没有写就不写", Shown("销号日期", column="本条销号的日期"))
    ] = None
    measures: Annotated[Texts, key("措施", "原文编了号的整改措施，一条一项", by_hand(Place.TABLES))] = ()
    progress: Annotated[Text | None, key("进展", "原文没有给措施编号时，整改情况的摘要", by_hand(Place.TABLES))] = None
    result: Annotated[Text | None, key("成效", "整改成效，一句话", by_hand())] = None
    carries_on: Annotated[
        Many[MatterReference],
        key("承接", "承接以前通报的哪一条：2023-12#i-1-2，别的单位的写 文件夹/日期#标识", by_hand()),
    ] = ()
    changes: Annotated[tuple[Change, ...], key("变更", "公布以后本条的更正和状态变化", by_hand(Place.TABLES))] = ()

    @property
    def published_status(self) -> Status:
        """The status that the notice gave when it was published, before any change: what its totals speak of."""
        return next((change.before for change in self.changes if change.before), self.status)

    @property
    def status_changed(self) -> PartialDate | None:
        """The day of the latest change of status after publication."""
        return max((change.date for change in self.changes if change.after), default=None)


class Issue(Matter, title="问题"):
    """An issue found by an inspection; up to four levels deep. A parent may count as an issue of its own too."""

    id: Annotated[str, _anchor("i"), key("标识", "本条的锚点，公布后不再改", by_hand())]
    stated: Annotated[tuple[Stated, ...], key("通报所述", "通报就本条所含问题所述的数", by_hand(Place.TABLES))] = ()
    counts_itself: Annotated[YesNo, key("单独计数", "有子问题而本身也算一个问题时写“是”", by_hand())] = False
    issues: Annotated[tuple[Issue, ...], key("子问题", "下一级问题", by_hand())] = ()

    @property
    def counts(self) -> bool:
        """Whether it counts as an issue: a leaf does, a parent only where it says so."""
        return not self.issues or self.counts_itself


class Suggestion(Matter, title="意见建议"):
    """A suggestion (意见建议) made by an inspection: searched and exported, never counted as an issue."""

    id: Annotated[str, _anchor("s"), key("标识", "本条的锚点，公布后不再改", by_hand())]


class Section(Record, title="方面"):
    """A 方面: a heading of the notice with issues under it, or with measures of its own."""

    id: Annotated[str, _anchor("f"), key("标识", "本方面的锚点，公布后不再改", by_hand())]
    number: Annotated[Text | None, key("编号", "原文的编号，照录", by_hand())] = None
    title: Annotated[Text, key("标题", "方面的名称，与原文一字不差", by_hand())]
    printed_title: Annotated[Text | None, key("原题", "原文这一行有缺损时照录原样", by_hand(Place.TABLES))] = None
    body: Annotated[Text | None, key("对象", "本方面说的是哪一个被巡察单位", by_hand(Place.TABLES))] = None
    stated: Annotated[tuple[Stated, ...], key("通报所述", "通报就本方面所述的数", by_hand(Place.TABLES))] = ()
    measures: Annotated[Texts, key("措施", "直接写在方面之下、编了号的措施", by_hand(Place.TABLES))] = ()
    progress: Annotated[Text | None, key("进展", "直接写在方面之下、没有编号的整改情况", by_hand(Place.TABLES))] = None
    result: Annotated[Text | None, key("成效", "整改成效，一句话", by_hand(Place.TABLES))] = None
    issues: Annotated[tuple[Issue, ...], key("问题", "本方面逐条列出的问题", by_hand())] = ()


class Inspection(Record, title="巡察"):
    """Who inspected whom, when, and when the findings were fed back."""

    team: Annotated[Text | None, key("巡察组", "巡察组名称，照原文写", Shown("巡察组"))] = None
    bodies: Annotated[Texts, key("对象", "被巡察的单位，照原文写", Shown("被巡察单位"))] = ()
    term: Annotated[Text | None, key("届次", "例如：五届市委", Shown("届次轮次"))] = None
    round: Annotated[Text | None, key("轮次", "例如：第一轮", by_hand())] = None
    modes: Annotated[
        Texts, key("方式", "常规、专项、提级、“回头看”……", Shown("巡察方式", column="常规、专项、提级、“回头看”等"))
    ] = ()
    start: Annotated[Date | None, key("开始", "巡察开始的日期", Shown("巡察时间"))] = None
    end: Annotated[Date | None, key("结束", "巡察结束的日期", by_hand())] = None
    feedback_date: Annotated[Date | None, key("反馈", "反馈巡察意见的日期", Shown("反馈时间"))] = None


class Publication(Record, title="发布"):
    """Where and when the notice was published, and how much of it this record holds."""

    source: Annotated[
        Text | None, key("来源", "刊登通报的网站或媒体", Shown("来源", column="刊登原通报的网站或媒体", width=18))
    ] = None
    url: Annotated[Url | None, key("网址", "原通报的网址", by_hand())] = None
    posted: Annotated[Date | None, key("发布日期", "网站上的发布日期", by_hand())] = None
    posted_time: Annotated[
        Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")] | None,
        key("发布时间", "网站上的发布时间，例如 10:58", by_hand(Place.TABLES)),
    ] = None
    signed: Annotated[Date | None, key("落款日期", "通报落款的日期", by_hand())] = None
    content: Annotated[Literal["摘要", "全文"], key("内容", "措施和成效是本站的摘要，还是原文全文", by_hand())]
    note: Annotated[Text | None, key("说明", "编者对发布日期、来源的说明", Shown("发布说明", not_in=Place.TABLES))] = (
        None
    )


class Contact(Record, title="联系方式"):
    """How to reach a unit, as given; whether it was tried is told by ``checked``."""

    phones: Annotated[Texts, key("电话", "一个或多个，照原文写，前面的 0 不会丢", Shown("电话"))] = ()
    faxes: Annotated[Texts, key("传真", "一个或多个，照原文写", Shown("传真"))] = ()
    emails: Annotated[Texts, key("电子邮箱", "一个或多个", Shown("电子邮箱"))] = ()
    address: Annotated[Text | None, key("地址", "街道地址", Shown("地址"))] = None
    postcode: Annotated[Text | None, key("邮编", "六位数字", Shown("邮编"))] = None
    hours: Annotated[Text | None, key("受理时间", "什么时间有人接待，照原文写", Shown("受理时间"))] = None
    checked: Annotated[
        Date | None, key("核对日期", "拨打或去信核实的日期；没有核实就不写", Shown("核对", not_in=Place.SEARCH))
    ] = None
    note: Annotated[Text | None, key("说明", "编者的说明", Shown("说明"))] = None

    @property
    def reaches(self) -> bool:
        """Whether somebody can be reached by phone, mail or at an address."""
        return bool(self.phones or self.emails or self.address)


class Part(Record, title="其他部分"):
    """A free section of the notice beside the issues, in the order of the source."""

    id: Annotated[
        Annotated[str, _anchor("p")] | None,
        key("标识", "本部分的锚点；公布以后在中间插入的部分才需要，例如 p-a", by_hand()),
    ] = None
    kind: Annotated[
        Annotated[Text, OneOf(("组织落实", "下一步", "其他专项", "其他"), "类别")],
        key("类别", "组织落实、下一步、其他专项或其他", by_hand()),
    ]
    number: Annotated[Text | None, key("编号", "原文的编号，照录", by_hand())] = None
    title: Annotated[Text, key("标题", "原文的标题", by_hand())]
    text: Annotated[Texts, key("内容", "一段或多段文字", by_hand())]


class Attachment(Record, title="附件"):
    """A document published with the notice."""

    name: Annotated[Text, key("名称", "附件的名称，照原文写", by_hand())]
    url: Annotated[Url | None, key("网址", "附件的网址", by_hand())] = None


class Acceptance(Record, title="已知差异"):
    """A warning that an editor has looked into and accepts, with the reason, which the page shows."""

    code: Annotated[Text, key("代码", "警告的代码，例如 issues-total", by_hand(Place.PAGE | Place.SEARCH))]
    reason: Annotated[Text, key("原因", "为什么原文如此；读者会看到", by_hand())]


class Notice(Record, title="通报"):
    """One notice of one unit, as complete as the source gives it."""

    title: Annotated[Text, key("标题", "通报的标题；原文没有标题时由本站拟写，并写“拟题: 是”", by_hand())]
    retirement: Annotated[
        Annotated[Retirement, BeforeValidator(in_words)] | None,
        key("状态", "撤下或已更正并替换的通报才写，连同日期和原因", by_hand(Place.SEARCH)),
    ] = None
    former_addresses: Annotated[
        Many[FormerNotice],
        key(
            "旧址",
            "从别的单位的文件夹移来、或改过文件名的通报，原来的网址：文件夹/日期，最早的在前",
            by_hand(Place.SEARCH),
        ),
    ] = ()
    title_supplied: Annotated[YesNo, key("拟题", "标题是本站所拟，写“是”", by_hand())] = False
    kind: Annotated[Annotated[Text, OneOf(tuple(KINDS), "文种")], key("文种", "通报的种类", Shown("文种"))]
    signatories: Annotated[
        Texts, key("署名", "原文中的发布单位名称，可以有几个", Shown("署名", column="原文中的发布单位名称", width=24))
    ] = ()
    joint_units: Annotated[
        Texts, key("联合单位", "联合发布的其他单位的文件夹名", Shown("联合单位", column="联合发布的其他单位的代号"))
    ] = ()
    document_number: Annotated[Text | None, key("文号", "通报的发文字号", Shown("文号", column="原文的文号"))] = None
    index_number: Annotated[Text | None, key("索引号", "信息公开的索引号", Shown("索引号", not_in=Place.TABLES))] = None
    publication: Annotated[Publication, key("发布", "刊登在哪里、何时、本记录是摘要还是全文", by_hand())]
    entered: Annotated[
        Date | None, key("收录", "本站收录这份通报的日期；“最近的通报”和订阅按它排先后", by_hand(Place.SEARCH))
    ] = None
    inspections: Annotated[Many[Inspection], key("巡察", "一次或几次巡察；审计、督察也写在这里", by_hand())] = ()
    as_of: Annotated[Date | None, key("数据截至", "通报所述情况截至哪一天；没有写就不写", Shown("数据截至"))] = None
    stated: Annotated[tuple[Stated, ...], key("通报所述", "通报所述的总数，按原文顺序", by_hand())] = ()
    summary: Annotated[Text | None, key("概述", "两三句话：谁、何时、查出什么、改得怎样", by_hand(Place.TABLES))] = None
    sections: Annotated[tuple[Section, ...], key("方面", "通报的各个方面，各有问题或措施", by_hand())] = ()
    issues: Annotated[tuple[Issue, ...], key("问题", "不分方面列出的问题", by_hand())] = ()
    suggestions: Annotated[tuple[Suggestion, ...], key("意见建议", "巡察提出的意见建议，不计入问题", by_hand())] = ()
    parts: Annotated[tuple[Part, ...], key("其他部分", "组织落实、下一步等，按原文顺序", by_hand(Place.TABLES))] = ()
    attachments: Annotated[tuple[Attachment, ...], key("附件", "与通报一同公布的文件", by_hand(Place.TABLES))] = ()
    contact: Annotated[Contact | None, key("联系方式", "通报所载的联系方式", by_hand())] = None
    changes: Annotated[
        tuple[Change, ...], key("变更", "公布以后的更正和变化；一个问题的写在该问题下", by_hand(Place.TABLES))
    ] = ()
    source_defect: Annotated[Text | None, key("原文缺损", "来源的文本不完整时，说明缺在哪里", by_hand())] = None
    accepted: Annotated[tuple[Acceptance, ...], key("已知差异", "核对过、原文如此的警告", by_hand(Place.TABLES))] = ()

    @property
    def part_anchors(self) -> tuple[str, ...]:
        """The anchor of each part: its 标识, else its number among those that have none."""
        numbers = itertools.count(1)
        return tuple(part.id or f"part-{next(numbers)}" for part in self.parts)


class Region(Record, title="地区"):
    """Where a unit belongs, by the names and the code of GB/T 2260."""

    province: Annotated[Text, key("省", "省、自治区、直辖市", by_hand())]
    city: Annotated[Text | None, key("市", "地级市、州、盟", by_hand())] = None
    county: Annotated[Text | None, key("县", "县、区、县级市", by_hand())] = None
    code: Annotated[
        str,
        StringConstraints(pattern=r"^[0-9]{6}$"),
        InFiles(or_number),
        key("代码", "GB/T 2260 六位代码", by_hand(Place.SEARCH)),
    ]

    @property
    def names(self) -> tuple[str, ...]:
        """From the province down."""
        return tuple(name for name in (self.province, self.city, self.county) if name)


class Unit(Record, title="单位"):
    """A unit that publishes notices: the folder's ``unit.yml``."""

    full_name: Annotated[Text, key("全称", "原文中的全称", Shown("全称"))]
    short_name: Annotated[Text, key("简称", "列表和导航中用的名称", by_hand())]
    region: Annotated[Region, key("地区", "单位所在的省、市、县和代码", Shown("地区"))]
    kind: Annotated[
        Annotated[Text, OneOf(tuple(UNIT_KINDS), "类别")],
        key("类别", "单位的类别", Shown("类别", column="党委部门、政府部门、群团组织等")),
    ]
    level: Annotated[Annotated[Text, OneOf(tuple(LEVELS), "级别")], key("级别", "省、市、县、乡镇或村", by_hand())]
    contact: Annotated[Contact | None, key("联系方式", "现在的联系方式", by_hand())] = None
    former_names: Annotated[
        Many[FormerUnit],
        key(
            "旧址",
            "本单位的文件夹以前的名字，最早的在前；它的网址都会指到现在的网址",
            by_hand(Place.SEARCH | Place.TABLES),
        ),
    ] = ()
    absorbed: Annotated[
        Many[FormerUnit],
        key(
            "并入",
            "并入本单位的其他单位原来的文件夹名；它们的通报移过来，各自写“旧址”",
            by_hand(Place.SEARCH | Place.TABLES),
        ),
    ] = ()
