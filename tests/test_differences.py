"""What two versions of a record say otherwise: every field of the model, those too that come to it later."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from noticeboard.changes.breaches import breaches
from noticeboard.changes.differences import differences
from noticeboard.changes.lines import lines
from noticeboard.record.base import Record
from noticeboard.record.model import Contact, Issue, Matter, Notice, Part, Section, Status, Suggestion


def kinds(record: type[Record] = Record) -> Iterator[type[Record]]:
    """Every kind of record that there is."""
    for kind in record.__subclasses__():
        yield kind
        yield from kinds(kind)


FIELDS = [(kind, name) for kind in kinds() if kind is not Matter for name in kind.model_fields]
#: What a thing is known by is the same in both versions.
NAMES = {(kind, "id") for kind in (Section, Issue, Suggestion, Part)}
#: What may change without an entry.
OF_THE_SITE = {
    *((Notice, name) for name in ("retirement", "former_addresses", "changes", "accepted")),
    *((kind, name) for kind in (Issue, Suggestion) for name in ("topics", "changes")),
    (Contact, "checked"),
}


def saying(kind: type[Record], name: str, value: str | None) -> Record:
    """A record that says nothing but this."""
    return kind.model_construct(None, **dict.fromkeys(kind.model_fields) | {name: value})


@pytest.mark.parametrize(("kind", "name"), [field for field in FIELDS if field not in NAMES])
def test_every_field_of_the_model_is_compared_told_and_kept(kind: type[Record], name: str) -> None:
    """A key that comes to the model is, too."""
    key = kind.model_fields[name].alias
    was, now = saying(kind, name, "甲"), saying(kind, name, "乙")
    (told,) = lines(differences(saying(kind, name, None), was))
    assert told == f"新增{'截至日期' if (kind, name) == (Status, 'as_of') else key}：甲"
    breach = [] if (kind, name) in OF_THE_SITE else [(f"“{key}”", "甲", "乙")]
    assert [(one.name, one.before, one.after) for one in breaches(differences(was, now))] == breach
    assert list(breaches(differences(saying(kind, name, None), now))) == []


def notice(*stated: dict[str, str]) -> Notice:
    return Notice.model_validate({"标题": "甲", "文种": "巡察整改进展", "发布": {"内容": "摘要"}, "通报所述": stated})


def test_an_entry_is_compared_with_the_one_that_it_has_become() -> None:
    issues, village = {"项目": "问题", "数": "3"}, {"项目": "问题", "数": "2", "对象": "甲村"}
    (found,) = differences(notice(issues, village), notice({**village, "说明": "核对过"}, issues))
    assert [(entry.at, [part.key for part in entry.parts]) for entry in found.parts] == [(("通报所述", 0), ["说明"])]


def test_of_two_entries_of_one_name_the_one_that_is_gone_is_told_gone() -> None:
    first, second = {"项目": "问题", "数": "3"}, {"项目": "问题", "数": "2"}
    assert list(lines(differences(notice(first, second), notice(second)))) == ["删去通报所述“问题”：3"]
