"""The public YAML test suite through the reader: each case is the suite's value as text, or a located problem."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noticeboard.problems import Severity
from noticeboard.reading.read import KNOWN_WORDS
from noticeboard.reading.write import scalar
from noticeboard.reading.yaml import parse
from noticeboard.record.keys import all_keys
from noticeboard.text import NEVER_IN_VALUE

CASES = json.loads(Path(__file__).with_name("yaml_suite").joinpath("cases.json").read_text(encoding="utf-8"))
#: Read although the suite would have it refused, and why that is as well.
READ_ALL_THE_SAME = {
    "G5U8/0": "a dash in brackets can only be a text, and is read as one: nothing is lost",
    "YJV2/0": "the same",
}
_ESCAPES = {"\\\\": "\\", "\\n": "\n", "\\t": "\t", "\\r": "\r", "\\b": "\b"}
_VALUE = re.compile(r"=VAL (?P<special>(?:[&<]\S* )*)(?P<style>[:'\"|>])(?P<text>.*)", re.DOTALL)
_NOTHING = object()


def value_of(tree: str) -> Any:
    """The value that the suite's events stand for, all scalars as text, empty keys left out as the reader does.

    ``_NOTHING`` where there is no document; raises ``ValueError`` for what records do not use.
    """
    top: list[Any] = []
    stack: list[list[Any]] = [top]
    for line in (line.lstrip(" ") for line in tree.split("\n")):
        if line.startswith(("+MAP", "+SEQ", "=VAL", "=ALI")) and re.match(r"....[^:'\"|>]*[&<*]", line):
            raise ValueError(line)
        if line.startswith("+DOC") and top:
            raise ValueError("two documents")
        if line.startswith(("+MAP", "+SEQ")):
            stack.append([])
        elif line.startswith("-SEQ"):
            made = stack.pop()
            stack[-1].append(made)
        elif line.startswith("-MAP"):
            made = stack.pop()
            stack[-1].append(mapping(made))
        elif line.startswith("=VAL"):
            match = _VALUE.fullmatch(line)
            assert match is not None
            text = re.sub(r"\\[\\ntrb]", lambda found: _ESCAPES[found[0]], match["text"])
            stack[-1].append(None if match["style"] == ":" and not text else text)
    return texts(top[0]) if top else _NOTHING


def mapping(parts: list[Any]) -> dict[str, Any]:
    keys = parts[::2]
    if not all(key is None or isinstance(key, str) for key in keys) or len({*keys}) < len(keys):
        raise ValueError("keys that are no texts, or twice")
    return {key or "": value for key, value in zip(keys, parts[1::2], strict=True) if value is not None}


def texts(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: texts(inner) for key, inner in value.items()}
    return [texts(inner) for inner in value] if isinstance(value, list) else value or ""


@pytest.mark.parametrize(("name", "text", "tree"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_case_is_read_as_the_suite_says_or_refused_at_a_place(
    name: str, text: str, tree: str | None, request: pytest.FixtureRequest
) -> None:
    value, _, problems = parse(Path("case.yml"), text, frozenset())
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors:
        assert request.node.callspec.id not in READ_ALL_THE_SAME
        lines = len(text.splitlines()) + 1
        assert all(1 <= problem.place.line <= lines and problem.place.column >= 1 for problem in errors), name
    elif tree is None:
        assert request.node.callspec.id in READ_ALL_THE_SAME, f"{name}: {text!r} was read as {value!r}"
    else:
        wanted = value_of(tree)
        assert value == (None if wanted is _NOTHING else wanted), name


def test_most_of_what_the_suite_would_have_read_without_anchors_and_tabs_is_read() -> None:
    read = [case for case in CASES if case[3] and not parse(Path("case.yml"), case[2], frozenset())[2]]
    assert len(read) > 130


TEXTS = st.text() | st.text(st.sampled_from("甲是0-. :#,[]{}?&*!|>'\"%@`=~<\\\n\u3000"))
#: Where a value may stand: what is before and behind it, the value that the whole is read as, whether in brackets.
CONTEXTS = (
    ("", "", lambda text: text, False),
    ("标题: ", "", lambda text: {"标题": text}, False),
    ("措施:\n  - ", "\n  - 乙", lambda text: {"措施": [text, "乙"]}, False),
    ("状态: {词语: ", ", 归类: 乙}", lambda text: {"状态": {"词语": text, "归类": "乙"}}, True),
    ("主题: [甲, ", "]", lambda text: {"主题": ["甲", text]}, True),
)


@given(TEXTS.filter(lambda text: not NEVER_IN_VALUE.search(text)), st.sampled_from(CONTEXTS), st.booleans())
def test_what_is_written_is_read_as_the_same_text(text: str, context: tuple[Any, ...], typed: bool) -> None:  # noqa: FBT001 - drawn
    before, behind, whole, is_flow = context
    written = f"{before}{scalar(text, typed=typed, flow=is_flow)}{behind}\n"
    value, _, problems = parse(Path("notices/shili/2023.yml"), written, all_keys(), KNOWN_WORDS)
    assert (value, problems) == (whole(text), [])
