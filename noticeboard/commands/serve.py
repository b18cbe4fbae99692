"""``serve``: the site in the browser, built anew when a notice, a page or the theme changes."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from mkdocs.livereload import LiveReloadServer

from noticeboard import site
from noticeboard.commands import report
from noticeboard.problems import CannotRun

HELP = "在本机浏览器里预览，文件一保存就更新"


def register(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``serve``."""
    parser.add_argument("--notices", type=Path, metavar="DIR", help="通报所在的文件夹（默认 notices/）")
    parser.add_argument(
        "--port", type=int, choices=range(1, 65536), metavar="N", default=8000, help="端口（默认 8000）"
    )


def run(arguments: argparse.Namespace) -> int:
    """Serve until interrupted; a file with errors leaves the last good site in the browser."""
    with tempfile.TemporaryDirectory(prefix="noticeboard-serve-") as folder:
        site_dir = Path(folder) / "site"

        def rebuild() -> None:
            try:
                checked = site.check(arguments.notices)
                report.show(checked.problems)
                if checked.blocks(strict=False):
                    print(f"{report.summary(checked.problems)}；浏览器里仍是上一次的网站。", file=sys.stderr)
                else:
                    site.build(checked, site_dir)
            except CannotRun as reason:
                print(f"这次没有生成：{reason}", file=sys.stderr)

        rebuild()
        site_dir.mkdir(exist_ok=True)
        try:
            # "localhost" would be asked of a name server on some machines.
            server = LiveReloadServer(rebuild, "127.0.0.1", arguments.port, str(site_dir), mount_path="/")
        except OSError as error:
            raise CannotRun(f"端口 {arguments.port} 用不了：{error.strerror}；换一个：--port 8001") from error
        for watched in (arguments.notices or site.NOTICES, site.DOCS, site.ROOT / "theme", site.CONFIG):
            server.watch(str(watched))
        print(f"预览：http://127.0.0.1:{arguments.port}/　按 Ctrl+C 结束", file=sys.stderr)
        try:
            server.serve()  # type: ignore[no-untyped-call]
        except KeyboardInterrupt:
            server.shutdown()
    return 0
