"""Who publishes the site: what mkdocs.yml may say of it, and what cannot be true."""

from __future__ import annotations

import re
from typing import Any

import pytest

from noticeboard.problems import CannotRun
from noticeboard.site.settings.masthead import Masthead, masthead

URL = "https://example.org/a"
#: https://例子.测试/公开栏/
AS_URI = "https://xn--fsqu00a.xn--0zwm56d/%E5%85%AC%E5%BC%80%E6%A0%8F/"


def test_nothing_need_be_said() -> None:
    assert masthead("示例公开栏", URL, {}) == Masthead("示例公开栏", "https://example.org/a/")


def test_a_page_has_a_whole_address() -> None:
    assert masthead("示例公开栏", URL, {}).url("units/x/") == "https://example.org/a/units/x/"


def test_a_host_names_the_units_that_are_its_own() -> None:
    made = masthead("示例公开栏", URL, {"host": {"name": "示例局", "units": ["shili"]}})
    assert (made.host_name, made.official_units) == ("示例局", {"shili"})


@pytest.mark.parametrize(
    "extra",
    [
        {
            "codes": {
                "identification": "4300000001",
                "icp": "湘ICP备12345678号-1",
                "police": "湘公网安备43010102000001号",
            }
        },
        {"codes": {"identification": "bm01000001", "icp": "粤ICP备2021012345号"}},
        {"corrections": {"email": "jiucuo@example.org", "url": "https://example.org/issues"}},
        {"host": {"name": "示例局", "phone": "0000-0000001", "email": "a@example.org", "address": "示例路1号"}},
        {"host": {"name": "示例局", "phone": "0000-0000001转8001"}},
        {"host": {"name": "示例局", "phone": "（0000）0000001"}},
        {"generator": False},
    ],
)
def test_what_can_be_true_is_taken(extra: dict[str, Any]) -> None:
    assert masthead("示例公开栏", URL, extra).site_name == "示例公开栏"


@pytest.mark.parametrize(
    ("extra", "words"),
    [
        ({"codes": {"identification": "9900000001"}}, "extra.codes.identification“9900000001”不可能是真的"),
        ({"codes": {"identification": "430000001"}}, "网站标识码是 10 位数字"),
        ({"codes": {"icp": "湘ICP备xxxxxxxx号"}}, "extra.codes.icp"),
        ({"codes": {"icp": "啊ICP备12345678号"}}, "extra.codes.icp"),
        ({"codes": {"police": "湘公网安备4301010200001号"}}, "extra.codes.police"),
        ({"codes": {"police": "湘公网安备11010102000001号"}}, "14 位数字以该省的代码开头"),
        ({"codes": {"icp": 12345678}}, "extra.codes.icp 应是一段文字"),
        ({"codes": {"ipc": "湘ICP备12345678号"}}, "extra.codes 没有“ipc”这个键；可以写：identification、icp、police"),
        ({"corrections": {"email": "xxxx"}}, "extra.corrections.email“xxxx”不对"),
        ({"corrections": {"url": "example.org"}}, "extra.corrections.url"),
        ({"corrections": ["a"]}, "extra.corrections 下面应是这些键：email、url"),
        ({"host": {"units": ["shili"]}}, "也要写 name"),
        ({"host": {"name": "示例局", "units": "shili"}}, "extra.host.units 应是单位文件夹名的列表"),
        (
            {"host": {"name": "示例局", "phone": "0000-0000001、0000-0000002"}},
            "extra.host.phone“0000-0000001、0000-0000002”",
        ),
        ({"host": {"name": "示例局", "phone": "0000-000"}}, "拨不通"),
        ({"host": {"name": " "}}, "extra.host.name 应是一段文字"),
    ],
)
def test_what_cannot_be_true_is_said_with_its_key(extra: dict[str, Any], words: str) -> None:
    with pytest.raises(CannotRun) as raised:
        masthead("示例公开栏", URL, extra)
    assert words in str(raised.value)


def test_a_chinese_address_is_a_uri_wherever_it_is_written() -> None:
    made = masthead("示例公开栏", "https://例子.测试/公开栏", {})
    assert made.url("notices/shili/2023/#i-1") == f"{AS_URI}notices/shili/2023/#i-1"
    assert (made.site_url, made.first_url) == (AS_URI, AS_URI)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        (None, "是空的"),
        ("", "是空的"),
        ("example.org", "写成以 http:// 或 https:// 开头"),
        ("/a/", "写成以 http:// 或 https:// 开头"),
        ("ftp://example.org/", "写成以 http:// 或 https:// 开头"),
        ("https:///a/", "没有域名"),
        ("https://[/", "域名写得不对"),
        ("https://example.org/a b/", "空格"),
        ("https://example.org/ ", "空格"),
        ("https://example.org\\a/", "不能有“\\”"),
        ("https://example.org/?a=1", "不能有“?”"),
        ("https://example.org/?", "不能有“?”"),
        ("https://example.org/#a", "不能有“#”"),
    ],
)
def test_the_site_needs_an_address_under_which_pages_can_stand(url: str | None, words: str) -> None:
    with pytest.raises(CannotRun, match=f"site_url.*{re.escape(words)}"):
        masthead("示例公开栏", url, {})
    if url:
        with pytest.raises(CannotRun, match=f"extra.first_url.*{re.escape(words)}"):
            masthead("示例公开栏", URL, {"first_url": url})


def test_a_password_in_an_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(CannotRun, match="不写用户名和密码") as raised:
        masthead("示例公开栏", "https://shili:mima@example.org/", {})
    assert "mima" not in str(raised.value)


@pytest.mark.parametrize(
    ("url", "is_local"),
    [
        ("http://localhost:8000/", True),
        ("http://LOCALHOST/", True),
        ("http://shili.localhost/", True),
        ("http://127.0.0.1/", True),
        ("http://127.1.2.3:80/", True),
        ("http://0.0.0.0:8000/", True),
        ("http://[::1]/", True),
        ("https://localhost.example.org/", False),
        ("http://10.1.2.3/", False),
        ("http://neiwang/", False),
    ],
)
def test_an_address_of_this_computer_alone_is_known(url: str, is_local: bool) -> None:  # noqa: FBT001 - of the table
    assert Masthead("示例公开栏", url).is_local is is_local
