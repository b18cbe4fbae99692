"""``diff``: what a change changes, in words, for the person who reviews it."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from noticeboard.changes.table import as_markdown
from noticeboard.changes.words import Changed
from noticeboard.checking.check import read_folder


def register(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``diff``."""
    parser.add_argument(
        "revision", nargs="?", default="HEAD", metavar="REV", help="与 git 的这个版本相比（默认 HEAD，上次提交）"
    )
    parser.add_argument("--notices", type=Path, metavar="DIR", help="通报所在的文件夹（默认 notices/）")
    parser.add_argument("--format", choices=sorted(FORMATS), default="text", help="输出的样式")


def run(arguments: argparse.Namespace) -> int:
    """0 all was compared, 1 some files cannot be read now and were not."""
    compared = read_folder(arguments.notices, arguments.revision)
    sys.stdout.write(FORMATS[arguments.format](compared.changed))
    count = len(compared.changed)
    of = "读得出来的文件" if compared.unreadable else ""
    found = f"{count} 个文件说的有变化" if count else f"{of}没有变化"
    print(f"与 {arguments.revision} 相比，{found}", file=sys.stderr)
    for file in sorted(compared.unreadable):
        print(f"没有比较 {file}：有错误，先用 check 改好", file=sys.stderr)
    return 1 if compared.unreadable else 0


def as_text(changed: Sequence[Changed]) -> str:
    """A file with what became of it, and its lines below."""
    return "".join(
        f"{change.what.value} {change.subject}（{change.file}）\n" + "".join(f"  {line}\n" for line in change.lines)
        for change in changed
    )


def as_json(changed: Sequence[Changed]) -> str:
    """A list of objects: subject, what (``added``, ``changed``, ``removed``, ``retired``), file, address, lines."""
    rows = [
        {
            "subject": change.subject,
            "what": change.what.name.lower(),
            "file": change.file.as_posix(),
            "address": change.page.path,
            "lines": change.lines,
        }
        for change in changed
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


FORMATS: dict[str, Callable[[Sequence[Changed]], str]] = {"text": as_text, "markdown": as_markdown, "json": as_json}
