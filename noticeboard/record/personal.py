"""Numbers in any text that identify or reach a private person, however they are written.

《个人信息保护法》: an identity number is personal information (第四条), a financial account sensitive (第二十八条); no
notice needs one. What is found is named and placed, never repeated.

A reader joins digits over whatever stands between them; so does this module, from the beginning of a group to the end
of one, over signs that part no statements (no comma, no full stop of Chinese). How much of a number proves that it is
one decides over what it is joined: an ID number has a date of birth and a check character, a card only a check digit.
"""

from __future__ import annotations

import enum
import functools
import itertools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from noticeboard.record.proofs import is_card_number, is_credit_code, is_day, is_id_number, is_organisation_code
from noticeboard.record.vocabulary import PROVINCES


class Personal(enum.Enum):
    """What a number is, as it is called in a message."""

    ID_NUMBER = "身份证号"
    OLD_ID_NUMBER = "十五位的旧身份证号"
    CARD_NUMBER = "银行卡号"
    MOBILE = "手机号"
    QQ_MAIL = "QQ 邮箱"


@dataclass(frozen=True)
class Found:
    """One number from ``start`` to ``end`` of a text."""

    kind: Personal
    start: int
    end: int


#: What an ID number may end in, and what looks like it.
_X = "XxＸｘⅩⅹΧχХх×✕"
_CHINESE_DIGITS = dict(zip("〇零一二三四五六七八九", (0, *range(10)), strict=True))
#: What is a digit beside its like, but a number of its own before ordinary ones: ①13800000000, 三13800000000.
_ODD_DIGIT = re.compile(r"[〇零一二三四五六七八九⁰-₉①-⑨⑴-⑼⒈-⒐⓪⓵-⓽❶-❾➀-➈➊-➒]")
_DIGIT = re.compile(r"\d")
#: Fewer are no number of a person.
_LEAST = 11
#: Signs that stand between the digits of one number; of all others ``_is_mute`` decides by their category.
_PARTING = frozenset(".．·•・‧∙⋅/／\\|｜*＊'`#>")
_MUTE, _LETTER, _OTHER = " ", "a", "."


class _Plain(dict[int, str]):
    """Each character → a digit, X, a blank for what may stand between digits, a letter or a dot; one for one."""

    def __init__(self, *, with_odd: bool) -> None:
        super().__init__()
        self._with_odd = with_odd

    def __missing__(self, code: int) -> str:
        self[code] = sign = self._of(chr(code))
        return sign

    def _of(self, character: str) -> str:
        digit = unicodedata.decimal(character, None)
        if digit is None and self._with_odd:
            digit = unicodedata.digit(character, _CHINESE_DIGITS.get(character))
        if digit is not None:
            return str(digit)
        if character in _X:
            return "X"
        if _is_mute(character):
            return _MUTE
        return _LETTER if character.isascii() and character.isalpha() else _OTHER


def _is_mute(character: str) -> bool:
    """Blanks, controls and what shows nothing, marks on other characters, dashes, underscores, tildes."""
    category = unicodedata.category(character)
    return category[0] in "ZCM" or category in ("Pd", "Pc", "Sk") or character in _PARTING or character in "~～"


_PLAIN, _PLAIN_WITH_ODD = _Plain(with_odd=False), _Plain(with_odd=True)
_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]+", re.IGNORECASE)
_GROUP = re.compile(r"[0-9]+|(?<!a)X(?!a)")
#: Blanks of an indented line and the signs of a comment before it may stand between two digits; not half a page.
_WIDEST_GAP = 24
_QQ_MAIL = re.compile(r"(?<![0-9０-９])[1-9１-９][0-9０-９]{4,11} ?[@＠] ?qq[.．]com", re.IGNORECASE)

#: How far around a number a word that tells what it is may stand, in characters.
_BEFORE, _BEHIND = 20, 10
_CARD_WORDS = re.compile(r"卡号|账号|帐号|账户|帐户|银行|银联|储蓄卡|信用卡|借记卡|存折|存入|汇入|汇至|转入|转账")
_ACCOUNT_WORDS = re.compile(r"卡号|账号|帐号")
_PERSON_WORDS = re.compile(r"身份|公民|证件")
_CREDIT_CODE_WORDS = re.compile(r"信用代码|机构代码|税号|纳税人")
_DOCUMENT_WORDS = re.compile(
    r"(?:合同|协议|文件|文书|档案|案件|订单|单据|票据|发票|凭证|流水|项目|标段|许可证|备案|登记|资产|设备|批次|序列|条码|二维码)"
    r"(?:的?编?号码?|代码)|(?:文|档|案)号"
)
_EDITED_NUMBER = re.compile(r"编号|单号|代码")
_BETWEEN_WORD_AND_NUMBER = " ：:是为（(“\"'"
_LONGEST_WORD = 12

#: Whom China's card numbers belong to, with the lengths of these: 银联, Visa, Mastercard, JCB and older cards of banks.
_CARD = re.compile(r"62\d{14,17}|4\d{15}|5[1-5]\d{14}|35(?:2[89]|[3-8]\d)\d{12}|955[89]\d{15}|601382\d{13}")
_UNIONPAY = re.compile(r"62\d{14,17}")
_CARD_LENGTHS = range(16, 20)
_MOBILE = re.compile(r"(?P<country>(?:00)?86)?1[3-9]\d{9}")
#: How people part a mobile number, and an old ID number, into groups.
_MOBILE_GROUPS = ((11,), (3, 4, 4), (3, 8), (4, 4, 3), (4, 3, 4), (7, 4))
_OLD_ID_GROUPS = ((15,), (6, 6, 3), (6, 9))
_OLD_ID_LENGTH = 15
#: Where the day of birth begins in an ID number; the centuries of days that a notice speaks of.
_BIRTH, _CENTURIES = 6, ("19", "20")
#: A mobile with its country has 13 or 15 digits.
_LENGTHS = (11, 13, 15, 16, 17, 18, 19)
#: A line of 8 digits may as well be a day of birth.
_AREA_AND_LINE = re.compile(r"0\d{2,3} (?!(?:19|20)\d{6}$)\d{7,8}")
_CARD_GROUPS = re.compile(r"444[1-4]|4444[1-4]|6(?:10|11|12|13)")
#: Signs between the groups of a card or a mobile: one or two blanks, or one hyphen or dot; always the same.
_PLAIN_GAP = re.compile(r"\s{0,2}|[\-‐‑–—―－·.]")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff]")
#: Four figures of a row lie near each other (2021 2022 2023 2024), the groups of a card do not.
_NEAR = 1000


def personal_numbers(text: str) -> tuple[Found, ...]:
    """All of them in their order. Digits in an address of the web (a date, the number of a page) are no one's."""
    # Most texts have too few digits for any number; to count them is a tenth of looking where they stand.
    if len(text) < _LEAST:
        return ()
    if "@" in text or "＠" in text or len(_DIGIT.findall(text)) >= _LEAST or len(_ODD_DIGIT.findall(text)) >= _LEAST:
        return located(text)
    return ()


@functools.lru_cache(maxsize=1024)
def located(text: str) -> tuple[Found, ...]:
    """The same, looked for in any text, however few digits it has."""
    found = {*_Scan(text, _PLAIN).numbers()}
    if len(_ODD_DIGIT.findall(text)) >= _LEAST:
        found |= {*_Scan(text, _PLAIN_WITH_ODD).numbers()}
    found |= {Found(Personal.QQ_MAIL, *match.span()) for match in _QQ_MAIL.finditer(text)}
    return tuple(sorted(found, key=lambda number: (number.start, number.kind.value)))


@dataclass(frozen=True)
class _Run:
    """Some groups of digits that stand one behind the other; ``whole``: nothing more stands beside them."""

    digits: str
    lengths: tuple[int, ...]
    gaps: tuple[str, ...]
    start: int
    end: int
    is_whole: bool

    @property
    def is_one(self) -> bool:
        """Whether nothing shows that it is more than one number: one group, or all digits apart."""
        return len(self.lengths) == 1 or set(self.lengths) == {1} or not any(self.gaps)


class _Scan:
    def __init__(self, text: str, plain: _Plain) -> None:
        self._text = text
        self._plain = _ADDRESS.sub(lambda match: _OTHER * len(match[0]), text).translate(plain)
        self._groups = [match.span() for match in _GROUP.finditer(self._plain)]

    def numbers(self) -> Iterator[Found]:
        """What each number is, from the surest kind to the least; no digit belongs to two."""
        # The longest first: a card of 19 digits in groups may have one of 16 in it.
        runs = sorted(self._runs(), key=lambda run: -len(run.digits))
        taken: set[int] = set()
        for kind, is_kind in (
            (Personal.ID_NUMBER, self._is_id_number),
            (Personal.CARD_NUMBER, self._is_card_number),
            (Personal.OLD_ID_NUMBER, self._is_old_id_number),
            (Personal.MOBILE, self._is_mobile),
        ):
            for run in runs:
                if taken.isdisjoint((run.start, run.end - 1)) and is_kind(run):
                    taken.update(range(run.start, run.end))
                    yield Found(kind, run.start, run.end)

    def _runs(self) -> Iterator[_Run]:
        """All runs of groups that are as long as a number of some kind, and begin and end as one does."""
        for first, stop in self._chains():
            groups = self._groups[first:stop]
            digits = "".join(self._plain[start:end] for start, end in groups)
            begins = [0, *itertools.accumulate(end - start for start, end in groups)]
            #: Where a group begins among the digits → its place in the chain.
            at_digit = {begin: at for at, begin in enumerate(begins)}
            for at, begin in enumerate(begins[:-1]):
                for length in _LENGTHS:
                    end = at_digit.get(begin + length)
                    if end is not None and _may_be_one(digits[begin : begin + length]):
                        is_whole = (at, end) == (0, len(groups))
                        yield self._run(groups[at:end], digits[begin : begin + length], is_whole=is_whole)

    def _run(self, groups: list[tuple[int, int]], digits: str, *, is_whole: bool) -> _Run:
        between = (self._text[before[1] : behind[0]] for before, behind in itertools.pairwise(groups))
        return _Run(
            digits,
            lengths=tuple(end - start for start, end in groups),
            gaps=tuple(_UNSEEN.sub("", gap) for gap in between),
            start=groups[0][0],
            end=groups[-1][1],
            is_whole=is_whole,
        )

    def _chains(self) -> Iterator[tuple[int, int]]:
        """The groups that stand behind each other with nothing between them but mute signs: from which to which."""
        first = 0
        for at in range(1, len(self._groups) + 1):
            begin = self._groups[at][0] if at < len(self._groups) else None
            gap = self._plain[self._groups[at - 1][1] : begin]
            if begin is None or len(gap) > _WIDEST_GAP or gap.strip(_MUTE):
                yield first, at
                first = at

    def _near(self, words: re.Pattern[str], run: _Run) -> bool:
        """Whether one of some words stands beside a number."""
        before, behind = max(0, run.start - _BEFORE), run.end + _BEHIND
        return bool(words.search(self._text[before : run.start]) or words.search(self._text[run.end : behind]))

    def _is_called(self, words: re.Pattern[str], run: _Run) -> bool:
        """Whether such a word stands right before a number, as in 合同编号：1."""
        before = self._text[max(0, run.start - _LONGEST_WORD) : run.start].rstrip(_BETWEEN_WORD_AND_NUMBER)
        return any(match.end() == len(before) for match in words.finditer(before))

    def _is_of_document(self, run: _Run) -> bool:
        return self._is_called(_DOCUMENT_WORDS, run) and not self._near(_PERSON_WORDS, run)

    def _is_credit_code(self, run: _Run) -> bool:
        """A 统一社会信用代码 of digits alone, called so or proved twice: an ID number may pass for one by chance."""
        if not is_credit_code(run.digits) or self._near(_PERSON_WORDS, run):
            return False
        # Behind two digits for who registered it stands the region; 10 is the whole country.
        is_of_region = run.digits[2:4] in PROVINCES or run.digits[2:4] == "10"
        return self._near(_CREDIT_CODE_WORDS, run) or (is_of_region and is_organisation_code(run.digits[8:17]))

    def _is_id_number(self, run: _Run) -> bool:
        if not is_id_number(run.digits):
            return False
        # What is made of several groups must begin with a region; 000000 is what made-up numbers begin with.
        is_of_region = _is_of_region(run.digits) or run.digits.startswith("000000")
        is_id = is_of_region or (run.is_one and run.digits[0] != "0")
        return (
            is_id
            and not _has_phone(run)
            and not _has_date(run)
            and not self._is_credit_code(run)
            and not self._is_of_document(run)
        )

    def _is_old_id_number(self, run: _Run) -> bool:
        if not _may_be_old_id(run.digits):
            return False
        is_shaped = run.is_one or run.lengths in _OLD_ID_GROUPS or self._near(_PERSON_WORDS, run)
        return is_shaped and not self._is_of_document(run)

    def _is_card_number(self, run: _Run) -> bool:
        digits = run.digits
        if len(digits) not in _CARD_LENGTHS or "X" in digits or not is_card_number(digits):
            return False
        is_evenly_parted = len(set(run.gaps)) <= 1 and all(map(_PLAIN_GAP.fullmatch, run.gaps))
        if not is_evenly_parted or is_credit_code(digits):
            return False
        if self._near(_ACCOUNT_WORDS, run):
            return run.is_one or _is_shaped_as_card(run)
        if self._is_numbered(run):
            return False
        if run.is_one:
            return bool(_CARD.fullmatch(digits)) or self._near(_CARD_WORDS, run)
        figures = [int(digits[at : at + 4]) for at in range(0, len(digits), 4)]
        is_row = run.lengths == (4,) * 4 and max(figures) - min(figures) < _NEAR
        return run.is_whole and _is_shaped_as_card(run) and bool(_UNIONPAY.fullmatch(digits)) and not is_row

    def _is_numbered(self, run: _Run) -> bool:
        """Whether a number is that of a thing: 合同编号 …, 编号 …, … 号."""
        is_called = self._is_called(_DOCUMENT_WORDS, run) or self._is_called(_EDITED_NUMBER, run)
        return is_called or self._text[run.end : run.end + 1] == "号"

    def _is_mobile(self, run: _Run) -> bool:
        mobile = _MOBILE.fullmatch(run.digits)
        if mobile is None or self._is_of_document(run):
            return False
        lengths = run.lengths
        if len(lengths) > 1 and mobile["country"]:
            if len(mobile["country"]) != lengths[0]:
                return False
            lengths = lengths[1:]
        return not any(run.gaps) or (run.is_whole and (lengths in _MOBILE_GROUPS or set(lengths) == {1}))


def _has_phone(run: _Run) -> bool:
    """Whether two of the groups are an area code and a line, as in a row of telephone numbers."""
    at = [0, *itertools.accumulate(run.lengths)]
    groups = [run.digits[start:end] for start, end in itertools.pairwise(at)]
    pairs = (f"{before} {behind}" for before, behind in itertools.pairwise(groups))
    return any(_AREA_AND_LINE.fullmatch(pair) for pair in pairs)


def _has_date(run: _Run) -> bool:
    """Whether the groups are a row of dates: 12-05 11-20, or a whole one elsewhere than the day of birth is."""
    within, between = set(run.gaps[0::2]), set(run.gaps[1::2])
    if set(run.lengths) == {2} and len(within) == len(between) == 1 and within != between:
        return True
    begins = [0, *itertools.accumulate(run.lengths)]
    days = (begin for at, begin in enumerate(begins) if run.lengths[at : at + 3] == (4, 2, 2) and begin != _BIRTH)
    return any(run.digits[begin : begin + 2] in _CENTURIES and is_day(run.digits[begin : begin + 8]) for begin in days)


def _may_be_one(digits: str) -> bool:
    """Whether digits alone, whatever stands around and between them, can be a number of some kind."""
    if "X" in digits:
        return is_id_number(digits)
    is_long = is_id_number(digits) or (len(digits) in _CARD_LENGTHS and is_card_number(digits))
    return is_long or _may_be_old_id(digits) or _MOBILE.fullmatch(digits) is not None


def _may_be_old_id(digits: str) -> bool:
    return len(digits) == _OLD_ID_LENGTH and digits.isdigit() and _is_of_region(digits) and is_day(f"19{digits[6:12]}")


def _is_of_region(digits: str) -> bool:
    """GB/T 2260; 83 stands in permits of residence for people of Taiwan."""
    return digits[:2] in PROVINCES or digits[:2] == "83"


def _is_shaped_as_card(run: _Run) -> bool:
    """4-4-4-4, perhaps with a rest, or the six digits of the bank and the others; as printed on cards and bills."""
    return _CARD_GROUPS.fullmatch("".join(map(str, run.lengths))) is not None
