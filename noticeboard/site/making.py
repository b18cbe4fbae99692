"""The files of a site as far as chunks of work make them: what is kept is taken, the rest is made and kept.

What units decide is known by the contents of their files, a page of the whole site by its view; both by the
fingerprint of program, templates, theme and settings, too.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from noticeboard.board.board import NoticeFile, UnitFolder
from noticeboard.files import Held
from noticeboard.kept import Kept, key_of, packed, unpacked
from noticeboard.site.model.site import Site
from noticeboard.site.pages.head import PageView
from noticeboard.site.search.passages import Source
from noticeboard.site.search.segment import Head
from noticeboard.site.work import (
    Facts,
    Made,
    PagesJob,
    Parts,
    UnitsJob,
    made_of_docs,
    made_of_pages,
    made_of_segment,
    made_of_units,
)
from noticeboard.workers import chunks, done

#: So many notices, or pages of the whole site, are made at once: each time the engine starts anew.
_NOTICES, _PAGES = 150, 200
#: So few pages or units, or a segment of so few pages, are made by this process alone: others would still be starting.
_FEW = 100

T = TypeVar("T")
Group = tuple[UnitFolder, ...]


@dataclass(frozen=True)
class Listed:
    """What is known of something that was made, without the contents of its files."""

    #: Path in the site, size in bytes, SHA-256.
    files: tuple[tuple[str, int, str], ...]
    facts: Facts | Head | None = None


@dataclass(frozen=True)
class Result:
    """What came of one thing; files and parts are read only where they are wanted."""

    listed: Listed
    files: Callable[[], Sequence[bytes]]
    parts: Callable[[], Parts]

    def held(self) -> Iterator[tuple[str, Held]]:
        """Each file by its path in the site."""
        for at, (path, size, digest) in enumerate(self.listed.files):
            yield path, Held(size, digest, functools.partial(lambda at: self.files()[at], at))

    @property
    def facts(self) -> Facts:
        """Of a group of units."""
        assert isinstance(self.listed.facts, Facts)
        return self.listed.facts

    @property
    def head(self) -> Head:
        """Of a segment of the search."""
        assert isinstance(self.listed.facts, Head)
        return self.listed.facts


@dataclass(frozen=True)
class PageWanted:
    """A page by what decides it, which is less work to know than its view."""

    template: str
    key: bytes
    view: Callable[[], PageView]


@dataclass(frozen=True)
class SegmentWanted:
    """A segment of the index of the search by what decides it."""

    key: bytes
    #: How many.
    pages: int
    sources: Callable[[], tuple[Source, ...]]


@dataclass(frozen=True)
class _Wanted(Generic[T]):
    key: bytes
    thing: T

    @property
    def list_key(self) -> bytes:
        return self.key + b"l"

    @property
    def parts_key(self) -> bytes:
        return self.key + b"p"


@dataclass(frozen=True)
class _Work(Generic[T]):
    """How things are made: in chunks, each a job that any process does."""

    chunks: Callable[[Sequence[_Wanted[T]]], Iterator[tuple[_Wanted[T], ...]]]
    job: Callable[[Sequence[T]], Any]
    make: Callable[[Any], list[Made]]
    #: How much work one is, beside a page or a unit.
    size: Callable[[T], int] = lambda _: 1


@dataclass(frozen=True)
class Maker:
    """Makes what is not kept. ``say`` is told how far it is, where that takes long."""

    kept: Kept
    executor: Executor | None
    fingerprint: bytes
    say: Callable[[str], None] = lambda _: None
    #: The keys of what was not kept.
    made: set[bytes] = field(default_factory=set, init=False, repr=False)
    _latest: dict[bytes, Sequence[bytes]] = field(default_factory=dict, init=False, repr=False)

    def units(self, site: Site, groups: Sequence[Group], keys: Mapping[Path, bytes]) -> list[Result]:
        """All that each group of units decides; ``keys`` of the files of records as ``Checked`` has them."""

        def job(some: Sequence[Group]) -> UnitsJob:
            addresses = {filed.address for group in some for unit in group for filed in unit.notices}
            accepted = {address: site.accepted[address] for address in addresses if address in site.accepted}
            return UnitsJob(tuple(some), site.masthead, accepted)

        wanted = [_Wanted(self._key_of_group(site, group, keys), group) for group in groups]
        return self._all("单位", wanted, _Work(_by_notices, job, made_of_units))

    def pages(self, pages: Iterable[PageWanted]) -> list[Result]:
        """The file of each page."""

        def job(some: Sequence[PageWanted]) -> PagesJob:
            return PagesJob(tuple((page.template, page.view()) for page in some))

        wanted = [_Wanted(key_of("page", self.fingerprint, page.template, page.key), page) for page in pages]
        by_number = _Work[PageWanted](lambda wanted: chunks(wanted, _PAGES), job, made_of_pages)
        return self._all("列表", wanted, by_number)

    def docs(self, written: Mapping[str, bytes]) -> Result:
        """What is written by hand (path, content), with the files of the theme.

        The first page is made of the records; here it only lends its lines to 404.html.
        """
        key = key_of("docs", self.fingerprint, *(part for file in sorted(written.items()) for part in file))
        alone = _Work[Mapping[str, bytes]](_one_by_one, lambda some: some[0], made_of_docs)
        (made,) = self._all("说明", [_Wanted(key, written)], alone)
        return made

    def segments(self, segments: Iterable[SegmentWanted]) -> Callable[[], list[Result]]:
        """The segments of the index of the search: others begin at once, what is called for waits for them."""
        work = _Work[SegmentWanted](_one_by_one, lambda some: some[0].sources(), made_of_segment, lambda one: one.pages)
        wanted = [_Wanted(key_of("segment", self.fingerprint, one.key), one) for one in segments]
        return self._begun("查找", wanted, work)

    def alone(self, key: bytes, make: Callable[[], Made]) -> Result:
        """Something else that ``key`` decides, made by this process."""
        work = _Work[Callable[[], Made]](_one_by_one, lambda some: some[0], lambda make: [make()])
        (made,) = self._all("其他", [_Wanted(key_of("alone", self.fingerprint, key), make)], work)
        return made

    def _key_of_group(self, site: Site, group: Group, keys: Mapping[Path, bytes]) -> bytes:
        records = [record for unit in group for record in _records(unit)]
        accepted = [site.accepted.get(filed.address, ()) for unit in group for filed in unit.notices]
        return key_of("units", self.fingerprint, repr(accepted), key_of_records(records, keys))

    def _all(self, what: str, wanted: Sequence[_Wanted[T]], work: _Work[T]) -> list[Result]:
        return self._begun(what, wanted, work)()

    def _begun(self, what: str, wanted: Sequence[_Wanted[T]], work: _Work[T]) -> Callable[[], list[Result]]:
        found = self.kept.get_all(one.list_key for one in wanted)
        listed = {key: known for key, content in found.items() if (known := _listed(content)) is not None}
        missing = list({one.key: one for one in wanted if one.list_key not in listed}.values())
        chunked = list(work.chunks(missing))
        jobs = (work.job([one.thing for one in some]) for some in chunked)
        executor = self.executor if sum(work.size(one.thing) for one in missing) > _FEW else None
        begun = done(executor, work.make, jobs)

        def finished() -> list[Result]:
            count = 0
            for at, results in begun:
                for one, made in zip(chunked[at], results, strict=True):
                    listed[one.list_key] = self._keep(one, made)
                self.kept.save()
                count += len(results)
                if len(missing) > _FEW:
                    self.say(f"{what}：{count}/{len(missing)}")
            for one in wanted:
                self.kept.touch((one.key, one.parts_key) if listed[one.list_key].facts else (one.key,))
            return [self._result(one, listed[one.list_key], work) for one in wanted]

        return finished

    def _keep(self, one: _Wanted[T], made: Made) -> Listed:
        files = tuple((path, len(content), hashlib.sha256(content).hexdigest()) for path, content in made.files)
        listed = Listed(files, made.facts)
        self.made.update((one.list_key, one.key, one.parts_key))
        self.kept.put(one.list_key, packed(listed))
        self.kept.put(one.key, packed([content for _, content in made.files]))
        if made.parts:
            self.kept.put(one.parts_key, packed(made.parts))
        return listed

    def _result(self, one: _Wanted[T], listed: Listed, work: _Work[T]) -> Result:
        def again() -> Made:
            # Its list stood, it did not: the file of kept values was damaged, or its disk is full.
            return work.make(work.job([one.thing]))[0]

        def files() -> Sequence[bytes]:
            # They are asked for one behind the other: all of a site together would be large.
            if one.key not in self._latest:
                self._latest.clear()
                kept: Sequence[bytes] | None = self._value(one.key)
                self._latest[one.key] = [content for _, content in again().files] if kept is None else kept
            return self._latest[one.key]

        def parts() -> Parts:
            kept: Parts | None = self._value(one.parts_key)
            found = again().parts if kept is None else kept
            assert found is not None
            return found

        return Result(listed, files, parts)

    def _value(self, key: bytes) -> Any:
        content = self.kept.get(key)
        with contextlib.suppress(ValueError):
            return None if content is None else unpacked(content)
        return None


def _records(unit: UnitFolder) -> Iterator[UnitFolder | NoticeFile]:
    yield unit
    yield from unit.every_notice


def key_of_records(records: Iterable[UnitFolder | NoticeFile], keys: Mapping[Path, bytes]) -> bytes:
    """What tells these records, in this order, from any others; ``keys`` of their files as ``Checked`` has them."""
    # A folder that is a link has the address of what it leads to.
    # Nobody knows from what content a record without a key was read; then it is known by itself.
    return key_of(*(part for record in records for part in (record.page.path, keys.get(record.file) or packed(record))))


def _listed(content: bytes) -> Listed | None:
    try:
        known = unpacked(content)
    except ValueError:
        return None
    return known if isinstance(known, Listed) else None


def _one_by_one(wanted: Sequence[_Wanted[T]]) -> Iterator[tuple[_Wanted[T], ...]]:
    return ((one,) for one in wanted)


def _by_notices(groups: Sequence[_Wanted[Group]]) -> Iterator[tuple[_Wanted[Group], ...]]:
    """Groups of units in chunks of about as many notices."""
    chunk: list[_Wanted[Group]] = []
    notices = 0
    for group in groups:
        chunk.append(group)
        notices += sum(len(unit.every_notice) for unit in group.thing)
        if notices >= _NOTICES:
            yield tuple(chunk)
            chunk, notices = [], 0
    if chunk:
        yield tuple(chunk)
