"""``upkeep``: contacts to be tried again, and the links of sources, asked of a server here; and the weekly issue."""

from __future__ import annotations

import datetime as dt
import http.server
import os
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from noticeboard.commands import main
from noticeboard.paths import ROOT
from noticeboard.upkeep.contacts import due_contacts
from noticeboard.upkeep.links import Answer, Link, Manners, Outcome, ask, links
from tests.records import NOTICE, UNIT, board_of, write

TODAY = dt.date(2026, 11, 26)
QUICK = Manners(timeout=0.5, pause=0, agent="noticeboard/test (+https://example.org/)")
BARE_NOTICE = NOTICE.partition("联系方式")[0]


def due(folder: Path, contact: str, *, notice: str = BARE_NOTICE) -> list[tuple[str, str, tuple[str, ...], str]]:
    """Unit, page, what to try and why, of one unit with this contact."""
    unit = f"{UNIT}联系方式: {contact}\n" if contact else UNIT
    board, _ = board_of(folder, {"shili/unit.yml": unit, "shili/2023.yml": notice})
    return [(one.unit, one.address, one.ways, one.why) for one in due_contacts(board, TODAY)]


def test_a_contact_that_nobody_has_tried_is_due(tmp_path: Path) -> None:
    expected = [("示例局", "units/shili/", ("0000-1234560",), "没有核对日期")]
    assert due(tmp_path, "{电话: 0000-1234560}") == expected


@pytest.mark.parametrize(
    ("checked", "why"),
    [
        ("2025-11-25", "2025-11-25 核对，已满一年"),
        ("2025-11-26", ""),
        ("2026-11-26", ""),
        ("2026-11-27", "核对日期 2026-11-27 还没有到，多半写错了"),
        # All of that month or year must be a year past.
        ("2025-10", "2025-10 核对，已满一年"),
        ("2025-11", ""),
        ("2025", ""),
        ("2024", "2024 核对，已满一年"),
        ("{原文: 某年某月}", "没有核对日期"),
    ],
)
def test_a_contact_is_due_a_year_after_it_was_tried(tmp_path: Path, checked: str, why: str) -> None:
    found = due(tmp_path, f"{{电话: 0000-1234560, 核对日期: {checked}}}")
    assert [one[3] for one in found] == ([why] if why else [])


def test_without_a_phone_the_mail_or_the_address_is_to_be_tried(tmp_path: Path) -> None:
    assert due(tmp_path / "a", "{电子邮箱: shili@example.org}")[0][2] == ("shili@example.org",)
    assert due(tmp_path / "b", "{地址: 示例路1号}")[0][2] == ("示例路1号",)


def test_where_the_unit_has_no_contact_the_newest_notices_counts(tmp_path: Path) -> None:
    found = due(tmp_path / "a", "", notice=NOTICE)
    assert found == [("示例局", "notices/shili/2023/", ("0000-1234560",), "没有核对日期")]
    assert due(tmp_path / "b", "{电话: 0000-1234569, 核对日期: 2026-01-05}", notice=NOTICE) == []
    assert due(tmp_path / "c", "") == []


@dataclass
class Portal:
    """A server that answers by the address asked for, and remembers what it was asked."""

    url: str
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0


@pytest.fixture
def portal() -> Iterator[Portal]:
    made = Portal("")

    class Handler(http.server.BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        is_counted = False

        def _no_more(self) -> None:
            made.at_once -= self.is_counted
            self.is_counted = False

        def end_headers(self) -> None:
            # Who has the answer may ask again before this thread is at its end.
            self._no_more()
            super().end_headers()

        def do_GET(self) -> None:
            self.is_counted = True
            made.at_once += 1
            made.most_at_once = max(made.most_at_once, made.at_once)
            made.asked.append((self.command, self.path, self.headers["User-Agent"]))
            try:
                self._answer()
            finally:
                self._no_more()

        do_HEAD = do_GET  # noqa: N815 - the library's name

        def _answer(self) -> None:
            kind, _, rest = self.path.lstrip("/").partition("/")
            if kind == "silent":
                time.sleep(1.5)
                return
            if kind == "cut" or (kind == "cuts-head" and self.command == "HEAD"):
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            code = int(kind) if kind.isdigit() else 200
            if kind == "no-head":
                code = 405 if self.command == "HEAD" else 200
            self.send_response(code)
            if code in {301, 302, 308}:
                self.send_header("Location", f"/{rest}" if "//" not in rest else rest)
            self.send_header("Content-Length", "0")
            self.end_headers()

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    # Looks a hundred times a second whether it shall end, not twice.
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    made.url = f"http://127.0.0.1:{server.server_port}"
    yield made
    server.shutdown()
    server.server_close()


def asked(*urls: str) -> list[Answer]:
    return ask([Link("示例", Path("x.yml"), url) for url in urls], QUICK)


@pytest.mark.parametrize(
    ("path", "outcome", "detail"),
    [
        ("/page", Outcome.OK, ""),
        ("/no-head", Outcome.OK, ""),
        ("/cuts-head", Outcome.OK, ""),
        ("/302/page", Outcome.OK, ""),
        ("/301/page", Outcome.MOVED, "URL/page"),
        ("/308/302/page", Outcome.MOVED, "URL/page"),
        # A portal that has dropped the page shows its front page instead.
        ("/302/", Outcome.MOVED, "URL/"),
        ("/301/404", Outcome.GONE, "状态码 404"),
        ("/404", Outcome.GONE, "状态码 404"),
        ("/410", Outcome.GONE, "状态码 410"),
        ("/403", Outcome.NOT_REACHED, "网站不给程序看，或者出了故障：状态码 403"),
        ("/500", Outcome.NOT_REACHED, "网站不给程序看，或者出了故障：状态码 500"),
        ("/302/302/302/302/302/302/302/302/302/302/302/302/x", Outcome.NOT_REACHED, "网站转到别处，那里打不开"),
        ("/301/file:///etc/hostname", Outcome.NOT_REACHED, "网站转到别处，那里打不开"),
        ("/301/ftp://127.0.0.1/", Outcome.NOT_REACHED, "网站转到别处，那里打不开"),
        ("/silent", Outcome.NOT_REACHED, "等不到回答"),
        ("/cut", Outcome.NOT_REACHED, "连接中断"),
    ],
)
def test_each_link_is_told_with_what_came(portal: Portal, path: str, outcome: Outcome, detail: str) -> None:
    (answer,) = asked(portal.url + path)
    assert (answer.outcome, answer.detail) == (outcome, detail.replace("URL", portal.url))


def test_a_host_that_is_not_there_and_an_address_that_is_none_are_told_so() -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        closed = f"http://127.0.0.1:{nobody.getsockname()[1]}/"
        answers = asked(closed, "http://nowhere.invalid/", "http://[x", "http://x:y/")
    assert [answer.detail for answer in answers] == [
        "网站没有开（拒绝连接）",
        "找不到这个网站（域名没有地址）",
        "网址写得不对",
        "网址写得不对",
    ]


def test_only_the_head_is_asked_for_under_the_name_of_program_and_site(portal: Portal) -> None:
    asked(f"{portal.url}/通报.html?编号=1#第一段")
    path = "/%E9%80%9A%E6%8A%A5.html?%E7%BC%96%E5%8F%B7=1"
    assert portal.asked == [("HEAD", path, "noticeboard/test (+https://example.org/)")]


def test_a_host_is_asked_one_thing_at_a_time_and_an_address_once(portal: Portal) -> None:
    urls = [f"{portal.url}/page/{number}" for number in range(20)]
    answers = asked(*urls, *urls)
    assert [answer.link.url for answer in answers] == [*urls, *urls]
    assert len(portal.asked) == 20
    assert portal.most_at_once == 1


@pytest.fixture
def paused(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses that are made, without their time."""
    made: list[float] = []
    monkeypatch.setattr(time, "sleep", made.append)
    return made


def test_between_two_requests_to_a_host_there_is_a_pause(portal: Portal, paused: list[float]) -> None:
    ask([Link("示例", Path("x.yml"), f"{portal.url}/{path}") for path in ("a", "404", "b")], Manners(pause=0.25))
    assert paused == [0.25, 0.25, 0.25]


def notices_with_links(folder: Path, url: str) -> Path:
    more = f"附件: [{{名称: 整改清单, 网址: {url}/404}}, {{名称: 没有网址的}}]\n"
    source = NOTICE.replace("{内容: 摘要,", f"{{内容: 摘要, 来源: 示例网, 网址: {url}/page,")
    gone = source.replace("/page", "/withdrawn") + "状态: {词语: 撤下, 日期: 2024-05-06, 原因: 重复}\n"
    files = {"shili/unit.yml": UNIT, "shili/2023.yml": source + more, "shili/2022.yml": gone}
    return write(folder, files)


def test_the_links_are_those_of_source_and_attachments_of_notices_in_force(tmp_path: Path) -> None:
    notices_with_links(tmp_path, "https://example.org")
    board, _ = board_of(tmp_path, {})
    assert [(link.of, link.url) for link in links(board)] == [
        ("示例局 2023 原文", "https://example.org/page"),
        ("示例局 2023 附件“整改清单”", "https://example.org/404"),
    ]


def test_the_list_is_never_a_failure(
    portal: Portal, paused: list[float], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = notices_with_links(tmp_path, portal.url)
    assert main(["upkeep", "--today", "2026-11-26", "--links", "--notices", str(folder)]) == 0
    file = folder / "shili/2023.yml"
    done = capsys.readouterr()
    assert done.out.splitlines() == [
        f"{file}: 示例局 0000-1234560 — 没有核对日期（/notices/shili/2023/）",
        f"{file}: 能打开 {portal.url}/page — 示例局 2023 原文",
        f"{file}: 没有了 {portal.url}/404：状态码 404 — 示例局 2023 附件“整改清单”",
    ]
    assert done.err == "看了 1 个单位，问了 2 个网址：1 个联系方式该核对，1 个网址要看一看\n"
    assert {agent.partition("/")[0] for _, _, agent in portal.asked} == {"noticeboard"}
    assert paused == [1.0, 1.0]


@pytest.mark.usefixtures("paused")
def test_as_markdown_it_has_only_what_is_to_be_done_and_nothing_of_a_record_is_a_mark(
    portal: Portal, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = notices_with_links(tmp_path, portal.url)
    (folder / "shili/unit.yml").write_text(UNIT.replace("简称: 示例局", '简称: "@示例 [x](y)"'), encoding="utf-8")
    assert main(["upkeep", "--today", "2026-11-26", "--links", "--notices", str(folder), "--format", "markdown"]) == 0
    shown = capsys.readouterr().out
    assert "## 该核对的联系方式\n" in shown
    assert "\n- [ ] &#64;&#8203;示例 &#91;x&#93;&#40;y&#41;：0000" in shown
    assert "\n- [ ] **没有了** http&#58;&#47;&#47;127" in shown
    assert "page" not in shown.partition("## 要看一看的网址")[2]


def test_where_there_is_nothing_to_do_nothing_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    unit = UNIT + "联系方式: {电话: 0000-1234560, 核对日期: 2026-01-05}\n"
    write(tmp_path, {"shili/unit.yml": unit, "shili/2023.yml": NOTICE})
    assert main(["upkeep", "--today", "2026-11-26", "--notices", str(tmp_path), "--format", "markdown"]) == 0
    assert capsys.readouterr() == ("", "看了 1 个单位：没有要办的\n")


def test_a_file_that_cannot_be_read_is_told_and_the_others_are_looked_at(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, {"shili/unit.yml": UNIT, "shili/2023.yml": NOTICE, "shili/2022.yml": "标题：甲\n"})
    assert main(["upkeep", "--today", "2026-11-26", "--notices", str(tmp_path)]) == 0
    done = capsys.readouterr()
    assert "0000-1234560" in done.out
    assert done.err.endswith(f"{tmp_path / 'shili/2022.yml'} 有错误，里面的可能没有看；先用 check 改好\n")


@pytest.mark.parametrize("today", ["2026-11", "2026-02-30", "昨天"])
def test_a_day_that_is_none_is_refused(today: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["upkeep", "--today", today]) == 2
    assert f"--today 的“{today}”不是日期" in capsys.readouterr().err


GH = """#!/usr/bin/env bash
printf '%s\\n' "$*" >> "$GH_CALLS"
if [ "$1 $2" = "issue list" ]; then printf '%s' "$GH_OPEN"; fi
"""


@pytest.mark.parametrize(
    ("content", "number", "calls"),
    [
        ("- [ ] 甲\n", "", ["label create upkeep", "issue create --title"]),
        ("- [ ] 甲\n", "7", ["issue edit 7 --body-file"]),
        ("", "7", ["issue close 7 --comment"]),
        ("", "", []),
    ],
)
def test_one_issue_is_opened_rewritten_or_closed(tmp_path: Path, content: str, number: str, calls: list[str]) -> None:
    write(tmp_path, {"bin/gh": GH, "upkeep.md": content})
    (tmp_path / "bin/gh").chmod(0o755)
    environment = {
        **os.environ,
        "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}",
        "GH_CALLS": str(tmp_path / "calls"),
        "GH_OPEN": number,
    }
    command = [ROOT / ".github/upkeep-issue.sh", tmp_path / "upkeep.md"]
    subprocess.run(command, check=True, env=environment, cwd=tmp_path)
    made = (tmp_path / "calls").read_text(encoding="utf-8").splitlines()
    assert made[0].startswith("issue list --label upkeep --state open")
    assert [call[: len(wanted)] for call, wanted in zip(made[1:], calls, strict=True)] == calls
