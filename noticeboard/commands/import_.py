"""``import``: a draft of the record from a document; or where a record and a document differ."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from noticeboard import paths
from noticeboard.board import folders
from noticeboard.board.board import Board, OtherFolder, next_name
from noticeboard.commands import clock, report
from noticeboard.faults import told
from noticeboard.files import create
from noticeboard.intake.documents import limits
from noticeboard.intake.documents.apart import read_apart
from noticeboard.intake.documents.document import Unreadable
from noticeboard.intake.drafting.account import Unproven
from noticeboard.intake.drafting.draft import plain
from noticeboard.intake.drafting.facts import differences
from noticeboard.intake.drafting.importing import Imported, explain, import_read
from noticeboard.problems import CannotRun, reason
from noticeboard.reading.read import read
from noticeboard.reading.yaml import parse
from noticeboard.record.dates import PartialDate
from noticeboard.record.model import Unit
from noticeboard.record.unitnames import other_place

STANDARD_INPUT = Path("-")


def register(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``import``."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="文件，可以有几个；- 是标准输入")
    parser.add_argument(
        "-o", "--output", type=Path, metavar="PATH", help="写到哪里：文件夹（例如 notices）或 .yml 文件；不写就显示出来"
    )
    parser.add_argument("--notices", type=Path, metavar="DIR", help="已有的通报，用来认出单位（默认 notices/）")
    parser.add_argument("--explain", action="store_true", help="说出每个值来自原文的哪一句")
    parser.add_argument("--compare", type=Path, metavar="NOTICE", help="不写草稿，只说这份已有的通报与文件有哪些不同")


def run(arguments: argparse.Namespace) -> int:
    """0 all drafts are made (or nothing differs), 1 a document could not be taken in (or something differs).

    One file that fails costs no other. What is not the content of a lone file raises ``CannotRun``.
    """
    is_alone = len(arguments.files) == 1
    if not is_alone and (arguments.output is None or arguments.output.suffix == ".yml"):
        raise CannotRun("几个文件要写到一个文件夹里：加上 -o 文件夹")
    if arguments.compare and not is_alone:
        raise CannotRun("--compare 一次比较一个文件")
    board = _board(arguments.notices, arguments.output)
    entered = clock.today()
    written: set[Path] = set()
    failed = 0
    for file in arguments.files:
        try:
            imported = _imported(file, board, entered)
            if arguments.compare:
                return _compare(arguments.compare, imported)
            failed += not _deliver(file, imported, arguments.output, written, explained=arguments.explain)
            if imported.unit is not None:
                # The next file may be of the same new unit, or of another whose name is spelt alike.
                begun = OtherFolder(imported.issuer.slug, (imported.issuer.name,) if imported.issuer.name else ())
                board = replace(board, others=(*board.others, begun))
        except Unreadable as refused:
            print(f"{file}: 没有转换：{refused}", file=sys.stderr)
            failed += 1
        except (CannotRun, OSError) as error:
            if is_alone:
                raise
            words = f"{error.filename or ''} {reason(error)}".strip() if isinstance(error, OSError) else error
            print(f"{file}: 没有转换：{words}", file=sys.stderr)
            failed += 1
    if not is_alone:
        count = len(arguments.files)
        print(f"共 {count} 个文件：写出 {count - failed} 个，没有写 {failed} 个", file=sys.stderr)
    return 1 if failed else 0


def _board(notices: Path | None, output: Path | None) -> Board:
    """The units that are known, and all names that are taken there and in the folder that is written to."""
    if notices is not None and not notices.is_dir():
        raise CannotRun(f"找不到文件夹 {notices}" if not notices.exists() else f"{notices} 不是文件夹")
    board = folders.known(notices or paths.NOTICES)
    if output is None or output.suffix == ".yml":
        return board
    units = {unit.slug for unit in board.units}
    beside = (other for other in folders.standing_names(output) if other.slug not in units)
    return replace(board, others=(*board.others, *beside))


def _imported(file: Path, board: Board, entered: PartialDate) -> Imported:
    """The draft of a file. Raises ``Unreadable``, and ``CannotRun`` where it is not there or this program fails."""
    name = "标准输入" if file == STANDARD_INPUT else file.name
    content = _content(file)
    try:
        return import_read(name, read_apart(name, content), board, entered)
    except Unreadable:
        raise
    except Unproven as fault:
        raise CannotRun(f"{file}：转换的结果与原文对不上（{fault}），没有写出；这是程序的错误，请报告") from fault
    except Exception as error:
        raise CannotRun(f"{file}：{told(error)}") from error


def _content(file: Path) -> bytes:
    """The bytes of a file, one more at most than a reader takes: the reader says that there are too many."""
    if file == STANDARD_INPUT:
        return sys.stdin.buffer.read(limits.FILE + 1)
    if not file.is_file():
        raise CannotRun(f"找不到文件 {file}" if not file.exists() else f"{file} 不是文件")
    with file.open("rb") as opened:
        return opened.read(limits.FILE + 1)


def _deliver(file: Path, imported: Imported, output: Path | None, written: set[Path], *, explained: bool) -> bool:
    """Write or print a draft, and say what came of the document; whether it stands.

    ``written`` are the notices of this run: a second one of the same unit and day takes the next name.
    """
    made: list[Path] = []
    if output is None:
        sys.stdout.write("".join(f"{line}\n" for line in explain(imported.draft)) if explained else imported.notice)
    else:
        target = output
        if output.suffix != ".yml":
            path = output / imported.path
            target = path.with_stem(next_name(path.stem, lambda name: path.with_stem(name) in written))
        folder = target.parent
        if whose := _folder_of_another(folder, imported):
            print(f"{file}: 没有写：{folder} 是“{whose}”的文件夹，原文是“{imported.issuer.name}”的", file=sys.stderr)
            return False
        if not _write_new(target, imported.notice):
            print(f"{file}: 没有写：{target} 已经有了，没有改动；改名或移走它再转换", file=sys.stderr)
            return False
        made.append(target)
        written.add(target)
        unit_file = folder / folders.UNIT_FILE
        if imported.unit is not None and not unit_file.exists() and _write_new(unit_file, imported.unit):
            made.append(unit_file)
        if explained:
            sys.stdout.writelines(f"{line}\n" for line in explain(imported.draft))
    where = "、".join(map(str, made)) or f"草稿（网址 {imported.path.with_suffix('')}）"
    print(f"{file} → {where}", file=sys.stderr)
    sys.stderr.writelines(f"  {line}\n" for line in _told(imported))
    return True


def _folder_of_another(folder: Path, imported: Imported) -> str:
    """Whose folder it is, where the document names another place than that unit's; else empty."""
    file = folder / folders.UNIT_FILE
    unit = read(file, Unit).record if file.is_file() else None
    return unit.full_name if unit is not None and other_place(imported.issuer.name, unit) else ""


def _write_new(target: Path, text: str) -> bool:
    """Whether the file was not there yet; then it is written."""
    try:
        create(target, text)
    except FileExistsError:
        return False
    return True


def _told(imported: Imported) -> list[str]:
    """What a person must know of a draft."""
    draft, counted = imported.draft, imported.account
    told = [*imported.issuer.told, *draft.remarks]
    told.append(
        f"原文 {counted.whole} 字（不计空白）：{counted.in_fields} 字写进栏目，{counted.in_formulas} 字是套语和标点，"
        f"{counted.left} 字没有归入（{len(counted.passages)} 处，列在草稿末尾）"
    )
    if draft.persons:
        told.append(f"人名 {len(draft.persons)} 个，列在草稿末尾：记录里只写职务")
    told.append(f"标了“请核对”的有 {imported.doubts} 处")
    told.append(f"check 会说：{report.summary(imported.problems)}")
    told += [f"  {problem}" for problem in imported.problems if problem.code not in ("draft-open", "no-topic")]
    return told


def _compare(notice: Path, imported: Imported) -> int:
    """Where an existing record and a document differ: the second reading of a reviewer."""
    if not notice.is_file():
        raise CannotRun(f"找不到通报 {notice}")
    record, _, problems = parse(notice, notice.read_text(encoding="utf-8"), frozenset())
    if problems or not isinstance(record, dict):
        raise CannotRun(f"{notice} 读不了：先用 check 改好")
    found = list(differences(record, plain(imported.draft.record)))
    sys.stdout.writelines(f"{line}\n" for line in found)
    said = f"{len(found)} 处不同" if found else "没有不同"
    print(f"{notice} 与文件：{said}（措施和成效的文字不比）", file=sys.stderr)
    return 1 if found else 0
