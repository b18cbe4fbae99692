"""The site as Lighthouse judges it: ``python -m bench.audit`` (``make audit`` gets Lighthouse first).

Prints a score for each page and category, and of each score under 100 what keeps it there. Exit code 1 if there is
such a score, 2 if nothing could be judged.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from noticeboard import paths
from noticeboard.checking.check import check
from noticeboard.problems import CannotRun
from noticeboard.site import build as sites
from tests import browser as browsers

_PAGES = ("/", "/notices/fushun-wenlian/2025/", "/issues/")
_CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
#: The one category that hangs on how busy the machine is: the middle one of so many runs counts.
_TIMED, _RUNS = "performance", 3
_FULL = 100
#: How long a file is good for, the host says and not the site; it costs no points.
_NOT_OURS = "uses-long-cache-ttl"
#: As many causes of a slow page as are told for one audit.
_MOST = 6
_LIGHTHOUSE = paths.ROOT / ".venv" / "audit" / "node_modules" / "lighthouse" / "cli" / "index.js"
#: No sandbox, since Chromium refuses it to root, and it opens nothing but this site.
_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
#: Seconds after which a run hangs.
_PATIENCE = 180


@dataclass(frozen=True)
class _Failed:
    """An audit that did not pass."""

    id: str
    title: str
    #: Elements with what is wrong about them, or files with what they cost.
    places: tuple[str, ...]


@dataclass(frozen=True)
class _Score:
    """A category of one page."""

    category: str
    #: Up to 100; 0 where an audit broke down and there is no score.
    points: int
    failed: tuple[_Failed, ...]


@dataclass(frozen=True)
class _Report:
    """One run of Lighthouse on one page."""

    scores: tuple[_Score, ...]
    #: Largest contentful paint and total blocking time in ms; cumulative layout shift; bytes over the wire.
    lcp: float
    tbt: float
    cls: float
    size: int


def main() -> int:
    """The command line; gives the exit code."""
    try:
        node, browser = _programs()
        with tempfile.TemporaryDirectory() as folder, _served(Path(folder)) as address:
            reports = {page: _judged(address + page.removeprefix("/"), node, browser) for page in _PAGES}
    except CannotRun as reason:
        print(f"无法运行：{reason}", file=sys.stderr)
        return 2
    _print_table(reports)
    under = [(page, score) for page, report in reports.items() for score in report.scores if score.points < _FULL]
    for page, score in under:
        _print_failed(page, score)
    return 1 if under else 0


def _programs() -> tuple[str, str]:
    """Node and the browser. Raises ``CannotRun`` where something is missing."""
    node = shutil.which("node")
    if not node:
        raise CannotRun("没有 Node.js。请先安装 Node.js 18.16 以上（含 npm），再运行 make audit")
    if not _LIGHTHOUSE.is_file():
        raise CannotRun("还没有装 Lighthouse。请运行 make audit")
    with sync_playwright() as playwright:
        browser = browsers.find(playwright)
    if not browser:
        raise CannotRun("没有 Chromium。请运行 make browser，或自己装上 Chromium 或 Chrome")
    return node, browser


class _Pages(http.server.SimpleHTTPRequestHandler):
    """A folder as GitHub Pages serves it: texts gzipped, each file good for ten minutes, else the page 404."""

    protocol_version = "HTTP/1.1"
    #: Head and body in one packet: apart, the second waits for the first's receipt.
    wbufsize = -1

    def send_head(self) -> io.BytesIO:
        """Send the head of the answer; gives its body."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        is_there = path.is_file()
        path = path if is_there else Path(self.directory) / "404.html"
        kind = self.guess_type(path)
        is_text = kind.startswith("text/") or kind.endswith(("javascript", "json", "xml"))
        body = _read(path, is_gzipped=is_text)
        self.send_response(200 if is_there else 404)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if is_text else kind)
        if is_text:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Vary", "Accept-Encoding")
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        return io.BytesIO(body)

    def log_message(self, *_: object) -> None:
        """Nothing: the table is what is printed."""


@functools.cache
def _read(path: Path, *, is_gzipped: bool) -> bytes:
    # Once a file, so that what is timed is the page.
    return gzip.compress(path.read_bytes()) if is_gzipped else path.read_bytes()


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    """The address of the site of the real notices, built in ``folder`` for just this address.

    A page whose canonical address is on another host is no page of this one's, says Lighthouse.
    """
    site = folder / "site"
    pages = functools.partial(_Pages, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), pages) as server:
        address = f"http://127.0.0.1:{server.server_port}/"
        os.environ["SITE_URL"] = address
        sites.build(check(), site)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield address
        finally:
            server.shutdown()


def _judged(address: str, node: str, browser: str) -> _Report:
    """The page's report: the middle one of its runs by the category that is timed, with the others of the first run."""
    command = [
        *(node, str(_LIGHTHOUSE), address),
        *("--output=json", "--locale=zh", "--quiet", "--no-enable-error-reporting"),
        f"--chrome-flags={' '.join(_FLAGS)}",
    ]
    first = _run([*command, f"--only-categories={','.join(_CATEGORIES)}"], browser)
    again = [_run([*command, f"--only-categories={_TIMED}"], browser) for _ in range(_RUNS - 1)]
    timed = sorted([first, *again], key=lambda report: report.scores[0].points)[_RUNS // 2]
    return _Report((timed.scores[0], *first.scores[1:]), timed.lcp, timed.tbt, timed.cls, timed.size)


def _run(command: Sequence[str], browser: str) -> _Report:
    # The browser leaves files in the folder for temporary ones.
    with tempfile.TemporaryDirectory(prefix="noticeboard-", ignore_cleanup_errors=True) as left:
        environment = {**os.environ, "CHROME_PATH": browser, "TMPDIR": left}
        try:
            run = subprocess.run(command, env=environment, capture_output=True, check=False, timeout=_PATIENCE)  # noqa: S603
        except subprocess.TimeoutExpired as late:
            raise CannotRun(f"Lighthouse {_PATIENCE} 秒没有完成") from late
    if run.returncode:
        raise CannotRun(f"Lighthouse 没有完成：{run.stderr.decode(errors='replace').strip()}")
    result = json.loads(run.stdout)
    if "runtimeError" in result:
        raise CannotRun(f"Lighthouse 没有完成：{result['runtimeError']['message']}")
    return _report(result)


def _report(result: dict[str, Any]) -> _Report:
    """What of Lighthouse's JSON is of use here."""
    audits = result["audits"]
    figures = ("largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift", "total-byte-weight")
    lcp, tbt, cls, size = (audits[name].get("numericValue", 0) for name in figures)
    scores = [_score(result["categories"][name], audits) for name in _CATEGORIES if name in result["categories"]]
    return _Report(tuple(scores), lcp, tbt, cls, round(size))


def _score(category: dict[str, Any], audits: dict[str, Any]) -> _Score:
    is_timed = category["id"] == _TIMED
    failed = [
        _failed(audits[one["id"]])
        for one in category["auditRefs"]
        # What is timed fails by its figures; the audits of no weight beside them tell the causes. Elsewhere an audit of
        # no weight costs nothing. Hidden ones say over again what others say.
        if (one["weight"] or (is_timed and one.get("group") != "hidden")) and _has_failed(audits[one["id"]])
    ]
    return _Score(category["id"], round((category["score"] or 0) * 100), tuple(failed))


def _has_failed(audit: dict[str, Any]) -> bool:
    is_under = audit["score"] is not None and audit["score"] < 1
    return audit["id"] != _NOT_OURS and bool(is_under or audit["scoreDisplayMode"] == "error")


def _failed(audit: dict[str, Any]) -> _Failed:
    words = [audit["title"], audit.get("displayValue"), audit.get("errorMessage")]
    places = tuple(dict.fromkeys(_places(audit.get("details"))))
    return _Failed(audit["id"], " · ".join(filter(None, words)), places)


def _places(details: Any) -> Iterator[str]:
    """The elements and files that an audit's details name, at whatever depth; their form is each audit's own."""
    if isinstance(details, list):
        for one in details:
            yield from _places(one)
    elif isinstance(details, dict):
        # A row names an element or a file, or is one; its figures say how much of the fault is there.
        elements = [_element(one) for one in (details, *details.values()) if _is_element(one)]
        words = [" ".join(str(details[key]).split()) for key in ("url", "description", "cause") if details.get(key)]
        if elements or words:
            figures = [
                f"{key} {value:.6g}" for key, value in details.items() if isinstance(value, int | float) and value
            ]
            yield " ".join([*elements, *words, *figures])
        # What is for programs repeats what is for people.
        yield from _places(
            [value for key, value in details.items() if key not in ("debugData", "headings") and not _is_element(value)]
        )


def _is_element(details: Any) -> bool:
    return isinstance(details, dict) and details.get("type") == "node"


def _element(node: dict[str, Any]) -> str:
    # The explanation, of what is wrong about it, is a list of several lines.
    parts = (" ".join((node.get(key) or "").split()) for key in ("selector", "snippet", "explanation"))
    return " | ".join(filter(None, parts))


def _print_table(reports: dict[str, _Report]) -> None:
    print("| page |", *(f"{category} |" for category in _CATEGORIES), "LCP ms | TBT ms | CLS | kB |")
    print("| :--- |", *["---: |"] * (len(_CATEGORIES) + 4))
    for page, report in reports.items():
        print(f"| {page} |", *(f"{score.points} |" for score in report.scores), end=" ")
        print(f"{report.lcp:.0f} | {report.tbt:.0f} | {report.cls:.3f} | {report.size / 1000:.1f} |")


def _print_failed(page: str, score: _Score) -> None:
    print(f"\n{page} {score.category} {score.points}")
    for audit in score.failed:
        print(f"- {audit.id}: {audit.title}")
        # Each fault of a page is to be mended; of what costs time, the greatest parts will do.
        shown = audit.places[:_MOST] if score.category == _TIMED else audit.places
        for place in shown:
            print(f"  - {place}")
        if len(shown) < len(audit.places):
            print(f"  - … {len(audit.places) - len(shown)} more")


if __name__ == "__main__":
    sys.exit(main())
