"""The record: what a unit and a notice are, as typed, frozen values.

The keys of the files (aliases) are Chinese, since clerks write them; the names in code and JSON are English.
No position and no Markdown here: a value knows neither the file it came from nor the page it will stand on.
Every field's description is written for the people who fill it in.
"""

from __future__ import annotations

import itertools
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from noticeboard.record.base import Record
from noticeboard.record.dates import PartialDate
from noticeboard.record.fields import (
    Date,
    Figure,
    InFiles,
    Text,
    Texts,
    Topic,
    Url,
    YesNo,
    one_of,
    one_or_many,
    or_number,
)
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

# With the parts of ``status``, which belong to the record as much as those here.
__all__ = [
    "UNSTATED",
    "Acceptance",
    "Attachment",
    "Change",
    "Contact",
    "Inspection",
    "Issue",
    "Matter",
    "Notice",
    "Part",
    "Publication",
    "Record",
    "Region",
    "Retirement",
    "Section",
    "Stated",
    "Status",
    "Suggestion",
    "Unit",
]


class Stated(Record, title="通报所述"):
    """One total or claim as the notice states it: a quotation, never computed."""

    subject: Annotated[Text, Field(alias="项目", description="数的是什么：问题、已完成整改、措施、制度、问责……")]
    of: Annotated[
        Annotated[Text, one_of(("问题", "意见建议", "措施"), "所属")],
        Field(alias="所属", description="项目是状态词时，说的是哪一类的状态"),
    ] = "问题"
    number: Annotated[Figure | None, Field(alias="数", description="数字，原文写 0 就写 0；没有数就不写")] = None
    unit: Annotated[Text | None, Field(alias="单位", description="个、项、条、人、人次、元、万元……")] = None
    quote: Annotated[Text | None, Field(alias="原文", description="该数所在的原文词句")] = None
    body: Annotated[Text | None, Field(alias="对象", description="只说其中一个被巡察单位时，是哪一个")] = None
    note: Annotated[Text | None, Field(alias="说明", description="编者的说明")] = None

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

    number: Annotated[Text | None, Field(alias="编号", description="原文的编号，照录：1.、（一）、问题一")] = None
    title: Annotated[Text, Field(alias="标题", description="问题的名称，与原文一字不差，不含“关于……问题的整改情况”")]
    printed_title: Annotated[Text | None, Field(alias="原题", description="原文这一行有缺损（如缺引号）时照录原样")] = (
        None
    )
    status: Annotated[StatusOrWords, Field(alias="状态", description="通报的原词；通报没有说就不写")] = UNSTATED
    topics: Annotated[tuple[Topic, ...], one_or_many, Field(alias="主题", description="受控主题词")] = ()
    responsible: Annotated[Text | None, Field(alias="责任", description="责任领导、责任科室；只写职务，不写姓名")] = (
        None
    )
    deadline: Annotated[Text | None, Field(alias="时限", description="整改时限，照原文写")] = None
    measures: Annotated[Texts, Field(alias="措施", description="原文编了号的整改措施，一条一项")] = ()
    progress: Annotated[Text | None, Field(alias="进展", description="原文没有给措施编号时，整改情况的摘要")] = None
    result: Annotated[Text | None, Field(alias="成效", description="整改成效，一句话")] = None
    carries_on: Annotated[
        tuple[MatterReference, ...],
        one_or_many,
        Field(alias="承接", description="承接以前通报的哪一条：2023-12#i-1-2，别的单位的写 文件夹/日期#标识"),
    ] = ()
    changes: Annotated[tuple[Change, ...], Field(alias="变更", description="公布以后本条的更正和状态变化")] = ()

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

    id: Annotated[
        str, StringConstraints(pattern=r"^i(-[0-9a-z]+)+$"), Field(alias="标识", description="本条的锚点，公布后不再改")
    ]
    stated: Annotated[tuple[Stated, ...], Field(alias="通报所述", description="通报就本条所含问题所述的数")] = ()
    counts_itself: Annotated[YesNo, Field(alias="单独计数", description="有子问题而本身也算一个问题时写“是”")] = False
    issues: Annotated[tuple[Issue, ...], Field(alias="子问题", description="下一级问题")] = ()

    @property
    def counts(self) -> bool:
        """Whether it counts as an issue: a leaf does, a parent only where it says so."""
        return not self.issues or self.counts_itself


class Suggestion(Matter, title="意见建议"):
    """A suggestion (意见建议) made by an inspection: searched and exported, never counted as an issue."""

    id: Annotated[
        str, StringConstraints(pattern=r"^s(-[0-9a-z]+)+$"), Field(alias="标识", description="本条的锚点，公布后不再改")
    ]


class Section(Record, title="方面"):
    """A 方面: a heading of the notice with issues under it, or with measures of its own."""

    id: Annotated[
        str,
        StringConstraints(pattern=r"^f(-[0-9a-z]+)+$"),
        Field(alias="标识", description="本方面的锚点，公布后不再改"),
    ]
    number: Annotated[Text | None, Field(alias="编号", description="原文的编号，照录")] = None
    title: Annotated[Text, Field(alias="标题", description="方面的名称，与原文一字不差")]
    printed_title: Annotated[Text | None, Field(alias="原题", description="原文这一行有缺损时照录原样")] = None
    body: Annotated[Text | None, Field(alias="对象", description="本方面说的是哪一个被巡察单位")] = None
    stated: Annotated[tuple[Stated, ...], Field(alias="通报所述", description="通报就本方面所述的数")] = ()
    measures: Annotated[Texts, Field(alias="措施", description="直接写在方面之下、编了号的措施")] = ()
    progress: Annotated[Text | None, Field(alias="进展", description="直接写在方面之下、没有编号的整改情况")] = None
    result: Annotated[Text | None, Field(alias="成效", description="整改成效，一句话")] = None
    issues: Annotated[tuple[Issue, ...], Field(alias="问题", description="本方面逐条列出的问题")] = ()


class Inspection(Record, title="巡察"):
    """Who inspected whom, when, and when the findings were fed back."""

    team: Annotated[Text | None, Field(alias="巡察组", description="巡察组名称，照原文写")] = None
    bodies: Annotated[Texts, Field(alias="对象", description="被巡察的单位，照原文写")] = ()
    term: Annotated[Text | None, Field(alias="届次", description="例如：五届市委")] = None
    round: Annotated[Text | None, Field(alias="轮次", description="例如：第一轮")] = None
    modes: Annotated[Texts, Field(alias="方式", description="常规、专项、提级、“回头看”……")] = ()
    start: Annotated[Date | None, Field(alias="开始", description="巡察开始的日期")] = None
    end: Annotated[Date | None, Field(alias="结束", description="巡察结束的日期")] = None
    feedback_date: Annotated[Date | None, Field(alias="反馈", description="反馈巡察意见的日期")] = None


class Publication(Record, title="发布"):
    """Where and when the notice was published, and how much of it this record holds."""

    source: Annotated[Text | None, Field(alias="来源", description="刊登通报的网站或媒体")] = None
    url: Annotated[Url | None, Field(alias="网址", description="原通报的网址")] = None
    posted: Annotated[Date | None, Field(alias="发布日期", description="网站上的发布日期")] = None
    posted_time: Annotated[
        Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")] | None,
        Field(alias="发布时间", description="网站上的发布时间，例如 10:58"),
    ] = None
    signed: Annotated[Date | None, Field(alias="落款日期", description="通报落款的日期")] = None
    content: Annotated[Literal["摘要", "全文"], Field(alias="内容", description="措施和成效是本站的摘要，还是原文全文")]
    note: Annotated[Text | None, Field(alias="说明", description="编者对发布日期、来源的说明")] = None


class Contact(Record, title="联系方式"):
    """How to reach a unit, as given; whether it was tried is told by ``checked``."""

    phones: Annotated[Texts, Field(alias="电话", description="一个或多个，照原文写，前面的 0 不会丢")] = ()
    faxes: Annotated[Texts, Field(alias="传真", description="一个或多个，照原文写")] = ()
    emails: Annotated[Texts, Field(alias="电子邮箱", description="一个或多个")] = ()
    address: Annotated[Text | None, Field(alias="地址", description="街道地址")] = None
    postcode: Annotated[Text | None, Field(alias="邮编", description="六位数字")] = None
    hours: Annotated[Text | None, Field(alias="受理时间", description="什么时间有人接待，照原文写")] = None
    checked: Annotated[Date | None, Field(alias="核对日期", description="拨打或去信核实的日期；没有核实就不写")] = None
    note: Annotated[Text | None, Field(alias="说明", description="编者的说明")] = None

    @property
    def reaches(self) -> bool:
        """Whether somebody can be reached by phone, mail or at an address."""
        return bool(self.phones or self.emails or self.address)


class Part(Record, title="其他部分"):
    """A free section of the notice beside the issues, in the order of the source."""

    id: Annotated[
        Annotated[str, StringConstraints(pattern=r"^p(-[0-9a-z]+)+$")] | None,
        Field(alias="标识", description="本部分的锚点；公布以后在中间插入的部分才需要，例如 p-a"),
    ] = None
    kind: Annotated[
        Annotated[Text, one_of(("组织落实", "下一步", "其他专项", "其他"), "类别")],
        Field(alias="类别", description="组织落实、下一步、其他专项或其他"),
    ]
    number: Annotated[Text | None, Field(alias="编号", description="原文的编号，照录")] = None
    title: Annotated[Text, Field(alias="标题", description="原文的标题")]
    text: Annotated[Texts, Field(alias="内容", description="一段或多段文字")]


class Attachment(Record, title="附件"):
    """A document published with the notice."""

    name: Annotated[Text, Field(alias="名称", description="附件的名称，照原文写")]
    url: Annotated[Url | None, Field(alias="网址", description="附件的网址")] = None


class Acceptance(Record, title="已知差异"):
    """A warning that an editor has looked into and accepts, with the reason, which the page shows."""

    code: Annotated[Text, Field(alias="代码", description="警告的代码，例如 issues-total")]
    reason: Annotated[Text, Field(alias="原因", description="为什么原文如此；读者会看到")]


class Notice(Record, title="通报"):
    """One notice of one unit, as complete as the source gives it."""

    title: Annotated[Text, Field(alias="标题", description="通报的标题；原文没有标题时由本站拟写，并写“拟题: 是”")]
    retirement: Annotated[
        Annotated[Retirement, BeforeValidator(in_words)] | None,
        Field(alias="状态", description="撤下或已更正并替换的通报才写，连同日期和原因"),
    ] = None
    former_addresses: Annotated[
        tuple[FormerNotice, ...],
        one_or_many,
        Field(
            alias="旧址", description="从别的单位的文件夹移来、或改过文件名的通报，原来的网址：文件夹/日期，最早的在前"
        ),
    ] = ()
    title_supplied: Annotated[YesNo, Field(alias="拟题", description="标题是本站所拟，写“是”")] = False
    kind: Annotated[Annotated[Text, one_of(KINDS, "文种")], Field(alias="文种", description="通报的种类")]
    signatories: Annotated[Texts, Field(alias="署名", description="原文中的发布单位名称，可以有几个")] = ()
    joint_units: Annotated[Texts, Field(alias="联合单位", description="联合发布的其他单位的文件夹名")] = ()
    document_number: Annotated[Text | None, Field(alias="文号", description="通报的发文字号")] = None
    index_number: Annotated[Text | None, Field(alias="索引号", description="信息公开的索引号")] = None
    publication: Annotated[Publication, Field(alias="发布", description="刊登在哪里、何时、本记录是摘要还是全文")]
    entered: Annotated[
        Date | None,
        Field(alias="收录", description="本站收录这份通报的日期；“最近的通报”和订阅按它排先后"),
    ] = None
    inspections: Annotated[
        tuple[Inspection, ...],
        one_or_many,
        Field(alias="巡察", description="一次或几次巡察；审计、督察也写在这里"),
    ] = ()
    as_of: Annotated[Date | None, Field(alias="数据截至", description="通报所述情况截至哪一天；没有写就不写")] = None
    stated: Annotated[tuple[Stated, ...], Field(alias="通报所述", description="通报所述的总数，按原文顺序")] = ()
    summary: Annotated[Text | None, Field(alias="概述", description="两三句话：谁、何时、查出什么、改得怎样")] = None
    sections: Annotated[tuple[Section, ...], Field(alias="方面", description="通报的各个方面，各有问题或措施")] = ()
    issues: Annotated[tuple[Issue, ...], Field(alias="问题", description="不分方面列出的问题")] = ()
    suggestions: Annotated[
        tuple[Suggestion, ...], Field(alias="意见建议", description="巡察提出的意见建议，不计入问题")
    ] = ()
    parts: Annotated[tuple[Part, ...], Field(alias="其他部分", description="组织落实、下一步等，按原文顺序")] = ()
    attachments: Annotated[tuple[Attachment, ...], Field(alias="附件", description="与通报一同公布的文件")] = ()
    contact: Annotated[Contact | None, Field(alias="联系方式", description="通报所载的联系方式")] = None
    changes: Annotated[
        tuple[Change, ...], Field(alias="变更", description="公布以后的更正和变化；一个问题的写在该问题下")
    ] = ()
    source_defect: Annotated[Text | None, Field(alias="原文缺损", description="来源的文本不完整时，说明缺在哪里")] = (
        None
    )
    accepted: Annotated[tuple[Acceptance, ...], Field(alias="已知差异", description="核对过、原文如此的警告")] = ()

    @property
    def part_anchors(self) -> tuple[str, ...]:
        """The anchor of each part: its 标识, else its number among those that have none."""
        numbers = itertools.count(1)
        return tuple(part.id or f"part-{next(numbers)}" for part in self.parts)


class Region(Record, title="地区"):
    """Where a unit belongs, by the names and the code of GB/T 2260."""

    province: Annotated[Text, Field(alias="省", description="省、自治区、直辖市")]
    city: Annotated[Text | None, Field(alias="市", description="地级市、州、盟")] = None
    county: Annotated[Text | None, Field(alias="县", description="县、区、县级市")] = None
    code: Annotated[
        str,
        StringConstraints(pattern=r"^[0-9]{6}$"),
        InFiles(or_number),
        Field(alias="代码", description="GB/T 2260 六位代码"),
    ]

    @property
    def names(self) -> tuple[str, ...]:
        """From the province down."""
        return tuple(name for name in (self.province, self.city, self.county) if name)


class Unit(Record, title="单位"):
    """A unit that publishes notices: the folder's ``unit.yml``."""

    full_name: Annotated[Text, Field(alias="全称", description="原文中的全称")]
    short_name: Annotated[Text, Field(alias="简称", description="列表和导航中用的名称")]
    region: Annotated[Region, Field(alias="地区", description="单位所在的省、市、县和代码")]
    kind: Annotated[Annotated[Text, one_of(UNIT_KINDS, "类别")], Field(alias="类别", description="单位的类别")]
    level: Annotated[Annotated[Text, one_of(LEVELS, "级别")], Field(alias="级别", description="省、市、县、乡镇或村")]
    contact: Annotated[Contact | None, Field(alias="联系方式", description="现在的联系方式")] = None
    former_names: Annotated[
        tuple[FormerUnit, ...],
        one_or_many,
        Field(alias="旧址", description="本单位的文件夹以前的名字，最早的在前；它的网址都会指到现在的网址"),
    ] = ()
    absorbed: Annotated[
        tuple[FormerUnit, ...],
        one_or_many,
        Field(alias="并入", description="并入本单位的其他单位原来的文件夹名；它们的通报移过来，各自写“旧址”"),
    ] = ()
