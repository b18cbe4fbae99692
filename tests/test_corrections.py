"""本站纠错 and the web form: each way is a link with everything filled in, and where there is none the page says so."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from noticeboard.problems import CannotRun
from noticeboard.site.model.site import Site
from noticeboard.site.pages.tree import pages
from noticeboard.site.settings.corrections import Corrections, corrections
from noticeboard.site.settings.masthead import Masthead, masthead
from tests.program import run
from tests.records import NOTICE, UNIT, board_of, write
from tests.rendering import html_of
from tests.test_head import made, soup_of

GITHUB = "https://github.com/shili/board"
ISSUES = "问题: [{标识: i-1, 编号: 1., 标题: '账目“不清” & <b>乱</b>?#%', 主题: 财务管理}]\n"
FILES = {"shili/unit.yml": UNIT, "shili/2023.yml": NOTICE + ISSUES}


@pytest.mark.parametrize(
    ("given", "host", "repository", "made"),
    [
        ({}, {}, "", Corrections()),
        ({}, {"name": "示例局"}, "", Corrections()),
        ({}, {"email": "a@example.org", "phone": "0000-1"}, "", Corrections("a@example.org", "0000-1")),
        ({"email": "j@example.org"}, {"email": "a@example.org"}, "", Corrections("j@example.org")),
        ({"url": "https://example.org/form"}, {}, "", Corrections(url="https://example.org/form")),
    ],
)
def test_what_is_given_for_it_comes_before_the_host(
    given: dict[str, str], host: dict[str, str], repository: str, made: Corrections
) -> None:
    assert corrections(given, host, repository) == made
    assert bool(made) == bool(made.email or made.phone or made.url)


@pytest.mark.parametrize("url", [GITHUB, f"{GITHUB}/", f"{GITHUB}.git", f"{GITHUB}/issues", f"{GITHUB}/issues/new"])
def test_a_repository_on_github_takes_title_and_text(url: str) -> None:
    for ways in (corrections({"url": url}, {}, ""), corrections({}, {}, url)):
        assert (ways.url, ways.fields) == (f"{GITHUB}/issues/new", ("title", "body"))


def test_one_on_gitlab_does_too_and_any_other_page_is_a_plain_link() -> None:
    gitlab = corrections({}, {}, "https://gitlab.example.org/a/b/board")
    assert gitlab.report("甲", "乙").startswith("https://gitlab.example.org/a/b/board/-/issues/new?issue%5Btitle%5D=")
    for url in ("https://gitee.com/shili/board", f"{GITHUB}/discussions", f"{GITHUB}/issues/new?template=a.yml"):
        assert corrections({"url": url}, {}, "").report("甲", "乙") == url


def test_only_a_repository_on_github_has_the_form() -> None:
    assert corrections({"email": "j@example.org"}, {}, GITHUB).form_url == f"{GITHUB}/issues/new?template=notice.yml"
    assert corrections({}, {}, "https://gitlab.example.org/a/board").form_url == ""


def test_a_repository_without_an_address_is_said() -> None:
    with pytest.raises(CannotRun, match="repo_url“某某”不是可用的网址"):
        masthead("示例公开栏", "https://example.org", {}, "某某")


@given(st.text(min_size=1), st.text(min_size=1))
def test_whatever_is_filled_in_arrives(title: str, text: str) -> None:
    try:
        title.encode(), text.encode()
    except UnicodeEncodeError:
        return
    query = parse_qs(urlsplit(corrections({}, {}, GITHUB).report(title, text)).query, keep_blank_values=True)
    assert (query["title"], query["body"]) == ([title], [text])


def soup_with(folder: Path, ways: Corrections) -> BeautifulSoup:
    """The page of a notice on a site with these ways."""
    board, problems = board_of(folder, FILES)
    assert problems == []
    site = Masthead("示例公开栏", "https://example.org/", corrections=ways)
    text = next(page.text for page in pages(Site(board, site)) if page.file == "notices/shili/2023.md")
    return BeautifulSoup(html_of(text), "html.parser")


def test_beside_each_issue_stand_links_that_name_page_and_issue(tmp_path: Path) -> None:
    ways = corrections({"email": "j@example.org", "url": GITHUB}, {}, "")
    mail, page = soup_with(tmp_path, ways).select(".nb-actions[data-issue=i-1] a")[-2:]
    wanted = "网页：https://example.org/notices/shili/2023/#i-1\n问题：1. 账目“不清” & <b>乱</b>?#%\n哪里不对：\n依据："
    assert (mail.text, page.text) == ("写信给本站", "在线提出")
    assert str(mail["href"]).startswith("mailto:j@example.org?subject=")
    for link, subject, body in ((mail, "subject", "body"), (page, "title", "body")):
        query = parse_qs(urlsplit(str(link["href"])).query)
        assert query[subject] == ["纠错：1. 账目“不清” & <b>乱</b>?#%"]
        assert query[body] == [wanted]


def test_without_any_way_nothing_is_offered_beside_an_issue(tmp_path: Path) -> None:
    assert "录错" not in soup_with(tmp_path, Corrections()).text


@pytest.fixture(scope="module")
def on_github(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("github"), "", FILES, top=f"repo_url: {GITHUB}\n")


@pytest.mark.parametrize("page", ["notices/shili/2023", "about", "statistics"])
def test_every_page_ends_with_a_link_that_names_it(on_github: Path, page: str) -> None:
    soup = soup_of(on_github / page / "index.html")
    (link,) = soup.select(f".nb-page-end a[href^='{GITHUB}/issues/new?']")
    query = parse_qs(urlsplit(str(link["href"])).query)
    assert query["body"] == [f"https://example.org/{page}/"]
    assert query["title"][0].startswith("纠错：")
    assert "还没有公布" not in soup.text


def test_the_guide_for_offices_has_a_button_that_opens_the_form(on_github: Path, site: Path) -> None:
    (button,) = soup_of(on_github / "office/index.html").select("a.nb-button")
    assert (button.text, button["href"]) == ("填网页表单", f"{GITHUB}/issues/new?template=notice.yml")
    without = soup_of(site / "office/index.html")
    assert not without.select("a.nb-button, [data-web-form]")
    assert "本站还没有写明表单在哪里" in without.text


def test_a_site_without_any_way_says_so_on_its_pages(site: Path) -> None:
    for page in ("about", "notices/qiyang-wenlian/2023-12"):
        end = soup_of(site / page / "index.html").select_one(".nb-page-end")
        assert end is not None
        assert "本站还没有公布收纠错的邮箱和网址" in end.text
        assert not [link for link in end.select("a") if re.match("mailto:", unquote(str(link["href"])))]


def test_the_build_of_such_a_site_tells_its_maintainer(tmp_path: Path) -> None:
    notices = write(tmp_path / "notices", FILES)
    # Also where warnings block: it is no fault of a notice.
    done = run("build", "--notices", notices, "--site-dir", tmp_path / "site", CI="true")
    assert (done.returncode, "提醒：读者发现本站录错了，没有地方说" in done.stderr) == (0, True)
