"""Which texts count as the same when somebody searches, in Python and in the browser."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noticeboard.paths import ROOT
from noticeboard.radicals import ORDINARY, SUPPLEMENT
from noticeboard.site.search.folding import fold
from tests.conftest import Visit

EXAMPLES = json.loads((Path(__file__).parent / "folding.json").read_text(encoding="utf-8"))
#: Text in which the rules meet each other.
TRICKY = st.text(alphabet="整改⻓⼾⼀⺵ab1，,。“”—- \n　·(（é\u0301Ａ𠮷", max_size=12)
FOLD_IN_BROWSER = """
async texts => {
  const { fold, places } = await import(new URL("assets/search/fold.js", location))
  return texts.map(text => [fold(text), places(text, [fold(text)])])
}
"""


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["why"])
def test_python_folds(example: dict[str, str]) -> None:
    assert fold(example["text"]) == example["folded"]


@given(st.text(max_size=30) | TRICKY)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TRICKY, TRICKY)
def test_line_ends_between_chinese_characters_are_nothing(before: str, after: str) -> None:
    assert fold(f"{before}整\n改{after}") == fold(f"{before}整改{after}")


def test_the_browser_has_the_same_table_of_radicals() -> None:
    script = (ROOT / "theme/assets/search/fold.js").read_text(encoding="utf-8")
    table = re.search(r"const RADICALS =\n((?: +\".*\"(?: \+)?\n)+)", script)
    assert table is not None
    assert "".join(re.findall(r'"(.*)"', table[1])) == SUPPLEMENT


def test_a_radical_is_found_by_the_character_that_it_stands_for() -> None:
    assert {radical: fold(radical) for radical in ORDINARY} == {
        radical: fold(sign) for radical, sign in ORDINARY.items()
    }


def test_the_browser_folds_every_radical_the_same(visit: Visit) -> None:
    page = visit.open("")
    folded = page.evaluate(FOLD_IN_BROWSER, list(ORDINARY))
    assert [one for one, _ in folded] == [fold(radical) for radical in ORDINARY]


def test_the_browser_folds_the_same(visit: Visit) -> None:
    page = visit.open("")
    folded = page.evaluate(FOLD_IN_BROWSER, [example["text"] for example in EXAMPLES])
    assert [one for one, _ in folded] == [example["folded"] for example in EXAMPLES]


def test_the_browser_folds_any_text_the_same(visit: Visit) -> None:
    page = visit.open("")
    texts: list[str] = []

    @given(TRICKY | st.text(alphabet=st.characters(max_codepoint=0x2FFFF, exclude_categories=["Cs", "Cn"]), max_size=8))
    def collect(text: str) -> None:
        texts.append(text)

    collect()
    folded = page.evaluate(FOLD_IN_BROWSER, texts)
    assert [one for one, _ in folded] == [fold(text) for text in texts]


def test_the_browser_finds_the_place_of_a_folded_text_in_the_original(visit: Visit) -> None:
    page = visit.open("")
    found = page.evaluate(
        """async () => {
          const { places } = await import(new URL("assets/search/fold.js", location))
          return [
            places("一是整　\\n改，二是ＫＰＩ", ["整改,二", "kpi"]),
            places("①和1", ["1"]),
            places("整改整改", ["整改"]),
            places("cafe\\u0301", ["caf\\u00e9"]),
            places("甲⻓期", ["长"]),
          ]
        }"""
    )
    assert found == [[[2, 8], [9, 12]], [[0, 1], [2, 3]], [[0, 4]], [[0, 5]], [[1, 2]]]
