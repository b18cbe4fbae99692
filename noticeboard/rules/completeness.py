"""What a citizen looks for and a notice may lack. Sources do lack it, so these are warnings."""

from __future__ import annotations

from collections.abc import Iterator

from noticeboard.problems import Severity, rule
from noticeboard.record.model import Notice
from noticeboard.record.walk import countable
from noticeboard.rules.registry import Finding, checks

_ACCEPT = "补上；原文没有的，在“已知差异”中写明"


@checks(rule("no-contact", Severity.WARNING, "通报载有联系方式", _ACCEPT))
def contact_is_given(notice: Notice) -> Iterator[Finding]:
    """Without phone, mail or address nobody can answer the notice."""
    if notice.contact is None or not notice.contact.reaches:
        yield Finding((), "通报没有电话、电子邮箱或地址")


@checks(rule("no-publication-date", Severity.WARNING, "通报载有发布日期或落款日期", _ACCEPT))
def publication_date_is_given(notice: Notice) -> Iterator[Finding]:
    """Neither posting nor signing date: a reader cannot tell how old the notice is."""
    if notice.publication.posted is None and notice.publication.signed is None:
        yield Finding(("发布",), "没有发布日期，也没有落款日期")


@checks(
    rule("source-cut-off", Severity.WARNING, "来源的文本完整", "找到完整的原文后补全；找不到的，在“已知差异”中写明")
)
def source_is_whole(notice: Notice) -> Iterator[Finding]:
    """原文缺损 says that the text at hand is not whole."""
    if notice.source_defect:
        yield Finding(("原文缺损",), "来源的文本不完整")


@checks(rule("no-topic", Severity.WARNING, "每个问题和意见建议都有主题", "从词表中选一至三个主题"))
def topics_are_given(notice: Notice) -> Iterator[Finding]:
    """Topics are how issues of different units are found together."""
    for placed in countable(notice):
        if not placed.issue.topics:
            yield Finding(placed.path, f"“{placed.issue.title}”没有主题")
    for at, suggestion in enumerate(notice.suggestions):
        if not suggestion.topics:
            yield Finding(("意见建议", at), f"“{suggestion.title}”没有主题")
