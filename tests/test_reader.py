"""What a reader can do on the pages, in a real browser, on a small site of made-up notices."""

from __future__ import annotations

import functools
import http.server
import re
import threading
from collections import Counter
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from noticeboard import site as sites
from tests.records import NOTICE, UNIT, write

_ISSUES = """
问题:
  - {标识: i-1, 编号: "1.", 标题: 示例问题甲, 状态: {词语: 已完成整改, 依据: 本条}, 主题: [财务管理],
     措施: [示例措施甲]}
  - {标识: i-2, 编号: "2.", 标题: 示例问题乙, 状态: {词语: 正在整改, 依据: 本条},
     措施: [示例措施乙, 示例措施丙], 成效: 示例成效}
  - {标识: i-3, 编号: "3.", 标题: 示例问题丙, 进展: 示例进展}
  - {标识: i-4, 编号: "4.", 标题: 示例问题丁, 状态: {词语: 已完成整改, 依据: 本条}}
其他部分: [{类别: 下一步, 标题: 示例下一步, 内容: [示例段落]}]
"""
_INSPECTION = "巡察: [{巡察组: 示例巡察组, 结束: 2023-01-10, 反馈: 2023-03}]\n"
_REACH = "联系方式: {电话: 0000-1234560}\n"
_MAIL = "联系方式: {电子邮箱: shili@example.org}\n"


def _unit(name: str, code: str) -> str:
    return UNIT.replace("示例局", name).replace("439999", code)


def _signed(day: str, more: str = "") -> str:
    return NOTICE.replace("2023-12-14", day) + more


_FILES = {
    "shili/unit.yml": UNIT + _REACH,
    "shili/2023-12-14.yml": NOTICE + _INSPECTION + _ISSUES,
    "shili/2024-06-20.yml": _signed("2024-06-20"),
    "shili/2024-12-20.yml": _signed("2024-12-20"),
    "youjian/unit.yml": _unit("示例邮件局", "439998") + _MAIL,
    "youjian/2024-01-02.yml": _signed("2024-01-02", _ISSUES).replace(_REACH, _MAIL),
    "wuhao/unit.yml": _unit("示例无号局", "439997"),
    "wuhao/2024-02-03.yml": _signed("2024-02-03").replace(_REACH, ""),
}
FIRST, MIDDLE, LAST = (f"notices/shili/{day}/" for day in ("2023-12-14", "2024-06-20", "2024-12-20"))
MAILED, NUMBERLESS, UNIT_PAGE = "notices/youjian/2024-01-02/", "notices/wuhao/2024-02-03/", "units/shili/"
GENERATED = [
    *("", "units/", "issues/", "issues/status/completed/", "topics/", "topics/finance/", "statistics/", "contacts/"),
    *("sitemap/", UNIT_PAGE, FIRST, NUMBERLESS),
]
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
WIDE = {"viewport": {"width": 1280, "height": 720}}
SWITCHES = ["大字", "高对比", "深色"]


class _Host(http.server.SimpleHTTPRequestHandler):
    """A server that answers a wrong address with 404.html, as hosts of static sites do."""

    def log_message(self, *_: object) -> None:
        pass

    def send_error(self, code: int, *_: object) -> None:
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write((Path(self.directory) / "404.html").read_bytes())


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the made-up site."""
    folder = tmp_path_factory.mktemp("reader")
    checked = sites.check(write(folder / "notices", _FILES))
    assert not checked.blocks(strict=False), [str(problem) for problem in checked.problems]
    sites.build(checked, folder / "site", folder / "pages")
    handler = functools.partial(_Host, directory=str(folder / "site"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture
def page(browser: Browser, home: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A fresh reader; parametrise indirectly with options of a browser context."""
    context = browser.new_context(base_url=home, **getattr(request, "param", {}))
    yield context.new_page()
    context.close()


def reading(*options: dict[str, Any]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("page", options, indirect=True)


def canonical(page: Page) -> str:
    return str(page.locator("link[rel=canonical]").get_attribute("href"))


def addresses(links: Locator) -> list[str]:
    """Where links lead, whole."""
    return links.evaluate_all("links => links.map(link => link.href)")


def following(page: Page, heading: str, tag: str) -> Locator:
    """The first such element behind the heading with this id."""
    return page.locator(f"#{heading} ~ {tag}").first


class TestHome:
    def test_the_search_box_stands_before_every_link_figure_and_section(self, page: Page) -> None:
        page.goto("")
        met = "article :is(input, a:not(.headerlink), h2, table, ul, dl)"
        assert page.locator(met).first.get_attribute("type") == "search"

    @pytest.mark.parametrize(
        ("figure", "rows"),
        [
            ("3 个单位", "article tbody tr"),
            ("2 个单位可联系", "article h3[id]:has(+ dl)"),
            ("8 个问题", "[data-results][data-total='8']"),
            ("已完成 4 个", "article tbody tr"),
            ("正在整改 2 个", "article tbody tr"),
            ("未标明 2 个", "article tbody tr"),
        ],
    )
    def test_a_figure_leads_to_a_list_of_as_many(self, page: Page, figure: str, rows: str) -> None:
        page.goto("")
        page.locator("article").get_by_role("link", name=re.compile(rf"{figure}$")).click()
        expect(page.locator(rows)).to_have_count(1 if "total" in rows else int(re.findall(r"\d+", figure)[0]))

    def test_the_notices_are_counted_and_every_one_is_linked_the_latest_first(self, page: Page) -> None:
        page.goto("")
        expect(page.locator("article").get_by_role("link", name="5 份通报")).to_be_visible()
        latest = addresses(following(page, "latest", "ul").locator("a"))
        expected = [LAST, MIDDLE, NUMBERLESS, MAILED, FIRST]
        assert [urlsplit(address).path.lstrip("/") for address in latest] == expected
        for address in latest:
            assert page.request.get(address).ok

    def test_the_feed_is_linked_and_known_to_readers_of_feeds(self, page: Page) -> None:
        page.goto("")
        seen = [
            *addresses(page.locator("article a[href$='feed.xml']")),
            *addresses(page.locator("link[rel=alternate]")),
        ]
        assert len(seen) == 2
        assert all("<feed" in page.request.get(address).text() for address in seen)


class TestNotice:
    def test_a_mail_about_an_issue_names_it_and_holds_its_lasting_address(self, page: Page) -> None:
        page.goto(MAILED)
        link = page.locator("[data-issue='i-2']", has_text="向该单位反映").get_by_role("link", name="写邮件")
        mail = urlsplit(str(link.get_attribute("href")))
        said = parse_qs(mail.query)
        assert (mail.scheme, mail.path) == ("mailto", "shili@example.org")
        assert "示例问题乙" in said["subject"][0]
        assert f"{canonical(page)}#i-2" in said["body"][0].split()
        assert page.locator("#i-2").count() == 1

    def test_where_there_is_only_a_phone_the_phone_is_dialled(self, page: Page) -> None:
        page.goto(FIRST)
        assert [str(a.get_attribute("href")) for a in page.locator("[data-issue='i-2'] a").all()] == ["tel:00001234560"]

    @reading({"permissions": ["clipboard-read", "clipboard-write"]})
    @pytest.mark.parametrize("has_clipboard", [True, False])
    def test_the_address_of_an_issue_is_copied_and_said_to_be(self, page: Page, has_clipboard: bool) -> None:  # noqa: FBT001
        if not has_clipboard:
            page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
        page.goto(f"{FIRST}?h=x")
        anchor = "i-1" if has_clipboard else "i-3"
        expect(page.get_by_role("status")).to_have_count(0)
        page.locator(f"[data-issue='{anchor}']").get_by_role("button", name="复制链接").click()
        expect(page.get_by_role("status")).to_have_text("已复制")
        assert copied(page) == page.url.partition("?")[0] + f"#{anchor}"

    def test_a_copy_that_failed_is_not_said_to_be_one(self, page: Page) -> None:
        page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
        page.add_init_script("document.execCommand = () => false")
        page.goto(FIRST)
        page.get_by_role("button", name="复制链接").first.click()
        expect(page.get_by_role("status")).to_contain_text("没有复制成")

    def test_an_issue_is_shared_where_the_browser_can_share(self, page: Page) -> None:
        page.add_init_script("navigator.share = async shared => { window.shared = shared }")
        page.goto(FIRST)
        page.locator("[data-issue='i-2']").get_by_role("button", name="分享").click()
        shared = page.evaluate("window.shared")
        assert shared["url"] == f"{page.url}#i-2"
        assert "示例问题乙" in shared["title"]

    def test_sharing_is_not_offered_where_the_browser_cannot(self, page: Page) -> None:
        page.add_init_script("Object.defineProperty(navigator, 'share', {value: undefined})")
        page.goto(FIRST)
        expect(page.get_by_role("button", name="复制链接")).to_have_count(4)
        expect(page.get_by_role("button", name="分享")).to_have_count(0)

    @reading({"permissions": ["clipboard-read", "clipboard-write"]})
    def test_the_citation_is_copied_with_the_day_of_reading(self, page: Page) -> None:
        page.clock.set_fixed_time("2024-03-05T12:00:00")
        page.goto(FIRST)
        page.locator(".nb-page-end").get_by_role("button", name="复制").click()
        expect(page.get_by_role("status")).to_have_text("已复制")
        pattern = r"示例县示例局\. 示例通报（.+）\[EB/OL\]\. \(2023-12-14\)\[2024-03-05\]\. "
        assert re.fullmatch(pattern + re.escape(canonical(page)), copied(page))

    def test_the_numbers_beside_the_bar_are_those_of_the_table(self, page: Page) -> None:
        page.goto(FIRST)
        statuses = following(page, "issues", "table").locator("tbody .nb-status")
        rows = Counter(str(one.get_attribute("class")) for one in statuses.all())
        figures = following(page, "in-short", "dl").locator(".nb-status").all()
        said = {one.get_attribute("class"): int(re.findall(r"(\d+) 个", one.inner_text())[0]) for one in figures}
        assert said == rows
        parts = following(page, "in-short", ".nb-status-bar").locator("rect").all()
        lengths = {f"nb-status {one.get_attribute('class')}": int(str(one.get_attribute("width"))) for one in parts}
        assert lengths == {name: 250 * count for name, count in rows.items()}

    def test_the_contents_lead_to_every_section(self, page: Page) -> None:
        page.goto(FIRST)
        headings = page.locator("article :is(h2, h3)[id]:not(.nb-page-end *)")
        sections = [f"#{one.get_attribute('id')}" for one in headings.all()]
        assert [one.get_attribute("href") for one in page.locator(".nb-contents a").all()] == sections
        assert {"#issues", "#i-1", "#i-4", "#contact", "#qr"} <= set(sections)

    @pytest.mark.parametrize(("path", "linked"), [(FIRST, [MIDDLE]), (MIDDLE, [FIRST, LAST]), (LAST, [MIDDLE])])
    def test_the_notices_before_and_after_are_linked(self, page: Page, path: str, linked: list[str]) -> None:
        page.goto(path)
        others = addresses(following(page, "others", "dl").locator("a"))
        assert [urlsplit(address).path.lstrip("/") for address in others] == linked

    def test_the_qr_code_is_an_image_that_says_which_address_it_holds(self, page: Page) -> None:
        page.goto(FIRST)
        code = page.locator("img.nb-qr")
        code.scroll_into_view_if_needed()
        assert canonical(page) in str(code.get_attribute("alt"))
        page.wait_for_function("document.querySelector('img.nb-qr').naturalWidth > 0")


def copied(page: Page) -> str:
    """What is on the clipboard, asked from another page: this one may not know of a clipboard."""
    other = page.context.new_page()
    other.goto("about/")
    other.bring_to_front()
    return str(other.evaluate("navigator.clipboard.readText()"))


class TestUnit:
    def test_the_timeline_tells_the_months_from_inspection_to_feedback_to_notice(self, page: Page) -> None:
        page.goto(UNIT_PAGE)
        steps = [one.inner_text() for one in page.locator(".nb-timeline li").all()]
        expected = ["2023年1月10日", "2 个月", "2023年3月", "9 个月", "2023年12月14日", "6 个月", "2024年6月20日"]
        for step, part in zip(steps, expected, strict=False):
            assert part in step
        assert [step.split()[1].partition("：")[0] for step in steps[:5:2]] == [
            "巡察结束",
            "反馈巡察意见",
            "公布整改通报",
        ]

    def test_open_issues_stand_before_done_ones(self, page: Page) -> None:
        page.goto(UNIT_PAGE)
        issues = following(page, "issues", "table").locator("tbody a").all_inner_texts()
        assert issues == ["示例问题乙", "示例问题丙", "示例问题甲", "示例问题丁"]


class TestContacts:
    def test_a_unit_has_its_phone_and_a_card(self, page: Page) -> None:
        page.goto("contacts/")
        facts = following(page, "shili", "dl")
        expect(facts.get_by_role("link", name="0000-1234560")).to_have_attribute("href", "tel:00001234560")
        (card,) = addresses(facts.get_by_role("link", name="存进手机通讯录"))
        assert page.request.get(card).text().startswith("BEGIN:VCARD")
        assert "0000" in page.request.get(card).text()

    def test_who_finds_no_contact_is_told_what_to_do(self, page: Page) -> None:
        page.goto("contacts/")
        page.locator("#wuhao + p a").click()
        assert page.url.endswith("#none")
        told = following(page, "none", "p")
        expect(told).to_contain_text("示例无号局")
        expect(told.locator("a[href='tel:12345']")).to_be_visible()


def look(page: Page) -> tuple[float, str, str, str]:
    """What the switches change: size of letters, contrast, colour of the ground, colour of the text."""
    return page.evaluate(
        """() => {
          const root = getComputedStyle(document.documentElement), body = getComputedStyle(document.body)
          const { contrast = "" } = document.documentElement.dataset
          return [parseFloat(root.fontSize), contrast, body.backgroundColor, body.color]
        }"""
    )


def switch(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


class TestSwitches:
    @pytest.mark.parametrize("name", SWITCHES)
    def test_a_switch_works_is_remembered_and_goes_back(self, page: Page, name: str) -> None:
        page.goto("")
        plain = look(page)
        expect(switch(page, name)).to_have_attribute("aria-pressed", "false")
        switch(page, name).click()
        expect(switch(page, name)).to_have_attribute("aria-pressed", "true")
        changed = look(page)
        differs = {"大字": changed[0] > plain[0], "高对比": changed[1] == "high", "深色": changed[2] != plain[2]}
        assert [one for one, is_so in differs.items() if is_so] == [name]
        page.goto("units/")
        another = page.context.new_page()
        another.goto(FIRST)
        for later in (page, another):
            expect(switch(later, name)).to_have_attribute("aria-pressed", "true")
            assert look(later) == changed
        switch(another, name).click()
        expect(switch(another, name)).to_have_attribute("aria-pressed", "false")
        assert look(another) == plain

    def test_high_contrast_changes_what_is_seen(self, page: Page) -> None:
        page.goto(FIRST)
        before = page.locator(".nb-day").first.evaluate("one => getComputedStyle(one).color")
        switch(page, "高对比").click()
        assert page.locator(".nb-day").first.evaluate("one => getComputedStyle(one).color") != before

    def test_dark_follows_the_system_until_the_reader_chooses(self, page: Page) -> None:
        page.emulate_media(color_scheme="dark")
        page.goto("")
        dark = look(page)
        expect(switch(page, "深色")).to_have_attribute("aria-pressed", "true")
        page.emulate_media(color_scheme="light")
        expect(switch(page, "深色")).to_have_attribute("aria-pressed", "false")
        assert look(page) != dark
        light = look(page)
        page.emulate_media(color_scheme="dark")
        switch(page, "深色").click()
        page.reload()
        expect(switch(page, "深色")).to_have_attribute("aria-pressed", "false")
        assert look(page) == light

    @pytest.mark.parametrize("name", SWITCHES)
    def test_without_storage_a_switch_holds_for_the_page(self, page: Page, name: str) -> None:
        page.add_init_script(
            "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('', 'SecurityError') }})"
        )
        page.goto("")
        plain = look(page)
        switch(page, name).click()
        expect(switch(page, name)).to_have_attribute("aria-pressed", "true")
        assert look(page) != plain
        page.reload()
        expect(switch(page, name)).to_have_attribute("aria-pressed", "false")


class TestPhone:
    @reading(PHONE)
    def test_the_menu_opens_by_keyboard_and_escape_gives_the_focus_back(self, page: Page) -> None:
        page.goto(FIRST)
        summary, link = page.locator(".nb-menu summary"), page.locator(".nb-menu nav a", has_text="通讯录")
        summary.focus()
        page.keyboard.press("Enter")
        expect(link).to_be_visible()
        page.keyboard.press("Tab")
        expect(summary).not_to_be_focused()
        page.keyboard.press("Escape")
        expect(link).to_be_hidden()
        expect(summary).to_be_focused()

    @reading(PHONE)
    def test_the_menu_opens_by_touch_and_leads_on(self, page: Page) -> None:
        page.goto(FIRST)
        page.locator(".nb-menu summary").tap()
        page.locator(".nb-menu nav a", has_text="通讯录").tap()
        page.wait_for_url("**/contacts/")

    @reading(PHONE)
    def test_the_contents_are_folded_and_fold_again_behind_the_reader(self, page: Page) -> None:
        page.goto(FIRST)
        link = page.locator(".nb-contents a[href='#accounts']")
        expect(link).to_be_hidden()
        page.locator(".nb-contents summary").tap()
        link.tap()
        expect(link).to_be_hidden()
        expect(page.locator("#accounts")).to_be_in_viewport()


@reading(WIDE)
def test_on_a_wide_screen_the_contents_tell_what_is_being_read(page: Page) -> None:
    page.goto(FIRST)
    expect(page.locator(".nb-contents a[href='#accounts']")).to_be_visible()
    for section in ("#overview", "#issues", "#accounts", "#i-2"):
        page.locator(section).evaluate("heading => heading.scrollIntoView()")
        current = page.locator(".nb-contents [aria-current]")
        expect(current).to_have_count(1)
        expect(current).to_have_attribute("href", section)


class TestWithoutScript:
    @reading({"java_script_enabled": False, **PHONE})
    def test_a_notice_shows_all_text_and_the_menu_and_contents_unfold(self, page: Page) -> None:
        page.goto(FIRST)
        for kind in ("问题甲", "问题丁", "措施甲", "措施乙", "措施丙", "成效", "进展", "段落"):
            expect(page.locator("article").get_by_text(f"示例{kind}").last).to_be_visible()
        for details, link in ((".nb-menu", "通讯录"), (".nb-contents", "联系方式")):
            found = page.locator(f"{details} a", has_text=link)
            expect(found).to_be_hidden()
            page.locator(f"{details} summary").tap()
            expect(found).to_be_visible()
            page.locator(f"{details} summary").tap()

    @reading({"java_script_enabled": False, **WIDE}, {"java_script_enabled": False, **PHONE})
    @pytest.mark.parametrize("path", ["", FIRST, "issues/", "statistics/", "404.html"])
    def test_no_button_is_seen_that_needs_a_script(self, page: Page, path: str) -> None:
        page.goto(path)
        seen = [one for one in page.locator("button, input, select").all() if one.is_visible()]
        assert [
            one.inner_text() for one in seen if not one.evaluate("one => one.closest('form[action$=\"issues/\"]')")
        ] == []


class TestWrongAddress:
    def test_a_deep_wrong_address_has_its_styles_and_a_search(self, page: Page) -> None:
        page.goto("")
        styled = page.locator(".nb-header").evaluate("one => getComputedStyle(one).backgroundColor")
        answer = page.goto("notices/x/y/")
        assert answer is not None
        assert answer.status == HTTPStatus.NOT_FOUND
        expect(page.locator("h1")).to_be_visible()
        assert page.locator(".nb-header").evaluate("one => getComputedStyle(one).backgroundColor") == styled
        assert all(page.evaluate("[...document.styleSheets].map(sheet => sheet.cssRules.length > 0)"))
        box = page.locator("article input[type=search]")
        box.fill("示例问题乙")
        box.press("Enter")
        page.wait_for_url(f"**/issues/?q={quote('示例问题乙')}*")
        expect(page.locator("[data-results]")).to_contain_text("示例问题乙")


class TestPageEnd:
    @pytest.mark.parametrize("path", GENERATED)
    def test_a_page_of_records_ends_with_its_source_corrections_citation_and_changes(
        self, page: Page, path: str
    ) -> None:
        page.goto(path)
        end = page.locator("article > :last-child")
        expect(end.locator("h2")).to_have_text("关于本页")
        assert end.locator("dt").all_inner_texts() == ["原文", "性质", "变更", "本站纠错", "引用本页"]
        assert all(len(text) > 5 for text in end.locator("dd").all_inner_texts())
        expect(end.locator("dd").nth(1)).to_contain_text("非官方整理")
        assert canonical(page) in end.locator("[data-citation]").inner_text().split()
        # To tell the site is one thing, to tell the unit another: nothing here reaches the unit.
        assert [link for link in addresses(end.locator("a")) if link.startswith(("tel:", "mailto:shili"))] == []
        expect(end.locator("dt:has-text('本站纠错') + dd a")).to_have_attribute(
            "href", re.compile(r"contributing/#\w+")
        )

    @pytest.mark.parametrize("path", ["about/", "reading-status/", "privacy/", "contributing/"])
    def test_a_page_of_explanations_says_that_it_is_ours(self, page: Page, path: str) -> None:
        page.goto(path)
        end = page.locator("article > :last-child")
        assert end.locator("dt").all_inner_texts() == ["性质", "本站纠错", "引用本页"]
        expect(end).to_contain_text("非官方整理")
