"""The command line: one module a command, each with ``register`` (its arguments) and ``run`` (its exit code)."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from noticeboard.commands import (
    build,
    check,
    comment,
    diff,
    explain,
    form,
    import_,
    new,
    pages,
    preview,
    schema,
    serve,
    upkeep,
    verify,
)
from noticeboard.problems import CannotRun

_COMMANDS = {
    "build": build,
    "check": check,
    "comment": comment,
    "diff": diff,
    "explain": explain,
    "form": form,
    "import": import_,
    "new": new,
    "pages": pages,
    "preview": preview,
    "schema": schema,
    "serve": serve,
    "upkeep": upkeep,
    "verify": verify,
}


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> None:  # type: ignore[override]
        raise CannotRun(f"参数有误：{message}（运行 python build_site.py --help 看用法）")


def main(arguments: Sequence[str]) -> int:
    """Run one command; 0 done, 1 problems of content, 2 could not run."""
    arguments = list(arguments)
    if not arguments or (arguments[0].startswith("-") and arguments[0] not in ("-h", "--help")):
        arguments.insert(0, "build")
    try:
        parsed = _parser().parse_args(arguments)
        return int(parsed.run(parsed))
    except CannotRun as reason:
        print(f"无法运行：{reason}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"无法运行：{error.filename or ''} {error.strerror or error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("已中止。", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="build_site.py", description="党务公开栏：检查通报，生成网站。不写命令就是 build。")
    commands = parser.add_subparsers(title="命令", metavar="命令", required=True)
    for name, module in _COMMANDS.items():
        command = commands.add_parser(name, help=module.HELP, description=module.HELP)
        module.register(command)
        command.set_defaults(run=module.run)
    return parser
