"""What is known of a notice and its inspections, as facts with a name: on its page and in search."""

from __future__ import annotations

from dataclasses import dataclass

from noticeboard.record.model import Inspection, Notice

#: In the place of a fact that the notice does not give.
NOT_GIVEN = "未载"


@dataclass(frozen=True)
class InspectionView:
    """Who inspected whom and when, as facts with a name: [("巡察组", "市委第三巡察组"), …]."""

    facts: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, inspection: Inspection) -> InspectionView:
        """The facts that the notice gives; what it does not give is left out."""
        start, end = inspection.start, inspection.end
        damaged = [date for date in (start, end, inspection.feedback_date) if date and date.words]
        facts = (
            ("巡察组", inspection.team or ""),
            ("被巡察单位", "、".join(inspection.bodies)),
            ("届次轮次", "".join(filter(None, (inspection.term, inspection.round)))),
            ("巡察方式", "、".join(inspection.modes)),
            ("巡察时间", f"{start or '开始日期未载'}至{end or '结束日期未载'}" if start or end else ""),
            ("反馈时间", str(inspection.feedback_date or "")),
            ("日期说明", "；".join(f"“{date.words}”原文如此" for date in damaged)),
        )
        return cls(tuple(fact for fact in facts if fact[1]))


def facts(notice: Notice) -> tuple[tuple[str, str], ...]:
    """What is known of a notice as a document, each with its name: [("文号", "示例发〔2023〕1号"), …]."""
    publication = notice.publication
    posted = str(publication.posted or "") + (f" {publication.posted_time}" if publication.posted_time else "")
    known = (
        ("文种", notice.kind),
        ("署名", "、".join(notice.signatories)),
        ("联合单位", "、".join(notice.joint_units)),
        ("文号", notice.document_number or ""),
        ("索引号", notice.index_number or ""),
        ("数据截至", str(notice.as_of or NOT_GIVEN)),
        ("落款日期", str(publication.signed or "")),
        ("发布日期", posted),
        ("来源", publication.source or ""),
        ("发布说明", publication.note or ""),
    )
    shown = [fact for fact in known if fact[1]]
    if not (publication.signed or publication.posted):
        shown.append(("发布日期", NOT_GIVEN))
    return tuple(shown)
