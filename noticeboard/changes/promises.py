"""What must stay once it is published: the rules of ``check --base``."""

from __future__ import annotations

from noticeboard.problems import Severity, rule

ADDRESS_GONE = rule(
    "address-gone",
    Severity.ERROR,
    "公布过的网址和数据文件一直有效（--base）",
    "恢复文件，或保留文件并写“状态: {词语: 撤下, 日期: …, 原因: …}”",
)
ANCHOR_GONE = rule(
    "anchor-gone", Severity.ERROR, "公布过的标识一直在（--base）", "恢复这一条；要更正它，改文字，不改标识"
)
ANCHOR_MOVED = rule(
    "anchor-moved", Severity.ERROR, "公布过的标识一直是原来那一条（--base）", "标识改回去；新加的一条另写没有用过的标识"
)
ENTRY_GONE = rule(
    "entry-gone", Severity.ERROR, "公布过的变更记录只增加，不改也不删（--base）", "照原样恢复；写错了的，再加一条说明"
)
_TOLD = "改错了的改回去；确实要改的，在“变更”里加一条"
FIGURE_CHANGED = rule("figure-changed", Severity.ERROR, "公布过的数改了，有变更记录（--base）", _TOLD)
STATUS_CHANGED = rule("status-changed", Severity.ERROR, "公布过的状态改了，有变更记录（--base）", _TOLD)
DATE_CHANGED = rule("date-changed", Severity.ERROR, "公布过的日期改了，有变更记录（--base）", _TOLD)
# The site's own day, not the notice's: nobody quotes it.
ENTRY_DAY_CHANGED = rule("entry-day-changed", Severity.WARNING, "公布过的收录日期改了，有变更记录（--base）", _TOLD)
TEXT_CHANGED = rule("text-changed", Severity.WARNING, "公布过的文字改了，有变更记录（--base）", _TOLD)
BASE_UNREADABLE = rule(
    "base-unreadable",
    Severity.WARNING,
    "用来比较的版本里的文件读得懂（--base）",
    "自己对照以前的内容，看有没有不该改的",
)
