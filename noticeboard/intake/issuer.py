"""Whose notice it is: a unit that is known, or one proposed from its name; and the notice's address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pypinyin import lazy_pinyin

from noticeboard.board import Board
from noticeboard.folders import is_unit_name
from noticeboard.intake.draft import Draft, Leaf, Tree, leaves, without_blanks
from noticeboard.intake.patterns.people import SHORT_FORMS, UNIT_KIND_WORDS
from noticeboard.intake.spoken import dates
from noticeboard.model import Contact

_BODY = re.compile(r"(?:党组|党委|委员会|工委|党总支|党支部|机关党组|委员会党组|党的核心小组)$")
_PLACE = re.compile(
    r"(?:[一-龥]{2,8}?(?:省|自治区))?(?:[一-龥]{2,7}?(?:市|自治州|盟|地区))?(?:[一-龥]{1,6}?(?:区|县|市|旗))?"
)
_SUFFIX = re.compile(r"(?:省|自治区|市|自治州|州|盟|地区|区|县|旗)$")


@dataclass(frozen=True)
class Issuer:
    """The folder name of the unit; ``is_known`` if it stands among the known ones already."""

    slug: str
    name: str
    is_known: bool


def issuer(draft: Draft, board: Board) -> Issuer:
    """The unit that publishes, matched by name or contact details with the known ones, else proposed."""
    names = list(_names(draft))
    details = _details(draft.record.get("联系方式"))
    for folder in board.units:
        known = {core_of(folder.unit.full_name), core_of(folder.unit.short_name)}
        same_name = any(core_of(name) in known for name in names)
        contacts = [folder.unit.contact, *(filed.notice.contact for filed in (*folder.notices, *folder.retired))]
        if same_name or details & {one for contact in contacts if contact for one in _reachable(contact)}:
            return Issuer(folder.slug, folder.unit.full_name, is_known=True)
    name = max(names, key=lambda one: (bool(_PLACE.match(core_of(one)).group()), len(one)), default="")  # type: ignore[union-attr]
    return Issuer(slug_of(name), name, is_known=False)


def unit_named(asked: str, board: Board) -> Issuer | None:
    """The unit of a folder name or a Chinese name: one that is known, else a new one; ``None`` where it is neither."""
    for unit in board.units:
        names = {unit.unit.full_name, unit.unit.short_name}
        if asked == unit.slug or asked in names or core_of(asked) in map(core_of, names):
            return Issuer(unit.slug, unit.unit.full_name, is_known=True)
    if is_unit_name(asked):
        return Issuer(asked, "", is_known=False)
    if not re.search("[\u4e00-\u9fff]", asked) or set(asked) & set("/\\."):
        return None
    return Issuer(slug_of(asked), asked, is_known=False)


def _names(draft: Draft) -> Iterator[str]:
    for key in ("署名", "巡察"):
        for path, leaf in leaves(draft.record.get(key, [])):
            if key == "署名" or path[-1] == "对象":
                yield leaf.value


def core_of(name: str) -> str:
    """市文联 of 中共某市文联党组: what a unit is called without its party body, long names in their short form."""
    name = re.sub(r"^中共|^中国共产党|[（(].*?[）)]|\s", "", name)
    for long, short in SHORT_FORMS:
        name = name.replace(long, short)
    shorter = _BODY.sub("", name)
    return _BODY.sub("", shorter) or name


def _details(contact: Tree | None) -> set[str]:
    if not isinstance(contact, dict):
        return set()
    return {re.sub(r"\s", "", leaf.value) for path, leaf in leaves(contact) if path[0] in ("电话", "电子邮箱")}


def _reachable(contact: Contact) -> Iterator[str]:
    yield from (re.sub(r"\s", "", one) for one in (*contact.phones, *contact.emails))


def slug_of(name: str) -> str:
    """祁阳市文联 → qiyang-wenlian; a name that gives none: xin-danwei."""
    core = core_of(name)
    place = _PLACE.match(core)
    assert place is not None
    rest = core[place.end() :]
    towns = re.findall(r"[一-龥]{1,7}?(?:省|自治区|市|自治州|盟|地区|区|县|旗)", place.group()) or [""]
    parts = [_SUFFIX.sub("", towns[-1]) or towns[-1], rest]
    spelt = ["".join(lazy_pinyin(re.sub(r"[^一-龥A-Za-z0-9]", "", part), errors="ignore")).lower() for part in parts]
    return "-".join(re.sub(r"[^a-z0-9]", "", part) for part in spelt if part) or "xin-danwei"


def unit_record(draft: Draft, name: str) -> dict[str, Tree]:
    """A ``unit.yml`` for a unit that is not known yet; what a notice does not tell is left to a person."""
    core = core_of(name)
    place = _PLACE.match(core)
    assert place is not None
    towns = re.findall(r"[一-龥]{1,7}?(?:省|自治区|市|自治州|盟|地区|区|县|旗)", place.group())
    kind = next((kind for kind, regex in UNIT_KIND_WORDS if regex.search(core)), "其他单位")
    level = (
        "省"
        if any(one.endswith(("省", "自治区")) for one in towns) and len(towns) == 1
        else "县"
        if any(one[-1] in "区县旗" for one in towns)
        else "市"
    )
    level = "乡镇" if kind == "乡镇街道" else "村" if kind == "村社区" else level
    contact = draft.record.get("联系方式")
    return without_blanks(
        {
            "全称": Leaf(name or "请填写单位全称", doubt="通报里的名称，看是不是全称"),
            "简称": Leaf(core or name or "请填写简称", doubt="列表和导航里用的名称"),
            "地区": {
                "省": Leaf("", doubt="查 GB/T 2260（民政部公布的行政区划代码），填上省、市、县的名称和六位代码"),
                "代码": Leaf(""),
            },
            "类别": Leaf(kind, doubt="按名称推的"),
            "级别": Leaf(level, doubt="按名称推的"),
            "联系方式": contact,
        }
    )


#: The DATE of a draft whose document names no year: one that nobody takes for real, and the earliest of all.
PROVISIONAL_DATE = "1900"


def date_name(draft: Draft) -> Leaf:
    """The DATE of the notice's address: signed, else posted, else 数据截至, else the latest year in the text."""
    published = draft.record.get("发布")
    for holder, key in ((published, "落款日期"), (published, "发布日期"), (draft.record, "数据截至")):
        value = holder.get(key) if isinstance(holder, dict) else None
        if isinstance(value, dict):
            value = value.get("可确定")
        # 12月14日, of no year, is a date, but gives no name.
        if isinstance(value, Leaf) and value.value:
            return value
    text = draft.lines.text
    years = [
        mention for mention in dates(text, 0, len(text)) if mention.year and mention.month and not mention.year_from
    ]
    if not years:
        doubt = (
            f"原文里没有年份，文件名里的 {PROVISIONAL_DATE} 只是占位，不是原文说的：查到落款或发布的日期，"
            "写进“发布”的“落款日期”或“发布日期”，并把文件改名为这个日期，例如 2024-03-05.yml"
        )
        return Leaf(PROVISIONAL_DATE, doubt=doubt)
    latest = max(years, key=lambda one: one.year or 0)
    return Leaf(str(latest.year), (latest.span,), doubt="没有发布日期和落款日期，文件名取文中最晚的年份")
