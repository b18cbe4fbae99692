"""Where sentences, headings inside an issue and pasted lines begin and end."""

from __future__ import annotations

from noticeboard.intake.drafting.patterns.pattern import choice, pattern

SENTENCE_END = pattern("句末", r"[。！？；：…!?;:”’》）)】\]]$", "现予以公布。", "。")
#: What stands inside a sentence but in no heading.
BREAKS_OFF = pattern("句中", r"[。；：，,;:]", "巡察反馈会后，局党组迅速部", "，")

#: What a heading inside an issue announces → the words for it.
LABELS: dict[str, tuple[str, ...]] = {
    "measures": (
        "整改措施", "具体措施", "主要措施", "措施", "主要做法", "整改举措", "具体举措", "整改具体措施", "整改落实措施",
        "采取措施", "采取的措施", "采取的主要措施",
    ),
    "progress": (
        "整改情况", "整改落实情况", "整改进展情况", "整改进展", "进展情况", "落实情况", "整改完成情况", "完成情况",
        "具体整改情况", "整改工作情况", "目前进展", "整改落实", "工作进展", "整改措施及成效", "整改措施和成效",
        "整改措施及进展情况", "整改措施和进展情况", "整改措施及完成情况", "整改措施及整改情况", "整改措施和完成情况",
        "整改落实进展情况", "整改工作进展情况", "主要整改情况", "整改",
        "整改落实措施及成效", "整改举措及成效", "措施及成效", "整改措施及落实情况", "集中整改情况", "整改工作进展",
    ),
    "result": ("整改成效", "成效", "取得成效", "取得的成效", "整改效果", "整改成果", "整改结果", "工作成效"),
    "status": ("整改状态", "完成状态", "状态", "是否完成", "完成程度", "整改进度", "销号情况", "是否销号", "办理状态"),
    "responsible": (
        "责任领导", "责任人", "责任单位", "责任部门", "责任科室", "责任股室", "责任处室", "牵头领导", "牵头单位",
        "牵头部门", "牵头科室", "配合单位", "配合部门", "分管领导", "主要责任人", "直接责任人", "具体责任人",
        "整改责任人", "牵头责任人", "整改责任领导", "整改责任单位", "整改责任部门", "包案领导", "责任主体",
    ),
    "deadline": ("整改时限", "完成时限", "整改期限", "完成期限", "完成时间", "整改完成时限", "时限要求", "时限", "整改时间"),
    "closed": ("销号日期", "销号时间", "完成销号时间", "整改销号时间", "验收销号时间"),
    "finding": (
        "存在问题", "反馈问题", "具体问题", "问题描述", "主要表现", "具体表现", "问题表现", "反馈意见", "巡察反馈",
        "问题",
    ),
    "next": ("下一步", "下步打算", "下一步打算", "下一步工作", "下一步措施", "下一步整改计划", "下步工作", "下一步计划",
             "下一步工作打算", "下步措施", "后续措施"),
}  # fmt: skip
LABEL_OF_WORDS = {word: kind for kind, many in LABELS.items() for word in many}

LABEL = pattern(
    "小标题",
    rf"[【\[（(](?P<boxed>{choice(LABELS)})[】\]）)][：:]?|(?P<label>{choice(LABELS)})[ 　]?[：:]",
    "整改成效：制度得到完善。", "整改成效：",
)  # fmt: skip
#: The same alone on its line.
LABEL_LINE = pattern("单独成行的小标题", rf"[【\[（(]?(?P<label>{choice(LABELS)})[】\]）)]?$", "整改情况")

#: What stands before a name as its label: 1.反馈问题：账目不清.
FINDING_LABEL = pattern(
    "名称前的小标题",
    r"[【\[]?(?:(?:反馈|存在|具体|巡察反馈)(?:的)?问题|反馈意见|问题)[】\]]?[：:][ 　]?",
    "反馈问题：账目不清",
    "反馈问题：",
)
#: Words with which a text goes on to what is still to be done.
GOES_ON_TO = pattern(
    "转入下一步",
    r"(?:下一步|下一阶段|下一步工作中|今后|接下来|下步)[，,、]|目前[，,]巡[察视]整改",
    "下一步，局党组将持续推进整改", "下一步，",
)  # fmt: skip
