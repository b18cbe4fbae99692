"""Titles, parts, page furniture: what stands around the issues."""

from __future__ import annotations

import re

from noticeboard.intake.drafting.patterns.numbering import SERIES
from noticeboard.intake.drafting.patterns.pattern import ARABIC, CHINESE, pattern

#: What a heading of the top stands for, by words in it; the first that fits counts.
PART_WORDS: tuple[tuple[str, str], ...] = (
    ("意见建议", r"意见建议|意见和建议|建议(?:的)?(?:整改|落实|办理|采纳)"),
    (
        "下一步",
        r"下一步|下步|下一阶段|下阶段|今后|后续|努力方向|工作打算|工作计划|长效机制|巩固.{0,8}(?:成果|成效)|正视|持续推进|持续深化|深化整改|常态长效",
    ),
    ("其他专项", r"专项检查|专项整治|信访|线索(?:办理|处置|移交)|(?:立行立改|边巡边改).{0,6}(?:情况|问题)"),
    (
        "组织落实",
        r"组织|领导|认识|站位|责任|部署|统筹|机制|推进|担当|履行|总体|整体|基本情况|工作开展|落实.{0,6}主体|工作情况|问题导向|标本兼治|督促|督导|督查",
    ),
)
#: 存在的不足和下一步打算 names no issue, although it names a fault.
NEXT_STEPS = pattern("下一步的标题", r"下一步|下步|今后|打算|努力方向", "存在的不足和下一步打算", "下一步")
#: A heading that holds the issues and is none itself.
CONTAINER = pattern(
    "装问题的标题",
    r"(?:巡[察视]|反馈|集中|具体|主要|整改|重点|逐项|逐条|问题).{0,24}(?:情况|进展|落实|整改|成效|完成|措施)|问题清单|整改清单",
    "二、集中整改进展情况", "集中整改进展情况",
)  # fmt: skip
#: A heading under which the issues share a status; the words are looked up in the table of statuses.
STATUS_HEADING = pattern(
    "按状态分组的标题",
    rf"(?P<status>[^（()）。，,：:]{{2,14}}?)的?(?:整改)?(?:问题|事项|任务|整改事项|整改任务|整改问题)(?:整改)?(?:情况)?"
    rf"[ 　]{{0,2}}[（(]?[ 　]{{0,2}}(?:共|计|共计)?[ 　]{{0,2}}(?:[{ARABIC}{CHINESE}]{{1,4}}[ 　]{{0,2}}[个项条])?[ 　]{{0,2}}[）)]?[。：:]?$",
    "已整改完成的问题 24 个",
)  # fmt: skip
TITLE = pattern(
    "通报标题",
    r"(?:巡视|巡察|审计|督察|督查|督导|反馈|整改)[^。；;]{0,60}(?:通报|公告|公示|报告|情况|公开|进展)(?:[（(][^（）()]{1,24}[）)])?$",
    "中共示例市示例局党组关于巡察整改进展情况的通报", "巡察整改进展情况的通报",
)  # fmt: skip
#: 以下简称“区文联”.
SHORT_NAME = pattern(
    "简称",
    r"[（(](?:以下|下文|下)?简?称[：:]?[“\"「]?(?P<name>[^（）()”\"」]{2,20})[”\"」]?[）)]",
    "示例市示例局（以下简称“市示例局”）", "（以下简称“市示例局”）",
)  # fmt: skip

#: Lines that a portal, an editor or Word puts around a notice → the field that they fill; "" is none.
META: tuple[tuple[str, str], ...] = (
    ("来源", r"(?:信息|文章|稿件|内容)?来源(?:单位)?|发布(?:机构|单位|人)"),
    ("发布日期", r"(?:发布|发文|发稿|更新|录入|公开|公布|上传|信息|撰写|添加)(?:时间|日期)|日期|时间"),
    ("落款日期", r"成文日期|生成日期|印发日期"),
    ("索引号", r"索[ 　]?引[ 　]?号"),
    ("文号", r"文[ 　]{0,4}号|发文字号|文件编号"),
    ("", (r"作者|责任编辑|编辑|责编|审核|审签|初审|终审|复审|校对|录入|签发|供稿|撰稿|通讯员|记者|浏览(?:次数|量)?|阅读(?:次数|量)?|点击(?:次数|率|数|量)?|访问(?:次数|量)?"
         r"|字号|字体|字体大小|视力保护色|分享到?|打印|主题词|关键词|公开方式|有效性|主题分类|体裁分类|服务对象|名[ 　]{0,6}称|标[ 　]{0,6}题|公开范围|信息类别|分类")),
)  # fmt: skip
META_LABEL = pattern(
    "网页信息",
    "|".join(["(?:" + regex + ")" for _, regex in META]).join(["(?P<label>", r")[ 　]{0,2}[：:]"]),
    "信息来源：示例网", "信息来源：",
)  # fmt: skip
#: What a page says around its text without a colon.
PAGE_WORDS = pattern(
    "网页用语",
    r"(?:打印(?:本页|正文|本文)?|关闭(?:本页|窗口|页面)?|收藏(?:本页)?|分享(?:到|至)?|我要纠错|返回顶部|扫一扫.{0,20}|上一[篇条].{0,60}|下一[篇条].{0,60}"
    r"|字[号体][ 　：:]{0,2}|[【\[]?(?:大|中|小)[】\]]?|您?当前(?:的)?位置.{0,60}|首页[ 　>＞»/]{1,4}.{0,60}|[（(]?此件(?:主动|依申请|公开)公开[）)]?|[（(]?此件公开发布[）)]?"
    r"|浏览次数.{0,8}|正文|\[bookmark: ?[A-Za-z0-9_]{1,40}\])",
    "[bookmark: _GoBack]四是", "[bookmark: _GoBack]",
)  # fmt: skip
BOOKMARK = pattern(
    "书签", r"\[bookmark: ?[A-Za-z0-9_]{1,40}\]", "[bookmark: _GoBack]四是认真学习", "[bookmark: _GoBack]"
)
#: The sentence that invites the public, up to the details themselves.
INVITATION = pattern(
    "欢迎监督",
    r"(?:热忱|诚挚|竭诚|现将|敬请|真诚|热烈|特此)?(?:欢迎|敬请|接受|恳请|请)[^。；;\n]{0,40}(?:监督|反馈|反映|提出|评议)[^。；;\n]{0,20}|如有(?:什么)?(?:意见|建议|问题|不同)[^。；;\n]{0,50}|(?:若|如)(?:对|有)[^。；;\n]{0,50}",
    "欢迎广大干部群众对巡察整改落实情况进行监督。", "欢迎广大干部群众对巡察整改落实情况进行监督",
)  # fmt: skip


def part_of(title: str) -> str | None:
    """Which part of a notice a heading of this title begins, by the words in it."""
    return next((kind for kind, regex in PART_WORDS if re.search(regex, title)), None)


def starts_anew(text: str) -> bool:
    """Whether a line begins with a number of any series."""
    return any(series.regex.match(text) for series in SERIES)


#: 文种 by words of title or lead; the first that fits counts.
KIND_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("审计整改结果", pattern("审计", r"审计[^。，,]{0,30}整改", "关于2022年度审计查出问题整改情况的公告", "审计查出问题整改")),
    ("督察整改进展", pattern("督察", r"(?:督察|督导|督查)[^。，,]{0,24}整改", "关于生态环境保护督察反馈意见整改情况的报告", "督察反馈意见整改")),
    ("巡视整改进展", pattern("巡视", r"巡视[^。，,巡]{0,24}整改", "关于巡视整改进展情况的通报", "巡视整改")),
    ("巡察整改进展", pattern("巡察", r"巡察[^。，,]{0,24}整改", "关于巡察整改进展情况的通报", "巡察整改")),
    ("巡视反馈", pattern("巡视反馈", r"巡视[^。，,]{0,12}反馈", "关于巡视反馈情况的通报", "巡视反馈")),
    ("巡察反馈", pattern("巡察反馈", r"巡察[^。，,]{0,12}反馈", "关于巡察反馈情况的通报", "巡察反馈")),
    ("巡视整改进展", pattern("巡视组", r"巡视组|巡视", "省委巡视组开展了常规巡视", "巡视组")),
    ("巡察整改进展", pattern("巡察组", r"巡察组|巡察", "县委巡察组进行了巡察", "巡察组")),
    ("其他整改情况", pattern("整改", r"整改", "主题教育检视问题整改情况公示", "整改")),
)  # fmt: skip
#: Where in a title the name of who publishes it ends.
TITLE_HEAD = pattern(
    "标题中的发布单位",
    r"关于|对(?=[^，]{2,20}(?:反馈|整改))|落实|(?:[一二三四五六七八九十]{1,3}届)?(?:省|市|区|县)?委?(?:第[一二三四五六七八九十\d]{1,3}轮)?巡[察视](?:反馈|整改|发现|意见)|整改",
    "中共示例市示例局党组关于巡察整改进展情况的通报",
    "关于",
)
NAMED_SUBJECTS = pattern(
    "括号里点名",
    r"[（(](?:关于|即|分别为|为)?(?P<subjects>[^（）()]{2,60})[）)]",
    "正在整改的2条(关于文联换届和协会登记工作)",
    "(关于文联换届和协会登记工作)",
)
