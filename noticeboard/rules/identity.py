"""Who and where: units that exist, anchors that are used once, regions that fit their code."""

from __future__ import annotations

from collections.abc import Iterator

from noticeboard.board.board import Board, NoticeFile, UnitFolder
from noticeboard.board.folders import UNIT_FILE
from noticeboard.positions import KeyPath
from noticeboard.problems import Severity, rule
from noticeboard.record.model import Notice, Section, Unit
from noticeboard.record.unitnames import issuer_in, other_place
from noticeboard.record.vocabulary import PROVINCES
from noticeboard.record.walk import matters, walk
from noticeboard.rules.registry import Finding, checks

MAX_LEVELS = 4
OTHER_UNIT = rule(
    "other-unit",
    Severity.ERROR,
    "署名和标题说的是本单位，不是别处的同名单位",
    "别的单位的通报，用 new 写那个单位的名称，移到它自己的文件夹；地名改过的，在全称后写（原……）",
)


@checks(rule("unknown-unit", Severity.ERROR, "联合单位是本站已有的单位", "写该单位的文件夹名；还没有的先建 unit.yml"))
def joint_units_exist(board: Board) -> Iterator[tuple[NoticeFile | UnitFolder, Finding]]:
    """联合单位 names folders of units."""
    for filed in board.notices:
        for at, slug in enumerate(filed.notice.joint_units):
            # Asked of the folder: one file may be checked without the rest of the board.
            if not (filed.file.parent.parent / slug / UNIT_FILE).is_file():
                yield filed, Finding(("联合单位", at), f"没有名为“{slug}”的单位")


@checks(OTHER_UNIT)
def notices_are_of_their_unit(board: Board) -> Iterator[tuple[NoticeFile | UnitFolder, Finding]]:
    """A notice in the folder of another place's unit would be shown with that unit's name, region and telephone.

    One of several issuers (联合发布) may be of another place; a notice that came from the folder of another unit
    (旧址) bears that unit's name.
    """
    for unit in board.units:
        for filed in unit.every_notice:
            if all(address.startswith(f"{unit.slug}/") for address in filed.notice.former_addresses):
                yield from ((filed, finding) for finding in _other_units(filed.notice, unit.unit))


def _other_units(notice: Notice, unit: Unit) -> Iterator[Finding]:
    if notice.joint_units:
        return
    places = [other_place(name, unit) for name in notice.signatories]
    if places and all(places):
        what = f"署名“{notice.signatories[0]}”是{places[0]}的，而这个文件夹是“{unit.full_name}”的"
        yield Finding(("署名", 0), what)
    issuer = issuer_in(notice.title)
    if len(notice.signatories) <= 1 and (place := other_place(issuer, unit)):
        yield Finding(("标题",), f"标题中的“{issuer}”是{place}的，而这个文件夹是“{unit.full_name}”的")


@checks(rule("anchor-twice", Severity.ERROR, "同一通报中标识不重复", "给后面的一条换一个没有用过的标识；已公布的不改"))
def anchors_are_unique(notice: Notice) -> Iterator[Finding]:
    """标识 is the anchor in the address: a second one of the same name could never be reached."""
    sections: list[tuple[KeyPath, Section]] = [(("方面", at), section) for at, section in enumerate(notice.sections)]
    seen: set[str] = set()
    for path, anchored in (*sections, *matters(notice)):
        if anchored.id in seen:
            yield Finding((*path, "标识"), f"标识“{anchored.id}”在本通报中已经用过")
        seen.add(anchored.id)


@checks(rule("issue-levels", Severity.ERROR, "问题最多四级", "把第五级并入第四级的措施或进展"))
def issues_are_four_levels_deep(notice: Notice) -> Iterator[Finding]:
    """Pages and numbers know four levels (方面 apart)."""
    for placed in walk(notice):
        if len(placed.parents) == MAX_LEVELS:
            yield Finding(placed.path, f"“{placed.issue.title}”在第五级")


@checks(rule("region-code", Severity.ERROR, "地区名称与 GB/T 2260 代码相符", "查国家标准 GB/T 2260 或民政部公布的代码"))
def region_fits_its_code(unit: Unit) -> Iterator[Finding]:
    """GB/T 2260: two digits the province, two the city, two the county; 00 where there is none."""
    code, region = unit.region.code, unit.region
    province = PROVINCES.get(code[:2])
    if province != region.province:
        yield Finding(("地区", "代码"), f"代码 {code} 属于{province or '未知的省'}，而省写的是{region.province}")
    if code.endswith("00") and region.county:
        yield Finding(("地区", "代码"), f"写了县（{region.county}），而代码 {code} 不到县")
    if not code.endswith("00") and not region.county:
        yield Finding(("地区", "代码"), f"代码 {code} 到县，而没有写县")
