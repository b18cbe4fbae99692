"""Numbers of private persons in texts that are no fields of a record: comments of its file, pages written by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from noticeboard.problems import CannotRun, Problem, Rule, Severity, rule
from noticeboard.reading.comments import comments_of
from noticeboard.reading.encoding import places_in
from noticeboard.reading.opening import documents, in_words
from noticeboard.record.personal import Personal, personal_numbers

_DELETE = "整个删去，不要用星号遮盖"
ID_NUMBER = rule("id-number", Severity.ERROR, "没有身份证号", _DELETE)
CARD_NUMBER = rule("card-number", Severity.ERROR, "没有银行卡号", _DELETE)
OLD_ID_NUMBER = rule(
    "old-id-number",
    Severity.WARNING,
    "没有像十五位旧身份证号的数字",
    "是身份证号就整个删去；不是的，在“已知差异”中说明是什么号码",
)
PERSONAL_CONTACT = rule(
    "personal-contact", Severity.WARNING, "联系方式以外没有手机号和 QQ 邮箱", "删去；是单位公布的就移到“联系方式”"
)

_PURGE = f"{_DELETE}；已经提交过的，请维护者清除历史"
#: By which rule a number must not stand there, what it is called and how to mend it where it is in no field.
_LEAKS: dict[Personal, tuple[Rule, str, str]] = {
    Personal.ID_NUMBER: (ID_NUMBER, "身份证号", _PURGE),
    Personal.CARD_NUMBER: (CARD_NUMBER, "银行卡号", _PURGE),
    Personal.OLD_ID_NUMBER: (OLD_ID_NUMBER, "像十五位旧身份证号的数字", _PURGE),
    Personal.MOBILE: (PERSONAL_CONTACT, "个人手机号", "删去"),
    Personal.QQ_MAIL: (PERSONAL_CONTACT, "QQ 邮箱", "删去"),
}
#: A page of the site may well tell how to reach those who keep it.
_ON_PAGES = frozenset(Personal) - {Personal.MOBILE, Personal.QQ_MAIL}
_COMMENT = re.compile(r"#[^\n]*")


def beside_record(file: Path, text: str, *, is_record: bool) -> Iterator[Problem]:
    """What the comments of a file have; of one that is no record, all of it but what may be its 联系方式."""
    if not is_record:
        yield from _told(file, text, "文件里", _ON_PAGES)
    elif any(any(sign.isdigit() for sign in comment) for comment in _COMMENT.findall(text)):
        yield from _told(file, comments_of(text), "注释里", frozenset(Personal))


def of_pages(folder: Path) -> Iterator[Problem]:
    """What the files under ``docs/`` have, which are published as they stand. Raises ``CannotRun``."""
    for _, file in documents(folder):
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CannotRun(f"读不了文件 {file}：{in_words(error)}") from error
        # A picture is no text, whatever its bytes spell.
        if b"\0" not in content:
            yield from _told(file, content.decode("utf-8", "replace"), "这一页里", _ON_PAGES)


def _told(file: Path, text: str, where: str, kinds: frozenset[Personal]) -> Iterator[Problem]:
    place = places_in(text)
    for found in personal_numbers(text):
        if found.kind in kinds:
            broken, what, remedy = _LEAKS[found.kind]
            yield broken.problem(file, place(found.start), f"{where}有一个{what}", remedy)
