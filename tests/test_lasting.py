"""What was published stays: the life of an issue on its pages, withdrawn and replaced notices, moved units."""

from __future__ import annotations

import json
import posixpath
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from noticeboard.checking.check import check
from noticeboard.site import build as sites
from noticeboard.site.search.passages import sources
from tests.records import NOTICE, UNIT, write

EARLIER = """标题: 示例局关于巡察整改情况的通报
文种: 巡察整改进展
发布: {内容: 摘要, 落款日期: 2023-12-14}
收录: 2023-12-16
巡察: {巡察组: 县委第一巡察组, 对象: 示例局, 反馈: 2023-06-01}
数据截至: 2023-12
通报所述: [{项目: 问题, 数: 3, 单位: 个}, {项目: 已完成整改, 数: 1, 单位: 个}, {项目: 正在整改, 数: 2, 单位: 个}]
问题:
  - {标识: i-1, 编号: 1., 标题: 差旅费报销不规范, 状态: 已完成整改, 主题: 财务管理}
  - 标识: i-2
    编号: 2.
    标题: 固定资产账目不清
    主题: 资产管理
    状态: 已完成整改
    变更:
      - {日期: 2024-03-01, 内容: 盘点完成, 原状态: 正在整改, 现状态: 已完成整改, 依据: 2024年2月27日来函}
  - {标识: i-3, 编号: 3., 标题: 制度不健全, 状态: 正在整改, 主题: 制度执行}
联系方式: {电话: 0000-1234560}
变更:
  - {日期: 2024-01-05, 内容: 更正联系电话, 依据: 来函}
"""
LATER = """标题: 示例局关于巡察整改后续情况的通报
文种: 巡察整改进展
发布: {内容: 摘要, 落款日期: 2024-06-20}
收录: 2024-06-21
数据截至: 2024-06
问题:
  - {标识: i-1, 编号: （一）, 标题: 制度不健全, 状态: 已完成整改, 主题: 制度执行, 承接: 2023-12-14#i-3}
联系方式: {电话: 0000-1234560}
"""
REPLACED = NOTICE.replace("示例通报", "数字有误的通报") + (
    "问题: [{标识: i-1, 标题: 不再公布的问题}]\n"
    "状态: {词语: 已更正并替换, 日期: 2024-02-02, 原因: 问题数录错, 替换为: 2023-12-14}\n"
)
WITHDRAWN = NOTICE.replace("示例通报", "重复公布的通报") + (
    "概述: 不再公布的概述\n状态: {词语: 撤下, 日期: 2024-05-06, 原因: 与另一份重复}\n"
)
MOVED = NOTICE + "旧址: jiu-zhan/2022\n问题: [{标识: i-1, 标题: 并入以前的问题, 主题: 换届}]\n"


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a renamed unit into which another one was merged, with notices of every fate."""
    folder = tmp_path_factory.mktemp("lasting")
    notices = write(
        folder / "notices",
        {
            "shili/unit.yml": UNIT + "旧址: [shili-ju]\n并入: [jiu-zhan]\n",
            "shili/2022_2.yml": MOVED,
            "shili/2023-12.yml": REPLACED,
            "shili/2023-12-14.yml": EARLIER,
            "shili/2024.yml": WITHDRAWN,
            "shili/2024-06-20.yml": LATER,
        },
    )
    checked = check(notices)
    assert [str(problem) for problem in checked.problems] == []
    sites.build(checked, folder / "site")
    return folder / "site"


def page(site: Path, address: str) -> BeautifulSoup:
    return BeautifulSoup((site / address / "index.html").read_text(encoding="utf-8"), "html.parser")


def lines(tag: Tag | None) -> list[str]:
    """The items of a list, each with its blanks folded."""
    assert tag is not None
    return [" ".join(item.get_text(" ").split()) for item in tag.find_all("li")]


class TestLife:
    def test_an_issue_shows_its_way_from_feedback_until_now_with_the_notice_of_each_step(self, lasting: Path) -> None:
        soup = page(lasting, "notices/shili/2023-12-14/")
        assert lines(soup.select_one("#i-2 ~ .nb-life")) == [
            "2023年6月1日 反馈巡察意见",
            "2023年12月 ◔ 正在整改 本通报",
            "2024年3月1日 ✓ 已完成整改 盘点完成 本通报 依据：2024年2月27日来函",
        ]
        assert lines(soup.select_one("#i-3 ~ .nb-life")) == [
            "2023年6月1日 反馈巡察意见",
            "2023年12月 ◔ 正在整改 本通报",
            "2024年6月 ✓ 已完成整改 2024年6月20日的通报",
        ]

    def test_the_later_notice_shows_the_same_life_with_links_back(self, lasting: Path) -> None:
        life = page(lasting, "notices/shili/2024-06-20/").select_one("#i-1 ~ .nb-life")
        assert lines(life)[1:] == ["2023年12月 ◔ 正在整改 2023年12月14日的通报", "2024年6月 ✓ 已完成整改 本通报"]
        assert life is not None
        assert [link["href"] for link in life.find_all("a")] == ["../2023-12-14/#i-3"]

    def test_an_issue_of_which_nothing_more_is_known_shows_no_life(self, lasting: Path) -> None:
        soup = page(lasting, "notices/shili/2023-12-14/")
        assert len(soup.select(".nb-life")) == 2
        assert "经过" not in soup.select_one("#i-1").find_next("h3").find_previous("p").text

    def test_the_page_of_the_unit_shows_each_life_in_one_line(self, lasting: Path) -> None:
        table = page(lasting, "units/shili/").select_one("#lives ~ table")
        assert table is not None
        rows = [
            [" ".join(cell.get_text(" ").split()) for cell in row.find_all("td")] for row in table.select("tbody tr")
        ]
        assert rows == [
            ["（一）制度不健全", "2023年6月1日 反馈巡察意见 → 2023年12月 ◔ 正在整改 → 2024年6月 ✓ 已完成整改"],
            ["2. 固定资产账目不清", "2023年6月1日 反馈巡察意见 → 2023年12月 ◔ 正在整改 → 2024年3月1日 ✓ 已完成整改"],
        ]

    def test_lists_tell_what_a_later_notice_says(self, lasting: Path) -> None:
        for address in ("units/shili/", "issues/status/in_progress/"):
            rows = page(lasting, address).select("table tr")
            row = next(row for row in rows if row.select("td > a[href$='2023-12-14/#i-3']"))
            assert "后来： 2024年6月20日的通报 ✓ 已完成整改" in " ".join(row.get_text(" ").split())

    def test_a_status_is_shown_with_the_day_of_its_change(self, lasting: Path) -> None:
        soup = page(lasting, "notices/shili/2023-12-14/")
        assert "2024年3月1日变更" in soup.select_one("#i-2 + .nb-state").text
        assert "状态截至2023年12月，变更至2024年3月1日。" in soup.text

    def test_totals_are_compared_with_the_statuses_at_publication(self, lasting: Path) -> None:
        table = page(lasting, "notices/shili/2023-12-14/").select_one("#totals ~ table")
        cells = [[cell.text for cell in row.find_all("td")] for row in table.select("tbody tr")]
        assert cells == [["问题", "3个", "3个"], ["已完成整改", "1个", "1个"], ["正在整改", "2个", "2个"]]

    def test_all_changes_stand_together_at_the_end_with_their_grounds(self, lasting: Path) -> None:
        assert lines(page(lasting, "notices/shili/2023-12-14/").select_one("#changes + ul")) == [
            "2024年1月5日 更正联系电话 依据：来函",
            "2024年3月1日 2. 固定资产账目不清 正在整改 → 已完成整改。盘点完成 依据：2024年2月27日来函",
        ]


class TestRetired:
    def test_a_withdrawn_notice_says_so_and_when_and_why_and_nothing_else(self, lasting: Path) -> None:
        article = page(lasting, "notices/shili/2024/").find("article")
        assert "这份通报已于2024年5月6日撤下，本站不再公布它的内容。" in article.text
        assert "与另一份重复" in article.text
        assert "不再公布的概述" not in article.text

    def test_a_replaced_notice_leads_to_the_one_in_its_place_and_so_do_its_anchors(self, lasting: Path) -> None:
        soup = page(lasting, "notices/shili/2023-12/")
        assert "这份通报已于2024年2月2日更正并替换" in soup.text
        assert soup.select_one("article dd a")["href"] == "../2023-12-14/"
        assert soup.select_one("li#i-1 a")["href"] == "../2023-12-14/#i-1"
        assert "不再公布的问题" not in soup.text

    def test_one_whose_successor_was_withdrawn_too_says_so(self, tmp_path: Path) -> None:
        replaced = NOTICE + "状态: {词语: 已更正并替换, 日期: 2024, 原因: 录错, 替换为: 2023_2}\n"
        notices = write(
            tmp_path / "notices",
            {"shili/unit.yml": UNIT, "shili/2023.yml": replaced, "shili/2023_2.yml": WITHDRAWN},
        )
        sites.build(check(notices), tmp_path / "site")
        assert "代替它的通报 后来也撤下了" in " ".join(
            page(tmp_path / "site", "notices/shili/2023/").find("article").get_text(" ").split()
        )
        assert "没有现行的通报" in page(tmp_path / "site", "units/shili/").text

    def test_nothing_of_them_is_found_listed_or_counted(self, lasting: Path) -> None:
        board = check(lasting.parent / "notices").board
        found = {source.name for source in sources(board)}
        assert {"shili/2024", "shili/2023-12"} & found == set()
        for file in [*lasting.glob("issues/**/*.html"), *lasting.glob("topics/**/*.html"), lasting / "index.html"]:
            assert "不再公布" not in file.read_text(encoding="utf-8")
        assert "<strong>3</strong> 份通报" in (lasting / "index.html").read_text(encoding="utf-8")

    def test_the_unit_lists_them_apart(self, lasting: Path) -> None:
        text = " ".join(page(lasting, "units/shili/").find("article").get_text(" ").split())
        assert "重复公布的通报 2024年5月6日撤下" in text
        assert "数字有误的通报 2024年2月2日更正并替换" in text

    def test_the_data_say_so(self, lasting: Path) -> None:
        made = json.loads((lasting / "data/notices/shili/2023-12.json").read_text(encoding="utf-8"))
        assert (made["state"], made["notice"]) == ("replaced", None)
        assert made["retirement"]["successor"] == "2023-12-14"
        index = json.loads((lasting / "data/notices.json").read_text(encoding="utf-8"))["notices"]
        assert [(entry["address"], entry["state"]) for entry in index if entry["state"] != "in_force"] == [
            ("shili/2024", "withdrawn"),
            ("shili/2023-12", "replaced"),
        ]

    def test_its_code_for_paper_still_answers(self, lasting: Path) -> None:
        assert (lasting / "notices/shili/2024/qr.svg").is_file()


class TestMoved:
    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("units/shili-ju/", "units/shili/"),
            ("units/jiu-zhan/", "units/shili/"),
            ("notices/jiu-zhan/2022/", "notices/shili/2022_2/"),
            ("notices/shili-ju/2023-12-14/", "notices/shili/2023-12-14/"),
            ("notices/shili-ju/2024/", "notices/shili/2024/"),
        ],
    )
    def test_an_old_address_leads_to_the_new_one_which_counts_for_search_engines(
        self, lasting: Path, old: str, new: str
    ) -> None:
        soup = page(lasting, old)
        way = str(soup.select_one("article h1 ~ p a")["href"])
        assert posixpath.normpath(f"{old}{way}") == new.rstrip("/")
        (canonical,) = soup.select("link[rel=canonical]")
        assert canonical["href"] == f"http://localhost:8000/{new}"
        assert soup.select_one("meta[name=robots]")["content"] == "noindex"

    def test_an_old_anchor_leads_to_where_the_issue_is_now(self, lasting: Path) -> None:
        link = page(lasting, "notices/jiu-zhan/2022/").select_one("li#i-1 a")
        assert (link.text, link["href"]) == ("并入以前的问题", "../../shili/2022_2/#i-1")

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("units/shili-ju/feed.xml", "units/shili/feed.xml"),
            ("units/jiu-zhan/contact.vcf", "units/shili/contact.vcf"),
            ("notices/jiu-zhan/2022/qr.svg", "notices/shili/2022_2/qr.svg"),
            ("data/notices/jiu-zhan/2022.json", "data/notices/shili/2022_2.json"),
            ("data/notices/shili-ju/2024-06-20.json", "data/notices/shili/2024-06-20.json"),
        ],
    )
    def test_feeds_cards_codes_and_data_are_at_their_old_addresses_too(self, lasting: Path, old: str, new: str) -> None:
        assert (lasting / old).read_bytes() == (lasting / new).read_bytes()

    def test_the_site_map_has_neither_old_addresses_nor_withdrawn_notices(self, lasting: Path) -> None:
        site_map = (lasting / "sitemap.xml").read_text(encoding="utf-8")
        assert "/notices/shili/2023-12-14/<" in site_map
        for address in ("units/shili-ju/", "notices/jiu-zhan/2022/", "notices/shili/2024/", "notices/shili/2023-12/"):
            assert f"/{address}<" not in site_map

    def test_pages_that_did_not_move_are_their_own_canonical_address(self, lasting: Path) -> None:
        soup = page(lasting, "notices/shili/2023-12-14/")
        assert soup.select_one("link[rel=canonical]")["href"] == "http://localhost:8000/notices/shili/2023-12-14/"
        assert soup.select_one("meta[name=robots]") is None
