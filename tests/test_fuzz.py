"""The search for inputs that break the reader (``make fuzz``): the same for a seed, and a fault it finds is told."""

from __future__ import annotations

import itertools
import os
import random
from pathlib import Path

import pytest

from bench import fuzz, fuzz_import, watched


def first(count: int, seed: int) -> list[tuple[str, bytes]]:
    return list(itertools.islice(fuzz.cases(random.Random(seed)), count))  # noqa: S311 - samples


def test_a_seed_gives_the_same_cases_of_every_kind() -> None:
    cases = first(30, 5)
    assert cases == first(30, 5) != first(30, 6)
    assert {name.partition(".")[2] for name, _ in cases} == {"notice", "unit", "folder"}


def test_some_cases_have_problems_and_none_breaks_the_reader() -> None:
    assert sum(fuzz.run_case(name, content) for name, content in first(30, 5)) > 30


class Faulty:
    def __init__(self, _: watched.Run) -> None:
        pass

    def run(self, _: str, __: bytes) -> watched.Answer:
        return {"problems": 1}, "Traceback: 示例", 6.0, 600_000_000

    def end(self) -> None:
        pass


def test_what_breaks_takes_long_or_much_is_counted_kept_and_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(watched, "Worker", Faulty)
    monkeypatch.setattr(fuzz, "cases", lambda _: iter([("1.notice", b"a")]))
    monkeypatch.setattr("sys.argv", ["fuzz", "--keep", str(tmp_path)])
    assert fuzz.main() == 1
    assert "cases: 1; problems: 1; tracebacks: 1; over 5 s: 1; over 500 MB: 1" in capsys.readouterr().out
    assert (tmp_path / "0-1.notice").read_bytes() == b"a"


def dies(_: str, __: bytes) -> dict[str, int]:
    os._exit(3)


def test_a_process_that_dies_is_a_fault_and_not_waited_for() -> None:
    worker = watched.Worker(dies)
    assert worker.run("1.notice", b"a") == ({}, "the process ended", 0.0, 0)
    worker.end()


def test_documents_are_drafted_or_refused() -> None:
    cases = list(itertools.islice(fuzz_import.cases(random.Random(5)), 8))  # noqa: S311 - samples
    assert [name for name, _ in cases] == [name for name, _ in itertools.islice(fuzz_import.cases(random.Random(5)), 8)]  # noqa: S311
    assert {fuzz_import.run(name, content) for name, content in cases} <= {"drafted", "refused"}
