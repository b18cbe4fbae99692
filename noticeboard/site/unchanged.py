"""Whether a site stands already as it would be built: nothing that it is made from, and nothing of it, has changed.

Asked before anything is read as a record, so that a build with nothing to do takes the time to look at the files.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from noticeboard import paths
from noticeboard.board.source import source
from noticeboard.files import digest_of, entries
from noticeboard.kept import Kept, key_of
from noticeboard.site.fingerprint import site_fingerprint

#: Where the manifest of a site stands in it (``data.manifest.PATH``, without what that imports).
MANIFEST = "data/manifest.json"


@dataclass(frozen=True)
class Standing:
    """What a build that would change nothing was made from, for one folder of a site."""

    key: bytes

    @classmethod
    def of(cls, notices: Path, site_dir: Path, *circumstances: str) -> Standing | None:
        """The state of what a site is made from; ``circumstances`` are whatever else decides what the build says.

        ``None`` where that cannot be told in short: links, things that are no files, a folder that cannot be read.
        """
        digest = hashlib.blake2b(digest_size=16)
        try:
            for folder in (notices, paths.DOCS):
                for path, content in _contents(folder):
                    digest.update(f"{path}\n{len(content)}\n".encode("utf-8", "surrogateescape"))
                    digest.update(content)
                digest.update(b"\n")
        except (OSError, _NotPlainError):
            return None
        made_from = source(notices)
        said = (*circumstances, str(notices), os.path.realpath(site_dir), repr(made_from))
        return cls(key_of("standing", site_fingerprint(paths.CONFIG), digest.digest(), *said))

    def words(self, kept: Kept, site_dir: Path) -> list[str] | None:
        """What the build said that left the site as it stands; ``None`` where it does not stand so."""
        content = kept.get(self.key)
        if content is None:
            return None
        with contextlib.suppress(ValueError, KeyError, OSError, TypeError):
            known: dict[str, Any] = json.loads(content)
            if digest_of(site_dir / MANIFEST) == known["manifest"] and _stands(site_dir):
                return [str(words) for words in known["words"]]
        return None

    def keep(self, kept: Kept, site_dir: Path, words: list[str]) -> None:
        """Note what a build said that has just left the site as it stands."""
        with contextlib.suppress(OSError):
            known = {"manifest": digest_of(site_dir / MANIFEST), "words": words}
            kept.put(self.key, json.dumps(known).encode("ascii"))


class _NotPlainError(Exception):
    """A link, or a thing that is no file."""


def _contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    if folder.is_symlink():
        raise _NotPlainError
    for path, entry in sorted(entries(folder), key=lambda found: found[0]):
        if entry.is_file(follow_symlinks=False):
            yield path, Path(entry).read_bytes()
        elif not entry.is_dir(follow_symlinks=False):
            raise _NotPlainError
        else:
            yield f"{path}/", b""


def _stands(site_dir: Path) -> bool:
    """Whether all files of the manifest, and no others, are there as large as it says and not newer than itself."""
    with (site_dir / MANIFEST).open("rb") as file:
        since = os.fstat(file.fileno()).st_mtime_ns
        sizes = {row["path"]: row["size"] for row in json.load(file)["files"]}
    for path, entry in entries(site_dir):
        if entry.is_dir(follow_symlinks=False) or path == MANIFEST:
            continue
        status = entry.stat(follow_symlinks=False)
        if sizes.pop(path, None) != status.st_size or status.st_mtime_ns > since:
            return False
    return not sizes
