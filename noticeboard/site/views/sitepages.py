"""The pages that every site has, whatever its records: one list, on which stand all that lead to them.

The map of the site is made of it. ``mkdocs.yml`` (``nav``), ``theme/404.html`` and ``theme/partials/site-foot.html``
are read by the engine alone and hold their links themselves; ``tests/test_sitepages.py`` holds them to this list.
"""

from __future__ import annotations

from dataclasses import dataclass

from noticeboard.board import addresses
from noticeboard.board.addresses import Address


@dataclass(frozen=True)
class SitePage:
    """One page: its address, its name, and which of the lists beside the map of the site lead to it."""

    address: Address
    name: str
    in_navigation: bool = False
    in_foot: bool = False
    #: Whether whoever came to an address that is none is led there.
    on_404: bool = False
    #: What one does there, by which the map calls it instead of its name.
    purpose: str = ""

    @property
    def crumb(self) -> tuple[str, str]:
        """Its name and its address, as a step on the way to a page below it."""
        return self.name, self.address.path


HOME = SitePage(Address(""), "首页", in_navigation=True, on_404=True)
UNITS = SitePage(addresses.UNITS, "单位", in_navigation=True, on_404=True)
ISSUES = SitePage(Address("issues/"), "问题", in_navigation=True, on_404=True, purpose="查找问题")
TOPICS = SitePage(Address("topics/"), "主题", in_navigation=True)
STATISTICS = SitePage(Address("statistics/"), "统计", in_navigation=True)
CONTACTS = SitePage(Address("contacts/"), "通讯录", in_navigation=True, on_404=True)
DATA = SitePage(Address("data/"), "数据", in_navigation=True)
FIELDS = SitePage(Address("fields/"), "字段说明")
RULES = SitePage(Address("rules/"), "规则说明")
SITE_MAP = SitePage(Address("sitemap/"), "网站地图", in_foot=True, on_404=True)

#: In the order of the map and of the navigation. Those without a name here are written by hand (``docs/``).
SITE_PAGES = (
    HOME,
    UNITS,
    ISSUES,
    TOPICS,
    STATISTICS,
    CONTACTS,
    DATA,
    SitePage(Address("reading-status/"), "怎样看状态", in_navigation=True),
    SitePage(Address("contributing/"), "怎样投稿", in_navigation=True, in_foot=True),
    SitePage(Address("office/"), "办公室人员十分钟上手"),
    SitePage(Address("reviewing/"), "审核人指南"),
    SitePage(Address("maintaining/"), "维护者指南"),
    SitePage(Address("questions/"), "常见问题"),
    FIELDS,
    RULES,
    SitePage(Address("hosting/"), "放到别处"),
    SitePage(Address("about/"), "关于", in_navigation=True, in_foot=True),
    SitePage(Address("privacy/"), "隐私", in_foot=True),
    SITE_MAP,
)
