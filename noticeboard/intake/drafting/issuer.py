"""Whose notice it is: a unit that is known, or one proposed from its name; and the notice's address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from noticeboard.board.board import Board, UnitFolder
from noticeboard.board.folders import is_unit_name
from noticeboard.board.words import region_words
from noticeboard.intake.drafting.dates import dates
from noticeboard.intake.drafting.draft import ContactDraft, DateDraft, Draft, RegionDraft, UnitDraft, leaves
from noticeboard.intake.drafting.leaf import Leaf
from noticeboard.intake.drafting.patterns.people import UNIT_KIND_WORDS
from noticeboard.intake.drafting.slugs import free_slug
from noticeboard.record.dates import PROVISIONAL_YEAR
from noticeboard.record.model import Contact, Unit
from noticeboard.record.placenames import Place
from noticeboard.record.unitnames import (
    core_of,
    is_same_name,
    is_unit_of,
    issuer_in,
    names_nobody,
    office_of,
    other_place,
    parsed,
)


@dataclass(frozen=True)
class Issuer:
    """The folder name of the unit; ``is_known`` if it stands among the known ones already.

    ``why`` is what a person must be told of the choice: another unit has the plain folder name, or by what the unit
    was known; empty where there is nothing to tell.
    """

    slug: str
    name: str
    is_known: bool
    why: str = ""

    @property
    def told(self) -> list[str]:
        """The chosen unit, and why this one, in words."""
        known = "本站已有" if self.is_known else "新单位，文件夹名定了就不再改"
        return [f"单位：{self.name or '没有写名称'}（{self.slug}，{known}）", *filter(None, [self.why])]


def issuer(draft: Draft, board: Board) -> Issuer:
    """The unit that publishes, matched by name with the known ones, else proposed.

    A telephone or a mailbox, which offices of one building share, only confirms a name that gives no place (市文联),
    or stands in where there is no name at all.
    """
    names = [name for name in _names(draft) if not names_nobody(name)]
    # 县文联 is the short form of a name that is given in full beside it, not another clue.
    names = [name for name in names if parsed(name).places] or names
    reached = [folder for folder in board.units if _details(draft.record.contact) & _reachable(folder)]
    if not names and len(reached) == 1:
        return _known(reached[0], f"原文没有写明单位，是按电话或邮箱认作“{reached[0].unit.full_name}”的")
    for name in names:
        of_name = [folder for folder in board.units if is_unit_of(name, folder.unit)]
        of_name = [folder for folder in of_name if not _is_elsewhere(draft, name, folder.unit)]
        if not parsed(name).places:
            of_name = [folder for folder in reached if _may_be_called(name, folder.unit)] or of_name
        if len(of_name) > 1:
            of_name = [folder for folder in of_name if folder in reached] or of_name
        if len(of_name) == 1:
            return _known(of_name[0])
    # The name that tells most: the one with most places, the longest of them.
    name = max(names, key=lambda name: (len(parsed(name).places), len(name)), default="")
    new = _new(name, board)
    alike = next((folder for folder in board.units if core_of(name) == core_of(folder.unit.short_name)), None)
    if alike is None or parsed(name).places or new.why:
        return new
    why = f"“{name}”没有写是哪里的，没有认作“{alike.unit.full_name}”；确是它的，把草稿移到 {alike.slug} 文件夹"
    return replace(new, why=why)


def unit_named(asked: str, board: Board) -> Issuer | None:
    """The unit of a folder name or a Chinese name: one that is known, else a new one; ``None`` where it is neither."""
    folder = board.unit(asked) or next((unit for unit in board.units if asked in unit.former_slugs), None)
    if folder is not None:
        moved = f"{asked} 是“{folder.unit.full_name}”以前的文件夹名，现在用 {folder.slug}"
        return _known(folder, "" if asked == folder.slug else moved)
    if is_unit_name(asked):
        return Issuer(asked, "", is_known=False)
    if not re.search("[\u4e00-\u9fff]", asked) or set(asked) & set("/\\."):
        return None
    called = [unit for unit in board.units if asked in (unit.unit.full_name, unit.unit.short_name)]
    called = called or [unit for unit in board.units if is_unit_of(asked, unit.unit)]
    if len(called) == 1:
        return _known(called[0])
    begun = next((other.slug for other in board.others if asked in other.names), None)
    new = Issuer(begun, asked, is_known=False) if begun and not called else _new(asked, board)
    if not called:
        return new
    several = "、".join(f"{unit.slug}（{region_words(unit)}）" for unit in called)
    return Issuer(
        new.slug, asked, is_known=False, why=f"叫“{asked}”的单位本站有几个：{several}；是其中一个的，写文件夹名"
    )


def _known(folder: UnitFolder, why: str = "") -> Issuer:
    return Issuer(folder.slug, folder.unit.full_name, is_known=True, why=why)


def _new(name: str, board: Board) -> Issuer:
    """A unit that is not known yet: in the folder that was begun for it, else in one that no other unit has."""
    begun = next((other for other in board.others if any(is_same_name(name, own) for own in other.names)), None)
    if begun is not None and begun.slug not in {slug for unit in board.units for slug in unit.former_slugs}:
        return Issuer(begun.slug, name, is_known=False)
    slug, why = free_slug(name, board.holders)
    return Issuer(slug, name, is_known=False, why=why)


def _names(draft: Draft) -> Iterator[str]:
    """Who signed, else whom the document's own title names; the inspected body where it gives the place, or alone."""
    signed = [leaf.value for _, leaf in leaves(draft.record.signatories)]
    title = draft.record.title
    if not signed and title and title.words:
        signed = [name for name in [issuer_in(title.value)] if name]
    yield from signed
    for body in (inspection.bodies for inspection in draft.record.inspections if inspection.bodies):
        # A town that reports for its villages is none of them; nor is 抚顺县文联 the 市文联 that its text speaks of.
        offices = [office_of(parsed(name)) for name in signed if not parsed(name).places]
        if not signed or office_of(parsed(body.value)) in offices:
            yield body.value


def _may_be_called(name: str, unit: Unit) -> bool:
    """Whether a name without a place can be this unit's, whose telephone it gives: 市文联 is 抚顺市文联, no 区's."""
    level = re.match(r"[省市州盟县区旗]", core_of(name))
    for own in map(parsed, (unit.full_name, unit.short_name)):
        is_of_level = not level or not own.places or own.places[-1].name.endswith(level.group())
        if is_of_level and office_of(own) == office_of(parsed(name)):
            return not other_place(name, unit)
    return False


def _is_elsewhere(draft: Draft, name: str, unit: Unit) -> bool:
    """Whether the text says that the place of a name lies in another city or province than the unit's (朝阳区)."""
    places = parsed(name).places
    if len(places) != 1:
        return False
    before = re.findall(rf"([一-龥]{{2,8}}(?<![全我本该各城])[省市州盟])(?={places[0].name})", draft.lines.text)
    return any(not above.endswith(unit.region.names) for above in before)


def _details(contact: ContactDraft) -> set[str]:
    return {re.sub(r"\s", "", leaf.value) for _, leaf in (*leaves(contact.phones), *leaves(contact.emails))}


def _reachable(folder: UnitFolder) -> set[str]:
    contacts: Iterable[Contact | None] = [
        folder.unit.contact, *(filed.notice.contact for filed in folder.every_notice)
    ]  # fmt: skip
    details = (detail for contact in contacts if contact for detail in (*contact.phones, *contact.emails))
    return {re.sub(r"\s", "", detail) for detail in details}


def unit_record(name: str, contact: ContactDraft) -> UnitDraft:
    """A ``unit.yml`` for a unit that is not known yet; what a notice does not tell is left to a person."""
    core, unit = core_of(name), parsed(name)
    kind = next((kind for kind, regex in UNIT_KIND_WORDS if regex.search(core)), "其他单位")
    level = {"乡镇街道": "乡镇", "村社区": "村"}.get(kind) or _level(unit.places)
    where = Leaf("", doubt="查 GB/T 2260（民政部公布的行政区划代码），填上省、市、县的名称和六位代码")
    return UnitDraft(
        full_name=Leaf(name or "请填写单位全称", doubt="通报里的名称，看是不是全称"),
        short_name=Leaf(core or name or "请填写简称", doubt="列表和导航里用的名称"),
        region=RegionDraft(province=where, code=Leaf("")),
        kind=Leaf(kind, doubt="按名称推的"),
        level=Leaf(level, doubt="按名称推的"),
        contact=contact,
    )


def _level(places: tuple[Place, ...]) -> str:
    """省, 市 or 县 by the last of the places in a name; a 市 below another one is of a county's level."""
    if not places:
        return "市"
    *above, last = places
    if last.is_province:
        return "省"
    is_below_a_city = bool(above) and not above[-1].is_province
    return "县" if last.name[-1] in "区县旗" or (last.kind == "市" and is_below_a_city) else "市"


def date_name(draft: Draft) -> Leaf:
    """The DATE of the notice's address: signed, else posted, else 数据截至, else the latest year in the text."""
    published = draft.record.publication
    for date in (published.signed, published.posted, draft.record.as_of):
        # 12月14日, of no year, is a date, but gives no name.
        certain = date.certain if isinstance(date, DateDraft) else date
        if certain:
            return certain
    text = draft.lines.text
    years = [
        mention for mention in dates(text, 0, len(text)) if mention.year and mention.month and not mention.year_from
    ]
    if not years:
        doubt = (
            f"原文里没有年份，文件名里的 {PROVISIONAL_YEAR} 只是占位，不是原文说的：查到落款或发布的日期，"
            "写进“发布”的“落款日期”或“发布日期”，并把文件改名为这个日期，例如 2024-03-05.yml"
        )
        return Leaf(str(PROVISIONAL_YEAR), doubt=doubt)
    latest = max(years, key=lambda mention: mention.year or 0)
    return Leaf(str(latest.year), (latest.span,), doubt="没有发布日期和落款日期，文件名取文中最晚的年份")
