"""The files of a site as far as chunks of work make them: what is kept is taken, the rest is made and kept.

A file that units decide is known by the contents of their files, a page of the whole site by its view; both by the
fingerprint of program, templates, theme and settings, too.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeAlias, TypeVar

from noticeboard.board.board import UnitFolder
from noticeboard.files import Held
from noticeboard.kept import Kept, key_of, packed, unpacked
from noticeboard.site.feeds.entries import Entry
from noticeboard.site.model.site import Site
from noticeboard.site.pages.head import PageView
from noticeboard.site.work import Made, PagesJob, UnitsJob, made_of_docs, made_of_pages, made_of_units
from noticeboard.site.workers import chunks, done

#: So many notices, or pages of the whole site, are made at once: each time the engine starts anew.
_NOTICES, _PAGES = 60, 60
#: So few things are made by this process alone: others would still be starting.
_FEW = 100

T = TypeVar("T")


@dataclass(frozen=True)
class Listed:
    """What is known of something that was made, without the contents of its files."""

    #: Path in the site, size in bytes, SHA-256.
    files: tuple[tuple[str, int, str], ...]
    entries: tuple[Entry, ...] = ()


#: What came of one thing: the list of its files, and each with its content.
Result: TypeAlias = "tuple[Listed, Iterator[tuple[str, Held]]]"


@dataclass(frozen=True)
class _Wanted(Generic[T]):
    key: bytes
    thing: T


@dataclass(frozen=True)
class _Work(Generic[T]):
    """How things are made: in chunks, each a job that any process does."""

    chunks: Callable[[Sequence[_Wanted[T]]], Iterator[tuple[_Wanted[T], ...]]]
    job: Callable[[Sequence[T]], Any]
    make: Callable[[Any], list[Made]]


@dataclass(frozen=True)
class Maker:
    """Makes what is not kept. ``say`` is told how far it is: how many things are made, of how many."""

    kept: Kept
    executor: Executor | None
    fingerprint: bytes
    say: Callable[[int, int], None] = lambda _made, _whole: None

    def units(
        self, site: Site, groups: Sequence[tuple[UnitFolder, ...]], keys: Mapping[Path, bytes]
    ) -> Iterator[Result]:
        """All files of each group of units, in order; ``keys`` of the files of records as ``Checked`` has them."""

        def job(some: Sequence[tuple[UnitFolder, ...]]) -> UnitsJob:
            addresses = {filed.address for group in some for unit in group for filed in unit.notices}
            accepted = {address: site.accepted[address] for address in addresses if address in site.accepted}
            return UnitsJob(tuple(some), site.masthead, accepted)

        wanted = [_Wanted(self._key_of_group(site, group, keys), group) for group in groups]
        return self._all(wanted, _Work(_by_notices, job, made_of_units))

    def pages(self, views: Iterable[tuple[str, PageView]]) -> Iterator[Result]:
        """The file of each page, in order."""
        wanted = [
            _Wanted(key_of("page", self.fingerprint, template, repr(view)), (template, view))
            for template, view in views
        ]
        by_number = _Work[tuple[str, PageView]](
            lambda wanted: chunks(wanted, _PAGES), lambda some: PagesJob(tuple(some)), made_of_pages
        )
        return self._all(wanted, by_number)

    def docs(self, written: Mapping[str, bytes]) -> Result:
        """What is written by hand (path, content), with the files of the theme.

        The first page is made of the records; here it only lends its lines to 404.html.
        """
        key = key_of("docs", self.fingerprint, *(part for file in sorted(written.items()) for part in file))
        alone = _Work[Mapping[str, bytes]](lambda wanted: chunks(wanted, 1), lambda some: some[0], made_of_docs)
        (made,) = self._all([_Wanted(key, written)], alone)
        return made

    def _key_of_group(self, site: Site, group: tuple[UnitFolder, ...], keys: Mapping[Path, bytes]) -> bytes:
        files = [file for unit in group for file in (unit.file, *(filed.file for filed in unit.every_notice))]
        if any(file not in keys for file in files):
            # Nobody knows what it was made from: known by this build alone.
            return key_of("units", self.fingerprint, packed(group), repr(site.masthead))
        accepted = [site.accepted.get(filed.address, ()) for unit in group for filed in unit.notices]
        return key_of("units", self.fingerprint, repr(accepted), *(keys[file] for file in files))

    def _all(self, wanted: Sequence[_Wanted[T]], work: _Work[T]) -> Iterator[Result]:
        found = self.kept.get_all(_list_key(one.key) for one in wanted)
        listed = {key: known for key, content in found.items() if (known := _listed(content)) is not None}
        missing = list({one.key: one for one in wanted if _list_key(one.key) not in listed}.values())
        chunked = list(work.chunks(missing))
        jobs = (work.job([one.thing for one in some]) for some in chunked)
        executor = self.executor if len(missing) > _FEW else None
        count = 0
        for at, results in done(executor, work.make, jobs):
            for one, made in zip(chunked[at], results, strict=True):
                listed[_list_key(one.key)] = self._keep(one.key, made)
            self.kept.save()
            count += len(results)
            self.say(count, len(missing))
        self.kept.touch(one.key for one in wanted)
        return ((listed[_list_key(one.key)], self._contents(one, listed[_list_key(one.key)], work)) for one in wanted)

    def _keep(self, key: bytes, made: Made) -> Listed:
        files = tuple((path, len(content), hashlib.sha256(content).hexdigest()) for path, content in made.files)
        listed = Listed(files, made.entries)
        self.kept.put(_list_key(key), packed(listed))
        self.kept.put(key, packed([content for _, content in made.files]))
        return listed

    def _contents(self, one: _Wanted[T], listed: Listed, work: _Work[T]) -> Iterator[tuple[str, Held]]:
        @functools.cache
        def contents() -> Sequence[bytes]:
            kept = self.kept.get(one.key)
            if kept is not None:
                with contextlib.suppress(ValueError):
                    return unpacked(kept)  # type: ignore[no-any-return]
            # Its list stood, it did not: the file was damaged, or its disk is full.
            return [content for _, content in work.make(work.job([one.thing]))[0].files]

        def load(at: int) -> bytes:
            return contents()[at]

        for at, (path, size, digest) in enumerate(listed.files):
            yield path, Held(size, digest, functools.partial(load, at))


def _list_key(key: bytes) -> bytes:
    return key + b"l"


def _listed(content: bytes) -> Listed | None:
    try:
        known = unpacked(content)
    except ValueError:
        return None
    return known if isinstance(known, Listed) else None


def _by_notices(
    groups: Sequence[_Wanted[tuple[UnitFolder, ...]]],
) -> Iterator[tuple[_Wanted[tuple[UnitFolder, ...]], ...]]:
    """Groups of units in chunks of about as many notices."""
    chunk: list[_Wanted[tuple[UnitFolder, ...]]] = []
    notices = 0
    for group in groups:
        chunk.append(group)
        notices += sum(len(unit.every_notice) for unit in group.thing)
        if notices >= _NOTICES:
            yield tuple(chunk)
            chunk, notices = [], 0
    if chunk:
        yield tuple(chunk)
