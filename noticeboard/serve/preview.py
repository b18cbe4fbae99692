"""The site as it is now: pages of notices, units and ``docs`` made when asked for, the rest by a build behind.

A page that stands alone is always new. The lists, the index of the search, feeds and data are those of the last whole
site, which is built behind after each change; a newer change takes its place. What is shown follows from two values
alone, the state of now and the state that the whole site was built of: a page that the second has and the first has
not is gone, whenever which build began or ended.
"""

from __future__ import annotations

import gc
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from noticeboard import paths
from noticeboard.board.addresses import Address
from noticeboard.checking.check import judged, read_folder
from noticeboard.problems import Problem
from noticeboard.reading.opening import documents
from noticeboard.serve.background import Behind, Failed
from noticeboard.serve.memory import Memory
from noticeboard.serve.state import HOME, Made, State, Whole, page_of, pages_of_records, read_inside
from noticeboard.site import engine
from noticeboard.site.model.site import Site

#: Page and state → its files (path in the site, content), and those of pages made along, by page. May raise anything.
Make = Callable[[str, State], dict[str, dict[str, bytes]]]

#: Seconds in which a page that is being made may come to its end, when all ends.
_LAST_PAGE = 10.0


class Preview:
    """``notices`` is only read; ``say`` is told what fails.

    Threads may read while another one renews and builds.
    """

    def __init__(self, notices: Path, make: Make, builder: Behind, say: Callable[[str], None]) -> None:
        self.notices = notices
        self._make = make
        self._builder = builder
        self._say = say
        self._memory = Memory()
        # Held for as long as it takes to make a page; the other only to look at the values below, or to set them.
        self._making = threading.Lock()
        self._lock = threading.Lock()
        self.changed = threading.Condition()
        self._now: State | None = None
        self._whole: Whole | None = None
        self._made = Made()
        #: Where the assets are, the first folder that has one gives it.
        self._assets: tuple[Path, ...] = ()

    @property
    def version(self) -> int:
        """Grows with each change; 0: nothing was read yet."""
        now = self._now
        return now.version if now else 0

    @property
    def built(self) -> int:
        """The version that the whole site shows; 0: there is none yet."""
        whole = self._whole
        return whole.state.version if whole else 0

    @property
    def old(self) -> frozenset[Path]:
        """The files that cannot be read now: their page is that of a former content."""
        now = self._now
        return now.old if now else frozenset()

    def renew(self) -> tuple[Problem, ...]:
        """Read and check what changed; gives all problems. Raises ``CannotRun``, and then all is as it was."""
        settings = engine.settings(paths.CONFIG)
        # First of all: a page should never be without its looks.
        self._assets = settings.theme_folders
        self._memory.begin()
        folder = read_folder(self.notices, reader=self._memory.read)
        checked = judged(folder, self._memory.findings, self._memory.unreadable())
        self._memory.forget()
        by_hand = {path for path, _ in documents(paths.DOCS) if path.endswith(".md")}
        state = State(
            self.version + 1,
            checked.problems,
            Site(checked.board, settings.masthead, checked.accepted),
            pages_of_records(checked.board) | by_hand | {HOME},
            tuple(self._memory.good()),
            self._memory.unreadable(),
        )
        if self._now is None:
            # The records of a large folder stay: to look for garbage among them at each change takes as long as a page.
            gc.freeze()
        with self._lock:
            self._now = state
            self._made.keep(state.pages)
        self._tell()
        return checked.problems

    def problems_of(self, page: str) -> list[Problem]:
        """What concerns a page (its file in the tree): a notice's own, a unit's with its notices', all on the first."""
        now = self._now
        problems = now.problems if now else ()
        return [problem for problem in problems if page == HOME or page in self._pages_about(problem.file)]

    @staticmethod
    def _pages_about(file: Path) -> set[str]:
        slug = file.parent.resolve().name
        return {Address.of_unit(slug).page_file, Address.of_notice(f"{slug}/{file.stem}").page_file}

    def token(self, page: str) -> str:
        """Changes when a page may have changed: the lists do when the whole site is built, too."""
        with self._lock:
            is_alone = self._now is not None and page in self._now.pages
            return f"{self.version}" if is_alone else f"{self.version}.{self.built}"

    def read(self, path: str) -> bytes | None:
        """What answers for a path of the site (``units/x/index.html``); ``None``: there is nothing."""
        page = page_of(path)
        if self._is_to_make(page):
            with self._making:
                # Another thread may have made it, or a change taken it away.
                state = self._is_to_make(page)
                if state:
                    self._take(page, state)
        with self._lock:
            return next((content for content in self._contents(path, page) if content is not None), None)

    def _is_to_make(self, page: str) -> State | None:
        """The state that a page has yet to be made of."""
        with self._lock:
            now = self._now
            if now is None or page not in now.pages or self.built == now.version:
                return None
            return None if self._made.is_of(page, now.version) else now

    def _take(self, page: str, state: State) -> None:
        made: dict[str, dict[str, bytes]] = {}
        try:
            made = self._make(page, state)
        except Exception as error:  # noqa: BLE001 - a template may raise anything; the old page stays
            self._say(f"{page} 没有更新，浏览器里仍是上一次的：{error}")
        with self._lock:
            for alone in {page, *(made.keys() & state.pages)}:
                self._made.take(alone, state.version, made.get(alone))

    def _contents(self, path: str, page: str) -> Iterator[bytes | None]:
        """What a path may have, the newest before the others."""
        now, whole = self._now, self._whole
        if now and whole and whole.state.version == now.version:
            yield read_inside(whole.folder, path)
            return
        if now and page in now.pages:
            yield self._made.read(page, path)
        elif whole and page in whole.state.pages:
            # It is gone.
            return
        yield from self._as_is(path)
        if whole:
            yield read_inside(whole.folder, path)

    def _as_is(self, path: str) -> Iterator[bytes | None]:
        """What ``docs`` and the theme publish without a change, the first that has it before the others."""
        if not path.endswith(".md") and "/." not in f"/{path}":
            yield read_inside(paths.DOCS, path)
        if path.startswith("assets/"):
            yield from (read_inside(folder, path) for folder in self._assets)

    def start_whole(self) -> None:
        """Build the whole site behind, in place of a build that is under way."""
        if self._now:
            self._builder.start(self._now)

    def poll_whole(self) -> str | None:
        """``None`` while nothing ended; an empty text where the whole site is new; else why it is not."""
        ended = self._builder.ended()
        if ended is None or isinstance(ended, Failed):
            return ended.why if ended else None
        with self._lock:
            former, self._whole = self._whole, ended
            if self._now:
                self._made.keep(self._now.pages, newer_than=ended.state.version)
        if former:
            shutil.rmtree(former.folder, ignore_errors=True)
        self._tell()
        return ""

    def _tell(self) -> None:
        with self.changed:
            self.changed.notify_all()

    def stop(self) -> None:
        """End for good: the build behind with what it left, and, after the one that is being made, all making."""
        self._making.acquire(timeout=_LAST_PAGE)
        self._builder.stop()
