"""``check --fix``: what has exactly one answer is mended and shown; everything else stays character by character."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noticeboard.reading.fix import mended
from noticeboard.reading.read import read_bytes
from noticeboard.record.model import Notice, Unit
from tests import five
from tests.program import run
from tests.records import FILE, NOTICE, UNIT, write


def mend(text: str | bytes) -> str:
    content = text if isinstance(text, bytes) else text.encode("utf-8")
    return mended(FILE, content, Notice).after.decode("utf-8")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"\xef\xbb\xbf" + NOTICE.encode(), NOTICE),
        (NOTICE.replace("\n", "\r\n").encode(), NOTICE),
        (NOTICE.replace("标题: ", "标题："), NOTICE),
        (NOTICE.replace("标题: ", "标题：\u3000"), NOTICE),
        (NOTICE.replace("{内容: 摘要", "{内容：摘要"), NOTICE),
        (NOTICE.replace("{内容: 摘要, 落款日期: ", "{内容：摘要, 落款日期："), NOTICE),
        (NOTICE + "巡察：\n  巡察组：甲\n", NOTICE + "巡察:\n  巡察组: 甲\n"),
        (NOTICE.replace("\n", " \t\n"), NOTICE),
        ("# 注释  \n\n\n" + NOTICE + "概述：甲 # 留着\n", "# 注释\n\n\n" + NOTICE + "概述: 甲 # 留着\n"),
    ],
    ids=["bom", "crlf", "colon", "wide blank", "in braces", "two in braces", "mapping", "trailing blanks", "comments"],
)
def test_what_has_one_answer_is_mended(before: str | bytes, after: str) -> None:
    assert mend(before) == after
    assert mend(after) == after


@pytest.mark.parametrize(
    "text",
    [
        NOTICE + "概述: 电话：0000-1234560\n",
        NOTICE + "概述: |\n  电话：甲  \n  乙\n",
        NOTICE + "概述：甲：乙\n".replace("概述：", "概述: "),
        NOTICE + "谁知道：甲\n",
        NOTICE + "巡察:\n\t巡察组: 甲\n",
        NOTICE.replace("文种: 巡察整改进展", "文种: 巡察整改"),
        NOTICE + '概述: "没有成对\n',
    ],
    ids=["colon in text", "block text", "second colon", "unknown key", "tab", "wrong word", "open quote"],
)
def test_what_has_more_than_one_answer_or_is_no_slip_stays(text: str) -> None:
    assert mend(text) == text


def test_other_encodings_are_not_guessed_at() -> None:
    content = NOTICE.encode("gbk")
    assert mended(FILE, content, Notice).after == content


@given(st.text(alphabet=st.sampled_from(list("标题文种概述：: \t\r\n\u3000-#|>\"'{}[],甲")), max_size=60))
def test_mending_any_text_ends_and_a_readable_record_stays_the_same(more: str) -> None:
    content = (NOTICE + more).encode("utf-8")
    one = mended(FILE, content, Notice)
    record = read_bytes(FILE, content, Notice).record
    if record is not None:
        assert read_bytes(FILE, one.after, Notice).record == record
    assert mended(FILE, one.after, Notice).after == one.after


def test_the_real_notices_need_no_mending() -> None:
    assert not [file for file in five.NOTICES if mended(file, file.read_bytes(), Notice).changes]


def test_the_command_shows_what_it_mended_then_checks(tmp_path: Path) -> None:
    file = (
        write(tmp_path, {"shili/unit.yml": UNIT, "shili/2023.yml": NOTICE.replace("标题: ", "标题：")})
        / "shili/2023.yml"
    )
    file.chmod(0o640)
    done = run("check", "--fix", "--notices", tmp_path)
    assert done.returncode == 0
    assert f"改了 {file}" in done.stderr
    assert "  -标题：示例通报\n  +标题: 示例通报\n" in done.stderr
    assert "自动改了 1 个文件（共 2 个）" in done.stderr
    assert (file.read_text(encoding="utf-8"), oct(file.stat().st_mode & 0o777)) == (NOTICE, "0o640")
    assert "没有可以自动改的" in run("check", "--fix", file).stderr


def test_blanks_at_line_ends_are_shown_as_dots() -> None:
    shown = list(mended(FILE, NOTICE.replace("通报\n", "通报  \n", 1).encode(), Notice).shown())
    assert "-标题: 示例通报··" in shown


@pytest.mark.skipif(os.geteuid() == 0, reason="root 什么都能写，写不了的情形试不出来：换普通用户运行")
def test_a_folder_that_cannot_be_written_is_said_and_the_file_stays(tmp_path: Path) -> None:
    folder = write(tmp_path, {"shili/unit.yml": UNIT, "shili/2023.yml": NOTICE.replace("标题: ", "标题：")}) / "shili"
    folder.chmod(0o500)
    done = run("check", "--fix", folder)
    folder.chmod(0o700)
    assert (done.returncode, "写不了文件" in done.stderr) == (2, True)
    assert (folder / "2023.yml").read_text(encoding="utf-8").startswith("标题：")


@pytest.mark.parametrize(
    "text",
    [f"标题: 甲{' ' * 200_000}乙\n", "概述：甲\n" * 5_000, f"标题: {'甲' * 400_000}\n"],
    ids=["blanks", "colons", "too large"],
)
def test_a_long_line_or_many_slips_are_mended_in_bounded_time(text: str) -> None:
    begun = time.process_time()
    mended(FILE, text.encode(), Notice)
    # What looks at every blank from every other one takes a minute.
    assert time.process_time() - begun < 5


def test_slips_that_show_themselves_one_after_the_other_are_all_mended_in_one_run() -> None:
    # Two lines that were joined: as long as the file cannot be read, each mended colon shows the next.
    region = "地区：{省：湖南省, 市：示例市, 县：示例县, 代码：439999}"
    once = mended(FILE, f"全称：示例县示例局\n{region}{region}\n级别：县\n".encode(), Unit).after
    assert mended(FILE, once, Unit).after == once
    assert "代码: 439999}地区" in once.decode()
