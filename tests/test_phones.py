"""Telephone numbers: what one is, what a phone dials for it, and what is said of text that is none or several."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noticeboard.record.phones import meant_extension, numbers_in, phone
from tests.records import UNIT, board_of
from tests.test_vcards import card_of, read

#: As printed → as a link dials it (RFC 3966) → as the number of a card (a comma is a pause).
DIALLED = [
    ("0746-3229641", "tel:07463229641", "0746-3229641"),
    ("0746 3229641", "tel:07463229641", "0746 3229641"),
    ("（0746）3229641", "tel:07463229641", "(0746)3229641"),
    ("0746—3229641", "tel:07463229641", "0746-3229641"),
    ("010-1234 5678", "tel:01012345678", "010-1234 5678"),
    ("0531-8260-1234", "tel:053182601234", "0531-8260-1234"),
    ("3229641", "tel:3229641", "3229641"),
    ("6123 4567", "tel:61234567", "6123 4567"),
    ("13800000000", "tel:13800000000", "13800000000"),
    ("138-0000-0000", "tel:13800000000", "138-0000-0000"),
    ("400-800-1234", "tel:4008001234", "400-800-1234"),
    ("800 810 1234", "tel:8008101234", "800 810 1234"),
    ("110", "tel:110", "110"),
    ("12388", "tel:12388", "12388"),
    ("95598", "tel:95598", "95598"),
    ("0746-12345", "tel:074612345", "0746-12345"),
    ("+86 746 3229641", "tel:+867463229641", "+867463229641"),
    ("+86-0746-3229641", "tel:+867463229641", "+867463229641"),
    ("86-13800000000", "tel:+8613800000000", "+8613800000000"),
    ("0086 13800000000", "tel:+8613800000000", "+8613800000000"),
    ("+852 2123 4567", "tel:+85221234567", "+85221234567"),
    ("0746-3229641转8001", "tel:07463229641;ext=8001", "07463229641,8001"),
    ("0746-3229641 转 8001", "tel:07463229641;ext=8001", "07463229641,8001"),
    ("0746-3229641分机8001", "tel:07463229641;ext=8001", "07463229641,8001"),
    ("0746-3229641-8001", "tel:07463229641;ext=8001", "07463229641,8001"),
    ("0746-3229641-1", "tel:07463229641;ext=1", "07463229641,1"),
    ("400-800-1234转1", "tel:4008001234;ext=1", "4008001234,1"),
]


def findings(folder: Path, contact: str) -> list[tuple[str, str, str]]:
    _, problems = board_of(folder, {"shili/unit.yml": UNIT + f"联系方式: {contact}\n"})
    return [(problem.code, problem.what, problem.remedy) for problem in problems]


@pytest.mark.parametrize(("printed", "link", "card"), DIALLED)
def test_what_the_check_takes_for_a_number_can_be_dialled(tmp_path: Path, printed: str, link: str, card: str) -> None:
    known = phone(printed)
    assert known is not None
    assert known.uri == link
    assert dict(read(card_of({"电话": printed})))["TEL;TYPE=WORK,VOICE"] == [card]
    assert findings(tmp_path, f'{{电话: "{printed}", 传真: "{printed}"}}') == []


@pytest.mark.parametrize(
    ("printed", "numbers"),
    [
        ("0746-3229641 3229642", ["0746-3229641", "3229642"]),
        ("0746-3229641-3229642", ["0746-3229641", "3229642"]),
        ("0746 3229641 0746 3229642", ["0746 3229641", "0746 3229642"]),
        ("0746-3229641、3229642", ["0746-3229641", "3229642"]),
        ("0746-3229641/3229642", ["0746-3229641", "3229642"]),
        ("0746-3229641；0746-3229642转8001", ["0746-3229641", "0746-3229642转8001"]),
        ("0746-3229641或3229642", ["0746-3229641", "3229642"]),
        ("0746-3229641或者3229642", ["0746-3229641", "3229642"]),
        ("0746-3229641和3229642", ["0746-3229641", "3229642"]),
        ("138 0000 0000 139 0000 0000", ["138 0000 0000", "139 0000 0000"]),
        ("110 119", ["110", "119"]),
        ("12388 12345", ["12388", "12345"]),
    ],
)
def test_two_numbers_are_none_and_are_to_be_listed(tmp_path: Path, printed: str, numbers: list[str]) -> None:
    assert phone(printed) is None
    assert numbers_in(printed) == numbers
    ((code, what, remedy),) = findings(tmp_path, f'{{电话: "{printed}"}}')
    assert (code, "2 个号码" in what) == ("contact-misplaced", True)
    assert remedy == f"写成列表：[{', '.join(numbers)}]"
    assert findings(tmp_path, f"{{电话: [{', '.join(numbers)}]}}") == []


@pytest.mark.parametrize(
    "printed",
    ["0746-3229641 8001", "0746-3229641(8001)", "0746-3229641#8001", "0746-3229641 ext 8001", "0746-3229641，8001"],
)
def test_an_extension_is_to_be_written_so_that_it_is_dialled(tmp_path: Path, printed: str) -> None:
    assert phone(printed) is None
    assert meant_extension(printed) == ("0746-3229641", "8001")
    ((_, _, remedy),) = findings(tmp_path, f'{{电话: "{printed}"}}')
    assert remedy.startswith("分机写成 0746-3229641转8001；")


@pytest.mark.parametrize("printed", ["0746-322964", "074632296412345", "12", "123456", "1380000000", "+86 110", "()--"])
def test_nobody_can_dial_a_number_of_an_impossible_length(tmp_path: Path, printed: str) -> None:
    assert phone(printed) is None
    assert [code for code, _, _ in findings(tmp_path, f'{{电话: "{printed}"}}')] == ["contact-misplaced"]


def test_full_width_digits_are_dialled_but_asked_to_be_written_plainly(tmp_path: Path) -> None:
    known = phone("０７４６－３２２９６４１")
    assert known is not None
    assert known.uri == "tel:07463229641"
    ((code, _, remedy),) = findings(tmp_path, "{电话: ０７４６－３２２９６４１}")
    assert (code, remedy) == ("contact-misplaced", "写成半角：0746-3229641")


@given(st.text(alphabet="0123456789 -()+转、/或", max_size=45))
def test_any_text_is_one_number_or_several_or_none_and_never_both(text: str) -> None:
    known = phone(text)
    if known is not None:
        assert known.digits.removeprefix("+").isdigit()
        assert 3 <= len(known.digits) <= 16
    several: list[Any] = numbers_in(text)
    assert all(phone(number) for number in several)
