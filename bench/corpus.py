"""Made-up notices, as many as are wanted: ``python -m bench.corpus N DIR [--seed S]``.

They are like real notices in length, wording and repetition (see ``bench.likeness``), and visibly made up: every
unit is called 示例, no place, number or mailbox exists, and no person is named.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

from bench.language import Speaker, tail_word
from bench.words import (
    ADVICE,
    BEGINNINGS,
    ENDINGS,
    FINDINGS,
    MIDDLES,
    OFFICES,
    PARTS,
    RESULTS,
    SET_MEASURES,
    SET_RESULTS,
    TOPIC_THINGS,
    Office,
)  # fmt: skip
from noticeboard.reading.write import scalar
from noticeboard.record.vocabulary import OPEN_STATUSES, PROVINCES, STATUS_OF_WORDS, StatusCode

Mapping = dict[str, Any]

#: Issues that count, in every notice.
ISSUES = 20
_YEARS = (2019, 2025)
#: Chances that a unit has another notice: 1, 1, 2, 3 … notices, 1.67 on average, so that there are 0.6 units a notice.
_MORE_NOTICES = 0.4
#: Provinces without a level of cities below them, and those that do not inspect as the others do.
_MUNICIPALITIES = ("11", "12", "31", "50")
_ABROAD = ("71", "81", "82")
_NUMERALS = "一二三四五六七八九十"
_TOPICS = tuple(TOPIC_THINGS)
#: The state of a single issue: of notices that tell it, most issues are done.
_STATUSES = (
    (0.86, StatusCode.COMPLETED), (0.89, StatusCode.COMPLETED_CONTINUING), (0.92, StatusCode.BASICALLY_COMPLETED),
    (0.94, StatusCode.PHASED), (0.975, StatusCode.IN_PROGRESS), (0.99, StatusCode.LONG_TERM),
    (1.0, StatusCode.NOT_STARTED),
)  # fmt: skip


def notices(count: int, seed: int = 0) -> Iterator[tuple[str, Mapping, str, Mapping]]:
    """``count`` notices one by one: folder of the unit, the unit, the date that names the file, the notice.

    The mappings have the keys of the files. All notices of a unit follow each other, with the same unit.
    """
    made = 0
    number = 0
    while made < count:
        number += 1
        # A stream of chance of its own for each unit: the first units are the same however many are wanted.
        for unit_and_notice in _of_one_unit(Random(seed * 1_000_003 + number), number):
            if made == count:
                return
            made += 1
            yield unit_and_notice


def _of_one_unit(chance: Random, number: int) -> Iterator[tuple[str, Mapping, str, Mapping]]:
    office = OFFICES[int(chance.random() * len(OFFICES))]
    codes = [code for code in PROVINCES if code not in _ABROAD]
    place = _Place(chance, codes[int(chance.random() * len(codes))])
    unit = _unit(place, office, number)
    speaker = Speaker(chance, office, unit["简称"])
    slug = f"shili-{place.code}-{office.slug}-{number:05d}"
    year = speaker.whole(_YEARS[0], _YEARS[1])
    while True:
        speaker.year = year
        date, notice = _Made(speaker, unit, place).notice()
        yield slug, unit, date, notice
        year += speaker.whole(1, 2)
        if year > _YEARS[1] or not speaker.happens(_MORE_NOTICES * 1.35):
            return


class _Place:
    """A made-up place of a real province: names and GB/T 2260 code (with city and county numbers not in use)."""

    def __init__(self, chance: Random, province: str) -> None:
        self.names = {"省": PROVINCES[province]}
        self.level = ("省", "市", "市", "县", "县", "县", "县")[int(chance.random() * 7)]
        city, county = 71 + int(chance.random() * 9), 81 + int(chance.random() * 9)
        if province in _MUNICIPALITIES:
            city = 1
            self.level = "省" if self.level == "省" else "县"
        elif self.level != "省":
            self.names["市"] = f"示例{tail_word(int(province) * 100 + city)[:2]}市"
        if self.level == "县":
            kind = "县" if county % 2 else "区"
            self.names["县"] = f"示例{tail_word((int(province) * 100 + city) * 100 + county)[:2]}{kind}"
        self.code = f"{province}{'00' if self.level == '省' else city:02}{county if self.level == '县' else '00'}"
        self.name = f"{self.names['省']}示例" if self.level == "省" else list(self.names.values())[-1]


def _unit(place: _Place, office: Office, number: int) -> Mapping:
    name = place.name + office.name
    return {
        "全称": f"中共{name}党组" if number % 3 == 0 else name,
        "简称": name,
        "地区": {**place.names, "代码": place.code},
        "类别": office.kind,
        "级别": place.level,
        "联系方式": _contact(place, number),
    }


def _contact(place: _Place, number: int) -> Mapping:
    return {
        "电话": f"0000-{1_000_000 + number}",
        "电子邮箱": f"shili{number}@example.org",
        "地址": f"{list(place.names.values())[-1]}示例路{number % 300 + 1}号",
    }


class _Made:
    """One notice while it is made."""

    def __init__(self, speaker: Speaker, unit: Mapping, place: _Place) -> None:
        self.speaker = speaker
        self.unit = unit
        self.side = {"省": "省委", "市": "市委", "县": "县委"}[place.level]
        self.is_telling = speaker.happens(0.75)
        # An office has a word for done and keeps to it.
        self.words = {code: speaker.zipf(code.words) for code in StatusCode}
        self.status_counts: Counter[StatusCode] = Counter()
        self.measures = 0
        self.left = ISSUES
        self.length = (0.8, 0.9, 1.0, 1.0, 1.1, 1.3)[speaker.whole(0, 5)]

    def notice(self) -> tuple[str, Mapping]:
        """The date that names the file, and the record."""
        speaker, unit = self.speaker, self.unit
        date = f"{speaker.year}-{speaker.whole(6, 12):02}-{speaker.whole(1, 28):02}"
        body = self._body()
        suggestions = [self._suggestion(at) for at in range(1, speaker.whole(2, 5))] if speaker.happens(0.3) else []
        inspection = self._inspection()
        stated = self._stated(len(body.get("方面", ())), len(suggestions))
        record: Mapping = {
            "标题": f"{unit['全称']}关于{speaker.year}年巡察整改进展情况的通报",
            "文种": "巡察整改进展" if self.side != "省委" else "巡视整改进展",
            "署名": unit["全称"],
        }
        if speaker.happens(0.3):
            record["文号"] = f"示例发〔{speaker.year}〕{speaker.whole(1, 99)}号"
        record["发布"] = {"来源": "示例网", "网址": f"https://example.org/{date}", "发布日期": date, "内容": "摘要"}
        record["收录"] = _entered(date)
        record["巡察"] = [inspection]
        record["数据截至"] = date[:7]
        if stated:
            record["通报所述"] = stated
        record["概述"] = self._summary(inspection, stated)
        record |= body
        if suggestions:
            record["意见建议"] = suggestions
        record["其他部分"] = self._parts()
        record["联系方式"] = unit["联系方式"]
        if speaker.happens(0.08):
            what, ground = speaker.say("更正：{题}{果}"), speaker.say("{部门}{月}月复核的情况")
            day = f"{speaker.year + 1}-{speaker.whole(1, 12):02}"
            record["变更"] = [{"日期": day, "内容": what, "依据": ground}]
        return date if speaker.happens(0.8) else date[:7], record

    # -- issues

    def _body(self) -> Mapping:
        """Issues under sections, or without: two notices in three have sections."""
        if not self.speaker.happens(0.65):
            return {"问题": self._issues(ISSUES, "i")}
        count = self.speaker.whole(3, 4)
        sizes = [ISSUES // count] * count
        sizes[0] += ISSUES - sum(sizes)
        for at in range(1, count):
            moved = self.speaker.whole(-1, 1)
            sizes[at] += moved
            sizes[0] -= moved
        has_totals = self.speaker.happens(0.4)
        return {"方面": [self._section(at, size, has_totals=has_totals) for at, size in enumerate(sizes, start=1)]}

    def _section(self, at: int, size: int, *, has_totals: bool) -> Mapping:
        speaker = self.speaker
        self._choose_topics()
        numeral = _NUMERALS[at - 1]
        section: Mapping = {"标识": f"f-{at}", "编号": f"（{numeral}）", "标题": speaker.say("{推}{题}、{题}方面")}
        if has_totals:
            section["通报所述"] = [{"项目": "问题", "数": str(size), "单位": "个", "原文": f"{size}个问题"}]
        section["问题"] = self._issues(size, f"i-{at}")
        return section

    def _issues(self, count: int, anchor: str) -> list[Mapping]:
        """Issues of which ``count`` count; some stand in threes or so below another."""
        issues: list[Mapping] = []
        nests = self.speaker.happens(0.4)
        while count:
            below = self.speaker.whole(2, 4)
            if nests and below <= count and self.speaker.happens(0.3):
                issues.append(self._parent(below, f"{anchor}-{len(issues) + 1}", len(issues) + 1))
                count -= below
            else:
                issues.append(self._issue(f"{anchor}-{len(issues) + 1}", f"{len(issues) + 1}."))
                count -= 1
        return issues

    def _parent(self, below: int, anchor: str, number: int) -> Mapping:
        title = self._title()
        counts_itself = self.speaker.happens(0.1)
        parent: Mapping = {"标识": anchor, "编号": f"{number}.", "标题": title, "主题": self.speaker.topics}
        parent["主题"] = list(self.speaker.topics)
        if counts_itself:
            parent |= {"单独计数": "是", **self._status()}
            below -= 1
        parent["子问题"] = [self._issue(f"{anchor}-{at}", f"（{at}）") for at in range(1, below + 1)]
        return parent

    def _choose_topics(self) -> None:
        """One to three topics, which the words of the issue come from."""
        chosen: list[str] = []
        for _ in range(self.speaker.whole(1, 3)):
            topic = self.speaker.zipf(_TOPICS)
            if topic not in chosen:
                chosen.append(topic)
        self.speaker.topics = chosen

    def _title(self) -> str:
        self._choose_topics()
        return self.speaker.say(self.speaker.zipf(FINDINGS))

    def _issue(self, anchor: str, number: str) -> Mapping:
        speaker = self.speaker
        issue: Mapping = {"标识": anchor, "编号": number, "标题": self._title(), **self._status()}
        issue["主题"] = list(speaker.topics)
        if speaker.happens(0.2):
            issue["责任"] = speaker.say("{岗}、{岗}")
        if speaker.happens(0.1):
            issue["时限"] = f"{speaker.year}年{speaker.whole(1, 12)}月底前"
        if speaker.happens(0.12):
            issue["进展"] = "。".join(self._measure() for _ in range(speaker.whole(1, 3))) + "。"
        else:
            count = max(1, int(self.length * (1 + 3.2 * speaker.chance.random())))
            issue["措施"] = [self._measure() for _ in range(count)]
            self.measures += count
        issue["成效"] = self._result()
        return issue

    def _status(self) -> Mapping:
        """状态, or nothing where the notice does not tell it."""
        if not self.is_telling or self.speaker.happens(0.01):
            self.status_counts[StatusCode.UNSTATED] += 1
            return {}
        drawn = self.speaker.chance.random()
        code = next(code for share, code in _STATUSES if drawn < share)
        self.status_counts[code] += 1
        return {"状态": self.words[code]}

    def _measure(self) -> str:
        speaker = self.speaker
        if speaker.happens(0.05):
            return speaker.zipf(SET_MEASURES)
        pieces = [speaker.zipf(BEGINNINGS)]
        if speaker.happens(0.85):
            pieces.append(speaker.zipf(MIDDLES))
        if speaker.happens(0.45):
            pieces.append(speaker.zipf(MIDDLES))
        if speaker.happens(0.4):
            pieces.append(speaker.zipf(ENDINGS))
        return speaker.say("，".join(pieces))

    def _result(self) -> str:
        speaker = self.speaker
        if speaker.happens(0.08):
            return f"{speaker.zipf(SET_RESULTS)}。"
        pieces = [speaker.zipf(RESULTS) for _ in range(speaker.whole(2, 4))]
        return speaker.say("，".join(pieces) + "。")

    def _suggestion(self, at: int) -> Mapping:
        self._choose_topics()
        title = self.speaker.say(self.speaker.zipf(ADVICE))
        measures = [self._measure() for _ in range(self.speaker.whole(1, 3))]
        self.measures += len(measures)
        return {
            "标识": f"s-{at}", "编号": f"{at}.", "标题": title, "主题": list(self.speaker.topics), "措施": measures,
            "成效": self._result(),
        }  # fmt: skip

    # -- what stands around them

    def _inspection(self) -> Mapping:
        speaker, year = self.speaker, self.speaker.year
        start = speaker.whole(2, 6)
        team = f"{self.side}第{_NUMERALS[speaker.whole(0, 6)]}巡察组"
        return {
            "巡察组": team if self.side != "省委" else team.replace("察", "视"),
            "对象": self.unit["简称"],
            "轮次": f"第{_NUMERALS[speaker.whole(0, 9)]}轮",
            "方式": [speaker.zipf(("常规", "专项", "提级", "“回头看”"))],
            "开始": f"{year - 1}-{start:02}-{speaker.whole(1, 28):02}",
            "结束": f"{year - 1}-{start + 2:02}-{speaker.whole(1, 28):02}",
            "反馈": f"{year - 1}-{start + speaker.whole(3, 5):02}-{speaker.whole(1, 28):02}",
        }

    def _stated(self, sections: int, suggestions: int) -> list[Mapping]:
        """Totals that agree with what the notice lists."""
        if self.speaker.happens(0.15):
            return []
        stated = [{"项目": "方面", "数": str(sections), "单位": "个"}] if sections else []
        stated.append({"项目": "问题", "数": str(ISSUES), "单位": "个", "原文": f"反馈的{ISSUES}个问题"})
        # Several statuses are taken for the whole: where one issue has none, only the first is said.
        told = [code for code in StatusCode if self.status_counts[code] and code is not StatusCode.UNSTATED]
        for code in told[:1] if self.status_counts[StatusCode.UNSTATED] else told:
            count, words = self.status_counts[code], self.words[code]
            stated.append({"项目": words, "数": str(count), "单位": "个", "原文": f"{words}{count}个"})
        if suggestions:
            stated.append({"项目": "意见建议", "数": str(suggestions), "单位": "条"})
        if self.speaker.happens(0.5):
            stated.append({"项目": "措施", "数": str(self.measures), "单位": "条"})
        if self.speaker.happens(0.6):
            stated.append({"项目": "问责", "数": str(self.speaker.whole(0, 6)), "单位": "人"})
        is_open = any(self.status_counts[code] for code in OPEN_STATUSES)
        if not is_open and self.speaker.happens(0.3):
            stated.append({"项目": "全部完成", "原文": "全部整改任务已完成"})
        return stated

    def _summary(self, inspection: Mapping, stated: Sequence[Mapping]) -> str:
        known = "，".join(
            f"{one['项目']}{one['数']}{one['单位']}"
            for one in stated
            if one["项目"] in (*STATUS_OF_WORDS, "措施", "问责")
        )
        found = f"，指出{ISSUES}个问题" if stated else ""
        told = f"其中{known}" if known else self.speaker.say("通报没有说明各个问题的状态")
        return (
            f"{inspection['巡察组']}巡察{inspection['对象']}，{_spelled(inspection['反馈'])}反馈意见{found}。"
            f"{told}。{self.speaker.say('整改涉及{题}、{业}和{业}等。')}"
        )

    def _parts(self) -> list[Mapping]:
        kinds = ["组织落实", "下一步"]
        if self.speaker.happens(0.15):
            kinds.insert(1, "其他专项")
        return [self._part(kind, _NUMERALS[at]) for at, kind in enumerate(kinds)]

    def _part(self, kind: str, numeral: str) -> Mapping:
        titles, sentences = PARTS[kind]
        self._choose_topics()
        paragraphs = []
        for sentence in sentences:
            if self.speaker.happens(0.6):
                own = self.speaker.say(self.speaker.zipf(BEGINNINGS) + "，" + self.speaker.zipf(ENDINGS) + "。")
                paragraphs.append(self.speaker.say(sentence) + (own if self.speaker.happens(0.5) else ""))
        text = paragraphs or [self.speaker.say(sentences[0])]
        return {"类别": kind, "编号": f"{numeral}、", "标题": self.speaker.zipf(titles), "内容": text}


def _entered(date: str) -> str:
    """Up to three weeks later, by the day itself: another draw of chance would make another corpus of all the rest."""
    day = dt.date.fromisoformat(date)
    return (day + dt.timedelta(days=day.day * 8 % 21)).isoformat()


def _spelled(date: str) -> str:
    year, month, day = date.split("-")
    return f"{year}年{int(month)}月{int(day)}日"


def yaml_text(value: Mapping) -> str:
    """A mapping as the text of a file: what a clerk would type, with quotation marks where YAML needs them."""
    return "".join(f"{line}\n" for line in _lines(value))


def _lines(value: Mapping) -> Iterator[str]:
    for key, inner in value.items():
        if isinstance(inner, str):
            yield f"{key}: {scalar(inner, typed=True)}"
        elif isinstance(inner, dict):
            yield f"{key}:"
            yield from (f"  {line}" for line in _lines(inner))
        elif all(isinstance(item, str) for item in inner):
            yield f"{key}:"
            yield from (f"  - {scalar(item, typed=True)}" for item in inner)
        else:
            yield f"{key}:"
            for item in inner:
                yield from (f"  {'- ' if at == 0 else '  '}{line}" for at, line in enumerate(_lines(item)))


def write(folder: Path, count: int, seed: int = 0) -> None:
    """The tree of ``count`` notices under ``folder``, as ``notices/`` is."""
    for slug, unit, date, notice in notices(count, seed):
        of_unit = folder / slug
        if not of_unit.exists():
            of_unit.mkdir(parents=True)
            (of_unit / "unit.yml").write_text(yaml_text(unit), "utf-8", newline="\n")
        (of_unit / f"{date}.yml").write_text(yaml_text(notice), "utf-8", newline="\n")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.corpus", description=__doc__.split("\n", 1)[0])
    parser.add_argument("count", type=int, metavar="N", help="how many notices")
    parser.add_argument("folder", type=Path, metavar="DIR", help="where to; what is there already stays")
    parser.add_argument("--seed", type=int, default=0, help="another seed, other notices (default 0)")
    arguments = parser.parse_args()
    write(arguments.folder, arguments.count, arguments.seed)


if __name__ == "__main__":
    main()
