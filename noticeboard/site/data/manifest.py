"""Every published file with its size and SHA-256, and what differs between a site and its manifest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from noticeboard import __version__
from noticeboard.board.source import Source
from noticeboard.files import OURS, Content, Held, digest_of, entries
from noticeboard.problems import CannotRun, reason
from noticeboard.record.dates import PartialDate
from noticeboard.site.data.documents import FOLDER, Manifest, PublishedFile, in_lines
from noticeboard.site.settings.masthead import Masthead

PATH = f"{FOLDER}/manifest.json"


def with_manifest(
    content: Iterable[tuple[str, Content]],
    masthead: Masthead,
    source: Source,
    last_changed: PartialDate | None = None,
    open_drafts: int = 0,
) -> Iterator[tuple[str, Content]]:
    """The files of a site, one by one as they come, and behind them their manifest.

    ``open_drafts``: in how many places something was left to be looked into, so that no machine publishes it.
    """
    files: list[PublishedFile] = []
    for path, held in content:
        files.append(described(path, held))
        yield path, held
    head = Manifest(
        site_name=masthead.site_name,
        site_url=masthead.site_url,
        program_version=__version__,
        source_revision=source.revision,
        source_modified=source.is_modified,
        last_changed=last_changed,
        open_drafts=open_drafts,
        files=(),
    )
    files.sort(key=lambda file: file.path)
    yield PATH, "".join(in_lines(head, files)).encode("utf-8")


def with_more(manifest: bytes, more: Iterable[PublishedFile]) -> bytes:
    """A manifest of ours that names some files more: what may stand in a folder while another site is put there."""
    head = Manifest.model_validate_json(manifest)
    files = {file.path: file for file in (*more, *head.files)}
    ordered = (files[path] for path in sorted(files))
    return "".join(in_lines(head.model_copy(update={"files": ()}), ordered)).encode("utf-8")


def described(path: str, content: Content) -> PublishedFile:
    """The row of a file in the manifest. Raises ``OSError``."""
    if isinstance(content, bytes):
        return PublishedFile(path=path, size=len(content), sha256=hashlib.sha256(content).hexdigest())
    if isinstance(content, Held):
        return PublishedFile(path=path, size=content.size, sha256=content.sha256)
    return PublishedFile(path=path, size=content.stat().st_size, sha256=digest_of(content))


@dataclass(frozen=True)
class Difference:
    """One file that is not as the manifest says."""

    path: str
    #: 缺少, 多出, 内容不同.
    what: str


@dataclass(frozen=True)
class Verified:
    """What came of comparing a site with its manifest."""

    files: int
    differences: tuple[Difference, ...]


def verify(place: Path) -> Verified:
    """Compare a site with its manifest; ``place`` is the site's folder or the manifest in it. Raises ``CannotRun``."""
    manifest = place / PATH if place.is_dir() else place
    site = manifest.resolve().parent.parent
    try:
        content = manifest.read_bytes()
    except OSError as error:
        raise CannotRun(f"读不了清单 {manifest}：{reason(error)}") from error
    named = listed(content)
    try:
        # Links and devices that somebody put there are more than the manifest says, too.
        there = {path for path, entry in entries(site) if not entry.is_dir(follow_symlinks=False)} - {PATH}
        if OURS in there and _is_own_list(site / OURS, {PATH, *named}):
            # Earlier versions of the program kept their list of files in the site.
            there.remove(OURS)
        differences = [Difference(path, "缺少") for path in named.keys() - there]
        differences += [Difference(path, "多出，清单里没有") for path in there - named.keys()]
        differences += [
            Difference(path, words) for path in named.keys() & there if (words := _changed(named[path], site / path))
        ]
    except OSError as error:
        raise CannotRun(f"读不了 {error.filename or site}：{reason(error)}") from error
    return Verified(len(named), tuple(sorted(differences, key=lambda difference: difference.path)))


def _changed(named: PublishedFile, file: Path) -> str:
    """How a file differs from what the manifest says of it; the empty string where it does not."""
    if not file.is_file():
        return "不是文件"
    found = described(named.path, file)
    return "" if found == named else f"内容不同：清单记 {named.size} 字节，实际 {found.size} 字节"


def _is_own_list(file: Path, paths: set[str]) -> bool:
    try:
        return file.is_file() and set(json.loads(file.read_bytes())) == paths
    except (ValueError, TypeError, RecursionError):
        return False


def listed(content: bytes) -> dict[str, PublishedFile]:
    """The files that a manifest names; of its other keys a later version may have more. Raises ``CannotRun``."""
    found = named(content)
    return {path: PublishedFile(path=path, size=size, sha256=digest) for path, (size, digest) in found.items()}


def named(content: bytes) -> dict[str, tuple[int, str]]:
    """Size and SHA-256 of each file that a manifest names, by path. Raises ``CannotRun`` as ``listed``."""
    try:
        document = json.loads(content)
        if document["type"] != "manifest":
            raise CannotRun(f"{document['type']} 不是清单；写网站的文件夹，或其中的 data/manifest.json")
        rows = [(row["path"], row["size"], row["sha256"]) for row in document["files"]]
        is_right = all(type(path) is str and type(size) is int and type(digest) is str for path, size, digest in rows)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise CannotRun("这不是本站的清单（data/manifest.json），或者它已经损坏") from error
    if not is_right:
        raise CannotRun("这不是本站的清单（data/manifest.json），或者它已经损坏")
    for path, _, _ in rows:
        if path.startswith("/") or (".." in path and ".." in PurePosixPath(path).parts):
            raise CannotRun(f"清单里的路径“{path}”指到网站以外，不核对")
    return {path: (size, digest) for path, size, digest in rows}
