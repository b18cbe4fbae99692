"""Telephone and mail links: what a tap dials; more numbers are in ``test_phones``."""

from __future__ import annotations

import pytest

from noticeboard.site.pages.markdown import mail, telephone


@pytest.mark.parametrize(
    ("number", "dialled"),
    [
        ("0746-3229641", "tel:07463229641"),
        ("(0746) 3229641", "tel:07463229641"),
        ("+86 746 3229641", "tel:+867463229641"),
        ("办公室0746-3229641", "tel:07463229641"),
        ("0746-3229641转8001", "tel:07463229641;ext=8001"),
        ("0746-3229641-8001", "tel:07463229641;ext=8001"),
        ("０７４６－３２２９６４１", "tel:07463229641"),
    ],
)
def test_a_number_dials_itself(number: str, dialled: str) -> None:
    assert telephone(number) == dialled


def test_chinese_in_a_letter_stays_as_it_is_and_all_else_is_encoded() -> None:
    link = mail("a@example.org", "反映：甲“乙”（1）", "https://例子.测试/2023/#i-1&\n")
    assert link == (
        "mailto:a@example.org?subject=反映：甲%E2%80%9C乙%E2%80%9D（1）"
        "&amp;body=https:%2F%2F例子.测试%2F2023%2F%23i-1%26%0A"
    )


def test_a_mailbox_is_quoted() -> None:
    assert mail("a?b@example.org") == "mailto:a%3Fb@example.org"
