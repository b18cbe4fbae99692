"""Addresses with Chinese in them: for people as they were written, for programs as URIs (RFC 3986)."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import quote, urljoin

import openpyxl
import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given
from hypothesis import strategies as st

from noticeboard.board.addresses import Address
from noticeboard.checking.check import check
from noticeboard.record import urls
from noticeboard.record.urls import as_uri
from noticeboard.site import build as sites
from noticeboard.site.pages.markdown import href
from tests.records import NOTICE, UNIT, write

SITE = "https://xn--fsqu00a.xn--0zwm56d/%E5%85%AC%E5%BC%80%E6%A0%8F/"
SOURCE = "https://示例.测试/通报/第1号.html?编号=一&页=2#正文"
SOURCE_URI = f"https://xn--fsq092h.xn--0zwm56d/{quote('通报/第1号')}.html?{quote('编号')}={quote('一')}&{quote('页')}=2#{quote('正文')}"
PAGE = f"{SITE}notices/shili/2023/"
#: RFC 3986, appendix A: the signs of an address.
URI = re.compile(r"([A-Za-z0-9\-._~:/?#@!$&'()*+,;=\[\]]|%[0-9A-F]{2})*")


@pytest.mark.parametrize(
    ("address", "uri"),
    [
        ("https://example.org/a/?b=c%20d#e", "https://example.org/a/?b=c%20d#e"),
        ("https://例子.测试/公开栏/", SITE),
        ("https://例子.测试:8443/", "https://xn--fsqu00a.xn--0zwm56d:8443/"),
        (SOURCE, SOURCE_URI),
        ("https://example.org/100%/", "https://example.org/100%25/"),
        ("https://example.org/a{b}|c", "https://example.org/a%7Bb%7D%7Cc"),
        ("https://example.org/?a[]=1", "https://example.org/?a%5B%5D=1"),
        ("http://[::1]:8000/a", "http://[::1]:8000/a"),
        ("../公开栏/#问题", f"../{quote('公开栏')}/#{quote('问题')}"),
        ("", ""),
    ],
)
def test_an_address_is_a_uri(address: str, uri: str) -> None:
    assert as_uri(address) == uri
    assert as_uri(uri) == uri


@given(st.text(), st.text(), st.text())
def test_whatever_stands_in_an_address_becomes_one_once(path: str, query: str, fragment: str) -> None:
    made = as_uri(f"https://例子.测试/{path}?{query}#{fragment}")
    assert URI.fullmatch(made)
    assert as_uri(made) == made


@given(st.from_regex(urls._PLAIN, fullmatch=True))
def test_an_address_that_is_plainly_a_uri_stays_as_it_is_however_long_one_looks(address: str) -> None:
    assert urls._as_uri(address) == address


@given(st.text())
def test_no_text_is_no_address_at_all(text: str) -> None:
    assert as_uri(text).isascii()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site at a Chinese address, with a notice from one."""
    folder = tmp_path_factory.mktemp("chinese")
    source = f"内容: 摘要, 来源: 示例网, 网址: '{SOURCE}'"
    notice = NOTICE.replace("内容: 摘要", source) + "问题: [{标识: i-1, 标题: 示例问题}]\n"
    notices = write(folder / "notices", {"shili/unit.yml": UNIT, "shili/2023.yml": notice})
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_URL", "https://例子.测试/公开栏/")
        sites.build(check(notices), folder / "site")
    return folder / "site"


@given(st.text("ab/.#%:?=-_ 字[]"))
@example("//a")
@example("a#")
def test_the_target_of_a_link_is_a_uri_that_brackets_and_blanks_do_not_end(address: str) -> None:
    assert href(address) == quote(as_uri(address), safe="%/:?#[]@!$&'*+,;=~-._")


FOLDERS = st.lists(st.sampled_from("abc"), max_size=4).map(lambda names: "".join(f"{name}/" for name in names))


@given(FOLDERS, FOLDERS, st.sampled_from(["", "#i-1", "feed.xml"]))
def test_the_way_from_a_page_leads_to_the_target(page: str, folder: str, place: str) -> None:
    way = Address(page).to(folder + place)
    assert urljoin(f"https://example.org/{page}", way) == f"https://example.org/{folder}{place}"
    assert way
    assert not way.startswith("/")


def test_no_file_of_a_site_has_its_address_in_chinese(site: Path) -> None:
    texts = {".html", ".xml", ".json", ".csv", ".vcf", ".svg"}
    files = [file for file in site.rglob("*") if file.suffix in texts]
    assert [file for file in files if re.search("//例子|测试/公开栏", file.read_text(encoding="utf-8"))] == []
    assert len(files) > 100


@pytest.mark.parametrize(
    ("file", "written"),
    [
        ("sitemap.xml", f"<loc>{PAGE}</loc>"),
        ("feed.xml", f'href="{PAGE}"'),
        ("feed.xml", f'href="{SITE}feed.xml"'),
        ("feed.json", f'"url":"{PAGE}"'),
        ("units/shili/contact.vcf", f"URL:{SITE}units/shili/"),
        ("data/manifest.json", f'"site_url":"{SITE}"'),
        ("notices/shili/2023/qr.svg", f"<title>{PAGE}</title>"),
        ("notices/shili/2023/index.html", f'<link rel="canonical" href="{PAGE}">'),
        ("notices/shili/2023/index.html", f'<meta property="og:url" content="{PAGE}">'),
        ("notices/shili/2023/index.html", f'<meta property="og:image" content="{SITE}assets/share.png">'),
        ("notices/shili/2023/index.html", f'<meta name="SiteDomain" content="{SITE}">'),
        ("notices/shili/2023/index.html", f'"isBasedOn":"{SOURCE_URI.replace("&", chr(92) + "u0026")}"'),
        ("notices/shili/2023/index.html", f'<a href="{SOURCE_URI.replace("&", "&amp;")}">'),
        ("data/issues.csv", f"{PAGE}#i-1"),
        ("data/issues.csv", SOURCE_URI),
    ],
)
def test_programs_read_uris(site: Path, file: str, written: str) -> None:
    # A vCard folds its lines (RFC 2426, 2.6).
    assert written in (site / file).read_text(encoding="utf-8").replace("\n ", "")


def test_people_read_the_address_of_the_source_as_it_was_written(site: Path) -> None:
    page = BeautifulSoup((site / "notices/shili/2023/index.html").read_text(encoding="utf-8"), "html.parser")
    assert [link["href"] for link in page.select("article a") if link.text == SOURCE] == [SOURCE_URI]


def test_the_data_have_the_address_of_the_source_as_a_uri(site: Path) -> None:
    document = json.loads((site / "data/notices/shili/2023.json").read_text(encoding="utf-8"))
    assert (document["url"], document["notice"]["publication"]["url"]) == (PAGE, SOURCE_URI)


def test_the_links_of_the_workbook_are_uris(site: Path) -> None:
    book = openpyxl.load_workbook(site / "data/issues.xlsx")
    links = [cell.hyperlink for sheet in book for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    targets = [f"{link.target}#{link.location}" if link.location else link.target for link in links]
    assert {f"{PAGE}#i-1", SOURCE_URI} <= set(targets)
    assert all(target.isascii() for target in targets)
