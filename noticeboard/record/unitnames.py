"""How a unit is named: 中共｜北京市｜朝阳区｜文联｜党组, and whether a name is that of a unit that is known."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from noticeboard.record.model import Unit
from noticeboard.record.placenames import CITY, COUNTY, PROVINCE, TOWN, Place, place_named, places_in, towns_in

#: Long names of units and what they are called for short.
_SHORT_FORMS = (
    ("文学艺术界联合会", "文联"), ("妇女联合会", "妇联"), ("残疾人联合会", "残联"), ("科学技术协会", "科协"),
    ("工商业联合会", "工商联"), ("归国华侨联合会", "侨联"), ("共产主义青年团", "共青团"),
    ("人民代表大会常务委员会", "人大常委会"), ("中级人民法院", "中院"), ("人民法院", "法院"), ("人民检察院", "检察院"),
    ("卫生健康委员会", "卫健委"), ("发展和改革委员会", "发改委"), ("农业委员会", "农委"),
)  # fmt: skip
_BODY = re.compile(r"(?:党组|党委|委员会|工委|党总支|党支部|机关党组|委员会党组|党的核心小组)$")

#: Organisations whose name stands before that of the place: 共青团示例市委, 国家税务总局示例县税务局.
_HEAD = re.compile(
    r"(?:新疆生产建设兵团(?:第[一二三四五六七八九十]+师)?|共青团|中国人民政治协商会议|政协|民革|民盟|民建|民进|农工党|致公党|九三学社|台盟"
    r"|国家[一-龥]{2,8}?(?:总局|局)|国网|中国[一-龥]{2,8}?(?:银行|集团有限公司|公司|集团))"
)

_SPEAKER = re.compile(
    r"(?:中共)?[本我该](?:单位|部门|机关|党|省|市|州|县|区|旗|镇|乡|村|街|社区|局|厅|部|委|办|院|校|所|中心|公司|集团|会)"
)


@dataclass(frozen=True)
class UnitName:
    """A unit's name taken apart: its places from the top down, and its office, as it is called for short.

    ``head`` is an organisation before the place (共青团 of 共青团示例市委); ``towns`` are 镇, 街道, 村 that begin the
    office, and belong to it.
    """

    places: tuple[Place, ...]
    office: str
    head: str = ""
    towns: tuple[Place, ...] = ()


def core_of(name: str) -> str:
    """市文联 of 中共某市文联党组: what a unit is called without its party body, long names in their short form."""
    name = re.sub(r"^中共|^中国共产党|[（(][^（()）]*[）)]|\s", "", name)
    for long, short in _SHORT_FORMS:
        name = name.replace(long, short)
    shorter = _BODY.sub("", name)
    return _BODY.sub("", shorter) or name


@functools.lru_cache(maxsize=1024)
def parsed(name: str) -> UnitName:
    """The parts of a unit's name; of 市文联, which names no place, all is office."""
    core = core_of(name)
    head = _HEAD.match(core)
    places = tuple(places_in(core[head.end() :] if head else core))
    if not places:
        return UnitName((), core, "", tuple(towns_in(core)))
    at = (head.end() if head else 0) + sum(len(place.name) for place in places)
    office = core[at:]
    return UnitName(places, office, head.group() if head else "", tuple(towns_in(office)))


def office_of(unit: UnitName) -> str:
    """What is compared of two offices: 文联 of 抚顺市文联, and of 市文联, which names no place."""
    office = unit.office if unit.places else re.sub(r"^[省市州盟县区旗镇乡]", "", unit.office)
    return f"{unit.head}{office}"


def is_same_name(name: str, other: str) -> bool:
    """Whether two names are one, more or less fully written: 祁阳市文联 and 湖南省祁阳市文学艺术界联合会."""
    first, second = parsed(name), parsed(other)
    if not first.places or not second.places:
        return core_of(name) == core_of(other) and _is_proper(first)
    names, others = ({place.name for place in unit.places} for unit in (first, second))
    is_same_place = first.places[-1] == second.places[-1] and (names <= others or names >= others)
    return is_same_place and office_of(first) == office_of(second)


def _is_proper(unit: UnitName) -> bool:
    """Whether a name without a place is one unit's all the same: 示例大学 is, 文联 and 人民医院 are everywhere."""
    return re.fullmatch(r"(?![省市州盟县区旗镇乡])[一-龥]{2,}(?:大学|学院|公司|集团|银行)", unit.office) is not None


def names_nobody(name: str) -> bool:
    """Whether it is what every unit calls itself: 本单位, 我局党组. 本溪市文联 is a name."""
    return _SPEAKER.match(name) is not None


def issuer_in(title: str) -> str:
    """Whose notice a title says that it is: 昭阳区文联 of 昭阳区文联关于…; empty where it begins with who inspected."""
    begin, about, _ = title.lstrip("《【“ \u3000").partition("关于")
    if not about:
        begin = re.split(r"巡[察视]|整改|审计", begin, maxsplit=1)[0]
        # 永州市委巡察整改情况 tells who inspected, 永州市委关于巡视整改情况 whose notice it is.
        if re.search(r"[省市州盟县区旗]委(?:第.+)?$", begin):
            return ""
    return "" if re.search(r"巡[察视]|反馈|指出", begin) or names_nobody(begin) else begin


def is_unit_of(name: str, unit: Unit) -> bool:
    """Whether a name with its place is this unit's, more or less fully; one without a place is only as the full name.

    文联 and 市文联 are every city's, 示例大学 is one.
    """
    named = parsed(_in_full(name, unit))
    if not named.places:
        return core_of(name) == core_of(unit.full_name) and _is_proper(named)
    if other_place(name, unit):
        return False
    owns = [parsed(own) for own in _names_of(unit)]
    regions = dict(_ranked_regions(unit))
    lasts = _own_places(owns, regions) or {region: {rank} for region, rank in regions.items()}
    is_same_place = any(_is_same(named.places[-1], last, ranks) for last, ranks in lasts.items())
    return is_same_place and any(office_of(named) == office_of(own) for own in owns)


def other_place(name: str, unit: Unit) -> str | None:
    """The place in a name that tells that it is not this unit's: 抚顺县文联 is not 抚顺市文联, 北京市朝阳区 not 昭阳区.

    A place of the same name at the same level is the same one, renamed (祁阳县, now 祁阳市); names of the unit in
    brackets count (襄阳市文联（原襄樊市文联）), and a unit whose folder had another name (旧址, 并入) may have been
    called after another place. A name without a place tells nothing.
    """
    named = parsed(_in_full(name, unit))
    owns = [parsed(own) for own in _names_of(unit)]
    regions = dict(_ranked_regions(unit))
    known = {name: {rank} for name, rank in regions.items()}
    for own in owns:
        for place in (*own.places, *own.towns):
            known.setdefault(place.name, set(place.ranks))
    strange = [place for place in (*named.places, *named.towns) if not _is_among(place, known, owns)]
    if strange:
        is_the_last = strange == [*named.places, *named.towns][-1:]
        has_other_stem = strange[0].stem not in {place.stem for own in owns for place in own.places}
        is_renamed = bool(unit.former_names or unit.absorbed) and is_the_last and has_other_stem
        return None if is_renamed else strange[0].name
    lasts = _own_places(owns, regions)
    if not lasts or not any(office_of(named) == office_of(own) for own in owns):
        return None
    if not named.places:
        # 县文联 is none of a 市; 市文联 can be that of a 区 which was a 市.
        below = re.match(r"[县区旗]", named.office)
        return below.group() if below and all(ranks == {CITY} for ranks in lasts.values()) else None
    # The city's office is not that of its county, though the county's unit names the city.
    last = named.places[-1]
    if last.name not in regions:
        return None
    last = replace(last, ranks=(regions[last.name],))
    return None if _is_among(last, lasts, owns) else last.name


def _in_full(name: str, unit: Unit) -> str:
    """湖南永州祁阳市文联 with 省 and 市 as in the unit's region: without, one would read a place 永州祁阳市."""
    begin, rest = "", core_of(name)
    regions = unit.region.names
    for at, region in enumerate(regions):
        lower, stem = regions[at + 1 :], _stem_of(region)
        behind = rest.removeprefix(stem)
        # 乐山市中区 is 乐山 and 市中区.
        if behind != rest and (behind.startswith(lower) or not rest.startswith(region)):
            is_short = behind.startswith((*lower, *map(_stem_of, lower)))
            begin, rest = (begin + region, behind) if is_short else (begin, rest)
        elif rest.startswith(region):
            begin, rest = begin + region, rest.removeprefix(region)
    return begin + rest


def _stem_of(region: str) -> str:
    place = place_named(region)
    return place.stem if place else region


def _names_of(unit: Unit) -> Iterator[str]:
    for name in (unit.full_name, unit.short_name):
        yield name
        yield from (
            re.sub(r"^(?:原|曾用名|以前)(?:名|为|称)?[：:]?", "", inner)
            for inner in re.findall(r"[（(]([^（()）]*)[）)]", name)
        )


def _ranked_regions(unit: Unit) -> Iterator[tuple[str, int]]:
    region = unit.region
    yield region.province, PROVINCE
    if region.city and region.city != region.province:
        # 省直辖县级: GB/T 2260 gives them 90 in the place of a city.
        yield region.city, COUNTY if region.code[2:4] == "90" else CITY
    if region.county:
        yield region.county, COUNTY


def _own_places(owns: list[UnitName], regions: dict[str, int]) -> dict[str, set[int]]:
    """The unit's own place by each of its names, with its levels: 抚顺市 is no county where the region says so."""
    lasts = (own.places[-1] for own in owns if own.places)
    return {place.name: {regions[place.name]} if place.name in regions else set(place.ranks) for place in lasts}


def _is_among(place: Place, known: dict[str, set[int]], owns: list[UnitName]) -> bool:
    """Whether a place is one of those ``known``, or tells nothing: a zone or a town where the unit names none."""
    if place.is_zone:
        # 合肥经开区 is 合肥经济技术开发区, but not 长沙经开区.
        zones = [own_place.stem for own in owns for own_place in own.places if own_place.is_zone]
        return not zones or any(zone.startswith(place.stem) or place.stem.startswith(zone) for zone in zones)
    if any(_is_same(place, name, ranks) for name, ranks in known.items()):
        return True
    # Of towns and villages only two of a kind can differ: a unit need not name the town in which it is.
    towns = {rank for own in owns for town in own.towns for rank in town.ranks}
    return min(place.ranks) >= TOWN and towns.isdisjoint(place.ranks)


#: Of these a county and a city are both there today.
_COUNTY_AND_CITY = frozenset({"伊宁", "临夏", "和田"})


def _is_same(place: Place, name: str, ranks: set[int]) -> bool:
    """Whether it is the place of this name and these levels, which may have become another kind: 祁阳县, now 祁阳市."""
    if place.name == name:
        return True
    # 玉树市 is in 玉树藏族自治州; a 地区 that became a 市 has the name of one.
    is_within = place.kind == "市" and CITY in ranks and not name.endswith("市")
    is_another = is_within or (place.stem in _COUNTY_AND_CITY and COUNTY in ranks)
    return not is_another and _stem_of(name) == place.stem and not ranks.isdisjoint(place.ranks)
