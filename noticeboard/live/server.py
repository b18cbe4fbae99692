"""Serves a ``Preview`` to the browsers of this machine, and tells a page when it has changed."""

from __future__ import annotations

import mimetypes
import posixpath
import sys
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer
from urllib.parse import parse_qs, quote, unquote, urlsplit

from noticeboard.live import panel
from noticeboard.live.preview import Preview, page_of
from noticeboard.problems import CannotRun

_LONGEST_WAIT = 20.0
_OURS = ("127.0.0.1", "localhost")


class Server(ThreadingHTTPServer):
    """At ``127.0.0.1``. Raises ``CannotRun`` where the port is taken."""

    daemon_threads = True
    # On Windows this would share a port with another program instead of saying that it is taken.
    allow_reuse_address = sys.platform != "win32"

    def __init__(self, preview: Preview, port: int) -> None:
        self.preview = preview
        try:
            # "localhost" would be asked of a name server on some machines.
            super().__init__(("127.0.0.1", port), _Handler)
        except OSError as error:
            raise CannotRun(f"端口 {port} 用不了：{error.strerror}；换一个：--port 8001") from error

    def server_bind(self) -> None:
        """Without asking a name server for the name of this machine."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", int(self.server_address[1])

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that left before the answer is no news."""


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def log_message(self, *_: object) -> None:
        """Nothing: the terminal is for problems."""

    def do_GET(self) -> None:
        # Another site that calls itself by a name of this machine's address must not read the notices.
        if self.headers.get("Host", "").rpartition(":")[0] not in _OURS:
            self._send(HTTPStatus.FORBIDDEN, b"", "text/plain")
            return
        address = urlsplit(self.path)
        path = posixpath.normpath(unquote(address.path)).lstrip("/")
        if set(path) & set("\\:"):
            # On Windows these lead out of the folder.
            self._send(HTTPStatus.NOT_FOUND, b"", "text/plain")
        elif address.path == f"{panel.OWN}changed":
            self._wait(parse_qs(address.query))
        elif address.path.startswith(panel.OWN):
            self._own(address.path.removeprefix(panel.OWN))
        elif address.path.endswith("/"):
            self._file("index.html" if path in ("", ".") else f"{path}/index.html")
        elif "." not in path.rpartition("/")[2]:
            self._send(HTTPStatus.FOUND, b"", "text/plain", ("Location", quote(f"/{path}/")))
        else:
            self._file(path)

    do_HEAD = do_GET  # noqa: N815

    def _wait(self, asked: dict[str, list[str]]) -> None:
        path, token = asked.get("page", [""])[0], asked.get("token", [""])[0]
        page = page_of(f"{path.strip('/')}/index.html".lstrip("/")) or ""
        preview = self.server.preview
        with preview.changed:
            preview.changed.wait_for(lambda: preview.token(page) != token, timeout=_LONGEST_WAIT)
        self._send(HTTPStatus.OK, preview.token(page).encode(), "text/plain")

    def _own(self, name: str) -> None:
        if name in ("panel.css", "reload.js"):
            self._send(HTTPStatus.OK, panel.asset(name), _kind(name))
        else:
            self._send(HTTPStatus.NOT_FOUND, b"", "text/plain")

    def _file(self, path: str) -> None:
        preview = self.server.preview
        page = page_of(path)
        # Before the file: what is made later is newer than it says, and at worst is loaded twice.
        token = preview.token(page or "")
        file = preview.file(path)
        if page is None and file is not None:
            self._send(HTTPStatus.OK, file.read_bytes(), _kind(path))
            return
        problems = preview.problems_of(page or "")
        is_old = any(one.file in preview.old for one in problems if page and Path(page).stem == one.file.stem)
        shown = panel.panel(problems, is_old=is_old and file is not None, is_whole_site=page == "index.md")
        if file is not None:
            self._send(HTTPStatus.OK, panel.with_panel(file.read_bytes(), shown, token), _kind(path))
        elif problems:
            words = "这个文件还读不懂，所以没有页面；改好、保存以后，页面会自己出来。"
            self._send(HTTPStatus.OK, panel.alone(shown, token, words), _kind(path))
        elif not preview.built:
            words = "第一次要读完全部通报、生成整个网站，请稍等。好了以后，这一页会自己更新。"
            self._send(HTTPStatus.SERVICE_UNAVAILABLE, panel.alone("", token, words), "text/html; charset=utf-8")
        else:
            missing = preview.file("404.html")
            content = missing.read_bytes() if missing else b""
            self._send(HTTPStatus.NOT_FOUND, panel.with_panel(content, "", token), "text/html; charset=utf-8")

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
