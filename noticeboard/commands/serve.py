"""``serve``: the site in the browser, new as soon as a notice, a page or the theme is saved."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
import time
from pathlib import Path

from noticeboard import paths
from noticeboard.commands import report
from noticeboard.problems import CannotRun
from noticeboard.serve.background import Behind
from noticeboard.serve.preview import Preview
from noticeboard.serve.server import Server
from noticeboard.serve.single_page import make_alone
from noticeboard.serve.watch import snapshot
from noticeboard.site.pages.markdown import TEMPLATES
from noticeboard.temporary import temporary_folder

#: Seconds between two looks, and from the one that found a change to the next: what then stays as it is, is saved.
_LOOK = 0.1
_SETTLED = 0.05
#: Seconds of quiet before the whole site is built behind.
_QUIET = 1.0
_LAST_PORT = 65_535


def register(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``serve``."""
    parser.add_argument("--notices", type=Path, metavar="DIR", help="通报所在的文件夹（默认 notices/）")
    parser.add_argument("--port", type=_port, metavar="N", default=8000, help="端口（默认 8000）")


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= _LAST_PORT:
        raise CannotRun(f"--port 的“{text[:20]}”不是端口；写 1 到 {_LAST_PORT} 之间的数")
    return int(text)


def run(arguments: argparse.Namespace) -> int:
    """Serve until interrupted; a file with errors leaves its last good page in the browser."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    # Started in the background of a shell, a program is told to ignore Ctrl+C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with temporary_folder() as folder:
        preview = Preview(arguments.notices or paths.NOTICES, make_alone, Behind(folder), _say)
        try:
            server = Server(preview, arguments.port, _say)
            threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
            _say(f"预览：http://127.0.0.1:{server.server_port}/　按 Ctrl+C 结束")
            _follow(preview)
        except KeyboardInterrupt:
            _say("预览结束。")
        finally:
            # Whoever presses twice wants it to end, not to leave its folder behind.
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            preview.stop()
    return 0


def _follow(preview: Preview) -> None:
    roots = (preview.notices, paths.DOCS, paths.ROOT / "theme", TEMPLATES, paths.CONFIG)
    seen, done, quiet_since = snapshot(roots), None, None
    while True:
        if seen != done:
            done = seen
            if _renew(preview):
                quiet_since = time.monotonic()
        result = preview.poll_whole()
        if result is not None:
            _say(f"整个网站没有更新：{result}" if result else "整个网站（列表、查找、订阅、数据）也是新的了。")
        if quiet_since is not None and time.monotonic() - quiet_since > _QUIET:
            quiet_since = None
            preview.start_whole()
        time.sleep(_LOOK)
        looked, seen = seen, snapshot(roots)
        while looked != seen:
            time.sleep(_SETTLED)
            looked, seen = seen, snapshot(roots)


def _renew(preview: Preview) -> bool:
    """Whether the state after a change could be taken over; the problems and what is new go to the terminal."""
    try:
        problems = preview.renew()
    except CannotRun as reason:
        _say(f"没有更新，浏览器里仍是上一次的网站：{reason}")
        return False
    report.show(problems)
    old = "、".join(sorted(file.as_posix() for file in preview.old))
    if old:
        _say(f"读不懂的文件，浏览器里仍是它上一次的内容：{old}")
    rest = "其他" if old else ""
    _say(f"{report.summary(problems)}；{rest}通报、单位和 docs 的页面是新的，列表、查找、订阅和数据随后更新。")
    return True


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
