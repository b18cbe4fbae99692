"""The command line: one module a command, each with ``register`` (its arguments) and ``run`` (its exit code)."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from types import ModuleType

from noticeboard import faults
from noticeboard.commands.arguments import Parser
from noticeboard.problems import CannotRun, reason

#: What each command does. Its module is read when it is asked for: all of them together take a second and more.
_COMMANDS = {
    "build": "检查通报并生成整个网站",
    "check": "检查通报：说出哪里不对、怎样改",
    "comment": "把 preview 写的 changed.json 写成合并请求的评论（工作流用）",
    "diff": "用文字说出改了什么，给审核的人看",
    "explain": "解释一个问题代码：什么意思，怎样改，不对和对的例子",
    "form": "把网页表单的内容写成草稿和答复（工作流用）",
    "import": "把 Word、Excel、PDF、网页或文本文件转换成通报的草稿",
    "new": "新建一份空白的通报，每个键都有说明；新单位连 unit.yml 一起建",
    "pages": "只生成 Markdown 页面（然后可以直接运行 mkdocs build）",
    "preview": "给审核的人：改动的每份通报各一个双击就能打开的网页，和一份摘要",
    "schema": "写出通报文件、单位文件的 JSON Schema，编辑器用它提示和补全",
    "serve": "在本机浏览器里预览，文件一保存就更新",
    "upkeep": "列出该核对的联系方式；加 --links 再问来源的网址还在不在（要联网）",
    "verify": "核对网站与它的清单（data/manifest.json）：缺少、多出、内容不同的文件",
}


def main(arguments: Sequence[str]) -> int:
    """Run one command; 0 done, 1 problems of content, 2 could not run."""
    whole = _whole(arguments)
    try:
        parsed = _parser(whole[0]).parse_args(whole)
        return int(parsed.run(parsed))
    except CannotRun as cannot:
        print(f"无法运行：{cannot}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"无法运行：{error.filename or ''} {reason(error)}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("已中止。", file=sys.stderr)
        return 130
    except Exception as fault:
        # For whoever mends it: python -X dev build_site.py … shows the whole way to the fault.
        if sys.flags.dev_mode:
            raise
        print(f"无法运行：{faults.told(fault)}", file=sys.stderr)
        return 2


def load(arguments: Sequence[str]) -> None:
    """Read the module of the command. Raises ``ModuleNotFoundError`` where a library that it needs is missing."""
    command = _whole(arguments)[0]
    if command in _COMMANDS:
        _module(command)


def _whole(arguments: Sequence[str]) -> list[str]:
    """With the usual command where none is named."""
    is_named = arguments and (not arguments[0].startswith("-") or arguments[0] in ("-h", "--help"))
    return [*arguments] if is_named else ["build", *arguments]


def _module(command: str) -> ModuleType:
    # "import" is a word of the language.
    return importlib.import_module(f"{__name__}.{'import_' if command == 'import' else command}")


def _parser(asked: str) -> argparse.ArgumentParser:
    parser = Parser(prog="build_site.py", description="党务公开栏：检查通报，生成网站。不写命令就是 build。")
    commands = parser.add_subparsers(title="命令", metavar="命令", required=True)
    for name, purpose in _COMMANDS.items():
        command = commands.add_parser(name, help=purpose, description=purpose)
        if name == asked:
            module = _module(name)
            module.register(command)
            command.set_defaults(run=module.run)
    return parser
