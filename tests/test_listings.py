"""Lists by status, year and topic: every issue is reached without a script, and no page grows without bound."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser

from noticeboard.board.board import Board
from noticeboard.board.folders import load
from noticeboard.paths import CONFIG
from noticeboard.record.vocabulary import TOPICS, StatusCode
from noticeboard.record.walk import countable
from noticeboard.site import engine
from noticeboard.site.model.listpages import ENOUGH, PAGE_LENGTH, ListPage, list_pages
from noticeboard.site.model.site import Site
from noticeboard.site.pages.listings import ListingView, listing_pages, window
from noticeboard.site.pages.tree import pages
from noticeboard.site.sitemap import sitemap
from tests import five
from tests.conftest import Visit
from tests.records import MASTHEAD, NOTICE, UNIT, write
from tests.widths import beyond_the_screen

BOARD = five.checked().board


def board_of(folder: Path, **notices: str) -> Board:
    """A unit with a notice for each date (``_2023``), made of the smallest notice and these lines behind it."""
    files = {f"shili/{date.strip('_')}.yml": NOTICE + more for date, more in notices.items()}
    board, problems = load(write(folder, {"shili/unit.yml": UNIT, **files}))
    assert problems == []
    return board


def issues(count: int, more: str = "") -> str:
    """``问题`` with so many issues, named 第1条, 第2条 …, each with ``more`` fields."""
    return "问题:\n" + "".join(f"- {{标识: i-{at}, 标题: 第{at}条{more}}}\n" for at in range(1, count + 1))


def all_made(board: Board) -> dict[str, BeautifulSoup]:
    """The HTML in the generated pages of lists, by file."""
    texts = {page.file: page.text.split("---\n", 2)[2] for page in pages(Site(board, MASTHEAD))}
    return {
        file: BeautifulSoup(text, "html.parser")
        for file, text in texts.items()
        if file.startswith(("issues/status/", "issues/year/", "topics/")) and file != "topics/index.md"
    }


def listing_views(site: Site) -> list[ListingView]:
    return [ListingView.of(site, listing, page) for listing, page in listing_pages(site)]


def listed_texts(board: Board) -> dict[str, str]:
    """The generated pages of lists, by file, with all that they say."""
    texts = {page.file: page.text for page in pages(Site(board, MASTHEAD))}
    return {
        file: text for file, text in texts.items() if file.startswith(("issues/", "topics/")) and "index" not in file
    }


def made(board: Board) -> dict[str, BeautifulSoup]:
    """Those that hold an issue."""
    return {file: page for file, page in all_made(board).items() if "目前没有这样的问题。" not in page.text}


def titles(page: BeautifulSoup) -> list[str]:
    return [link.text for link in page.select("tbody td:first-child > a")]


def page_links(page: BeautifulSoup) -> list[tuple[str, str]]:
    """What stands between the pages of a list: words and, of a link, its address."""
    return [(tag.text, str(tag.get("href", ""))) for tag in page.select(".nb-pages > *")]


def test_a_hundred_and_one_issues_take_two_pages_and_stand_at_the_address_of_the_list(tmp_path: Path) -> None:
    found = made(board_of(tmp_path, _2023=issues(101)))
    assert sorted(found) == [
        "issues/status/unstated.md",
        "issues/status/unstated/1.md",
        "issues/status/unstated/2.md",
        "issues/year/2023.md",
        "issues/year/2023/1.md",
        "issues/year/2023/2.md",
    ]
    whole, oldest, newest = (found[f"issues/status/unstated{page}.md"] for page in ("", "/1", "/2"))
    assert titles(whole) == [f"第{at}条" for at in range(1, 102)]
    assert titles(newest) == ["第1条"]
    assert titles(oldest) == [f"第{at}条" for at in range(2, 102)]
    assert page_links(whole) == [("最新", ""), ("2", "2/"), ("1", "1/")]
    assert page_links(newest) == [("最新", "../"), ("2", ""), ("1", "../1/"), ("较早一页", "../1/")]
    assert page_links(oldest) == [("最新", "../"), ("较新一页", "../2/"), ("2", "../2/"), ("1", "")]
    assert newest.select_one("td > a")["href"] == "../../../../notices/shili/2023/#i-1"


def test_a_hundred_issues_take_one_page_without_page_numbers(tmp_path: Path) -> None:
    found = made(board_of(tmp_path, _2023=issues(100)))
    assert sorted(found) == ["issues/status/unstated.md", "issues/year/2023.md"]
    assert page_links(found["issues/year/2023.md"]) == []


@pytest.mark.parametrize(
    ("count", "own", "numbered", "older"),
    [
        (101, 101, [100, 1], None),
        (149, 149, [100, 49], None),
        # A newest page that has enough stands there alone.
        (150, 50, [100, 50], 1),
        (200, 100, [100, 100], 1),
        (201, 101, [100, 100, 1], 1),
        (349, 149, [100, 100, 100, 49], 2),
    ],
)
def test_the_address_of_a_list_shows_the_newest_page_and_one_more_where_it_is_short(
    tmp_path: Path, count: int, own: int, numbered: list[int], older: int | None
) -> None:
    site = Site(board_of(tmp_path, _2022=issues(60), _2023=issues(count - 60)), MASTHEAD)
    whole, *pages = [page for page in listing_views(site) if page.list_address == "issues/status/unstated/"]
    assert [len(page.rows) for page in (whole, *pages)] == [own, *numbered]
    assert (whole.older and whole.older.number) == older
    # Whoever goes on to older pages meets every issue once.
    assert whole.rows == tuple(row for page in reversed(pages[older or 0 :]) for row in page.rows)


def test_a_page_that_fills_up_names_the_list_as_the_address_that_counts(tmp_path: Path) -> None:
    site = Site(board_of(tmp_path, _2023=issues(150, ", 状态: 整改中")), MASTHEAD)
    views = [page for page in listing_views(site) if page.list_address == "issues/status/in_progress/"]
    assert [page.head.title for page in views] == [
        "正在整改的问题",
        "正在整改的问题（第 1 页）",
        "正在整改的问题（第 2 页）",
    ]
    canonical = [dict(page.head.extras).get("canonical") for page in views]
    assert canonical == [None, None, "https://example.org/issues/status/in_progress/"]
    addresses = [page.address.path for page in views]
    assert [f"<loc>https://example.org/{address}</loc>" in sitemap(site, addresses) for address in addresses] == [
        True,
        True,
        False,
    ]


def test_a_new_notice_changes_the_newest_pages_only(tmp_path: Path) -> None:
    """Of each list its own page, the newest with a number, and what leads to a new one."""
    topic = ", 状态: 整改中, 主题: 财务管理"
    older = {f"_{year}-{month:02}": issues(30, topic) for year in (2021, 2022) for month in range(1, 13)}
    before = listed_texts(board_of(tmp_path / "before", **older))
    after = listed_texts(board_of(tmp_path / "after", **older, **{"_2022-12-31": issues(5, topic)}))
    assert before.keys() <= after.keys()
    assert sum("共 **" not in text and "目前没有" not in text for text in before.values()) == 8 + 8 + 4 + 4
    assert sorted(file for file, text in after.items() if before.get(file) != text) == [
        "issues/status/in_progress.md",
        "issues/status/in_progress/8.md",
        "issues/year/2022.md",
        "issues/year/2022/4.md",
        "topics/finance.md",
        "topics/finance/8.md",
    ]
    # 20 fill the newest page of 720, one more begins the next.
    more = listed_texts(board_of(tmp_path / "more", **older, **{"_2022-12-31": issues(81, topic)}))
    changed = sorted(file for file, text in more.items() if before.get(file) != text and "status" in file)
    assert changed == [f"issues/status/in_progress{page}.md" for page in ("", "/8", "/9")]


@settings(max_examples=50)
@given(counts=st.lists(st.integers(1, 250), min_size=1, max_size=12), newer=st.integers(1, 250))
def test_pages_are_cut_from_the_oldest_issue_and_lose_none(counts: list[int], newer: int) -> None:
    def pages_of(counts: list[int]) -> tuple[ListPage, ...]:
        return list_pages((f"shili/{nth}", {"x/": count}) for nth, count in reversed([*enumerate(counts)]))["x/"]

    def shown(pages: Iterable[ListPage]) -> list[tuple[str, int]]:
        return [(span.notice, at) for page in pages for span in page.spans for at in range(span.start, span.stop)]

    everything = [(f"shili/{nth}", at) for nth in reversed(range(len(counts))) for at in range(counts[nth])]
    own, *numbered = pages_of(counts)
    assert [page.address for page in numbered] == [f"x/{number}/" for number in range(1, len(numbered) + 1)]
    assert {page.count for page in numbered[:-1]} <= {PAGE_LENGTH}
    assert shown(reversed(numbered)) == (everything if numbered else [])
    assert shown([own]) == everything[: own.count]
    assert own.count == len(everything) or ENOUGH <= own.count < PAGE_LENGTH + ENOUGH
    # What is full stays, but for the way to a page that is new.
    longer = pages_of([*counts, newer])[1:]
    for before, after in zip(numbered, longer, strict=False):
        assert before.is_filling or before.spans == after.spans
        assert before.is_filling or before == after or not before.has_newer


def test_the_newest_notice_stands_first_and_its_issues_in_the_order_of_the_source(tmp_path: Path) -> None:
    older = "问题: [{标识: i-1, 标题: 旧}]\n"
    newer = "问题: [{标识: i-2, 标题: 新乙}, {标识: i-1, 标题: 新甲}]\n"
    site = Site(board_of(tmp_path, **{"_2022-12": older, "_2023": newer}), MASTHEAD)
    by_status = [page.rows for page in listing_views(site) if page.rows and "status" in page.address.path]
    assert [[row.title for row in rows] for rows in by_status] == [["新乙", "新甲", "旧"]]
    assert [listing.name for listing in site.listings.by_year] == ["2023年", "2022年"]


def test_what_the_issues_of_a_notice_share_stands_once_above_them(tmp_path: Path) -> None:
    dated = "数据截至: 2023-11\n" + issues(2, ", 状态: 整改中")
    changed = "数据截至: 2022-11\n问题:\n- {标识: i-1, 标题: 甲}\n"
    changed += "- {标识: i-2, 标题: 乙, 状态: {词语: 已完成, 截至: 2022-12}}\n"
    found = made(board_of(tmp_path, _2023=dated, _2022=changed))
    newer, older = (
        [" ".join(row.get_text(" ").split()) for row in found[f"issues/year/{year}.md"].select("tbody tr")]
        for year in (2023, 2022)
    )
    assert newer == ["示例局 2023年12月14日的通报 截至2023年11月", "第1条 ◔ 整改中", "第2条 ◔ 整改中"]
    # Issues of different days tell each its own.
    assert older == ["示例局 2023年12月14日的通报", "甲 － 未标明 截至2022年11月", "乙 ✓ 已完成 截至2022年12月"]


def test_what_does_not_count_stands_in_no_list(tmp_path: Path) -> None:
    more = (
        "问题: [{标识: i-1, 标题: 上级, 主题: 换届, 子问题: [{标识: i-1-1, 标题: 下级, 主题: 财务管理}]}]\n"
        "意见建议: [{标识: s-1, 标题: 建议, 主题: 保密工作, 状态: 整改中}]\n"
    )
    found = made(board_of(tmp_path, _2023=more))
    assert sorted(found) == ["issues/status/unstated.md", "issues/year/2023.md", "topics/finance.md"]
    assert all(titles(page) == ["下级"] for page in found.values())


def test_a_topic_given_twice_lists_its_issue_once(tmp_path: Path) -> None:
    board = board_of(tmp_path, _2023=issues(1, ", 主题: [财务管理, 财务管理]"))
    assert [listing.count for listing in Site(board, MASTHEAD).listings.by_topic] == [1]


def test_a_list_that_may_have_held_an_issue_answers_without_one(tmp_path: Path) -> None:
    """So that no address goes when the last issue of a status, a year or a topic does."""
    withdrawn = "状态: {词语: 撤下, 日期: 2024-01-05, 原因: 重复公布}\n"
    found = all_made(board_of(tmp_path, _2022=withdrawn, _2023=""))
    assert sorted(found) == sorted(
        [
            *(f"issues/status/{code.value}.md" for code in StatusCode),
            *(f"issues/year/{year}.md" for year in (2022, 2023)),
            *(f"topics/{slug}.md" for slug in TOPICS.values()),
        ]
    )
    assert all(page.find("table") is None for page in found.values())


def test_a_board_without_issues_has_no_lists_but_a_page_of_topics(tmp_path: Path) -> None:
    board = board_of(tmp_path, _2023="")
    assert made(board) == {}
    texts = {page.file: page.text for page in pages(Site(board, MASTHEAD))}
    assert "还没有标注主题的问题" in texts["topics/index.md"]


@pytest.mark.parametrize(
    ("number", "newest", "shown"),
    [
        (0, 0, ""),
        (2, 2, "2 1"),
        (7, 7, "7 6 5 … 1"),
        # It tells of one newer page, never of the newest.
        (4, 5, "5 4 3 2 1"),
        (1, 2, "2 1"),
        # A gap of one page is that page.
        (5, 5, "5 4 3 2 1"),
        (700, 700, "700 699 698 … 1"),
    ],
)
def test_a_page_links_its_neighbours_and_the_oldest(number: int, newest: int, shown: str) -> None:
    assert " ".join(str(one or "…") for one in window(number, newest)) == shown


def listed_on(site: Path, pattern: str) -> dict[str, list[str]]:
    """The addresses of the issues that each page of lists shows, as ``UNIT/DATE#ANCHOR``."""
    shown: dict[str, list[str]] = {}
    for page in site.glob(pattern):
        soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
        links = [str(link["href"]) for link in soup.select("article tbody td:first-child > a")]
        shown[page.parent.relative_to(site).as_posix()] = [link.rpartition("notices/")[2] for link in links]
    return shown


def test_every_issue_stands_in_one_list_of_each_way_and_in_those_of_its_topics(site: Path) -> None:
    statuses, years, topics = (
        listed_on(site, f"{way}/*/index.html") for way in ("issues/status", "issues/year", "topics")
    )
    expected: dict[str, list[str]] = {page: [] for page in (*statuses, *years, *topics)}
    for filed in BOARD.notices:
        for issue in (placed.issue for placed in countable(filed.notice)):
            ways = [f"issues/status/{issue.status.code.value}", f"issues/year/{filed.date_name[:4]}"]
            for page in (*ways, *(f"topics/{TOPICS[topic]}" for topic in issue.topics)):
                expected[page].append(f"{filed.address}/#{issue.id}")
    assert expected == statuses | years | topics
    assert sum(map(bool, expected.values())) > 30


def test_the_page_of_topics_tells_how_many_issues_each_has(site: Path) -> None:
    soup = BeautifulSoup((site / "topics/index.html").read_text(encoding="utf-8"), "html.parser")
    entries = [entry for entry in soup.select("article #title ~ ul > li") if isinstance(entry, Tag)]
    shown = {str(entry.a["href"]).strip("/"): entry.text.partition("　")[2] for entry in entries if entry.a}
    counts = {
        page.removeprefix("topics/"): len(found) for page, found in listed_on(site, "topics/*/index.html").items()
    }
    assert shown == {slug: f"{count} 个问题" for slug, count in counts.items() if count}
    unused = [str(link["href"]).strip("/") for link in soup.select("#unused + p a")]
    assert sorted(unused) == sorted(slug for slug, count in counts.items() if not count)


@pytest.mark.parametrize("visit", [{"java_script_enabled": False}], indirect=True)
def test_without_javascript_a_citizen_gets_from_topics_to_an_issue(visit: Visit) -> None:
    page = visit.open("topics/")
    page.get_by_role("link", name="换届", exact=True).click()
    assert page.title().startswith("主题：换届")
    page.locator("tbody td a").first.click()
    page.locator(":target").wait_for(state="visible")
    assert page.url.startswith(visit.base_url + "notices/")


def test_a_page_among_many_fits_a_phone(browser: Browser, tmp_path: Path) -> None:
    board = board_of(tmp_path / "notices", _2023=issues(1101, ", 状态: 整改中"))
    file = "issues/status/in_progress/6.md"
    text = next(page.text for page in pages(Site(board, MASTHEAD)) if page.file == file)
    tree = write(tmp_path / "pages", {file: text})
    engine.build_pages(CONFIG, tree, tmp_path / "site", [file])
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto((tmp_path / "site/issues/status/in_progress/6/index.html").as_uri())
    assert " ".join(page.locator(".nb-pages").inner_text().split()) == "最新 较新一页 7 6 5 4 … 1 较早一页"
    assert beyond_the_screen(page) == 0
    page.close()
