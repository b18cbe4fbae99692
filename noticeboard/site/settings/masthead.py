"""Who publishes the site, where, and how to reach them: what ``mkdocs.yml`` says under ``site_…`` and ``extra``.

Everything in ``extra`` is optional, and what is not given is not shown: a placeholder is worse than nothing.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlsplit

from noticeboard.problems import CannotRun, ContentError
from noticeboard.record.phones import phone
from noticeboard.record.urls import as_uri, check_url
from noticeboard.record.vocabulary import PROVINCE_SIGNS, PROVINCES
from noticeboard.site.settings.corrections import Corrections, corrections
from noticeboard.text import EMAIL

_SIGNS = "".join(PROVINCE_SIGNS)
#: 政府网站标识码 (国办发〔2017〕47号): six digits of region and four more, or bm and eight digits.
_IDENTIFICATION = re.compile(r"(?P<province>\d\d)\d{8}|bm\d{8}")
#: ICP 备案 (工业和信息化部), perhaps with the number of the site: 京ICP备12345678号-1.
_ICP = re.compile(rf"[{_SIGNS}]ICP备(\d{{8}}|\d{{10}})号(-\d{{1,4}})?")
#: 公安备案 (公安部): the first two of its 14 digits are those of the province: 京公网安备11010102000001号.
_POLICE = re.compile(rf"(?P<sign>[{_SIGNS}])公网安备 ?(?P<digits>(?P<province>\d\d)\d{{12}})号")
#: The date in all ids (see ``tag``). Another one would make every entry a new one in every feed reader.
_TAGGING_SINCE = "2026"

#: What ``extra`` may hold for this program, by key.
_KEYS = {
    "host": ("name", "units", "phone", "email", "address"),
    "corrections": ("email", "url"),
    "codes": ("identification", "icp", "police"),
}


@dataclass(frozen=True)
class Masthead:
    """The site's name, its address with a slash at the end, and the units whose own site it is (folder names)."""

    site_name: str
    site_url: str
    official_units: frozenset[str] = frozenset()
    host_name: str = ""
    #: Where the site stood first: ids for feed readers are made of it, so that moving it makes no new ones.
    first_url: str = ""
    #: Where a reader tells of a mistake of the site.
    corrections: Corrections = field(default_factory=Corrections)
    #: What a link to the host's phone dials (``tel:…``).
    host_tel: str = ""

    def __post_init__(self) -> None:
        """Addresses are URIs; a site that never moved stands where it stood first."""
        object.__setattr__(self, "site_url", as_uri(self.site_url))
        object.__setattr__(self, "first_url", as_uri(self.first_url or self.site_url))

    def url(self, address: str) -> str:
        """The whole address of a page or file of the site, as a URI (RFC 3986): nothing in it is Chinese."""
        return self.site_url + as_uri(address)

    def tag(self, name: str) -> str:
        """The permanent id of a thing of this site (RFC 4151): ``tag:example.org,2026:notices/shili/2023``.

        An id must never change (RFC 4287, §4.2.6), so only what tells two sites apart is taken from the (first)
        address of the site: its host and its path, not ``https`` and not the port. RFC 4151 asks for a date on which
        the host was the site's own, and for the same one ever after: it is the year in which this program began to
        give ids.
        Raises ``CannotRun`` where the address has no host name.
        """
        try:
            parts = urlsplit(self.first_url)
            # §2.1: a domain name in ASCII; a Chinese one in the form that the DNS has.
            host = (parts.hostname or "").encode("idna").decode("ascii")
        except ValueError:
            host = ""
        if not re.fullmatch(r"[a-z0-9.\-]+", host):
            raise CannotRun(f"site_url“{self.first_url}”里没有可用的域名，订阅的条目要用它编号")
        specific = quote(parts.path.lstrip("/") + name, safe="/%:@!$&'()*+,;=~")
        return f"tag:{host},{_TAGGING_SINCE}:{specific}"

    @property
    def is_local(self) -> bool:
        """Whether the address leads everybody to his own computer (RFC 6761, 6.3)."""
        host = urlsplit(self.site_url).hostname or ""
        try:
            address = ipaddress.ip_address(host)
        except ValueError:
            return host.removesuffix(".").rpartition(".")[2] == "localhost"
        return address.is_loopback or address.is_unspecified


def masthead(site_name: str, site_url: str | None, extra: Mapping[str, Any], repo_url: str = "") -> Masthead:
    """Read and check it; ``CannotRun`` names the key that cannot be right. ``repo_url``: of the files of this site."""
    whole_url = site_address("site_url", site_url)
    parts = {part: _strings(extra, part) for part in _KEYS}
    units = _units(extra)
    host = parts["host"]
    if units and "name" not in host:
        raise CannotRun("extra.host 写了 units（网站是这些单位自己的），也要写 name（主办单位的名称）")
    for part in ("host", "corrections"):
        email = parts[part].get("email")
        if email is not None and not EMAIL.fullmatch(email):
            raise CannotRun(f"extra.{part}.email“{email}”不对：写成 name@example.org 的样子")
    dialled = phone(host.get("phone", ""))
    if "phone" in host and dialled is None:
        raise CannotRun(
            f"extra.host.phone“{host['phone']}”拨不通：只写一个号码，例如 0000-0000001 或 0000-0000001转8001"
        )
    if "url" in parts["corrections"]:
        _check("extra.corrections.url", parts["corrections"]["url"])
    _check_codes(parts["codes"])
    first_url = site_address("extra.first_url", extra["first_url"]) if extra.get("first_url") else whole_url
    if repo_url:
        _check("repo_url", repo_url)
    return Masthead(
        site_name,
        whole_url,
        units,
        host.get("name", ""),
        first_url,
        corrections(parts["corrections"], host, repo_url),
        dialled.uri if dialled else "",
    )


def site_address(key: str, given: object) -> str:
    """The address of a site with its slash at the end, under which pages stand. ``CannotRun`` says what is wrong."""
    if not given:
        raise CannotRun(f"{key} 是空的，网站地图和标准网址要用它：写网站的网址，https://… 的样子")
    _check(key, str(given))
    sign = re.search("[?#]", str(given))
    if sign:
        raise CannotRun(f"{key}“{given}”里不能有“{sign[0]}”：只写到网站所在的文件夹，网页的网址接在它后面")
    return str(given).rstrip("/") + "/"


def _check(key: str, url: str) -> None:
    try:
        check_url(url)
    except ContentError as wrong:
        # A log may be public: no password is repeated.
        secret, at, rest = url.rpartition("@")
        shown = f"{secret.partition('//')[0]}//…@{rest}" if at else url
        raise CannotRun(f"{key}“{shown}”不是可用的网址：{wrong.remedy}") from None


def _strings(extra: Mapping[str, Any], part: str) -> dict[str, str]:
    given = extra.get(part) or {}
    if not isinstance(given, Mapping):
        raise CannotRun(f"extra.{part} 下面应是这些键：{'、'.join(_KEYS[part])}")
    for key, value in given.items():
        if key not in _KEYS[part]:
            raise CannotRun(f"extra.{part} 没有“{key}”这个键；可以写：{'、'.join(_KEYS[part])}")
        if key != "units" and (not isinstance(value, str) or not value.strip()):
            raise CannotRun(f"extra.{part}.{key} 应是一段文字，用引号括起来；没有就删去这一行")
    return {key: value for key, value in given.items() if key != "units"}


def _units(extra: Mapping[str, Any]) -> frozenset[str]:
    units = (extra.get("host") or {}).get("units") or []
    if not isinstance(units, list) or not all(isinstance(unit, str) for unit in units):
        raise CannotRun("extra.host.units 应是单位文件夹名的列表")
    return frozenset(units)


def _check_codes(codes: Mapping[str, str]) -> None:
    """Codes that nobody can have been given: a wrong length, no such province."""

    def bad(key: str, remedy: str) -> CannotRun:
        return CannotRun(f"extra.codes.{key}“{codes[key]}”不可能是真的：{remedy}")

    if "identification" in codes:
        match = _IDENTIFICATION.fullmatch(codes["identification"])
        if not match or (match["province"] and match["province"] not in PROVINCES):
            raise bad("identification", "网站标识码是 10 位数字（前 6 位是地区代码），或 bm 加 8 位数字")
    if "icp" in codes and not _ICP.fullmatch(codes["icp"]):
        raise bad("icp", "备案号写成“湘ICP备12345678号-1”的样子，数字 8 位或 10 位")
    if "police" in codes:
        match = _POLICE.fullmatch(codes["police"])
        if not match or PROVINCE_SIGNS[match["sign"]] != match["province"]:
            raise bad("police", "公安备案号写成“湘公网安备43010102000001号”的样子，14 位数字以该省的代码开头")
