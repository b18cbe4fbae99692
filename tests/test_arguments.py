"""Arguments that are wrong: one line in Chinese that says what, and how to go on; exit code 2."""

from __future__ import annotations

import pytest

from tests.program import run, run_alone


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["建站"], "没有命令“建站”；有：build、check、comment、diff"),
        (
            ["check", "--format", "x"],
            "--format 不能写“x”；可以写：github、json、text（运行 python build_site.py check ",
        ),
        (["check", "--format"], "--format 后面还要写一个值"),
        (["check", "--fix=1"], "--fix 后面不写值，写的是“1”"),
        (["--nope"], "不认识“--nope”"),
        (["check", "--f"], "“--f”有几个意思：--format、--fix"),
        (["new"], "还要写 UNIT"),
        (["preview", "--number", "a"], "--number 不能写“a”"),
    ],
)
def test_a_mistake_is_told_in_one_short_line_with_the_way_on(arguments: list[str], told: str) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"无法运行：参数有误：{told}")
    assert done.stderr.endswith(" --help 看用法）\n")
    assert len(done.stderr) < 250


@pytest.mark.parametrize("port", ["0", "-1", "99999", "1e3", "八千", ""])
def test_what_is_no_port_is_said_with_what_would_be(port: str) -> None:
    done = run("serve", "--port", port)
    assert done.returncode == 2
    assert done.stderr == f"无法运行：--port 的“{port}”不是端口；写 1 到 65535 之间的数\n"


def test_help_is_in_chinese_but_for_the_names() -> None:
    told = run_alone("check", "--help").stdout
    assert told.startswith("用法：build_site.py check [-h]")
    assert [word for word in ("usage", "options", "arguments", "show") if word in told] == []
