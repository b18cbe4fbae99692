"""The one way to a file that somebody else wrote: plain, in the project, and no larger than a record can be."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from noticeboard.problems import CannotRun, ContentError, Severity, reason, rule

LINK_OUTSIDE = rule("link-outside", Severity.ERROR, "链接通到项目以外")
NOT_A_FILE = rule("not-a-file", Severity.ERROR, "不是普通的文件，或者是断了的链接")
TOO_LARGE = rule("too-large", Severity.ERROR, "文件太大")

#: Bytes of a record: some 300,000 Chinese characters, a book. The longest real notice has a tenth.
LARGEST = 1_000_000
#: What stands at the top of a project.
_TOPS = (".git", "mkdocs.yml")


def project_of(folder: Path) -> str:
    """The real path of the project around a folder of units or of documents: its repository, else the folder alone."""
    here = os.path.realpath(folder)
    above = here
    while True:
        if any(os.path.lexists(os.path.join(above, name)) for name in _TOPS):  # noqa: PTH118
            return above
        parent = os.path.dirname(above)  # noqa: PTH120
        if parent == above:
            return here
        above = parent


def leads_out(path: Path, project: str) -> bool:
    """Whether a file or folder really stands outside ``project`` (as ``project_of`` gives it), through any link."""
    # Unlike ``Path.resolve`` it stands links in a loop.
    real = os.path.realpath(path)
    return real != project and not real.startswith(os.path.join(project, ""))  # noqa: PTH118


def record_content(file: Path) -> bytes:
    """The content of a unit's file or a notice, ``NOTICES/UNIT/NAME``: opened only if it is one.

    Raises ``ContentError`` for what can be none and is not read at all: a link out of the project around NOTICES, one
    that leads nowhere, a pipe or a device (opening would wait or never end), a file larger than ``LARGEST``;
    ``OSError`` where the file cannot be read.
    """
    folder = file.absolute().parent.parent
    if leads_out(file, project_of(folder)):
        raise outside(file)
    # Without waiting: whoever writes into a pipe may never come. Windows has no such pipes in folders.
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        # Asked before, since a device may do something when it is opened; and asked again of what was opened.
        if not stat.S_ISREG(file.stat().st_mode):
            raise _not_plain(f"{file.name} 不是普通的文件，没有打开")
        descriptor = os.open(file, flags)
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ELOOP) and file.is_symlink():
            why = "绕成了圈" if error.errno == errno.ELOOP else "通到一个没有的文件"
            raise _not_plain(f"{file.name} 是链接，{why}") from error
        raise
    with os.fdopen(descriptor, "rb") as opened:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise _not_plain(f"{file.name} 不是普通的文件，没有打开")
        content = opened.read(LARGEST + 1)
    check_size(content)
    return content


def outside(path: Path) -> ContentError:
    """What is said of a link out of the project."""
    what = f"{path.name} 是链接，通到项目以外的 {os.path.realpath(path)}，不读也不公布"
    return ContentError(LINK_OUTSIDE, what, "把要公布的文件本身放进来；不该公布的，删去这个链接")


def check_size(content: bytes) -> None:
    """Raise ``ContentError`` where a content is larger than a record can be."""
    if len(content) > LARGEST:
        what = f"文件超过 {LARGEST // 1_000_000} MB，一份通报不会有这么大，没有读"
        raise ContentError(TOO_LARGE, what, "核对是不是放错了文件；Word、PDF 文件先用 import 转换")


def _not_plain(what: str) -> ContentError:
    return ContentError(NOT_A_FILE, what, "换成文件本身，或者删去它")


def documents(folder: Path) -> Iterator[tuple[str, Path]]:
    """The files below a folder of documents (path in it, file), sorted, without hidden ones.

    Raises ``CannotRun`` where a link leads out of the project or to no file, or where something is neither file nor
    folder: it would be published, or be missing without a word.
    """
    yield from _documents(folder, "", project_of(folder), (os.path.realpath(folder),))


def _documents(folder: Path, way: str, project: str, above: tuple[str, ...]) -> Iterator[tuple[str, Path]]:
    try:
        children = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        raise CannotRun(f"读不了文件夹 {folder}：{in_words(error)}") from error
    for path in children:
        if leads_out(path, project):
            refusal = outside(path)
            raise CannotRun(f"{path}：{refusal.what}；{refusal.remedy}")
        if path.is_dir():
            real = os.path.realpath(path)
            if real in above:
                raise CannotRun(f"{path} 是链接，通到它自己所在的文件夹 {real}；删去这个链接")
            yield from _documents(path, f"{way}{path.name}/", project, (*above, real))
        elif path.is_file():
            yield f"{way}{path.name}", path
        else:
            raise CannotRun(f"{path} 不是普通的文件，或者是断了的链接；换成文件本身，或者删去它")


#: Of what is read this is surer than what ``reason`` says of any file.
_OF_READING = {
    errno.EACCES: "没有读它的权限",
    errno.EPERM: "没有读它的权限",
    errno.ENOENT: "它已经不在了",
    errno.ENOTDIR: "它不是文件夹",
}


def in_words(error: OSError) -> str:
    """Why something could not be read, for a person."""
    return _OF_READING.get(error.errno or 0) or reason(error)
