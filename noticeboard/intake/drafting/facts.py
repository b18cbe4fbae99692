"""Where a record and a document differ: the facts that words settle, side by side."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from noticeboard.record.vocabulary import STATUS_OF_WORDS, SUBJECT_OF_WORDS

#: (field, fact): one thing that a record says; the last piece of a fact is its value, the others tell of what.
Fact = tuple[str, tuple[str, ...]]
TITLES = "问题.标题"


#: Words that count the same thing → the first of them.
_FIRST_WORDS = {subject: word for word, subject in reversed(SUBJECT_OF_WORDS.items())}


def differences(record: dict[str, Any], document: dict[str, Any]) -> Iterator[str]:
    """One line a difference, in the order of the fields: what the record has, what the document says.

    An issue that one side lacks, or names differently, is one line: what hangs on its title is not told again.
    """
    here, there = Counter(facts(record)), Counter(facts(document))
    missing, more = list((here - there).elements()), list((there - here).elements())
    apart = {fact[-1] for field, fact in (*missing, *more) if field == TITLES}
    missing, more = (
        [(field, fact) for field, fact in side if field == TITLES or apart.isdisjoint(fact)] for side in (missing, more)
    )
    for field, fact in missing:
        twin = _twin(field, fact, more)
        if twin:
            more.remove(twin)
            yield f"{_place(field, fact)}：记录是“{fact[-1]}”，文件是“{twin[1][-1]}”"
        else:
            yield f"{_place(field, fact)}：记录有“{fact[-1]}”，文件里没有找到"
    for field, fact in more:
        yield f"{_place(field, fact)}：文件有“{fact[-1]}”，记录里没有"


def _twin(field: str, fact: tuple[str, ...], others: list[Fact]) -> Fact | None:
    """What the other side says of the same thing; of a title, the one most like it."""
    same = [other[-1] for of, other in others if of == field and other[:-1] == fact[:-1]]
    like = difflib.get_close_matches(fact[-1], same, n=1) if field == TITLES else same
    return (field, (*fact[:-1], like[0])) if like else None


def _place(field: str, fact: tuple[str, ...]) -> str:
    of = " / ".join(piece for piece in fact[:-1] if piece)
    return f"{field}（{of}）" if of else field


def _listed(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _text(value: Any) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", str(value)))


def _date(value: Any) -> str:
    return str(value.get("可确定") or value.get("原文")) if isinstance(value, dict) else str(value)


def facts(record: dict[str, Any]) -> Iterator[Fact]:
    """Every fact of a record that the words of a document settle: no summaries, no topics."""
    if record.get("拟题") != "是":
        yield from _plain(record, "", ("标题",), _text)
    yield from _plain(record, "", ("文种", "文号", "索引号", "署名"), _text)
    yield from _plain(record.get("发布", {}), "发布.", ("来源", "发布日期", "发布时间", "落款日期"), _date)
    for inspection in _listed(record.get("巡察")):
        yield from _plain(inspection, "巡察.", ("巡察组", "届次", "轮次", "对象", "方式"), _text)
        yield from _plain(inspection, "巡察.", ("开始", "结束", "反馈"), _date)
    yield from _plain(record, "", ("数据截至",), _date)
    yield from _totals(record, "")
    for section in _listed(record.get("方面")):
        title = _text(section["标题"])
        yield "方面", (title, _text(section.get("编号", "")))
        yield from _totals(section, title)
        yield from _done(section, title)
        yield from _issues(section.get("问题"), (title,))
    yield from _issues(record.get("问题"), ())
    for suggestion in _listed(record.get("意见建议")):
        yield "意见建议", (_text(suggestion["标题"]), _text(suggestion.get("编号", "")))
        yield from _matter(suggestion)
    for part in _listed(record.get("其他部分")):
        yield "其他部分", (_text(part["标题"]), _text(part.get("编号", "")), part["类别"])
    for attachment in _listed(record.get("附件")):
        yield "附件", (_text(attachment["名称"]),)
    contact = record.get("联系方式") or {}
    details = [key for key in contact if key in ("电话", "传真", "电子邮箱", "地址", "邮编", "受理时间")]
    yield from _plain(contact, "联系方式.", details, _text)


def _plain(holder: dict[str, Any], where: str, keys: Sequence[str], told: Callable[[Any], str]) -> Iterator[Fact]:
    """The values of some keys, each a fact of its own."""
    for key in keys:
        yield from ((f"{where}{key}", (told(value),)) for value in _listed(holder.get(key)))


def _totals(holder: dict[str, Any], where: str) -> Iterator[Fact]:
    for stated in _listed(holder.get("通报所述")):
        words = _text(stated["项目"])
        subject, status = SUBJECT_OF_WORDS.get(words), STATUS_OF_WORDS.get(words)
        told = status.label if status else _FIRST_WORDS[subject] if subject else words
        of = stated.get("所属", "问题")
        yield "通报所述", (where, "" if of == "问题" else of, told, f"{stated.get('数', '')}{stated.get('单位', '')}")


def _issues(issues: Any, above: tuple[str, ...]) -> Iterator[Fact]:
    for issue in _listed(issues):
        title = _text(issue["标题"])
        yield TITLES, (title,)
        yield "问题.编号", (title, _text(issue.get("编号", "")))
        yield "问题.层级", (*above, title)
        yield from _totals(issue, title)
        yield from _matter(issue)
        yield from _issues(issue.get("子问题"), (*above, title))


def _matter(matter: dict[str, Any]) -> Iterator[Fact]:
    title = _text(matter["标题"])
    yield from _plain(matter, "", ("原题",), _text)
    if "状态" in matter:
        status = matter["状态"]
        words = status if isinstance(status, str) else status["词语"]
        yield "状态", (title, "本条" if isinstance(status, str) else status.get("依据", "本条"), _text(words))
    for key in ("责任", "时限", "销号日期"):
        if key in matter:
            yield key, (title, _text(_date(matter[key])))
    yield from _done(matter, title)


def _done(holder: dict[str, Any], title: str) -> Iterator[Fact]:
    if holder.get("措施"):
        yield "措施条数", (title, str(len(_listed(holder["措施"]))))
    if "进展" in holder:
        yield "有进展", (title, "是")
