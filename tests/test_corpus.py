"""Made-up notices: as many as asked for, the same for a seed, sound, and visibly made up."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from statistics import mean

from bench import corpus
from bench.likeness import pairs, read, repeated, samples, share_of_commonest
from noticeboard import paths
from noticeboard.checking.check import check
from noticeboard.record.walk import countable


def made(folder: Path, count: int, seed: int = 0) -> dict[str, bytes]:
    corpus.write(folder, count, seed)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.yml")}


def test_the_command_writes_so_many_sound_notices_of_twenty_issues(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bench.corpus", "12", str(tmp_path / "notices"), "--seed", "7"]
    subprocess.run(command, check=True, cwd=paths.ROOT)
    checked = check(tmp_path / "notices")
    assert checked.problems == ()
    assert [len(list(countable(filed.notice))) for filed in checked.board.notices] == [20] * 12


def test_the_same_seed_gives_the_same_notices_and_another_seed_others(tmp_path: Path) -> None:
    one, same, other = (made(tmp_path / name, 5, seed) for name, seed in (("a", 1), ("b", 1), ("c", 2)))
    assert one == same
    assert one.keys() != other.keys()


def test_a_larger_corpus_begins_with_the_smaller_one(tmp_path: Path) -> None:
    few, many = made(tmp_path / "few", 5), made(tmp_path / "many", 9)
    assert few.items() <= many.items()


def test_every_unit_and_place_is_visibly_made_up(tmp_path: Path) -> None:
    made(tmp_path, 30)
    for unit in check(tmp_path).board.units:
        assert "示例" in unit.unit.full_name
        assert unit.unit.contact is not None
        assert all(phone.startswith("0000-") for phone in unit.unit.contact.phones)
        assert all(mailbox.endswith("@example.org") for mailbox in unit.unit.contact.emails)


def test_made_up_notices_are_about_as_long_as_varied_and_as_formulaic_as_real_ones(tmp_path: Path) -> None:
    made(tmp_path, 60)
    texts = [notice.whole for notice in read(tmp_path)]
    counted = [pairs([sample]) for sample in samples(texts)]
    # The five real notices as they were published: 5,210 different pairs in 20,000 characters, of which the commonest
    # hundred are 29 %; windows of 16 characters that stand in another of five: 1 %.
    assert 7_500 < mean(len(text.encode()) for text in texts) < 10_500
    assert 4_000 < mean(map(len, counted)) < 6_500
    assert 20 < mean(map(share_of_commonest, counted)) < 35
    assert 1 < mean(repeated(texts[:5], 16)) < 15
