"""The contact files: any text of a record comes back from them as it went in."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noticeboard.board.board import Board, UnitFolder
from noticeboard.positions import Marks
from noticeboard.record.model import Unit
from noticeboard.record.phones import phone
from noticeboard.site.cards import vcards
from noticeboard.site.model.site import Site
from noticeboard.site.settings.masthead import Masthead
from noticeboard.text import NEVER_IN_VALUE
from tests.records import MASTHEAD

PLAIN = {"电话": "0746-3229641"}
REGION = {"省": "湖南省", "代码": "430000"}


def files_of(contact: dict[str, Any] | None, masthead: Masthead, name: str = "示例局") -> dict[str, bytes]:
    """All files of a board with one unit, which has this contact."""
    record = {"全称": name, "简称": name, "地区": REGION, "类别": "政府部门", "级别": "县", "联系方式": contact}
    unit = UnitFolder("shili", Path("unit.yml"), Unit.model_validate(record), Marks(), ())
    return dict(vcards(Site(Board((unit,)), masthead)))


def card_of(contact: dict[str, Any], masthead: Masthead = MASTHEAD, *, name: str = "示例局") -> bytes:
    """The file of a unit with this contact."""
    return files_of(contact, masthead, name)["units/shili/contact.vcf"]


def read(content: bytes) -> list[tuple[str, list[str]]]:
    """A reader after RFC 2426, §4: name with parameters, and the parts of the value (URL is no text, so one part)."""
    lines = re.sub(r"\r\n[ \t]", "", content.decode("utf-8")).split("\r\n")
    assert lines.pop() == ""
    named = (line.partition(":") for line in lines)
    return [(name, [value] if name == "URL" else parts(value)) for name, _, value in named]


def parts(value: str) -> list[str]:
    """A value at its semicolons, with what was escaped."""
    found = [""]
    signs = iter(value)
    for sign in signs:
        if sign == "\\":
            escaped = next(signs)
            found[-1] += {"n": "\n", "N": "\n"}.get(escaped, escaped)
        elif sign == ";":
            found.append("")
        else:
            assert sign != ",", "a comma that is not escaped parts two values"
            found[-1] += sign
    return found


def test_a_card_has_all_that_is_known_of_a_unit() -> None:
    contact = {
        "电话": ["0746-3229641", "0746-3229642"],
        "传真": "0746-3229643",
        "电子邮箱": ["a@example.org", "b@example.org"],
        "地址": "示例路1号",
        "邮编": "426100",
        "受理时间": "工作日8:00—17:00",
        "核对日期": "2024-05-06",
        "说明": "节假日无人接听",
    }
    assert card_of(contact).decode("utf-8").split("\r\n") == [
        "BEGIN:VCARD",
        "VERSION:3.0",
        "N:示例局;;;;",
        "FN:示例局",
        "ORG:示例局",
        "TEL;TYPE=WORK,VOICE:0746-3229641",
        "TEL;TYPE=WORK,VOICE:0746-3229642",
        "TEL;TYPE=WORK,FAX:0746-3229643",
        "EMAIL;TYPE=INTERNET:a@example.org",
        "EMAIL;TYPE=INTERNET:b@example.org",
        "ADR;TYPE=WORK:;;示例路1号;;;426100;",
        "URL:https://example.org/units/shili/",
        r"NOTE:2024年5月6日核对\n受理时间：工作日8:00—17:00\n节假日",
        r" 无人接听\n非官方整理：示例公开栏",
        "END:VCARD",
        "",
    ]


def test_what_is_not_given_is_not_there() -> None:
    names = [name for name, _ in read(card_of(PLAIN))]
    assert names == ["BEGIN", "VERSION", "N", "FN", "ORG", "TEL;TYPE=WORK,VOICE", "URL", "NOTE", "END"]


def note(contact: dict[str, Any], masthead: Masthead = MASTHEAD) -> str:
    return dict(read(card_of(contact, masthead)))["NOTE"][0]


def test_a_contact_that_nobody_has_tried_says_so() -> None:
    assert note(PLAIN) == "通报所载，未核对\n非官方整理：示例公开栏"


def test_the_units_own_site_is_not_called_unofficial() -> None:
    assert note(PLAIN, Masthead("示例局", "https://example.org/", frozenset(["shili"]))) == "通报所载，未核对"


@pytest.mark.parametrize("contact", [None, {}, {"传真": "0746-3229643"}, {"受理时间": "工作日"}])
def test_a_unit_that_cannot_be_reached_still_answers_and_says_so(contact: dict[str, Any] | None) -> None:
    """Its contact may have been there before: an address once published always answers."""
    (card,) = files_of(contact, MASTHEAD).values()
    lines = card.decode("utf-8").split("\r\n")
    assert "NOTE:没有该单位的联系方式" in "".join(line.removeprefix(" ") for line in lines)
    assert not [line for line in lines if line.startswith(("TEL;TYPE=WORK,VOICE", "EMAIL", "ADR"))]


#: What a field of a record may hold: the reader of records strips it and lets nothing through that cannot be seen.
TEXTS = st.text(min_size=1).filter(lambda text: not NEVER_IN_VALUE.search(text) and text == text.strip())
#: What is no number comes back as it is; numbers are in ``test_phones``.
PHONES = TEXTS.filter(lambda text: phone(text) is None)


CONTACTS = st.fixed_dictionaries(
    {
        "电话": st.lists(PHONES, min_size=1),
        "电子邮箱": st.lists(TEXTS),
        "地址": TEXTS,
        "邮编": TEXTS,
        "受理时间": TEXTS,
        "说明": TEXTS,
    }
)


@given(TEXTS, CONTACTS)
def test_any_text_comes_back(name: str, contact: dict[str, Any]) -> None:
    found = read(card_of(contact, name=name))
    assert [value for key, value in found if key in ("N", "FN", "ORG")] == [[name, "", "", "", ""], [name], [name]]
    assert [value for key, (value, *_) in found if key.startswith("TEL")] == contact["电话"]
    assert [value for key, (value, *_) in found if key.startswith("EMAIL")] == contact["电子邮箱"]
    assert dict(found)["ADR;TYPE=WORK"] == ["", "", contact["地址"], "", "", contact["邮编"], ""]
    note = f"通报所载，未核对\n受理时间：{contact['受理时间']}\n{contact['说明']}\n非官方整理：示例公开栏"
    assert dict(found)["NOTE"] == [note]


@given(st.text(min_size=20).filter(lambda text: not NEVER_IN_VALUE.search(text) and text == text.strip()))
def test_no_line_is_longer_than_75_octets_and_each_is_whole_utf_8(text: str) -> None:
    lines = card_of(PLAIN | {"说明": text * 5}).split(b"\r\n")
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode("utf-8")
    # A line that is folded although there was room would be no error, only waste: a character has four octets at most.
    folded = [at for at, line in enumerate(lines) if line.startswith(b" ")]
    assert all(len(lines[at - 1]) >= 72 for at in folded)
