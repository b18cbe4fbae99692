"""Numbers of private persons: found however they are written, and nothing else taken for one.

Every number here is made up when the test runs: of a region that is none (000000) or nobody's, with the check digit
that its standard demands.
"""

from __future__ import annotations

import datetime as dt
import itertools
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from noticeboard.board.board import Board
from noticeboard.checking import check as checking
from noticeboard.checking.check import check
from noticeboard.intake.documents.document import Unreadable
from noticeboard.reading.comments import comments_of
from noticeboard.reading.leaks import of_pages
from noticeboard.reading.read import read_bytes
from noticeboard.record.dates import PartialDate
from noticeboard.record.model import Notice
from noticeboard.record.personal import Personal, located, personal_numbers
from tests.drafts import import_document
from tests.records import FILE, NOTICE, UNIT, codes_of, short, write
from tests.test_import_command import TEXT

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def id_number(region: str, day: str, sequence: int) -> str:
    """A made-up ID number with the check character of GB 11643-1999."""
    body = f"{region}{day}{sequence:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def luhn(body: str) -> str:
    """The digits with their check digit (ISO/IEC 7812-1)."""
    odd = (sum(divmod(int(digit) * (2 - at % 2), 10)) for at, digit in enumerate(reversed(body)))
    return body + str(-sum(odd) % 10)


def credit_code(body: str) -> str | None:
    """A 统一社会信用代码 of digits alone (GB 32100-2015), where its check character is a digit."""
    signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    check = signs[-sum(int(digit) * 3**at for at, digit in enumerate(body)) % 31]
    return body + check if check.isdigit() else None


def kinds(text: str) -> list[Personal]:
    return [found.kind for found in personal_numbers(text)]


MADE_UP_ID = id_number("000000", "19491231", 2)
#: What copying, line ends and layout put between the digits of one number.
PARTING = [
    "",
    " ",
    "  ",
    "\n",
    "\n  ",
    "\u3000",
    "\u00a0",
    "\t",
    "-",
    "–",
    "—",
    "_",
    ".",
    "·",
    "・",
    "/",
    " - ",
    "|",
    "~",
    "*",
]
PARTING += ["\u200b", "\u200c", "\u200d", "\u00ad", "\u2060", "\u0301", "\r\n", "\u2028"]
SCRIPTS = [0x0660, 0x06F0, 0x0966, 0x09E6, 0x0E50, 0x1D7CE, 0xFF10]
IDS = st.builds(
    id_number,
    st.sampled_from(["000000", "110000", "439999", "659999", "830000"]),
    st.dates().filter(lambda day: 1900 <= day.year <= 2099).map(lambda day: day.strftime("%Y%m%d")),
    st.integers(0, 999),
)


class TestIdNumbers:
    @given(IDS, st.lists(st.sampled_from(PARTING), min_size=17, max_size=17))
    def test_found_with_anything_between_the_digits(self, number: str, parts: list[str]) -> None:
        written = "".join(map("".join, itertools.zip_longest(number, parts, fillvalue="")))
        assert kinds(f"退还{written}的当事人。") == [Personal.ID_NUMBER]

    @given(IDS, st.lists(st.sampled_from(SCRIPTS), min_size=18, max_size=18))
    def test_found_in_the_digits_of_any_script(self, number: str, zeros: list[int]) -> None:
        signs = (
            chr(zero + int(digit)) if digit.isdigit() else digit for digit, zero in zip(number, zeros, strict=True)
        )
        assert kinds("".join(signs)) == [Personal.ID_NUMBER]

    @pytest.mark.parametrize("digits", ["〇一二三四五六七八九", "零一二三四五六七八九", "⓪①②③④⑤⑥⑦⑧⑨", "⁰¹²³⁴⁵⁶⁷⁸⁹"])
    def test_found_in_other_signs_for_digits(self, digits: str) -> None:
        assert kinds(MADE_UP_ID.translate(str.maketrans("0123456789", digits))) == [Personal.ID_NUMBER]

    @pytest.mark.parametrize("x", ["X", "x", "Ｘ", "Х", "Χ", "×"])
    def test_found_with_whatever_looks_like_its_last_letter(self, x: str) -> None:
        number = next(one for sequence in range(99) if (one := id_number("000000", "20000101", sequence)).endswith("X"))
        assert kinds(f"{number[:-1]}{x}的") == [Personal.ID_NUMBER]
        assert kinds(f"{number[:-1]} {x}。") == [Personal.ID_NUMBER]

    @pytest.mark.parametrize(
        "around", ["1.{}", "（1）{}", "共2人：{}、", "{}\n{}", "| 1 | {} | 2 |", "12 {} 34", "编号{}"]
    )
    def test_found_among_other_figures(self, around: str) -> None:
        assert set(kinds(around.replace("{}", MADE_UP_ID))) == {Personal.ID_NUMBER}

    @pytest.mark.parametrize("parts", [[6, 8, 4], [6, 4, 4, 4], [3, 3, 4, 4, 4], [1] * 18])
    def test_found_where_figures_stand_before_and_behind(self, parts: list[int]) -> None:
        at = [0, *itertools.accumulate(parts)]
        written = " ".join(MADE_UP_ID[start:end] for start, end in itertools.pairwise(at))
        assert kinds(f"2023 15 {written} 7 2024") == [Personal.ID_NUMBER]

    def test_not_found_with_a_wrong_check_character_day_or_length(self) -> None:
        wrong = MADE_UP_ID[:-1] + ("1" if MADE_UP_ID[-1] != "1" else "2")
        assert kinds(wrong) == []
        assert kinds(id_number("000000", "20230230", 1)) == []
        assert kinds(id_number("000000", "18991231", 1)) == []
        assert kinds(f"1{MADE_UP_ID}") == []

    @given(st.integers(0, 10**9))
    def test_a_number_that_belongs_to_an_organisation_is_no_persons(self, seed: int) -> None:
        # The code that an ID number may be as well: a region of 000000 and a day in the place of the organisation's.
        numbers = (id_number("110000", "19900101", (seed + at) % 1000) for at in range(1000))
        code = next(number for number in numbers if number[-1] != "X" and credit_code(number[:17]) == number)
        assert kinds(f"统一社会信用代码：{code}") == []
        assert kinds(f"身份证号：{code}") == [Personal.ID_NUMBER]

    @pytest.mark.parametrize("words", ["合同编号：", "合同号", "档案号 ", "文号", "项目编号（", "发票代码"])
    def test_the_number_of_a_paper_is_no_persons_unless_it_says_so(self, words: str) -> None:
        assert kinds(f"{words}{MADE_UP_ID}") == []
        assert kinds(f"当事人身份证（{words}{MADE_UP_ID}") == [Personal.ID_NUMBER]


class TestOldIdNumbers:
    """15 digits, until 1999: without a check digit only a warning, which can be answered."""

    OLD = "110000" + "491231" + "001"

    @pytest.mark.parametrize("written", [OLD, f"{OLD[:6]} {OLD[6:12]} {OLD[12:]}", " ".join(OLD), "\u00ad".join(OLD)])
    def test_found(self, written: str) -> None:
        assert kinds(f"退还{written}的当事人") == [Personal.OLD_ID_NUMBER]

    @pytest.mark.parametrize("number", ["990000491231001", "110000491331001", "110000490230001", "11000049123100"])
    def test_not_found_without_a_province_or_a_day(self, number: str) -> None:
        assert kinds(number) == []

    def test_a_warning_that_can_be_accepted(self, tmp_path: Path) -> None:
        text = f"概述: 设备{self.OLD}。\n"
        assert codes_of(tmp_path, text) == ["6:5 old-id-number"]
        accepted = "已知差异: [{代码: old-id-number, 原因: 是设备上的号码}]\n"
        assert codes_of(tmp_path, text + accepted) == []


class TestCards:
    @pytest.mark.parametrize("length", [16, 17, 18, 19])
    @pytest.mark.parametrize("gap", ["", " ", "-", "\u00a0", "\u200b"])
    def test_found_by_the_prefix_of_unionpay_and_its_length(self, length: int, gap: str) -> None:
        number = luhn("6200000000000000000"[: length - 2] + "9")
        groups = gap.join(number[at : at + 4] for at in range(0, length, 4))
        assert kinds(f"退到{groups}。") == [Personal.CARD_NUMBER]

    @pytest.mark.parametrize("prefix", ["4000", "5100", "3530"])
    def test_found_by_the_prefix_of_other_cards(self, prefix: str) -> None:
        assert kinds(f"退到{luhn(prefix + '00000000001')}。") == [Personal.CARD_NUMBER]

    @pytest.mark.parametrize("words", ["卡号：", "账号 ", "开户银行示例行，账户", "转入"])
    def test_found_by_a_word_whatever_its_prefix(self, words: str) -> None:
        assert kinds(words + luhn("900000000000001")) == [Personal.CARD_NUMBER]
        assert kinds(luhn("900000000000001")) == []

    def test_not_found_with_a_wrong_check_digit(self) -> None:
        number = luhn("620000000000001")
        assert kinds(f"卡号{number[:-1]}{(int(number[-1]) + 1) % 10}") == []

    @pytest.mark.parametrize("words", ["合同编号：{}", "编号{}", "示财〔{}号", "{}号", "订单号 {}"])
    def test_the_number_of_a_paper_is_no_card(self, words: str) -> None:
        assert kinds(words.format(luhn("620000000000001"))) == []

    def test_a_code_of_an_organisation_is_no_card(self) -> None:
        codes = (credit_code(f"5{at:016d}") for at in range(10**6))
        code = next(code for code in codes if code and luhn(code[:-1]) == code)
        assert kinds(code) == []
        assert kinds(f"开户银行：示例行，统一社会信用代码：{code}") == []


class TestMobiles:
    @pytest.mark.parametrize(
        "written",
        ["13800000000", "+8613800000000", "+86 13800000000", "0086-13800000000", "86-13800000000", "（+86）13800000000",
         "138 0000 0000", "138-0000-0000", "+86 138 0000 0000", "1380000 0000", "１３８００００００００",
         "138\u200c0000\u00ad0000",
         "1 3 8 0 0 0 0 0 0 0 0", "١٣٨٠٠٠٠٠٠٠٠"],
    )  # fmt: skip
    def test_found(self, written: str) -> None:
        assert kinds(f"反映问题请打{written}。") == [Personal.MOBILE]

    @pytest.mark.parametrize("text", ["138000000000元", "12800000000", "0746-3229641", "135 2000 3000 4000 5000"])
    def test_not_found(self, text: str) -> None:
        assert kinds(text) == []


#: What notices are full of.
INNOCENT = [
    "2021 2022 2023 2024",
    "6210 6220 6230 6240",
    "2021年 2022年 2023年 2024年",
    "2023-12-14 2023-12-15 2023-12-16 2023-12-17",
    "2023.12.14—2024.12.14，2023.01.05",
    "0746-3229641 0746-3229642 0746-3229643",
    "0746-3229641、3229642、3229643",
    "400-800-1234 12388 12345",
    "435000 20000 1500 300 12 5 435000 20000 1500",
    "| 1 | 12000.50 | 3400.00 | 2023 | 12 | 14 |\n| 2 | 9800.00 | 120.00 | 2023 | 12 | 15 |",
    "示财〔2023〕56号、示纪〔2024〕12号",
    "https://example.org/art/2023/12/14/art_1229000000_59012345678901.html",
    f"见 https://example.org/t20231214_{MADE_UP_ID}.html。",
    f"https://example.org/?id={luhn('620000000000001')}&k=13800000000",
    "http://www.example.org/20231214/13800000000",
    "439999202312140013",
    "15.5% 20.3% 31.7% 42.1% 50.0% 60.9%",
    "GB/T 2260-2007，GB 32100-2015，GB 11643-1999",
    "8:30-12:00，14:30-17:30",
    "3.14159265358979323846",
]  # fmt: skip


class TestInnocents:
    @pytest.mark.parametrize("text", INNOCENT)
    def test_nothing_is_found(self, text: str) -> None:
        assert kinds(text) == []

    def test_nor_in_all_of_them_together(self) -> None:
        assert kinds("\n".join(INNOCENT)) == []

    @given(st.lists(st.integers(1990, 2060), min_size=1, max_size=30), st.sampled_from([" ", "  ", "\n", " | ", "/"]))
    def test_rows_of_years(self, years: list[int], gap: str) -> None:
        assert kinds(gap.join(map(str, years))) == []

    @example([dt.date(2021, 12, 5), dt.date(2020, 1, 10), dt.date(2013, 3, 8)], "%Y-%m-%d")
    @given(
        st.lists(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)), max_size=20),
        st.sampled_from(["%Y-%m-%d", "%Y.%m.%d", "%Y/%m/%d", "%Y%m%d", "%m-%d"]),
    )
    def test_rows_of_dates(self, days: list[object], form: str) -> None:
        assert kinds(" ".join(f"{day:{form}}" for day in days)) == []

    @example([6290552, 2126615], " ")
    @given(st.lists(st.integers(2000000, 8999999), max_size=20), st.sampled_from([" ", "\n", "/", "-", "  "]))
    def test_rows_of_phones(self, numbers: list[int], gap: str) -> None:
        assert kinds(gap.join(f"0000-{number}" for number in numbers)) == []

    @given(st.lists(st.integers(1, 999999), max_size=30))
    def test_rows_of_amounts(self, amounts: list[int]) -> None:
        assert kinds("、".join(f"{amount:,}.00元" for amount in amounts)) == []

    def test_nothing_in_the_address_of_a_record(self, tmp_path: Path) -> None:
        more = f"附件: [{{名称: 甲, 网址: 'https://example.org/甲{MADE_UP_ID}'}}]\n"
        assert codes_of(tmp_path, more) == []


@given(
    st.lists(
        st.sampled_from(
            ["13800000000", "138", "0000", "12345@qq.com", "１２３４５＠ｑｑ．ｃｏｍ", "①", "三", "X", " ", "-", "号"]
        )
        | st.characters(categories=["Nd", "No", "Pd", "Lo"]),
        max_size=16,
    ).map("".join)
)
def test_a_text_that_is_not_looked_into_has_no_number(text: str) -> None:
    assert personal_numbers(text) == located(text)


@given(st.text(alphabet="0123456789X -.·\n/年号账身份证a", max_size=80))
@example("1 " * 40)
def test_any_text_is_looked_through_and_what_is_found_lies_in_it(text: str) -> None:
    for found in personal_numbers(text):
        assert 0 <= found.start < found.end <= len(text)
        assert text[found.start].isdigit()


@pytest.mark.parametrize(
    "unit",
    ["1 ", "62", "6 2 ", "1-", "X", "1X", "138 0000 0000 ", "www.", "- ", "一", "合同编号", "110000 1949 1231 ", "a@"],
)
def test_time_grows_with_the_text(unit: str) -> None:
    def seconds(length: int) -> float:
        begun = time.process_time()
        personal_numbers(unit * (length // len(unit)))
        return time.process_time() - begun

    # Of a square it would be sixteen times as long; what takes no time at all has no ratio.
    assert min(seconds(80_000 + at) for at in range(2)) < 0.1 + 9 * min(seconds(20_000 + at) for at in range(2))


class TestBesideRecords:
    """Comments stand in a public repository, pages of ``docs/`` on the site."""

    def problems(self, text: str) -> list[str]:
        return [short(problem) for problem in read_bytes(FILE, text.encode(), Notice).problems]

    @pytest.mark.parametrize(
        ("more", "found"),
        [
            (f"# 退还{MADE_UP_ID}\n", "6:5 id-number"),
            (f'概述: "甲" # {MADE_UP_ID}\n', "6:11 id-number"),
            (f"概述: | # {MADE_UP_ID}\n  乙\n", "6:9 id-number"),
            (f"# {MADE_UP_ID[:6]}\n# {MADE_UP_ID[6:]}\n", "6:3 id-number"),
            (f"# 卡号{luhn('620000000000001')}\n", "6:5 card-number"),
            ("# 打13800000000问\n", "6:4 personal-contact"),
            ("# 写12345678@qq.com\n", "6:4 personal-contact"),
        ],
    )
    def test_a_number_in_a_comment_is_told_at_its_place(self, more: str, found: str) -> None:
        assert self.problems(NOTICE + more) == [found]

    def test_what_stands_in_a_field_is_left_to_the_rules_of_fields(self) -> None:
        text = NOTICE.replace("0000-1234560", "13800000000") + '概述: "甲 # 13800000000"\n# 12 月\n'
        assert self.problems(text) == []

    def test_a_comment_is_told_in_a_units_file_too(self, tmp_path: Path) -> None:
        assert codes_of(tmp_path, "", unit=f"{UNIT}# {MADE_UP_ID}\n") == ["6:3 id-number"]

    def test_a_file_that_is_no_record_is_looked_through_as_it_is(self) -> None:
        assert "6:5 id-number" in self.problems(NOTICE + f"概述: {MADE_UP_ID}\n谁: 乙\n")
        assert "6:6 id-number" in self.problems(NOTICE + f'概述: "{MADE_UP_ID}\n')

    @given(st.text(alphabet="甲键: #|>\n-'\"{}[],&*!", max_size=40))
    def test_places_hold_whatever_the_text(self, text: str) -> None:
        assert len(comments_of(text)) == len(text)
        assert comments_of(text).count("\n") == text.count("\n")

    def test_pages_are_looked_through_and_pictures_are_not(self, tmp_path: Path) -> None:
        write(
            tmp_path,
            {
                "about.md": f"# 关于\n\n身份证{MADE_UP_ID}\n手机13800000000\n",
                "a/b.html": f"<p>卡号{luhn('620000000000001')}</p>",
            },
        )
        (tmp_path / "picture.png").write_bytes(b"\x89PNG\0" + MADE_UP_ID.encode())
        found = [(problem.file.name, short(problem)) for problem in of_pages(tmp_path)]
        assert found == [("b.html", "1:6 card-number"), ("about.md", "3:4 id-number")]

    def test_check_and_build_look_at_the_pages(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        notices = write(tmp_path / "notices", {"shili/unit.yml": UNIT, "shili/2023.yml": NOTICE})
        docs = write(tmp_path / "docs", {"about.md": f"{MADE_UP_ID}\n"})
        monkeypatch.setattr(checking, "DOCS", docs)
        checked = check(notices)
        assert [(problem.file, short(problem)) for problem in checked.problems] == [
            (docs / "about.md", "1:1 id-number")
        ]
        assert checked.blocks(strict=False)
        assert check(notices, [notices / "shili/2023.yml"]).problems == ()

    def test_a_document_with_a_number_over_two_lines_is_not_taken_in(self) -> None:
        with pytest.raises(Unreadable, match="有一个身份证号：请先在原文件里整个删去"):
            import_document(
                "a.txt",
                f"{TEXT}退还{MADE_UP_ID[:9]}\n{MADE_UP_ID[9:]}的当事人。\n".encode(),
                Board(),
                PartialDate(2024, 1, 5),
            )
