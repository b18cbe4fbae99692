"""``serve``: what it answers to requests that no browser of its user sends, and to clients that are slow or leave."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from noticeboard.serve import server as servers
from noticeboard.serve.preview import Preview
from noticeboard.serve.request import Asked, asked
from noticeboard.serve.server import Server
from noticeboard.serve.state import read_inside
from tests.previews import Builds, preview
from tests.records import NOTICE, UNIT, write

#: Seconds after which a test gives up waiting for what must come.
_AT_LAST = 30.0


@dataclass
class Running:
    """A server of a whole site with one notice, in this process."""

    server: Server
    live: Preview
    builds: Builds
    site: Path
    said: list[str]

    def connection(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.server.server_port), timeout=_AT_LAST)

    def raw(self, request: bytes) -> bytes:
        with self.connection() as made:
            made.sendall(request)
            return received(made)

    def ask(self, target: str, method: str = "GET", host: str = "127.0.0.1:8000") -> tuple[int, bytes]:
        answer = self.raw(f"{method} {target} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode("latin-1"))
        head, _, body = answer.partition(b"\r\n\r\n")
        return int(head.split()[1]), body


def received(made: socket.socket) -> bytes:
    """All that comes, to the end; hung up on, whatever way."""
    came = b""
    with suppress(ConnectionError):
        while more := made.recv(65_536):
            came += more
    return came


def until(is_so: Callable[[], object]) -> None:
    end = time.monotonic() + _AT_LAST
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.fixture
def running(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    """Parametrise indirectly with how many connections are served at a time."""
    monkeypatch.setattr(servers, "_MOST", getattr(request, "param", servers._MOST))
    (tmp_path / "secret").mkdir()
    write(tmp_path, {"secret.txt": "示例秘密", "secret/index.html": "示例秘密"})
    notices = write(tmp_path / "notices", {"jia/unit.yml": UNIT, "jia/2023.yml": NOTICE})
    live, _, builds, said = preview(notices, tmp_path / "built")
    live.renew()
    live.start_whole()
    builds.end()
    live.poll_whole()
    server = Server(live, 0, said.append)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    site = write(tmp_path / "built/1", {"index.html": "首页", "404.html": "没有", "about/index.html": "关于"})
    yield Running(server, live, builds, site, said)
    server.shutdown()
    server.server_close()


class TestTargets:
    """RFC 9112, 3.2: which targets are answered, and that none leads out of the site."""

    @pytest.mark.parametrize(
        ("target", "status"),
        [
            ("/", 200),
            ("/about/", 200),
            ("/about/?q=1", 200),
            ("http://127.0.0.1:8000/about/", 200),
            ("HTTP://LOCALHOST/about/", 200),
            ("http://127.0.0.1:8000", 200),
            ("http://127.0.0.1:8000?q=1", 200),
            ("/%61bout/", 200),
            ("//about/", 200),
            ("/about/../about/", 200),
            ("/../about/", 200),
            # No slash in front.
            ("about/", 400),
            ("../../secret.txt", 400),
            ("secret.txt", 400),
            ("..", 400),
            ("*", 400),
            ("127.0.0.1:8000", 400),
            ("?q=1", 400),
            # Not ours, or no address at all.
            ("https://127.0.0.1/about/", 400),
            ("file:///etc/passwd", 400),
            ("http:///about/", 400),
            ("http://somebody@127.0.0.1/about/", 400),
            ("/about/#there", 400),
            ("/%ff", 400),
            ("/\xe5\x85\xb3", 400),
            # Out of the site, by every way to write it.
            ("/../../secret.txt", 404),
            ("/about/../../../secret.txt", 404),
            ("/%2e%2e/%2e%2e/secret.txt", 404),
            ("/..%2f..%2fsecret.txt", 404),
            ("/%2e%2e/%2e%2e/secret/", 404),
            ("//../../secret.txt", 404),
            ("/..\\..\\secret.txt", 404),
            ("/..%5c..%5csecret.txt", 404),
            ("/c:/secret.txt", 404),
            ("/secret.txt%00", 404),
            ("/index.html%00.txt", 404),
            ("/%0d%0aX-Shili:%201/", 404),
            ("/" + "a" * 5000 + ".txt", 404),
            ("/" + "a/" * 5000, 404),
            ("/" + "a" * 70_000, 414),
        ],
    )
    def test_a_target_is_answered_with(self, running: Running, target: str, status: int) -> None:
        answered, body = running.ask(target)
        assert answered == status
        assert "秘密" not in body.decode()
        assert running.said == []

    def test_a_host_in_the_target_counts_like_the_field(self, running: Running) -> None:
        assert running.ask("http://example.org/about/")[0] == 403
        assert running.ask("http://127.0.0.1:8000/about/", host="example.org")[0] == 403

    @pytest.mark.parametrize("name", ["out.txt", "out/index.html"])
    def test_a_link_that_leads_out_of_the_site_is_nothing(self, running: Running, name: str) -> None:
        file = running.site / name
        file.parent.mkdir(exist_ok=True)
        file.symlink_to(running.site.parents[1] / "secret.txt")
        status, body = running.ask(f"/{name}")
        assert (status, "秘密" in body.decode()) == (404, False)

    def test_a_page_without_its_slash_leads_to_it_with_its_query(self, running: Running) -> None:
        answer = running.raw(b"GET /about?q=%E6%9F%A5 HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert b" 302 " in answer
        assert b"\r\nLocation: /about/?q=%E6%9F%A5\r\n" in answer

    def test_no_address_leads_to_another_host(self, running: Running) -> None:
        answer = running.raw(b"GET //example.org HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert b"\r\nLocation: //" not in answer
        answer = running.raw(b"GET /%2Fexample HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert b"\r\nLocation: /example/\r\n" in answer

    def test_head_is_get_without_a_body(self, running: Running) -> None:
        assert running.ask("/about/", "HEAD") == (200, b"")

    @pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "SHILI"])
    def test_another_method_is_refused_and_the_two_are_named(self, running: Running, method: str) -> None:
        body = b"x" * 1000
        answer = running.raw(f"{method} / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n".encode() + body)
        assert answer.startswith(b"HTTP/1.0 405 ")
        assert b"\r\nAllow: GET, HEAD\r\n" in answer

    @pytest.mark.parametrize(
        "line", [b"GET\r\n\r\n", b"GET / FTP/1.0\r\n\r\n", b"GET /a b HTTP/1.1\r\n\r\n", b"\x16\x03\x01\r\n\r\n"]
    )
    def test_what_is_no_request_gets_a_status(self, running: Running, line: bytes) -> None:
        assert running.raw(line).startswith(b"HTTP/1.0 400 ")
        assert running.said == []

    @given(
        st.text(st.characters(max_codepoint=255), max_size=30) | st.from_regex(r"/[./%2eE5cfF\\a-c:]*", fullmatch=True)
    )
    def test_any_target_is_an_address_from_the_root_without_dots_or_a_status(self, target: str) -> None:
        answer = asked(target, ["localhost"])
        if isinstance(answer, Asked):
            assert answer.path.startswith("/")
            assert not answer.path.startswith("//")
            assert {".", ".."}.isdisjoint(answer.path.split("/"))
        else:
            assert answer in {HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, HTTPStatus.FORBIDDEN}


class TestHosts:
    """Only names of this machine: a page elsewhere must not read notices under a name of its own (DNS rebinding)."""

    @pytest.mark.parametrize(
        "host", ["127.0.0.1", "127.0.0.1:8000", "localhost", "LocalHost:9999", "[::1]:80", "127.1.2.3:1"]
    )
    def test_a_name_of_this_machine_is_answered(self, running: Running, host: str) -> None:
        assert running.ask("/about/", host=host)[0] == 200

    @pytest.mark.parametrize(
        "host",
        [
            *("example.org", "example.org:8000", "localhost.example.org", "127.0.0.1.example.org"),
            *("example.org:127.0.0.1", "127.0.0.1@example.org", "192.0.2.1", "0x7f.1", "[::2]"),
            *("", "localhost:", "localhost:80:80"),
        ],
    )
    def test_any_other_is_refused(self, running: Running, host: str) -> None:
        assert running.ask("/about/", host=host) == (403, b"")

    @pytest.mark.parametrize("fields", ["", "Host: localhost\r\nHost: localhost\r\n"])
    def test_none_and_several_are_no_request(self, running: Running, fields: str) -> None:
        assert running.raw(f"GET / HTTP/1.1\r\n{fields}\r\n".encode()).startswith(b"HTTP/1.0 400 ")


class TestPatience:
    """Clients that are slow, many, or gone."""

    @pytest.mark.parametrize(
        "sent", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: loc", b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nx"]
    )
    def test_a_request_that_does_not_end_is_hung_up_on(self, running: Running, sent: bytes) -> None:
        running.server.patience = 0.1
        with running.connection() as made:
            made.sendall(sent)
            answer = received(made)
        assert not answer or answer.startswith(b"HTTP/1.0 405 ")
        assert running.said == []

    def test_one_that_comes_letter_by_letter_without_an_end_too(self, running: Running) -> None:
        running.server.patience = 0.5

        def is_gone(made: socket.socket) -> bool:
            try:
                made.sendall(b"x")
            except ConnectionError:
                return True
            return False

        with running.connection() as made:
            made.sendall(b"GET / HTTP/1.1\r\nX-Shili: ")
            until(lambda: is_gone(made))
        assert running.said == []

    @pytest.mark.parametrize("running", [2], indirect=True)
    def test_where_all_places_are_taken_the_slowest_makes_room(self, running: Running) -> None:
        slow = []
        while len(slow) < 2:
            slow.append(running.connection())
            slow[-1].sendall(b"GET /")
            until(lambda: len(running.server._unread) == len(slow))
        assert running.ask("/about/")[0] == 200
        assert received(slow[0]) == b""
        for made in slow:
            made.close()
        assert running.said == []

    @pytest.mark.parametrize("running", [2], indirect=True)
    def test_where_all_are_waiting_for_a_change_another_is_turned_away_and_later_served(self, running: Running) -> None:
        waits = f"/_preview/changed?page=/about/&token={running.live.token('about.md')}"
        waiting = [running.connection(), running.connection()]
        for made in waiting:
            made.sendall(f"GET {waits} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        until(lambda: running.server.waiting._value == servers._MOST_WAITING - 2)
        assert running.raw(b"").startswith(b"HTTP/1.0 503 ")
        running.live.renew()
        for made in waiting:
            assert received(made).startswith(b"HTTP/1.0 200 ")
            made.close()
        assert running.ask("/about/")[0] == 200
        assert running.said == []

    def test_no_more_than_so_many_wait_for_a_change_and_who_left_waits_no_more(
        self, running: Running, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(servers, "_STILL_THERE", 0.01)
        running.server.waiting = threading.BoundedSemaphore(1)
        waits = f"/_preview/changed?page=/about/&token={running.live.token('about.md')}"
        first = running.connection()
        first.sendall(f"GET {waits} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        until(lambda: not running.server.waiting._value)
        assert running.ask(waits)[0] == 503
        first.close()
        until(lambda: running.server.waiting._value)
        assert running.ask("/_preview/changed?page=/about/&token=old")[0] == 200
        assert running.said == []

    def test_a_tab_that_nobody_looks_at_holds_no_connection_and_asks_again_when_somebody_does(
        self, running: Running, browser: Browser, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(servers, "_STILL_THERE", 0.01)
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{running.server.server_port}/about/")

        def is_waiting() -> bool:
            return running.server.waiting._value < servers._MOST_WAITING

        def turn(*, hidden: bool) -> None:
            page.evaluate(
                """hidden => {
                  Object.defineProperty(document, "hidden", { value: hidden, configurable: true })
                  document.dispatchEvent(new Event("visibilitychange"))
                }""",
                hidden,
            )

        until(is_waiting)
        turn(hidden=True)
        until(lambda: not is_waiting())
        turn(hidden=False)
        until(is_waiting)
        page.close()

    def test_whoever_waits_is_answered_when_something_changed(self, running: Running) -> None:
        token = running.live.token("notices/jia/2023.md")
        with running.connection() as made:
            waits = f"/_preview/changed?page=/notices/jia/2023/&token={token}"
            made.sendall(f"GET {waits} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            running.live.renew()
            assert received(made).endswith(f"\r\n\r\n{running.live.token('notices/jia/2023.md')}".encode())

    def test_a_client_that_leaves_in_the_middle_is_no_news(
        self, running: Running, capfd: pytest.CaptureFixture[str]
    ) -> None:
        (running.site / "large.bin").write_bytes(bytes(20_000_000))
        for _ in range(5):
            made = running.connection()
            made.sendall(b"GET /large.bin HTTP/1.1\r\nHost: localhost\r\n\r\n")
            made.recv(10)
            # Not a farewell but a reset.
            made.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            made.close()
        assert running.ask("/about/")[0] == 200
        assert running.said == []
        assert capfd.readouterr() == ("", "")

    def test_an_answer_that_nobody_takes_ends(self, running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
        running.server.patience = 0.1
        asked_for = threading.Event()

        def large(_: str) -> bytes:
            asked_for.set()
            return bytes(20_000_000)

        monkeypatch.setattr(running.live, "read", large)
        with running.connection() as made:
            made.sendall(b"GET /large.bin HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert asked_for.wait(_AT_LAST)
            until(lambda: running.server._free._value == servers._MOST)
        assert running.said == []

    def test_an_error_of_the_program_is_one_line_and_no_traceback(
        self, running: Running, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
    ) -> None:
        def broken(_: str) -> bytes:
            raise RuntimeError("示例差错")

        monkeypatch.setattr(running.live, "read", broken)
        running.raw(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        until(lambda: running.said)
        assert running.said == ["预览没能回答浏览器：RuntimeError 示例差错"]
        assert capfd.readouterr() == ("", "")


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.from_regex(r"[./\\a-b]*", fullmatch=True))
def test_no_path_is_read_outside_of_its_folder(path: str) -> None:
    # This file stands in "tests"; nothing but text of "tests" can come of a path in it.
    content = read_inside(Path(__file__).parent, path)
    assert content is None or (Path(__file__).parent / path).resolve().parent.is_relative_to(Path(__file__).parent)
