"""A page of a built site → one HTML file that opens by double click, with its looks and pictures and nothing else.

No script goes along, and the file's own policy (Content-Security-Policy) lets it load nothing: a preview is looked at
before anybody has approved it. Links lead only within the page and, as on the page itself, to other sites.
"""

from __future__ import annotations

import base64
import mimetypes
import posixpath
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, Tag
from bs4.element import Stylesheet

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"
_URL_IN_STYLE = re.compile(r"""url\(\s{0,9}(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'()]*))\s{0,9}\)""")
#: The line above the page; dashed, so that nobody takes it for a part of it.
_BANNER = ".nb-preview{margin:0;padding:.6rem 1rem;border-bottom:2px dashed;font-size:.8rem;text-align:center}"
_ELSEWHERE = ("http", "https", "mailto", "tel")


def standalone(site_dir: Path, page: str, note: str) -> bytes:
    """The page ``page`` (``notices/x/2023/index.html``) of a built site, under a line that says ``note``."""
    folder = posixpath.dirname(page)
    document = BeautifulSoup((site_dir / page).read_bytes(), "lxml", from_encoding="utf-8")
    for element in document(["script", "base", "iframe", "object", "embed", "form", "template"]):
        element.decompose()
    for link in document("link"):
        if "stylesheet" in (link.get_attribute_list("rel")):
            _inline_style(document, link, site_dir, folder)
        else:
            link.decompose()
    for element in document(["img", "source"]):
        _inline_picture(element, site_dir, folder)
    for element in document("a", href=True):
        target = str(element["href"])
        if not target.startswith("#") and urlsplit(target).scheme not in _ELSEWHERE:
            del element["href"]
    for element in document.find_all():
        for name in [name for name in element.attrs if name.lower().startswith("on")]:
            del element[name]
    assert document.head is not None
    assert document.body is not None
    policy = document.new_tag("meta", attrs={"http-equiv": "Content-Security-Policy", "content": _POLICY})
    document.head.insert(0, document.new_tag("meta", attrs={"charset": "utf-8"}))
    document.head.insert(1, policy)
    style = document.new_tag("style")
    style.append(Stylesheet(_BANNER))
    document.head.append(style)
    document.body.insert(0, document.new_tag("p", attrs={"class": "nb-preview"}, string=note))
    return document.encode("utf-8", formatter="minimal")


def _inline_style(document: BeautifulSoup, link: Tag, site_dir: Path, folder: str) -> None:
    path = _path(str(link.get("href", "")), folder)
    content = _content(site_dir, path)
    media = link.get("media")
    style = document.new_tag("style", attrs={"media": str(media)} if media else {})
    # The end tag of the element is the one thing that a style may not say.
    text = _with_data(content.decode("utf-8") if content else "", site_dir, path or "").replace("</", r"<\/")
    style.append(Stylesheet(text))
    link.replace_with(style)


def _with_data(style: str, site_dir: Path, path: str) -> str:
    def data(match: re.Match[str]) -> str:
        url = match["double"] or match["single"] or match["bare"] or ""
        if url.startswith(("data:", "#")):
            return match[0]
        target = _path(url, posixpath.dirname(path))
        return f'url("{_data_url(site_dir, target)}")'

    return _URL_IN_STYLE.sub(data, style)


def _inline_picture(element: Tag, site_dir: Path, folder: str) -> None:
    for name in ("srcset", "loading"):
        element.attrs.pop(name, None)
    source = str(element.get("src", ""))
    if source and not source.startswith("data:"):
        element["src"] = _data_url(site_dir, _path(source, folder))


def _path(url: str, folder: str) -> str | None:
    """Where a relative address leads within the site; ``None`` where it leads out of it."""
    parts = urlsplit(url)
    if parts.scheme or parts.netloc or not parts.path:
        return None
    path = posixpath.normpath(posixpath.join(folder, unquote(parts.path).lstrip("/")))
    return None if path.startswith("..") else path


def _content(site_dir: Path, path: str | None) -> bytes | None:
    file = site_dir / path if path else None
    return file.read_bytes() if file and file.is_file() else None


def _data_url(site_dir: Path, path: str | None) -> str:
    content = _content(site_dir, path)
    if content is None or path is None:
        return "data:,"
    kind = mimetypes.guess_type(path, strict=False)[0] or "application/octet-stream"
    return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"
