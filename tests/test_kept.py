"""What builds keep: found by whoever opens the file later, and never a word of it wrong, whatever befell the file."""

from __future__ import annotations

import os
import pickle
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noticeboard.kept import Kept, key_of, packed, unpacked
from noticeboard.paths import ROOT
from noticeboard.reading.read import read_bytes
from noticeboard.record.model import Notice
from noticeboard.site.data.csvfile import CsvFile
from tests.records import FILE, NOTICE

KEY, OTHER = key_of("甲"), key_of("乙")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "build" / "kept.db"


def keep(file: Path, **values: bytes) -> None:
    """One build that keeps values by names."""
    with Kept(file) as kept:
        for name, value in values.items():
            kept.put(key_of(name), value)


def found(file: Path, *names: str) -> list[bytes | None]:
    with Kept(file) as kept:
        return [kept.get(key_of(name)) for name in names]


def python(program: str, *arguments: object, **how: Any) -> subprocess.Popen[str]:
    """Another process that runs a few lines."""
    lines = f"import sys\nfrom pathlib import Path\nfrom noticeboard.kept import Kept, key_of\n{program}"
    command = [sys.executable, "-c", lines, *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8", **how)


# -- found again


def test_what_is_put_is_found_at_once_and_later_and_by_another_process(file: Path) -> None:
    with Kept(file) as kept:
        kept.put(KEY, b"1")
        assert kept.get(KEY) == b"1"
        assert kept.get_all([KEY, OTHER, KEY]) == {KEY: b"1"}
    assert found(file, "甲", "乙") == [b"1", None]
    other = python("print(Kept(Path(sys.argv[1])).get(key_of('甲')))", file)
    assert other.communicate()[0] == "b'1'\n"


def test_another_build_finds_what_was_saved_while_this_one_goes_on(file: Path) -> None:
    with Kept(file) as kept:
        kept.put(KEY, b"1")
        assert found(file, "甲") == [None]
        kept.save()
        assert found(file, "甲") == [b"1"]


def test_more_keys_than_are_asked_for_at_once_are_all_found(file: Path) -> None:
    keep(file, **{str(number): b"%d" % number for number in range(1234)})
    with Kept(file) as kept:
        wanted = [key_of(str(number)) for number in range(2000)]
        assert sorted(map(int, kept.get_all(wanted).values())) == list(range(1234))


def test_without_a_file_what_is_put_is_known_to_this_build_alone() -> None:
    with Kept() as kept:
        kept.put(KEY, b"1")
        kept.sweep()
        assert kept.get(KEY) == b"1"
    assert Kept().get(KEY) is None


def test_what_is_cached_is_made_once(file: Path) -> None:
    made: list[str] = []

    def make() -> str:
        made.append("甲")
        return "值"

    for _ in range(2):
        with Kept(file) as kept:
            assert [kept.cached(KEY, make), kept.cached(KEY, make)] == ["值", "值"]
    assert made == ["甲"]


def test_what_was_made_is_kept_though_the_build_fails(file: Path) -> None:
    def fail(kept: Kept) -> None:
        with kept:
            kept.put(KEY, b"1")
            raise KeyError

    with pytest.raises(KeyError):
        fail(Kept(file))
    assert found(file, "甲") == [b"1"]


# -- whatever befalls the file


def deleted(file: Path) -> None:
    for each in file.parent.iterdir():
        each.unlink()


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def cut_off(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def cut_to_its_head(file: Path) -> None:
    os.truncate(file, 100)


def noise(file: Path) -> None:
    file.write_bytes(os.urandom(20_000))


def noise_behind_its_head(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[:4096] + os.urandom(len(content) - 4096))


def noise_in_its_head(file: Path) -> None:
    file.write_bytes(os.urandom(4096) + file.read_bytes()[4096:])


def text(file: Path) -> None:
    file.write_text("不是数据库", encoding="utf-8")


def a_log_of_another_file(file: Path) -> None:
    file.with_name("kept.db-wal").write_bytes(os.urandom(20_000))


@pytest.mark.parametrize(
    "befall",
    [
        deleted,
        emptied,
        cut_off,
        cut_to_its_head,
        noise,
        noise_behind_its_head,
        noise_in_its_head,
        text,
        a_log_of_another_file,
    ],
)
def test_a_file_that_suffered_is_used_as_far_as_it_goes_or_begun_anew(
    file: Path, befall: Callable[[Path], None]
) -> None:
    names = [str(number) for number in range(40)]
    values = {name: os.urandom(1000) for name in names}
    keep(file, **values)
    befall(file)
    # The first build may have to do without, and finds out what is wrong; never a value that is not the right one.
    assert all(value in (None, values[name]) for name, value in zip(names, found(file, *names), strict=True))
    keep(file, **values)
    keep(file, **values)
    assert found(file, *names) == [*values.values()]


def test_a_file_that_goes_while_a_build_uses_it_is_done_without(file: Path) -> None:
    keep(file, 甲=b"1")
    with Kept(file) as kept:
        deleted(file)
        kept.put(OTHER, b"2")
        kept.sweep()
    keep(file, 乙=b"2")
    assert found(file, "乙") == [b"2"]


def a_folder(file: Path) -> None:
    (file / "kept").mkdir(parents=True)


def below_a_file(file: Path) -> None:
    file.parent.write_text("", encoding="utf-8")


@pytest.mark.parametrize("befall", [a_folder, below_a_file])
def test_where_no_file_can_be_a_build_does_without_and_leaves_what_is_there(
    file: Path, befall: Callable[[Path], None]
) -> None:
    befall(file)
    before = sorted(file.parent.parent.rglob("*"))
    keep(file, 甲=b"1")
    assert found(file, "甲") == [None]
    assert sorted(file.parent.parent.rglob("*")) == before


@pytest.mark.parametrize(
    "tables",
    [
        "CREATE TABLE kept (name TEXT PRIMARY KEY, value BLOB)",
        "CREATE TABLE kept (key BLOB PRIMARY KEY, value BLOB, more BLOB NOT NULL); PRAGMA user_version=9",
        "CREATE TABLE other (key); PRAGMA user_version=2",
    ],
)
def test_a_file_of_another_version_is_begun_anew(file: Path, tables: str) -> None:
    file.parent.mkdir()
    connection = sqlite3.connect(file)
    connection.executescript(tables)
    connection.close()
    keep(file, 甲=b"1")
    assert found(file, "甲") == [b"1"]


def test_what_is_forgotten_is_not_there_saved_or_not(file: Path) -> None:
    keep(file, 甲=b"1", 丙=b"3")
    with Kept(file) as kept:
        kept.put(OTHER, b"2")
        kept.forget([KEY, OTHER])
        assert kept.get_all([KEY, OTHER]) == {}
    assert found(file, "甲", "乙", "丙") == [None, None, b"3"]


def test_what_is_not_in_the_file_is_found_in_others_which_stay_as_they_are(file: Path) -> None:
    others = [file.parent / name for name in ("a.db", "b.db", "none.db", "text.db")]
    keep(others[0], 甲=b"1")
    keep(others[1], 乙=b"2")
    others[3].write_text("不是数据库", encoding="utf-8")
    before = {path: path.read_bytes() for path in others if path.exists()}
    with Kept(file, others) as kept:
        kept.put(key_of("丙"), b"3")
        assert kept.get_all([KEY, OTHER, key_of("丙")]) == {KEY: b"1", OTHER: b"2", key_of("丙"): b"3"}
        kept.sweep()
    assert found(file, "甲", "乙", "丙") == [None, None, b"3"]
    assert {path: path.read_bytes() for path in file.parent.iterdir() if path != file} == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root 什么都能写，写不了的情形试不出来：换普通用户运行")
def test_what_cannot_be_written_is_done_without(file: Path) -> None:
    keep(file, 甲=b"1")
    file.chmod(0o400)
    file.parent.chmod(0o500)
    try:
        keep(file, 乙=b"2")
        assert found(file, "乙") == [None]
    finally:
        file.parent.chmod(0o700)


def test_a_disk_that_is_full_costs_what_could_not_be_kept_alone(file: Path) -> None:
    keep(file, 甲=b"1")
    with Kept(file) as kept:
        assert kept._connection is not None
        kept._connection.execute("PRAGMA max_page_count=1")
        kept.put(OTHER, os.urandom(100_000))
        kept.save()
        assert kept.get(OTHER) is not None
        kept.sweep()
    assert found(file, "甲", "乙") == [b"1", None]


# -- a row that is not as it was written


def altered(file: Path, statement: str, *values: object) -> None:
    connection = sqlite3.connect(file)
    with connection:
        assert connection.execute(statement, values).rowcount > 0
    connection.close()


@pytest.mark.parametrize("value", [b"", b"1", b"x\x9c", "字", "\x00", 1, 1.5, sqlite3.Binary(os.urandom(50))])
def test_a_value_that_is_damaged_is_not_there(file: Path, value: object) -> None:
    keep(file, 甲=b"1", 乙=b"2")
    altered(file, "UPDATE kept SET value = ? WHERE key = ?", value, KEY)
    assert found(file, "甲", "乙") == [None, b"2"]
    # It is made again, and kept.
    keep(file, 甲=b"1")
    assert found(file, "甲") == [b"1"]


def test_text_that_is_none_is_not_there(file: Path) -> None:
    keep(file, 甲=b"1", 乙=b"2")
    altered(file, "UPDATE kept SET value = CAST(x'ff00ff' AS TEXT) WHERE key = ?", KEY)
    assert found(file, "甲", "乙") == [None, b"2"]


def test_any_bit_of_a_value_that_turned_is_seen(file: Path) -> None:
    keep(file, 甲=b"value", 乙=b"2")
    connection = sqlite3.connect(file)
    (content,) = connection.execute("SELECT value FROM kept WHERE key = ?", [KEY]).fetchone()
    connection.close()
    seen = []
    for bit in range(len(content) * 8):
        turned = bytearray(content)
        turned[bit // 8] ^= 1 << bit % 8
        altered(file, "UPDATE kept SET value = ? WHERE key = ?", bytes(turned), KEY)
        seen.append(found(file, "甲") in ([None], [b"value"]))
    assert all(seen)


@pytest.mark.parametrize("other", ["乙", "nobody's"])
def test_a_value_under_the_key_of_another_is_not_taken(file: Path, other: str) -> None:
    """As where a machine lost its power: an index from before, rows from after."""
    keep(file, 甲=b"1")
    altered(file, "UPDATE kept SET key = ? WHERE key = ?", key_of(other), KEY)
    assert found(file, "甲", other) == [None, None]


# -- nothing in it is run


class _Calls:
    """Pickled, it is a call."""

    def __init__(self, function: Callable[..., object], *arguments: object) -> None:
        self._call = function, arguments

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return self._call


@pytest.mark.parametrize("function", [os.getcwd, subprocess.Popen, key_of, unpacked, print, eval])
def test_a_function_of_others_or_ours_is_not_called(function: Callable[..., object]) -> None:
    with pytest.raises(ValueError, match="not a kept value"):
        unpacked(pickle.dumps(_Calls(function)))


@pytest.mark.parametrize("kind", [CsvFile, Kept])
def test_a_class_of_ours_that_writes_files_is_not_called(tmp_path: Path, kind: type) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("信", encoding="utf-8")
    arguments: tuple[object, ...] = (letter, ()) if kind is CsvFile else (letter,)
    with pytest.raises(ValueError, match="not a kept value"):
        unpacked(pickle.dumps(_Calls(kind, *arguments)))
    assert letter.read_text(encoding="utf-8") == "信"


def test_a_class_of_others_is_not_reached_through_a_module_of_ours() -> None:
    # Protocol 0 writes names as they are.
    for name in (b"noticeboard.workers\nProcessPoolExecutor", b"noticeboard.kept\npickle.loads"):
        with pytest.raises(ValueError, match="not a kept value"):
            unpacked(b"c" + name + b"\n.")


def test_a_value_that_calls_a_function_is_made_again(file: Path) -> None:
    keep(file, 甲=pickle.dumps(_Calls(os.getcwd)))
    with Kept(file) as kept:
        assert kept.cached(KEY, lambda: "值") == "值"
    with Kept(file) as kept:
        assert kept.cached(KEY, pytest.fail) == "值"


def test_a_reading_is_the_same_when_it_is_unpacked() -> None:
    reading = read_bytes(FILE, f"{NOTICE}问题: [{{标识: i-1, 标题: 甲, 状态: 已完成}}]\n".encode(), Notice)
    assert reading.record is not None
    again = unpacked(packed(reading))
    assert (again.record, again.problems, again.file) == (reading.record, reading.problems, reading.file)
    assert again.marks.__getstate__() == reading.marks.__getstate__()


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.binary() | st.dates() | st.datetimes(),
    lambda values: st.lists(values) | st.tuples(values, values) | st.dictionaries(st.text(), values),
)


@settings(max_examples=50)
@given(PLAIN)
def test_plain_values_are_the_same_when_they_are_unpacked(value: object) -> None:
    assert unpacked(packed(value)) == value


@settings(max_examples=50)
@given(st.binary())
def test_bytes_that_are_no_value_are_told_from_one(content: bytes) -> None:
    try:
        unpacked(content)
    except ValueError as error:
        assert str(error) == "not a kept value"  # noqa: PT017 - some bytes are values


PARTS = st.lists(st.binary(max_size=9) | st.text(max_size=9), max_size=4)


def as_bytes(parts: list[bytes | str]) -> list[bytes]:
    return [part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part for part in parts]


@given(PARTS, PARTS)
def test_different_parts_have_different_keys(one: list[bytes | str], other: list[bytes | str]) -> None:
    assert (key_of(*one) == key_of(*other)) == (as_bytes(one) == as_bytes(other))


@given(PARTS, st.data())
def test_parts_that_are_divided_otherwise_have_another_key(parts: list[bytes | str], data: st.DataObject) -> None:
    whole = b"".join(as_bytes(parts))
    at = data.draw(st.integers(0, len(whole)))
    divided = [whole[:at], whole[at:]]
    assert (key_of(*divided) == key_of(*parts)) == (divided == as_bytes(parts))


# -- more than one build


def test_two_that_write_at_once_both_keep_all(file: Path) -> None:
    lines = """
kept = Kept(Path(sys.argv[1]))
for number in range(30):
    kept.put(key_of(sys.argv[2], str(number)), sys.argv[2].encode())
    kept.save()
kept.sweep()
"""
    writers = [python(lines, file, name) for name in ("a", "b")]
    assert [writer.wait() for writer in writers] == [0, 0]
    with Kept(file) as kept:
        for name in ("a", "b"):
            assert [*kept.get_all(key_of(name, str(at)) for at in range(30)).values()] == [name.encode()] * 30


def test_a_build_that_waits_in_vain_for_another_one_does_without(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(file, 甲=b"1")
    monkeypatch.setattr("noticeboard.kept._PATIENCE", 0)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    keep(file, 乙=b"2")
    other.execute("COMMIT")
    other.close()
    assert found(file, "甲", "乙") == [b"1", None]


def test_a_writer_that_is_killed_leaves_what_it_had_saved_and_nothing_half(file: Path) -> None:
    lines = """
kept = Kept(Path(sys.argv[1]))
kept.put(key_of("甲"), b"1")
kept.save()
connection = kept._connection
connection.execute("BEGIN IMMEDIATE")
connection.execute("PRAGMA cache_spill=1")
connection.execute("PRAGMA cache_size=1")
for number in range(200):
    connection.execute("INSERT INTO kept VALUES (?, ?)", (key_of(str(number)), bytes(5000)))
print("now", flush=True)
sys.stdin.read()
"""
    writer = python(lines, file, stdin=subprocess.PIPE)
    assert writer.stdout is not None
    assert writer.stdout.readline() == "now\n"
    writer.send_signal(signal.SIGKILL)
    writer.communicate()
    assert found(file, "甲", "0", "199") == [b"1", None, None]
    keep(file, 乙=b"2")
    assert found(file, "甲", "乙") == [b"1", b"2"]


def test_threads_with_a_store_each_keep_all(file: Path) -> None:
    threads = [threading.Thread(target=keep, args=(file,), kwargs={str(at): b"%d" % at}) for at in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found(file, *map(str, range(8))) == [b"%d" % at for at in range(8)]


# -- what nobody asks for goes


def swept(file: Path, *names: str, touched: tuple[str, ...] = ()) -> None:
    """One whole build that asks for values, and makes those that are not kept."""
    with Kept(file) as kept:
        for name in names:
            kept.cached(key_of(name), lambda name=name: name)  # type: ignore[misc]
        kept.touch(map(key_of, touched))
        kept.sweep()


def names_in(file: Path, *names: str) -> list[str]:
    connection = sqlite3.connect(file)
    keys = {key for (key,) in connection.execute("SELECT key FROM kept")}
    connection.close()
    return [name for name in names if key_of(name) in keys]


def test_what_the_last_eight_builds_asked_for_stays_and_what_is_older_goes(file: Path) -> None:
    swept(file, "甲", "乙", "丙")
    for _ in range(7):
        swept(file, "乙", touched=("丙",))
    assert names_in(file, "甲", "乙", "丙") == ["甲", "乙", "丙"]
    swept(file, "乙", touched=("丙",))
    assert names_in(file, "甲", "乙", "丙") == ["乙", "丙"]


def test_a_build_that_only_saves_sweeps_nothing(file: Path) -> None:
    swept(file, "甲")
    for number in range(20):
        keep(file, **{str(number): b""})
    assert names_in(file, "甲") == ["甲"]
    # It is the builds that swept that are counted: no number of checks pushes out what one of them kept.
    for _ in range(7):
        swept(file, "甲")
    assert names_in(file, "甲", "0", "19") == ["甲", "0", "19"]
    swept(file, "甲")
    assert names_in(file, "甲", "0", "19") == ["甲"]


def test_a_sweep_takes_nothing_from_a_build_beside_it(file: Path) -> None:
    with Kept(file) as beside:
        beside.put(key_of("甲"), packed("甲"))
        beside.save()
        for number in range(7):
            swept(file, str(number))
        beside.put(key_of("乙"), packed("乙"))
        beside.save()
        assert names_in(file, "甲", "乙") == ["甲", "乙"]
        beside.sweep()
    assert names_in(file, "甲", "乙") == ["甲", "乙"]


def test_what_a_sweep_took_from_a_build_beside_it_is_made_again(file: Path) -> None:
    with Kept(file) as beside:
        assert beside.cached(KEY, lambda: "甲") == "甲"
        beside.save()
        for number in range(9):
            swept(file, str(number))
        assert names_in(file, "甲") == []
        assert beside.cached(KEY, lambda: "又") == "又"
