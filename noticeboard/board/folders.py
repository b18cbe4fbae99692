"""A folder of units and their notices → one ``Board``, with the problems of all its files."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path, PurePath, PurePosixPath
from typing import Protocol

from noticeboard.board.addresses import Address
from noticeboard.board.board import Board, NoticeFile, OtherFolder, UnitFolder, unit_folder
from noticeboard.problems import CannotRun, ContentError, Place, Problem, Severity, rule
from noticeboard.reading.opening import in_words, leads_out, outside, project_of
from noticeboard.reading.read import R, Reading, read
from noticeboard.record.dates import PartialDate
from noticeboard.record.model import Notice, Unit

UNIT_MISSING = rule("unit-missing", Severity.ERROR, "单位文件夹里没有 unit.yml")
UNIT_NAME = rule("unit-name", Severity.ERROR, "单位文件夹的名字不能做网址")
NOTICE_NAME = rule("notice-name", Severity.ERROR, "通报文件的名字不是日期")
ADDRESS_TWICE = rule("address-twice", Severity.ERROR, "两份通报用了同一个网址")
STRAY_FILE = rule("stray-file", Severity.WARNING, "不是通报的文件，已略过")
STRAY_NOTICE = rule("stray-notice", Severity.ERROR, "像是通报的文件，位置或名字不对")

UNIT_FILE = "unit.yml"
#: index is the list of all units.
_SLUG = re.compile(r"(?!index$)[a-z0-9]+(-[a-z0-9]+)*")
_DATE_NAME = re.compile(r"(?P<date>\d{4}(-\d{2}){0,2})(_(?P<nth>[2-9]|[1-9]\d+))?")


class Reader(Protocol):
    """What reads one file: ``read.read``, or one that remembers what it has read. May raise ``OSError``."""

    def __call__(self, file: Path, kind: type[R]) -> Reading[R]:
        """The file as a ``Notice`` or a ``Unit``."""


def load(folder: Path, reader: Reader = read) -> tuple[Board, list[Problem]]:
    """All units under ``folder``. Raises ``CannotRun`` where it is missing or something in it cannot be read."""
    if not folder.is_dir():
        raise CannotRun(f"找不到文件夹 {folder}" if not folder.exists() else f"{folder} 不是文件夹")
    paths = _listing(folder)
    if not any(path.is_dir() for path in paths):
        # To publish an empty site in place of the old one is never what was meant.
        raise CannotRun(f"{folder} 里没有单位文件夹；要检查一个单位，用 check {folder}")
    return load_units(paths, reader)


def known(folder: Path) -> Board:
    """The units that a folder has, none where it is empty or not there yet, and what else has a name in it.

    Raises ``CannotRun`` as ``load`` does.
    """
    board = load(folder)[0] if folder.is_dir() and any(folder.iterdir()) else Board()
    units = {unit.slug for unit in board.units}
    return replace(board, others=tuple(other for other in standing_names(folder) if other.slug not in units))


def standing_names(folder: Path) -> Iterator[OtherFolder]:
    """Everything that stands in a folder of units, readable or not: a new unit must not take its name.

    Names are lower case, since ``Shili`` and ``shili`` are one folder on many computers; one that cannot be a unit's
    is nobody's, so that nothing is put into it.
    """
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        file = path / UNIT_FILE
        try:
            content = file.read_bytes() if file.is_file() else b""
        except OSError:
            content = b""
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("gb18030", "replace")
        found = re.findall(r"^(?:全称|简称)[ \t]*[:：][ \t]*[\"']?([^#\"'\r\n]*[^#\"'\s])", text, re.MULTILINE)
        names = tuple(found) if is_unit_name(path.name) else ()
        yield OtherFolder(path.name.lower(), names)
        for former in re.findall(r"^(?:旧址|并入)[ \t]*[:：](.*(?:\n[ \t-].*)*)", text, re.MULTILINE):
            yield from (OtherFolder(slug, names) for slug in re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)*", former))


def load_paths(paths: Iterable[Path]) -> tuple[Board, list[Problem]]:
    """What ``check PATH…`` looks at: each path a notice, a ``unit.yml``, a unit's folder, or a folder of units.

    A notice is read with its whole unit and the units that this one refers to, since the rules look at them all;
    ``only`` and ``named_by`` tell what was asked for.
    """
    board, problems = load_units(dict.fromkeys(folder for path in paths for folder in _unit_folders(path)))
    others, found = load_units(_referred_to(board))
    return Board((*board.units, *others.units)), [*problems, *found]


def _unit_folders(path: Path) -> list[Path]:
    """The folders of units, and what may stand among them, that a path of ``check PATH…`` names or stands in."""
    # A link that leads nowhere is there, and is no folder.
    if not os.path.lexists(path):
        raise CannotRun(f"找不到 {path}")
    if not path.is_dir():
        return [path.parent]
    return [path] if _is_outside(path) or _is_unit_folder(path) else _listing(path)


def _referred_to(board: Board) -> list[Path]:
    """The folders of other units whose notices are carried on (承接) or take the place of one (替换为)."""
    here = {unit.file.parent.resolve() for unit in board.units}
    folders = {
        filed.file.parent.resolve().parent / slug for filed in board.by_address.values() for slug in filed.speaks_of
    }
    return sorted(folder for folder in folders - here if folder.is_dir())


def only(board: Board, paths: Iterable[Path]) -> Board:
    """What of a board was asked for by ``load_paths``: whole units, or some of their notices."""
    paths = [_real(path) for path in paths]
    is_named = named_by(paths)
    folders = {parent for path in paths for parent in (path, *path.parents)}
    return Board(
        tuple(
            replace(
                unit,
                notices=tuple(filed for filed in unit.notices if is_named(filed.file)),
                retired=tuple(filed for filed in unit.retired if is_named(filed.file)),
            )
            for unit in board.units
            if unit.file.parent.resolve() in folders or is_named(unit.file)
        )
    )


def named_by(paths: Iterable[Path]) -> Callable[[Path], bool]:
    """Whether a file is one of ``paths`` or stands under one of them, by where it is named or where it really is."""
    wanted = {place for path in paths for place in _places(path)}
    return lambda file: any(not wanted.isdisjoint((place, *place.parents)) for place in _places(file))


def _real(path: Path) -> Path:
    """As ``Path.resolve``, which raises where links go round in a loop."""
    return Path(os.path.realpath(path))


def _places(path: Path) -> tuple[Path, Path]:
    """A link to a file, and the file; links in a loop are where they stand."""
    return _real(path.parent) / path.name, _real(path)


def addresses(files: Iterable[PurePosixPath]) -> dict[Address, PurePosixPath]:
    """The public address of each file of a folder of units, by paths in it; other files have none.

    ``x/unit.yml`` → ``units/x/``; ``x/2023.yml`` → ``notices/x/2023/`` where its unit has its file.
    """
    in_units = sorted(path for path in files if len(path.parts) == 2 and _SLUG.fullmatch(path.parts[0]))  # noqa: PLR2004
    units = {path.parts[0]: path for path in in_units if path.name == UNIT_FILE}
    found = {Address.of_unit(slug): path for slug, path in units.items()}
    for path in in_units:
        is_notice = path.suffix in (".yml", ".yaml") and path.name != UNIT_FILE and not _problem_of_name(path)
        if is_notice and path.parts[0] in units:
            found.setdefault(Address.of_notice(f"{path.parts[0]}/{path.stem}"), path)
    return found


def standing(folder: Path) -> dict[Address, PurePosixPath]:
    """The same for the files that stand under ``folder`` now, whether or not they can be read."""
    # A link to a folder is published under the name of that folder, as ``load`` does it.
    project = project_of(folder)
    return addresses(
        PurePosixPath(path.parent.resolve().name, path.name)
        for unit in _listing(folder)
        if unit.is_dir() and not leads_out(unit, project)
        for path in _listing(unit)
        if not leads_out(path, project)
    )


def holding(paths: Iterable[Path], usual: Path) -> list[Path]:
    """The folders of units that hold what ``check PATH…`` looks at: mostly the ``usual`` one."""
    found: dict[Path, None] = {}
    for path in paths:
        real = _real(path)
        if real.is_relative_to(usual.resolve()):
            found[usual] = None
        elif not path.is_dir():
            found[real.parent.parent] = None
        else:
            found[real.parent if _is_unit_folder(path) else path] = None
    return list(found)


def record_files(paths: Iterable[Path]) -> list[Path]:
    """Every file that ``check PATH…`` would read under ``paths`` themselves, readable or not, each once."""
    found: dict[Path, None] = {}
    for path in paths:
        folders = [folder for folder in _unit_folders(path) if folder.is_dir() and not _is_outside(folder)]
        files = [file for folder in folders for file in _listing(folder)] if path.is_dir() else [path]
        found.update(dict.fromkeys(file for file in files if file.is_file() and file.suffix in (".yml", ".yaml")))
    return list(found)


def _is_outside(folder: Path) -> bool:
    """Whether a unit's folder is a link that leads out of the project."""
    return folder.is_symlink() and leads_out(folder, project_of(folder.absolute().parent))


def is_unit_name(name: str) -> bool:
    """Whether a folder of this name can be a unit's."""
    return _SLUG.fullmatch(name) is not None


def _is_unit_folder(path: Path) -> bool:
    return any(child.is_file() and child.suffix in (".yml", ".yaml") for child in _listing(path))


def _listing(folder: Path) -> list[Path]:
    """What stands in a folder, sorted, without what systems and editors leave behind (``.DS_Store``, ``~$x``)."""
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith((".", "~")))
    except OSError as error:
        raise CannotRun(f"读不了文件夹 {folder}：{in_words(error)}") from error


def load_units(paths: Iterable[Path], reader: Reader = read) -> tuple[Board, list[Problem]]:
    """The units of these folders. Raises ``CannotRun`` where one cannot be read."""
    units, problems = [], []
    for path in paths:
        if _is_outside(path):
            # Not looked into: who knows what stands there, and how much.
            error = outside(path)
            problems.append(error.rule.problem(path, Place(), error.what, error.remedy))
        elif path.is_dir():
            unit, found = _load_unit(path, reader)
            problems += found
            if unit:
                units.append(unit)
        else:
            problems.append(_stray(path))
    return Board(tuple(units)), problems


def _stray(path: Path) -> Problem:
    if re.match(r"\d{4}", path.name) or ".y" in path.name.lower():
        what = f"{path.name} 像是通报，但位置或名字不对，不会公布"
        remedy = "放在“单位文件夹/日期.yml”，例如 2023-12-14.yml；后缀是小写的 .yml，后面没有 .txt"
        return STRAY_NOTICE.problem(path, Place(), what, remedy)
    what = f"{path.name} 不是通报，已略过"
    return STRAY_FILE.problem(path, Place(), what, "通报放在“单位文件夹/日期.yml”；别的文件移到别处")


def _load_unit(folder: Path, reader: Reader) -> tuple[UnitFolder | None, list[Problem]]:
    problems: list[Problem] = []
    file, slug, paths = folder / UNIT_FILE, folder.resolve().name, _listing(folder)
    if not _SLUG.fullmatch(slug):
        what = f"文件夹名“{folder.name}”不能做网址"
        problems.append(UNIT_NAME.problem(file, Place(), what, "用小写拼音、数字和连字符，例如 qiyang-wenlian"))
    unit: Reading[Unit] | None = None
    if file.exists() or file.is_symlink():
        unit = _read(file, Unit, reader)
        problems += unit.problems
    else:
        what = f"单位文件夹 {folder.name} 里没有 {UNIT_FILE}"
        problems.append(UNIT_MISSING.problem(file, Place(), what, "照另一个单位的 unit.yml 建一个"))
    notices = []
    for path in paths:
        if path.name == UNIT_FILE:
            continue
        if path.suffix not in (".yml", ".yaml") or path.is_dir():
            problems.append(_stray(path))
            continue
        reading = _read(path, Notice, reader)
        problems += reading.problems
        name_problem = _problem_of_name(path)
        if name_problem:
            problems.append(NOTICE_NAME.problem(path, Place(), *name_problem))
        elif reading.record is not None:
            notices.append(NoticeFile(slug, path.stem, path, reading.record, reading.marks))
    problems += _addresses_used_twice(paths)
    if unit is None or unit.record is None:
        return None, problems
    return unit_folder(slug, file, unit.record, unit.marks, notices), problems


def _read(file: Path, kind: type[R], reader: Reader) -> Reading[R]:
    try:
        return reader(file, kind)
    except OSError as error:
        raise CannotRun(f"读不了文件 {file}：{in_words(error)}") from error


def _problem_of_name(path: PurePath) -> tuple[str, str] | None:
    remedy = "用落款、发布或数据截至的日期，写成 2023.yml、2023-12.yml 或 2023-12-14.yml；同一天的第二份加 _2"
    match = _DATE_NAME.fullmatch(path.stem)
    if not match:
        return f"文件名“{path.name}”不是日期", remedy
    try:
        PartialDate.parse(match["date"])
    except ContentError as error:
        return f"文件名“{path.name}”：{error.what}", remedy
    return None


def _addresses_used_twice(paths: Iterable[Path]) -> Iterator[Problem]:
    seen: dict[str, Path] = {}
    for path in paths:
        if path.suffix in (".yml", ".yaml"):
            if path.stem in seen:
                what = f"与 {seen[path.stem].name} 是同一个网址"
                remedy = "合并成一个文件，或把第二份改名为 …_2.yml"
                yield ADDRESS_TWICE.problem(path, Place(), what, remedy)
            seen[path.stem] = path
