"""A fault of the program is said to be the program's: one line with its place, exit code 2, never a traceback."""

from __future__ import annotations

import pytest

from noticeboard.commands import check as command
from noticeboard.commands import main


def test_a_fault_of_the_program_is_told_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stumbles(*_: object) -> None:
        raise KeyError("甲\n乙" + "长" * 1000)

    monkeypatch.setattr(command, "check", stumbles)
    assert main(["check"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("无法运行：程序出错（noticeboard/commands/check.py 第 ")
    assert "KeyError" in line
    assert line.endswith("请把这句话和用到的文件报告给维护者")
    assert len(line) < 400
