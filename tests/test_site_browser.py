"""The site as a reader meets it, in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from noticeboard.record.walk import countable
from tests import five
from tests.conftest import Visit
from tests.links import broken_links
from tests.records import write
from tests.widths import beyond_the_screen

BOARD = five.checked().board
NOTICE_PAGES = [f"notices/{filed.address}/" for filed in BOARD.notices]
LISTS = [
    "units/",
    "issues/",
    "issues/status/in_progress/",
    "topics/",
    "topics/finance/",
    "statistics/",
    "contacts/",
    "sitemap/",
]
PAGES = ["", *LISTS, "about/", "reading-status/", "privacy/", "contributing/", "404.html"]
ALL_PAGES = [*PAGES, *NOTICE_PAGES, *(f"units/{unit.slug}/" for unit in BOARD.units)]

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
each_notice = pytest.mark.parametrize("filed", BOARD.notices, ids=lambda filed: filed.unit_slug)


def facts(page: Page) -> dict[str, str]:
    """The names and contents of the facts about the notice as a document."""
    facts = page.locator("#overview ~ dl").first
    return dict(zip(facts.locator("dt").all_inner_texts(), facts.locator("dd").all_inner_texts(), strict=True))


def rows(page: Page, heading: str) -> list[list[str]]:
    """The body rows of the table behind the heading with this id."""
    table = page.locator(f"#{heading} ~ table").first
    cells = [row.locator("td").all_inner_texts() for row in table.locator("tbody tr").all()]
    # Behind a line end stand the words of the source.
    return [[text.partition("\n")[0] for text in row] for row in cells]


@pytest.mark.parametrize("path", ALL_PAGES)
def test_every_page_opens_without_an_error_or_a_request_to_another_host(visit: Visit, path: str) -> None:
    page = visit.page
    page.goto(visit.base_url + path)
    page.wait_for_load_state("networkidle")
    expect(page.locator("article h1")).to_be_visible()
    expect(page.locator("body")).to_contain_text("非官方整理")
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    assert (visit.errors, visit.outside) == ([], [])


@pytest.mark.parametrize("visit", [PHONE], indirect=True)
@pytest.mark.parametrize("path", ALL_PAGES)
def test_no_page_scrolls_sideways_on_a_phone(visit: Visit, path: str) -> None:
    visit.page.goto(visit.base_url + path)
    assert beyond_the_screen(visit.page) == 0
    tables = "Array.from(document.querySelectorAll('article table')).map(t => t.getBoundingClientRect().right)"
    assert all(right <= 360 for right in visit.page.evaluate(tables))


@each_notice
def test_a_notice_page_shows_every_issue_in_the_table_and_at_its_anchor(visit: Visit, filed) -> None:  # noqa: ANN001
    page = visit.open(f"notices/{filed.address}/")
    for placed in countable(filed.notice):
        issue = placed.issue
        link = page.locator(f"td a[href='#{issue.id}']")
        assert link.inner_text() == issue.title
        assert page.locator("tr", has=link).locator(".nb-status").inner_text().endswith(issue.status.words)
        assert issue.title in page.locator(f"#{issue.id}").inner_text()
    for suggestion in filed.notice.suggestions:
        assert suggestion.title in page.locator(f"#{suggestion.id}").inner_text()
    measures = page.locator("article > ol > li").count()
    assert measures == sum(len(placed.issue.measures) for placed in countable(filed.notice)) + sum(
        len(bearer.measures) for bearer in (*filed.notice.sections, *filed.notice.suggestions)
    )


class TestNoticePages:
    """What is hard in each of the five, seen on its page."""

    def test_qiyang(self, visit: Visit) -> None:
        page = visit.open("notices/qiyang-wenlian/2023-12/")
        assert facts(page) == {
            "单位": "祁阳市文联",
            "巡察组": "市委第三巡察组",
            "被巡察单位": "市文联党组",
            "巡察时间": "2022年9月8日至2022年12月8日",
            "反馈时间": "2023年2月9日",
            "文种": "巡察整改进展",
            "署名": "中共祁阳市文联党组",
            "数据截至": "2023年12月",
            "发布日期": "未载",
            "收录于": "2026年11月24日",
            "最近变更": "收录以来没有",
            "原文": "未提供原文网址",
        }
        assert rows(page, "totals") == [["问题", "21个", "未逐条列出"], ["已完成整改", "21个", "只有总数"]]
        assert rows(page, "issues") == [
            ["1、贯彻落实上级决策部署和工作要求有差距", "4 条"],
            ["2、整治群众身边腐败问题和不正之风有差距", "3 条"],
            ["三、基层党组织治理有差距", "3 条"],
            ["四、巡察整改未建立有效的长效机制", "没有分条"],
        ]
        contact = page.locator("#contact + dl")
        expect(contact.get_by_role("link", name="0746-3229641")).to_have_attribute("href", "tel:07463229641")
        expect(contact.get_by_role("link", name="qywl3229641@163.com")).to_have_attribute(
            "href", "mailto:qywl3229641@163.com"
        )
        expect(page.locator("article")).to_contain_text("通报所载，未核对")

    def test_jiaojiang(self, visit: Visit) -> None:
        page = visit.open("notices/jiaojiang-wenlian/2021/")
        assert rows(page, "totals")[:4] == [
            ["方面", "3", "3个"],
            ["问题", "18个", "15个，不一致"],
            ["已完成整改", "17个", "未逐条标明"],
            ["正在整改", "1个", "未逐条标明"],
        ]
        expect(page.locator("article")).to_contain_text("这份通报没有载明联系方式。可以看该单位的官方网站")
        expect(page.locator("article")).to_contain_text("截至日期未载")

    def test_zhaoyang(self, visit: Visit) -> None:
        page = visit.open("notices/zhaoyang-wenlian/2023-12-14/")
        assert page.locator("h1").inner_text().startswith("[昭阳区文联关于巡察整改进展情况的通报]")
        expect(page.locator("article")).to_contain_text("方括号中的标题由本站拟写")
        shown = facts(page)
        assert (shown["落款日期"], shown["发布日期"]) == ("2023年12月14日", "2023年12月15日 10:58")
        assert shown["来源"] == "昭阳信息网"
        expect(page.locator("article")).to_contain_text("原文这一行印作：(三)关于“落实党建主体责任不到位")

    def test_qingyang(self, visit: Visit) -> None:
        page = visit.open("notices/qingyang-wenlian/2023/")
        expect(page.locator("article")).to_contain_text("原文不完整。")
        assert facts(page)["巡察时间"] == "2022年8月19日至2022年11月15"
        assert facts(page)["日期说明"] == "“2022年11月15”原文如此"
        statuses = [row[2] for row in rows(page, "issues")]
        assert statuses == ["－ 未标明"] * 3 + ["◔ 正在整改"] + ["－ 未标明"] * 3
        expect(page.locator("article")).to_contain_text("依据：通报总数“正在整改的2条(关于文联换届和协会登记工作)”")

    def test_fushun(self, visit: Visit) -> None:
        page = visit.open("notices/fushun-wenlian/2025/")
        totals = {row[0]: row[1:] for row in rows(page, "totals")}
        assert totals["措施"] == ["71条", "71条"]
        assert totals["问责"] == ["0人", "只有总数"]
        assert totals["挽回经济损失"] == ["0元", "只有总数"]
        assert totals["尚未推进"] == ["0个", "0个"]
        assert totals["意见建议：正在推进"] == ["4个", "4个"]
        assert totals["全部完成"] == ["是", "4个标明未完成"]
        assert [row[2] for row in rows(page, "suggestions")] == ["◔ 正在推进"] * 4
        expect(page.locator("article")).to_contain_text("反馈事项：通报没有说明是哪4项。")


@pytest.mark.parametrize("visit", [{"java_script_enabled": False}], indirect=True)
def test_without_javascript_a_citizen_gets_from_home_to_a_phone_number(visit: Visit) -> None:
    page = visit.open("")
    page.get_by_role("link", name="祁阳市文联", exact=True).click()
    page.get_by_role("link", name="中共祁阳市文联党组关于巡察整改进展情况的通报").first.click()
    expect(page.locator("#contact + dl").get_by_role("link", name="0746-3229641")).to_be_visible()


@pytest.mark.parametrize("visit", [{"color_scheme": "dark"}], indirect=True)
def test_dark_mode_follows_the_system(visit: Visit) -> None:
    page = visit.open("")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(25, 23, 22)"


def test_every_link_and_anchor_of_the_site_leads_somewhere(site: Path) -> None:
    assert broken_links(site) == []


def test_a_link_that_leads_nowhere_is_found(tmp_path: Path) -> None:
    write(tmp_path, {"index.html": '<a href="a/#x">甲</a><a href="b/">乙</a>', "a/index.html": "<h1 id=y>丙</h1>"})
    assert broken_links(tmp_path) == ["index.html → a/#x", "index.html → b/"]
