"""Lists by status, year and topic: every issue is reached without a script, and no page grows without bound."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from playwright.sync_api import Browser

from noticeboard.board.board import Board
from noticeboard.board.folders import load
from noticeboard.paths import CONFIG
from noticeboard.record.vocabulary import TOPICS, StatusCode
from noticeboard.record.walk import countable
from noticeboard.site import engine
from noticeboard.site.model.site import Site
from noticeboard.site.pages.listings import listing_views, window
from noticeboard.site.pages.tree import pages
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


def made(board: Board) -> dict[str, BeautifulSoup]:
    """Those that hold an issue."""
    return {file: page for file, page in all_made(board).items() if "目前没有这样的问题。" not in page.text}


def titles(page: BeautifulSoup) -> list[str]:
    return [link.text for link in page.select("tbody td:first-child > a")]


def page_links(page: BeautifulSoup) -> list[tuple[str, str]]:
    """What stands between the pages of a list: words and, of a link, its address."""
    return [(tag.text, str(tag.get("href", ""))) for tag in page.select(".nb-pages > *")]


def test_a_hundred_and_one_issues_take_two_pages(tmp_path: Path) -> None:
    found = made(board_of(tmp_path, _2023=issues(101)))
    assert sorted(found) == [
        "issues/status/unstated.md",
        "issues/status/unstated/2.md",
        "issues/year/2023.md",
        "issues/year/2023/2.md",
    ]
    first, second = found["issues/status/unstated.md"], found["issues/status/unstated/2.md"]
    assert titles(first) == [f"第{at}条" for at in range(1, 101)]
    assert titles(second) == ["第101条"]
    assert page_links(first) == [("1", ""), ("2", "2/"), ("下一页", "2/")]
    assert page_links(second) == [("上一页", "../"), ("1", "../"), ("2", "")]
    assert second.select_one("td > a")["href"] == "../../../../notices/shili/2023/#i-101"


def test_a_hundred_issues_take_one_page_without_page_numbers(tmp_path: Path) -> None:
    found = made(board_of(tmp_path, _2023=issues(100)))
    assert sorted(found) == ["issues/status/unstated.md", "issues/year/2023.md"]
    assert page_links(found["issues/year/2023.md"]) == []


def test_pages_behind_the_first_say_so_in_their_titles(tmp_path: Path) -> None:
    views = listing_views(Site(board_of(tmp_path, _2023=issues(101, ", 状态: 整改中")), MASTHEAD))
    assert [page.head.title for page in views if page.rows and "status" in page.address.path] == [
        "正在整改的问题",
        "正在整改的问题（第 2 页）",
    ]


def test_the_newest_notice_stands_first_and_its_issues_in_the_order_of_the_source(tmp_path: Path) -> None:
    older = "问题: [{标识: i-1, 标题: 旧}]\n"
    newer = "问题: [{标识: i-2, 标题: 新乙}, {标识: i-1, 标题: 新甲}]\n"
    site = Site(board_of(tmp_path, **{"_2022-12": older, "_2023": newer}), MASTHEAD)
    by_status = [site.rows[listing.address] for listing in site.listings.by_status]
    assert [[row.title for row in rows] for rows in by_status] == [["新乙", "新甲", "旧"]]
    assert [listing.name for listing in site.listings.by_year] == ["2023年", "2022年"]


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
    ("number", "count", "shown"),
    [
        (1, 1, "1"),
        (1, 2, "1 2"),
        (1, 7, "1 2 3 … 7"),
        (4, 7, "1 2 3 4 5 6 7"),
        # A gap of one page is that page.
        (1, 5, "1 2 3 4 5"),
        (7, 700, "1 … 5 6 7 8 9 … 700"),
        (700, 700, "1 … 698 699 700"),
    ],
)
def test_a_page_links_the_first_the_last_and_its_neighbours(number: int, count: int, shown: str) -> None:
    assert " ".join(str(one or "…") for one in window(number, count)) == shown


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
    page.locator("tbody a").first.click()
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
    assert " ".join(page.locator(".nb-pages").inner_text().split()) == "上一页 1 … 4 5 6 7 8 … 12 下一页"
    assert beyond_the_screen(page) == 0
    page.close()
