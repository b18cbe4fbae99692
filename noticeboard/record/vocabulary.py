"""The controlled words of the record, as tables: status words, topics, kinds, subjects of stated totals.

A new status word, topic or kind is one line here.
"""

from __future__ import annotations

import enum
from typing import Self


class StatusCode(enum.Enum):
    """What a status amounts to, for filters and colours; the words of the source stand beside it.

    Its Chinese name, which is also what 归类 takes; a sign of one character, so that colour is never the only sign; one
    sentence that tells a citizen what it means; the words that sources use for it.
    """

    _value_: str
    label: str
    sign: str
    meaning: str
    words: tuple[str, ...]

    # fmt: off
    COMPLETED = (
        "completed", "已完成", "✓", "通报称该问题已经整改完成。",
        (
            "已完成", "已完成整改", "完成整改", "整改完成", "已整改完成", "已整改", "整改到位", "已整改到位",
            "落实整改到位", "已落实整改到位", "已办结", "已销号",
        ),
    )
    COMPLETED_CONTINUING = (
        "completed_continuing", "已完成并长期坚持", "✓", "通报称已经整改完成，同时作为长期工作继续坚持。",
        ("已完成并长期坚持", "已完成整改并长期坚持", "完成并长期坚持", "已完成并持续推进", "已完成并持续坚持"),
    )
    BASICALLY_COMPLETED = (
        "basically_completed", "基本完成", "◕", "通报称主体任务已经完成，尚有收尾工作。",
        ("基本完成", "已基本完成", "基本完成整改", "基本整改到位", "已基本整改到位"),
    )
    PHASED = (
        "phased", "阶段性完成", "◑", "通报称完成了本阶段的任务，后续阶段继续推进。",
        ("阶段性完成", "已阶段性完成", "阶段性完成整改", "取得阶段性成效", "已取得阶段性成效"),
    )
    IN_PROGRESS = (
        "in_progress", "正在整改", "◔", "通报称正在整改，尚未完成。",
        ("正在整改", "正在推进", "正在推进整改", "整改中", "推进中", "正在进行", "未完成", "尚未完成"),
    )
    LONG_TERM = (
        "long_term", "长期整改", "↻", "通报称需要长期、持续努力整改。",
        ("长期整改", "长期坚持", "需长期坚持", "持续整改", "需要持续努力整改", "需持续整改", "需长期整改"),
    )
    NOT_STARTED = (
        "not_started", "尚未启动", "○", "通报称整改尚未开始。",
        ("尚未启动", "未启动", "尚未推进", "未推进", "尚未整改", "未整改"),
    )
    # fmt: on
    UNSTATED = ("unstated", "未标明", "－", "通报没有说明该问题的整改状态；本站不推断。", ("未标明",))

    def __new__(cls, value: str, label: str, sign: str, meaning: str, words: tuple[str, ...]) -> Self:
        """The code is its value, which never changes."""
        code = object.__new__(cls)
        code._value_ = value
        code.label, code.sign, code.meaning, code.words = label, sign, meaning, words
        return code


STATUS_OF_WORDS = {words: code for code in StatusCode for words in code.words}
STATUS_OF_LABEL = {code.label: code for code in StatusCode}

#: Statuses of a matter that is not yet closed.
OPEN_STATUSES = frozenset({StatusCode.PHASED, StatusCode.IN_PROGRESS, StatusCode.LONG_TERM, StatusCode.NOT_STARTED})


class StatedSubject(enum.Enum):
    """What a stated total counts, as far as this program can count it too."""

    SECTIONS = "sections"
    ISSUES = "issues"
    MEASURES = "measures"
    SUGGESTIONS = "suggestions"
    ALL_DONE = "all_done"


_SUBJECT_WORDS = {
    StatedSubject.SECTIONS: ("方面",),
    StatedSubject.ISSUES: ("问题", "具体问题", "反馈问题", "整改问题"),
    StatedSubject.MEASURES: ("措施", "整改措施"),
    StatedSubject.SUGGESTIONS: ("意见建议", "建议", "整改意见建议"),
    # Not a number but a claim: 已完成全部整改任务.
    StatedSubject.ALL_DONE: ("全部完成", "全部整改完成"),
}
SUBJECT_OF_WORDS = {words: subject for subject, many in _SUBJECT_WORDS.items() for words in many}

#: 文种 → code. 巡视 is the inspection by the centre and the provinces, 巡察 by cities and counties.
KINDS = {
    "巡察整改进展": "inspection_rectification",
    "巡视整改进展": "higher_inspection_rectification",
    "巡察反馈": "inspection_feedback",
    "巡视反馈": "higher_inspection_feedback",
    "审计整改结果": "audit_rectification",
    "督察整改进展": "supervision_rectification",
    "其他整改情况": "other_rectification",
}

#: 级别 of a unit → code.
LEVELS = {"省": "province", "市": "city", "县": "county", "乡镇": "township", "村": "village"}

#: 类别 of a unit → code.
UNIT_KINDS = {
    "党委部门": "party_department",
    "政府部门": "government_department",
    "人大政协机关": "congress_cppcc",
    "群团组织": "people_organisation",
    "事业单位": "public_institution",
    "国有企业": "state_enterprise",
    "学校": "school",
    "医院": "hospital",
    "乡镇街道": "township_subdistrict",
    "村社区": "village_community",
    "其他单位": "other",
}

#: 主题: name → slug, the last part of the address /topics/SLUG/.
TOPICS = {
    "理论学习": "theory-study",
    "意识形态": "ideology",
    "贯彻上级部署": "implementing-decisions",
    "深化改革": "reform",
    "营商环境": "business-environment",
    "服务中心大局": "serving-priorities",
    "乡村振兴": "rural-revitalisation",
    "文艺创作": "arts-creation",
    "宣传阵地": "publicity",
    "服务群众": "serving-people",
    "基层联系": "grassroots-ties",
    "协会管理": "associations",
    "人才队伍": "talent",
    "统一战线": "united-front",
    "保密工作": "confidentiality",
    "主体责任": "principal-responsibility",
    "党风廉政": "integrity",
    "廉政风险": "integrity-risk",
    "中央八项规定": "eight-point-rules",
    "作风建设": "work-style",
    "形式主义": "formalism",
    "财务管理": "finance",
    "采购管理": "procurement",
    "资产管理": "assets",
    "公务用车": "official-vehicles",
    "制度执行": "rules-observance",
    "公文档案": "documents-archives",
    "会议记录": "minutes",
    "三重一大": "major-decisions",
    "民主集中制": "democratic-centralism",
    "班子建设": "leadership",
    "选人用人": "personnel",
    "换届": "term-renewal",
    "党建工作": "party-building",
    "党员发展": "party-membership",
    "三会一课": "three-meetings-one-class",
    "组织生活": "organisational-life",
    "党建带群建": "party-leading-groups",
    "巡察整改": "inspection-follow-up",
}

#: First two digits of a GB/T 2260 code → province-level name.
PROVINCES = {
    "11": "北京市", "12": "天津市", "13": "河北省", "14": "山西省", "15": "内蒙古自治区",
    "21": "辽宁省", "22": "吉林省", "23": "黑龙江省",
    "31": "上海市", "32": "江苏省", "33": "浙江省", "34": "安徽省", "35": "福建省", "36": "江西省", "37": "山东省",
    "41": "河南省", "42": "湖北省", "43": "湖南省", "44": "广东省", "45": "广西壮族自治区", "46": "海南省",
    "50": "重庆市", "51": "四川省", "52": "贵州省", "53": "云南省", "54": "西藏自治区",
    "61": "陕西省", "62": "甘肃省", "63": "青海省", "64": "宁夏回族自治区", "65": "新疆维吾尔自治区",
    "71": "台湾省", "81": "香港特别行政区", "82": "澳门特别行政区",
}  # fmt: skip

#: The one-character name of a province, as filing numbers begin → first two digits of its GB/T 2260 code.
PROVINCE_SIGNS = {
    "京": "11", "津": "12", "冀": "13", "晋": "14", "蒙": "15", "辽": "21", "吉": "22", "黑": "23",
    "沪": "31", "苏": "32", "浙": "33", "皖": "34", "闽": "35", "赣": "36", "鲁": "37",
    "豫": "41", "鄂": "42", "湘": "43", "粤": "44", "桂": "45", "琼": "46",
    "渝": "50", "川": "51", "黔": "52", "滇": "53", "藏": "54",
    "陕": "61", "甘": "62", "青": "63", "宁": "64", "新": "65",
}  # fmt: skip
