"""Writing a folder: only what changed, nothing of others touched, nothing half done."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from noticeboard import files
from noticeboard.files import OURS, sync
from noticeboard.problems import CannotRun


def content_of(folder: Path) -> dict[str, bytes]:
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {path: content for path, content in found.items() if path not in (OURS, files._BEING_ADDED)}


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    sync({"a": b"1", "b/c": b"2"}.items(), tmp_path)
    before = (tmp_path / "a").stat()
    assert sync({"a": b"1", "b/c": b"3"}.items(), tmp_path) == ["b/c"]
    assert content_of(tmp_path) == {"a": b"1", "b/c": b"3"}
    assert (tmp_path / "a").stat().st_mtime_ns == before.st_mtime_ns


def test_what_has_gone_is_taken_away_with_its_empty_folder(tmp_path: Path) -> None:
    sync({"a": b"1", "b/c/d": b"2"}.items(), tmp_path)
    assert sync({"a": b"1"}.items(), tmp_path) == ["b/c/d"]
    assert not (tmp_path / "b").exists()


def test_files_of_others_are_left_alone(tmp_path: Path) -> None:
    sync({"a": b"1", "b/c": b"2"}.items(), tmp_path)
    (tmp_path / "b" / "mine").write_bytes(b"x")
    sync({"a": b"1"}.items(), tmp_path)
    assert content_of(tmp_path) == {"a": b"1", "b/mine": b"x"}


def test_a_folder_of_others_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_bytes(b"x")
    with pytest.raises(CannotRun, match="不是空的"):
        sync({"a": b"1"}.items(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_folder_of_our_own_holds_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "sitemap.xml.gz").write_bytes(b"x")
    sync({"a": b"1"}.items(), tmp_path, is_ours=True)
    assert content_of(tmp_path) == {"a": b"1"}


def test_a_run_that_is_killed_leaves_whole_files_and_the_next_one_finishes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync({"a": b"1", "old": b"1"}.items(), tmp_path)
    write = files._write

    def killed_at_c(file: Path, content: bytes) -> bool:
        if file.name == "c":
            raise KeyboardInterrupt
        return write(file, content)

    monkeypatch.setattr(files, "_write", killed_at_c)
    with pytest.raises(KeyboardInterrupt):
        sync({"a": b"2", "b": b"2", "c": b"2"}.items(), tmp_path)
    assert content_of(tmp_path) == {"a": b"2", "b": b"2", "old": b"1"}
    monkeypatch.undo()
    (tmp_path / f"c{files._UNFINISHED}1").write_bytes(b"ha")
    sync({"a": b"2", "c": b"2"}.items(), tmp_path)
    assert content_of(tmp_path) == {"a": b"2", "c": b"2"}


def test_a_new_file_of_a_killed_run_is_known_to_be_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sync({"a": b"1"}.items(), tmp_path)
    write = files._write

    def killed_at_c(file: Path, content: bytes) -> bool:
        if file.name == "c":
            raise KeyboardInterrupt
        return write(file, content)

    monkeypatch.setattr(files, "_write", killed_at_c)
    with pytest.raises(KeyboardInterrupt):
        sync({"a": b"1", "b": b"2", "c": b"2"}.items(), tmp_path)
    monkeypatch.undo()
    sync({"a": b"1"}.items(), tmp_path)
    assert content_of(tmp_path) == {"a": b"1"}


def test_a_first_run_that_is_killed_leaves_a_folder_that_is_known_to_be_ours(tmp_path: Path) -> None:
    def killed() -> Iterator[tuple[str, bytes]]:
        yield "a", b"1"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sync(killed(), tmp_path)
    assert sync({"b": b"2"}.items(), tmp_path) == ["b", "a"]
    assert content_of(tmp_path) == {"b": b"2"}


def test_a_file_may_be_a_copy_of_another_and_is_compared_by_its_bytes(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"1")
    assert sync({"a": source}.items(), tmp_path / "made") == ["a"]
    assert sync({"a": source}.items(), tmp_path / "made") == []
    source.write_bytes(b"2")
    assert sync({"a": source}.items(), tmp_path / "made") == ["a"]
    assert content_of(tmp_path / "made") == {"a": b"2"}


def test_files_are_written_as_they_come(tmp_path: Path) -> None:
    def one_after_the_other() -> Iterator[tuple[str, bytes]]:
        yield "a", b"1"
        assert (tmp_path / "a").read_bytes() == b"1"
        yield "b", b"2"

    assert sync(one_after_the_other(), tmp_path) == ["a", "b"]
