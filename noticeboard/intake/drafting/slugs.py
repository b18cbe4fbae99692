"""The folder name of a new unit, which is its address for good: place and office in pinyin, and free of other units.

A place is read together with the word for its kind (朝阳区 chao, 昭阳区 zhao), whose syllables are then cut; what
pypinyin reads otherwise than the published romanization even so stands in a list here.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping

from pypinyin import lazy_pinyin

from noticeboard.record.placenames import Place
from noticeboard.record.unitnames import parsed

#: What a name that gives no letters becomes.
UNNAMED = "xin-danwei"
#: Readings of whole names without the word for their kind, against those of pypinyin 0.55.0: the romanized names of
#: GB/T 2260—2007 (中华人民共和国行政区划代码), and for 乐陵 and 覃塘 those of the places' own governments.
_NAMES = {
    "万柏林": "wanbailin", "马尾": "mawei", "闵行": "minhang", "漯河": "luohe", "曾都": "zengdu", "珲春": "hunchun",
    "单": "shan", "浚": "xun", "洪洞": "hongtong", "涡阳": "guoyang", "六合": "luhe", "筠连": "junlian",
    "荥经": "yingjing",
    "繁峙": "fanshi", "大城": "daicheng", "泊头": "botou", "召陵": "shaoling", "穆棱": "muling", "伽师": "jiashi",
    "红寺堡": "hongsibu", "龙圩": "longxu",
    "覃塘": "qintang", "乐陵": "laoling", "乐清": "yueqing", "乐亭": "laoting",
    "长子": "zhangzi", "蚌山": "bengshan", "浪卡子": "langkazi",
    # 山西 is shanxi; the romanization of the two provinces differs by letters, not by a tone.
    "陕西": "shaanxi",
}  # fmt: skip
#: Characters that have one reading in all other names of GB/T 2260, and several elsewhere.
_CHARACTERS = {"都": "du", "长": "chang", "勒": "le", "什": "shi", "朝": "chao", "乐": "le", "佛": "fo"}
#: The words for kinds as they are added where the name alone is taken: 抚顺县 → fushunxian.
_KIND = re.compile(r"(?:特别行政|自治)?[区州县旗]$|[省市盟州县旗区]$")
#: A folder name has 255 bytes at most in the usual file systems, and must still be read as an address.
_LONGEST = 100


def slug_of(name: str) -> str:
    """祁阳市文联 → qiyang-wenlian; a name that gives no letters: xin-danwei."""
    return next(_proposals(name, of_kind_first=True))


def free_slug(name: str, taken: Mapping[str, str]) -> tuple[str, str]:
    """A folder name for a new unit that no other has, and why it is not the plain one (empty where it is).

    ``taken``: folder name → whose it is, empty where that cannot be told.
    """
    plain = slug_of(name)
    if plain not in taken:
        return plain, ""
    holder = taken[plain]
    theirs, ours = parsed(holder).places[-1:], parsed(name).places[-1:]
    is_of_same_kind = bool(theirs and ours and theirs[0].kind == ours[0].kind)
    proposals = _proposals(name, of_kind_first=not is_of_same_kind)
    slug = next(proposed for proposed in proposals if proposed not in taken)
    whose = f"已经是“{holder}”的" if holder else "已经有了（里面的 unit.yml 读不出是哪个单位）"
    return slug, f"文件夹 {plain} {whose}，这个单位用 {slug}"


def _proposals(name: str, *, of_kind_first: bool) -> Iterator[str]:
    """The plain name, then with the kind of place, with the place above it in front, with both, and with a number."""
    unit = parsed(name)
    # 共青团示例市委 is 共青团 of its place, 国家税务总局示例县税务局 its 税务局; a 支行 is nothing without its bank.
    if unit.head and unit.office in ("", "委"):
        office = _spelt(unit.head)
    else:
        office = _spelt(unit.head + unit.office if unit.head.startswith("中国") else unit.office)
    if not unit.places:
        first = _joined([], office)
    else:
        *above, place = unit.places
        first = _joined([_of_place(place)], office)
        yield first
        with_kind = _joined([_of_place(place) + _kind(place)], office)
        with_above = [_joined([_of_place(upper), _of_place(place)], office) for upper in reversed(above)]
        with_both = [_joined([_of_place(upper), _of_place(place) + _kind(place)], office) for upper in reversed(above)]
        yield from [with_kind, *with_above] if of_kind_first else [*with_above, with_kind]
        yield from with_both
    yield from (first if nth == 1 else f"{first}-{nth}" for nth in itertools.count(1 if not unit.places else 2))


def _of_place(place: Place) -> str:
    # 合肥高新区 is not 合肥.
    if place.is_zone:
        return "".join(_spelt(place.name))
    if place.stem in _NAMES:
        return _NAMES[place.stem]
    stem = re.sub(r"[^一-龥]", "", place.stem)
    read = _spelt(stem + place.kind)[: len(stem)]
    return "".join(_CHARACTERS.get(character, syllable) for character, syllable in zip(stem, read, strict=True))


def _kind(place: Place) -> str:
    found = None if place.is_zone else _KIND.search(place.kind)
    return "".join(_spelt(found.group() if found else ""))


def _spelt(text: str) -> list[str]:
    """Its syllables, no more than a folder name can hold; what is no Chinese character is left out."""
    characters = re.sub(r"[^一-龥]", "", text)[:_LONGEST]
    return [re.sub(r"[^a-z]", "", syllable.lower()) for syllable in lazy_pinyin(characters)]


def _joined(places: list[str], office: list[str]) -> str:
    """The parts with hyphens between them; the office ends at a syllable where all of it would be too long."""
    before = "-".join(places)
    while office and len(before) + len("-") + sum(map(len, office)) > _LONGEST:
        office = office[:-1]
    return "-".join(filter(None, [before, "".join(office)])) or UNNAMED
