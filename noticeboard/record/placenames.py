"""Names of places at the beginning of a text: 北京市, 朝阳区 of 北京市朝阳区文联.

Places are told by the word for their kind (通名: 市, 区, 县 …), as GB/T 2260 writes them, since a made-up place must
be understood like a real one. Those words stand in names of offices too (城市管理局, 社区矫正中心, 区直机关): what is
no place is decided here, once.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from noticeboard.record.vocabulary import PROVINCES

#: 省 1, 市 2, 县 3, 乡镇 4, 村 5.
PROVINCE, CITY, COUNTY, TOWN, VILLAGE = range(1, 6)
#: Kinds of places with the levels at which they may stand; of two that fit, the longer one.
_RANKS = {
    "特别行政区": (PROVINCE,), "自治区": (PROVINCE,), "省": (PROVINCE,),
    "自治州": (CITY,), "地区": (CITY,), "州": (CITY,), "盟": (CITY,),
    "市": (CITY, COUNTY),
    "自治县": (COUNTY,), "自治旗": (COUNTY,), "林区": (COUNTY,), "特区": (COUNTY,),
    "新区": (COUNTY,), "区": (COUNTY,), "县": (COUNTY,), "旗": (COUNTY,),
    # Zones with offices of their own, which belong to no level.
    "开发区": (), "高新区": (), "经开区": (), "工业园区": (),
    "街道": (TOWN,), "民族乡": (TOWN,), "镇": (TOWN,), "乡": (TOWN,), "苏木": (TOWN,),
    "社区": (VILLAGE,), "村": (VILLAGE,),
}  # fmt: skip
_KINDS = sorted(_RANKS, key=len, reverse=True)
_ZONES = frozenset(kind for kind, ranks in _RANKS.items() if not ranks)
#: Without those that stand only in the lists below.
_LARGE = tuple(
    kind for kind in _KINDS if kind not in ("州", "林区") and (kind in _ZONES or min(_RANKS[kind]) <= COUNTY)
)
_SMALL = tuple(kind for kind in _KINDS if kind not in _ZONES and min(_RANKS[kind]) > COUNTY)
#: The nationalities whose names stand between that of an autonomous place and the word for its kind (the State's list
#: of 56, without 汉族); some stand there without 族: 蒙古自治县, 锡伯自治县.
_NATIONALITY = re.compile(
    r"(?:(?:蒙古|维吾尔|布依|朝鲜|土家|哈尼|哈萨克|傈僳|高山|拉祜|东乡|纳西|景颇|柯尔克孜|达斡尔|仫佬|布朗|撒拉|毛南|仡佬|锡伯|阿昌"
    r"|普米|塔吉克|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺|[回藏苗彝壮满侗瑶白傣黎佤畲水土羌怒京各])族"
    r"|蒙古|维吾尔|哈萨克|柯尔克孜|锡伯|塔吉克){1,9}$"
)
#: 自治州 are called so for short, while 州 ends the names of many cities (广州市).
_SHORT_PREFECTURES = re.compile(
    "(?:延边|恩施|湘西|阿坝|甘孜|凉山|黔西南|黔东南|黔南|西双版纳|文山|红河|德宏|怒江|迪庆|大理|楚雄|临夏|甘南|海北|黄南|海南"
    "|果洛|玉树|海西|昌吉|博尔塔拉|巴音郭楞|克孜勒苏|伊犁)州"
)
#: 湖南永州市: a province without the word for its kind, before a place.
_SHORT_PROVINCES = re.compile(
    "|".join(re.sub(r"省|市|(?:壮族|回族|维吾尔)?自治区|特别行政区", "", name) for name in PROVINCES.values())
)
#: Places whose names would be cut at a word for another kind inside them, each with its own kind.
_FIXED = {
    "沙县区": "区", "赣县区": "区", "梅县区": "区", "辉县市": "市", "市中区": "区", "市南区": "区", "市北区": "区",
    # The only one: of 万柏林区 the forest is part of the name.
    "神农架林区": "林区",
    # Not 河南 and 海南, as the provinces are called for short, and a place behind them.
    "河南蒙古族自治县": "自治县", "海南藏族自治州": "自治州",
}  # fmt: skip
#: Of one character only these are names; 城市, 社区, 联盟, 红旗 are words. (县 has many: 单县, 蔚县.)
_ONE_CHARACTER = {"市": "芒", "区": "城郊矿东西南北中", "旗": "", "盟": "", "省": ""}
_NO_COUNTIES = frozenset("本全我各该郡邻")
#: What an office is called, and no place: 石油管理局社区, 市场监督管理局.
_OF_OFFICES = re.compile(
    r"局|厅|院|校|所|队|处|室|站(?!前|区)|馆(?!陶)|委员|办公|支行|分行|共青团|武装部|供销社|工会|商会|学会|红十字会|机关|公司|集团|政府|检察|联合(?!旗)|协会|管理|建设|中心|银行|大学|中学|小学|服务|监督|监测|监狱"
    r"|住房|农业|农村|农垦|水利|教育|卫生|健康|文化|旅游|工业(?!园)|科技|科学|交通|财政|税务|公安(?!县)|司法|民政|生态|环境|林业|审计|统计|信访"
    r"|档案|图书|博物|社会|企业|国有|投资|研究|组织|宣传|统战|政法|纪律|党校|支部|总支|人大|政协|文联|妇联|残联|科协|军分|街道|社区"
)
#: What stands in no name of a place, but in what a title may begin with: 第五届市委, 2023年度.
_NO_NAME = re.compile(r"[^\u4e00-\u9fff]|[第届级的对与及在按据该]")
#: Words for stretches of land that are nobody's district.
_LAND = re.compile(
    r"(?:产业园|物流园|科技园|示范园|风景|名胜|保护|度假|保税|示范|试验|合作|功能|联)(?:区|盟)$|(?:工业|居民|生活|社)区$"
)
_NO_TOWNS = re.compile(r"^(?:城|乡|村|集|市|家|下|老|侨|水)(?:镇|乡|村)|^(?:农|新|乡|渔|驻)村|^社区|^街道")
#: Longer names of this kind there are none: 达尔罕茂明安联合旗; autonomous ones run over all their nationalities.
_LONGEST, _LONGEST_AUTONOMOUS, _LONGEST_TOWN = 9, 26, 7


@dataclass(frozen=True)
class Place:
    """朝阳区: ``stem`` 朝阳, ``kind`` 区; of an autonomous one the nationalities belong to the kind."""

    stem: str
    kind: str
    ranks: tuple[int, ...]

    @property
    def name(self) -> str:
        """As it is written."""
        return self.stem + self.kind

    @property
    def is_province(self) -> bool:
        """Whether it is a 省, 自治区 or 直辖市."""
        return self.ranks == (PROVINCE,)

    @property
    def is_zone(self) -> bool:
        """Whether it is a 开发区, 高新区 or the like, which belongs to no level."""
        return not self.ranks


@functools.lru_cache(maxsize=1024)
def place_named(name: str) -> Place | None:
    """The place of which this is the whole name."""
    found = list(places_in(name))
    return found[0] if len(found) == 1 and found[0].name == name else None


def places_in(text: str) -> Iterator[Place]:
    """Places from the beginning on, each of a lower level than the one before it."""
    above = 0
    while place := _place_at(text):
        lower = [rank for rank in place.ranks if rank > above]
        if place.ranks and not lower:
            return
        yield place
        text = text[len(place.name) :]
        above = lower[0] if lower else COUNTY
        if above == COUNTY:
            return


def _place_at(text: str) -> Place | None:
    """The place that a text begins with."""
    for name in PROVINCES.values():
        if text.startswith(name):
            return _place(name, next(kind for kind in _KINDS if name.endswith(kind)), (PROVINCE,))
    for name, kind in _FIXED.items():
        if text.startswith(name):
            return _place(name, kind)
    if short := _SHORT_PREFECTURES.match(text):
        return _place(short.group(), "州")
    if (province := _SHORT_PROVINCES.match(text)) and _place_at(text[province.end() :]):
        return Place(province.group(), "", (PROVINCE,))
    # 市场, 区直, 县域: what begins with the word for a kind is of an office.
    return None if text[:1] in tuple("省市县区旗盟") else _shortest(text)


def _shortest(text: str) -> Place | None:
    """The shortest beginning that can be a place."""
    for end in range(2, min(len(text), _LONGEST_AUTONOMOUS) + 1):
        kind = next((kind for kind in _LARGE if text.endswith(kind, 0, end)), None)
        if kind is None:
            continue
        name = text[:end]
        stem = name.removesuffix(kind)
        is_long = len(stem) >= _LONGEST and not kind.startswith("自治")
        if is_long or any(words.search(name) for words in (_NO_NAME, _OF_OFFICES, _LAND)):
            return None
        # 长沙市场监督管理局, as some write it, names no 市.
        if not _is_word(stem, kind) and not (kind == "市" and text.startswith("场", end)):
            return _place(name, kind)
    return None


def _is_word(stem: str, kind: str) -> bool:
    """Whether it is a word of the language and no name: 城市, 社区, 本县, 开发区's 地区."""
    if not stem:
        return kind not in _ZONES
    if kind == "县":
        return stem in _NO_COUNTIES
    return len(stem) == 1 and stem not in _ONE_CHARACTER.get(kind, stem)


def _place(name: str, kind: str, ranks: tuple[int, ...] | None = None) -> Place:
    stem = name.removesuffix(kind)
    nationality = _NATIONALITY.search(stem)
    if nationality is not None:
        # 东乡族自治县 and 鄂伦春自治旗 have no other name.
        stem = stem[: nationality.start()] if len(stem) - len(nationality.group()) > 1 else stem.removesuffix("族")
    return Place(stem, name[len(stem) :], _RANKS[kind] if ranks is None else ranks)


def towns_in(text: str) -> Iterator[Place]:
    """示例镇, 甲村: towns and villages from the beginning on."""
    above = 0
    while not _NO_TOWNS.match(text):
        found = next(
            (
                (text[:end], kind)
                for end in range(2, min(len(text), _LONGEST_TOWN) + 1)
                for kind in _SMALL
                if text.endswith(kind, 0, end) and end > len(kind)
            ),
            None,
        )
        if (
            found is None
            or _NO_NAME.search(found[0])
            or _OF_OFFICES.search(found[0].removesuffix(found[1]))
            or _RANKS[found[1]][0] <= above
        ):
            return
        place = _place(*found)
        yield place
        above = place.ranks[0]
        text = text[len(place.name) :]
