"""Feeds: what is new, as RFC 4287 has it, with dates and ids that no later build changes."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from noticeboard.board.board import Board
from noticeboard.problems import CannotRun
from noticeboard.site.feeds.entries import Entry, entries
from noticeboard.site.feeds.formats import ATOM, Feed, atom
from noticeboard.site.feeds.publish import NEWEST, NEWEST_OF_PART, feeds, newest
from noticeboard.site.model.site import Site
from noticeboard.site.settings.masthead import Masthead
from noticeboard.text import NEVER_IN_VALUE
from tests.records import MASTHEAD, NOTICE, UNIT, board_of

BEIJING = "+08:00"
#: As a notice was that nobody has written a day of entry into.
UNDATED = NOTICE.replace("收录: 2024-01-05\n", "")
#: RFC 4151, §2.1.
TAG_URI = re.compile(r"tag:[a-z0-9.\-]+,\d{4}(-\d\d){0,2}:[A-Za-z0-9\-._~!$&'()*+,;=:@/?%]*")


def board_with(folder: Path, notices: dict[str, str]) -> Board:
    """A board of one unit with these notices (DATE → text)."""
    files = {f"shili/{date}.yml": text for date, text in notices.items()}
    return board_of(folder, {"shili/unit.yml": UNIT, **files})[0]


def parsed(content: bytes) -> ET.Element:
    return ET.fromstring(content)  # noqa: S314 - our own


def made(board: Board, masthead: Masthead = MASTHEAD) -> ET.Element:
    return parsed(dict(feeds(Site(board, masthead)))["feed.xml"])


def texts(element: ET.Element, path: str) -> list[str]:
    """The texts of all elements at a path (``entry/title``)."""
    return [found.text or "" for found in element.findall("/".join(f"{{{ATOM}}}{name}" for name in path.split("/")))]


def of(folder: Path, text: str, date: str = "2023") -> list[Entry]:
    """The entries of a unit with one notice of this text."""
    board = board_with(folder, {date: text})
    return list(entries(Site(board, MASTHEAD), board.units[0]))


def check_rfc_4287(root: ET.Element) -> None:
    """What the RFC demands of every feed."""

    def one(parent: ET.Element, name: str) -> ET.Element:
        found = parent.findall(f"{{{ATOM}}}{name}")
        assert len(found) == 1, (parent.tag, name)
        return found[0]

    def link(parent: ET.Element, rel: str) -> str:
        (href,) = [found.get("href", "") for found in parent.findall(f"{{{ATOM}}}link") if found.get("rel") == rel]
        return href

    assert root.tag == f"{{{ATOM}}}feed"
    for thing in (root, *root.findall(f"{{{ATOM}}}entry")):
        # §4.1.1, §4.1.2: one id, one title, one date each; §4.2.1, §3.2.1: an author has a name.
        assert TAG_URI.fullmatch(one(thing, "id").text or "")
        assert one(thing, "title").text
        assert one(one(thing, "author"), "name").text
        # §3.3: a date-time of RFC 3339, with an upper-case T and its offset.
        moment = one(thing, "updated").text or ""
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00", moment)
        assert datetime.fromisoformat(moment)
        # §4.2.7: one alternate of a type; an entry without content must have it.
        assert urlsplit(link(thing, "alternate")).scheme == "https"
    assert link(root, "self") == "https://example.org/feed.xml"
    ids = [*texts(root, "id"), *texts(root, "entry/id")]
    assert len(set(ids)) == len(ids)
    assert texts(root, "entry/updated") == sorted(texts(root, "entry/updated"), reverse=True)
    assert texts(root, "updated") == (texts(root, "entry/updated")[:1] or texts(root, "updated"))


CHANGES = """变更:
  - {日期: 2024-03-01, 内容: 更正电话, 依据: 来函}
  - {日期: 2024-03-01, 内容: 更正地址, 依据: 来函}
  - {日期: 2024-02, 内容: 问题七已完成整改。, 依据: 来函}
"""


def test_a_feed_of_notices_and_changes_keeps_to_the_rfc(tmp_path: Path) -> None:
    root = made(board_with(tmp_path, {"2023": NOTICE, "2024-01_2": NOTICE + CHANGES}))
    check_rfc_4287(root)
    assert len(texts(root, "entry/id")) == 5


def test_a_feed_without_entries_keeps_to_the_rfc_and_is_older_than_any_entry() -> None:
    root = made(Board())
    check_rfc_4287(root)
    assert texts(root, "updated") == ["1970-01-01T00:00:00+08:00"]


def test_a_notice_is_an_entry_in_the_name_of_its_unit(tmp_path: Path) -> None:
    (entry,) = of(tmp_path, NOTICE, "2023-12-14")
    assert entry == Entry(
        id="tag:example.org,2026:notices/shili/2023-12-14",
        title="示例局：示例通报",
        url="https://example.org/notices/shili/2023-12-14/",
        published=datetime.fromisoformat("2024-01-05T00:00:00+08:00"),
        updated=datetime.fromisoformat("2024-01-05T00:00:00+08:00"),
        dated=datetime.fromisoformat("2023-12-14T00:00:00+08:00"),
        author="示例县示例局",
        summary="2023年12月14日落款，2024年1月5日收录。通报未载问题总数，没有逐条列出。非官方整理，内容以原通报为准。",
    )


def test_a_title_that_names_the_unit_stands_alone(tmp_path: Path) -> None:
    assert of(tmp_path, NOTICE.replace("示例通报", "示例局关于整改的通报"))[0].title == "示例局关于整改的通报"


def test_the_editors_overview_is_the_summary(tmp_path: Path) -> None:
    (entry,) = of(tmp_path, NOTICE + "概述: 查出3个问题，都已改好\n")
    assert (
        entry.summary == "2023年12月14日落款，2024年1月5日收录。查出3个问题，都已改好。非官方整理，内容以原通报为准。"
    )


def test_on_the_units_own_site_nothing_is_called_unofficial(tmp_path: Path) -> None:
    board = board_with(tmp_path, {"2023": NOTICE + CHANGES})
    own = Masthead("示例局", "https://example.org/", frozenset(["shili"]), "示例县示例局")
    assert not [entry for entry in entries(Site(board, own), board.units[0]) if "非官方" in entry.summary]
    assert texts(made(board, own), "author/name") == ["示例县示例局"]


@pytest.mark.parametrize(
    ("publication", "moment", "words"),
    [
        ("发布日期: 2023-12-15, 落款日期: 2023-12-14", "2023-12-15T00:00", "2023年12月14日落款，2023年12月15日发布。"),
        ("发布日期: 2023-12-15, 发布时间: '10:58'", "2023-12-15T10:58", "2023年12月15日 10:58发布。"),
        ("发布日期: 2023-12, 发布时间: '10:58'", "2023-12-01T00:00", "2023年12月 10:58发布。"),
        ("落款日期: 2024-02", "2024-02-01T00:00", "2024年2月落款。"),
        ("落款日期: 2024", "2024-01-01T00:00", "2024年落款。"),
        ("落款日期: {原文: 2022年11月15, 可确定: 2022-11}", "2022-11-01T00:00", "2022年11月15落款。"),
        ("落款日期: {原文: 某年某月}", "2023-06-01T00:00", "某年某月落款。"),
        ("来源: 某网站", "2023-06-01T00:00", "2023年6月（发布日期未载）。"),
    ],
    ids=str,
)
def test_an_entry_stands_at_the_first_moment_of_its_date_and_says_it_in_the_records_words(
    tmp_path: Path, publication: str, moment: str, words: str
) -> None:
    (entry,) = of(tmp_path, UNDATED.replace("落款日期: 2023-12-14", publication), "2023-06")
    assert entry.published == entry.updated == entry.dated
    assert entry.updated.isoformat() == f"{moment}:00{BEIJING}"
    assert entry.summary.startswith(words)


def test_an_old_notice_is_new_on_the_day_on_which_it_came(tmp_path: Path) -> None:
    came = NOTICE.replace("收录: 2024-01-05", "收录: 2026-11-30").replace("2023-12-14", "2021-03-01")
    board = board_with(tmp_path, {"2021-03-01": came, "2023-12-14": NOTICE})
    root = made(board)
    check_rfc_4287(root)
    assert texts(root, "entry/id") == [
        f"tag:example.org,2026:notices/shili/{day}" for day in ("2021-03-01", "2023-12-14")
    ]
    assert texts(root, "updated") == ["2026-11-30T00:00:00+08:00"]
    assert texts(root, "entry/published") == ["2026-11-30T00:00:00+08:00", "2024-01-05T00:00:00+08:00"]
    assert "2021年3月1日落款，2026年11月30日收录。" in texts(root, "entry/summary")[0]


def test_of_what_came_on_one_day_the_newest_notice_stands_first(tmp_path: Path) -> None:
    days = ("2021-03-01", "2023-12-14", "2022-05-05")
    board = board_with(tmp_path, {day: NOTICE.replace("2023-12-14", day) for day in days})
    found = [one.rpartition("/")[2] for one in texts(made(board), "entry/id")]
    assert found == ["2023-12-14", "2022-05-05", "2021-03-01"]


def test_a_day_of_entry_gives_no_entry_another_id(tmp_path: Path) -> None:
    before, after = of(tmp_path / "before", UNDATED + CHANGES), of(tmp_path / "after", NOTICE + CHANGES)
    assert [entry.id for entry in before] == [entry.id for entry in after]


def test_changes_that_came_with_a_notice_are_new_when_it_is(tmp_path: Path) -> None:
    came = NOTICE.replace("收录: 2024-01-05", "收录: 2024-02-20")
    _, february, march, _ = of(tmp_path, came + CHANGES)
    assert (february.updated.isoformat(), february.dated.isoformat()) == (
        "2024-02-20T00:00:00+08:00",
        "2024-02-01T00:00:00+08:00",
    )
    assert march.updated.isoformat() == "2024-03-01T00:00:00+08:00"


def test_a_change_is_an_entry_of_its_own_that_leads_to_the_changes(tmp_path: Path) -> None:
    _, _, change, *_ = of(tmp_path, NOTICE + CHANGES)
    assert (change.title, change.updated.isoformat()) == ("变更：示例局：示例通报", "2024-03-01T00:00:00+08:00")
    assert change.url == "https://example.org/notices/shili/2023/#changes"
    assert change.summary == "2024年3月1日：更正电话。依据：来函。非官方整理，内容以原通报为准。"


def test_a_change_whose_day_is_lost_is_as_old_as_its_notice(tmp_path: Path) -> None:
    notice, change = of(tmp_path, NOTICE + "变更: [{日期: {原文: 某日}, 内容: 更正电话, 依据: 来函}]\n")
    assert (change.id, change.updated) == (f"{notice.id}/changes/undated", notice.updated)
    assert change.summary.startswith("某日：更正电话。")


def test_changes_are_told_apart_by_their_day_and_a_later_one_renames_none(tmp_path: Path) -> None:
    before = [entry.id for entry in of(tmp_path / "1", NOTICE + CHANGES)]
    after = [
        entry.id for entry in of(tmp_path / "2", NOTICE + CHANGES + "  - {日期: 2024-03-01, 内容: 丙, 依据: 来函}\n")
    ]
    assert [one.partition("2023")[2] for one in after] == [
        "",
        "/changes/2024-02",
        "/changes/2024-03-01",
        "/changes/2024-03-01_2",
        "/changes/2024-03-01_3",
    ]
    assert after[:-1] == before


@pytest.mark.parametrize(
    ("site_url", "id_"),
    [
        ("https://example.org/", "tag:example.org,2026:notices/shili/2023"),
        ("http://EXAMPLE.org:8080/", "tag:example.org,2026:notices/shili/2023"),
        ("https://example.org/a/b/", "tag:example.org,2026:a/b/notices/shili/2023"),
        ("https://公开.中国/栏/", "tag:xn--55qw44a.xn--fiqs8s,2026:%E6%A0%8F/notices/shili/2023"),
    ],
)
def test_an_id_holds_of_the_sites_address_only_what_tells_two_sites_apart(site_url: str, id_: str) -> None:
    made_id = Masthead("示例公开栏", site_url).tag("notices/shili/2023")
    assert made_id == id_
    assert TAG_URI.fullmatch(made_id)


@pytest.mark.parametrize(
    "site_url", ["https://:8000/", "https://[::1]/", "https://[/", "https://a..b/", "https://a_b/"]
)
def test_a_site_without_a_domain_name_cannot_have_ids(site_url: str) -> None:
    with pytest.raises(CannotRun, match="没有可用的域名"):
        Masthead("示例公开栏", site_url).tag("feed")


def test_the_newest_entries_are_the_ones_that_stay() -> None:
    moments = [datetime.fromisoformat(f"2023-01-01T{hour:02d}:00:00+08:00") for hour in range(20)]
    kept = newest((Entry(str(at), "", "", moment, moment, moment, "", "") for at, moment in enumerate(moments)), 5)
    assert [entry.updated for entry in kept] == moments[:-6:-1]


def test_a_feed_has_so_many_entries_that_of_a_part_fewer(tmp_path: Path) -> None:
    changes = "".join(f"- {{日期: 2024-01-{day:02}, 内容: 更正, 依据: 来函}}\n" for day in range(1, 29))
    notices = {f"shili/202{year}.yml": f"{NOTICE}变更:\n{changes}" for year in (1, 2)}
    board, _ = board_of(tmp_path, {"shili/unit.yml": UNIT, **notices})
    made = dict(feeds(Site(board, MASTHEAD)))
    counts = [len(json.loads(made[path])["items"]) for path in ("feed.json", "units/shili/feed.json")]
    assert counts == [NEWEST, NEWEST_OF_PART]


def test_the_order_of_units_leaves_no_trace(tmp_path: Path) -> None:
    files = {"a/unit.yml": UNIT, "a/2023.yml": NOTICE, "b/unit.yml": UNIT, "b/2023.yml": NOTICE}
    board, _ = board_of(tmp_path, files)
    assert dict(feeds(Site(board, MASTHEAD))) == dict(feeds(Site(Board(board.units[::-1]), MASTHEAD)))


@given(st.text().filter(lambda text: not NEVER_IN_VALUE.search(text)))
def test_no_text_becomes_markup(text: str) -> None:
    moment = datetime.fromisoformat("2023-01-01T00:00:00+08:00")
    entry = Entry("tag:example.org,2026:x", text, "https://example.org/", moment, moment, moment, text, text, (text,))
    root = parsed(atom(Feed("tag:example.org,2026:feed", text, text, "", "", (entry,))))
    for path in ("title", "author/name", "entry/title", "entry/author/name", "entry/summary"):
        assert texts(root, path) == [text]


def test_each_unit_and_each_topic_has_a_feed_of_its_own(tmp_path: Path) -> None:
    files = {
        "a/unit.yml": UNIT,
        "a/2023.yml": NOTICE + "问题: [{标识: i-1, 标题: 甲, 主题: 换届}]\n",
        "b/unit.yml": UNIT,
        "b/2024.yml": NOTICE,
    }
    board, _ = board_of(tmp_path, files)
    made_feeds = dict(feeds(Site(board, MASTHEAD)))
    for path, ids in {
        "feed.xml": ["a/2023", "b/2024"],
        "units/a/feed.xml": ["a/2023"],
        "units/b/feed.xml": ["b/2024"],
        "topics/term-renewal/feed.xml": ["a/2023"],
        "topics/finance/feed.xml": [],
    }.items():
        root = parsed(made_feeds[path])
        assert sorted(texts(root, "entry/id")) == [f"tag:example.org,2026:notices/{one}" for one in ids]
        assert texts(root, "id") == [f"tag:example.org,2026:{path.removesuffix('.xml')}"]
        (own,) = [link.get("href") for link in root.findall(f"{{{ATOM}}}link") if link.get("rel") == "self"]
        assert own == f"https://example.org/{path}"


def test_every_feed_is_there_in_both_formats_with_the_same_entries(tmp_path: Path) -> None:
    made_feeds = dict(feeds(Site(board_with(tmp_path, {"2023": NOTICE + CHANGES}), MASTHEAD)))
    paths = {path.rpartition(".")[0] for path in made_feeds}
    assert sorted(made_feeds) == sorted(f"{path}.{suffix}" for path in paths for suffix in ("xml", "json"))
    for path in paths:
        as_json = json.loads(made_feeds[f"{path}.json"])
        assert [item["id"] for item in as_json["items"]] == texts(parsed(made_feeds[f"{path}.xml"]), "entry/id")


def test_a_json_feed_keeps_to_version_1_1(tmp_path: Path) -> None:
    """jsonfeed.org/version/1.1: what must be there, and what each item must have."""
    topic = "问题: [{标识: i-1, 标题: 甲, 主题: 换届}]\n"
    feed = json.loads(dict(feeds(Site(board_with(tmp_path, {"2023": NOTICE + topic}), MASTHEAD)))["feed.json"])
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert (feed["title"], feed["home_page_url"]) == ("示例公开栏", "https://example.org/")
    assert feed["feed_url"] == "https://example.org/feed.json"
    assert feed["items"] == [
        {
            "id": "tag:example.org,2026:notices/shili/2023",
            "url": "https://example.org/notices/shili/2023/",
            "title": "示例局：示例通报",
            "content_text": "2023年12月14日落款，2024年1月5日收录。通报未载问题总数，逐条列出1个。"
            "非官方整理，内容以原通报为准。",
            "date_published": "2024-01-05T00:00:00+08:00",
            "date_modified": "2024-01-05T00:00:00+08:00",
            "authors": [{"name": "示例县示例局"}],
            "tags": ["换届"],
            "language": "zh-CN",
        }
    ]


def test_feedparser_reads_it(tmp_path: Path) -> None:
    made_feeds = dict(feeds(Site(board_with(tmp_path, {"2023": NOTICE + CHANGES}), MASTHEAD)))
    read = feedparser.parse(made_feeds["feed.xml"])
    assert not read.bozo
    assert read.version == "atom10"
    assert [entry.title for entry in read.entries] == [*["变更：示例局：示例通报"] * 3, "示例局：示例通报"]
    assert read.entries[0].updated_parsed[:3] == (2024, 2, 29)  # the first of March in Beijing, in UTC
    assert read.entries[-1].author == "示例县示例局"


LIFE = """问题:
  - 标识: i-1
    标题: 账目不清
    主题: 资产管理
    状态: 已完成整改
    变更:
      - {日期: 2024-03-01, 内容: 盘点完成, 原状态: 正在整改, 现状态: 已完成整改, 依据: 来函}
"""


def test_a_change_of_an_issue_tells_from_which_status_to_which_and_leads_to_the_issue(tmp_path: Path) -> None:
    _, change = of(tmp_path, NOTICE + LIFE)
    assert change.id == "tag:example.org,2026:notices/shili/2023/i-1/changes/2024-03-01"
    assert change.url == "https://example.org/notices/shili/2023/#i-1"
    assert change.title == "变更：示例局：示例通报：账目不清"
    assert change.summary.startswith("2024年3月1日：正在整改 → 已完成整改。盘点完成。依据：来函。")
    assert change.topics == ("资产管理",)


def test_a_later_notice_tells_what_became_of_the_issues_that_it_carries_on(tmp_path: Path) -> None:
    earlier = "问题: [{标识: i-1, 标题: 账目不清, 状态: 正在整改}]\n"
    later = "问题: [{标识: i-4, 标题: 账目不清, 状态: 已完成整改, 承接: 2023#i-1}]\n"
    board = board_with(tmp_path, {"2023": NOTICE + earlier, "2024": NOTICE + later})
    newer, _ = entries(Site(board, MASTHEAD), board.units[0])
    assert "承接以前通报的1个问题：账目不清，正在整改 → 已完成整改。" in newer.summary


def test_a_withdrawn_notice_keeps_its_id_and_tells_nothing_but_why(tmp_path: Path) -> None:
    withdrawn = NOTICE + "概述: 不再公布的话\n状态: {词语: 撤下, 日期: 2024-05-06, 原因: 重复公布}\n"
    (entry,) = of(tmp_path, withdrawn)
    assert entry == Entry(
        id="tag:example.org,2026:notices/shili/2023",
        title="撤下：示例局：示例通报",
        url="https://example.org/notices/shili/2023/",
        published=datetime.fromisoformat("2024-01-05T00:00:00+08:00"),
        updated=datetime.fromisoformat("2024-05-06T00:00:00+08:00"),
        dated=datetime.fromisoformat("2023-12-14T00:00:00+08:00"),
        author="示例县示例局",
        summary="2024年5月6日撤下。原因：重复公布。",
    )


def test_a_unit_with_a_new_name_makes_no_new_entries(tmp_path: Path) -> None:
    def ids(folder: str, unit: str) -> list[str]:
        board, problems = board_of(tmp_path / folder, {f"{folder}/unit.yml": unit, f"{folder}/2023.yml": NOTICE})
        assert problems == []
        root = parsed(dict(feeds(Site(board, MASTHEAD)))[f"units/{folder}/feed.xml"])
        return [*texts(root, "id"), *texts(root, "entry/id")]

    assert ids("xin", UNIT + "旧址: [shili]\n") == ids("shili", UNIT)


def test_a_site_that_moves_makes_no_new_entries(tmp_path: Path) -> None:
    board = board_with(tmp_path, {"2023": NOTICE})
    moved = Masthead("示例公开栏", "https://xin.example.org/", first_url="https://example.org/")
    assert texts(made(board, moved), "entry/id") == texts(made(board), "entry/id")
    assert texts(made(board, moved), "id") == texts(made(board), "id")
