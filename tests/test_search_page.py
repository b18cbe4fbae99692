"""The page of all issues as a reader uses it: find, filter, page through, send the link, land on what was found."""

from __future__ import annotations

import json
import re
import shutil
import zlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, Route, expect

from bench.scan import Scan
from noticeboard.checking.check import check
from noticeboard.files import sync
from noticeboard.record.vocabulary import TOPICS
from noticeboard.record.walk import countable
from noticeboard.site import build as sites
from noticeboard.site.search import index
from noticeboard.site.search.passages import sources
from tests import five
from tests.conftest import Visit, served
from tests.records import NOTICE, UNIT, write
from tests.widths import beyond_the_screen

BOARD = five.checked().board
SOURCES = list(sources(BOARD))
SCAN = Scan(SOURCES)
ISSUES = [(filed, placed.issue) for filed in BOARD.notices for placed in countable(filed.notice)]
NAMES = [f"{filed.address}#{issue.id}" for filed, issue in ISSUES]
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}


def settled(page: Page, state: str = "done") -> Page:
    page.wait_for_selector(f"[data-results][data-state={state}]", state="attached")
    return page


def stale(page: Page) -> None:
    """Before something that asks anew: what is shown now does not pass for the answer to that."""
    page.locator("[data-results]").evaluate("list => { list.dataset.state = 'stale' }")


def asked(visit: Visit, **query: str) -> Page:
    """The page of search as the address of this question opens it."""
    return settled(visit.open(f"issues/?{urlencode(query)}"))


def hits(page: Page) -> list[str]:
    return page.eval_on_selector_all("[data-hit]", "hits => hits.map(hit => hit.dataset.hit)")


def total(page: Page) -> int:
    return int(page.locator("[data-results]").get_attribute("data-total") or -1)


def offered(page: Page, name: str) -> dict[str, str]:
    """The values of a filter with their words."""
    options = page.locator(f"[data-filters] select[name={name}] option").all()
    return {value: option.inner_text() for option in options if (value := option.get_attribute("value"))}


def question(page: Page) -> dict[str, str]:
    """What the address asks for."""
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


class TestFinding:
    """What stands there is found, and nothing else."""

    @pytest.mark.parametrize(
        "query",
        [
            "协会",
            "0746-3229641",
            "０７４６—３２２９６４１",
            "差旅费",
            "湘政发〔2009〕3号",
            "文",
            "党组书记 财务",
            "qywl3229641",
            "26",
            "20. 干部选拔任用程序不规范",
            "２０． 干部选拔",
        ],
    )
    def test_the_hits_are_those_of_a_plain_scan_in_its_order(self, visit: Visit, query: str) -> None:
        page = asked(visit, q=query)
        expected = SCAN.hits(query)
        assert expected
        assert (hits(page), total(page)) == (expected[:20], len(expected))

    def test_a_hit_shows_unit_notice_date_number_title_status_and_the_marked_passage(self, visit: Visit) -> None:
        page = asked(visit, q="换届不及时")
        hit = page.locator("[data-hit='qingyang-wenlian/2023#i-1-4']")
        expect(hit).to_contain_text("庆阳市文联")
        expect(hit).to_contain_text("通报》2023年")
        expect(hit.locator(".nb-hit-title")).to_have_text(re.compile("^问题四"))
        expect(hit.locator(".nb-status")).to_contain_text("正在整改")
        assert "换届不及时" in "".join(hit.locator("mark").all_inner_texts())

    def test_words_apart_are_found_in_one_notice_after_those_in_one_passage(self, visit: Visit) -> None:
        page = asked(visit, q="换届 昭阳")
        assert hits(page) == SCAN.hits("换届 昭阳")[:20]
        assert all(hit.startswith(("zhaoyang", "units/zhaoyang")) for hit in hits(page))

    def test_a_word_with_a_minus_is_left_out(self, visit: Visit) -> None:
        page = asked(visit, q="协会 -换届")
        assert set(hits_of_all_pages(page)) == set(SCAN.hits("协会")) - set(SCAN.hits("换届"))

    def test_quotation_marks_keep_the_blank(self, visit: Visit) -> None:
        page = asked(visit, q='"2023 12"')
        assert total(page) == 0
        assert total(asked(visit, q="2023 12")) > 0

    def test_several_issues_of_one_notice_stand_together_and_name_it_once(self, visit: Visit) -> None:
        page = asked(visit, q="协会")
        notices = [hit.partition("#")[0] for hit in hits(page)]
        assert notices == sorted(notices, key=notices.index)
        shown = page.locator(".nb-results .nb-from:not(.nb-unseen)").count()
        assert shown == len({notice for notice in notices if not notice.startswith("units/")})


def hits_of_all_pages(page: Page) -> list[str]:
    found = hits(page)
    while page.get_by_role("link", name="下一页").count():
        stale(page)
        page.get_by_role("link", name="下一页").click()
        settled(page)
        found += hits(page)
    return found


class TestAllIssues:
    """Without a query: all issues, newest first."""

    def test_twenty_at_a_time_and_each_once(self, visit: Visit) -> None:
        page = asked(visit)
        assert total(page) == len(NAMES)
        assert hits(page) == NAMES[:20]
        expect(page.get_by_role("status")).to_have_text(
            f"共 {len(NAMES)} 个问题，第 1 页，共 {-(-len(NAMES) // 20)} 页"
        )
        assert hits_of_all_pages(page) == NAMES

    def test_back_and_reload_keep_everything(self, visit: Visit) -> None:
        page = asked(visit, q="会", unit="zhaoyang-wenlian", page="2")
        second = hits(page)
        page.reload()
        assert hits(settled(page)) == second
        stale(page)
        page.get_by_role("link", name="上一页").click()
        assert hits(settled(page)) != second
        page.go_back()
        settled(page)
        expect(page.locator("[data-results] > li").first).to_have_attribute("data-hit", second[0])
        assert page.locator(".nb-search input").input_value() == "会"
        assert page.locator("select[name=unit]").input_value() == "zhaoyang-wenlian"


class TestFilters:
    """Each narrows the hits; its counts follow the others."""

    @pytest.mark.parametrize(
        ("name", "value", "is_kept"),
        [
            ("unit", "zhaoyang-wenlian", lambda filed, _: filed.unit_slug == "zhaoyang-wenlian"),
            ("status", "in_progress", lambda _, issue: issue.status.code.value == "in_progress"),
            ("topic", "finance", lambda _, issue: "财务管理" in issue.topics),
            ("year", "2023", lambda filed, _: filed.date.year == 2023),
            ("region", "530000", lambda filed, _: filed.unit_slug == "zhaoyang-wenlian"),
            ("level", "市", lambda filed, _: filed.unit_slug in {"qingyang-wenlian", "fushun-wenlian"}),
        ],
    )
    def test_a_filter_keeps_what_has_its_value_and_says_how_many(self, visit: Visit, name, value, is_kept) -> None:  # noqa: ANN001
        expected = [hit for hit, (filed, issue) in zip(NAMES, ISSUES, strict=True) if is_kept(filed, issue)]
        page = asked(visit)
        assert expected
        assert offered(page, name)[value].endswith(f"（{len(expected)}）")
        stale(page)
        page.locator(f"select[name={name}]").select_option(value)
        settled(page)
        expect(page.locator("[data-results]")).to_have_attribute("data-total", str(len(expected)))
        assert hits_of_all_pages(page) == expected
        assert question(page)[name] == value

    def test_counts_follow_the_other_filters_but_not_their_own(self, visit: Visit) -> None:
        page = asked(visit, unit="fushun-wenlian")
        fushun = [issue for filed, issue in ISSUES if filed.unit_slug == "fushun-wenlian"]
        assert sum(map(count_of, offered(page, "status").values())) == len(fushun)
        assert len(offered(page, "unit")) == 4
        counts = {topic: count_of(words) for topic, words in offered(page, "topic").items()}
        assert counts == {
            TOPICS[topic]: sum(topic in issue.topics for issue in fushun)
            for topic in TOPICS
            if any(topic in issue.topics for issue in fushun)
        }

    def test_nothing_moves_when_the_end_of_the_hits_is_reached(self, visit: Visit) -> None:
        page = asked(visit)
        tall = "() => document.documentElement.scrollHeight"
        before = page.evaluate(tall)
        page.get_by_role("link", name="下一页").scroll_into_view_if_needed()
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert page.evaluate(tall) == before

    @pytest.mark.parametrize(("query", "asked_too"), [({"q": "协会"}, []), ({"q": "协会 换届"}, [[]])])
    def test_for_the_hits_of_one_year_its_segments_alone_are_asked(
        self, visit: Visit, years_apart: str, query: dict[str, str], asked_too: list[list[int]]
    ) -> None:
        page = visit.page
        read: list[str] = []
        page.on("request", lambda request: read.append(request.url))
        # What is behind the hits is never asked for.
        page.add_init_script("""
          const post = Worker.prototype.postMessage
          Worker.prototype.postMessage = function (message) { if (!message.isShown) post.call(this, message) }
        """)
        page.goto(f"{years_apart}issues/?{urlencode({**query, 'year': '2023'})}")
        expected = [hit for hit in SCAN.hits(query["q"]) if "/2023" in hit]
        expect(page.locator("[data-results]")).to_have_attribute("data-total", str(len(expected)))
        assert hits(page) == expected[:20]
        start = json.loads(zlib.decompress(page.request.get(f"{years_apart}search/v2/start.bin").body()))
        segments = [one for one in start["segments"] if any(f"/{one['folder']}/shelf/" in url for url in read)]
        # A month and a notice without one.
        assert [one["years"] for one in segments] == [*asked_too, [2023], [2023]]

    def test_a_query_and_filters_can_be_sent_as_an_address(self, visit: Visit) -> None:
        page = asked(visit, q="协会", unit="fushun-wenlian", status="completed")
        assert hits(page)
        assert all(hit.startswith("fushun-wenlian/2025#") for hit in hits(page))
        assert page.locator(".nb-search input").input_value() == "协会"
        expect(page.locator("[data-filtering]")).to_have_text("筛选（已选 2 项）")
        stale(page)
        page.get_by_role("link", name="清除筛选").click()
        settled(page)
        assert question(page) == {"q": "协会"}

    def test_an_unknown_value_is_said_and_does_not_filter(self, visit: Visit) -> None:
        page = asked(visit, unit="<img src=x onerror=alert(1)>", year="2023", status="done")
        assert total(page) == sum(filed.date.year == 2023 for filed, _ in ISSUES)
        told = page.locator("[data-notes]").inner_text()
        assert "网址中的单位“<img src=x onerror=alert(1)>”在本站没有，没有按它筛选。" in told
        assert "网址中的状态“done”在本站没有" in told
        assert visit.errors == []


@pytest.fixture
def years_apart(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The site with an index in which each year has a segment; its address."""
    monkeypatch.setattr(index, "_MOST_NOTICES", 1)
    copied = Path(shutil.copytree(site, tmp_path / "site"))
    shutil.rmtree(copied / "search")
    sync(index.index(SOURCES), tmp_path / "index")
    (tmp_path / "index" / "search").rename(copied / "search")
    with served(copied) as address:
        yield address


def count_of(words: str) -> int:
    return int(words.rpartition("（")[2].rstrip("）"))


class TestTyping:
    """The search box while somebody writes in it."""

    def test_typing_searches_and_one_step_back_undoes_it(self, visit: Visit) -> None:
        page = asked(visit)
        page.get_by_role("searchbox").press_sequentially("差旅费", delay=20)
        expect(page.locator("[data-results]")).to_have_attribute("data-total", str(len(SCAN.hits("差旅费"))))
        assert question(page) == {"q": "差旅费"}
        page.go_back()
        expect(page.locator("[data-results]")).to_have_attribute("data-total", str(len(NAMES)))
        assert page.get_by_role("searchbox").input_value() == ""

    def test_the_back_button_keeps_a_search_from_which_a_hit_was_opened(self, visit: Visit) -> None:
        page = asked(visit)
        page.get_by_role("searchbox").fill("差旅费")
        settled_on(page, len(SCAN.hits("差旅费"))).locator(".nb-hit-title a").first.click()
        page.wait_for_url("**/notices/**")
        page.go_back()
        settled_on(page, len(SCAN.hits("差旅费")))
        page.get_by_role("searchbox").fill("协会")
        settled_on(page, len(SCAN.hits("协会")))
        page.go_back()
        settled_on(page, len(SCAN.hits("差旅费")))
        assert question(page) == {"q": "差旅费"}

    def test_a_filter_chosen_while_an_answer_is_drawn_stays_chosen(self, visit: Visit) -> None:
        page = asked(visit, q="协会", unit="nowhere")
        page.evaluate("""() => {
          const list = document.querySelector("[data-results]"), box = document.querySelector(".nb-search input")
          const select = document.querySelector("select[name=unit]")
          new MutationObserver((_, observer) => {
            observer.disconnect()
            select.value = "zhaoyang-wenlian"
            select.dispatchEvent(new Event("change", { bubbles: true }))
          }).observe(list, { childList: true })
          box.value = "会"
          box.dispatchEvent(new InputEvent("input", { bubbles: true }))
        }""")
        expected = [hit for hit in SCAN.hits("会") if hit.startswith(("zhaoyang", "units/zhaoyang"))]
        settled_on(page, len(expected))
        assert page.locator("select[name=unit]").input_value() == "zhaoyang-wenlian"
        expect(page.locator("[data-filtering]")).to_have_text("筛选（已选 1 项）")
        stale(page)
        page.get_by_role("link", name="下一页").click()
        assert question(settled(page))["unit"] == "zhaoyang-wenlian"

    def test_half_typed_pinyin_is_not_searched(self, visit: Visit) -> None:
        page = asked(visit)
        page.get_by_role("searchbox").focus()
        keyboard = page.context.new_cdp_session(page)
        for typed in ("x", "xie", "xie'hui"):
            keyboard.send(
                "Input.imeSetComposition", {"text": typed, "selectionStart": len(typed), "selectionEnd": len(typed)}
            )
        page.wait_for_timeout(200)
        assert page.get_by_role("searchbox").input_value() == "xie'hui"
        assert (question(page), total(page)) == ({}, len(NAMES))
        keyboard.send("Input.insertText", {"text": "协会"})
        expect(page.locator("[data-results]")).to_have_attribute("data-total", str(len(SCAN.hits("协会"))))
        assert question(page) == {"q": "协会"}

    def test_keys_in_quick_succession_make_one_question(self, visit: Visit) -> None:
        page = asked(visit)
        page.evaluate("""() => {
          window.questions = []
          const post = Worker.prototype.postMessage
          Worker.prototype.postMessage = function (message) {
            questions.push(message.question.typed)
            return post.call(this, message)
          }
          const box = document.querySelector(".nb-search input")
          for (const end of [1, 2, 3, 4]) {
            box.value = "0746".slice(0, end)
            box.dispatchEvent(new InputEvent("input", { bubbles: true }))
          }
        }""")
        expect(page.locator("[data-results]")).to_have_attribute("data-total", str(len(SCAN.hits("0746"))))
        assert page.evaluate("questions") == ["0746"]

    def test_a_slash_leads_to_the_box_and_escape_clears_it(self, visit: Visit) -> None:
        page = asked(visit, q="协会")
        page.keyboard.press("/")
        expect(page.get_by_role("searchbox")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator("[data-results]")).to_have_attribute("data-total", str(len(NAMES)))
        assert page.get_by_role("searchbox").input_value() == ""
        page.keyboard.type("1/2")
        assert page.get_by_role("searchbox").input_value() == "1/2"

    def test_results_are_announced(self, visit: Visit) -> None:
        page = asked(visit, q="差旅费")
        status = page.get_by_role("status")
        expect(status).to_have_text(f"共 {len(SCAN.hits('差旅费'))} 处")
        assert status.get_attribute("aria-live") == "polite"
        tree = page.locator(".nb-explorer").aria_snapshot()
        assert re.search(r"- list:\n\s+- listitem:", tree)
        assert "- mark: 差旅费" in tree
        assert "未标明 截至日期未载" in tree


class TestNothingFound:
    """A dead end shows the ways out."""

    def test_it_offers_the_same_without_the_last_filter_and_the_contacts(self, visit: Visit) -> None:
        page = asked(visit, q="换届", unit="fushun-wenlian", year="2021")
        assert (hits(page), total(page)) == ([], 0)
        expect(page.get_by_role("status")).to_have_text("没有找到")
        expect(page.locator("[data-notes]")).to_contain_text("所选的范围里没有一处写着“换届”。")
        expect(page.get_by_role("link", name="通讯录").last).to_have_attribute("href", "/contacts/")
        stale(page)
        page.get_by_role("link", name="不限年份再找").click()
        settled(page)
        assert question(page) == {"q": "换届", "unit": "fushun-wenlian"}
        assert total(page) > 0

    def test_it_says_what_was_asked_for_as_text(self, visit: Visit) -> None:
        page = asked(visit, q="<b>没有的话</b>")
        expect(page.locator("[data-notes]")).to_contain_text("没有一处写着“<b>没有的话</b>”。")
        assert page.locator("[data-notes] b").count() == 0


class TestFailing:
    """A file that does not come, a site that is built anew, a browser off line."""

    def test_it_says_which_file_keeps_the_hits_and_tries_again(self, visit: Visit) -> None:
        page = asked(visit, q="协会")
        before = hits(page)
        page.route("**/block/*", lambda route: route.abort())
        page.get_by_role("searchbox").fill("差旅费")
        settled(page, "error")
        expect(page.get_by_role("alert")).to_contain_text(
            re.compile(r"没有取到文件 /search/v2/[0-9a-f]{12}/block/\d+\.bin")
        )
        assert hits(page) == before
        page.unroute("**/block/*")
        page.get_by_role("button", name="再试一次").click()
        assert hits(settled(page)) == SCAN.hits("差旅费")[:20]
        assert page.locator("[data-notes]").inner_text() == ""

    def test_off_line_it_says_so(self, visit: Visit) -> None:
        page = asked(visit, q="协会")
        page.context.set_offline(True)
        page.get_by_role("searchbox").fill("差旅费")
        settled(page, "error")
        expect(page.get_by_role("alert")).to_contain_text("现在没有连上网络，下面仍是上一次的结果。")
        page.context.set_offline(False)
        page.get_by_role("button", name="再试一次").click()
        assert hits(settled(page)) == SCAN.hits("差旅费")[:20]

    def test_a_program_that_does_not_load_is_said_and_tried_again(self, visit: Visit) -> None:
        visit.page.route("**/worker.js", lambda route: route.abort())
        page = settled(visit.open("issues/"), "error")
        expect(page.get_by_role("alert")).to_contain_text("没有取到文件 /assets/search/worker.js，暂时不能查找。")
        page.unroute("**/worker.js")
        page.get_by_role("button", name="再试一次").click()
        assert hits(settled(page)) == NAMES[:20]

    def test_a_site_built_anew_meanwhile_is_read_from_its_new_files(self, visit: Visit, site: Path) -> None:
        page = asked(visit, q="协会")
        start = json.loads(zlib.decompress((site / "search/v2/start.bin").read_bytes()))
        folders = [segment["folder"] for segment in start["segments"]]
        new = {folder: f"{at:012}" for at, folder in enumerate([*folders, start["pages"]])}

        def moved(route: Route) -> None:
            path = urlsplit(route.request.url).path.removeprefix("/")
            for folder, name in new.items():
                path = path.replace(name, folder)
            content = (site / path).read_bytes()
            if path.endswith("start.bin"):
                segments = [{**segment, "folder": new[segment["folder"]]} for segment in start["segments"]]
                content = zlib.compress(json.dumps({"segments": segments, "pages": new[start["pages"]]}).encode())
            route.fulfill(body=content)

        page.route(re.compile(f"/search/v2/({'|'.join(new)})/"), lambda route: route.fulfill(status=404))
        page.route(re.compile(r"/search/v2/(0{10}\d\d/|start\.bin)"), moved)
        # Two questions at once: the second meets an index that the first is about to replace.
        page.evaluate("""async () => {
          const box = document.querySelector(".nb-search input")
          for (const value of ["落实", "差旅费"]) {
            box.value = value
            box.dispatchEvent(new InputEvent("input", { bubbles: true }))
            await new Promise(resolve => setTimeout(resolve, 30))
          }
        }""")
        assert hits(settled_on(page, len(SCAN.hits("差旅费")))) == SCAN.hits("差旅费")[:20]

    def test_filters_that_do_not_come_leave_the_hits_and_say_so(self, visit: Visit) -> None:
        visit.page.route("**/topics.bin", lambda route: route.abort())
        page = settled(visit.open("issues/?q=差旅费"), "error")
        assert hits(page) == SCAN.hits("差旅费")[:20]
        expect(page.get_by_role("alert")).to_contain_text("结果都在下面，筛选和它旁边的数目还没有更新。")
        page.unroute("**/topics.bin")
        page.get_by_role("searchbox").press("Enter")
        settled(page)
        assert offered(page, "topic")


def settled_on(page: Page, count: int) -> Page:
    expect(page.locator("[data-results]")).to_have_attribute("data-total", str(count))
    return settled(page)


NO_SEARCH = ".nb-no-search"


class TestNotStarting:
    """Until the search has started, and for good where it does not, the page says so and where else to go."""

    @pytest.mark.parametrize("path", ["", "issues/", "issues/?q=换届"])
    def test_where_it_starts_nothing_of_that_is_ever_seen_and_nothing_moves(self, visit: Visit, path: str) -> None:
        visit.page.add_init_script("""
          window.seen = []
          window.moved = 0
          const look = () => {
            const told = document.querySelector(".nb-no-search")
            if (told) seen.push(told.checkVisibility())
            requestAnimationFrame(look)
          }
          look()
          new PerformanceObserver(list => {
            for (const entry of list.getEntries()) moved += entry.value
          }).observe({ type: "layout-shift", buffered: true })
        """)
        page = visit.open(path)
        page.wait_for_selector("html.nb-started", state="attached")
        page.wait_for_function("seen.length > 5")
        assert not page.evaluate("seen.some(Boolean)")
        assert page.evaluate("moved") < 0.01

    @pytest.mark.parametrize("visit", [{"java_script_enabled": False}], indirect=True)
    @pytest.mark.parametrize("path", ["", "issues/"])
    def test_without_javascript(self, visit: Visit, path: str) -> None:
        page = visit.open(path)
        expect(page.locator(NO_SEARCH)).to_be_visible()
        page.get_by_role("link", name="按状态、年份、主题、单位打开列表").click()
        expect(page.locator("#browse")).to_be_in_viewport()

    @pytest.mark.parametrize("page", ["index.html", "issues/index.html"])
    def test_opened_as_a_file(self, browser: Browser, site: Path, page: str) -> None:
        opened = browser.new_page()
        opened.goto((site / page).as_uri())
        expect(opened.locator(NO_SEARCH)).to_be_visible()
        opened.close()

    @pytest.mark.parametrize(
        "script",
        [
            *("page", "switches", "contents", "copying"),
            *("search/explorer", "search/address", "search/filter-names", "search/filters", "search/hits"),
            *("search/query", "search/fold"),
        ],
    )
    @pytest.mark.parametrize("fault", ["abort", "broken"])
    def test_a_script_that_does_not_come_or_is_broken(self, visit: Visit, script: str, fault: str) -> None:
        broken = {"body": "throw new Error('示例')", "content_type": "text/javascript"}
        visit.page.route(
            f"**/assets/{script}.js", lambda route: route.abort() if fault == "abort" else route.fulfill(**broken)
        )
        page = visit.open("issues/")
        expect(page.locator(NO_SEARCH)).to_be_visible()
        expect(page.locator(".nb-explorer")).to_be_hidden()

    @pytest.mark.parametrize(
        "script", ["worker", "finder", "index", "segment", "files", "ranking", "facets", "excerpts"]
    )
    def test_one_of_those_beside_the_page_is_named(self, visit: Visit, script: str) -> None:
        visit.page.route(f"**/assets/search/{script}.js", lambda route: route.abort())
        page = settled(visit.open("issues/"), "error")
        expect(page.get_by_role("alert")).to_contain_text("没有取到文件 /assets/search/worker.js，暂时不能查找。")

    def test_a_script_that_never_comes(self, visit: Visit) -> None:
        page = visit.page
        page.clock.install()
        page.route("**/assets/page.js", lambda _: None)
        page.goto(f"{visit.base_url}issues/", wait_until="commit")
        page.wait_for_selector("#browse")
        expect(page.locator(NO_SEARCH)).to_be_hidden()
        page.clock.fast_forward(11_000)
        expect(page.locator(NO_SEARCH)).to_be_visible()

    def test_one_that_comes_late_takes_the_sentence_away_and_searches(self, visit: Visit) -> None:
        page = visit.page
        held: list[Route] = []
        page.clock.install()

        def hold(route: Route) -> None:
            held.append(route)

        page.route("**/assets/search/explorer.js", hold)
        page.goto(f"{visit.base_url}issues/", wait_until="commit")
        page.wait_for_selector("#browse")
        page.clock.fast_forward(11_000)
        expect(page.locator(NO_SEARCH)).to_be_visible()
        while not held:
            page.wait_for_timeout(10)
        for route in held:
            route.continue_()
        page.clock.run_for(5_000)
        expect(page.locator(NO_SEARCH)).to_be_hidden()
        assert hits(settled(page)) == NAMES[:20]

    def test_without_the_script_of_the_settings_it_searches_all_the_same(self, visit: Visit) -> None:
        visit.page.route("**/assets/settings.js", lambda route: route.abort())
        page = settled(visit.open("issues/"))
        expect(page.locator(NO_SEARCH)).to_be_hidden()
        expect(page.locator(".nb-switches")).to_have_count(0)
        assert hits(page) == NAMES[:20]

    def test_a_script_of_somebody_elses_that_fails_later_changes_nothing(self, visit: Visit) -> None:
        page = settled(visit.open("issues/"))
        page.evaluate("""() => new Promise(done => {
          const script = document.createElement("script")
          script.src = "/nowhere.js"
          script.onerror = done
          document.body.append(script)
        })""")
        expect(page.locator(".nb-explorer")).to_be_visible()


class TestLanding:
    """From a hit to its place, with the query marked there."""

    def test_a_hit_leads_to_its_anchor_with_the_query_marked(self, visit: Visit) -> None:
        page = asked(visit, q="差旅费")
        name = hits(page)[0]
        page.locator("[data-hit] .nb-hit-title a").first.click()
        page.wait_for_url("**/notices/**")
        assert page.url.endswith("/notices/" + name.replace("#", f"/?h={quote('差旅费')}#"))
        expect(page.locator("article mark").first).to_have_text("差旅费")
        assert page.locator(":target").is_visible()

    @pytest.mark.parametrize("visit", [{"java_script_enabled": False}], indirect=True)
    def test_without_javascript_just_the_anchor(self, visit: Visit) -> None:
        page = visit.open("notices/qingyang-wenlian/2023/?h=换届#i-1-4")
        assert page.locator(":target").is_visible()
        assert page.locator("mark").count() == 0

    def test_markup_in_the_query_marks_nothing_and_runs_nothing(self, visit: Visit) -> None:
        page = visit.open(
            "notices/qingyang-wenlian/2023/?" + urlencode({"h": "<script>alert(1)</script> 换届 a.*+?[\\"})
        )
        expect(page.locator("article mark").first).to_have_text("换届")
        assert visit.errors == []


class TestEveryPage:
    """The way in, and the theme's own search gone."""

    @pytest.mark.parametrize("path", ["", "units/", "notices/qiyang-wenlian/2023-12/", "topics/finance/", "404.html"])
    def test_the_box_in_the_header_leads_to_the_search(self, visit: Visit, path: str) -> None:
        page = visit.page
        page.goto(visit.base_url + path)
        page.keyboard.press("/")
        page.keyboard.type("换届")
        page.keyboard.press("Enter")
        page.wait_for_url("**/issues/?q=*")
        assert hits(settled(page)) == SCAN.hits("换届")[:20]

    def test_nothing_of_the_themes_search_is_left(self, site: Path) -> None:
        assert [path.name for path in (site / "search").iterdir()] == ["v2"]
        assert [*site.glob("assets/javascripts/**/*worker*"), *site.glob("assets/javascripts/lunr/**/*")] == []
        assert not any("md-search" in page.read_text(encoding="utf-8") for page in site.rglob("*.html"))

    def test_all_modules_of_the_search_are_asked_for_at_once(self, site: Path) -> None:
        folder = site / "assets/search"

        def imported(name: str) -> set[str]:
            text = (folder / f"{name}.js").read_text(encoding="utf-8")
            names = set(re.findall(r'from "\./([a-z-]+)\.js"', text)) | set(re.findall(r'URL\("([a-z]+)\.js"', text))
            return names.union(*map(imported, names))

        page = (site / "issues/index.html").read_text(encoding="utf-8")
        assert set(re.findall(r'modulepreload" fetchpriority="low" href="\.\./assets/search/([a-z-]+)\.js', page)) == {
            "explorer"
        } | imported("explorer")


@pytest.mark.parametrize("visit", [{"java_script_enabled": False}], indirect=True)
def test_without_javascript_every_issue_is_reached_by_unit_status_topic_and_year(visit: Visit) -> None:
    page = visit.open("issues/")
    expect(page.locator(".nb-explorer")).to_be_hidden()
    links = [str(link.get_attribute("href")) for link in page.locator("#browse ~ dl a").all()]
    for kind in ("status/", "year/", "../topics/", "../units/"):
        assert any(link.startswith(kind) for link in links), kind
    page.get_by_role("link", name="正在整改", exact=True).click()
    assert page.locator("tbody tr:has(td)").count() == sum(
        issue.status.code.value == "in_progress" for _, issue in ISSUES
    )


HOSTILE = [
    "<script>alert(1)</script>",
    "a.*+?^${}()|[]\\",
    "😀👨‍👩‍👧",
    "\u202e\u200f整改\u2066",
    "\\u0000",
    "%00",
    '"',
    "-",
    "--",
    '-""',
    "“”",
    "　 　",
    "' OR 1=1 --",
    "constructor __proto__",
    "协会\0",
]


#: Nothing to look for: all issues are shown.
NO_QUERY = {'-""', "　 　"}


@pytest.mark.parametrize("query", HOSTILE)
def test_any_query_is_answered_or_refused_in_a_sentence(visit: Visit, query: str) -> None:
    page = asked(visit, q=query)
    if query in NO_QUERY:
        assert hits(page) == NAMES[:20]
    elif SCAN.hits(query) and "\0" not in query:
        assert hits(page) == SCAN.hits(query)[:20]
    else:
        assert (hits(page), total(page)) == ([], 0)
        expect(page.locator("[data-notes] p").first).to_contain_text("没有一处写着")
    assert visit.errors == []


def test_a_whole_document_pasted_is_refused_in_a_sentence(visit: Visit) -> None:
    page = asked(visit)
    stale(page)
    page.get_by_role("searchbox").fill("一" * 10_000)
    expect(page.locator("[data-notes]")).to_have_text("要找的文字太长，最多 300 个字：只粘贴其中一句就可以。")
    assert (hits(settled(page)), visit.errors) == ([], [])
    assert len(page.url) < 4000
    page.reload()
    assert hits(settled(page)) == []


@pytest.mark.parametrize(
    ("typed", "wanted", "unwanted"),
    [
        ("协会  换届", ["协会", "换届"], []),
        ("协会　-换届", ["协会"], ["换届"]),
        ('"2023 12" －"第 一"', ["2023 12"], ["第一"]),
        # Quotation marks of the text itself are text.
        ("“第一议题”", ['"第一议题"'], []),
        ("整改，\n二是", ["整改,二是"], []),
        ("KPI\nApp", ["kpi", "app"], []),
        ("-", ["-"], []),
        ("0746-3229641", ["0746-3229641"], []),
        ("--a", ["--a"], []),
        ('a"b', ['a"b'], []),
        ("协会 协会", ["协会"], []),
        ("协会\0", ["协会\ufffd"], []),
    ],
)
def test_what_is_typed_is_read_as_terms(visit: Visit, typed: str, wanted: list[str], unwanted: list[str]) -> None:
    page = visit.open("about/")
    parsed = page.evaluate("async typed => (await import('/assets/search/query.js')).parse(typed)", typed)
    assert (parsed["wanted"], parsed["unwanted"]) == (wanted, unwanted)


def test_where_there_are_too_many_values_the_chosen_and_the_most_frequent_are_offered(visit: Visit) -> None:
    page = visit.open("about/")
    offers = page.evaluate(
        """async () => {
          const [{ Facets }, { Index }] = await Promise.all(
            ["facets", "index"].map(name => import(`/assets/search/${name}.js`)))
          const count = 300
          const region = at => String(430000 + 100 * Math.floor(at / 10) + (at % 10))
          const columns = {
            sizes: Array(count).fill(2),
            passages: { status: "0".repeat(2 * count) },
            topics: { of: Array(2 * count).fill("A") },
          }
          const tables = {
            tables: { statuses: [["completed", "已完成", "✓"]], topics: [["finance", "财务管理"]], levels: ["县"] },
            units: {
              units: columnsOf(count, at => [`u${at}`, `示例${at}`, region(at), "县"]),
              regions: { 430000: "湖南省", ...Object.fromEntries(columnsOf(count, at => [region(at), `示例${at}`])) },
            },
          }
          const pages = { unit: Array.from({ length: count }, (_, at) => at), year: Array(count).fill(2023) }
          function columnsOf(count, row) { return Array.from({ length: count }, (_, at) => row(at)) }
          const segment = { years: [2023], passages: 2 * count, columns: async name => columns[name] ?? tables[name] }
          const index = new Index([segment], async () => ({ unit: [pages.unit], year: [pages.year] }))
          // Of each page the first passage is a hit; of the page of u250 both are.
          const ranks = Uint8Array.from({ length: 2 * count }, (_, at) => (at % 2 === 0 || at === 501 ? 1 : 0))
          const chosen = { unit: "u200" }
          const { unit } = await new Facets(index).offers(ranks, chosen)
          const { region: regions } = await new Facets(index).offers(ranks, { region: region(205) })
          return { unit, regions }
        }"""
    )
    units = {value: count for value, _, count in offers["unit"]["values"]}
    assert (len(units), offers["unit"]["rest"]) == (100, 200)
    assert (units["u200"], units["u250"]) == (1, 2)
    codes = [value for value, _, _ in offers["regions"]["values"]]
    # The province, the city, and all counties of the city.
    assert {"430000", "432000", *(str(432001 + at) for at in range(9))} <= set(codes)
    assert codes == sorted(codes)


def test_half_a_character_is_no_exception(visit: Visit) -> None:
    page = asked(visit)
    page.evaluate("""() => {
      const box = document.querySelector(".nb-search input")
      box.value = "整改\\ud800"
      box.dispatchEvent(new InputEvent("input", { bubbles: true }))
    }""")
    expect(page.locator("[data-notes]")).to_contain_text("没有一处写着")
    assert visit.errors == []


ANY_QUERY = st.text(alphabet='整改落实 -"“”\n（１1aＡ<é\u0301😀\u202e', max_size=8) | st.sampled_from(
    sorted(
        {field[at : at + 5] for source in SOURCES for one in source.passages for field in one.body for at in (0, 7, 30)}
    )
)


def test_any_query_finds_what_a_plain_scan_finds(visit: Visit) -> None:
    page = asked(visit)
    queries: list[str] = []

    @given(ANY_QUERY)
    @settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
    def collect(query: str) -> None:
        queries.append(query)

    collect()
    answers = page.evaluate(
        """async queries => {
          const [{ opened }, { parse }, { answers, ordered }] = await Promise.all(
            ["index", "query", "ranking"].map(name => import(`/assets/search/${name}.js`)))
          const index = await opened(new URL("/search/v2/", location))
          return Promise.all(queries.map(async query => {
            const { wanted, unwanted } = parse(query)
            return { wanted, unwanted, found: await ordered(index, await answers(index, { wanted, unwanted })) }
          }))
        }""",
        queries,
    )
    found = [[SCAN.hit_names[number] for number in answer["found"]] for answer in answers]
    assert found == [SCAN.answer(answer["wanted"], answer["unwanted"]) for answer in answers]


@pytest.fixture
def hostile_site(tmp_path: Path) -> Iterator[str]:
    """A page of search over one notice whose every text is made to break it; its address."""
    text = '<img src=x onerror=alert(1)>第一行\n      第二行 & "引号" </script><b>粗</b>'
    issue = f"问题:\n- 标识: i-1\n  标题: '<script>alert(1)</script>问题'\n  措施:\n  - |-\n      {text}\n"
    notices = write(tmp_path / "notices", {"shili/unit.yml": UNIT, "shili/2023.yml": NOTICE + issue})
    checked = check(notices)
    assert not checked.blocks(strict=False)
    sites.build(checked, tmp_path / "site")
    with served(tmp_path / "site") as address:
        yield address


def test_markup_in_a_record_is_text_and_a_passage_is_marked_across_a_line_end(
    browser: Browser, hostile_site: str
) -> None:
    page = browser.new_page()
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.on("dialog", lambda dialog: failures.append(dialog.message))
    page.goto(f"{hostile_site}issues/?q={quote('一行第二')}")
    settled(page)
    hit = page.locator("[data-hit='shili/2023#i-1']")
    expect(hit.locator(".nb-hit-title")).to_have_text("<script>alert(1)</script>问题")
    assert " ".join(hit.locator("mark").inner_text().split()) == "一行 第二"
    assert page.locator("[data-results] img, [data-results] script, [data-results] b").count() == 0
    hit.locator("a").nth(1).click()
    page.wait_for_url("**/notices/**")
    expect(page.locator("article mark").first).to_be_visible()
    assert "".join("".join(page.locator("article mark").all_inner_texts()).split()) == "一行第二"
    assert failures == []
    page.close()


@pytest.mark.parametrize("visit", [PHONE], indirect=True)
def test_on_a_phone_the_hits_come_first_and_nothing_scrolls_sideways(visit: Visit) -> None:
    page = asked(visit, q="换届")
    assert page.locator("[data-hit]").first.bounding_box()["y"] < 740
    page.locator("[data-filtering]").click()
    expect(page.locator("select[name=unit]")).to_be_visible()
    assert beyond_the_screen(page) == 0
