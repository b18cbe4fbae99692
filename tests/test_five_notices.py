"""The five real notices, fact by fact, as their sources give them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from noticeboard.board.board import NoticeFile
from noticeboard.changes import guard
from noticeboard.checking.check import check
from noticeboard.problems import Severity
from noticeboard.record.counting import Agreement, listed, reconcile
from noticeboard.record.model import Notice
from noticeboard.record.vocabulary import StatusCode
from noticeboard.record.walk import countable
from tests import five

CHECKED = five.checked()
NOTICES = {filed.unit_slug.removesuffix("-wenlian"): filed for filed in CHECKED.board.notices}


@dataclass(frozen=True)
class Facts:
    """What a source says, and what is listed of it."""

    address: str
    title: str
    team: str
    start: str
    end: str
    feedback: str
    as_of: str | None
    signed: str | None
    posted: str | None
    #: (项目, 所属, the figure as typed)
    stated: list[tuple[str, str, str]]
    sections: int
    #: Issues that count under each 方面; of the whole notice where it has none.
    issues: list[int]
    parents: int
    measures: int
    suggestions: int
    statuses: dict[StatusCode, int]
    phone: str | None
    email: str | None
    street: str | None
    #: Warnings that must be found, each with the reason for which it is accepted.
    warnings: list[str] = field(default_factory=list)


FACTS = {
    "qiyang": Facts(
        address="qiyang-wenlian/2023-12",
        title="中共祁阳市文联党组关于巡察整改进展情况的通报",
        team="市委第三巡察组",
        start="2022-09-08",
        end="2022-12-08",
        feedback="2023-02-09",
        as_of="2023-12",
        signed=None,
        posted=None,
        stated=[("问题", "问题", "21个"), ("已完成整改", "问题", "21个")],
        sections=4,
        issues=[0, 0, 0, 0],
        parents=0,
        measures=10,
        suggestions=0,
        statuses={},
        phone="0746-3229641",
        email="qywl3229641@163.com",
        street=None,
        warnings=["issues-total", "no-publication-date"],
    ),
    "jiaojiang": Facts(
        address="jiaojiang-wenlian/2021",
        title="台州市椒江区文学艺术界联合会关于巡察整改进展情况的通报",
        team="区委第四巡察组",
        start="2021-02-23",
        end="2021-03-10",
        feedback="2021-06-10",
        as_of=None,
        signed=None,
        posted=None,
        stated=[
            ("方面", "问题", "3"),
            ("问题", "问题", "18个"),
            ("已完成整改", "问题", "17个"),
            ("正在整改", "问题", "1个"),
            ("工作提示约谈", "问题", "4人"),
            ("新建和完善制度", "问题", "18项"),
        ],
        sections=3,
        issues=[5, 8, 2],
        parents=9,
        measures=43,
        suggestions=0,
        statuses={StatusCode.UNSTATED: 15},
        phone=None,
        email=None,
        street=None,
        warnings=["issues-total", "no-contact", "no-publication-date", "status-total"],
    ),
    "zhaoyang": Facts(
        address="zhaoyang-wenlian/2023-12-14",
        title="昭阳区文联关于巡察整改进展情况的通报",
        team="区委第一巡察组",
        start="2023-03-23",
        end="2023-05-11",
        feedback="2023-06-16",
        as_of=None,
        signed="2023-12-14",
        posted="2023-12-15",
        stated=[("制度", "问题", "26项")],
        sections=4,
        issues=[16, 12, 4, 2],
        parents=9,
        measures=75,
        suggestions=0,
        statuses={StatusCode.UNSTATED: 34},
        phone="0870-2832012",
        email="460602891@qq.com",
        street="昭阳区龙泉路47号",
    ),
    "qingyang": Facts(
        address="qingyang-wenlian/2023",
        title="中共庆阳市文联党组关于五届市委第一轮巡察整改进展情况的通报",
        team="市委第三巡察组",
        start="2022-08-19",
        end="2022年11月15",
        feedback="2023-01-16",
        as_of=None,
        signed=None,
        posted=None,
        stated=[
            ("方面", "问题", "4个"),
            ("问题", "问题", "25项"),
            ("落实整改到位", "问题", "22条"),
            ("正在整改", "问题", "2条"),
            ("需要持续努力整改", "问题", "1条"),
        ],
        sections=4,
        issues=[7, 0, 0, 0],
        parents=0,
        measures=0,
        suggestions=0,
        statuses={StatusCode.IN_PROGRESS: 1, StatusCode.UNSTATED: 6},
        phone=None,
        email=None,
        street=None,
        warnings=["issues-total", "no-contact", "no-publication-date", "source-cut-off", "status-total"],
    ),
    "fushun": Facts(
        address="fushun-wenlian/2025",
        title="市文联党组关于巡察整改情况的通报",
        team="市委第二巡察组",
        start="2024-11-18",
        end="2025-01-17",
        feedback="2025-03-04",
        as_of=None,
        signed=None,
        posted=None,
        stated=[
            ("反馈事项", "问题", "4项"),
            ("问题", "问题", "24个"),
            ("已完成整改", "问题", "24个"),
            ("尚未推进", "问题", "0个"),
            ("意见建议", "问题", "4个"),
            ("正在推进", "意见建议", "4个"),
            ("尚未推进", "意见建议", "0个"),
            ("措施", "问题", "71条"),
            ("已完成", "措施", "71条"),
            ("制定制度", "问题", "1个"),
            ("挽回经济损失", "问题", "0元"),
            ("问责", "问题", "0人"),
            ("全部完成", "问题", ""),
        ],
        sections=0,
        issues=[24],
        parents=0,
        measures=71,
        suggestions=4,
        statuses={StatusCode.COMPLETED: 24},
        phone="024-52606479",
        email="fsswlbg@126.com",
        street="辽宁省抚顺市顺城区滴翠路11号",
        warnings=["done-but-open", "no-publication-date"],
    ),
}

each = pytest.mark.parametrize("name", FACTS)


def words(date: object) -> str | None:
    return None if date is None else getattr(date, "words", None) or getattr(date, "iso", None)


def agreement(notice: Notice, subject: str, of: str = "问题") -> Agreement:
    (found,) = (one for one in reconcile(notice) if one.stated.subject == subject and one.stated.of == of)
    return found.agreement


def test_these_are_all_and_nothing_is_wrong_with_them() -> None:
    assert sorted(NOTICES) == sorted(FACTS)
    assert [str(problem) for problem in CHECKED.problems] == []


@pytest.mark.skipif(
    len(five.PUBLISHED) < len(five.FILES), reason="notices/ 里没有测试自带的通报，没有可比的：不用做什么"
)
def test_on_this_site_nothing_of_them_changed_in_silence() -> None:
    """What was corrected since says so itself (变更)."""
    now = check(paths=[file for file in five.PUBLISHED if file.name != "unit.yml"]).board
    lost = [problem for problem in guard.broken_promises(CHECKED.board, now) if problem.severity is Severity.ERROR]
    assert [str(problem) for problem in lost] == []


@each
def test_title_address_and_dates(name: str) -> None:
    facts, filed = FACTS[name], NOTICES[name]
    notice = filed.notice
    (inspection,) = notice.inspections
    assert filed.address == facts.address
    assert notice.title == facts.title
    assert notice.title_supplied == (name == "zhaoyang")
    assert inspection.team == facts.team
    given = (inspection.start, inspection.end, inspection.feedback_date)
    assert tuple(map(words, given)) == (facts.start, facts.end, facts.feedback)
    others = (notice.as_of, notice.publication.signed, notice.publication.posted)
    assert tuple(map(words, others)) == (facts.as_of, facts.signed, facts.posted)


@each
def test_stated_totals_are_quoted_in_their_order(name: str) -> None:
    stated = NOTICES[name].notice.stated
    assert [(one.subject, one.of, one.figure) for one in stated] == FACTS[name].stated
    assert all(one.quote for one in stated)


@each
def test_what_is_listed(name: str) -> None:
    facts, notice = FACTS[name], NOTICES[name].notice
    counts = listed(notice)
    assert counts.sections == facts.sections == len(notice.sections)
    assert [listed(section).issues for section in notice.sections or [notice]] == facts.issues
    assert len({placed.parents[-1].id for placed in countable(notice) if placed.parents}) == facts.parents
    assert (counts.measures, counts.suggestions) == (facts.measures, facts.suggestions)
    assert counts.issue_statuses == Counter(facts.statuses)


@each
def test_contact(name: str) -> None:
    facts, contact = FACTS[name], NOTICES[name].notice.contact
    if contact is None:
        assert (facts.phone, facts.email, facts.street) == (None, None, None)
        return
    assert contact.phones == (facts.phone,)
    assert contact.emails == (facts.email,)
    assert contact.address == facts.street
    assert contact.checked is None


@each
def test_warnings_are_found_and_accepted_with_a_reason(name: str) -> None:
    accepted = CHECKED.accepted[FACTS[name].address]
    assert sorted({one.problem.code for one in accepted}) == FACTS[name].warnings


@each
def test_every_issue_has_a_topic_and_every_measure_stands_for_one_of_the_source(name: str) -> None:
    for placed in countable(NOTICES[name].notice):
        assert placed.issue.topics
        assert bool(placed.issue.measures) != bool(placed.issue.progress), placed.issue.id


@pytest.mark.parametrize(
    ("name", "subject", "of", "result"),
    [
        ("qiyang", "问题", "问题", Agreement.NOT_LISTED),
        ("jiaojiang", "方面", "问题", Agreement.AGREES),
        ("jiaojiang", "问题", "问题", Agreement.DIFFERS),
        ("jiaojiang", "正在整改", "问题", Agreement.NOT_LISTED),
        ("qingyang", "问题", "问题", Agreement.DIFFERS),
        ("qingyang", "正在整改", "问题", Agreement.DIFFERS),
        ("fushun", "问题", "问题", Agreement.AGREES),
        ("fushun", "措施", "问题", Agreement.AGREES),
        ("fushun", "正在推进", "意见建议", Agreement.AGREES),
        ("fushun", "尚未推进", "问题", Agreement.AGREES),
        ("fushun", "问责", "问题", Agreement.NO_COUNT),
        ("fushun", "全部完成", "问题", Agreement.DIFFERS),
    ],
)
def test_stated_against_listed(name: str, subject: str, of: str, result: Agreement) -> None:
    assert agreement(NOTICES[name].notice, subject, of) is result


class TestTraps:
    """What is hard in each source."""

    def test_qiyang_numbers_its_headings_as_printed_and_its_measures_stand_under_them(self) -> None:
        sections = NOTICES["qiyang"].notice.sections
        assert [section.number for section in sections] == ["1、", "2、", "三、", "四、"]
        assert [len(section.measures) for section in sections] == [4, 3, 3, 0]
        assert sections[3].progress

    def test_jiaojiang_has_four_issues_without_a_number_and_one_with_its_headings_title(self) -> None:
        leaves = countable(NOTICES["jiaojiang"].notice)
        assert sum(placed.issue.number is None for placed in leaves) == 4
        same = [placed.issue.title for placed in leaves if placed.issue.title == placed.parents[-1].title]
        assert same == ["党建带群建作用发挥不到位"]

    def test_zhaoyang_mends_a_missing_quotation_mark_and_keeps_the_printed_line(self) -> None:
        notice = NOTICES["zhaoyang"].notice
        (mended,) = [section for section in notice.sections if section.printed_title]
        assert mended.title == "落实党建主体责任不到位,执行‘三会一课’制度、抓班子、带队伍仍有薄弱环节"
        assert mended.printed_title == f"(三)关于“{mended.title}方面。"
        assert (notice.publication.source, notice.publication.posted_time) == ("昭阳信息网", "10:58")

    def test_qingyang_keeps_a_damaged_date_and_settles_one_status(self) -> None:
        notice = NOTICES["qingyang"].notice
        end = notice.inspections[0].end
        assert end is not None
        assert (str(end), end.iso) == ("2022年11月15", "2022-11")
        settled = [placed.issue for placed in countable(notice) if placed.issue.status.code != StatusCode.UNSTATED]
        assert [(issue.number, issue.status.words, issue.status.basis) for issue in settled] == [
            ("问题四", "正在整改", "通报总数")
        ]
        assert [section.stated[0].count for section in notice.sections] == [7, 11, 5, 2]
        assert notice.source_defect

    def test_fushun_counts_measures_of_issues_and_suggestions_and_mends_18_titles(self) -> None:
        notice = NOTICES["fushun"].notice
        assert sum(len(issue.measures) for issue in notice.issues) == 57
        assert sum(len(suggestion.measures) for suggestion in notice.suggestions) == 14
        assert sum(issue.printed_title is not None for issue in notice.issues) == 18
        assert {(issue.status.words, issue.status.basis) for issue in notice.issues} == {("已整改完成", "所在标题")}
        assert {(one.status.words, one.status.code) for one in notice.suggestions} == {
            ("正在推进", StatusCode.IN_PROGRESS)
        }


@pytest.mark.parametrize("filed", CHECKED.board.notices, ids=lambda filed: filed.unit_slug)
def test_units_have_region_and_code(filed: NoticeFile) -> None:
    unit = CHECKED.board.unit(filed.unit_slug)
    assert unit is not None
    assert (
        unit.unit.region.code
        == {
            "qiyang-wenlian": "431181",
            "jiaojiang-wenlian": "331002",
            "zhaoyang-wenlian": "530602",
            "qingyang-wenlian": "621000",
            "fushun-wenlian": "210400",
        }[unit.slug]
    )
    assert Path(unit.file).name == "unit.yml"
