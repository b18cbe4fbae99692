"""Addresses: what can be none is said where it stands, and what is taken breaks nothing behind the reader."""

from __future__ import annotations

import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, example, given, reject, settings
from hypothesis import strategies as st

from noticeboard import paths
from noticeboard.problems import CannotRun, ContentError
from noticeboard.reading.read import read_bytes
from noticeboard.record.model import Notice
from noticeboard.record.urls import as_uri, check_url
from noticeboard.site import engine
from noticeboard.site.pages.markdown import href
from noticeboard.site.settings.masthead import masthead
from tests.records import FILE, NOTICE, write

GOOD = [
    "http://example.org",
    "https://example.org/a/b.html?c=d&e=f#g",
    "https://EXAMPLE.org:8443/",
    "https://示例.中国/通报/2023.html?编号=一",
    "https://示例。中国/",
    "https://xn--fsq270a.xn--fiqs8s/",
    "https://example.org/%E9%80%9A%E6%8A%A5?q=%B5%B3",
    "https://example.org/a|b{c}^[d]",
    "https://a_b.example.org./",
    "http://192.0.2.1/",
    "http://[2001:db8::1]:8080/a",
    "http://localhost:8000/",
    f"https://example.org/{'长' * 2_000}",
]
BAD = [
    ("example.org", "以 http:// 或 https:// 开头"),
    ("ftp://example.org/", "以 http:// 或 https:// 开头"),
    ("http://", "没有域名"),
    ("http:///", "没有域名"),
    ("http://?", "没有域名"),
    ("http://#a", "没有域名"),
    ("http://:80/", "没有域名"),
    ("http://[abc", "域名写得不对"),
    ("http://[abc]/", "域名写得不对"),
    ("http://[::1%25eth0]/", "域名写得不对"),
    ("http://[1::2::3]/", "域名写得不对"),
    ("http://[::1]x/", "域名写得不对"),
    ("http://x]/", "域名写得不对"),
    ("http://x:99999999/", "端口号"),
    ("http://x:65536/", "端口号"),
    ("http://x:0/", "端口号"),
    ("http://x:abc/", "端口号"),
    ("http://x:８０/", "端口号"),
    ("http://x:/", "端口号"),
    ("http://[::1]:y/", "端口号"),
    ("http://a:b@x/", "用户名"),
    ("http://a@x/", "用户名"),
    ("http://@x/", "用户名"),
    ("http://x\\y/", "不能有“\\”"),
    ("http://x/<a>", "不能有“<”"),
    ("http://x/a b", "空格"),
    ("http://x/a\tb", "空格"),
    ("http://x/a\u3000b", "空格"),
    ("http://x/a\u200bb", "看不见的字符"),
    ("http://x/a\x7fb", "看不见的字符"),
    ("http://x/a\ud800b", "看不见的字符"),
    ("http://a..b/", "域名写得不对"),
    ("http://.a/", "域名写得不对"),
    ("http://-a/", "域名写得不对"),
    ("http://甲..乙/", "域名写得不对"),
    ("http://a,b/", "域名写得不对"),
    ("http://a%41/", "域名写得不对"),
    ("http://a℀b/", "域名写得不对"),
    ("http://\u05d0a/", "域名写得不对"),
    (f"http://{'a' * 64}/", "域名写得不对"),
    (f"http://{'a.' * 127}/", "最多 253 个字符"),
    (f"http://{'长' * 63}/", "域名写得不对"),
    ("http://999.1.1.1/", "四个 0 到 255 的数"),
    ("http://1.2.3/", "四个 0 到 255 的数"),
    ("http://x/%", "两位十六进制数字"),
    ("http://x/%zz", "两位十六进制数字"),
    (f"http://x/{'a' * 8_000}", "最多 8000 个字符"),
]


@pytest.mark.parametrize("url", GOOD)
def test_an_address_is_taken_with_chinese_too(url: str) -> None:
    check_url(url)


@pytest.mark.parametrize(("url", "remedy"), BAD)
def test_what_can_be_no_address_is_said_with_a_remedy(url: str, remedy: str) -> None:
    with pytest.raises(ContentError) as raised:
        check_url(url)
    assert remedy in raised.value.remedy


@pytest.mark.parametrize("url", ["http://[abc", "http:///", "http://a:b@x/", "example.org"])
def test_every_address_of_a_notice_is_checked_where_it_stands(url: str) -> None:
    text = NOTICE.replace("{内容: 摘要", f"{{网址: '{url}', 内容: 摘要") + f"附件: [{{名称: 甲, 网址: '{url}'}}]\n"
    found = read_bytes(FILE, text.encode(), Notice).problems
    assert [(problem.place.line, problem.place.column, problem.code) for problem in found] == [
        (3, 10, "bad-form"),
        (6, 18, "bad-form"),
    ]


@pytest.mark.parametrize("url", ["http://[abc", "http://x:abc/", "https://a b/"])
def test_the_addresses_of_the_site_are_checked_too(url: str) -> None:
    for site_url, extra in (
        (url, {}),
        ("https://example.org/", {"first_url": url}),
        ("https://example.org/", {"corrections": {"url": url}}),
    ):
        with pytest.raises(CannotRun, match=r"(site_url|extra\.first_url|extra\.corrections\.url)“"):
            masthead("示例公开栏", site_url, extra)


#: Signs that mean something in an address, beside any text.
HOST = st.text(st.sampled_from("a1.-_中é。．ß"), min_size=1, max_size=8) | st.just("[::1]") | st.text(max_size=3)
PORT = st.sampled_from(["", ":80", ":8１", ":", "@"])
REST = st.text(
    st.sampled_from("a/:?#[]@!$&'()*+,;=%é。{}|^") | st.characters(exclude_categories=["C", "Z"]), max_size=12
)


@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(st.builds("http{}://{}{}{}{}".format, st.sampled_from(["", "s"]), HOST, PORT, st.sampled_from("/?#"), REST))
@example("http://[::1]/[x")
@example("http://a:1?[")
def test_whatever_is_taken_breaks_nothing_behind_the_reader(text: str) -> None:
    try:
        check_url(text)
    except ContentError:
        reject()
    # What MkDocs, the preview and the feeds do with it.
    for written in (text, str(href(text)), as_uri(text)):
        parts = urlsplit(written)
        assert parts.hostname
        assert parts.port is None or parts.port > 0
    # What asks whether it still answers.
    asked = urllib.request.Request(as_uri(text), method="HEAD")  # noqa: S310 - it is never sent
    assert asked.host.isascii()
    assert asked.selector.isascii()


def test_a_link_of_a_document_that_is_no_address_stops_the_build_with_the_name_of_the_page(tmp_path: Path) -> None:
    tree = write(tmp_path / "pages", {"shili.md": "[示例](http://[abc)"})
    with pytest.raises(CannotRun, match=r"shili\.md"):
        engine.build_pages(paths.CONFIG, tree, tmp_path / "site", ["shili.md"], with_assets=False)
