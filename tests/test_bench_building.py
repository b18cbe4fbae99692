"""``python -m bench.building``: how a run is measured, and what comes out of given measurements."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

from bench import figures
from bench.measured import End, Run, Step, run
from bench.plot import plot

MB = 1_000_000


def cells(runs: figures.Runs, words: str) -> list[str]:
    """The cells of the row whose name holds these words."""
    (row,) = [line for line in figures.table(runs).splitlines() if words in line]
    return [cell.strip() for cell in row.strip("|").split("|")][1:]


RUNS = {
    "ours-cold-2": [
        Run(30.0, 40.0, 120 * MB, 900, 12 * MB, 3 * MB),
        Run(20.0, 44.0, 125 * MB, 900, 12 * MB, 3 * MB),
        Run(24.0, 42.0, 122 * MB, 900, 12 * MB, 3 * MB),
    ],
    "ours-check": [Run(0.5, 0.4, 50 * MB)],
    "released-cold": [Run(120.0, 100.0, 200 * MB, 950, 22 * MB)] * 3,
    "mkdocs": [Run(600, end=End.CUT)],
    "hugo": [Run(0.1, end=End.FAILED)],
}


def test_a_row_has_least_median_most_and_its_medians_beside_those_of_the_released_program() -> None:
    assert cells(RUNS, "`--jobs 2`") == [
        "20.0 / 24.0 / 30.0", "0.20", "40.0 / 42.0 / 44.0", "0.42", "120 / 122 / 125", "900", "12.0", "3.00",
    ]  # fmt: skip
    assert cells(RUNS, "released, first") == [
        "120 / 120 / 120", "1.00", "100 / 100 / 100", "1.00", "200 / 200 / 200", "950", "22.0", "",
    ]  # fmt: skip


def test_what_is_run_once_is_one_figure_and_what_has_nothing_to_stand_beside_has_no_ratio() -> None:
    assert cells(RUNS, "`check`") == ["0.50", "", "0.40", "", "50.0", "", "", ""]


def test_what_was_cut_off_or_failed_is_said_and_has_no_figures() -> None:
    assert cells(RUNS, "Material") == ["> 600, cut off", *[""] * 7]
    assert cells(RUNS, "Hugo") == ["failed", *[""] * 7]


def test_measurements_come_back_as_they_were_kept() -> None:
    text = figures.text_of({"1000": figures.as_kept(["here"], RUNS)})
    assert figures.runs_of(json.loads(text)["1000"]) == RUNS


def test_another_run_of_one_number_leaves_the_sections_of_others_as_they_are() -> None:
    kept = {str(count): figures.as_kept([f"told of {count}"], RUNS) for count in (1_000, 100)}
    before = figures.sections(kept)
    after = figures.sections(kept | {"1000": figures.as_kept(["anew"], {"ours-check": [Run(7.0)]})})
    assert before.index("## 100 notices") < before.index("## 1,000 notices") < before.index("## 100,000 notices")
    assert before.partition("## 1,000 ")[0] == after.partition("## 1,000 ")[0]
    assert ("told of 1000" in before, "told of 1000" in after, "anew" in after) == (True, False, True)


def test_100_000_notices_are_on_the_line_through_the_two_largest_numbers_that_were_measured() -> None:
    measured = {100: 9.0, 1_000: 2.0, 10_000: 11.0}
    kept = {
        str(count): figures.as_kept([], {"ours-check": [Run(seconds, memory=50 * MB)]})
        for count, seconds in measured.items()
    }
    on_paper = figures.sections(kept).partition("100,000 notices, on paper")[2]
    assert "through the medians of 1,000 and 10,000 notices" in on_paper
    assert "`check`, first | 101 | | 0.00 | | 50.0 |" in on_paper.replace("  ", " ")


def test_the_plot_names_every_line_that_has_a_point_and_no_other() -> None:
    picture = ET.fromstring(plot({100: RUNS, 1_000: RUNS}))  # noqa: S314 - our own
    texts = [element.text for element in picture.iter("{http://www.w3.org/2000/svg}text")]
    assert [text for text in texts if text and text.endswith(" s")] == [
        "released, every build, 120 s",
        "ours, first build, 24.0 s",
    ]
    assert {"100", "1,000"} <= {*texts}


def test_files_count_that_are_new_or_were_written_again(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    for name in ("same", "rewritten", "replaced"):
        (site / name).write_text("old")
    program = (
        "import os, pathlib as p; p.Path('site/rewritten').write_text('else'); p.Path('site/new').write_text('12345');"
        "p.Path('other').write_text('old'); os.replace('other', 'site/replaced'); p.Path('kept').write_text('1234567')"
    )
    step = Step("ours-cold-1", [sys.executable, "-c", program], tmp_path, site, tmp_path / "kept")
    done = run(step, os.environ, 60)
    assert (done.files, done.size, done.kept, done.end) == (3, 4 + 5 + 3, 7, End.DONE)


def test_a_program_that_fails_or_takes_too_long_is_told_from_one_that_is_done(tmp_path: Path) -> None:
    failing = Step("hugo", [sys.executable, "-c", "raise SystemExit('no theme')"], tmp_path)
    hanging = Step("hugo", [sys.executable, "-c", "import time; time.sleep(60)"], tmp_path)
    assert run(failing, os.environ, 60).end is End.FAILED
    assert run(hanging, os.environ, 1) == Run(1, end=End.CUT)
