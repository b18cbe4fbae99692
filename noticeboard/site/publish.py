"""The site as a folder that is always one whole site, the old one or the new one.

The new files are made beside the folder, and joined there by those that did not change; then both folders change places
in one step. Where that cannot be (a mount point, a system or a file system without such a step), files are renamed into
the folder one by one, when all bytes are on its disk.

Which files of a folder are ours is what its manifest says. Nothing else of ours stands in it.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from noticeboard.files import Content, Held, entries, holds, put, remove_empty, written_before
from noticeboard.problems import CannotRun, reason
from noticeboard.site.data import manifest
from noticeboard.site.swap import exchange
from noticeboard.temporary import claimed

#: Where files are made in the folder itself: only where no place outside is on its file system. Hidden, then gone.
_INSIDE = ".noticeboard"
#: What earlier versions of the program kept in the site: lists of files, and one that was half written.
_FORMER_LISTS = frozenset({".noticeboard.json", ".noticeboard-adding"})
_FORMER_UNFINISHED = ".noticeboard-tmp"


@dataclass(frozen=True)
class Published:
    """What came of it: the paths written and removed, and whether readers met the old site until they met the new."""

    changed: list[str]
    is_at_once: bool = True


@dataclass(frozen=True)
class _Standing:
    """What stands in the folder of a site before it changes."""

    #: Plain files that we wrote, with size and time (bytes, nanoseconds); links and the like in the place of one.
    files: dict[str, tuple[int, int]]
    in_their_place: set[str]
    #: What others put there: files, links, devices; and folders with nothing in them.
    others: set[str]
    empty_folders: set[str]
    #: Size and SHA-256 of our files by the manifest, and when it was written (nanoseconds): after all of them.
    described: Mapping[str, tuple[int, str]]
    since: int

    def holds(self, folder: Path, path: str, content: Content) -> bool:
        """Whether our file at ``path`` has this content; one that nobody touched since is as the manifest says."""
        if path not in self.files:
            return False
        (size, time), (known_size, digest) = self.files[path], self.described.get(path, (-1, ""))
        if isinstance(content, Held) and time <= self.since and size == known_size:
            return digest == content.sha256
        return holds(folder / path, content)


@dataclass(frozen=True)
class _Change:
    """What a new site changes: the files that are made for it, and what goes."""

    written: list[str]
    removed: list[str]
    before: set[str]
    #: What stands where they go: files, links.
    replaced: list[str]

    def in_order(self) -> list[str]:
        """Whatever a page asks for before the page, what is new before what leads to it; without the manifest."""
        rest = (path for path in self.written if path != manifest.PATH)
        return sorted(rest, key=lambda path: (path.endswith(".html"), path in self.before, path))


def check_folder(folder: Path, *, is_ours: bool) -> None:
    """Raises ``CannotRun`` where no site may be published: in the place of a file, in a folder of somebody else's."""
    try:
        if folder.exists() and not folder.is_dir():
            raise CannotRun(f"{folder} 是文件，不是文件夹；换一个文件夹")
        if is_ours or not folder.is_dir() or _is_site(folder):
            return
        if any(not entry.is_dir(follow_symlinks=False) for _, entry in _entries(folder)):
            raise CannotRun(f"文件夹 {folder} 不是空的，也不是本程序建的；换一个文件夹，或先清空它")
    except OSError as error:
        raise CannotRun(f"用不了文件夹 {folder}：{reason(error)}") from error


def publish(content: Iterable[tuple[str, Content]], folder: Path, *, is_ours: bool) -> Published:
    """Make a folder hold a site: ``content`` is its files one by one (path, what it holds), its manifest the last.

    In the project's own output folder (``is_ours``) nothing else may stand; elsewhere what others put there stays. Two
    runs follow each other: the later one's site stands. Raises ``CannotRun``, and then the old site is as it was,
    unless the words say otherwise.
    """
    check_folder(folder, is_ours=is_ours)
    # A link to the site stays one.
    real = Path(os.path.realpath(folder))
    try:
        real.parent.mkdir(parents=True, exist_ok=True)
        with _place(real) as place:
            return _publish(content, real, place / "site", is_ours=is_ours)
    except OSError as error:
        raise CannotRun(f"写不了网站 {folder}：{reason(error)}；原有的网站没有改动") from error


@contextmanager
def _place(folder: Path) -> Iterator[Path]:
    """An empty folder for the new files, this run's alone: beside the folder of the site, or else in it."""
    with contextlib.ExitStack() as stack:
        try:
            place = stack.enter_context(claimed(folder.with_name(f".{folder.name}.noticeboard"), folder))
        except OSError:
            if not folder.is_dir():
                raise
            place = stack.enter_context(claimed(folder / _INSIDE, folder))
        else:
            if (folder / _INSIDE).is_dir():
                # A killed run left it.
                with claimed(folder / _INSIDE, folder):
                    pass
        yield place


def _publish(content: Iterable[tuple[str, Content]], folder: Path, fresh: Path, *, is_ours: bool) -> Published:
    standing = _standing(folder, is_ours=is_ours)
    fresh.mkdir()
    places = _Places(fresh)
    written: list[str] = []
    same: list[str] = []
    for path, held in content:
        if standing.holds(folder, path, held):
            same.append(path)
            continue
        put(held, places.file(path))
        written.append(path)
    paths = {*written, *same}
    _check_names(paths, standing.others)
    before = {*standing.files}
    known = before | standing.in_their_place
    change = _Change(written, sorted(known - paths), before, [path for path in written if path in known])
    changed = [*written, *change.removed]
    if not changed:
        _renew_time(folder, standing, fresh.stat().st_mtime_ns)
        return Published([])
    if _switch(folder, fresh, change, same, standing):
        return Published(changed)
    _renew_in_place(folder, fresh, change)
    return Published(changed, is_at_once=False)


def _renew_time(folder: Path, standing: _Standing, now: int) -> None:
    """Files of a copy, or of CI, may be newer than their manifest; now that they were compared the next run need not.

    ``now`` is the time of the disk (nanoseconds), not of a clock. A time to come is nobody's: until then no change
    would be seen.
    """
    newest = max((time for _, time in standing.files.values()), default=0)
    if standing.since < newest <= now:
        os.utime(folder / manifest.PATH, ns=(newest, newest))


# -- what stands there


def _entries(folder: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    inside = f"{_INSIDE}/"
    return ((path, entry) for path, entry in entries(folder) if not f"{path}/".startswith(inside))


def _described(folder: Path) -> tuple[dict[str, tuple[int, str]], int] | None:
    """What the manifest of a folder says of its files, and when it was written; ``None`` where it has none."""
    try:
        with (folder / manifest.PATH).open("rb") as file:
            return manifest.named(file.read()), os.fstat(file.fileno()).st_mtime_ns
    except (FileNotFoundError, NotADirectoryError, CannotRun):
        return None


def _known(folder: Path, described: Iterable[str] | None) -> set[str] | None:
    """The files that we wrote into a folder, by its manifest or the lists of earlier versions; ``None``: no site."""
    former = written_before(folder)
    if described is None:
        return None if former is None else {*former, *_FORMER_LISTS}
    return {*described, manifest.PATH, *(former or ()), *_FORMER_LISTS}


def _is_site(folder: Path) -> bool:
    found = _described(folder)
    return _known(folder, None if found is None else found[0]) is not None


def _standing(folder: Path, *, is_ours: bool) -> _Standing:
    found = _described(folder)
    known = _known(folder, None if found is None else found[0]) or set()
    described, since = found or ({}, 0)
    standing = _Standing({}, set(), set(), set(), described, since)
    filled: set[str] = set()
    for path, entry in _entries(folder) if folder.is_dir() else ():
        filled.add(path.rpartition("/")[0])
        if entry.is_dir(follow_symlinks=False):
            standing.empty_folders.add(path)
        elif not is_ours and path not in known and _FORMER_UNFINISHED not in entry.name:
            standing.others.add(path)
        elif entry.is_file(follow_symlinks=False):
            status = entry.stat(follow_symlinks=False)
            standing.files[path] = (status.st_size, status.st_mtime_ns)
        else:
            standing.in_their_place.add(path)
    return replace(standing, empty_folders=set() if is_ours else standing.empty_folders - filled)


def _check_names(paths: set[str], others: set[str]) -> None:
    """Nothing of others' is written over, nor written into where it leads elsewhere. Raises ``CannotRun``."""
    folders = {str(parent) for path in paths for parent in PurePosixPath(path).parents} if others else set()
    for other in sorted(others):
        above = (str(parent) for parent in PurePosixPath(other).parents)
        if other in paths or other in folders or not paths.isdisjoint(above):
            raise CannotRun(f"网站的文件夹里有不是本程序写的 {other}，与网站的文件同名；把它移走，再生成一次")


# -- in one step


def _switch(folder: Path, fresh: Path, change: _Change, same: Collection[str], standing: _Standing) -> bool:
    """Put ``fresh`` in the place of ``folder``, with what is kept of it; ``False``, and nothing done, where it cannot.

    In the end the site stands in the folder that it was in before, brought up to date while the other one answered: a
    server that was started in it, or a container that it is mounted into, holds that one and not the path.
    """
    try:
        if not folder.exists():
            fresh.rename(folder)
            return True
        _try_exchange(folder, fresh)
        places = _Places(fresh)
        for path in same:
            _join(f"{folder}/{path}", places.file(path))
        for path in standing.others:
            _take_over(folder / path, fresh / path)
        for path in standing.empty_folders:
            (fresh / path).mkdir(parents=True, exist_ok=True)
        shutil.copymode(folder, fresh)
        exchange(fresh, folder)
    except OSError:
        with contextlib.suppress(OSError):
            # As read-only as the folder, it could not be taken away.
            fresh.chmod(0o700)
        return False
    with contextlib.suppress(OSError, CannotRun):
        _follow(fresh, folder, change)
        exchange(fresh, folder)
    return True


def _follow(old: Path, new: Path, change: _Change) -> None:
    """Bring a folder that nobody looks into up to date by what stands in another. Raises ``OSError``."""
    _remove(old, [*change.removed, *change.replaced])
    places = _Places(old)
    for path in change.written:
        _join(f"{new}/{path}", places.file(path))


def _try_exchange(folder: Path, fresh: Path) -> None:
    """Raises ``OSError`` where two folders cannot change places, so that nothing is copied for it in vain."""
    if folder in fresh.parents:
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
    one, other = fresh.with_name("one"), fresh.with_name("other")
    one.mkdir()
    other.mkdir()
    exchange(one, other)


class _Places:
    """Where files go in a folder: of tens of thousands no path is looked into, and each folder is made once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: set[str] = set()

    def file(self, path: str) -> str:
        """The place of a file, in a folder that is there. Raises ``OSError``."""
        place = path.rpartition("/")[0]
        if place not in self._made:
            (self._folder / place).mkdir(parents=True, exist_ok=True)
            self._made.add(place)
        return f"{self._folder}/{path}"


def _take_over(old: Path, new: Path) -> None:
    """The same thing at another place; a link leads where it led."""
    new.parent.mkdir(parents=True, exist_ok=True)
    if old.is_symlink():
        new.symlink_to(old.readlink())
    elif not old.is_file():
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(old))
    else:
        _join(str(old), str(new))


def _join(old: str, new: str) -> None:
    """The same plain file in another folder: where the file system can, one file with two names; it keeps its time."""
    try:
        os.link(old, new)
    except OSError:
        shutil.copy2(old, new)


# -- file by file


def _renew_in_place(folder: Path, fresh: Path, change: _Change) -> None:
    """Rename the files into the folder. Raises ``OSError`` where nothing was changed yet, or else ``CannotRun``."""
    for place in {(folder / path).parent for path in (*change.written, *change.removed)} | {folder}:
        if place.is_dir() and not os.access(place, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(place))
    between = None
    if manifest.PATH in change.written:
        # A run that is killed here leaves no file that nobody owns: until all is done, the manifest names old and new.
        going = (manifest.described(path, folder / path) for path in change.removed if path in change.before)
        between = manifest.with_more((fresh / manifest.PATH).read_bytes(), going)
    try:
        _renew(folder, fresh, change, between)
    except OSError as error:
        if error.errno != errno.EXDEV or folder in fresh.parents:
            raise
        # The folder is on another disk than what is beside it.
        with claimed(folder / _INSIDE, folder) as place:
            again = place / "site"
            for path in change.written:
                _take_over(fresh / path, again / path)
            _renew(folder, again, change, between)


def _renew(folder: Path, fresh: Path, change: _Change, between: bytes | None = None) -> None:
    is_begun = False
    try:
        if between is not None:
            passing = fresh.with_name("between")
            passing.write_bytes(between)
            _move(passing, folder, manifest.PATH)
            is_begun = True
        for path in change.in_order():
            _move(fresh / path, folder, path)
            is_begun = True
        is_begun = is_begun or bool(change.removed)
        _remove(folder, change.removed)
        if manifest.PATH in change.written:
            _move(fresh / manifest.PATH, folder, manifest.PATH)
    except OSError as error:
        if not is_begun:
            raise
        words = "网站只换了一部分，新旧混在一起；排除原因以后再生成一次，就是完整的"
        raise CannotRun(f"写不了 {error.filename or folder}：{reason(error)}；{words}") from error


def _move(file: Path, folder: Path, path: str) -> None:
    new = folder / path
    for parent in reversed(PurePosixPath(path).parents[:-1]):
        at = folder / parent
        if at.is_symlink() or at.is_file():
            at.unlink()
    new.parent.mkdir(parents=True, exist_ok=True)
    if new.is_dir() and not new.is_symlink():
        # What stands in it is ours, and goes anyway.
        shutil.rmtree(new)
    file.replace(new)


def _remove(folder: Path, paths: Iterable[str]) -> None:
    """Take away files, and then the folders that hold nothing any more: a folder may have held thousands of them."""
    places: set[str] = set()
    for path in paths:
        file = folder / path
        # Where a folder stands instead, it is not ours.
        if file.is_symlink() or not file.is_dir():
            with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                file.unlink()
        places.add(path.rpartition("/")[0])
    for place in sorted(places, reverse=True):
        remove_empty(folder / place, folder)
