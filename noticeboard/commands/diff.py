"""``diff``: what a change changes, in words, for the person who reviews it."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from noticeboard import site
from noticeboard.comparison import Changed

HELP = "用文字说出改了什么，给审核的人看"


def register(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``diff``."""
    parser.add_argument(
        "revision", nargs="?", default="HEAD", metavar="REV", help="与 git 的这个版本相比（默认 HEAD，上次提交）"
    )
    parser.add_argument("--notices", type=Path, metavar="DIR", help="通报所在的文件夹（默认 notices/）")
    parser.add_argument("--format", choices=sorted(FORMATS), default="text", help="输出的样式")


def run(arguments: argparse.Namespace) -> int:
    """0 all was compared, 1 some files cannot be read now and were not."""
    compared = site.changes(arguments.revision, arguments.notices)
    sys.stdout.write(FORMATS[arguments.format](compared.changed))
    count = len(compared.changed)
    print(
        f"与 {arguments.revision} 相比，{count} 个文件说的有变化"
        if count
        else f"与 {arguments.revision} 相比，没有变化",
        file=sys.stderr,
    )
    for file in sorted(compared.unreadable):
        print(f"没有比较 {file}：有错误，先用 check 改好", file=sys.stderr)
    return 1 if compared.unreadable else 0


def as_text(changed: Sequence[Changed]) -> str:
    """A file with what became of it, and its lines below."""
    return "".join(
        f"{one.what.value} {one.subject}（{one.file}）\n" + "".join(f"  {line}\n" for line in one.lines)
        for one in changed
    )


def as_markdown(changed: Sequence[Changed]) -> str:
    """The same as a table, for a summary on GitHub."""
    if not changed:
        return "通报和单位没有变化。\n"
    rows = "".join(
        f"| {in_markdown(one.subject)} | {one.what.value} | {'<br>'.join(map(in_markdown, one.lines))} |\n"
        for one in changed
    )
    return f"| 通报 | | 变化 |\n| --- | --- | --- |\n{rows}"


def in_markdown(text: str) -> str:
    """Text of a record in a table of Markdown: nothing in it is a mark, a mention, a link or an end of line."""
    return "".join(
        # A character reference stands for the sign itself, whatever the sign means in Markdown or HTML.
        character if character.isalnum() or character in " ，。、；：“”（）《》→-" else f"&#{ord(character)};"
        for character in " ".join(text.split())
    )


def as_json(changed: Sequence[Changed]) -> str:
    """A list of objects: subject, what (``added``, ``changed``, ``removed``, ``retired``), file, address, lines."""
    rows = [
        {
            "subject": one.subject,
            "what": one.what.name.lower(),
            "file": one.file.as_posix(),
            "address": one.address,
            "lines": list(one.lines),
        }
        for one in changed
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


FORMATS: dict[str, Callable[[Sequence[Changed]], str]] = {"text": as_text, "markdown": as_markdown, "json": as_json}
