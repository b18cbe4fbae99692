"""The site map: every page's address, with the day of its record where the record tells one.

Sitemaps 0.9 (sitemaps.org); ``lastmod`` is a W3C date, which may stop at the year or the month.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

from noticeboard.board.board import NoticeFile
from noticeboard.site.model.site import Site


def last_modified(filed: NoticeFile) -> str:
    """The latest day on which the record says that it was published, entered or changed, or the empty string."""
    publication = filed.notice.publication
    dates = [publication.posted, publication.signed, filed.last_changed]
    return max((date.iso for date in dates if date is not None), default="")


def sitemap(site: Site, addresses: Iterable[str]) -> str:
    """The XML of the site map; ``addresses`` are relative (``units/x/``).

    Pages that only say that something was withdrawn or has moved are not for search engines; nor is the page of a list
    that stands at the address of the list too.
    """
    board = site.board
    # The first page names what came last.
    changed: dict[str, str] = {"": board.last_changed.iso if board.last_changed else ""}
    signposts = {filed.page.path for unit in board.units for filed in unit.retired}
    signposts |= {page.path for page in board.former_pages}
    signposts |= {page.address for pages in site.list_pages.values() for page in pages if page.is_filling}
    for unit in board.units:
        days = {filed.page.path: last_modified(filed) for filed in unit.notices}
        changed |= days
        changed[unit.page.path] = max(days.values(), default="")
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">']
    for address in sorted(set(addresses) - signposts):
        day = changed.get(address)
        lastmod = f"<lastmod>{day}</lastmod>" if day else ""
        lines.append(f"<url><loc>{escape(site.masthead.url(address))}</loc>{lastmod}</url>")
    return "\n".join([*lines, "</urlset>", ""])
