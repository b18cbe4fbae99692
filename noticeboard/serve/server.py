"""Serves a ``Preview`` to the browsers of this machine, and tells a page when it has changed."""

from __future__ import annotations

import mimetypes
import select
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from operator import itemgetter
from pathlib import Path
from socketserver import TCPServer
from typing import Any
from urllib.parse import parse_qs, quote

from noticeboard.problems import CannotRun
from noticeboard.serve import panel
from noticeboard.serve.preview import Preview
from noticeboard.serve.request import asked
from noticeboard.serve.state import HOME, is_page, page_of

#: Seconds that a browser waits for a change before it has to ask again; and between looks whether it is still there.
_LONGEST_WAIT = 20.0
_STILL_THERE = 1.0
#: Connections at a time, and those of them that wait for a change: a browser opens six to a host.
_MOST = 64
_MOST_WAITING = 32
#: Seconds that a newcomer waits for a place.
_ROOM = 0.5


class Server(ThreadingHTTPServer):
    """At ``127.0.0.1``. Raises ``CannotRun`` where the port is taken.

    ``say`` is told of errors of the program; a browser that leaves, or is too slow to ask, is no news.
    """

    daemon_threads = True
    # On Windows this would share a port with another program instead of saying that it is taken.
    allow_reuse_address = sys.platform != "win32"
    #: Seconds in which a request has to be there, and an answer taken.
    patience = 10.0

    def __init__(self, preview: Preview, port: int, say: Callable[[str], None]) -> None:
        self.preview = preview
        self.say = say
        self.waiting = threading.BoundedSemaphore(_MOST_WAITING)
        self._free = threading.BoundedSemaphore(_MOST)
        #: When each connection came whose request is not yet read.
        self._unread: dict[socket.socket, float] = {}
        try:
            # "localhost" would be asked of a name server on some machines.
            super().__init__(("127.0.0.1", port), _Handler)
        except OSError as error:
            raise CannotRun(f"端口 {port} 用不了：{error.strerror}；换一个：--port 8001") from error

    def server_bind(self) -> None:
        """Without asking a name server for the name of this machine."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", int(self.server_address[1])

    def process_request(self, request: Any, client_address: Any) -> None:
        """A thread for each connection, as many as there may be; the slowest makes room."""
        if not self._free.acquire(blocking=False):
            self._hang_up(sorted(self._unread.copy().items(), key=itemgetter(1))[:1])
            if not self._free.acquire(timeout=_ROOM):
                self._turn_away(request)
                return
        self._unread[request] = time.monotonic()
        try:
            super().process_request(request, client_address)
        except RuntimeError:
            # The system has no more threads.
            self.is_read(request)
            self._free.release()
            self._turn_away(request)

    def _turn_away(self, request: Any) -> None:
        request.settimeout(0)
        with suppress(OSError):
            request.send(b"HTTP/1.0 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n")
        self.close_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """The one thread of a connection."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self.is_read(request)
            self._free.release()

    def shutdown_request(self, request: Any) -> None:
        """Close only when the other end has: an answer that is closed on while more is coming may never arrive."""
        self._unread[request] = time.monotonic()
        with suppress(OSError):
            request.shutdown(socket.SHUT_WR)
            while request.recv(65_536):
                pass
        self.close_request(request)

    def is_read(self, request: socket.socket) -> None:
        """All that is to be read of a connection is there."""
        self._unread.pop(request, None)

    def service_actions(self) -> None:
        """Hang up on those that do not come to the end of their request, however steadily they send."""
        past = time.monotonic() - self.patience
        self._hang_up((request, since) for request, since in self._unread.copy().items() if since < past)

    def _hang_up(self, unread: Iterable[tuple[socket.socket, float]]) -> None:
        for request, _ in unread:
            try:
                request.shutdown(socket.SHUT_RDWR)
            except OSError:
                # It has just gone by itself.
                self.is_read(request)

    def handle_error(self, *_: object) -> None:
        """A line instead of a traceback; none where a browser left before the answer."""
        error = sys.exception()
        if not isinstance(error, (ConnectionError, TimeoutError)):
            self.say(f"预览没能回答浏览器：{type(error).__name__} {error}")


class _Handler(BaseHTTPRequestHandler):
    server: Server
    # An answer has its status always; a line without a version is none of HTTP/0.9, which no browser speaks.
    default_request_version = "HTTP/1.0"

    def setup(self) -> None:
        # An answer that is not taken ends the connection.
        self.request.settimeout(self.server.patience)
        super().setup()

    def log_message(self, *_: object) -> None:
        """Nothing: the terminal is for problems."""

    def send_error(self, code: int, *_: object) -> None:
        """What the library refuses is answered as briefly as what we do: it would repeat to a browser what it sent."""
        # It takes a method that nobody wrote for one that nobody knows.
        self._refuse(HTTPStatus.METHOD_NOT_ALLOWED if code == HTTPStatus.NOT_IMPLEMENTED else HTTPStatus(code))

    def do_GET(self) -> None:
        self.server.is_read(self.connection)
        # The library's own ``path`` has a slash less where two stand in front.
        wanted = asked(self.requestline.split()[1], self.headers.get_all("Host", []))
        if isinstance(wanted, HTTPStatus):
            self._refuse(wanted)
        elif wanted.path == f"{panel.OWN}changed":
            self._wait(wanted.query)
        elif wanted.path in (f"{panel.OWN}panel.css", f"{panel.OWN}reload.js"):
            self._send(HTTPStatus.OK, panel.asset(wanted.path.removeprefix(panel.OWN)), _kind(wanted.path))
        elif wanted.path.startswith(panel.OWN):
            self._refuse(HTTPStatus.NOT_FOUND)
        elif wanted.path.endswith("/"):
            self._file(f"{wanted.path[1:]}index.html")
        elif "." not in wanted.path.rpartition("/")[2]:
            query = f"?{wanted.query}" if wanted.query else ""
            self._send(HTTPStatus.FOUND, b"", "text/plain", ("Location", quote(f"{wanted.path}/") + query))
        else:
            self._file(wanted.path[1:])

    do_HEAD = do_GET  # noqa: N815

    def _wait(self, query: str) -> None:
        fields = parse_qs(query)
        path, token = fields.get("page", [""])[0], fields.get("token", [""])[0]
        page = page_of(f"{path.strip('/')}/index.html".lstrip("/"))
        preview, end = self.server.preview, time.monotonic() + _LONGEST_WAIT
        if not self.server.waiting.acquire(blocking=False):
            self._refuse(HTTPStatus.SERVICE_UNAVAILABLE)
            return
        try:
            with preview.changed:
                while preview.token(page) == token and time.monotonic() < end and self._is_still_there():
                    preview.changed.wait(_STILL_THERE)
        finally:
            self.server.waiting.release()
        self._send(HTTPStatus.OK, preview.token(page).encode(), "text/plain")

    def _is_still_there(self) -> bool:
        readable, _, _ = select.select([self.connection], [], [], 0)
        return not readable or bool(self.connection.recv(1, socket.MSG_PEEK))

    def _file(self, path: str) -> None:
        preview, page = self.server.preview, page_of(path)
        # Before the file: what is made later is newer than it says, and at worst is loaded twice.
        token, content = preview.token(page), preview.read(path)
        if content is not None and not is_page(path):
            self._send(HTTPStatus.OK, content, _kind(path))
            return
        problems = preview.problems_of(page) if is_page(path) else []
        is_old = any(problem.file in preview.old for problem in problems if Path(page).stem == problem.file.stem)
        shown = panel.panel(problems, is_old=is_old and content is not None, is_whole_site=page == HOME)
        if content is not None:
            self._send(HTTPStatus.OK, panel.with_panel(content, shown, token), _kind(path))
        elif problems:
            words = "这个文件还读不懂，所以没有页面；改好、保存以后，页面会自己出来。"
            self._send(HTTPStatus.OK, panel.alone(shown, token, words), _kind(path))
        elif not preview.built:
            words = "第一次要读完全部通报、生成整个网站，请稍等。好了以后，这一页会自己更新。"
            self._send(HTTPStatus.SERVICE_UNAVAILABLE, panel.alone("", token, words), "text/html; charset=utf-8")
        else:
            missing = panel.with_panel(preview.read("404.html") or b"", "", token)
            self._send(HTTPStatus.NOT_FOUND, missing, "text/html; charset=utf-8")

    def _refuse(self, status: HTTPStatus) -> None:
        allowed = [("Allow", "GET, HEAD")] if status is HTTPStatus.METHOD_NOT_ALLOWED else []
        self._send(status, b"", "text/plain", *allowed)

    def _send(self, status: HTTPStatus, content: bytes, kind: str, *headers: tuple[str, str]) -> None:
        self.send_response(status)
        for name, value in (("Content-Type", kind), ("Cache-Control", "no-store"), *headers):
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)


def _kind(path: str) -> str:
    # Not the system's table, which on some machines takes a script for plain text.
    known = {".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".json": "application/json"}
    kind = known.get(Path(path).suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
