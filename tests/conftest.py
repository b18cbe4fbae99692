"""What several test files start from: the real site, a browser page on it, and short ways to write a record."""

from __future__ import annotations

import functools
import http.server
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Page, sync_playwright

from noticeboard.checking.check import check
from noticeboard.paths import ROOT
from noticeboard.site import build as sites
from noticeboard.temporary import claimed
from tests import browser as browsers
from tests import five

# What a build on a machine of CI refuses is tested where it is meant; all else is as at a desk.
os.environ.pop("CI", None)

# How long an example takes says how busy the machine is.
settings.register_profile("noticeboard", deadline=None)
settings.load_profile("noticeboard")


#: A name and what is made under it.
OnceARun = Callable[[str, Callable[[Path], object]], Path]


@pytest.fixture(scope="session")
def once_a_run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> OnceARun:
    """Folders that the first worker to ask for them makes, and all workers of the run read: none may write there."""
    base = tmp_path_factory.getbasetemp()
    # A worker's folder stands in that of the run.
    run = base.parent if hasattr(request.config, "workerinput") else base

    def made(name: str, make: Callable[[Path], object]) -> Path:
        folder = run / name
        with claimed(run / f".{name}", folder) as empty:
            if not folder.exists():
                make(empty / "whole")
                (empty / "whole").rename(folder)
        return folder

    return made


@pytest.fixture(scope="session")
def site(once_a_run: OnceARun) -> Path:
    """The site of the five real notices."""
    return once_a_run("site", lambda folder: sites.build(five.checked(), folder))


@pytest.fixture(scope="session")
def example_site(once_a_run: OnceARun) -> Path:
    """The site of the examples, which have a unit that was renamed."""
    return once_a_run("examples", lambda folder: sites.build(check(ROOT / "examples" / "notices"), folder))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = browsers.launch(playwright)
        yield launched
        launched.close()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a server of a folder."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture(scope="session")
def base_url(site: Path) -> Iterator[str]:
    with served(site) as address:
        yield address


@dataclass
class Visit:
    """A page in the browser with what went wrong on it and which other hosts it asked."""

    page: Page
    base_url: str
    errors: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        response = self.page.goto(self.base_url + path)
        assert response is not None
        assert response.ok, f"{path}: {response.status}"
        return self.page


@pytest.fixture
def visit(browser: Browser, base_url: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """A fresh visitor; parametrise indirectly with options of a browser context (viewport, java_script_enabled)."""
    context = browser.new_context(**getattr(request, "param", {}))
    visited = Visit(context.new_page(), base_url)
    page = visited.page
    page.on("console", lambda message: visited.errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: visited.errors.append(str(error)))
    page.on("request", lambda one: None if one.url.startswith((base_url, "data:")) else visited.outside.append(one.url))
    yield visited
    context.close()
