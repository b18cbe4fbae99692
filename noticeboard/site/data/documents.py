"""The JSON documents of the open data as typed values: one of each notice, the index of all, the units, the manifest.

Keys are English and always there: what a record does not have is ``null`` or an empty list. A date is as precise as
the record has it (``2023-12``); a damaged one is ``{"printed": …, "certain": …}``.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from noticeboard.board.board import NoticeFile, UnitFolder
from noticeboard.board.words import region_words
from noticeboard.record.fields import Date
from noticeboard.record.model import Notice, Retirement, Stated, Unit
from noticeboard.record.vocabulary import StatusCode
from noticeboard.record.walk import matters
from noticeboard.site.data.columns import FORMAT_VERSION
from noticeboard.site.model.site import Site
from noticeboard.site.settings.masthead import Masthead

#: Where the documents stand in the site.
FOLDER = "data"

State = Annotated[
    Literal["in_force", "withdrawn", "replaced"],
    Field(description="in_force 现行；withdrawn 已撤下；replaced 已更正并替换。后两种不再公布内容"),
]
Address = Annotated[str, Field(description="通报的永久地址：单位文件夹名/日期，例如 qiyang-wenlian/2023-12")]
FormatVersion = Annotated[str, Field(description="数据格式的版本；第一个数不变，原有的键就不改名、不改意思")]


class Document(BaseModel):
    """Base of all documents: frozen, with every key in its JSON."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        json_schema_serialization_defaults_required=True,
        field_title_generator=lambda name, _: name,
    )


class UnitName(Document, title="单位的名称"):
    """Which unit a notice is of."""

    slug: Annotated[str, Field(description="单位的文件夹名，也是网址的一段")]
    short_name: Annotated[str, Field(description="简称")]
    full_name: Annotated[str, Field(description="全称")]
    region: Annotated[str, Field(description="省、市、县的名称连写")]
    region_code: Annotated[str, Field(description="GB/T 2260 六位代码")]
    url: Annotated[str, Field(description="单位的网页")]

    @classmethod
    def of(cls, unit: UnitFolder, masthead: Masthead) -> UnitName:
        """The names of a unit."""
        return cls(
            slug=unit.slug,
            short_name=unit.unit.short_name,
            full_name=unit.unit.full_name,
            region=region_words(unit),
            region_code=unit.unit.region.code,
            url=masthead.url(unit.page.path),
        )


class NoticeDocument(Document, title="一份通报"):
    """One notice with its complete record."""

    type: Annotated[Literal["notice"], Field(description="这是什么文件")] = "notice"
    format_version: FormatVersion = FORMAT_VERSION
    id: Annotated[str, Field(description="永久编号（RFC 4151 的 tag URI），与订阅源里的相同，换网址也不变")]
    address: Address
    former_addresses: Annotated[tuple[str, ...], Field(description="从前的地址，最早的在前")]
    url: Annotated[str, Field(description="通报的网页")]
    state: State
    retirement: Annotated[Retirement | None, Field(description="撤下或替换的日期和原因；现行的没有")]
    unit: Annotated[UnitName, Field(description="发布通报的单位；完整的记录见 units.json")]
    title: Annotated[str, Field(description="通报的标题")]
    carried_on_by: Annotated[
        dict[str, tuple[str, ...]],
        Field(description="被后来的通报承接的问题和意见建议：标识 → 承接它的（地址#标识）"),
    ]
    notice: Annotated[Notice | None, Field(description="完整的记录；撤下或替换的通报没有")]

    @classmethod
    def of(cls, site: Site, filed: NoticeFile) -> NoticeDocument:
        """The document of a notice."""
        masthead = site.masthead
        carried = {
            matter.id: tuple(stage.key for stage in site.lives.after(filed, matter))
            for _, matter in matters(filed.notice)
        }
        retirement = filed.notice.retirement
        return cls(
            id=masthead.tag(filed.first_page.bare),
            address=filed.address,
            former_addresses=filed.former_addresses,
            url=masthead.url(filed.page.path),
            state=state_of(filed),
            retirement=retirement,
            unit=UnitName.of(site.board.unit_of(filed), masthead),
            title=filed.notice.title,
            carried_on_by={} if retirement else {key: keys for key, keys in carried.items() if keys},
            notice=None if retirement else filed.notice,
        )


class ListedCounts(Document, title="逐条列出的数目"):
    """How much a notice lists, by the one way of counting."""

    issues: Annotated[int, Field(description="问题：没有子问题的算一个；有子问题的，写明“单独计数”才算")]
    suggestions: Annotated[int, Field(description="意见建议，不计入问题")]
    measures: Annotated[int, Field(description="编了号的措施")]
    by_status: Annotated[dict[StatusCode, int], Field(description="问题现在的状态（变更以后的）→ 个数；没有的不列")]


class IndexEntry(Document, title="通报目录的一条"):
    """A notice in the index: what tells it apart, and where its complete record is."""

    address: Address
    former_addresses: Annotated[tuple[str, ...], Field(description="从前的地址")]
    url: Annotated[str, Field(description="通报的网页")]
    data_url: Annotated[str, Field(description="完整的记录（JSON）")]
    unit: Annotated[str, Field(description="单位的文件夹名，见 units.json")]
    unit_name: Annotated[str, Field(description="单位的简称")]
    region_code: Annotated[str, Field(description="GB/T 2260 六位代码")]
    title: Annotated[str, Field(description="标题")]
    kind: Annotated[str, Field(description="文种")]
    year: Annotated[int, Field(description="地址中的年份")]
    state: State
    signed: Annotated[Date | None, Field(description="落款日期")]
    posted: Annotated[Date | None, Field(description="发布日期")]
    as_of: Annotated[Date | None, Field(description="数据截至")]
    entered: Annotated[Date | None, Field(description="本站收录的日期；与通报本身的日期无关")]
    stated: Annotated[tuple[Stated, ...], Field(description="通报所述的总数，照录；撤下或替换的没有")]
    listed: Annotated[ListedCounts | None, Field(description="逐条列出的数目；撤下或替换的没有")]

    @classmethod
    def of(cls, filed: NoticeFile, unit: UnitFolder, masthead: Masthead) -> IndexEntry:
        """The entry of a notice."""
        notice, is_in_force = filed.notice, filed.notice.retirement is None
        return cls(
            address=filed.address,
            former_addresses=filed.former_addresses,
            url=masthead.url(filed.page.path),
            data_url=masthead.url(filed.page.data_file),
            unit=unit.slug,
            unit_name=unit.unit.short_name,
            region_code=unit.unit.region.code,
            title=notice.title,
            kind=notice.kind,
            year=filed.date.year or 0,
            state=state_of(filed),
            signed=notice.publication.signed,
            posted=notice.publication.posted,
            as_of=notice.as_of,
            entered=notice.entered,
            stated=notice.stated if is_in_force else (),
            listed=_listed(filed) if is_in_force else None,
        )


class UnitDocument(Document, title="一个单位"):
    """A unit with the addresses of its notices."""

    slug: Annotated[str, Field(description="单位的文件夹名，也是网址的一段")]
    former_slugs: Annotated[tuple[str, ...], Field(description="从前的、并入的单位的文件夹名")]
    url: Annotated[str, Field(description="单位的网页")]
    unit: Annotated[Unit, Field(description="完整的记录")]
    notices: Annotated[tuple[str, ...], Field(description="现行的通报，新的在前")]
    retired: Annotated[tuple[str, ...], Field(description="撤下或替换的通报")]

    @classmethod
    def of(cls, unit: UnitFolder, masthead: Masthead) -> UnitDocument:
        """The document of a unit."""
        return cls(
            slug=unit.slug,
            former_slugs=unit.former_slugs,
            url=masthead.url(unit.page.path),
            unit=unit.unit,
            notices=tuple(filed.address for filed in unit.notices),
            retired=tuple(filed.address for filed in unit.retired),
        )


class SiteDocument(Document, title="网站"):
    """What the documents about the whole site begin with."""

    format_version: FormatVersion = FORMAT_VERSION
    site_name: Annotated[str, Field(description="网站的名称")]
    site_url: Annotated[str, Field(description="网站的网址")]


class NoticesDocument(SiteDocument, title="通报目录"):
    """All notices, the newest first, those that were withdrawn or replaced last; without their text."""

    type: Annotated[Literal["notices"], Field(description="这是什么文件")] = "notices"
    notices: Annotated[tuple[IndexEntry, ...], Field(description="现行的在前，新的在前；撤下和替换的在最后")]


class UnitsDocument(SiteDocument, title="单位目录"):
    """All units."""

    type: Annotated[Literal["units"], Field(description="这是什么文件")] = "units"
    units: Annotated[tuple[UnitDocument, ...], Field(description="按文件夹名排列")]


class PublishedFile(Document, title="清单中的一个文件"):
    """A file of the site."""

    path: Annotated[str, Field(description="在网站中的路径")]
    size: Annotated[int, Field(description="字节数", ge=0)]
    sha256: Annotated[str, Field(description="SHA-256，十六进制", pattern="^[0-9a-f]{64}$")]


class Manifest(SiteDocument, title="清单"):
    """Every published file except this one, with the versions and the source from which all were made."""

    type: Annotated[Literal["manifest"], Field(description="这是什么文件")] = "manifest"
    program_version: Annotated[str, Field(description="生成程序的版本")]
    source_revision: Annotated[str | None, Field(description="通报所在仓库的 git 提交；不在仓库里的没有")]
    source_modified: Annotated[bool, Field(description="生成时是否有还没有提交的改动")]
    last_changed: Annotated[Date | None, Field(description="记录里最近的收录、变更或撤下的日期；不是生成的时间")]
    open_drafts: Annotated[
        int, Field(description="生成时草稿里还有几处“请核对”；不是 0 的，只供自己看，不能公布", ge=0)
    ]
    files: Annotated[tuple[PublishedFile, ...], Field(description="按路径排列")]


def state_of(filed: NoticeFile) -> State:
    """Whether a notice is in force, and what became of it."""
    if filed.notice.retirement is None:
        return "in_force"
    return "withdrawn" if filed.notice.retirement.successor is None else "replaced"


def _listed(filed: NoticeFile) -> ListedCounts:
    counts = filed.listed
    statuses = Counter(placed.issue.status.code for placed in filed.countable)
    return ListedCounts(
        issues=counts.issues,
        suggestions=counts.suggestions,
        measures=counts.measures,
        by_status={code: statuses[code] for code in StatusCode if statuses[code]},
    )


def in_lines(document: SiteDocument, entries: Iterable[Document]) -> Iterator[str]:
    """The JSON of a document whose last key is an empty list, with ``entries`` in it, one a line as they come."""
    return of_lines(document, (entry.model_dump_json() for entry in entries))


def of_lines(document: SiteDocument, entries: Iterable[str]) -> Iterator[str]:
    """The same, with entries that are JSON."""
    head = document.model_dump_json().removesuffix("]}")
    assert head.endswith("["), head
    yield head
    separator = "\n"
    for entry in entries:
        yield separator + entry
        separator = ",\n"
    yield "\n]}\n"


def notice_of(document: str | bytes) -> Notice | None:
    """The record in the JSON document of a notice: the same as that of its file. Raises ``ValueError`` for others."""
    record = json.loads(document)["notice"]
    return None if record is None else Notice.model_validate(_as_in_files(record), by_alias=False, by_name=True)


def _as_in_files(value: Any) -> Any:
    """Without what is computed (code), and with damaged dates in the words of the files."""
    if isinstance(value, list):
        return list(map(_as_in_files, value))
    if not isinstance(value, dict):
        return value
    if value.keys() == {"printed", "certain"}:
        certain = value["certain"]
        return {"原文": value["printed"]} | ({} if certain is None else {"可确定": certain})
    return {key: _as_in_files(part) for key, part in value.items() if key != "code" or "words" not in value}
