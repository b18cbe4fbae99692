"""A folder served from memory, so that a measurement is of the browser and not of Python's file server."""

from __future__ import annotations

import asyncio
import mimetypes
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

_TYPES = {".js": "text/javascript", ".bin": "application/octet-stream"}


@dataclass
class Served:
    """A folder on a local server, and what was asked of it."""

    folder: Path
    address: str = ""
    #: When a file had been sent, in seconds since 1970; its path; how many bytes.
    sent: list[tuple[float, str, int]] = field(default_factory=list)
    loop: asyncio.AbstractEventLoop = field(init=False)
    _known: dict[str, bytes] = field(default_factory=dict)

    def answer(self, path: str) -> tuple[str, bytes]:
        """Head and body of the answer to a request for ``path``."""
        name = unquote(urlsplit(path).path).lstrip("/")
        name += "index.html" if name.endswith("/") or not name else ""
        if name not in self._known:
            file = self.folder / name
            self._known[name] = file.read_bytes() if file.is_file() else b""
        body = self._known[name]
        suffix = Path(name).suffix
        kind = _TYPES.get(suffix) or mimetypes.types_map.get(suffix, "text/plain")
        status = "200 OK" if body else "404 Not Found"
        # As GitHub Pages has it.
        fields = f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\nCache-Control: max-age=600"
        return f"HTTP/1.1 {status}\r\n{fields}\r\n\r\n", body

    async def converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection, one after the other."""
        with suppress(asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            while True:
                request = await reader.readuntil(b"\r\n\r\n")
                path = request.split(b" ", 2)[1].decode()
                head, body = self.answer(path)
                writer.write(head.encode() + body)
                await writer.drain()
                self.sent.append((time.time(), path, len(body)))
        writer.close()


@contextmanager
def served(folder: Path) -> Iterator[Served]:
    """A server of ``folder``."""
    site = Served(folder)
    is_ready, is_done = threading.Event(), asyncio.Event()

    async def listen() -> None:
        server = await asyncio.start_server(site.converse, "127.0.0.1", 0)
        site.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        site.loop = asyncio.get_running_loop()
        is_ready.set()
        await is_done.wait()

    # In a thread of its own: the caller's may have a loop already, as Playwright's has.
    thread = threading.Thread(target=lambda: asyncio.run(listen()), daemon=True)
    thread.start()
    is_ready.wait()
    yield site
    site.loop.call_soon_threadsafe(is_done.set)
    thread.join()
