"""Templates and style sheets stay short enough to be read: what decides is in the views."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from noticeboard.paths import ROOT
from noticeboard.site.pages.markdown import TEMPLATES

ASSETS = ROOT / "theme" / "assets"
TEMPLATE = pytest.mark.parametrize("file", sorted(TEMPLATES.glob("*.j2")), ids=lambda file: file.name)
STYLES = pytest.mark.parametrize("file", sorted(ASSETS.glob("*.css")), ids=lambda file: file.name)


@TEMPLATE
def test_a_line_of_a_template_can_be_read(file: Path) -> None:
    lines = enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
    assert [number for number, line in lines if len(line) > 200] == []


@STYLES
def test_a_style_sheet_is_that_of_one_component(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= 300


@STYLES
def test_what_is_said_of_something_stands_once_in_its_style_sheet(file: Path) -> None:
    # Rules within @media are indented.
    text = re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
    selectors = re.findall(r"^(?![ @}\n])([^{}]+) \{$", text, flags=re.MULTILINE)
    counts = Counter(selector.strip() for selector in selectors)
    assert counts
    assert [selector for selector, count in counts.items() if count > 1] == []
