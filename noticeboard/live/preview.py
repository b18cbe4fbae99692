"""The site as it is now: pages of notices, units and ``docs`` made when asked for, the rest by a build behind.

A page that stands alone is always new. The lists, the index of the search, feeds and data are those of the last whole
build, which a process of its own makes after each change; a newer change takes its place.
"""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from noticeboard import engine, folders, places
from noticeboard.board import Board
from noticeboard.checking import Checked
from noticeboard.files import sync
from noticeboard.live.memory import Memory
from noticeboard.lives import Lives
from noticeboard.pages.tree import home_page, record_pages
from noticeboard.problems import Problem
from noticeboard.rules import review


class Preview:
    """``folder`` holds all that it writes; ``notices`` is only read; ``say`` is told what fails.

    Threads may ask while another one renews.
    """

    def __init__(self, notices: Path, folder: Path, say: Callable[[str], None]) -> None:
        self._say = say
        self.notices = notices
        self.site_dir = folder / "site"
        self._folder = folder
        self._memory = Memory()
        self._lock = threading.RLock()
        self.changed = threading.Condition()
        #: Grows with each change; ``built`` is the one that the whole site shows.
        self.version = 0
        self.built = 0
        self.checked: Checked | None = None
        self.old: frozenset[Path] = frozenset()
        self._lives: Lives | None = None
        #: The pages of notices and units that there are; asked for at every request.
        self._records: frozenset[str] = frozenset()
        self._gone: set[str] = set()
        self._made: dict[str, int] = {}
        self._child: subprocess.Popen[bytes] | None = None
        self._child_version = 0

    def renew(self) -> tuple[Problem, ...]:
        """Read and check what changed; gives all problems. Raises ``CannotRun``, and then all is as it was."""
        board, problems = folders.load(self.notices, self._memory.read)
        reviewed = review(board, self._memory.findings)
        self._memory.forget()
        old = self._memory.unreadable()
        # What the rules say of a content that is no more would only lead astray.
        found = {*problems, *(one for one in reviewed.problems if one.file not in old)}
        checked = Checked(board, tuple(sorted(found, key=lambda one: one.sort_key)), reviewed.accepted)
        lives = Lives.of(board)
        if self.version == 0:
            # The records of a large folder stay: to look for garbage among them at each change takes as long as a page.
            gc.freeze()
        with self._lock:
            before, self._records = self._records, _pages_of_records(board)
            self.checked, self._lives, self.old = checked, lives, old
            self._gone = (self._gone | before) - self._records
            self.version += 1
        with self.changed:
            self.changed.notify_all()
        return checked.problems

    def problems_of(self, page: str) -> list[Problem]:
        """What concerns a page (its file in the tree): a notice's own, a unit's with its notices', all on the first."""
        if self.checked is None:
            return []
        return [one for one in self.checked.problems if page == "index.md" or page in self._pages_about(one.file)]

    @staticmethod
    def _pages_about(file: Path) -> set[str]:
        slug = file.parent.resolve().name
        return {f"units/{slug}.md", f"notices/{slug}/{file.stem}.md"}

    def token(self, page: str) -> str:
        """Changes when a page may have changed: the lists do when the whole site is built, too."""
        return f"{self.version}" if self._is_alone(page) else f"{self.version}.{self.built}"

    def is_behind(self, page: str) -> bool:
        """Whether a page is still that of an earlier state."""
        return self.built < self.version and not self._is_alone(page)

    def _is_alone(self, page: str) -> bool:
        return page == "index.md" or page in self._records or (places.DOCS / page).is_file()

    def file(self, path: str) -> Path | None:
        """The file that answers for a path of the site (``units/x/index.html``); ``None``: there is none."""
        page = page_of(path)
        with self._lock:
            if self.built < self.version:
                if page in self._gone:
                    return None
                if page and self._is_alone(page):
                    self._make(page)
            if self.built < self.version:
                fresh, asset = self._folder / "fresh" / path, places.ROOT / "theme" / path
                if fresh.is_file():
                    return fresh
                # The theme's own are published as they are.
                if path.startswith("assets/") and asset.is_file():
                    return asset
        whole = self.site_dir / path
        return whole if whole.is_file() else None

    def _make(self, page: str) -> None:
        """Build one page into the folder of fresh ones, unless it is there. A failure leaves the old one."""
        if self._made.get(page) == self.version or self.checked is None or self._lives is None:
            return
        self._made[page] = self.version
        tree, made, pages = self._folder / "tree", self._folder / "made", [page]
        try:
            masthead = engine.settings(places.CONFIG).masthead
            (tree / page).parent.mkdir(parents=True, exist_ok=True)
            if page == "index.md":
                (tree / page).write_bytes(home_page(self.checked.board, masthead).text.encode("utf-8"))
            elif page in self._records:
                one = record_pages(
                    self.checked.board, self.checked.accepted, masthead, self._lives, lambda file: file == page
                )
                (tree / page).write_bytes(next(one).text.encode("utf-8"))
            else:
                # They link each other by file, which MkDocs wants to see.
                shutil.copytree(places.DOCS, tree, dirs_exist_ok=True)
                pages = [file.relative_to(places.DOCS).as_posix() for file in places.DOCS.rglob("*") if file.is_file()]
                self._made.update(dict.fromkeys(pages, self.version))
            engine.build_pages(places.CONFIG, tree, made, pages, with_assets=False)
        except Exception as error:  # noqa: BLE001 - a template may raise anything; the old page stays
            self._say(f"{page} 没有更新，浏览器里仍是上一次的：{error}")
            return
        shutil.copytree(made, self._folder / "fresh", dirs_exist_ok=True)

    def start_whole(self) -> None:
        """Build the whole site behind, in place of a build that is under way."""
        self.stop()
        good = self._folder / "good"
        sync(self._memory.good(), good)
        temporary = self._folder / "tmp"
        temporary.mkdir(exist_ok=True)
        self._child_version = self.version
        self._child = subprocess.Popen(  # noqa: S603 - our own module, with folders of our own
            [sys.executable, "-m", "noticeboard.live.whole", good, self.site_dir],
            cwd=places.ROOT,
            stdout=subprocess.DEVNULL,
            stderr=(self._folder / "whole.log").open("wb"),
            env={**os.environ, "TMPDIR": str(temporary), "TMP": str(temporary), "TEMP": str(temporary)},
        )

    def poll_whole(self) -> str | None:
        """``None`` while nothing ended; an empty text where the whole site is new; else why it is not."""
        if self._child is None or self._child.poll() is None:
            return None
        code, self._child = self._child.returncode, None
        if code:
            return (self._folder / "whole.log").read_text(encoding="utf-8", errors="replace").strip() or f"{code}"
        with self._lock:
            self.built = self._child_version
            self._gone.clear()
            shutil.rmtree(self._folder / "fresh", ignore_errors=True)
            self._made.clear()
        with self.changed:
            self.changed.notify_all()
        return ""

    def stop(self) -> None:
        """End the build behind, and take away what it left."""
        if self._child is not None:
            self._child.kill()
            self._child.wait()
            self._child = None
        shutil.rmtree(self._folder / "tmp", ignore_errors=True)


def _pages_of_records(board: Board) -> frozenset[str]:
    notices = {f"notices/{address}.md" for address in board.by_address}
    return frozenset(notices | {f"units/{unit.slug}.md" for unit in board.units})


def page_of(path: str) -> str | None:
    """``units/x/index.html`` → ``units/x.md``; ``None`` for what is no page."""
    if path == "index.html":
        return "index.md"
    if not path.endswith("/index.html"):
        return None
    return f"{path.removesuffix('/index.html')}.md"


def watched(notices: Path) -> Iterator[Path]:
    """What a preview depends on."""
    yield from (notices, places.DOCS, places.ROOT / "theme", places.ROOT / "noticeboard" / "templates", places.CONFIG)
