"""What was made before, by the content that it was made from: a key → a value, in one file.

The file may be deleted, damaged, shared by branches or restored by CI at any time: a key says everything that decides
its value, so whatever is found under it is right, and what is not found is made again. Nothing here knows the clock.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import pickle
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from pathlib import Path
from typing import Any, Self

#: A value that so many builds did not ask for goes.
_BUILDS = 8
#: How long one waits for another build that is writing, in seconds.
_PATIENCE = 30
#: Which build asked for a key last stands apart from the values: to note it writes no value anew.
_TABLES = (
    "CREATE TABLE kept (key BLOB PRIMARY KEY, value BLOB NOT NULL)",
    "CREATE TABLE asked (key BLOB PRIMARY KEY, build INTEGER NOT NULL) WITHOUT ROWID",
)
#: The version of these tables: a file of any other is begun anew. 0 is that of a file that has none yet.
_VERSION = 1
#: So many keys are asked for at once (SQLite's own limit is higher).
_AT_ONCE = 500
#: Beside classes of ours a value holds nothing but these.
_NAMES = frozenset(
    {
        *(("datetime", name) for name in ("date", "datetime", "timedelta", "timezone")),
        *(("array", name) for name in ("array", "_array_reconstructor")),
    }
)
_MODULES = ("noticeboard", "pathlib", "markupsafe")


def key_of(*parts: bytes | str) -> bytes:
    """The key of what is made of these parts and of nothing else; each part counts with its length."""
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        content = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(len(content).to_bytes(8, "big"))
        digest.update(content)
    return digest.digest()


class _Values(pickle.Unpickler):
    """Reads values of ours: a file that somebody tampered with brings in no function to be called."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _NAMES:
            return super().find_class(module, name)
        if module.partition(".")[0] in _MODULES and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type) and _is_value(found, module):
                return found
        raise pickle.UnpicklingError(f"{module}.{name}")


def _is_value(kind: type, module: str) -> bool:
    """Whether to make one of a kind does nothing else: one of ours may write a file, or take one away (``Kept``)."""
    if not module.startswith("noticeboard"):
        return True
    says_so = vars(kind).keys() & {"__dataclass_fields__", "__pydantic_core_schema__", "__getstate__"}
    return kind.__module__ == module and (bool(says_so) or issubclass(kind, Enum | tuple))


def packed(value: Any) -> bytes:
    """A value of plain or own classes as bytes."""
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def unpacked(content: bytes) -> Any:
    """The value that ``packed`` made these bytes of. Raises ``ValueError`` where they are damaged."""
    try:
        return _Values(io.BytesIO(content)).load()
    except Exception as error:
        raise ValueError("not a kept value") from error


def _prepare(connection: sqlite3.Connection) -> None:
    """Make the tables where there are none. Raises ``sqlite3.DatabaseError`` where they are of another version."""
    if _version(connection) == _VERSION:
        return
    # Another build that begins at the same time may do it.
    connection.execute("BEGIN IMMEDIATE")
    if _version(connection) != _VERSION:
        if connection.execute("SELECT 1 FROM sqlite_master").fetchone():
            raise sqlite3.DatabaseError("tables of another version")
        for table in _TABLES:
            connection.execute(table)
        connection.execute(f"PRAGMA user_version={_VERSION}")
    connection.execute("COMMIT")


def _version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def _last_build(connection: sqlite3.Connection) -> int:
    """The number of the last build that swept."""
    (last,) = connection.execute("SELECT coalesce(max(build), 0) FROM asked").fetchone()
    return int(last)


def _note(connection: sqlite3.Connection, keys: Iterable[bytes], build: int) -> None:
    """Note which build asked for these keys last."""
    connection.executemany("INSERT OR REPLACE INTO asked VALUES (?, ?)", ((key, build) for key in keys))


def _read_only(file: Path) -> sqlite3.Connection | None:
    """A file of kept values that is only read; ``None`` where there is none."""
    try:
        # Nothing is put beside it either, as is done for a file that others may write to.
        return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)
    except sqlite3.DatabaseError:
        return None


def _values(connection: sqlite3.Connection, keys: list[bytes]) -> dict[bytes, bytes]:
    """What stands whole under these keys in a file. Raises ``sqlite3.DatabaseError`` where that is damaged."""
    found = {}
    for at in range(0, len(keys), _AT_ONCE):
        some = keys[at : at + _AT_ONCE]
        marks = ",".join("?" * len(some))
        rows = connection.execute(f"SELECT key, value FROM kept WHERE key IN ({marks})", some)  # noqa: S608 - question marks
        for key, content in rows.fetchall():
            with contextlib.suppress(zlib.error, TypeError):
                value = zlib.decompress(content)
                if value.endswith(key):
                    found[key] = value[: -len(key)]
    return found


class Kept:
    """One file of kept values, or none: then everything is made again.

    What goes wrong with the file is nobody's business: it is begun anew, or done without. In ``others``, which nobody
    writes any more, one looks for what is not in it.
    """

    def __init__(self, file: Path | None = None, others: Iterable[Path] = ()) -> None:
        self._file = file
        self._asked: set[bytes] = set()
        self._made: dict[bytes, bytes] = {}
        self._connection = self._opened() if file else None
        self._others = [other for path in others if (other := _read_only(path)) is not None]

    def _opened(self) -> sqlite3.Connection | None:
        assert self._file is not None
        with contextlib.suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
        for _ in range(2):
            try:
                connection = sqlite3.connect(self._file, timeout=_PATIENCE, isolation_level=None)
                # A damaged row may say that it holds text.
                connection.text_factory = bytes
                with contextlib.suppress(sqlite3.OperationalError):
                    # Another build that begins at the same time does it, and this one need not wait.
                    connection.execute("PRAGMA journal_mode=WAL")
                # What a crash of the machine loses is made again.
                connection.execute("PRAGMA synchronous=OFF")
                _prepare(connection)
            except sqlite3.OperationalError:
                # A folder that cannot be written to, a disk that is full, another build that writes for long.
                return None
            except sqlite3.DatabaseError:
                # Closed first: not every system lets an open file be taken away.
                connection.close()
                self._begin_anew()
            else:
                return connection
        return None

    def _begin_anew(self) -> None:
        """Take the file away.

        Another build that has it open goes on with what is no longer there; one that opens it just now may lose its
        log, and then the file is damaged again: what is read of it is known to be whole, and the next build sees it.
        """
        assert self._file is not None
        for ending in ("", "-wal", "-shm"):
            with contextlib.suppress(OSError):
                self._file.with_name(self._file.name + ending).unlink(missing_ok=True)

    def get(self, key: bytes) -> bytes | None:
        """What is kept under a key."""
        return self.get_all([key]).get(key)

    def get_all(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """What is kept under these keys, as far as there is something."""
        wanted = list(dict.fromkeys(keys))
        self._asked.update(wanted)
        found = {key: self._made[key] for key in wanted if key in self._made}
        missing = [key for key in wanted if key not in found]
        if self._connection is not None:
            try:
                found |= _values(self._connection, missing)
            except sqlite3.DatabaseError as error:
                self._give_up(error)
        for other in self._others:
            with contextlib.suppress(sqlite3.DatabaseError):
                found |= _values(other, [key for key in missing if key not in found])
        return found

    def touch(self, keys: Iterable[bytes]) -> None:
        """Note that values are in use without reading them."""
        self._asked.update(keys)

    def put(self, key: bytes, value: bytes) -> None:
        """Keep a value; ``save`` writes it."""
        self._asked.add(key)
        self._made[key] = value

    def forget(self, keys: Iterable[bytes]) -> None:
        """Take values away that are not what their keys say."""
        wrong = list(keys)
        for key in wrong:
            self._made.pop(key, None)
        if self._connection is not None:
            try:
                with self._transaction() as connection:
                    connection.executemany("DELETE FROM kept WHERE key = ?", ((key,) for key in wrong))
            except sqlite3.DatabaseError as error:
                self._give_up(error)

    def save(self) -> None:
        """Write what was put since the last time, whole or not at all."""
        if self._connection is None or not self._made:
            return
        # With its key: in a damaged file one may lead to the value of another.
        rows = ((key, zlib.compress(value + key, 1)) for key, value in self._made.items())
        try:
            with self._transaction() as connection:
                connection.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?)", rows)
                # Another build that sweeps now leaves it.
                _note(connection, self._made, _last_build(connection))
            self._made.clear()
        except sqlite3.DatabaseError as error:
            self._give_up(error)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.save()
        for connection in (self._connection, *self._others):
            if connection is not None:
                with contextlib.suppress(sqlite3.DatabaseError):
                    connection.close()
        self._connection = None
        self._others.clear()

    def sweep(self) -> None:
        """After a whole build: what it and the last ones did not ask for goes."""
        self.save()
        if self._connection is not None:
            try:
                self._sweep()
            except sqlite3.DatabaseError as error:
                self._give_up(error)

    def _sweep(self) -> None:
        with self._transaction() as connection:
            # Nothing else counts as a build: many checks between two of them push nothing out.
            build = _last_build(connection) + 1
            _note(connection, self._asked, build)
            connection.execute("DELETE FROM asked WHERE build <= ?", (build - _BUILDS,))
            connection.execute("DELETE FROM kept WHERE key NOT IN (SELECT key FROM asked)")

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        assert self._connection is not None
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield self._connection
        except BaseException:
            with contextlib.suppress(sqlite3.DatabaseError):
                self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def _give_up(self, error: sqlite3.DatabaseError) -> None:
        """Go on without the file: its disk is full, or it is damaged, and then the next build begins it anew."""
        if self._connection is not None:
            with contextlib.suppress(sqlite3.DatabaseError):
                self._connection.close()
        self._connection = None
        if not isinstance(error, sqlite3.OperationalError):
            self._begin_anew()

    def cached(self, key: bytes, make: Callable[[], Any]) -> Any:
        """The value under a key, made where it is not kept. Raises what ``make`` raises."""
        content = self.get(key)
        if content is not None:
            with contextlib.suppress(ValueError):
                return unpacked(content)
        value = make()
        self.put(key, packed(value))
        return value
