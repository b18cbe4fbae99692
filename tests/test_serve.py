"""``serve``: what somebody who writes a notice sees in the browser and in the terminal while saving it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from noticeboard import paths
from noticeboard.checking.check import check
from noticeboard.problems import Place, Problem, Severity
from noticeboard.serve.panel import panel
from noticeboard.serve.server import Server
from noticeboard.serve.watch import snapshot
from noticeboard.site.build import build
from tests.previews import preview
from tests.records import NOTICE, UNIT
from tests.widths import beyond_the_screen

#: Seconds after which what must come will not come any more; a busy machine takes its time.
_SOON = 240.0


@dataclass
class Served:
    """A running preview of a folder with one unit and one notice."""

    process: subprocess.Popen[bytes]
    notices: Path
    base_url: str
    log: Path
    temporary: Path

    @property
    def notice(self) -> Path:
        return self.notices / "jia" / "2023.yml"

    def get(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(self.base_url + path, timeout=_SOON) as answer:  # noqa: S310 - this machine
                return answer.status, answer.read().decode("utf-8")
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode("utf-8")

    def until(self, path: str, is_so: Callable[[int, str], bool]) -> str:
        end = time.monotonic() + _SOON
        while time.monotonic() < end:
            try:
                status, text = self.get(path)
            except OSError:
                status, text = 0, ""
            if is_so(status, text):
                return text
            time.sleep(0.05)
        raise AssertionError(f"{path}: {status} {text[:2000]}\n{self.log.read_text('utf-8')}")

    def has(self, path: str, words: str) -> str:
        return self.until(path, lambda _, text: words in text)

    def terminal(self, words: str) -> None:
        end = time.monotonic() + _SOON
        while words not in self.log.read_text("utf-8"):
            assert time.monotonic() < end, self.log.read_text("utf-8")
            time.sleep(0.05)


def _started(folder: Path) -> Served:
    """A port that is free now may be taken a moment later: then another."""
    while True:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [sys.executable, "build_site.py", "serve", "--notices", str(folder / "notices"), "--port", str(port)]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                command, cwd=paths.ROOT, stderr=log, env={**os.environ, "TMPDIR": str(folder / "tmp")}
            )
        served = Served(process, folder / "notices", f"http://127.0.0.1:{port}/", folder / "log", folder / "tmp")
        while process.poll() is None:
            if "预览：" in served.log.read_text("utf-8"):
                return served
            time.sleep(0.05)
        assert "用不了" in served.log.read_text("utf-8")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("serve")
    (folder / "notices" / "jia").mkdir(parents=True)
    (folder / "notices" / "jia" / "unit.yml").write_text(UNIT, "utf-8")
    (folder / "notices" / "jia" / "2023.yml").write_text(NOTICE, "utf-8")
    (folder / "tmp").mkdir()
    served = _started(folder)
    process = served.process
    try:
        served.until("notices/jia/2023/", lambda status, _: status == 200)
        yield served
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def served(running: Served) -> Iterator[Served]:
    """The preview with its folder as it was at first, before and after."""
    yield running
    for file in (running.notices / "jia").iterdir():
        if file.name not in ("unit.yml", "2023.yml"):
            file.unlink()
    (running.notices / "jia" / "unit.yml").write_text(UNIT, "utf-8")
    running.notice.write_text(NOTICE, "utf-8")
    running.until(
        "notices/jia/2023/", lambda status, text: status == 200 and "nb-preview" not in text and "示例新" not in text
    )


def _titled(title: str) -> str:
    text = re.sub(r"(?m)^标题: .*$", f"标题: {title}", NOTICE, count=1)
    assert text != NOTICE
    return text


def test_a_reader_with_the_page_open_sees_a_saved_change_without_doing_anything_and_stays_where_he_was(
    served: Served, browser: Browser
) -> None:
    page = browser.new_page(viewport={"width": 800, "height": 200})
    page.goto(served.base_url + "notices/jia/2023/")
    page.evaluate("scrollTo(0, 150)")
    served.notice.write_text(_titled("示例新标题"), "utf-8")
    expect(page.locator("h1")).to_contain_text("示例新标题", timeout=_SOON * 1000)
    page.wait_for_function("Math.abs(scrollY - 150) < 5")
    page.close()


def test_a_broken_file_leaves_its_page_under_a_panel_that_names_place_and_remedy_and_goes_when_it_is_mended(
    served: Served, browser: Browser
) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 700}, color_scheme="dark")
    page.goto(served.base_url + "notices/jia/2023/")
    before = page.locator("h1").inner_text()
    served.notice.write_text(NOTICE + "标提: 写错的键\n", "utf-8")
    shown = page.locator(".nb-preview[role=status]")
    expect(shown).to_contain_text("不认识的键“标提”", timeout=_SOON * 1000)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(shown).to_be_in_viewport()
    line = (NOTICE + "标提").count("\n") + 1
    expect(shown).to_contain_text(f"第 {line} 行第 1 列")
    expect(shown).to_contain_text("上一次读得懂的内容")
    assert page.locator("h1").inner_text() == before
    assert beyond_the_screen(page) == 0
    served.terminal(f"2023.yml:{line}:1: 错误 unknown-key")
    served.has("units/jia/", "不认识的键")
    served.has("", "2023.yml</code>")
    page.emulate_media(media="print")
    assert not shown.is_visible()
    page.emulate_media(media="screen")
    served.notice.write_text(NOTICE, "utf-8")
    expect(shown).to_have_count(0, timeout=_SOON * 1000)
    page.close()


def test_a_new_notice_appears_and_its_page_answers_404_after_it_was_deleted(served: Served) -> None:
    new = served.notices / "jia" / "2024.yml"
    new.write_text(_titled("示例新的一份"), "utf-8")
    served.until("notices/jia/2024/", lambda status, text: status == 200 and "示例新的一份" in text)
    served.has("units/jia/", "2024")
    new.unlink()
    served.until("notices/jia/2024/", lambda status, _: status == 404)


def test_a_new_file_that_cannot_be_read_has_a_page_with_only_the_panel_until_it_can(served: Served) -> None:
    new = served.notices / "jia" / "2025.yml"
    new.write_text("标题：全角冒号\n", "utf-8")
    assert "<h1" not in served.has("notices/jia/2025/", "全角冒号")
    new.write_text(_titled("示例新写好的"), "utf-8")
    served.until(
        "notices/jia/2025/", lambda _, text: "示例新写好的" in text and '<section class="nb-preview' not in text
    )


def test_markup_in_a_problem_is_shown_as_text_and_does_nothing() -> None:
    hostile = "<script>alert(1)</script>\"'&"
    shown = panel(
        [Problem(Path("jia/2023.yml"), Place(), Severity.ERROR, hostile, hostile, hostile)],
        is_old=True,
        is_whole_site=False,
    )
    assert "<script>" not in shown
    assert shown.count("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#x27;&amp;") == 3


def test_many_saves_at_once_by_way_of_another_file_end_with_the_last_one(served: Served) -> None:
    for nth in range(10):
        beside = served.notice.with_name(".2023.yml.tmp")
        beside.write_text(_titled(f"示例新第{nth}次"), "utf-8")
        beside.replace(served.notice)
        time.sleep(0.01)
    served.has("notices/jia/2023/", "示例新第9次")


def test_what_editors_and_word_keep_beside_an_open_file_is_no_change(tmp_path: Path) -> None:
    (tmp_path / "2023.yml").write_text(NOTICE, "utf-8")
    before = snapshot([tmp_path])
    for name in (".2023.yml.swp", "2023.yml~", "~$2023.docx", ".~lock.2023.yml#"):
        (tmp_path / name).write_text("x", "utf-8")
    assert snapshot([tmp_path]) == before
    (tmp_path / "2023.yml").write_text(NOTICE + "#", "utf-8")
    assert snapshot([tmp_path]) != before


def test_a_page_of_the_preview_has_the_bytes_of_the_whole_build_beside_what_the_preview_adds(
    served: Served, tmp_path: Path
) -> None:
    served.notice.write_text(_titled("示例新的字节"), "utf-8")
    pages = {
        path: served.has(path, words)
        for path, words in (("notices/jia/2023/", "示例新的字节"), ("units/jia/", "示例新"))
    }
    pages |= {path: served.get(path)[1] for path in ("", "about/")}
    build(check(served.notices), tmp_path / "site")
    added = re.compile(r'<link rel="stylesheet" href="/_preview/.*?</script>', re.DOTALL)
    for path, text in pages.items():
        assert added.sub("", text) == (tmp_path / "site" / path / "index.html").read_text("utf-8"), path
        assert "_preview" in text


def test_lists_and_index_follow_and_the_terminal_says_so(served: Served) -> None:
    served.notice.write_text(_titled("示例新进了列表"), "utf-8")
    served.has("data/notices.json", "示例新进了列表")
    served.terminal("整个网站（列表、查找、订阅、数据）也是新的了")


def test_a_port_in_use_is_one_message_and_exit_2(served: Served) -> None:
    port = served.base_url.rstrip("/").rpartition(":")[2]
    command = [sys.executable, "build_site.py", "serve", "--notices", str(served.notices), "--port", port]
    run = subprocess.run(command, cwd=paths.ROOT, capture_output=True, check=False, timeout=_SOON)
    assert run.returncode == 2
    assert run.stderr.decode("utf-8").count("\n") == 1
    assert f"端口 {port} 用不了" in run.stderr.decode("utf-8")


def test_a_unit_that_was_deleted_is_gone(served: Served) -> None:
    other = served.notices / "yi"
    shutil.copytree(served.notices / "jia", other)
    served.until("notices/yi/2023/", lambda status, _: status == 200)
    shutil.rmtree(other)
    served.until("units/yi/", lambda status, _: status == 404)
    served.until("notices/yi/2023/", lambda status, _: status == 404)
    assert served.get("units/jia/")[0] == 200


def test_an_editor_that_empties_a_file_before_it_writes_shows_no_panel_in_the_end(served: Served) -> None:
    served.notice.write_text("", "utf-8")
    served.has("notices/jia/2023/", "文件是空的")
    served.notice.write_text(_titled("示例重写"), "utf-8")
    assert "nb-preview" not in served.has("notices/jia/2023/", "示例重写")


def test_a_preview_that_ended_leaves_its_port_to_the_next_one(tmp_path: Path) -> None:
    live = preview(tmp_path, tmp_path)[0]
    port = 0
    for _ in range(2):
        server = Server(live, port, print)
        port = server.server_port
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        # Whoever closes a connection first keeps its port waiting.
        with pytest.raises(urllib.error.HTTPError, match="503"):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/")
        server.shutdown()
        server.server_close()


def test_ctrl_c_ends_with_0_and_leaves_nothing_behind(running: Served) -> None:
    running.notice.write_text(_titled("示例新的末次"), "utf-8")
    end = time.monotonic() + _SOON
    while not list(running.temporary.glob("*/*/tmp/*")):
        # The build behind is not yet at work.
        assert time.monotonic() < end
        time.sleep(0.01)
    running.process.send_signal(signal.SIGINT)
    assert running.process.wait(timeout=_SOON) == 0
    assert list(running.temporary.iterdir()) == []
    assert "Traceback" not in running.log.read_text("utf-8")
