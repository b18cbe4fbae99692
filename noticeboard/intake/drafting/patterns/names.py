"""How a notice names its issues, and the formulas around the names."""

from __future__ import annotations

from noticeboard.intake.drafting.patterns.pattern import ARABIC, CHINESE, pattern

_ENDING = (
    r"(?:等)?(?:的)?(?:方面)?(?:存在)?(?:的)?(?:突出|具体|相关)?(?:问题)?(?:的)?"
    r"(?:整改落实进展情况|整改工作进展情况|整改工作完成情况|整改工作情况|整改进展情况|整改落实情况|整改完成情况"
    r"|整改情况|整改进展|整改措施|整改落实|整改工作|整改|进展情况|落实情况|方面)?"
)
#: What follows a name in quotation marks.
QUOTED_ENDING = pattern(
    "引号后的套语",
    rf"{_ENDING}(?:[（(][^（）()]{{1,20}}[）)])?[ 　]?(?=[。：:，,；;.]|$)",
    "的问题整改情况",
)
#: What a name begins with where it says that it is one.
NAMED = pattern(
    "关于",
    r"(?:(?:关于|针对|对照|对于|围绕)(?:巡[察视]组?)?(?:反馈|指出|提出)?的?)",
    "针对反馈的“账目不清”",
    "针对反馈的",
)
#: The same, which only means so before a quotation mark: 对协会管理不到位 is itself a name.
NAMED_BY_QUOTE = pattern("对“", r"(?:对|就|在|围绕)(?=[ 　]?[“\"「『‘])", "对“账目不清”问题的整改", "对")
#: 关于…的问题整改情况 without quotation marks. The signs that an ending may begin with are asked for first: to try every
#: ending behind every character of a name would take four times as long.
UNQUOTED_NAME = pattern(
    "关于……问题",
    r"(?P<name>[^。：:；;\n]{2,120}?)(?=[等的方存突具问整])(?P<ending>(?:等)?(?:的)?(?:方面)?(?:存在)?(?:的)?(?:突出|具体)?问题(?:的)?"
    r"(?:整改落实进展情况|整改工作进展情况|整改进展情况|整改落实情况|整改完成情况|整改工作情况|整改情况|整改进展|整改措施"
    r"|整改落实|整改工作|整改|进展情况|落实情况|方面)?|(?:等)?方面(?:的)?(?:问题|整改情况|整改进展情况|整改落实情况)?"
    r"|(?:的)?整改(?:进展|落实|完成)?情况)(?=[。：:，,；;（(]|$)",
    "档案管理不规范的问题整改情况。", "档案管理不规范的问题整改情况",
)  # fmt: skip
#: What ends a name that no word announced; too little to be taken off in the middle of a sentence.
BARE_ENDING = pattern(
    "无套语标题的结尾",
    r"(?:的问题(?:的)?(?:整改)?(?:进展|落实|完成)?(?:情况)?|问题(?:的)?整改(?:进展|落实|完成)?情况|问题的整改|(?<![的个])问题(?P<plain>)"
    r"|方面(?:存在)?(?:的)?(?:突出|具体|主要)?(?:问题)?(?:的)?(?:整改)?(?:进展|落实|完成)?(?:情况)?|(?P<weak>的?整改(?:进展|落实|完成)?情况))$",
    "档案管理不规范的问题", "的问题",
)  # fmt: skip
#: Where a name that nothing announces ends: with its sentence, before a list, before a word that opens the next one.
NAME_STOP = pattern(
    "标题的结束",
    r"[。；;！？!?]|[：:](?=[^0-9])|一是|①|(?:目前|下一步|今后)[，,]",
    "三、巩固整改成效目前,整改",
    "目前,",
)
#: The formula inside the quotation marks, which should have closed before it.
OCCURS = pattern("存在……问题", r"(?:存在|出现|发生|有)[^，,]{2,30}$", "审批不严格，存在超范围列支", "存在超范围列支")
MISPLACED_ENDING = pattern(
    "套语落在引号里",
    r"(?:的)?问题(?:的)?(?:整改(?:进展|落实|完成)?(?:情况)?|进展情况|落实情况)[。；]?$",
    "年度要点草率问题的整改。",
    "问题的整改。",
)
LOST_IN_QUOTES = pattern("问题落在引号里", r"(?:的)?问题$", "分配管理不严问题", "问题")
#: (7个问题) behind the name of a 方面.
COUNT_IN_BRACKETS = pattern(
    "标题中的数",
    rf"[（(][ 　]?(?:共|共计|计)?[ 　]?[{ARABIC}{CHINESE}]{{1,4}}[ 　]?[个项条类](?:[{ARABIC}{CHINESE}]{{1,4}}[ 　]?[个项条])?(?:具体)?(?:问题|意见建议|建议|事项)?[ 　]?[）)]",
    "聚焦基层党组织建设方面(5个问题)", "(5个问题)",
)  # fmt: skip
#: What findings are called: a heading that says so is an issue even where nothing announces it.
FAULT = pattern(
    "问题的说法",
    r"不到位|不够|不足|不力|不强|不严|不实|不高|不深|不紧|不多|不大|不准|不佳|不好|不清|不全|不彻底|不及时|不规范|不健全"
    r"|不完善|不扎实|不充分|不平衡|不明显|不聚焦|不细|不符|不精准|不主动|不重视|不落实|不执行|不坚决|不尽责|不履职|不作为"
    r"|不担当|不严肃|不严格|不严谨|不正|未[按落建制及开执履形完经有]|没有|缺失|缺乏|缺位|缺少|欠缺|滞后|薄弱|弱化|淡化|虚化"
    r"|偏差|偏弱|偏低|偏慢|较差|较弱|较乱|较慢|混乱|随意|违规|违反|超标|超范围|超标准|虚报|多报|冒领|挪用|截留|流失|闲置|浪费"
    r"|走过场|流于形式|陈旧|匮乏|宽松软|失职|脱节|应付|敷衍|拖延|懈怠|有待|亟待|停留在|未能|无专人"
    r"|不[一-龥]{0,3}$|难[以题]|仍然|依然|时有|缓慢|粗放|松散|涣散|空转|漏洞|断档|老化|单一|重[一-龥]{1,4}轻",
    "档案管理不规范", "不规范",
)  # fmt: skip
#: Words that name a fault in the name of an issue, but stand in headings of other parts as well (坚持问题导向).
WEAK_FAULT = pattern("问题的泛称", r"问题|短板|隐患|风险|差距|存在|形式主义|官僚主义|不足", "制度执行有差距", "差距")


NAME_GOES_ON = pattern(
    "标题的下半行",
    r"[^。，；：:;,“]{0,24}(?:方面|情况|(?:的)?问题)(?:的)?(?:整改(?:进展|落实)?(?:情况)?)?(?:[（(][^（）()]{1,12}[）)])?[。：]?",
    "法院贯彻落实情况方面",
)
#: A heading in the middle of a paragraph, where a text was pasted without its line ends.
INLINE_HEADING = pattern(
    "段中的标题",
    rf"(?<=[。；;！])[ 　]{{0,4}}(?=(?:[（(][{CHINESE}]{{1,3}}[）)]|[{CHINESE}]{{1,3}}、|[{ARABIC}]{{1,2}}[.．、]|[（(][{ARABIC}]{{1,2}}[）)])[ 　]?(?:关于|针对)[“\"一-龥]{{2,}})"
    rf"|(?<=[。；;！])[ 　]{{1,4}}(?=[{CHINESE}]{{1,3}}、[一-龥，]{{4,30}}[。：])"
    r"|(?<=通报)[ 　]{1,4}(?=根据|按照)|(?<=[。！])[ 　]{1,4}(?=[一二三四五六七八九]、)",
    "予以公布。 一、整改工作组织情况。局党组", " ",
)  # fmt: skip
