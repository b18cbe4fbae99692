"""Text of a record → Markdown that shows exactly that text, and the Jinja environment that sees to it.

Whatever a template prints is escaped unless it is markup already, so no record can bring in markup, and every
character comes out as it went in. Characters that Markdown (Python-Markdown with ``tables``, ``attr_list``,
``def_list``, ``toc``) or HTML could take for a sign become character references; Chinese text stays readable.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from noticeboard.compiled import compiled
from noticeboard.record.phones import Phone, phone, plain
from noticeboard.record.urls import as_uri
from noticeboard.site.model.listings import topic_address

TEMPLATES = Path(__file__).parent.parent / "templates"

_SIGNS = re.compile(r"[&<>\"'\\`*_\[\]{}#|~^!]")
#: At the beginning of a block these would begin a list, a heading line, a definition or a rule.
_BLOCK_SIGNS = re.compile(r"^(?:[-+=:]|(\d+)([.)])(?=\s|$))")

_DIGITS = re.compile(r"[+0-9]")

#: What ``as_uri`` and ``quote`` leave as it is; most addresses within the site.
_PLAIN_WAY = re.compile(r"(?!//)[A-Za-z0-9._/-]*(?:#[A-Za-z0-9._/-]+)?")

#: Titles, statuses and names of units stand on one page many times, and on several pages after each other.
_REMEMBERED = 4096


def _reference(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"


@lru_cache(_REMEMBERED)
def label(text: str | None) -> Markup:
    """Text that never begins a line of the page, such as the printed number of an issue in its heading."""
    return Markup(_escaped(text or ""))  # noqa: S704 - escaped just now


def _escaped(text: str) -> str:
    return _SIGNS.sub(_reference, text).replace("\n", "<br>")


@lru_cache(_REMEMBERED)
def escape(text: str) -> Markup:
    """Any text, wherever it may stand in a page; its line ends become ``<br>``."""
    return Markup(_BLOCK_SIGNS.sub(_escape_block_sign, _escaped(text)))  # noqa: S704 - escaped just now


def _escape_block_sign(match: re.Match[str]) -> str:
    if match[1]:
        return f"{match[1]}&#{ord(match[2])};"
    return _reference(match)


def _finalize(value: object) -> object:
    if value is None:
        return ""
    return value if isinstance(value, Markup) else escape(str(value))


def telephone(number: str) -> Markup:
    """The address of a ``tel:`` link; of what is no number, as a preview may have it, all its digits."""
    known = phone(number) or Phone("".join(_DIGITS.findall(plain(number))))
    return Markup(known.uri)  # noqa: S704 - digits


#: What is encoded in a field of a ``mailto:`` link: whatever is not a Chinese character or a mark of its script.
_ENCODED = re.compile(r"[^\u3001-\u9fff\uff01-\uff5e]+")


def href(url: str) -> Markup:
    """The target of a Markdown link: brackets and blanks would end it (RFC 3986 lets them be written as %28 %29)."""
    quoted = url if _PLAIN_WAY.fullmatch(url) else quote(as_uri(url), safe="%/:?#[]@!$&'*+,;=~-._")
    return Markup(quoted)  # noqa: S704 - quoted


def mail(address: str, subject: str = "", body: str = "") -> Markup:
    """The address of a ``mailto:`` link (RFC 6068), with a subject and a body where they are given.

    Chinese stays as it is, a third as long as encoded: a browser encodes it before a mail program sees it (RFC 3987).
    """
    fields = "&".join(f"{name}={_field(text)}" for name, text in (("subject", subject), ("body", body)) if text)
    link = "mailto:" + quote(address, safe="@") + (f"?{fields}" if fields else "")
    return Markup(link.replace("&", "&amp;"))  # noqa: S704 - quoted


def _field(text: str) -> str:
    return _ENCODED.sub(lambda found: quote(found[0], safe=":"), text)


def filled(url: str) -> Markup:
    """The address of a page with what is filled in on it (``?title=…&body=…``, encoded already), for an attribute."""
    return Markup(quote(url, safe="%/:?#@$&'()*+,;=~-._").replace("&", "&amp;"))  # noqa: S704 - quoted


def heading(level: int) -> Markup:
    """The signs that begin a heading of this level."""
    return Markup("#" * level)  # noqa: S704 - signs of our own


def css_class(code: str) -> Markup:
    """The part of a class name that a code of ours makes: ``in_progress`` → ``in-progress``."""
    return Markup(code.replace("_", "-"))  # noqa: S704 - codes of our own


def environment() -> Environment:
    """The environment of all page templates."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        bytecode_cache=compiled(),
    )
    filters: list[Callable[..., Markup]] = [label, heading, css_class, telephone, href, filled, mail]
    made.filters["topic_address"] = topic_address
    made.filters.update({function.__name__: function for function in filters})
    return made
