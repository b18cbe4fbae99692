"""Pages on paper, as Chromium prints them: A4 in the measures of GB/T 9704, all of the text, nothing to click."""

from __future__ import annotations

import functools
import io
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from noticeboard.checking.check import check
from noticeboard.radicals import unified
from noticeboard.record.walk import countable
from noticeboard.site import build as sites
from tests import five
from tests.conftest import Visit, served
from tests.records import NOTICE, UNIT, write

LONG = "notices/fushun-wenlian/2025/"
SHORT = "notices/qiyang-wenlian/2023-12/"
UNIT_PAGE = "units/fushun-wenlian/"
MADE_UP = (
    NOTICE.replace("内容: 摘要", "内容: 摘要, 来源: 示例网, 网址: 'https://example.org/shili/1'")
    + f"概述: {'例' * 28 * 60}\n附件: [{{名称: 示例表, 网址: 'https://example.org/shili/2'}}]\n"
)
#: What leads from the article to other pages of the site and out of it, as far as it is printed.
LINKS = """() => Array.from(document.querySelectorAll("article a[href]"))
    .filter(a => a.checkVisibility() && !a.querySelector("img") && a.pathname !== location.pathname)
    .map(a => [a.origin === location.origin, a.origin === location.origin ? a.origin + a.pathname : a.href])
    .map(([isOurs, address]) => [isOurs, decodeURI(address)])"""


def plain(text: str) -> str:
    """A text without spaces and line ends, its characters as everywhere else."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", unified(text)))


@dataclass(frozen=True)
class Paper:
    """What was printed: the texts of the sides, and their sizes in points."""

    sides: list[str]
    sizes: set[tuple[int, int]]

    @property
    def text(self) -> str:
        # Without the number that each side begins with, so that what runs over its end is in one piece.
        return "".join(plain(side.partition("\n")[2]) for side in self.sides)


Print = Callable[[str], Paper]


def on_paper(page: Page) -> Paper:
    pages = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    sizes = {(round(one.mediabox.width), round(one.mediabox.height)) for one in pages}
    return Paper([one.extract_text() for one in pages], sizes)


@pytest.fixture(scope="module")
def printed(browser: Browser, base_url: str) -> Iterator[Print]:
    """A page of the real site on paper; each is printed once."""
    context = browser.new_context()

    @functools.cache
    def of(path: str) -> Paper:
        page = context.new_page()
        page.goto(base_url + path)
        return on_paper(page)

    yield of
    context.close()


@pytest.fixture(scope="module")
def made_up(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A notice with a long text and links to other sites."""
    folder = tmp_path_factory.mktemp("printed")
    notices = write(folder / "notices", {"shili/unit.yml": UNIT, "shili/2023.yml": MADE_UP})
    sites.build(check(notices), folder / "site")
    with served(folder / "site") as address:
        page = browser.new_page()
        page.goto(address + "notices/shili/2023/")
        yield page
        page.close()


@pytest.mark.parametrize("path", [SHORT, UNIT_PAGE, "statistics/"])
def test_the_paper_is_a4(printed: Print, path: str) -> None:
    assert printed(path).sizes == {(595, 842)}


def test_every_side_bears_its_number(printed: Print) -> None:
    sides = printed(LONG).sides
    assert [side.partition("\n")[0] for side in sides] == [f"— {number} —" for number in range(1, len(sides) + 1)]


def test_a_long_notice_fills_its_sides(printed: Print) -> None:
    assert len(printed(LONG).text) / len(printed(LONG).sides) > 28 * 22 / 2


def test_a_full_side_has_22_lines_of_28_characters(made_up: Page) -> None:
    lines = [[line for line in side.split("\n") if set(line) == {"例"}] for side in on_paper(made_up).sides]
    assert {len(line) for side in lines for line in side} == {28}
    assert (sum(map(len, lines)), max(map(len, lines))) == (60, 22)


def test_the_text_is_of_size_three_and_the_title_of_size_two(visit: Visit) -> None:
    page = visit.open(SHORT)
    page.emulate_media(media="print")
    style = "([name, property]) => parseFloat(getComputedStyle(document.querySelector(name))[property])"
    sizes = [page.evaluate(style, [name, "fontSize"]) * 72 / 96 for name in ("article", "h1")]
    # 三号 is 16 pt, of which 28 do not quite fit into 156 mm; 二号 is 22 pt.
    assert sizes == [pytest.approx(156 / 28 / 25.4 * 72, rel=0.001), pytest.approx(22, rel=0.001)]
    assert sizes[0] == pytest.approx(16, rel=0.02)


def test_all_issues_are_on_paper(printed: Print) -> None:
    (filed,) = [filed for filed in five.checked().board.notices if f"notices/{filed.address}/" == LONG]
    titles = [placed.issue.title for placed in countable(filed.notice)]
    assert len(titles) == 24
    # Each stands in the table and over its own measures.
    assert [title for title in titles if printed(LONG).text.count(plain(title)) < 2] == []


@pytest.mark.parametrize("path", [SHORT, UNIT_PAGE])
def test_what_can_only_be_clicked_is_not_on_paper(visit: Visit, printed: Print, path: str) -> None:
    page = visit.open(path)
    assert page.locator("button:visible, input:visible, nav:visible").count() > 5
    page.emulate_media(media="print")
    assert page.locator(":is(button, input, nav, summary, .headerlink, .nb-act):visible").all_inner_texts() == []
    words = "菜单|大字|高对比|深色|复制|本页目录|网站地图|回到页首|跳到正文|#关于|mailto:|tel:"
    assert not re.findall(words, printed(path).text)


def test_nothing_of_an_article_is_folded_away(site: Path) -> None:
    texts = [file.read_text(encoding="utf-8") for file in site.rglob("*.html")]
    # All three only lead elsewhere, and are not printed.
    folded = {attributes for text in texts for attributes in re.findall("<details ?([^>]*)", text)}
    assert folded == {'class="nb-menu"', 'class="nb-contents"', 'class="nb-filtering" open'}


def test_the_head_of_a_table_stands_on_every_side_that_the_table_runs_over(printed: Print) -> None:
    rows = [side for side in map(plain, printed(UNIT_PAGE).sides) if "✓已整改完成" in side]
    assert len(rows) > 2
    assert [side for side in rows if "编号问题状态" not in side] == []


def test_no_side_ends_with_the_head_of_a_table(printed: Print) -> None:
    sides = [plain(side) for path in (UNIT_PAGE, SHORT) for side in printed(path).sides]
    assert [side[-20:] for side in sides if side.endswith(("编号问题状态", "项目通报所述本页列出"))] == []


def test_a_table_has_its_sum_once(printed: Print) -> None:
    assert len(re.findall(r"合计\d+个100%", printed("statistics/").text)) == 1


def test_a_search_is_on_paper_with_what_was_asked_how_much_was_found_and_each_hit(visit: Visit) -> None:
    page = visit.open("issues/?q=协会&status=unstated&year=2023")
    page.wait_for_selector("[data-results][data-state=done]")
    asked = f"查找“协会”;状态:-未标明;年份:2023年{visit.base_url}issues/?q=协会&status=unstated&year=2023共5处"
    text = on_paper(page).text.replace("—", "-")
    assert plain(asked) in text
    hits = [
        [hit.locator(part).text_content() or "" for part in (".nb-from", ".nb-hit-title", ".nb-hit-status")]
        + [f"{visit.base_url}notices/{(hit.get_attribute('data-hit') or '').replace('#', '/#')}"]
        for hit in page.locator(".nb-results > li").all()
    ]
    assert len(hits) == 5
    page.emulate_media(media="print")
    for origin, title, status, address in hits:
        # Several hits of one notice stand under its name on the screen; on paper each bears it.
        assert text.count(plain(f"{origin}{title}")) == 1
        assert text.count(plain(f"{title}（{address}）{status}").replace("—", "-")) == 1
    for words in ("全部单位", "筛选", "清除", "按类别看", "输入原文", "上一页", "下一页"):
        assert words not in text
    assert page.locator(":is(button, input, select, summary):visible").count() == 0


def test_a_search_for_nothing_that_found_everything_says_so_on_paper(visit: Visit) -> None:
    page = visit.open("issues/")
    page.wait_for_selector("[data-results][data-state=done]")
    paper = on_paper(page)
    assert paper.sizes == {(595, 842)}
    assert plain(f"全部问题{visit.base_url}issues/共80个问题,第1页,共4页") in paper.text


@pytest.mark.parametrize("path", [SHORT, UNIT_PAGE, "contacts/", "topics/"])
def test_each_link_to_another_page_has_its_whole_address_once(visit: Visit, printed: Print, path: str) -> None:
    page = visit.open(path)
    text = printed(path).text
    page.emulate_media(media="print")
    addresses = [address for is_ours, address in page.evaluate(LINKS) if is_ours]
    assert addresses
    assert {address: text.count(f"({plain(address)})") for address in addresses} == dict.fromkeys(addresses, 1)


def test_each_link_to_another_site_has_its_address(made_up: Page) -> None:
    text = on_paper(made_up).text
    made_up.emulate_media(media="print")
    addresses = [address for is_ours, address in made_up.evaluate(LINKS) if not is_ours and "http" in address]
    assert set(addresses) == {"https://example.org/shili/1", "https://example.org/shili/2"}
    assert [text.count(f"({address})") - addresses.count(address) for address in set(addresses)] == [0, 0]


def test_the_qr_code_is_on_paper_though_nobody_scrolled_to_it(visit: Visit) -> None:
    page = visit.open(SHORT)
    code = page.locator("img.nb-qr")
    assert code.evaluate("image => image.naturalWidth") == 0
    page.pdf()
    page.emulate_media(media="print")
    assert code.is_visible()
    assert code.evaluate("image => image.naturalWidth && image.width") / 96 * 25.4 > 25


@pytest.mark.parametrize("kept", ['{"size":"large"}', '{"contrast":"high"}', '{"scheme":"dark"}'])
def test_how_a_reader_wants_the_screen_changes_nothing_on_paper(visit: Visit, printed: Print, kept: str) -> None:
    visit.page.add_init_script(f"localStorage.setItem('noticeboard', '{kept}')")
    page = visit.open(SHORT)
    assert on_paper(page).sides == printed(SHORT).sides
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.querySelector('article')).color") == "rgb(0, 0, 0)"
