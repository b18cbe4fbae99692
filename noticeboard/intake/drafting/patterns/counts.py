"""What a notice says in numbers."""

from __future__ import annotations

from noticeboard.intake.drafting.patterns.pattern import ARABIC, CHINESE, pattern

_UNITS = (
    r"亿元|万元|万余元|余万元|元|人次|人|次|个|项|条|大类|类|件|起|份|名|批|场|期|篇|户|宗|笔|套|处|家|名次|%|％|方面"
)
COUNT = pattern(
    "数和量词",
    rf"(?P<number>(?<![{ARABIC}.])[{ARABIC}]{{1,3}}(?:[,，][{ARABIC}]{{3}}){{1,3}}(?:\.[{ARABIC}]{{1,4}})?|[{ARABIC}]{{1,12}}(?:[.．][{ARABIC}]{{1,6}})?|(?<![第{CHINESE}])[{CHINESE}两]{{1,5}})"
    rf"[ 　]{{0,2}}(?:余|多)?(?P<unit>{_UNITS})(?!规定)",
    "巡察反馈的21个具体问题", "21个",
)  # fmt: skip
#: Nouns that a total counts → what the record calls it (项目).
SUBJECT_NOUNS: dict[str, tuple[str, ...]] = {
    "方面": ("方面", "大方面"),
    "具体表现": ("具体表现", "具体事例"),
    "问题": ("问题", "具体问题", "反馈问题", "整改问题", "突出问题", "个性问题", "主要问题", "问题清单", "方面的问题", "方面问题"),
    "意见建议": ("意见建议", "整改意见建议", "建议", "意见和建议", "整改建议", "工作建议"),
    "措施": ("措施", "整改措施", "具体措施", "具体整改措施", "整改举措"),
}  # fmt: skip
#: What else a notice boasts of or owns up to; the words before the number are its name.
OUTCOME = pattern(
    "成果的说法",
    r"制度|机制|办法|规定|建章立制|任务|整改意见|清收|欠款|问责|追责|约谈|谈话|处分|立案|诫勉|批评教育|提醒|处理|清退|清缴|退缴|退还|追缴|收缴|追回|追责|挽回|上缴|损失|资金|线索|整改率|完成率|检查|通报|移送|函询|留置|检讨",
    "工作提示约谈4人", "约谈",
)  # fmt: skip
#: 领办8个问题, 专项检查反馈的3个问题: not the issues of the notice.
OTHER_ISSUES = pattern(
    "别的问题",
    r"领办|签批|批示|督办|包案|研究|发现|排查|查找|查摆|自查|专项检查|上一?轮|巡查|提醒",
    "县委书记领办重点难点问题8个",
    "领办",
)
#: Beside a number of 方面: those of the findings, not 从三个方面发力.
OF_FINDINGS = pattern("反馈的方面", r"反馈|指出|存在|巡[察视]|问题|涉及", "反馈的4个方面25项具体问题", "反馈")
ALL_DONE = pattern(
    "全部完成",
    r"(?:已|均已|现已|已经|已全部|全部|均)(?:全部)?(?:整改)?(?:完成|到位|落实)(?:了)?(?:全部|所有)(?:巡[察视])?(?:反馈)?(?:整改)?(?:任务|问题)",
    "现已完成全部整改任务。", "现已完成全部整改任务",
)  # fmt: skip
