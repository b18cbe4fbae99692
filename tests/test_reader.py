"""What a reader can do on the pages, in a real browser, on a small site of made-up notices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from noticeboard.checking.check import check
from noticeboard.site import build as sites
from tests.conftest import Visit, served
from tests.records import NOTICE, UNIT, write

ISSUES = """
问题:
  - {标识: i-1, 编号: "1.", 标题: 示例问题甲, 状态: {词语: 已完成整改, 依据: 本条}, 主题: [财务管理], 措施: [示例措施]}
  - {标识: i-2, 编号: "2.", 标题: 示例问题乙, 状态: {词语: 正在整改, 依据: 本条}, 成效: 示例成效}
  - {标识: i-3, 编号: "3.", 标题: 示例问题丙, 进展: 示例进展}
  - {标识: i-4, 编号: "4.", 标题: 示例问题丁, 状态: {词语: 已完成整改, 依据: 本条}}
其他部分: [{类别: 下一步, 标题: 示例下一步, 内容: [示例段落]}]
"""
INSPECTION = "巡察: [{巡察组: 示例巡察组, 结束: 2023-01-10, 反馈: 2023-03}]\n"
PHONE_ONLY, MAIL_ONLY = "联系方式: {电话: 0000-1234560}\n", "联系方式: {电子邮箱: shili@example.org}\n"
FILES = {
    "shili/unit.yml": UNIT + PHONE_ONLY,
    "shili/2023-12-14.yml": NOTICE + INSPECTION + ISSUES,
    "shili/2024-06-20.yml": NOTICE.replace("2023-12-14", "2024-06-20"),
    "shili/2024-12-20.yml": NOTICE.replace("2023-12-14", "2024-12-20"),
    "youjian/unit.yml": UNIT.replace("示例局", "示例邮件局").replace("439999", "439998") + MAIL_ONLY,
    "youjian/2024-01-02.yml": NOTICE.replace("2023-12-14", "2024-01-02").replace(PHONE_ONLY, MAIL_ONLY) + ISSUES,
    "wuhao/unit.yml": UNIT.replace("示例局", "示例无号局").replace("439999", "439997"),
    "wuhao/2024-02-03.yml": NOTICE.replace("2023-12-14", "2024-02-03").replace(PHONE_ONLY, ""),
}
FIRST, MIDDLE, LAST = (f"notices/shili/{day}/" for day in ("2023-12-14", "2024-06-20", "2024-12-20"))
MAILED, NUMBERLESS = "notices/youjian/2024-01-02/", "notices/wuhao/2024-02-03/"
LISTS = ["", "units/", "issues/", "issues/status/completed/", "topics/", "topics/finance/", "statistics/", "contacts/"]
OURS = ["about/", "contributing/"]
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', {value: undefined})"
NO_STORAGE = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('', 'SecurityError') }})"


@pytest.fixture(scope="module")
def base_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the made-up site, which the visitor of this file sees."""
    folder = tmp_path_factory.mktemp("reader")
    checked = check(write(folder / "notices", FILES))
    assert not checked.blocks(strict=False), [str(problem) for problem in checked.problems]
    sites.build(checked, folder / "site")
    with served(folder / "site") as address:
        yield address


def reader(**options: object) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("visit", [options], indirect=True, ids=["reader"])


may_copy = reader(permissions=["clipboard-read", "clipboard-write"])


def canonical(page: Page) -> str:
    return str(page.locator("link[rel=canonical]").get_attribute("href"))


def following(page: Page, heading: str, tag: str) -> Locator:
    """The first such element behind the heading with this id."""
    return page.locator(f"#{heading} ~ {tag}").first


def number(text: str) -> int:
    """How many, in words like “示例 2 个”."""
    return int(re.findall(r"(\d+) [个份]", text)[0])


def ways(visit: Visit, links: Locator) -> list[str]:
    """Where links lead, seen from the home page."""
    return [link.removeprefix(visit.base_url) for link in links.evaluate_all("all => all.map(one => one.href)")]


def copied(visit: Visit) -> str:
    """What is on the clipboard, asked from another page: the reader's may know of none."""
    other = visit.page.context.new_page()
    other.goto(visit.base_url + "about/")
    return str(other.evaluate("navigator.clipboard.readText()"))


class TestHome:
    def test_the_search_box_comes_first_then_the_notices_and_the_feed_are_linked(self, visit: Visit) -> None:
        page = visit.open("")
        first = page.locator("article :is(input, a:not(.headerlink), h2, table, ul, dl)").first
        assert first.get_attribute("type") == "search"
        assert ways(visit, following(page, "latest", "ul").locator("a")) == [LAST, MIDDLE, NUMBERLESS, MAILED, FIRST]
        for feed in ("article a[href$='feed.xml']", "link[rel=alternate]"):
            assert "<feed" in page.request.get(visit.base_url + ways(visit, page.locator(feed))[0]).text()

    def test_every_figure_leads_to_a_list_of_as_many(self, visit: Visit) -> None:
        page = visit.open("")
        links = page.locator(".nb-tiles a, .nb-figures a")
        figures = dict(zip(ways(visit, links), map(number, links.all_text_contents()), strict=True))
        by_notice = "table:has(th:text-is('对照')) tbody tr"
        rows = {"statistics/": by_notice, "issues/": "[data-results][data-total='8']", "contacts/": "h3 + dl"}
        by_status = {f"issues/status/{name}/": n for name, n in (("completed", 4), ("in_progress", 2), ("unstated", 2))}
        assert figures == {"units/": 3, "statistics/": 5, "issues/": 8, "contacts/": 2, **by_status}
        for way, count in figures.items():
            visit.open(way)
            expect(page.locator(rows.get(way, "article tbody tr:has(td)"))).to_have_count(
                1 if way == "issues/" else count
            )


class TestNotice:
    def test_an_issue_is_written_about_by_mail_with_its_lasting_address_else_by_phone(self, visit: Visit) -> None:
        page = visit.open(MAILED)
        (link,) = ways(visit, page.locator("[data-issue='i-2']", has_text="向该单位反映").get_by_text("写邮件"))
        assert link.startswith("mailto:shili@example.org?")
        assert "示例问题乙" in parse_qs(urlsplit(link).query)["subject"][0]
        assert f"{canonical(page)}#i-2" in parse_qs(urlsplit(link).query)["body"][0].split()
        assert ways(visit, visit.open(FIRST).locator("[data-issue='i-2'] a")) == ["tel:00001234560"]

    @may_copy
    @pytest.mark.parametrize("script", ["", NO_CLIPBOARD], ids=["new way", "old way"])
    def test_the_address_of_an_issue_is_copied_and_said_to_be(self, visit: Visit, script: str) -> None:
        visit.page.add_init_script(script)
        page = visit.open(f"{FIRST}?h=x")
        anchor = "i-3" if script else "i-1"
        page.locator(f"[data-issue='{anchor}']").get_by_role("button", name="复制链接").click()
        expect(page.get_by_role("status")).to_have_text("已复制")
        expect(page.locator(f"[data-issue='{anchor}'] button").first).to_be_focused()
        assert copied(visit) == f"{visit.base_url}{FIRST}#{anchor}"
        page.evaluate(f"{NO_CLIPBOARD}; document.execCommand = () => false")
        page.get_by_role("button", name="复制链接").last.click()
        expect(page.get_by_role("status")).to_contain_text("没有复制成")

    def test_an_issue_is_shared_where_the_browser_can_and_else_not_offered(self, visit: Visit) -> None:
        visit.page.add_init_script("navigator.share = location.search && (async shared => { window.shared = shared })")
        visit.open(f"{FIRST}?h=x").locator("[data-issue='i-2']").get_by_role("button", name="分享").click()
        shared = visit.page.evaluate("window.shared")
        assert shared == {"title": "2. 示例问题乙", "url": f"{visit.base_url}{FIRST}#i-2"}
        expect(visit.open(FIRST).get_by_role("button", name="复制链接")).to_have_count(4)
        expect(visit.page.get_by_role("button", name="分享")).to_have_count(0)

    @may_copy
    def test_the_citation_is_copied_with_the_day_of_reading(self, visit: Visit) -> None:
        visit.page.clock.set_fixed_time("2024-03-05T12:00:00")
        page = visit.open(FIRST)
        page.locator(".nb-page-end").get_by_role("button", name="复制").click()
        expect(page.get_by_role("status")).to_have_text("已复制")
        pattern = r"示例县示例局\. 示例通报（.+）\[EB/OL\]\. \(2023-12-14\)\[2024-03-05\]\. "
        assert re.fullmatch(pattern + re.escape(canonical(page)), copied(visit))

    def test_the_numbers_beside_the_bar_are_those_of_the_table(self, visit: Visit) -> None:
        page = visit.open(FIRST)
        rows = [one.get_attribute("class") for one in page.locator("#issues ~ table .nb-status").all()]
        figures = following(page, "in-short", "dl").locator(".nb-status").all()
        said = {one.get_attribute("class"): number(one.inner_text()) for one in figures}
        assert said == {name: rows.count(name) for name in rows}
        assert sorted(said.values()) == [1, 1, 2]

    def test_the_contents_lead_to_every_section_and_the_qr_code_to_the_page(self, visit: Visit) -> None:
        page = visit.open(FIRST)
        sections = page.locator("article :is(h2, h3)[id]:not(.nb-page-end *)").evaluate_all("all => all.map(h => h.id)")
        assert {"totals", "i-1", "i-4", "contact"} <= set(sections)
        assert ways(visit, page.locator(".nb-contents a")) == [f"{FIRST}#{name}" for name in sections]
        page.locator("img.nb-qr").scroll_into_view_if_needed()
        expect(page.get_by_alt_text(canonical(page))).to_be_visible()
        page.wait_for_function("document.querySelector('img.nb-qr').naturalWidth > 0")

    def test_the_notices_of_the_unit_before_and_after_are_linked(self, visit: Visit) -> None:
        for path, linked in ((FIRST, [MIDDLE]), (MIDDLE, [FIRST, LAST]), (LAST, [MIDDLE])):
            assert ways(visit, following(visit.open(path), "others", "dl").locator("a")) == linked


class TestUnitAndContacts:
    def test_a_unit_tells_the_months_between_its_dates_and_open_issues_before_done_ones(self, visit: Visit) -> None:
        page = visit.open("units/shili/")
        steps = "".join("".join(text.split()) + "|" for text in page.locator(".nb-timeline li").all_inner_texts())
        way = r"2023年1月10日巡察结束.*\|\D*2个月\|2023年3月反馈巡察意见.*\|\D*9个月\|2023年12月14日公布整改通报"
        assert re.match(way, steps), steps
        issues = following(page, "issues", "table").locator("tbody a").all_inner_texts()
        assert issues == ["示例问题乙", "示例问题丙", "示例问题甲", "示例问题丁"]

    def test_a_unit_has_its_phone_and_a_card_and_who_finds_neither_is_told_what_to_do(self, visit: Visit) -> None:
        page = visit.open("contacts/")
        card = "units/shili/contact.vcf"
        assert ways(visit, following(page, "shili", "dl").locator("a")) == ["tel:00001234560", card]
        assert page.request.get(visit.base_url + card).text().startswith("BEGIN:VCARD\r\n")
        page.locator("#wuhao + p a").click()
        assert page.url.endswith("#none")
        assert ways(visit, following(page, "none", "p").locator("a")) == ["units/wuhao/", "tel:12345"]


def look(page: Page) -> list[object]:
    """What the switches change: the size of letters, a colour that contrast changes, the colour of the ground."""
    values = (("html", "parseFloat(style.fontSize)"), (".nb-day", "style.color"), ("body", "style.backgroundColor"))
    style = "(style => {})(getComputedStyle(one))"
    return [page.locator(one).first.evaluate(f"one => {style.replace('{}', value)}") for one, value in values]


def press(page: Page, name: str, was: str, then: str) -> None:
    """Press a switch, which says before and after whether it is on."""
    switch = page.get_by_role("button", name=name, exact=True)
    expect(switch).to_have_attribute("aria-pressed", was)
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", then)


class TestSwitches:
    @pytest.mark.parametrize(("at", "name"), [(0, "大字"), (1, "高对比"), (2, "深色")])
    def test_a_switch_works_is_remembered_and_goes_back(self, visit: Visit, at: int, name: str) -> None:
        page = visit.open("")
        plain = look(page)
        press(page, name, "false", "true")
        changed = look(page)
        assert changed[0] > plain[0] if name == "大字" else changed[at] != plain[at]
        visit.open("units/")
        another = page.context.new_page()
        for later in (another, page):
            later.goto(visit.base_url)
            assert look(later) == changed
        press(page, name, "true", "false")
        assert look(page) == plain

    def test_dark_follows_the_system_until_the_reader_chooses(self, visit: Visit) -> None:
        page = visit.open("")
        light = look(page)
        page.emulate_media(color_scheme="dark")
        assert look(page) != light
        press(page, "深色", "true", "false")
        page.reload()
        assert look(page) == light
        press(page, "深色", "false", "true")

    def test_without_storage_the_switches_hold_for_the_page(self, visit: Visit) -> None:
        visit.page.add_init_script(NO_STORAGE)
        page = visit.open("")
        plain = look(page)
        for name in ("大字", "深色"):
            press(page, name, "false", "true")
        assert [one == other for one, other in zip(plain, look(page), strict=True)] == [False, False, False]
        page.reload()
        assert look(page) == plain
        expect(visit.open("issues/?q=示例问题乙").locator("[data-results]")).to_contain_text("示例问题乙")
        visit.open(FIRST)
        assert visit.errors == []


class TestNarrowAndWide:
    @reader(**PHONE)
    def test_on_a_phone_menu_and_contents_open_by_key_and_touch_and_close_again(self, visit: Visit) -> None:
        page = visit.open(FIRST)
        summary, link = page.locator(".nb-menu summary"), page.locator(".nb-menu nav a", has_text="通讯录")
        summary.focus()
        page.keyboard.press("Enter")
        expect(link).to_be_visible()
        page.keyboard.press("Tab")
        expect(summary).not_to_be_focused()
        page.keyboard.press("Escape")
        expect(link).to_be_hidden()
        expect(summary).to_be_focused()
        section = page.locator(".nb-contents a[href='#accounts']")
        expect(section).to_be_hidden()
        page.locator(".nb-contents summary").tap()
        section.tap()
        expect(section).to_be_hidden()
        expect(page.locator("#accounts")).to_be_in_viewport()
        summary.tap()
        link.tap()
        page.wait_for_url("**/contacts/")

    @reader(viewport={"width": 1280, "height": 720})
    def test_on_a_wide_screen_the_contents_are_open_and_tell_what_is_being_read(self, visit: Visit) -> None:
        page = visit.open(FIRST)
        expect(page.locator(".nb-contents a[href='#accounts']")).to_be_visible()
        for section in ("#issues", "#i-2"):
            page.locator(section).evaluate("heading => heading.scrollIntoView()")
            current = page.locator(".nb-contents [aria-current]")
            expect(current).to_have_attribute("href", section)


class TestWithoutScript:
    @reader(java_script_enabled=False, **PHONE)
    def test_a_notice_shows_all_text_and_menu_and_contents_unfold(self, visit: Visit) -> None:
        page = visit.open(FIRST)
        for what in ("问题甲", "问题丁", "措施", "成效", "进展", "段落"):
            expect(page.locator("article").get_by_text(f"示例{what}").last).to_be_visible()
        for details, link in ((".nb-menu", "通讯录"), (".nb-contents", "联系方式")):
            found = page.locator(f"{details} a", has_text=link)
            expect(found).to_be_hidden()
            page.locator(f"{details} summary").tap()
            expect(found).to_be_visible()
            page.locator(f"{details} summary").tap()

    @reader(java_script_enabled=False)
    def test_nothing_is_seen_that_needs_a_script(self, visit: Visit) -> None:
        for path in ("", FIRST, "issues/", "statistics/", "404.html"):
            seen = visit.open(path).locator(":is(button, input, select):visible")
            searches = seen.and_(visit.page.locator("form[action$='issues/'] *"))
            assert seen.count() == searches.count()


def test_a_deep_wrong_address_has_its_styles_and_a_search(visit: Visit) -> None:
    page = visit.open("")
    style = "one => getComputedStyle(one).borderBottom + getComputedStyle(one).backgroundColor"
    styled = page.locator(".nb-header").evaluate(style)
    # As hosts of static sites answer.
    answer = page.request.get(visit.base_url + "404.html").text()
    page.route("**/notices/x/y/", lambda route: route.fulfill(status=404, content_type="text/html", body=answer))
    page.goto(visit.base_url + "notices/x/y/")
    assert page.locator(".nb-header").evaluate(style) == styled
    page.locator("article input[type=search]").fill("示例问题乙")
    page.keyboard.press("Enter")
    expect(page.locator("[data-results]")).to_contain_text("示例问题乙")
    assert unquote(page.url).startswith(f"{visit.base_url}issues/?q=示例问题乙")


@pytest.mark.parametrize("path", [*LISTS, "sitemap/", "units/shili/", FIRST, *OURS])
def test_a_page_ends_with_source_nature_changes_corrections_and_citation(visit: Visit, path: str) -> None:
    page = visit.open(path)
    end = page.locator("article > .nb-page-end:last-child")
    expect(end.locator("h2")).to_have_text("关于本页")
    facts = dict(zip(end.locator("dt").all_inner_texts(), end.locator("dd").all_inner_texts(), strict=True))
    names = ["原文", "性质", "变更", "本站纠错", "引用本页"]
    assert list(facts) == (names[1::2] + names[4:] if path in OURS else names)
    assert all(len(text) > 5 for text in facts.values())
    assert "非官方整理" in facts["性质"]
    assert canonical(page) in facts["引用本页"].split()
    # To tell the site is one thing, to tell the unit another: nothing here reaches the unit.
    assert ways(visit, end.locator("dt:has-text('本站纠错') + dd a")) == ["contributing/#corrections"]
    assert end.locator("a[href^='tel:'], a[href^='mailto:']").count() == 0
