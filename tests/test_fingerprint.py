"""What decides the look of pages beside the records: every file and every variable that the settings name."""

from __future__ import annotations

from pathlib import Path

import pytest

from noticeboard.problems import CannotRun
from noticeboard.site.fingerprint import site_fingerprint
from tests.records import write


@pytest.mark.parametrize(
    ("text", "files"),
    [
        ("theme:\n  custom_dir: theme\n", ["theme/main.html", "theme/assets/a.css"]),
        ("theme: {name: material, custom_dir: theme}\n", ["theme/main.html"]),
        ("theme:\n  name: material\n  'custom_dir': \"theme\"  # 主题\n", ["theme/main.html"]),
        ("INHERIT: base/base.yml\n", ["base/base.yml", "theme/main.html"]),
        ("hooks:\n  - hooks/a.py\n", ["hooks/a.py"]),
        ("markdown_extensions:\n  - toc:\n      slugify: hooks/a.py:slug\n", ["hooks/a.py"]),
    ],
)
def test_every_file_that_the_settings_name_counts(tmp_path: Path, text: str, files: list[str]) -> None:
    config = write(tmp_path, {"mkdocs.yml": text, "base/base.yml": "theme: {custom_dir: theme}\n"}) / "mkdocs.yml"
    write(tmp_path, {file: "一" for file in files if file != "base/base.yml"})
    before = site_fingerprint(config)
    for file in files:
        with (tmp_path / file).open("a", encoding="utf-8") as opened:
            opened.write("\n# 二\n")
        assert site_fingerprint(config) != before
        before = site_fingerprint(config)
    assert site_fingerprint(config) == before


@pytest.mark.parametrize(
    "text",
    [
        "site_url: !ENV NB_ONE\n",
        "site_url: !ENV [NB_TWO, NB_ONE, 'http://localhost/']\n",
        "site_url: !ENV [\n  NB_TWO,\n  NB_ONE]\n",
        "site_url: !ENV\n  - NB_TWO\n  - NB_ONE\n",
        "INHERIT: base.yml\n",
    ],
)
def test_every_variable_that_the_settings_read_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    config = write(tmp_path, {"mkdocs.yml": text, "base.yml": "site_url: !ENV NB_ONE\n"}) / "mkdocs.yml"
    seen = {site_fingerprint(config)}
    for value in ("", "https://a.example.org/", "https://b.example.org/"):
        monkeypatch.setenv("NB_ONE", value)
        seen.add(site_fingerprint(config))
    assert len(seen) == 4
    monkeypatch.setenv("NB_NOBODY_READS", "1")
    assert site_fingerprint(config) in seen


def test_settings_that_are_not_there_are_told(tmp_path: Path) -> None:
    config = write(tmp_path, {"mkdocs.yml": "INHERIT: base.yml\n"}) / "mkdocs.yml"
    with pytest.raises(CannotRun, match=r"读不了 .*base\.yml"):
        site_fingerprint(config)
