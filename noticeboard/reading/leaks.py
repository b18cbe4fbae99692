"""Numbers of private persons in texts that are no fields of a record: comments of its file, pages written by hand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from noticeboard.problems import CannotRun, Problem, Severity
from noticeboard.reading.comments import comments_of
from noticeboard.reading.encoding import places_in
from noticeboard.reading.opening import documents, in_words
from noticeboard.record.personal import Personal, personal_numbers


@dataclass(frozen=True)
class Leak:
    """How a kind of number is told: by the code of the rule that forbids it in a record."""

    code: str
    severity: Severity
    what: str
    remedy: str


_DELETE = "整个删去，不要用星号遮盖；已经提交过的，请维护者清除历史"
LEAKS = {
    Personal.ID_NUMBER: Leak("id-number", Severity.ERROR, "身份证号", _DELETE),
    Personal.CARD_NUMBER: Leak("card-number", Severity.ERROR, "银行卡号", _DELETE),
    Personal.OLD_ID_NUMBER: Leak("old-id-number", Severity.WARNING, "像十五位旧身份证号的数字", _DELETE),
    Personal.MOBILE: Leak("personal-contact", Severity.WARNING, "个人手机号", "删去"),
    Personal.QQ_MAIL: Leak("personal-contact", Severity.WARNING, "QQ 邮箱", "删去"),
}
#: What a page of the site may well tell: how to reach those who keep it.
_OF_CONTACTS = (Personal.MOBILE, Personal.QQ_MAIL)
_COMMENT = re.compile(r"#[^\n]*")


def beside_record(file: Path, text: str, *, is_record: bool) -> Iterator[Problem]:
    """What the comments of a file have; of one that is no record, all of it but what may be its 联系方式."""
    if not is_record:
        yield from _told(file, text, "文件里", (kind for kind in Personal if kind not in _OF_CONTACTS))
    elif any(any(sign.isdigit() for sign in comment) for comment in _COMMENT.findall(text)):
        yield from _told(file, comments_of(text), "注释里", Personal)


def of_pages(folder: Path) -> Iterator[Problem]:
    """What the files under ``docs/`` have, which are published as they stand. Raises ``CannotRun``."""
    for _, file in documents(folder):
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CannotRun(f"读不了文件 {file}：{in_words(error)}") from error
        # A picture is no text, whatever its bytes spell.
        if b"\0" not in content:
            kinds = (kind for kind in Personal if kind not in _OF_CONTACTS)
            yield from _told(file, content.decode("utf-8", "replace"), "这一页里", kinds)


def _told(file: Path, text: str, where: str, kinds: Iterable[Personal]) -> Iterator[Problem]:
    kinds, place = frozenset(kinds), places_in(text)
    for found in personal_numbers(text):
        if found.kind in kinds:
            leak = LEAKS[found.kind]
            yield Problem(file, place(found.start), leak.severity, leak.code, f"{where}有一个{leak.what}", leak.remedy)
