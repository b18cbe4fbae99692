"""Dates: what is taken, what is refused with which remedy, how they sort."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noticeboard.problems import ContentError
from noticeboard.record.dates import PartialDate


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    day = draw(st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)))
    precision = draw(st.sampled_from(["%Y", "%Y-%m", "%Y-%m-%d"]))
    return PartialDate.parse(day.strftime(precision))


@pytest.mark.parametrize(
    ("text", "printed"),
    [("2023", "2023年"), ("2023-12", "2023年12月"), ("2023-02-09", "2023年2月9日"), ("2024-02-29", "2024年2月29日")],
)
def test_a_date_prints_as_precisely_as_it_was_given(text: str, printed: str) -> None:
    assert str(PartialDate.parse(text)) == printed
    assert PartialDate.parse(text).iso == text


@pytest.mark.parametrize(
    ("text", "code", "remedy"),
    [
        ("2023-13", "date-impossible", "核对原文"),
        ("2023-02-30", "date-impossible", "核对原文"),
        ("2023年2月30日", "date-impossible", "核对原文"),
        ("0123", "date-impossible", "核对原文"),
        ("2023年12月14日", "date-form", "写成 2023-12-14"),
        ("2023年9月", "date-form", "写成 2023-09"),
        ("2023/1/5", "date-form", "写成 2023-01-05"),
        ("2023-1-5", "date-form", "写成 2023-01-05"),
        ("２０２３", "date-form", "写成 2023"),
        ("去年", "date-form", "写成 2023、2023-12 或 2023-12-14"),
        ("2023-12-14 10:58", "date-form", "写成 2023、2023-12 或 2023-12-14"),
    ],
)
def test_anything_else_is_refused_with_its_remedy(text: str, code: str, remedy: str) -> None:
    with pytest.raises(ContentError) as caught:
        PartialDate.parse(text)
    assert caught.value.rule.code == code
    assert caught.value.remedy.startswith(remedy)


def test_a_damaged_date_prints_its_words_and_sorts_by_what_is_certain() -> None:
    damaged = PartialDate.damaged("2022年11月15", "2022-11")
    assert str(damaged) == "2022年11月15"
    assert PartialDate.parse("2022-10-31") < damaged < PartialDate.parse("2022-12")


def test_a_damaged_date_of_which_nothing_is_certain_sorts_first() -> None:
    assert PartialDate.damaged("二〇二□年", None) < PartialDate.parse("1949")


@given(partial_dates(), partial_dates(), partial_dates())
def test_order_is_total_and_transitive(a: PartialDate, b: PartialDate, c: PartialDate) -> None:
    assert sum((a < b, a == b, a > b)) == 1
    assert not (a < b < c) or a < c


@given(partial_dates(), partial_dates())
def test_order_is_that_of_the_calendar_where_both_are_whole(a: PartialDate, b: PartialDate) -> None:
    assert (a < b) == (a.iso < b.iso)


@given(partial_dates(), partial_dates())
def test_surely_before_holds_for_every_day_that_the_dates_may_mean(a: PartialDate, b: PartialDate) -> None:
    def earliest(date: PartialDate) -> tuple[int, int, int]:
        return (date.year or 0, date.month or 1, date.day or 1)

    def latest(date: PartialDate) -> tuple[int, int, int]:
        return (date.year or 0, date.month or 12, date.day or 31)

    assert a.is_surely_before(b) == (latest(a) < earliest(b))
