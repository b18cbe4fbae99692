"""``schema``: the JSON Schema of the files, for editors and other programs."""

from __future__ import annotations

import argparse
import json
import sys

from noticeboard import paths
from noticeboard.files import rewrite
from noticeboard.problems import CannotRun
from noticeboard.record.model import Notice, Record, Unit
from noticeboard.record.schema import file_schema
from noticeboard.site import engine
from noticeboard.site.data.schema import published_schema

_KINDS: dict[str, type[Record]] = {"notice": Notice, "unit": Unit}
#: Where editors find them; the comment line of each file and .vscode/settings.json point here.
EDITOR_FILES = {kind: paths.ROOT / ".vscode" / f"{kind}.schema.json" for kind in _KINDS}


def register(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``schema``."""
    parser.add_argument(
        "kind",
        nargs="?",
        choices=[*_KINDS, "data"],
        default="notice",
        help="notice 通报文件（默认），unit 单位文件，data 公开的数据",
    )
    parser.add_argument("--write", action="store_true", help="更新 .vscode/ 里给编辑器用的两份，不显示")


def run(arguments: argparse.Namespace) -> int:
    """0; a folder that cannot be written is said (2)."""
    if arguments.write:
        for kind, file in EDITOR_FILES.items():
            if not file.is_file():
                raise CannotRun(f"找不到 {file}")
            rewrite(file, of_files(kind).encode("utf-8"))
            print(file, file=sys.stderr)
    elif arguments.kind == "data":
        sys.stdout.write(_written(published_schema(engine.settings(paths.CONFIG).masthead)))
    else:
        sys.stdout.write(of_files(arguments.kind))
    return 0


def of_files(kind: str) -> str:
    """The schema of notices' or units' files as it lies beside them: the same for every site."""
    return _written(file_schema(_KINDS[kind]))


def _written(schema: object) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
