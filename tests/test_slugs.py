"""Folder names: the place as it is romanized officially, the office behind it, and never one that another unit has."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noticeboard.board.folders import is_unit_name, load
from noticeboard.intake.drafting.slugs import free_slug, slug_of
from tests import five

#: Real names of places by kind, each with its published romanization (GB/T 2260) without the word for its kind.
PLACES = {
    "several readings": """
        朝阳区 chaoyang 朝阳市 chaoyang 朝阳县 chaoyang 昭阳区 zhaoyang 朝天区 chaotian 长治市 changzhi
        长子县 zhangzi 子长市 zichang 长垣市 changyuan 长沙市 changsha 长汀县 changting 长乐区 changle
        长葛市 changge 弓长岭区 gongchangling 天长市 tianchang 重庆市 chongqing 乐清市 yueqing 乐亭县 laoting
        乐陵市 laoling 乐山市 leshan 昌乐县 changle 民乐县 minle 南乐县 nanle 乐平市 leping 厦门市 xiamen
        番禺区 panyu 吐鲁番市 tulufan 台州市 taizhou 天台县 tiantai 东台市 dongtai 会宁县 huining 会理市 huili
        新会区 xinhui 四会市 sihui 铅山县 yanshan 东阿县 donge 阿城区 acheng 六安市 luan 六合区 luhe
        六盘水市 liupanshui 亳州市 bozhou 蚌埠市 bengbu 蚌山区 bengshan 丽水市 lishui 大埔县 dabu 黄埔区 huangpu
        单县 shan 莘县 shen 浚县 xun 蔚县 yu 歙县 she 黟县 yi 莒县 ju 蠡县 li 郫都区 pidu 邛崃市 qionglai
        儋州市 danzhou 东莞市 dongguan 尉犁县 yuli 尉氏县 weishi 井陉县 jingxing 牟平区 muping 中牟县 zhongmu
        牟定县 mouding 珲春市 hunchun 渑池县 mianchi 荥阳市 xingyang 荥经县 yingjing 柞水县 zhashui 枞阳县 zongyang
        犍为县 qianwei 繁峙县 fanshi 洪洞县 hongtong 涡阳县 guoyang 筠连县 junlian 泊头市 botou 大城县 daicheng
        召陵区 shaoling 南召县 nanzhao 穆棱市 muling 闵行区 minhang 行唐县 xingtang 漯河市 luohe 莆田市 putian
        马尾区 mawei 汕尾市 shanwei 曾都区 zengdu 都匀市 duyun 都昌县 duchang 成都市 chengdu 丰都县 fengdu
        花都区 huadu 佛山市 foshan 佛冈县 fogang 什邡市 shifang 喀什地区 kashi 吴堡县 wubu 红寺堡区 hongsibu
        宿州市 suzhou 宿迁市 suqian 句容市 jurong 盱眙县 xuyi 睢宁县 suining 无棣县 wudi 临朐县 linqu
        鄄城县 juancheng 郯城县 tancheng 芝罘区 zhifu 兖州区 yanzhou 阜新市 fuxin 岫岩满族自治县 xiuyan
        桓仁满族自治县 huanren 阆中市 langzhong 珙县 gong 綦江区 qijiang 涪陵区 fuling 北碚区 beibei 黄陂区 huangpi
        硚口区 qiaokou 蕲春县 qichun 监利市 jianli 秭归县 zigui 耒阳市 leiyang 攸县 you 溆浦县 xupu 澧县 li
        郴州市 chenzhou 深圳市 shenzhen 揭阳市 jieyang 百色市 baise 覃塘区 qintang 龙圩区 longxu 邕宁区 yongning
        勐海县 menghai 漾濞彝族自治县 yangbi 个旧市 gejiu 弥勒市 mile 册亨县 ceheng 宝坻区 baodi 蓟州区 jizhou
        栾城区 luancheng 藁城区 gaocheng 万柏林区 wanbailin 隰县 xi 岢岚县 kelan 解放区 jiefang 柘城县 zhecheng
        郏县 jia 鄢陵县 yanling 泌阳县 biyang 瀍河回族区 chanhe 调兵山市 diaobingshan 伽师县 jiashi 且末县 qiemo
        焉耆回族自治县 yanqi 浪卡子县 langkazi 堆龙德庆区 duilongdeqing 鄱阳县 poyang 婺源县 wuyuan 诸暨市 zhuji
        嵊州市 shengzhou 鄞州区 yinzhou 衢州市 quzhou 缙云县 jinyun 瓯海区 ouhai 陕西省 shaanxi 山西省 shanxi
    """,
    "kinds": """
        沙县区 shaxian 赣县区 ganxian 梅县区 meixian 辉县市 huixian 津市市 jinshi 沙市区 shashi 新市区 xinshi
        红旗区 hongqi 市中区 shizhong 市北区 shibei 市南区 shinan 城关区 chengguan 城中区 chengzhong 城区 cheng
        郊区 jiao 矿区 kuang 峰峰矿区 fengfengkuang 浦东新区 pudong 滨海新区 binhai 神农架林区 shennongjia
        六枝特区 liuzhi 公安县 gongan 芒市 mang 锡林郭勒盟 xilinguole 兴安盟 xingan 准格尔旗 zhungeer
        土默特左旗 tumotezuo 达尔罕茂明安联合旗 daerhanmaominganlianhe 鄂伦春自治旗 elunchun 鄂温克族自治旗 ewenke
        莫力达瓦达斡尔族自治旗 molidawa 梅里斯达斡尔族区 meilisi 管城回族区 guancheng
        积石山保安族东乡族撒拉族自治县 jishishan 双江拉祜族佤族布朗族傣族自治县 shuangjiang 东乡族自治县 dongxiang
        镇沅彝族哈尼族拉祜族自治县 zhenyuan 龙胜各族自治县 longsheng 察布查尔锡伯自治县 chabuchaer
        阿克塞哈萨克族自治县 akesai 塔什库尔干塔吉克自治县 tashikuergan 凉山彝族自治州 liangshan 凉山州 liangshan
        海西蒙古族藏族自治州 haixi 湘西州 xiangxi 巴音郭楞蒙古自治州 bayinguoleng 大兴安岭地区 daxinganling
        阿勒泰地区 aletai 内蒙古自治区 neimenggu 广西壮族自治区 guangxi 新疆维吾尔自治区 xinjiang 北京市 beijing
        石河子市 shihezi 阿拉尔市 alaer 图木舒克市 tumushuke 五家渠市 wujiaqu 广州市 guangzhou 通州区 tongzhou
        镇江市 zhenjiang 新乡市 xinxiang 景德镇市 jingdezhen
    """,
}
TABLE = [pair for rows in PLACES.values() for pair in re.findall(r"(\S+) (\S+)", rows)]


def test_the_table_is_long_and_names_no_place_twice() -> None:
    assert len({place for place, _ in TABLE}) == len(TABLE) > 200


@pytest.mark.parametrize(("place", "spelt"), TABLE)
def test_a_place_is_spelt_as_it_is_romanized(place: str, spelt: str) -> None:
    assert slug_of(f"中共{place}文联党组") == f"{spelt}-wenlian"


def test_the_units_that_are_published_would_be_given_the_folders_that_they_have() -> None:
    assert [slug_of(unit.unit.full_name) for unit in load(five.FOLDER)[0].units] == [
        "fushun-wenlian",
        "jiaojiang-wenlian",
        "qingyang-wenlian",
        "qiyang-wenlian",
        "zhaoyang-wenlian",
    ]


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        # Words for kinds of places in the name of an office are none.
        ("合肥市城市管理局", "hefei-chengshiguanliju"),
        ("广州市城市管理局", "guangzhou-chengshiguanliju"),
        ("长沙市市场监督管理局", "changsha-shichangjianduguanliju"),
        ("示例县市场监督管理局", "shili-shichangjianduguanliju"),
        ("社区矫正中心", "shequjiaozhengzhongxin"),
        ("示例县社区矫正中心", "shili-shequjiaozhengzhongxin"),
        ("示例市民政局", "shili-minzhengju"),
        ("市直机关工委", "shizhijiguan"),
        ("省直机关工委", "shengzhijiguan"),
        ("县直机关工委", "xianzhijiguan"),
        ("区直机关工委", "quzhijiguan"),
        ("岳麓区区直机关工委", "yuelu-quzhijiguan"),
        ("示例市住房和城乡建设局", "shili-zhufanghechengxiangjiansheju"),
        ("示例县农业农村局", "shili-nongyenongcunju"),
        ("示例县乡村振兴局", "shili-xiangcunzhenxingju"),
        ("示例市产业技术创新联盟", "shili-chanyejishuchuangxinlianmeng"),
        ("新市民服务中心", "xinshiminfuwuzhongxin"),
        # Above and below the place: the last one counts, a town belongs to the office.
        ("湖南省永州市祁阳市文学艺术界联合会", "qiyang-wenlian"),
        ("甘肃省临夏回族自治州积石山保安族东乡族撒拉族自治县文联", "jishishan-wenlian"),
        ("三明市沙县区文联", "shaxian-wenlian"),
        ("东莞市长安镇", "dongguan-changanzhen"),
        ("示例县示例镇", "shili-shilizhen"),
        ("示例街道戊社区", "shilijiedaowushequ"),
        # Organisations that stand before the place.
        ("共青团示例市委员会", "shili-gongqingtuan"),
        ("国家税务总局示例县税务局", "shili-shuiwuju"),
        ("新疆生产建设兵团第一师阿拉尔市教育局", "alaer-jiaoyuju"),
        ("中国农业银行示例县支行", "shili-zhongguonongyeyinhangzhixing"),
        # The province for short.
        ("湖南永州市文联", "yongzhou-wenlian"),
        ("广西南宁市文联", "nanning-wenlian"),
        ("海南省海口市文联", "haikou-wenlian"),
        ("青海省黄南州河南蒙古族自治县文联", "henan-wenlian"),
        ("吉林市文联", "jilin-wenlian"),
        ("天津市河北区文联", "hebei-wenlian"),
        # A zone in a city is not the city.
        ("合肥高新区管委会", "hefeigaoxinqu-guanweihui"),
        ("中共示例县委员会", "shili"),
        ("Example", "xin-danwei"),
        ("", "xin-danwei"),
    ],
)
def test_a_unit_is_named_by_its_last_place_and_its_office(name: str, slug: str) -> None:
    assert slug_of(name) == slug


@pytest.mark.parametrize(
    ("name", "taken", "slug"),
    [
        ("抚顺县文联", {}, "fushun-wenlian"),
        ("抚顺县文联", {"fushun-wenlian": "抚顺市文联"}, "fushunxian-wenlian"),
        ("抚顺市抚顺县文联", {"fushun-wenlian": "抚顺市文联"}, "fushunxian-wenlian"),
        # Two places of one name and one kind are told apart by what is above them.
        ("北京市朝阳区文联", {"chaoyang-wenlian": "长春市朝阳区文联"}, "beijing-chaoyang-wenlian"),
        ("朝阳区文联", {"chaoyang-wenlian": "北京市朝阳区文联"}, "chaoyangqu-wenlian"),
        ("玉林市文联", {"yulin-wenlian": "榆林市文联"}, "yulinshi-wenlian"),
        ("阜新蒙古族自治县文联", {"fuxin-wenlian": "阜新市文联"}, "fuxinzizhixian-wenlian"),
        ("抚顺县文联", {"fushun-wenlian": "", "fushunxian-wenlian": ""}, "fushun-wenlian-2"),
        ("文联党组", {"wenlian": "文联"}, "wenlian-2"),
        ("", {"xin-danwei": "", "xin-danwei-2": ""}, "xin-danwei-3"),
    ],
)
def test_a_name_that_is_taken_is_not_given_again(name: str, taken: dict[str, str], slug: str) -> None:
    found, why = free_slug(name, taken)
    assert found == slug
    assert bool(why) == bool(taken)


def test_it_is_said_whose_the_plain_name_is() -> None:
    assert free_slug("抚顺县文联", {"fushun-wenlian": "抚顺市文联"})[1] == (
        "文件夹 fushun-wenlian 已经是“抚顺市文联”的，这个单位用 fushunxian-wenlian"
    )
    assert "读不出是哪个单位" in free_slug("抚顺县文联", {"fushun-wenlian": ""})[1]


@given(st.text(alphabet=st.sampled_from("示例省市州盟县区旗镇乡村社街道自治高新开发委局长乐A1 （）族"), max_size=60))
def test_any_name_becomes_a_folder_name_that_no_other_has(name: str) -> None:
    taken: dict[str, str] = {}
    for _ in range(4):
        slug, _ = free_slug(name, taken)
        assert slug not in taken
        assert is_unit_name(slug)
        assert len(slug) <= 130
        taken[slug] = name


def test_a_name_of_any_length_becomes_an_address_at_once() -> None:
    begun = time.process_time()
    assert [len(slug_of(name)) <= 100 for name in ("示例县" * 30_000, "示例" * 50_000, "（" * 50_000)] == [True] * 3
    assert time.process_time() - begun < 5
