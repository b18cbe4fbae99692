"""The links of the sources (发布.网址, 附件) asked over the network: which still answer.

Politely: only the head of a page where that will do, one request at a time to a host with a pause between, under a
name that says what asks and for which site. The only part of the program, beside ``serve``, that uses a network.
"""

from __future__ import annotations

import enum
import http.client
import socket
import ssl
import time
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import IO
from urllib.parse import urldefrag, urlsplit

from noticeboard import __version__
from noticeboard.board.board import Board
from noticeboard.record.urls import as_uri, check_url

#: Hosts that are asked at the same time; each of them sees one request at a time.
_HOSTS = 8
#: Statuses for good (RFC 9110, 15.4): the address should be written anew.
_FOR_GOOD = frozenset({301, 308})
_GONE = frozenset({404, 410})


class Outcome(enum.Enum):
    """What came of asking."""

    OK = "能打开"
    MOVED = "换了网址"
    GONE = "没有了"
    NOT_REACHED = "没有问到"


@dataclass(frozen=True)
class Link:
    """A link of a notice: of what, in which file, and where to."""

    of: str
    file: Path
    url: str


@dataclass(frozen=True)
class Answer:
    """A link with what came; ``detail`` is where it moved to, or what went wrong."""

    link: Link
    outcome: Outcome
    detail: str = ""


@dataclass(frozen=True)
class Manners:
    """How to ask: seconds to wait for an answer and between two requests to a host, and the name to ask under."""

    timeout: float = 20.0
    pause: float = 1.0
    agent: str = f"noticeboard/{__version__}"


def links(board: Board) -> Iterator[Link]:
    """Every address of a source that the notices in force show, in the order of the board."""
    for unit in board.units:
        for filed in unit.notices:
            name = f"{unit.unit.short_name} {filed.date_name}"
            if filed.notice.publication.url:
                yield Link(f"{name} 原文", filed.file, filed.notice.publication.url)
            for attachment in filed.notice.attachments:
                if attachment.url:
                    yield Link(f"{name} 附件“{attachment.name}”", filed.file, attachment.url)


def ask(asked: Iterable[Link], manners: Manners) -> list[Answer]:
    """An answer for each link, in their order; an address that stands in several notices is asked once."""
    wanted = list(asked)
    by_host: dict[str, list[str]] = defaultdict(list)
    for url in dict.fromkeys(link.url for link in wanted):
        by_host[url.lower().split("/")[2]].append(url)
    with ThreadPoolExecutor(_HOSTS) as hosts:
        found: dict[str, tuple[Outcome, str]] = {}
        for answers in hosts.map(lambda urls: _ask_host(urls, manners), by_host.values()):
            found |= answers
    return [Answer(link, *found[link.url]) for link in wanted]


def _ask_host(urls: list[str], manners: Manners) -> dict[str, tuple[Outcome, str]]:
    answers = {}
    for at, url in enumerate(urls):
        if at:
            time.sleep(manners.pause)
        try:
            answers[url] = _ask(url, manners)
        except (OSError, http.client.HTTPException, ValueError) as error:
            answers[url] = (Outcome.NOT_REACHED, _reason(error))
    return answers


def _ask(url: str, manners: Manners) -> tuple[Outcome, str]:
    """HEAD, and GET where nothing good comes of that: many servers know no HEAD, some hang up on it."""
    try:
        status, steps, end = _request(url, "HEAD", manners)
    except ConnectionResetError:
        status = http.HTTPStatus.NOT_IMPLEMENTED
    if status >= http.HTTPStatus.BAD_REQUEST:
        time.sleep(manners.pause)
        status, steps, end = _request(url, "GET", manners)
    if status in _GONE:
        return Outcome.GONE, f"状态码 {status}"
    if status >= http.HTTPStatus.BAD_REQUEST:
        return Outcome.NOT_REACHED, f"网站不给程序看，或者出了故障：状态码 {status}"
    if status >= http.HTTPStatus.MULTIPLE_CHOICES:
        return Outcome.NOT_REACHED, "网站转到别处，那里打不开"
    if _FOR_GOOD & set(steps) or (_is_home(end) and not _is_home(url)):
        return Outcome.MOVED, end
    return Outcome.OK, ""


def _is_home(url: str) -> bool:
    """A portal that has dropped a page often leads to its front page."""
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query


class _Steps(urllib.request.HTTPRedirectHandler):
    """Follows redirects by HTTP alone, keeps the method, and remembers the statuses."""

    def __init__(self) -> None:
        self.statuses: list[int] = []

    def redirect_request(  # noqa: PLR0913, PLR0917 - the library's own signature
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> urllib.request.Request | None:
        if urlsplit(newurl).scheme not in ("http", "https"):
            return None
        made = super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]
        self.statuses.append(code)
        if made is not None:
            made.method = req.get_method()
        return made


def _request(url: str, method: str, manners: Manners) -> tuple[int, list[int], str]:
    """The last status, the statuses of the redirects on the way, and the address where it ended. No body is read."""
    steps = _Steps()
    opener = urllib.request.build_opener(steps)
    headers = {"User-Agent": manners.agent, "Accept": "*/*"}
    check_url(url)
    # What stands behind # is the reader's own.
    target = urldefrag(as_uri(url)).url
    request = urllib.request.Request(target, headers=headers, method=method)  # noqa: S310 - http(s): the model
    try:
        with opener.open(request, timeout=manners.timeout) as response:
            return response.status, steps.statuses, response.url
    except urllib.error.HTTPError as error:
        with error:
            return error.code, steps.statuses, error.url or url


#: What went wrong, by its kind, in words for somebody who reads no English; the first that fits.
_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (TimeoutError, "等不到回答"),
    (socket.gaierror, "找不到这个网站（域名没有地址）"),
    (ssl.SSLError, "网站的证书不对"),
    (ConnectionRefusedError, "网站没有开（拒绝连接）"),
    (ConnectionError, "连接中断"),
    (ValueError, "网址写得不对"),
)


def _reason(error: Exception) -> str:
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    return next((words for kind, words in _REASONS if isinstance(cause, kind)), f"回答看不懂：{cause}")
