"""What every page says of itself to machines, what it leaves unsaid, and that no record can say more than text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from noticeboard import paths
from noticeboard.checking.check import check
from noticeboard.site import build as sites
from noticeboard.site.pages.head import graph, json_ld
from tests import five
from tests.records import NOTICE, UNIT, write

BOARD = five.checked().board
STRUCTURED = "script[type='application/ld+json']"
SITE_URL = "http://localhost:8000/"
#: All that an office's own site can say of itself.
OWN = """  host: {name: 示例县示例局, units: [shili], phone: 0000-1234561转8001,
    email: zb@example.org, address: 示例路1号}
  corrections: {email: jiucuo@example.org, url: https://example.org/issues}
  codes: {identification: "4300000001", icp: 湘ICP备12345678号-1, police: 湘公网安备43010102000001号}
"""
HOSTILE = """示例"'</script><script>alert(1)</script><img src=x onerror=alert(1)>&amp;--><b>通报{{ 7 * 7 }}"""
Pages = dict[str, BeautifulSoup]


def soup_of(file: Path) -> BeautifulSoup:
    return BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")


def metas(soup: BeautifulSoup) -> dict[str, list[str]]:
    """The contents of the page's ``meta`` elements by name or property."""
    found: dict[str, list[str]] = {}
    for tag in soup.select("meta[content]"):
        found.setdefault(str(tag.get("name") or tag.get("property")), []).append(str(tag["content"]))
    return found


def things(soup: BeautifulSoup) -> dict[str, dict[str, Any]]:
    """The page's things of schema.org by type."""
    (script,) = soup.select(STRUCTURED)
    return {thing["@type"]: thing for thing in json.loads(script.string or "")["@graph"]}


def made(folder: Path, extra: str, files: dict[str, str], top: str = "") -> Path:
    """A site of made-up records whose ``mkdocs.yml`` says more: under ``extra``, and at its top."""
    text = paths.CONFIG.read_text(encoding="utf-8").replace(
        '!ENV [SITE_URL, "http://localhost:8000/"]', "https://example.org/"
    )
    text = text.replace("custom_dir: theme", f"custom_dir: {(paths.ROOT / 'theme').as_posix()}")
    (folder / "mkdocs.yml").write_text(top + text.replace("extra:\n", f"extra:\n{extra}"), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "CONFIG", folder / "mkdocs.yml")
        sites.build(check(write(folder / "notices", files)), folder / "site")
    return folder / "site"


@pytest.fixture(scope="module")
def pages(site: Path) -> Pages:
    """Every page of the real site by its address."""
    files = {file.relative_to(site).as_posix(): file for file in site.rglob("*.html")}
    return {path.removesuffix("index.html"): soup_of(file) for path, file in files.items()}


@pytest.fixture(scope="module")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of an office that gives all that can be given, with a hostile record."""
    hostile = NOTICE.replace("示例通报", json.dumps(HOSTILE))
    files = {"shili/unit.yml": UNIT, "shili/2023.yml": hostile, "shili/2022.yml": NOTICE}
    return made(tmp_path_factory.mktemp("own"), OWN, files)


class TestEveryPage:
    def test_has_one_title_of_its_own_a_description_its_language_and_a_viewport(self, pages: Pages) -> None:
        for address, soup in pages.items():
            assert [title.text.endswith("党务公开栏") for title in soup.select("title")] == [True], address
            assert soup.select_one("html[lang='zh-CN']"), address
            assert metas(soup)["viewport"] == ["width=device-width,initial-scale=1"], address
            assert [bool(said.strip()) for said in metas(soup)["description"]] == [True], address
        assert len({soup.select("title")[0].text for soup in pages.values()}) == len(pages)

    def test_names_its_address_where_it_has_one(self, pages: Pages) -> None:
        for address, soup in pages.items():
            whole = [] if address == "404.html" else [SITE_URL + quote(address)]
            assert [link["href"] for link in soup.select("link[rel=canonical]")] == whole
            assert metas(soup).get("og:url", []) == whole

    def test_can_be_shared_with_title_words_and_picture(self, site: Path, pages: Pages) -> None:
        for address, soup in pages.items():
            said = metas(soup)
            (title,), (picture,) = said["og:title"], said["og:image"]
            assert soup.select("title")[0].text in {title, f"{title} - 党务公开栏"}, address
            assert said["og:description"] == said["description"], address
            assert (site / picture.removeprefix(SITE_URL)).read_bytes().startswith(b"\x89PNG"), address

    def test_runs_and_paints_nothing_that_a_strict_policy_would_forbid(self, pages: Pages) -> None:
        for address, soup in pages.items():
            assert not soup.select("script:not([src]):not([type='application/ld+json']), style, [style]"), address
            assert not [name for tag in soup.select("*") for name in tag.attrs if name.startswith("on")], address
            assert not soup.select("[href^='javascript:'], [src^='data:'], [src^='http']"), address

    def test_leads_down_from_home_in_its_structured_data(self, pages: Pages) -> None:
        described = {at: things(soup) for at, soup in pages.items() if soup.select(STRUCTURED)}
        # Pages that are written by hand have none.
        assert pages.keys() - described.keys() == {"404.html", *(f"{path.stem}/" for path in paths.DOCS.glob("*.md"))}
        for address in described.keys() - {""}:
            steps = described[address]["BreadcrumbList"]["itemListElement"]
            assert (steps[0]["item"], steps[-1]["item"]) == (SITE_URL, SITE_URL + address)
            assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
            assert {step["item"].removeprefix(SITE_URL) for step in steps} <= pages.keys()


@pytest.mark.parametrize("filed", BOARD.notices, ids=lambda filed: filed.unit_slug)
def test_a_notice_is_a_report_by_its_unit(pages: Pages, filed: Any) -> None:
    report = things(pages[f"notices/{filed.address}/"])["Report"]
    unit = next(unit.unit for unit in BOARD.units if unit.slug == filed.unit_slug)
    assert (report["name"], report["url"]) == (filed.notice.title, f"{SITE_URL}notices/{filed.address}/")
    assert (report["author"]["@type"], report["author"]["name"]) == ("GovernmentOrganization", unit.full_name)
    days = {day.iso for day in (filed.notice.publication.posted, filed.notice.publication.signed) if day}
    assert report.get("datePublished") in (days or {None})


@pytest.mark.parametrize("unit", BOARD.units, ids=lambda unit: unit.slug)
def test_a_unit_is_an_office_that_can_be_reached_as_its_record_says(pages: Pages, unit: Any) -> None:
    office = things(pages[f"units/{unit.slug}/"])["GovernmentOrganization"]
    phones = list(unit.unit.contact.phones) if unit.unit.contact else []
    assert (office["name"], office.get("telephone", [])) == (unit.unit.full_name, phones)
    points = [point for point in office.get("contactPoint", []) if "telephone" in point]
    assert [(point["@type"], point["telephone"]) for point in points] == [("ContactPoint", phone) for phone in phones]


class TestPageTagsOfTheState:
    """《政府网站发展指引》 (国办发〔2017〕47号)."""

    def test_every_page_names_the_site_and_a_code_only_where_it_has_one(self, pages: Pages, own_site: Path) -> None:
        for soup in pages.values():
            said = [metas(soup).get(name) for name in ("SiteName", "SiteDomain", "SiteIDCode")]
            assert said == [["党务公开栏"], [SITE_URL], None]
        assert metas(soup_of(own_site / "index.html"))["SiteIDCode"] == ["4300000001"]

    def test_every_page_names_its_column(self, pages: Pages) -> None:
        for address, soup in pages.items():
            said = [len(metas(soup).get(name, [])) for name in ("ColumnName", "ColumnType", "ArticleTitle")]
            assert said == ([0, 0, 0] if address == "404.html" else [1, 1, address.startswith("notices/")]), address

    def test_a_notice_names_title_time_and_source(self, pages: Pages) -> None:
        said = metas(pages["notices/zhaoyang-wenlian/2023-12-14/"])
        assert said["ArticleTitle"] == ["[昭阳区文联关于巡察整改进展情况的通报]"]
        assert (said["PubDate"], said["ContentSource"]) == (["2023-12-15 10:58"], ["昭阳信息网"])
        assert not {"PubDate", "ContentSource"} & metas(pages["notices/qiyang-wenlian/2023-12/"]).keys()


class TestFoot:
    @pytest.mark.parametrize("page", ["notices/shili/2022/index.html", "about/index.html", "404.html"])
    def test_shows_the_host_and_the_codes(self, own_site: Path, page: str) -> None:
        (foot,) = soup_of(own_site / page).select("footer")
        for words in ("主办单位：示例县示例局", "地址：示例路1号", "网站标识码：4300000001"):
            assert words in foot.text
        assert {link.text: link["href"] for link in foot.select("p a")} == {
            "0000-1234561转8001": "tel:00001234561;ext=8001",
            "zb@example.org": "mailto:zb@example.org",
            "湘ICP备12345678号-1": "https://beian.miit.gov.cn/",
            "湘公网安备43010102000001号": "https://beian.mps.gov.cn/",
        }

    def test_stands_below_where_to_write(self, own_site: Path) -> None:
        soup = soup_of(own_site / "notices" / "shili" / "2022" / "index.html")
        assert "非官方" not in soup.text
        for way in ("^='mailto:jiucuo@example.org?subject='", "='https://example.org/issues'"):
            assert soup.select(f".nb-page-end a[href{way}]")

    def test_stands_below_whom_to_call_where_only_the_host_is_given(self, tmp_path: Path) -> None:
        host = "  host: {name: 示例县示例局, phone: （0000）1234561转8001}\n"
        soup = soup_of(made(tmp_path, host, {"shili/unit.yml": UNIT}) / "index.html")
        assert [link["href"] for link in soup.select("[href^='tel:']")] == ["tel:00001234561;ext=8001"] * 2

    def test_shows_none_of_it_where_nothing_is_given(self, pages: Pages) -> None:
        for address, soup in pages.items():
            words = [line.text.partition("。")[0] for line in soup.select("footer p")]
            assert words[0] == "非官方整理", address
            assert words[1:] in ([], ["本站内容最近更新：2026年11月24日"]), address
            assert not soup.select("footer p a, .nb-page-end a[href^='mailto:']"), address

    def test_shows_the_one_code_that_is_given(self, tmp_path: Path) -> None:
        given = "湘ICP备12345678号-1"
        soup = soup_of(made(tmp_path, f"  codes: {{icp: {given}}}\n", {"shili/unit.yml": UNIT}) / "index.html")
        assert [line.text.strip() for line in soup.select("footer p")[1:]] == [given]


def test_a_hostile_title_stays_a_title(own_site: Path) -> None:
    hostile, harmless = (soup_of(own_site / "notices" / "shili" / year / "index.html") for year in ("2023", "2022"))
    assert things(hostile)["Report"]["name"] == HOSTILE
    assert metas(hostile)["ArticleTitle"] == [HOSTILE]
    assert [HOSTILE in hostile.select_one(name).text for name in ("title", "h1")] == [True, True]
    assert [len(page.select("script, img")) for page in (hostile, harmless)] == [4, 4]
    assert not hostile.select("[onerror], h1 b, title *")


@given(st.text())
def test_no_text_ends_the_structured_data_of_a_page(text: str) -> None:
    things = [{"@type": "Report", "name": f"示例{text}"}, {"@type": "Thing"}]
    made_text = graph(map(json_ld, things))
    assert json.loads(made_text) == {"@context": "https://schema.org", "@graph": things}
    assert not set("<>&\u2028\u2029") & set(made_text)
