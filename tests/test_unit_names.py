"""Whose name it is: no notice stands in the folder of another place's unit, and no sound one is held for such."""

from __future__ import annotations

from pathlib import Path

import pytest

from noticeboard.record.model import Region, Unit
from noticeboard.record.placenames import places_in
from noticeboard.record.unitnames import core_of, issuer_in, other_place
from tests.program import run
from tests.records import NOTICE, UNIT, board_of, write

UNITS = {
    "fushun": ("抚顺市文联", "抚顺市文联", ("辽宁省", "抚顺市", ""), "210400"),
    "fushunxian": ("抚顺县文学艺术界联合会", "县文联", ("辽宁省", "抚顺市", "抚顺县"), "210421"),
    "zhaoyang": ("昭阳区文联", "昭阳区文联", ("云南省", "昭通市", "昭阳区"), "530602"),
    "qiyang": ("中共祁阳市文联党组", "祁阳市文联", ("湖南省", "永州市", "祁阳市"), "431181"),
    "jishishan": ("积石山县文联", "文联", ("甘肃省", "临夏回族自治州", "积石山保安族东乡族撒拉族自治县"), "622927"),
    "xiangyang": ("襄阳市文联（原襄樊市文联）", "襄阳市文联", ("湖北省", "襄阳市", ""), "420600"),
    "hongqi": ("红旗区文联", "区文联", ("河南省", "新乡市", "红旗区"), "410702"),
    "shizhong": ("市中区文联", "区文联", ("四川省", "乐山市", "市中区"), "511102"),
    "yushu": ("玉树州文联", "州文联", ("青海省", "玉树藏族自治州", ""), "632700"),
    "yining": ("伊宁县文联", "县文联", ("新疆维吾尔自治区", "伊犁哈萨克自治州", "伊宁县"), "654021"),
    "xiantao": ("仙桃市文联", "仙桃市文联", ("湖北省", "仙桃市", ""), "429004"),
    "tuanwei": ("共青团示例市委员会", "团示例市委", ("湖南省", "示例市", ""), "439900"),
    "zhen": ("中共示例县示例镇委员会", "示例镇党委", ("湖南省", "示例市", "示例县"), "439999"),
    "zone": ("示例高新技术产业开发区管委会", "示例高新区管委会", ("湖南省", "示例市", ""), "439900"),
    "yuan": ("示例投资集团", "示例集团", ("湖南省", "示例市", "示例县"), "439999"),
}


def unit(key: str) -> Unit:
    full, short, (province, city, county), code = UNITS[key]
    region = Region.model_validate({"省": province, "市": city or None, "县": county or None, "代码": code})
    return Unit.model_validate({"全称": full, "简称": short, "地区": region, "类别": "群团组织", "级别": "县"})


@pytest.mark.parametrize(
    ("key", "name", "place"),
    [
        ("fushun", "中共抚顺县文联党组", "抚顺县"),
        ("fushun", "抚顺市抚顺县文联", "抚顺县"),
        ("fushun", "抚顺市顺城区文联", "顺城区"),
        ("fushun", "辽宁省文联", "辽宁省"),
        ("fushun", "中共县文联党组", "县"),
        ("fushunxian", "抚顺市文联", "抚顺市"),
        ("zhaoyang", "中共北京市朝阳区文联党组", "北京市"),
        ("zhaoyang", "朝阳区文联", "朝阳区"),
        ("zhaoyang", "北京朝阳区文联", "北京"),
        ("qiyang", "湖南衡阳祁东县文联", "衡阳祁东县"),
        ("fushun", "辽宁抚顺县文联", "抚顺县"),
        ("yushu", "玉树市文联", "玉树市"),
        ("yining", "伊宁市文联", "伊宁市"),
        ("qiyang", "衡阳市祁东县文联", "衡阳市"),
        ("qiyang", "祁东县文联", "祁东县"),
        ("tuanwei", "共青团样例市委员会", "样例市"),
        ("zhen", "中共样例镇委员会", "样例镇"),
        ("zone", "样例高新区管委会", "样例高新区"),
        ("zhaoyang", "样例新区文联", "样例新区"),
        ("yuan", "样例县示例投资集团", "样例县"),
    ],
)
def test_a_name_of_another_place_is_told(key: str, name: str, place: str) -> None:
    assert other_place(name, unit(key)) == place


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("fushun", "市文联党组"),
        ("fushun", "文联"),
        ("fushun", "中共抚顺市文学艺术界联合会党组"),
        ("fushun", "辽宁省抚顺市文联"),
        ("fushunxian", "辽宁省抚顺市抚顺县文联"),
        ("fushunxian", "县文联"),
        # Renamed: 祁阳县 became 祁阳市, 襄樊市 襄阳市, 沔阳 仙桃; a prefecture by its short name.
        ("qiyang", "中共祁阳县文联党组"),
        ("qiyang", "县文联党组"),
        ("zhaoyang", "市文联党组"),
        ("qiyang", "永州地区祁阳县文联"),
        ("xiangyang", "襄樊市文联"),
        ("xiantao", "仙桃县文联"),
        ("jishishan", "临夏州积石山保安族东乡族撒拉族自治县文联"),
        ("jishishan", "积石山县文联党组"),
        ("tuanwei", "共青团示例市委"),
        # 省 and 市 left away, as people do.
        ("qiyang", "湖南祁阳市文联"),
        ("qiyang", "湖南永州祁阳市文联"),
        ("qiyang", "永州祁阳县文联"),
        ("fushun", "辽宁抚顺市文联"),
        ("hongqi", "河南新乡红旗区文联"),
        ("shizhong", "乐山市中区文联"),
        ("shizhong", "四川省乐山市市中区文联"),
        ("yushu", "青海省玉树藏族自治州文联"),
        # An office of its own, or an organisation, before another place.
        ("qiyang", "永州市红十字会零陵区分会"),
        ("qiyang", "湖南省消防总队长沙市支队"),
        ("tuanwei", "湖南省共青团样例市委"),
        # What is of a city's office by its own name, a town's of a town, and names of offices with the word for a kind.
        ("qiyang", "永州市生态环境局祁阳分局"),
        ("zhen", "示例县示例镇人民政府"),
        ("zhen", "示例镇示例村党支部"),
        ("zhaoyang", "区直机关工委"),
        ("zhaoyang", "昭阳区城市管理局"),
        ("zhaoyang", "社区矫正中心"),
        ("zone", "示例市高新区管委会"),
        ("zone", "示例高新技术产业开发区社会事务局"),
        ("yuan", "示例市示例投资集团"),
        ("yuan", "示例市高新区示例投资集团"),
        ("yuan", ""),
    ],
)
def test_a_name_of_the_unit_is_none_of_another_place(key: str, name: str) -> None:
    assert other_place(name, unit(key)) is None


@pytest.mark.parametrize(
    ("title", "issuer"),
    [
        ("中共北京市朝阳区文联党组关于巡察整改进展情况的通报", "中共北京市朝阳区文联党组"),
        ("抚顺县文联巡察整改情况公示", "抚顺县文联"),
        ("关于落实永州市委第三巡察组反馈意见整改情况的通报", ""),
        ("永州市委巡察整改进展情况", ""),
        ("永州市委第三巡察组向祁阳市文联反馈意见的整改情况", ""),
        ("中共永州市委关于巡视整改进展情况的通报", "中共永州市委"),
    ],
)
def test_the_issuer_in_a_title_is_not_who_inspected(title: str, issuer: str) -> None:
    assert issuer_in(title) == issuer


@pytest.mark.parametrize(
    "begin", ["第五届永州市委", "十四届示例县委", "2023年永州市", "城市管理局", "石油化工工业园社区", "全市", "本县"]
)
def test_what_is_no_place(begin: str) -> None:
    assert list(places_in(begin)) == []


def test_a_name_is_left_of_its_party_body() -> None:
    assert core_of("中共台州市椒江区文学艺术界联合会党组") == "台州市椒江区文联"


COUNTY = UNIT.replace("示例县示例局", "示例县文联").replace("示例局", "示例县文联")
BARE = NOTICE.replace("示例通报", "通报")


def found(folder: Path, notice: str, unit_file: str = COUNTY) -> list[str]:
    """What the rule says of a notice in the folder of 示例县文联: the lines of the keys that it points at."""
    other = {"qita/unit.yml": UNIT.replace("示例县示例局", "样例市文联"), "qita/2020.yml": BARE}
    _, problems = board_of(folder, {"wenlian/unit.yml": unit_file, "wenlian/2023.yml": notice, **other})
    file = folder / "wenlian/2023.yml"
    return [str(one.place.line) for one in problems if one.code == "other-unit" and one.file == file]


@pytest.mark.parametrize(
    ("more", "lines"),
    [
        ("署名: 样例县文联\n", ["6"]),
        ("署名: 示例县文联\n", []),
        # One of several issuers may be of another place, but not all of them.
        ("署名: [样例市文联, 示例县文联]\n", []),
        ("署名: [样例市文联, 样例县文联]\n", ["6"]),
        ("署名: 样例县文联\n状态: {词语: 撤下, 日期: 2024-05-06, 原因: 误发}\n", ["6"]),
        ("署名: 样例市文联\n联合单位: [qita]\n", []),
        # It came from the folder of another unit, or only has another date.
        ("署名: 样例县文联\n旧址: jiu/2020\n", []),
        ("署名: 样例县文联\n旧址: wenlian/2020\n", ["6"]),
    ],
)
def test_who_signed_is_of_the_place_of_the_unit(tmp_path: Path, more: str, lines: list[str]) -> None:
    assert found(tmp_path, BARE + more) == lines


def test_whom_the_title_names_is_of_the_place_of_the_unit_too(tmp_path: Path) -> None:
    def titled(title: str) -> str:
        return BARE.replace("标题: 通报", f"标题: {title}")

    assert found(tmp_path, titled("中共样例县文联党组关于巡察整改情况的通报")) == ["1"]
    assert found(tmp_path, titled("中共示例县文联党组关于巡察整改情况的通报")) == []
    assert found(tmp_path, titled("样例县文联、示例县文联关于巡察整改情况的通报") + "联合单位: [qita]\n") == []


def test_a_unit_whose_folder_had_another_name_may_have_been_of_a_place_of_another_name(tmp_path: Path) -> None:
    moved = COUNTY + "旧址: [jiuming-wenlian]\n"
    assert found(tmp_path / "a", BARE + "署名: 旧名县文联\n", moved) == []
    assert found(tmp_path / "b", BARE + "署名: 北京市旧名区文联\n", moved) == ["6"]
    assert found(tmp_path / "c", BARE + "署名: 湖南省旧名市示例县文联\n", moved) == ["6"]


def test_the_check_says_whose_it_is_and_does_not_let_it_pass(tmp_path: Path) -> None:
    write(tmp_path, {"wenlian/unit.yml": COUNTY, "wenlian/2023.yml": BARE + "署名: 中共样例县文联党组\n"})
    done = run("check", "--notices", tmp_path)
    assert done.returncode == 1
    assert "other-unit 署名“中共样例县文联党组”是样例县的，而这个文件夹是“示例县文联”的 — " in done.stdout
