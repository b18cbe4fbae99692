"""The page of the data: its files are there, its sizes true, and its examples do what they say."""

from __future__ import annotations

import contextlib
import io
import shutil
import subprocess
from pathlib import Path

import feedparser
import pytest
from bs4 import BeautifulSoup

from noticeboard.site.data.matters import MATTERS
from noticeboard.site.data.notices import NOTICES
from noticeboard.site.pages.data import size_words

#: The address of the site as it was built; the examples name it.
BUILT_FOR = "http://localhost:8000/"


@pytest.fixture(scope="module")
def data_page(site: Path) -> BeautifulSoup:
    return BeautifulSoup((site / "data/index.html").read_text(encoding="utf-8"), "html.parser")


def examples(page: BeautifulSoup, section: str, base_url: str) -> list[str]:
    """The code blocks behind a heading, for the site at ``base_url``."""
    heading = page.find(id=section)
    assert heading is not None
    found = []
    for tag in heading.find_all_next(["h2", "h3", "pre"]):
        if tag.name != "pre":
            break
        found.append(tag.get_text().replace(BUILT_FOR, base_url))
    return found


def test_every_file_that_it_links_is_there_and_as_large_as_it_says(site: Path, data_page: BeautifulSoup) -> None:
    rows = data_page.select("#files ~ table")[0].select("tbody tr")
    links = {str(row.a["href"]): row.find_all("td")[-1].text for row in rows if row.a}
    assert {"issues.xlsx", "issues.csv", "notices.json", "notice.schema.json", "manifest.json"} <= links.keys()
    for name, size in links.items():
        file = site / "data" / name
        assert file.is_file(), name
        assert size in (size_words(file.stat().st_size), "每份一个", "随文件数"), name


def test_every_column_of_the_csv_is_explained(site: Path, data_page: BeautifulSoup) -> None:
    tables = data_page.select("#columns ~ table")
    for table, rows in ((MATTERS, tables[0]), (NOTICES, tables[1])):
        header = (site / f"data/{table.name}.csv").read_text(encoding="utf-8-sig").splitlines()[0].split(",")
        assert [cell.text for cell in rows.select("tbody code")] == header
        assert all(len(cell.text) > 3 for cell in rows.select("td:last-child"))


def test_the_python_examples_run_with_pandas(data_page: BeautifulSoup, base_url: str) -> None:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        for example in examples(data_page, "python", base_url):
            exec(example, {})  # noqa: S102 - the page's own example
    counted = {tuple(line.split()[-2:]) for line in said.getvalue().splitlines()}
    assert ("completed", "24") in counted
    assert "中共祁阳市文联党组关于巡察整改进展情况的通报" in said.getvalue()


@pytest.mark.skipif(not shutil.which("curl"), reason="没有安装 curl：apt install curl")
def test_the_curl_examples_fetch_the_files(data_page: BeautifulSoup, base_url: str, site: Path, tmp_path: Path) -> None:
    (script,) = examples(data_page, "curl", base_url)
    subprocess.run(["sh", "-ec", script], check=True, cwd=tmp_path, capture_output=True)
    assert (tmp_path / "issues.csv").read_bytes() == (site / "data/issues.csv").read_bytes()


@pytest.mark.skipif(not shutil.which("Rscript"), reason="没有安装 R：apt install r-base-core")
def test_the_r_example_counts_by_unit_and_status(data_page: BeautifulSoup, base_url: str) -> None:
    (script,) = examples(data_page, "r", base_url)
    done = subprocess.run(["Rscript", "-e", script], check=True, capture_output=True, encoding="utf-8")
    assert "completed" in done.stdout


@pytest.mark.parametrize("path", ["", "units/qiyang-wenlian/", "topics/finance/"])
def test_a_feed_reader_finds_the_feeds_of_a_page_and_reads_them(site: Path, path: str) -> None:
    soup = BeautifulSoup((site / path / "index.html").read_text(encoding="utf-8"), "html.parser")
    first = soup.select_one("link[rel=alternate][type='application/atom+xml']")
    assert first is not None
    feed = feedparser.parse((site / path / str(first["href"])).read_bytes())
    assert not feed.bozo
    assert feed.entries
    assert feed.feed.links[0].href == f"{BUILT_FOR}{path}feed.xml"


def test_no_column_is_without_a_promise_that_it_stays(data_page: BeautifulSoup) -> None:
    text = data_page.get_text()
    for words in ("以后一直打得开", "已有的不改名、不改意思、不删", "现在是第 1 版"):
        assert words in text
