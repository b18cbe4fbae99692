"""Statistics: what is listed is counted, what is not said is no nought, and the page stays short on a large board."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from playwright.sync_api import Browser, Page

from noticeboard.board.board import Board, NoticeFile, UnitFolder
from noticeboard.board.folders import load
from noticeboard.paths import CONFIG
from noticeboard.positions import Marks
from noticeboard.reading.read import read_bytes
from noticeboard.record.counting import reconcile
from noticeboard.record.model import Notice, Unit
from noticeboard.site import engine
from noticeboard.site.model.site import Site
from noticeboard.site.pages.charts import share
from noticeboard.site.pages.figures import Span, Standing, StatedTotal
from noticeboard.site.pages.statistics import ROWS, StatisticsView
from noticeboard.site.pages.tree import page
from tests import five
from tests.conftest import served
from tests.records import FILE as NOTICE_FILE
from tests.records import MASTHEAD, NOTICE, UNIT, notice, write
from tests.rendering import html_of
from tests.widths import beyond_the_screen

FILE = "statistics/index.md"
TWO_DONE = "问题: [{标识: i-1, 标题: 甲, 状态: 已完成}, {标识: i-2, 标题: 乙, 状态: 基本完成}]\n"
ONE_OPEN = "问题: [{标识: i-1, 标题: 甲, 状态: 整改中}]\n"
STATES_NINE = "通报所述: [{项目: 问题, 数: 9, 单位: 个}]\n"


def board_of(folder: Path, files: dict[str, str]) -> Board:
    """A board of ``SLUG/DATE`` → lines behind the smallest notice; a unit not given is the smallest one."""
    units = {f"{path.partition('/')[0]}/unit.yml": UNIT for path in files}
    notices = {f"{path}.yml": text if path.endswith("/unit") else NOTICE + text for path, text in files.items()}
    board, problems = load(write(folder, units | notices))
    assert [str(problem) for problem in problems] == []
    return board


def view_of(board: Board) -> StatisticsView:
    return StatisticsView.of(Site(board, MASTHEAD))


def text_of(board: Board) -> str:
    return page("statistics.md.j2", view_of(board)).text


def soup_of(board: Board) -> BeautifulSoup:
    return BeautifulSoup(text_of(board).split("---\n", 2)[2], "html.parser")


def rows(soup: BeautifulSoup, caption: str) -> list[list[str]]:
    """The body of the table whose caption begins so."""
    (table,) = (one.parent for one in soup.select("caption") if one.text.startswith(caption))
    assert isinstance(table, Tag)
    return [[cell.get_text("/", strip=True) for cell in row.select("th, td")] for row in table.select("tbody tr")]


def stated_in(more: str) -> StatedTotal:
    """What a notice with these lines states."""
    return StatedTotal.of(reconcile(notice(more)))


class TestStated:
    """What a notice says of its number of issues."""

    def test_a_total_that_agrees_with_what_is_listed(self) -> None:
        stated = stated_in("通报所述: [{项目: 问题, 数: 2, 单位: 个}]\n" + TWO_DONE)
        assert stated == StatedTotal("2个", 2, Standing.AGREES, ())

    def test_a_total_that_differs(self) -> None:
        assert stated_in(STATES_NINE + TWO_DONE).standing is Standing.DIFFERS

    def test_a_total_of_which_nothing_is_listed(self) -> None:
        assert stated_in(STATES_NINE).standing is Standing.NOT_LISTED

    def test_no_total_is_not_nought(self) -> None:
        assert stated_in(TWO_DONE) == StatedTotal("未载", None, Standing.NOT_STATED, ())

    def test_nought_that_is_stated_is_nought(self) -> None:
        stated = stated_in("通报所述: [{项目: 问题, 数: 0, 单位: 个}]\n")
        assert (stated.words, stated.count) == ("0个", 0)

    def test_figures_of_single_bodies_are_quoted_and_never_added_up(self) -> None:
        more = "通报所述: [{项目: 问题, 数: 3, 单位: 个, 对象: 甲村}, {项目: 问题, 数: 4, 单位: 个, 对象: 乙村}]\n"
        assert stated_in(more) == StatedTotal("甲村3个，乙村4个", None, Standing.NO_TOTAL, ())

    def test_stated_numbers_of_states_are_quoted_beside_it_but_not_those_of_suggestions(self) -> None:
        more = (
            "通报所述: [{项目: 问题, 数: 9, 单位: 个}, {项目: 已完成整改, 数: 8, 单位: 个}, "
            "{项目: 正在推进, 所属: 意见建议, 数: 4, 单位: 个}]\n"
        )
        assert stated_in(more).statuses == ("已完成整改8个",)


def dated(inspection: str, publication: str) -> Notice:
    """A notice with these fields of 巡察 and 发布."""
    text = f"标题: 甲\n文种: 巡察整改进展\n发布: {{内容: 摘要, {publication}}}\n巡察: {inspection}\n"
    record = read_bytes(NOTICE_FILE, text.encode(), Notice).record
    assert record
    return record


@pytest.mark.parametrize(
    ("inspection", "publication", "months", "words"),
    [
        ("{反馈: 2023-06-16}", "落款日期: 2023-12-14", 6, "6 个月"),
        ("{反馈: 2023-06-30}", "落款日期: 2023-07", 1, "1 个月"),
        ("{反馈: 2023-12-01}", "落款日期: 2023-12-14", 0, "同一个月"),
        ("{反馈: 2023-12}", "发布日期: 2024-01-02", 1, "1 个月"),
        # The signing comes first, but only where its month is known.
        ("{反馈: 2023-11}", "落款日期: 2023-12-30, 发布日期: 2024-01-02", 1, "1 个月"),
        ("{反馈: 2023-11}", "落款日期: 2024, 发布日期: 2024-01-02", 2, "2 个月"),
        # Of several inspections the first feedback.
        ("[{反馈: 2023-09}, {反馈: 2023-06}]", "落款日期: 2023-12-14", 6, "6 个月"),
        ("{开始: 2023-01}", "落款日期: 2023-12-14", None, "反馈日期未载"),
        ("{反馈: 2023-06-16}", "来源: 甲", None, "发布日期未载"),
        ("{开始: 2023-01}", "来源: 甲", None, "反馈日期未载，发布日期未载"),
        ("{反馈: 2023}", "落款日期: 2023-12-14", None, "反馈日期没有月份"),
        ("{反馈: 2023-06-16}", "落款日期: 2024", None, "发布日期没有月份"),
        ("{反馈: {原文: 某年某月}}", "落款日期: 2024-01", None, "反馈日期没有月份"),
        ("{反馈: 2024-06}", "落款日期: 2023-12", None, "所载发布日期早于反馈日期"),
    ],
)
def test_months_from_feedback_to_publication_or_why_there_are_none(
    inspection: str, publication: str, months: int | None, words: str
) -> None:
    span = Span.of(dated(inspection, publication))
    assert (span.months, span.words) == (months, words)


@pytest.mark.parametrize(
    ("count", "whole", "words"), [(1, 3, "33%"), (3, 3, "100%"), (1, 1000, "不到 1%"), (999, 1000, "99% 以上")]
)
def test_a_rounded_share_is_neither_nothing_nor_all(count: int, whole: int, words: str) -> None:
    assert share(count, whole) == words


class TestUnits:
    """Units side by side."""

    def test_stated_totals_are_added_only_where_every_notice_has_one(self, tmp_path: Path) -> None:
        board = board_of(
            tmp_path,
            {"jia/2023": STATES_NINE, "jia/2024": STATES_NINE, "yi/2023": STATES_NINE, "yi/2024": "", "yi/2025": ""},
        )
        both, some = (row.sums for row in view_of(board).unit_rows)
        assert (both.stated, both.stated_words) == (18, "18个")
        assert (some.stated, some.stated_words) == (None, "9个，另有 2 份没有总数")

    def test_a_unit_that_states_and_lists_nothing_shows_no_nought(self, tmp_path: Path) -> None:
        soup = soup_of(board_of(tmp_path, {"jia/2023": ""}))
        ((name, _, notices, *figures, months, as_of),) = rows(soup, "各单位的")
        assert (name, notices, figures) == ("示例局", "1", ["未载", "没有逐条列出", "—", "—", "—"])
        assert (months, as_of) == ("反馈日期未载", "截至日期未载")
        known = [cell["data-label"] for cell in soup.select("[data-sorts] td[data-value]")]
        assert known == ["地区", "通报"]

    def test_a_unit_without_a_notice_says_so(self, tmp_path: Path) -> None:
        board = board_of(tmp_path, {"jia/2023": ONE_OPEN, "yi/unit": UNIT.replace("439999", "440000")})
        assert rows(soup_of(board), "各单位的")[1][2:] == ["0", *["没有通报"] * 2, *["—"] * 3, *["没有通报"] * 2]

    def test_the_day_and_the_months_are_those_of_the_latest_notice(self, tmp_path: Path) -> None:
        older = "数据截至: 2022-12\n巡察: {反馈: 2022-01}\n"
        newer = "数据截至: 2023-11\n巡察: {反馈: 2023-10}\n"
        (row,) = view_of(board_of(tmp_path, {"jia/2022": older, "jia/2023-12-14": newer})).unit_rows
        assert (row.as_of.words, row.span and row.span.months) == ("2023年11月", 2)

    def test_statuses_stand_in_three_groups(self, tmp_path: Path) -> None:
        files = {"jia/2022": TWO_DONE, "jia/2023": ONE_OPEN, "jia/2024": "问题: [{标识: i-1, 标题: 甲}]\n"}
        (row,) = view_of(board_of(tmp_path, files)).unit_rows
        assert (row.sums.listed, row.sums.done, row.sums.open, row.sums.unstated) == (4, 2, 1, 1)


class TestPage:
    """What the page says."""

    def test_the_finding_of_a_chart_is_computed_and_names_it(self, tmp_path: Path) -> None:
        soup = soup_of(board_of(tmp_path, {"jia/2022": TWO_DONE, "jia/2023": ONE_OPEN}))
        svg = soup.select_one("svg[role=img]")
        assert svg is not None
        named_by = soup.find(id=str(svg["aria-labelledby"]))
        assert named_by is not None
        assert named_by.text == "列出的 3 个问题中，已完成类 2 个，未完成类 1 个，没有未标明的"
        assert soup.select_one(f"desc#{svg['aria-describedby']}") is not None
        texts = [text.text for text in svg.select("text")]
        assert texts == ["✓ 已完成", "1", "◕ 基本完成", "1", "◔ 正在整改", "1"]

    def test_every_number_leads_to_its_list(self, tmp_path: Path) -> None:
        more = "问题: [{标识: i-1, 标题: 甲, 状态: 整改中, 主题: 财务管理}]\n"
        soup = soup_of(board_of(tmp_path, {"jia/2023": more}))
        assert [link["href"] for link in soup.select("tbody td > a")] == [
            "../issues/status/in_progress/",
            "../issues/?region=430000",
            "../issues/year/2023/",
            "../topics/finance/",
        ]

    def test_suggestions_are_not_counted(self, tmp_path: Path) -> None:
        more = ONE_OPEN + "意见建议: [{标识: s-1, 标题: 乙, 状态: 已完成, 主题: 换届}]\n"
        view = view_of(board_of(tmp_path, {"jia/2023": more}))
        assert ([row.name for row in view.status.rows], view.sums.listed, view.topics.rows) == (["正在整改"], 1, ())

    def test_a_year_whose_notices_list_nothing_shows_no_nought(self, tmp_path: Path) -> None:
        soup = soup_of(board_of(tmp_path, {"jia/2022": STATES_NINE, "jia/2023": ONE_OPEN}))
        assert rows(soup, "各年") == [["2023年", "1 份", "1 个"], ["2022年", "1 份", "没有逐条列出"]]

    def test_stated_and_listed_stand_beside_each_other_in_words(self, tmp_path: Path) -> None:
        soup = soup_of(
            board_of(tmp_path, {"jia/2022": STATES_NINE, "jia/2023": ONE_OPEN, "jia/2024": STATES_NINE + ONE_OPEN})
        )
        assert [row[1:] for row in rows(soup, "每份通报所述")] == [
            ["9个", "1个", "不一致"],
            ["未载", "1个", "通报未载总数，无法对照"],
            ["9个", "没有逐条列出", "没有逐条列出，无法对照"],
        ]

    def test_the_page_says_for_which_days_its_figures_hold(self, tmp_path: Path) -> None:
        files = {"jia/2022": "数据截至: 2022-12\n", "jia/2023": "数据截至: 2023-11-02\n", "jia/2024": ""}
        text = text_of(board_of(tmp_path, files))
        assert "**这些数字不是今天的情况。**" in text
        assert "写明截至哪一天的 2 份（最早2022年12月，最晚2023年11月2日），截至日期未载的 1 份" in text

    def test_provinces_with_equally_many_issues_are_all_named(self, tmp_path: Path) -> None:
        yi = UNIT.replace("湖南省", "广东省").replace("439999", "449999")
        text = text_of(board_of(tmp_path, {"jia/2023": ONE_OPEN, "yi/unit": yi, "yi/2023": ONE_OPEN}))
        assert "列出的 2 个问题中，湖南省、广东省最多，各 1 个。" in text

    def test_a_board_of_notices_that_list_nothing_has_no_charts(self, tmp_path: Path) -> None:
        soup = soup_of(board_of(tmp_path, {"jia/2023": STATES_NINE}))
        assert soup.select("svg") == []
        assert "通报都没有逐条列出问题。" in soup.text

    def test_a_board_without_notices_has_nothing_to_count(self, tmp_path: Path) -> None:
        assert "还没有通报，没有可以统计的数字。" in text_of(board_of(tmp_path, {"jia/unit": UNIT}))

    def test_names_come_out_as_they_went_in(self, tmp_path: Path) -> None:
        unit = UNIT.replace("简称: 示例局", '简称: "*甲*<b>|乙"')
        board = board_of(tmp_path, {"jia/unit": unit, "jia/2023": ONE_OPEN})
        html = html_of(text_of(board))
        links = BeautifulSoup(html, "html.parser").select("[data-cards] tbody th a")
        assert [link.text.partition("　")[0] for link in links] == ["*甲*<b>|乙"] * 3
        assert "style=" not in html


def many(units: int) -> Board:
    """So many units of two provinces, with a notice each."""
    record = notice(STATES_NINE + ONE_OPEN)

    def unit(at: int) -> UnitFolder:
        province = ("湖南省", "430000") if at % 2 else ("广东省", "440000")
        region = {"省": province[0], "代码": province[1]}
        made = Unit.model_validate(
            {"全称": f"第{at}局", "简称": f"第{at}局", "地区": region, "类别": "政府部门", "级别": "省"}
        )
        slug = f"ju-{at}"
        filed = NoticeFile(slug, "2023", Path("2023.yml"), record, Marks())
        return UnitFolder(slug, Path("unit.yml"), made, Marks(), (filed,))

    return Board(tuple(unit(at) for at in range(units)))


def test_as_many_units_as_there_is_room_for_stand_one_by_one() -> None:
    soup = soup_of(many(ROWS))
    assert [len(rows(soup, caption)) for caption in ("各单位的", "每份通报从", "每份通报所述")] == [ROWS] * 3


def test_one_more_and_provinces_take_their_place() -> None:
    soup = soup_of(many(ROWS + 1))
    assert "单位有 301 个，超过 300 个" in soup.text
    assert "通报有 301 份，超过 300 份" in soup.text
    assert rows(soup, "各省、自治区、直辖市的单位、通报、问题") == [
        ["湖南省", "150", "150", "1350个", "150", "0", "150", "0", "都不能算"],
        ["广东省", "151", "151", "1359个", "151", "0", "151", "0", "都不能算"],
    ]
    assert rows(soup, "各省、自治区、直辖市的通报从")[0] == ["湖南省", "0 份", "—", "—", "—", "150 份"]
    assert rows(soup, "各省、自治区、直辖市的通报：")[0] == ["湖南省", "0 份", "150 份", "0 份", "0 份"]


def test_the_page_of_a_large_board_is_no_longer_than_that_of_a_middling_one() -> None:
    middling, large = (len(text_of(many(units))) for units in (ROWS + 1, 10 * ROWS))
    assert large < 1.05 * middling


def columns(page: Page, label: str) -> list[str]:
    return page.locator(f"[data-sorts] td[data-label='{label}']").all_inner_texts()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page of the real notices, built and served."""
    folder = tmp_path_factory.mktemp("statistics")
    tree = write(folder / "pages", {FILE: text_of(five.checked().board)})
    engine.build_pages(CONFIG, tree, folder / "site", [FILE])
    with served(folder / "site") as base:
        yield f"{base}statistics/"


class TestInTheBrowser:
    """The page of the real notices."""

    def test_a_press_on_a_column_sorts_and_another_turns_round_and_what_is_missing_stays_last(
        self, browser: Browser, address: str
    ) -> None:
        page = browser.new_page()
        page.goto(address)
        header = page.locator("[data-sorts] th", has_text="所述问题")
        header.get_by_role("button").click()
        assert header.get_attribute("aria-sort") == "ascending"
        assert columns(page, "所述问题") == ["18个", "21个", "24个", "25项", "未载"]
        header.get_by_role("button").press("Enter")
        assert header.get_attribute("aria-sort") == "descending"
        assert columns(page, "所述问题") == ["25项", "24个", "21个", "18个", "未载"]
        assert page.locator("[data-sorts] [aria-sort]").count() == 1
        page.close()

    def test_without_javascript_it_is_a_table_in_the_order_of_regions(self, browser: Browser, address: str) -> None:
        page = browser.new_page(java_script_enabled=False)
        page.goto(address)
        assert page.locator("[data-sorts] button").count() == 0
        names = page.locator("[data-sorts] tbody th").all_inner_texts()
        assert names == ["抚顺市文联", "椒江区文联", "祁阳市文联", "昭阳区文联", "庆阳市文联"]
        page.close()

    @pytest.mark.parametrize("java_script_enabled", [True, False])
    def test_on_a_phone_nothing_is_cut_off_and_no_text_is_small(
        self, browser: Browser, address: str, *, java_script_enabled: bool
    ) -> None:
        page = browser.new_page(viewport={"width": 360, "height": 740}, java_script_enabled=java_script_enabled)
        page.goto(address)
        assert beyond_the_screen(page) == 0
        rights = "Array.from(document.querySelectorAll('article :is(table, svg, text)'))"
        assert max(page.evaluate(f"{rights}.map(one => one.getBoundingClientRect().right)")) <= 360
        sizes = (
            "Array.from(document.querySelectorAll('svg text')).map(one => parseFloat(getComputedStyle(one).fontSize))"
        )
        assert min(page.evaluate(sizes)) >= 12
        page.close()
